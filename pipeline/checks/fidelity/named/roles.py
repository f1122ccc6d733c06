"""FID008: what a person is said to be is what a source says of them: rank, country or body, portfolio.

`le chef de l’Otan` is `le secrétaire général de l’Otan`; a minister of defence is not one of foreign affairs. What is
told more vaguely than in the source is no matter; what contradicts it blocks; what no source says warns.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.counted.ages import is_age_alone
from pipeline.checks.fidelity.named.claims import is_another_s, is_nowhere, is_told_by_work, is_wider
from pipeline.checks.fidelity.named.grounding import Grounds, grounds
from pipeline.checks.fidelity.named.ranks import BODIES, EXCLUSIVE, HALVES, OF, RANKS, SUBJECT, VAGUE
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.fold import tokens
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.people import is_role
from pipeline.text.spelling import sound
from pipeline.text.stems import stem
from pipeline.text.toponyms import toponyms

# Nobody has more roles in an article; it keeps hostile text linear.
_MOST = 20
_PEOPLE = 100
_HELD_BY_ONE = frozenset(("president", "premier", "minister", "monarch", "head"))


@dataclass(frozen=True, slots=True)
class _Role:
    """An office, taken apart."""

    text: str
    rank: str | None
    portfolio: str | None
    countries: frozenset[str]
    bodies: frozenset[str]
    former: bool
    stems: frozenset[str]

    @property
    def office(self) -> tuple[object, ...] | None:
        """What only one person holds; None when the wording leaves it open."""
        whole = self.rank in _HELD_BY_ONE and (self.countries or self.bodies) and not self.former
        if not whole or (self.rank == "minister" and self.portfolio is None):
            return None
        return (self.rank, self.portfolio, self.countries, self.bodies)


@lru_cache(maxsize=512)
def _parse(text: str) -> _Role:
    words = [t.text for t in tokens(text)]
    rank = next((r for at in range(len(words)) if (r := _rank(words, at))), None)
    subject = next((SUBJECT[s] for w in words if (s := stem(w)) in SUBJECT), None)
    if rank == "head" and subject in ("foreign", "defence"):
        rank = "minister"  # `chef de la diplomatie`, `patron du Pentagone`
    if rank == "head" and "gouvernement" in words:
        rank = "premier"
    if rank == "head" and "etat" in words:
        rank = "president"
    if rank == "minister" and {"secretaire", "etat"} <= set(words) and subject is None:
        subject = "foreign" if any(c == "US" for p in toponyms(text) for c in p.codes) else None
    return _Role(
        text,
        rank,
        subject,
        frozenset(c for p in toponyms(text) if p.sense not in ("city", "citizen") for c in p.codes),
        frozenset(row[0] for row in BODIES if set(row) & set(words)),
        bool({"ancien", "ancienne", "ex"} & set(words)),
        frozenset(stem(w) for w in words),
    )


def _rank(words: list[str], at: int) -> str | None:
    word = words[at]
    if word in HALVES:
        rest = [w for w in words[at + 1 : at + 4] if w in HALVES[word].split()]
        if rest:
            return OF.get(f"{word}-{rest[0]}")
        if word == "secretaire":
            return "minister" if any(stem(w) in SUBJECT for w in words[at + 1 : at + 5]) else None
        return None
    if word in ("vice", "sous", "adjoint", "adjointe"):
        return "deputy-of"
    joined = "-".join(words[at : at + 2])
    return OF.get(joined) or OF.get(word)


@once_for_words
def find_wrong_role(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    held = _held(comparison)
    known = grounds(manuscript)
    for statement, index, start, text in _given(comparison):
        entity = comparison.piece.names[index]
        verdict = _verdict(_parse(text), _key(entity.text), held, known)
        if verdict is not None:
            severity, message, source = verdict
            span = (start, start + len(text))
            shown = () if source is None else (source,)
            yield comparison.finding("FID008", severity, f"{entity.text}: {message}", statement, span, shown)


def _given(comparison: Comparison) -> Iterator[tuple[Statement, int, int, str]]:
    """(statement, person, start, role as worded), outside quotations."""
    for statement in comparison.statements:
        text = statement.text
        row = comparison.piece.mentions[statement.paragraph]
        first, last = (bisect_left(row, (place,)) for place in (statement.start, statement.end))
        named = dict.fromkeys(n for _, _, n in row[first:last])
        for index in (n for n in named if comparison.piece.names[n].kind == "person"):
            for role in comparison.piece.roles[index][:_MOST]:
                start = statement.start + text.find(role)
                if (
                    role in text
                    and not is_age_alone(role)
                    and not comparison.is_quoted(statement.paragraph, start)
                ):
                    yield statement, index, start, role


@dataclass(frozen=True, slots=True)
class _Held:
    """Who is what, in the sources' words."""

    by_person: dict[str, list[tuple[_Role, Evidence]]]
    by_office: dict[tuple[object, ...], dict[str, tuple[_Role, Evidence]]]


def _key(name: str) -> str:
    """A person, however named: by the last word of the name."""
    words = tokens(name)
    return sound(words[-1].text) if words else ""


def _held(comparison: Comparison) -> _Held:
    held = _Held({}, {})
    for source in comparison.sources:
        facts = source.facts
        for entity, worded in zip(facts.names, facts.roles, strict=True):
            if entity.kind != "person":
                continue
            person = _key(entity.text)
            found = [(_parse(text), source.evidence(entity.first.paragraph)) for text in worded[:_MOST]]
            held.by_person.setdefault(person, []).extend(found)
            for role, shown in found:
                if role.office is not None:
                    held.by_office.setdefault(role.office, {}).setdefault(person, (role, shown))
    return held


def _verdict(role: _Role, person: str, held: _Held, known: Grounds) -> "_Verdict | None":
    own = held.by_person.get(person, [])[:_MOST]
    for other, shown in own:
        if _is_raised(role.text, other.text):
            return "block", f"source: {other.text}; piece: {role.text}.", shown
    mine = [other.text for other, _ in own]
    if is_wider(role.text, mine):
        return None
    if any(_fits(role, other) for other, _ in own):
        if not (added := _unheard(role, known)):
            return None
        return "warn", f"no source says “{added}” (source: {own[0][0].text}; piece: {role.text}).", own[0][1]
    for other, shown in own:
        if _contradicts(role, other):
            return "block", f"source: {other.text}; piece: {role.text}.", shown
    holders = held.by_office.get(role.office, {}) if role.office is not None else {}
    if holders and person not in holders:
        other, shown = next(iter(holders.values()))
        return "block", f"a source gives “{other.text}” to somebody else.", shown
    if own and (
        _is_new_office(role, own, person, known) or _is_new(role, [o for o, _ in own], person, known)
    ):
        return "warn", f"source: {own[0][0].text}; piece: {role.text}.", own[0][1]
    return _claimed(role, person, mine, held) or _nowhere(role, person, known)


def _is_raised(role: str, other: str) -> bool:
    """`gouverneure` where the source has `vice-gouverneure`."""
    mine, theirs = ([t.text for t in tokens(text)] for text in (role, other))
    under = {b for a, b in pairwise(theirs) if a in _UNDER}
    raised = next((w for w in mine if w in under), None)
    return raised is not None and _UNDER.isdisjoint(mine)


_UNDER = frozenset(("vice", "sous"))
_Verdict = tuple[Severity, str, Evidence | None]


def _claimed(role: _Role, person: str, own: list[str], held: _Held) -> _Verdict | None:
    rows = (row for key, row in islice(held.by_person.items(), _PEOPLE) if key != person)
    others = [one for row in rows for one in row[:_MOST]]
    taken = is_another_s(role.text, own, [other.text for other, _ in others])
    if taken is None:
        return None
    shown = next(shown for other, shown in others if other.text == taken)
    return "warn", f"a source gives “{taken}” to somebody else.", shown


def _nowhere(role: _Role, person: str, known: Grounds) -> _Verdict | None:
    if (
        person not in known.sounds
        or not is_nowhere(role.text, known)
        or is_told_by_work(role.text, person, known)
    ):
        return None
    return "warn", f"no source says what this says: {role.text}.", None


# The office, and what its holder does. Who is a minister is called so next to the name.
_SCOPED: dict[str, tuple[str, ...]] = {
    "minister": (),
    "president": ("president", "presidente", "preside", "presidait", "presidera", "presidence"),
}


def _is_new_office(role: _Role, own: list[tuple[_Role, Evidence]], person: str, known: Grounds) -> bool:
    """`ministre de la Santé`, `présidente de la région` of whom the sources give another rank, and nothing like it."""
    scoped = [w for t in tokens(role.text) if (w := t.text) not in FUNCTION_WORDS | VAGUE and not is_role(w)]
    if (
        role.rank not in _SCOPED
        or not scoped
        or any(other.rank in (role.rank, "premier", None) for other, _ in own)
    ):
        return False
    return not any(known.near_sound(noun, person) for noun in _SCOPED[role.rank])


def _is_new(role: _Role, own: list[_Role], person: str, known: Grounds) -> bool:
    """Another noun for what they do than any that stands near them, or a word about it that no source has."""
    words = [
        t.text
        for t in tokens(role.text)
        if t.text not in FUNCTION_WORDS and t.text.removesuffix("s") not in VAGUE
    ]
    head = next((w for w in words if is_role(w) or w in OF), None)
    if head is None:
        return False
    if not any(_shares(role, other) for other in own):
        same = RANKS.get(OF.get(head, ""), head).split()
        return not any(known.near_sound(noun, person) for noun in dict.fromkeys((head, *same)))
    return _unheard(role, known) is not None


def _unheard(role: _Role, known: Grounds) -> str | None:
    """An adjective right behind the noun that stands in no source: `maire écologiste`."""
    words = [t.text for t in tokens(role.text)]
    head = next((at for at, w in enumerate(words) if is_role(w) or w in OF), len(words))
    passed = {w for p in toponyms(role.text) for w in p.words} | FUNCTION_WORDS | VAGUE | set(OF)
    for word in words[head + 1 : head + 2]:
        portfolio = role.rank in ("minister", "head") and stem(word) in SUBJECT
        if (
            word not in passed
            and not is_age_alone(word)
            and word.isalpha()
            and stem(word) not in known.stems
            and not portfolio
        ):
            return word
    return None


def _fits(role: _Role, other: _Role) -> bool:
    """Says the same, or less."""
    if role.stems <= other.stems:
        return True
    same = role.rank == other.rank or (role.rank == "head" and other.rank in ("president", "premier"))
    return (
        same
        and role.rank is not None
        and (role.portfolio is None or other.portfolio is None or role.portfolio == other.portfolio)
        and not _apart(role.countries, other.countries)
        and not _apart(role.bodies, other.bodies)
        and role.former == other.former
    )


def _shares(role: _Role, other: _Role) -> bool:
    return bool({s for s in role.stems & other.stems if len(s) > 3})


def _apart(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one and two and not one & two)


def _contradicts(role: _Role, other: _Role) -> bool:
    if role.rank is None or other.rank is None or role.former != other.former:
        return False
    if role.rank == other.rank:
        subjects = {role.portfolio, other.portfolio}
        clash = None not in subjects and len(subjects) == 2
        return clash or _apart(role.countries, other.countries) or _apart(role.bodies, other.bodies)
    return any({role.rank, other.rank} <= group for group in EXCLUSIVE)


_SOURCE = (
    "Le ministre finlandais de la Défense, Mikko Savola, a reçu Ana Duarte, avocate de la famille Lindgren."
)

CHECKS = (
    Check(
        code="FID008",
        name="role that the source does not give",
        severity="block",
        why="A minister with another’s portfolio, a lawyer made a prosecutor: the reader learns who said it wrongly.",
        source="House rule.",
        bad=Example(
            "# La visite\n\nMikko Savola, ministre finlandais de l’Intérieur, a vu la procureure Ana Duarte.",
            source=_SOURCE,
        ),
        good=Example(
            "# La visite\n\nLe ministre de la Défense Mikko Savola a vu l’avocate Ana Duarte.", source=_SOURCE
        ),
        find=find_wrong_role,
        needs_source=True,
    ),
)
