"""GRA: does the text hold what a proofreader would mark?

LanguageTool reads the parts of a document (`pipeline.languagetool`); what it says of them comes with the
manuscript. Here its remarks are weighed and brought back to their places.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.check import UNREAD, Check, Example, Manuscript, Proof
from pipeline.languagetool import new_words, rules
from pipeline.languagetool.match import GrammarUnavailable, Match
from pipeline.model import Finding, NotRun, Severity
from pipeline.text.fold import tokens
from pipeline.text.markdown import Block, Document
from pipeline.text.quotes import quotations
from pipeline.text.sentences import sentences
from pipeline.text.words import count_words

# LanguageTool is wrong 0.8 times in 1,000 words of good French (measured on 6,229 words; four whole articles
# 1, 0, 1, 1): two in 1,000 may be its own, and so may any two.
MOST_PER_1000 = 2
FEWEST_TO_BLOCK = 3
_CODES: dict[rules.Kind, str] = {"grammar": "GRA001", "spelling": "GRA002", "style": "GRA003"}
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_JOINED = re.compile(r"[\w’'-]")
_LONGEST_NAME = 80
_THEN_A_CAPITAL = re.compile(r" [A-ZÀ-Þ][\w’'-]")
_BEFORE_A_START = re.compile(r"[«“„\"]\s*\Z")

Engine = Callable[[Sequence[str]], tuple[tuple[Match, ...], ...]]
Read = Callable[[Document], Proof]
"""A proofreader: `proofread` with its engine, or `unread`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph, list item or quotation as it is sent: character for character its block's text."""

    block: Block
    text: str


def parts(document: Document) -> tuple[Part, ...]:
    """The running text, in reading order: no front matter, marks, tables, code, sources or disclosure."""
    blocks = (b for b in document.blocks if not b.apparatus)
    sent = ("heading", "paragraph", "item", "quote")
    return tuple(Part(b, b.text.replace("\n", " ")) for b in blocks if b.kind in sent and b.text.strip())


def proofread(document: Document, engine: Engine) -> Proof:
    """What the engine says of each part, or why it cannot."""
    try:
        return engine([part.text for part in parts(document)])
    except GrammarUnavailable as error:
        return NotRun("GRA", f"{error.why} {error.remedy}")


def unread(_: Document) -> Proof:
    """The proofreader of who asks for none: no piece is ready."""
    return UNREAD


def findings(
    manuscript: Manuscript, sent: Sequence[Part], matches: Sequence[Sequence[Match]]
) -> tuple[Finding, ...]:
    """The remarks that stand, in reading order. `matches[i]` are those on `sent[i]`; missing ones are none."""
    known = _Known.of(manuscript, sent)
    weighed = [
        judged
        for part, remarks in zip(sent, matches, strict=False)
        for judged in _judged(manuscript, known, part, remarks)
    ]
    counted = sum(f.code == "GRA001" and f.severity != "info" for f in weighed)
    if counted < FEWEST_TO_BLOCK or per_1000(manuscript, counted) <= MOST_PER_1000:
        return tuple(weighed)
    return tuple(_blocking(f) if f.code == "GRA001" and f.severity == "warn" else f for f in weighed)


def per_1000(manuscript: Manuscript, remarks: int) -> float:
    """Remarks in 1,000 words of the text."""
    words = sum(count_words(part.text) for part in parts(manuscript.document))
    return 1000 * remarks / max(1, words)


def rate(manuscript: Manuscript) -> float | None:
    """Grammar remarks that count, in 1,000 words; None when nobody proofread."""
    if isinstance(manuscript.proof, NotRun):
        return None
    counted = sum(f.code == "GRA001" and f.severity != "info" for f in _found(manuscript))
    return round(per_1000(manuscript, counted), 2)


def _blocking(finding: Finding) -> Finding:
    return Finding(finding.code, "block", finding.message, finding.where, fix=finding.fix)


def _judged(
    manuscript: Manuscript, known: "_Known", part: Part, remarks: Sequence[Match]
) -> Iterator[Finding]:
    quoted = _quotations(part) if remarks else []
    starts = {start for start, _ in sentences(part.text)} if remarks else set()
    end = 0
    for match in remarks:
        kind = rules.kind(match, part.text, is_item=part.block.kind == "item")
        if kind is None or match.start < end or known.is_right(match, part.text):
            continue
        end = match.end
        place = manuscript.document.place_in(part.block, match.start, match.end)
        said = part.text[match.start : match.end]
        theirs = known.is_said_by_a_source(_around(quoted, match), part.text)
        doubtful = kind == "grammar" and rules.is_doubtful(
            match, part.text, starts_sentence=match.start in starts
        )
        foreign = match.category in rules.DICTIONARY and new_words.is_foreign(match, part.text)
        mild = kind == "style" or theirs or doubtful or foreign
        listed = match.rule in manuscript.brief.grammar_blocks and not theirs
        severity: Severity = "block" if listed else "info" if mild else "warn"
        fix = None if mild or place.text != said else rules.certain_fix(match, part.text)
        yield Finding(_CODES[kind], severity, _message(match, said), place, fix=fix)


def _message(match: Match, said: str) -> str:
    proposed = ", ".join(f"«\u00a0{r}\u00a0»" for r in match.replacements[:3])
    better = f" Proposé\u00a0: {proposed}." if proposed else ""
    return f"«\u00a0{said}\u00a0»\u00a0: {match.message}{better} [{match.rule}]"


def _quotations(part: Part) -> list[tuple[int, int]]:
    if part.block.kind == "quote":
        return [(0, len(part.text))]
    return [(q.start, q.end) for q in quotations(part.text)]


def _around(quoted: Sequence[tuple[int, int]], match: Match) -> tuple[int, int] | None:
    """The quotation a remark stands in."""
    at = bisect_right(quoted, match.start, key=lambda span: span[0]) - 1
    return quoted[at] if at >= 0 and match.end <= quoted[at][1] else None


def _folded(text: str) -> str:
    return f" {' '.join(t.text for t in tokens(text))} "


@dataclass(frozen=True, slots=True)
class _Known:
    """What is spelt right because it stands there: in the sources, or as a name."""

    words: frozenset[str]
    """Of the sources, their names, and the names of the piece itself."""
    forms: Mapping[str, frozenset[str]]
    """The sources' words by what is left of them without gender and number."""
    source: str | None
    """All source text, folded; None when no source was given."""

    @classmethod
    def of(cls, manuscript: Manuscript, sent: Sequence[Part]) -> "_Known":
        dossiers = manuscript.dossier.all if manuscript.dossier else ()
        passages = [p.text for d in dossiers for p in d.article.passages]
        names = [form for d in dossiers for n in d.names for form in (n.text, *n.aliases)]
        words = {w for text in (*passages, *names) for w in _words(text)}
        forms = _by_what_is_left(words)
        words |= {w for part in sent for w in _names(part.text)}
        return cls(frozenset(words), forms, "".join(map(_folded, passages)) if dossiers else None)

    def is_right(self, match: Match, text: str) -> bool:
        """True for a remark on the spelling of a word of the source, of a name, or of a word that is new."""
        if match.category in rules.SPELLING and self._is_in_a_name(match, text):
            return True
        if match.category not in rules.DICTIONARY:
            return False
        if new_words.is_one(match, text) or _is_a_first_name(match, text):
            return True
        said = text[match.start : match.end]
        return all(self._is_known(w, match.replacements) for w in _parts(said))

    def _is_known(self, word: str, proposed: Sequence[str]) -> bool:
        if word in self.words or word.isupper():
            return True
        return new_words.is_inflected(word, self.forms.get(new_words.bare(word), ()), proposed)

    def _is_in_a_name(self, match: Match, text: str) -> bool:
        """Of `Vaux-Blancs`: hyphens and capitals are as the source has them."""
        start, end = match.start, match.end
        while start > max(0, match.start - _LONGEST_NAME) and _JOINED.match(text, start - 1):
            start -= 1
        around = _WORD.match(text, start, start + _LONGEST_NAME)
        if around is None or "-" not in around.group() or end > around.end():
            return False
        return around.group().replace("'", "’") in self.words

    def is_said_by_a_source(self, quotation: tuple[int, int] | None, text: str) -> bool:
        """Whoever wrote the piece cannot mend these words. Without a source, any quotation is taken for true."""
        if quotation is None:
            return False
        return self.source is None or _folded(text[slice(*quotation)]) in self.source


def _words(text: str) -> Iterator[str]:
    """Each word, and each part of a compound or elided one."""
    for found in _WORD.finditer(text.replace("'", "’")):
        yield found.group()
        if "’" in found.group() or "-" in found.group():
            yield from re.split("[’-]", found.group())


def _parts(said: str) -> list[str]:
    """The words of what a remark marks, and of a compound its parts alone: `Kerloc’h` of `Kerloc’h-Bihan`."""
    return [w for w in re.split(r"[^\w]+", said) if w]


def _by_what_is_left(words: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(new_words.bare(word), set()).add(word)
    return {left: frozenset(forms) for left, forms in found.items()}


def _is_a_first_name(match: Match, text: str) -> bool:
    """`Mikkel Sorensen arrive`: at the head of a sentence too, a capital before a capital is a name."""
    said = text[match.start : match.end]
    return said.istitle() and _THEN_A_CAPITAL.match(text, match.end) is not None


def _names(text: str) -> Iterator[str]:
    """The capitalised words inside the sentences of a part."""
    starts = {start for start, _ in sentences(text)}
    for found in _WORD.finditer(text.replace("'", "’")):
        at = found.start()
        if at in starts or _BEFORE_A_START.search(text, max(0, at - 3), at):
            continue
        yield from (w for w in re.split("[’-]", found.group()) if w[:1].isupper())
        if found.group()[:1].isupper():
            yield found.group()


@lru_cache(maxsize=2)
def _found(manuscript: Manuscript) -> tuple[Finding, ...]:
    if isinstance(manuscript.proof, NotRun):
        return ()
    return findings(manuscript, parts(manuscript.document), manuscript.proof)


def find_grammar(manuscript: Manuscript) -> Iterator[Finding]:
    yield from (f for f in _found(manuscript) if f.code == "GRA001")


def find_spelling(manuscript: Manuscript) -> Iterator[Finding]:
    yield from (f for f in _found(manuscript) if f.code == "GRA002")


def find_style(manuscript: Manuscript) -> Iterator[Finding]:
    yield from (f for f in _found(manuscript) if f.code == "GRA003")


# Recorded: what LanguageTool 6.8 says of the bad examples; a test asks it again.
_AGREEMENTS = (
    Match(
        0,
        7,
        "D_N_E_OU_E",
        "AGREEMENT",
        "Le déterminant s’accorde avec le nom « élu ».",
        ("Les élues", "Les élus"),
    ),
    Match(
        12,
        17,
        "AUX_AVOIR_VCONJ",
        "CAT_GRAMMAIRE",
        "Après l’auxiliaire « ont », le verbe devrait être au participe passé.",
        ("voté", "votée", "votés", "votées"),
    ),
    Match(
        29,
        34,
        "ACCORD_R_PERS_VERBE",
        "CAT_GRAMMAIRE",
        "Vérifiez l’accord entre le pronom « Ils » et le verbe « a ».",
        ("Il a", "Ils ont"),
    ),
)
_MISSPELT = Match(
    47,
    57,
    "FR_SPELLING_RULE",
    "TYPOS",
    "Faute de frappe possible trouvée.",
    ("difficultés", "difficulté"),
)
_PLEONASM = Match(
    0,
    21,
    "AU_JOUR_D_AUJOURD_HUI",
    "CAT_PLEONASMES",
    "« Au jour d’aujourd’hui » est un pléonasme.",
    ("À ce jour", "Aujourd'hui"),
)

CHECKS = (
    Check(
        code="GRA001",
        name="grammar, agreement, homophones",
        severity="block",
        why="A wrong agreement tells the reader that nobody read the text again.",
        source=(
            "LanguageTool 6.8. It errs 0.8 times in 1,000 words of good press French, 0.5 times once constructions that it is "
            "known to misread only inform: a remark warns, and more than 2 in 1,000 words block when there are 3 or "
            "more. Within a quotation of a source it only informs."
        ),
        bad=Example(
            "# La crèche\n\nLes élu ont voter le budget. Ils a choisi le maire.", proof=((), _AGREEMENTS)
        ),
        good=Example("# La crèche\n\nLes élus ont voté le budget. Ils ont choisi le maire."),
        find=find_grammar,
    ),
    Check(
        code="GRA002",
        name="spelling",
        severity="warn",
        why="A misspelt word, a missing hyphen or a wrong capital costs the trust of the reader who sees it.",
        source="LanguageTool 6.8. Words of the source in any gender and number, names and new words of the press are set "
        "aside; a word near none of its dictionary only informs.",
        bad=Example(
            "# La crèche\n\nElle a ouvert au mois de septembre, malgré les dificultés.",
            proof=((), (_MISSPELT,)),
        ),
        good=Example("# La crèche\n\nElle a ouvert au mois de septembre, malgré les difficultés."),
        find=find_spelling,
    ),
    Check(
        code="GRA003",
        name="style",
        severity="info",
        why="A pleonasm, an anglicism or a word said three times is worth a second look, and may be meant.",
        source="LanguageTool 6.8, its rules of style.",
        bad=Example(
            "# La crèche\n\nAu jour d’aujourd’hui, elle compte vingt places.", proof=((), (_PLEONASM,))
        ),
        good=Example("# La crèche\n\nAujourd’hui, elle compte vingt places."),
        find=find_style,
    ),
)
