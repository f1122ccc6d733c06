"""FID008: what a person is said to be is what a source says of them: rank, country or body, portfolio.

`le chef de l’Otan` is `le secrétaire général de l’Otan`; a minister of defence is not one of foreign affairs. What is
told more vaguely than in the source is no matter; what contradicts it blocks; what no source says warns.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.named.grounding import Grounds, grounds
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.fold import tokens
from pipeline.text.spelling import sound
from pipeline.text.stems import stem
from pipeline.text.toponyms import toponyms

# Rank: the nouns that name it. Two ranks of one line exclude each other for one person at one time.
_RANKS = {
    "president": "president presidente",
    "premier": "premier-ministre premiere-ministre chancelier chanceliere",
    "minister": "ministre secretaire-etat garde-sceaux",
    "head": "chef cheffe patron patronne dirigeant dirigeante leader directeur directrice secretaire-general "
    "secretaire-generale pdg dg gerant gerante directeur-general directrice-generale commissaire",
    "monarch": "roi reine prince princesse empereur",
    "mayor": "maire edile bourgmestre",
    "prefect": "prefet prefete sous-prefet sous-prefete",
    "deputy": "depute deputee",
    "senator": "senateur senatrice",
    "prosecutor": "procureur procureure",
    "counsel": "avocat avocate",
    "judge": "juge",
    "coach": "entraineur entraineuse entraineure selectionneur selectionneuse coach",
    "keeper": "gardien gardienne",
    "defender": "defenseur defenseuse",
    "striker": "attaquant attaquante buteur buteuse avant-centre",
    "doctor": "medecin chirurgien chirurgienne cardiologue",
    "nurse": "infirmier infirmiere aide-soignant aide-soignante",
    "spokesman": "porte-parole",
    "ambassador": "ambassadeur ambassadrice",
    "suspect": "suspect suspecte accuse accusee prevenu prevenue",
    "victim": "victime plaignant plaignante",
}
_OF = {noun: rank for rank, nouns in _RANKS.items() for noun in nouns.split()}
_EXCLUSIVE = (
    frozenset(("president", "premier", "minister", "monarch")),
    frozenset(("prosecutor", "counsel", "judge")),
    frozenset(("coach", "keeper", "striker", "defender")),
    frozenset(("mayor", "prefect")),
    frozenset(("deputy", "senator")),
    frozenset(("doctor", "nurse")),
    frozenset(("suspect", "victim")),
)
# Portfolio: the words that name it, compared by their stems.
_PORTFOLIOS = {
    "defence": "défense armée armées pentagone",
    "foreign": "étrangères étranger diplomatie extérieures extérieur",
    "interior": "intérieur",
    "finance": "finances économie budget trésor bercy",
    "health": "santé",
    "education": "éducation enseignement universités",
    "justice": "justice sceaux",
    "transport": "transports",
    "culture": "culture",
    "labour": "travail emploi",
    "farming": "agriculture",
    "environment": "environnement écologie transition climat",
    "energy": "énergie",
    "sports": "sports",
    "housing": "logement",
    "trade": "commerce",
    "industry": "industrie",
}
_SUBJECT = {stem(word): name for name, words in _PORTFOLIOS.items() for word in words.split()}
_HALVES = {
    "premier": "ministre",
    "premiere": "ministre",
    "secretaire": "general generale etat",
    "garde": "sceaux",
}
_BODIES = (
    ("otan", "nato", "alliance"),
    ("onu", "nations"),
    ("ue", "union", "commission", "europeenne"),
    ("oms",),
    ("fmi",),
    ("bce",),
    ("kremlin",),
    ("senat",),
    ("chambre",),
    ("assemblee",),
    ("republique", "etat"),
)
# Nobody has more roles in an article; it keeps hostile text linear.
_MOST = 20
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
    subject = next((_SUBJECT[s] for w in words if (s := stem(w)) in _SUBJECT), None)
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
        frozenset(row[0] for row in _BODIES if set(row) & set(words)),
        bool({"ancien", "ancienne", "ex"} & set(words)),
        frozenset(stem(w) for w in words),
    )


def _rank(words: list[str], at: int) -> str | None:
    word = words[at]
    if word in _HALVES:
        rest = [w for w in words[at + 1 : at + 4] if w in _HALVES[word].split()]
        if rest:
            return _OF.get(f"{word}-{rest[0]}")
        if word == "secretaire":
            return "minister" if any(stem(w) in _SUBJECT for w in words[at + 1 : at + 5]) else None
        return None
    if word in ("vice", "sous", "adjoint", "adjointe"):
        return "deputy-of"
    joined = "-".join(words[at : at + 2])
    return _OF.get(joined) or _OF.get(word)


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
                if role in text and not comparison.is_quoted(statement.paragraph, start):
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


def _verdict(
    role: _Role, person: str, held: _Held, known: Grounds
) -> tuple[Severity, str, Evidence | None] | None:
    own = held.by_person.get(person, [])[:_MOST]
    if any(_fits(role, other) for other, _ in own):
        return None
    for other, shown in own:
        if _contradicts(role, other):
            return "block", f"source: {other.text}; piece: {role.text}.", shown
    holders = held.by_office.get(role.office, {}) if role.office is not None else {}
    if holders and person not in holders:
        other, shown = next(iter(holders.values()))
        return "block", f"a source gives “{other.text}” to somebody else.", shown
    if own and not any(_shares(role, other) for other, _ in own) and _is_new(role, known):
        return "warn", f"source: {own[0][0].text}; piece: {role.text}.", own[0][1]
    return None


def _is_new(role: _Role, known: Grounds) -> bool:
    """It begins with a noun of rank that no source has, nor one that means the same."""
    rank = _OF.get(tokens(role.text)[0].text)
    return rank not in (None, "head", "doctor") and not any(
        noun in known.places for noun in _RANKS[rank or ""].split()
    )


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
    return any({role.rank, other.rank} <= group for group in _EXCLUSIVE)


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
