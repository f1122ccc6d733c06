"""FID002: every quotation has the words of a source, in their order."""

import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.checks.fidelity.said.quoted import Judgement, Quoted, quoted
from pipeline.checks.fidelity.said.wording import At, words_of
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.facts import Facts
from pipeline.text.first_person import first_person
from pipeline.text.fold import tokens
from pipeline.text.stems import stem

_NEGATIONS = frozenset("pas jamais aucun aucune sans ni guere nullement".split())
_NEGATIVE = _NEGATIONS | frozenset("ne n non nul nulle rien personne point peu loin moins hors plus".split())
# Beginnings of words that deny without a particle: `exclut`, `récuse`, `impossible`.
_DENIES = (
    "exclu", "exclur", "refus", "rejet", "recus", "nie", "nia", "dement", "empech", "evit", "interdi", "renonc",
    "absen", "manqu", "imposs", "incapa", "diffic", "impens", "inenv", "abandon", "recul", "denon", "contest", "ecart", "dout", "contrair", "oppos", "refut", "regrett",
)  # fmt: skip
_BRACKETS = re.compile(r"\[([^\[\]\n]{2,200})\]")
_MOST_INSERTED = 8
_AROUND = 400
_NEAR = 4
_MOST_OMITTED = 4


def find_altered(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    for each in quoted(comparison):
        match each.judgement.verdict:
            case "altered":
                yield _altered(comparison, each)
            case "invented":
                message = f"No source has the words “{_cut(each.text)}”."
                yield _finding(comparison, each, "block", message)
            case "joined":
                yield _joined(comparison, each)
            case "told":
                yield from _unspoken(comparison, each)
            case "known" if not each.judgement.spots:
                yield from _from_elsewhere(comparison, each)
            case "said" | "known":
                yield from _cut_to_another_sense(comparison, each)


def _altered(comparison: Comparison, each: Quoted) -> Finding:
    told = each.judgement.differences[:3]
    message = "Quotation altered: " + "; ".join(
        f"source: “{_cut(d.source)}”, piece: “{_cut(d.piece)}”" for d in told
    )
    span = (told[0].start, told[-1].end) if told else (each.start, each.end)
    return comparison.finding(
        "FID002", "block", message + ".", each.statement, span, _evidence(each.judgement)
    )


def _joined(comparison: Comparison, each: Quoted) -> Finding:
    speakers = {s.speech.speaker for s in each.judgement.spots if s.speech and s.speech.speaker}
    if len(speakers) > 1:
        names = " and ".join(sorted(speakers))
        return _finding(comparison, each, "block", f"One quotation is made of the words of {names}.")
    return _finding(
        comparison, each, "warn", "One quotation is joined from several that stand apart in the source."
    )


def _unspoken(comparison: Comparison, each: Quoted) -> Iterator[Finding]:
    """Words of the narration in quotation marks, unless the narrator is the one who speaks, or it is a title."""
    spots = each.judgement.spots
    if any(_is_speech(spot) or _is_title(spot, each) or _names_the_article(spot, each) for spot in spots):
        return
    message = f"The source tells “{_cut(each.text)}” itself; nobody says it there."
    yield _finding(comparison, each, "warn", message)


def _from_elsewhere(comparison: Comparison, each: Quoted) -> Iterator[Finding]:
    """Somebody is said to say a word that nobody says, and that only other sentences of the source have."""
    if each.speech is None or each.speech.speaker is None:
        return
    carriers = supports(comparison)[each.statement.index].carriers
    near = {stem(w.text) for c in carriers for w in words_of(c.source.facts.passages[c.paragraph].text)}
    if carriers and not all(stem(w.text) in near for w in words_of(each.text)):
        message = f"Nobody says “{_cut(each.text)}” in the source, and it stands elsewhere in it."
        yield _finding(comparison, each, "warn", message)


def _is_speech(spot: At) -> bool:
    """An interview, a letter, a block of speech: the passage speaks in the first person, or is a quotation whole."""
    passage = spot.source.facts.passages[spot.paragraph]
    if passage.kind == "quote" or passage.text.lstrip()[:1] in ("—", "–", "-"):
        return True
    return next(first_person(passage.text), None) is not None


def _is_title(spot: At, each: Quoted) -> bool:
    """`Le Grand Bleu du Sud`: most of its longer words have capitals in the source."""
    text = spot.source.facts.passages[spot.paragraph].text[spot.start : spot.start + len(each.text)]
    longer = [w for w in tokens(text) if len(w.text) > 3]
    return bool(longer) and 2 * sum(text[w.start].isupper() for w in longer) > len(longer)


def _names_the_article(spot: At, each: Quoted) -> bool:
    """`un article intitulé « … »`: the title whole, or the first words of a text, cut with an ellipsis."""
    facts = spot.source.facts
    text, told = facts.passages[spot.paragraph].text, [w.text for w in words_of(each.text)]
    first = [w.text for w in words_of(text)][: len(told)] == told
    if facts.passages[spot.paragraph].kind == "title":
        return first and len(told) == len(list(words_of(text)))
    return first and each.text.rstrip(" \u00a0»”").endswith("…") and spot.paragraph == _opening(facts)


def _opening(facts: Facts) -> int:
    return next((n for n, p in enumerate(facts.passages) if p.kind == "text"), -1)


def _cut_to_another_sense(comparison: Comparison, each: Quoted) -> Iterator[Finding]:
    added = next((b for b in _BRACKETS.findall(each.text) if _turns(b)), None)
    lost = next((g for g in each.judgement.omitted if _drops_negation(g)), None)
    if lost is not None:
        message = f"What the quotation leaves out turns its sense: “{_cut(lost)}”."
        yield _finding(comparison, each, "block", message)
    elif added is not None:
        yield _finding(comparison, each, "block", f"Brackets put “{_cut(added)}” into somebody’s words.")
    elif (severity := _denied(each.judgement.spots)) and not _denies(each):
        message = "The source denies what the quotation says: the words before it were left out."
        yield _finding(comparison, each, severity, message)


def _drops_negation(gap: str) -> bool:
    words = gap.split()
    return len(words) <= _MOST_OMITTED and any(w in _NEGATIONS or w == "ne" for w in words)


def _turns(inserted: str) -> bool:
    """An editor explains in brackets; a negation there, or half a sentence, is no explanation."""
    words = [w.text for w in tokens(inserted)]
    return len(words) > _MOST_INSERTED or any(w in _NEGATIONS or w in ("ne", "n", "non") for w in words)


def _denied(spots: tuple[At, ...]) -> Severity | None:
    """A negation stands before the words, in the same clause: right beside them, there is no doubt what it denies."""
    severity: Severity | None = None
    for words in map(_words_before, spots):
        if not any(w in _NEGATIONS for w in words):
            return None
        beside = words[-1] in ("pas", "jamais")
        severity = "block" if beside and severity != "warn" else "warn"
    return severity


def _words_before(spot: At) -> list[str]:
    """The last ones, in the same clause."""
    text = spot.source.facts.passages[spot.paragraph].text[max(0, spot.start - 60) : spot.start]
    clause = max(text.rfind(mark) for mark in ".,;:!?()…–—")
    return [w.text for w in words_of(text[clause + 1 :])][-_NEAR:]


def _denies(each: Quoted) -> bool:
    """The piece's sentence has a negation of its own."""
    statement = each.statement
    first, last = max(statement.start, each.start - _AROUND), max(each.end, statement.end)
    words = [w.text for w in words_of(statement.block.text, first, min(last, each.end + _AROUND))]
    return any(w in _NEGATIVE or w.startswith(_DENIES) for w in words)


def _finding(comparison: Comparison, each: Quoted, severity: Severity, message: str) -> Finding:
    span = (each.start, each.end)
    return comparison.finding("FID002", severity, message, each.statement, span, _evidence(each.judgement))


def _evidence(judgement: Judgement) -> tuple[Evidence, ...]:
    seen = {(s.source.label, s.paragraph): s for s in reversed(judgement.spots)}
    ordered = sorted(seen.items())[:2]
    return tuple(spot.source.evidence(spot.paragraph) for _, spot in ordered)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 90 else plain[:60].rstrip() + " … " + plain[-25:].lstrip()


CHECKS = (
    Check(
        code="FID002",
        name="quotation altered or invented",
        severity="block",
        why="What stands between quotation marks was said so. One word changed, and somebody is given words they "
        "never spoke.",
        source="House rule: quotations are the sources' own, word for word; cuts are shown by […].",
        bad=Example(
            "# Budget\n\n« Nous baisserons les impôts », a promis la maire.",
            source="« Nous ne baisserons pas les impôts », a promis la maire.",
        ),
        good=Example(
            "# Budget\n\n« Nous ne baisserons pas les impôts », a promis la maire.",
            source="« Nous ne baisserons pas les impôts », a promis la maire.",
        ),
        find=find_altered,
        needs_source=True,
    ),
)
