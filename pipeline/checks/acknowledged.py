"""ACK: an editor's word about findings, honoured where it is bound to the very words of the piece.

An acknowledgement names a check and the key of a sentence; a finding it covers stays visible and no longer
blocks. The key is of the words as they stand, case and accents included: “un policier tue” is not “un policier
tué”. Only spaces, line ends, signs nobody sees and the shape of apostrophes may change, for a typesetter changes
them. A finding about the whole piece is bound to the whole text.
"""

import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Acknowledgement, Finding, Place
from pipeline.text.fold import seen
from pipeline.text.markdown import Document
from pipeline.text.sentences import sentences

KEY_LENGTH = 16
# What decides how the piece reads; dates and the verdict change with every run.
_WHOLE = ("title", "description", "keyphrase", "stage")

# An editor may be surer than a check of what the words say. No word of theirs changes these:
NEVER = {
    "LEN001": "ask for fewer words instead (--words N)",
    "FID001": "a slot that nobody filled is no text; put the quotation in",
    "ORI003": "write the text, then take the line “stage: working_draft” out",
    "SAF": "what could run in a reader's browser has to be taken out",
    "ACK": "mend or remove the entry itself",
}


def key_of(text: str) -> str:
    """16 hexadecimal digits for a sentence, or for a whole text."""
    same = " ".join(seen(unicodedata.normalize("NFC", text)).replace("’", "'").split())
    return hashlib.sha256(same.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]


def keys_of(document: Document) -> frozenset[str]:
    """Those that an entry may name: of each sentence, of each line of the front matter, of the whole."""
    keys = _Keys.of(document)
    told = (b.text[a:c] for b in document.blocks for a, c in sentences(b.text))
    head = document.text[: document.blocks[0].start] if document.blocks else document.text
    return frozenset({*map(key_of, told), *map(key_of, head.splitlines()), keys.whole()})


def refusal(code: str) -> str | None:
    """Why findings of a check cannot be acknowledged, with what to do instead; None when they can."""
    return NEVER.get(code) or NEVER.get(code[:3])


_Span = tuple[int, int, int]  # index of a block (-1: the file itself), start and end in its text


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of the sentences of a document. Each is worked out once: a hostile sentence has many findings."""

    document: Document
    starts: list[int]
    ends: list[int]
    cut: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    known: dict[tuple[_Span, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "_Keys":
        return cls(document, [b.start for b in document.blocks], [b.end for b in document.blocks])

    def at(self, where: Place) -> str:
        end = max(where.end, where.start + 1)
        touched = range(bisect_right(self.ends, where.start), bisect_left(self.starts, end))
        spans = tuple(span for index in touched for span in self._sentences(index, where.start, end))
        spans = spans or (self._lines(where.start, end),)
        if spans not in self.known:
            self.known[spans] = key_of(" ".join(self._text(*span) for span in spans))
        return self.known[spans]

    def whole(self) -> str:
        document = self.document
        fields = [str(document.front.get(name, "")) for name in _WHOLE]
        return key_of("\n".join((*fields, *(b.text for b in document.blocks if not b.apparatus))))

    def _text(self, index: int, start: int, end: int) -> str:
        return (self.document.text if index < 0 else self.document.blocks[index].text)[start:end]

    def _sentences(self, index: int, start: int, end: int) -> Iterator[_Span]:
        block = self.document.blocks[index]
        first, last = bisect_left(block.offsets, start), bisect_left(block.offsets, end)
        if index not in self.cut:
            self.cut[index] = sentences(block.text)
        spans = self.cut[index]
        at = bisect_right(spans, first, key=lambda span: span[1])
        while at < len(spans) and spans[at][0] < last:
            yield index, *spans[at]
            at += 1

    def _lines(self, start: int, end: int) -> _Span:
        """A field of the front matter: no block holds it."""
        text = self.document.text
        stop = text.find("\n", max(start, end - 1))
        return -1, text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text)


def honoured(
    document: Document, findings: Iterable[Finding], entries: Sequence[Acknowledgement]
) -> Iterator[Finding]:
    """The findings with their keys, and with the acknowledgement that covers each."""
    keys = _Keys.of(document)
    about: dict[tuple[str, str], list[Acknowledgement]] = {}
    for entry in entries:
        about.setdefault((entry.code, entry.sentence), []).append(entry)
    whole = keys.whole()
    for finding in findings:
        key = keys.at(finding.where) if finding.where else whole
        covering = (e for e in about.get((finding.code, key), ()) if covers(e, finding))
        yield replace(finding, sentence=key, acknowledged=next(covering, None))


def covers(entry: Acknowledgement, finding: Finding) -> bool:
    """True when an entry for the finding's code and sentence holds for its words too."""
    if refusal(finding.code):
        return False
    words = finding.where.text if finding.where else ""
    return entry.words is None or key_of(entry.words) == key_of(words)


def find_stale(manuscript: Manuscript) -> Iterator[Finding]:
    if not manuscript.desk.acknowledgements:
        return
    from pipeline.checks import findings_of  # it plays the other families, and they need nothing from here

    used = {f.acknowledged for f in findings_of(manuscript)}
    for entry in manuscript.desk.acknowledgements:
        if entry not in used and not refusal(entry.code):
            message = (
                f"The acknowledgement of {entry.code} by {entry.by} ({entry.when}) matches nothing: the sentence "
                f"{entry.sentence} was changed, or the finding is gone. Remove the entry."
            )
            yield Finding("ACK001", "info", message)


def find_unusable(manuscript: Manuscript) -> Iterator[Finding]:
    desk = manuscript.desk
    for fault in desk.faults:
        yield Finding("ACK002", "warn", fault)
    for code in sorted({e.code for e in desk.acknowledgements if refusal(e.code)}):
        yield Finding("ACK002", "warn", f"{code} cannot be acknowledged: {refusal(code)}.")


_PIECE = "# La piscine\n\nLe bassin rouvre mardi."
_ENTRY = "- code: TYP001\n  sentence: {}\n  by: Anne Petit\n  when: 2026-01-31\n  why: {}\n"

CHECKS = (
    Check(
        code="ACK001",
        name="acknowledgement that matches nothing",
        severity="info",
        why="An editor's word holds for the sentence it was given for; a changed sentence must be looked at again.",
        source="House rule.",
        bad=Example(_PIECE, acknowledged=_ENTRY.format("0123456789abcdef", "La phrase a changé depuis.")),
        good=Example(_PIECE),
        find=find_stale,
    ),
    Check(
        code="ACK002",
        name="acknowledgement that cannot be used",
        severity="warn",
        why="An entry without who, when or why is nobody's word. Some findings no word can lift.",
        source="House rule.",
        bad=Example(_PIECE, acknowledged=_ENTRY.format("0123456789abcdef", "")),
        good=Example(_PIECE),
        find=find_unusable,
    ),
)
