"""FID003: every quotation is said by whoever said it in the source."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.checks.fidelity.said.descriptions import Fit, Spot, may_mean
from pipeline.checks.fidelity.said.offices import content, fits
from pipeline.checks.fidelity.said.quoted import Quoted, quoted
from pipeline.checks.fidelity.said.voices import Cast, Relation, Voice, cast, forms_of, relation, same_name
from pipeline.checks.fidelity.said.wording import At
from pipeline.model import Finding
from pipeline.text.facts import Facts, Speech
from pipeline.text.fold import tokens
from pipeline.text.names import Entity

# Who only passes on what somebody else said: `rapporte X, citant Y`.
_PASSES_ON = (
    "cite",
    "citant",
    "citait",
    "rapport",
    "relay",
    "propos",
    "parole",
    "message",
    "declaration",
    "repren",
)
_OPENERS, _CLOSERS = "«“„‹‘", "»”›"
# A source tells who speaks within so many paragraphs before.
_BEFORE = 3
_FEWEST_WORDS = 4
_MOST = 100
_MENTIONED = 300
_FEW = 6
# What is said of a quotation stands so near it, in characters.
_AROUND = 400


def find_wrong_speaker(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    known = cast(comparison)
    for each in quoted(comparison):
        spots = [s for s in each.judgement.spots if s.speech is not None and not _is_nested(s)]
        if not spots or each.speech is None:
            continue
        if each.speech.speaker is None:
            yield from _given_away(comparison, each, spots)
        else:
            yield from _compared(comparison, each, spots, known)


def _compared(comparison: Comparison, each: Quoted, spots: list[At], known: Cast) -> Iterator[Finding]:
    if each.speech is None or each.speech.speaker is None:
        return
    ours = known.piece[each.speech.speaker]
    relations = [_relation(ours, spot, known) for spot in spots]
    if any(r in ("same", "unclear") for r in relations):
        return
    spot = next((s for s in spots if _is_sure(s.speech)), spots[0])
    theirs = spot.speech.speaker if spot.speech and spot.speech.speaker else None
    if each.speech.certainty == "pronoun" and any(_is_near(comparison, each, s) for s in spots):
        return
    fits = {_described(comparison, each, s) for s in spots}
    if "yes" in fits:
        return
    sure = all(_is_sure(s) for s in (each.speech, *(s.speech for s in spots)))
    blocks = sure and set(relations) == {"other"} and "maybe" not in fits and not _passes_on(each)
    message = f"The quotation is given to another speaker ({_whose(each.speech, theirs)})."
    if "maybe" in fits and each.speech.called:
        message = f"“{each.speech.called}” may mean {theirs}, who says this in the source, but reads as {each.speech.speaker}."
    evidence = (spot.source.evidence(spot.paragraph),)
    yield comparison.finding("FID003", "block" if blocks else "warn", message, each.statement, None, evidence)


def _whose(ours: Speech, theirs: str | None) -> str:
    if theirs is None:
        return f"the source does not name {ours.speaker} there"
    return f"source: {theirs}; piece: {ours.speaker}"


def _described(comparison: Comparison, each: Quoted, spot: At) -> Fit:
    """Whether a phrase, the piece's or the source's, that has been read as one person may mean the other."""
    ours, theirs = each.speech, spot.speech
    if ours is None or theirs is None or not ours.speaker or not theirs.speaker:
        return "no"
    known = cast(comparison)
    people = comparison.piece, spot.source.facts
    mine = _named(known.piece[ours.speaker], people)
    them = _named(known.sources[spot.source.label][theirs.speaker], people)
    fits: set[Fit] = set()
    if ours.called and them:
        fits.add(may_mean(ours.called, Spot(people[0], each.statement.paragraph, each.start), them, mine))
    if theirs.called and mine:
        fits.add(may_mean(theirs.called, Spot(people[1], spot.paragraph, spot.start), mine, them))
    return "yes" if "yes" in fits else "maybe" if "maybe" in fits else "no"


def _named(voice: Voice, texts: tuple[Facts, ...]) -> list[tuple[Facts, int]]:
    """Somebody wherever a text names them; of a role, whoever bears all of it."""
    if voice.kind == "role" and len(voice.words) > 1:
        return [
            (facts, n)
            for facts in texts
            for n, roles in enumerate(facts.roles[:_MENTIONED])
            if any(fits(voice.words, content(role)) for role in roles[:_FEW])
        ]
    if voice.kind != "person":
        return []
    return [
        (facts, n)
        for facts in texts
        for n, entity in enumerate(facts.names[:_MENTIONED])
        if entity.kind == "person" and _goes_by(voice, forms_of(entity))
    ]


def _is_sure(speech: Speech | None) -> bool:
    return speech is not None and speech.certainty == "sure"


def _is_near(comparison: Comparison, each: Quoted, spot: At) -> bool:
    """The piece has just spoken of the source's speaker: its pronoun may well mean them."""
    theirs = cast(comparison).sources[spot.source.label].get((spot.speech and spot.speech.speaker) or "")
    if theirs is None or theirs.kind != "person":
        return True
    index = each.statement.index
    near = comparison.statements[max(0, index - _BEFORE) : index + 1]
    if any(
        _goes_by(theirs, forms_of(entity))
        for s in near
        for _, _, entity in islice(comparison.mentions(s), _MOST)
    ):
        return True
    voices = cast(comparison).piece
    said = [voices[x.speaker] for s in near[:-1] for x in islice(comparison.speeches(s), _MOST) if x.speaker]
    return any(relation(v, theirs, cast(comparison).people) == "same" for v in said)


def _relation(ours: Voice, spot: At, known: Cast) -> Relation:
    if spot.speech is None or spot.speech.speaker is None:
        return "conflict" if ours.kind == "person" and _is_away(ours, spot) else "unclear"
    if ours.kind == "person" and not any(p.in_sources and _goes_by(ours, p.forms) for p in known.people):
        return "other"
    others = known.sources[spot.source.label]
    theirs = others[spot.speech.speaker]
    found = relation(ours, theirs, known.people)
    if found == "unclear" and _speaks_elsewhere(ours, theirs, list(others.values()), known):
        return "conflict"
    return "unclear" if found in ("other", "conflict") and _speak_together(ours, spot) else found


def _speaks_elsewhere(ours: Voice, theirs: Voice, others: list[Voice], known: Cast) -> bool:
    """Somebody and an organisation, and the source quotes ours for other words: `le Medef`, `Claire Montel`."""
    if (ours.kind == "organisation") == (theirs.kind == "organisation") or "other" in (
        ours.kind,
        theirs.kind,
    ):
        return False
    if ours.kind == "organisation":
        return ours.named and ours.words in [v.words for v in others if v.kind == "organisation"]
    speaking = (v for v in others[:_MOST] if v.kind == "person")
    return theirs.named and any(relation(ours, v, known.people) == "same" for v in speaking)


def _is_away(ours: Voice, spot: At) -> bool:
    """The source names nobody as the speaker, names others around the quotation, and them only elsewhere."""
    facts = spot.source.facts
    near = range(max(0, spot.paragraph - _BEFORE), min(spot.paragraph + 2, len(facts.passages)))
    around = {n for p in near for _, _, n in facts.mentions[p] if facts.names[n].kind == "person"}
    theirs = {n for n, e in enumerate(facts.names) if e.kind == "person" and _is_named(ours, facts, n)}
    return bool(theirs) and bool(around) and not theirs & around and not _has_role_near(facts, theirs, near)


def _has_role_near(facts: Facts, theirs: set[int], near: range) -> bool:
    heads = {w.text for n in theirs for role in facts.roles[n] for w in tokens(role)[:1]}
    return any(w.text in heads for p in near for w in tokens(facts.passages[p].text))


def _goes_by(ours: Voice, forms: tuple[tuple[str, ...], ...]) -> bool:
    return any(same_name(a, b) for a in ours.forms for b in forms)


def _is_named(ours: Voice, facts: Facts, index: int) -> bool:
    return _goes_by(ours, forms_of(facts.names[index]))


def _speak_together(ours: Voice, spot: At) -> bool:
    """`ont déclaré X et Y`: the source's sentence joins them by `et`."""
    facts = spot.source.facts
    text = facts.passages[spot.paragraph].text
    row = facts.mentions[spot.paragraph]
    last = spot.speech.span.outer_end if spot.speech else spot.end
    near = row[bisect_left(row, (spot.start - _AROUND,)) : bisect_left(row, (last + _AROUND,))]
    for (_, end, one), (start, _, other) in pairwise(near[: 2 * _MOST]):
        if (
            start - end < 40
            and " et " in text[end:start]
            and (_is_named(ours, facts, one) or _is_named(ours, facts, other))
        ):
            return True
    return False


def _is_nested(spot: At) -> bool:
    """Somebody else's words, retold in a quotation."""
    if spot.speech is None:
        return False
    before = spot.source.facts.passages[spot.paragraph].text[spot.speech.span.start : spot.start]
    opened = sum(before.count(m) for m in _OPENERS) - sum(before.count(m) for m in _CLOSERS)
    return opened > 0 or before.count('"') % 2 == 1


def _passes_on(each: Quoted) -> bool:
    statement, text = each.statement, each.statement.block.text
    before = text[max(statement.start, each.start - _AROUND) : each.start]
    outside = f"{before} {text[each.end : min(statement.end, each.end + _AROUND)]}"
    return any(w.text.startswith(_PASSES_ON) for w in tokens(outside))


def _given_away(comparison: Comparison, each: Quoted, spots: list[At]) -> Iterator[Finding]:
    """`C’est la promesse faite par X`: the sentence, or the next, names another author."""
    statement = each.statement
    following = comparison.statements[statement.index + 1 : statement.index + 2]
    near = [s.index for s in (statement, *following) if s.paragraph == statement.paragraph]
    for author in (a for index in near for a in _authors(comparison, index)):
        ours = Voice("person", forms_of(author), frozenset())
        if all(_relation(ours, spot, cast(comparison)) == "other" for spot in spots):
            said = next((s.speech.speaker for s in spots if s.speech and s.speech.speaker), None)
            message = f"The quotation seems to be {author.text}’s here; in the source it is {said}’s."
            evidence = (spots[0].source.evidence(spots[0].paragraph),)
            yield comparison.finding("FID003", "warn", message, statement, None, evidence)
            return
    yield from _lost(comparison, each, spots)


@lru_cache(maxsize=4)
def _authors(comparison: Comparison, index: int) -> tuple[Entity, ...]:
    """The persons of a statement that `par` stands before; the first few of them."""
    statement = comparison.statements[index]
    found: dict[str, Entity] = {}
    for start, _, entity in comparison.mentions(statement):
        agent = tokens(statement.block.text[max(0, start - 5) : start])[-1:]
        if entity.kind == "person" and agent and agent[0].text == "par":
            found.setdefault(entity.text, entity)
    return tuple(islice(found.values(), _FEW))


def _lost(comparison: Comparison, each: Quoted, spots: list[At]) -> Iterator[Finding]:
    """Nobody in the paragraph says what somebody says in the source."""
    paragraph = each.statement.paragraph
    said = next((s.speech.speaker for s in spots if s.speech and _is_sure(s.speech)), None)
    if said is None or each.statement.is_heading or _has_speaker(comparison, paragraph):
        return
    if len(tokens(each.text)) < _FEWEST_WORDS or comparison.piece.mentions[paragraph]:
        return
    message = f"Nobody is said to speak here; in the source it is {said}."
    evidence = (spots[0].source.evidence(spots[0].paragraph),)
    yield comparison.finding("FID003", "info", message, each.statement, None, evidence)


@lru_cache(maxsize=4)
def _has_speaker(comparison: Comparison, paragraph: int) -> bool:
    return any(s.speaker for s in comparison.piece.speeches[paragraph])


CHECKS = (
    Check(
        code="FID003",
        name="quotation given to another speaker",
        severity="block",
        why="The right words in the wrong mouth are an invented quotation.",
        source="House rule: a quotation keeps its speaker. Unsure where a pronoun stands for the speaker: it warns.",
        bad=Example(
            "# Budget\n\n« Les impôts baisseront », a promis Paul Martin.",
            source="« Les impôts baisseront », a promis Marie Dupont. Paul Martin s’est tu.",
        ),
        good=Example(
            "# Budget\n\n« Les impôts baisseront », a promis Dupont.",
            source="« Les impôts baisseront », a promis Marie Dupont. Paul Martin s’est tu.",
        ),
        find=find_wrong_speaker,
        needs_source=True,
    ),
)
