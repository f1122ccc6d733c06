"""Tells persons, places, organisations and other names apart by what stands around each mention."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import NameKind
from pipeline.text.gazetteer import PLACES
from pipeline.text.grammar import AUXILIARIES, DETERMINERS, PREPOSITIONS, WEEKDAYS, looks_adjectival
from pipeline.text.people import CIVIL, COLLECTIVES, FIRST_NAMES, ORGANISATION_HEADS, ORGANISATIONS, is_role
from pipeline.text.tokens import Token
from pipeline.text.verbs import SPEECH, SPEECH_FINITE

Evidence = dict[NameKind, float]

_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,7}|(?:[A-Z]\.){2,6}")
_GROUP = re.compile(
    r".+(?:iens?|iennes?|ais|aises?|ois|oises?|ains?|aines?|ands?|andes?|ols?|oles?|éens?|éennes?|aux|istes?|ques?|ans?|anes?)"
)
_GROUPS = frozenset(
    "Russes Belges Suisses Turcs Grecs Arabes Corses Basques Tchèques Slovaques Slovènes Slaves Serbes Croates Kurdes "
    "Danois Bretons Bulgares Baltes Juifs Kosovars Allemands Perses Noirs Blancs Peuls Touaregs Russe Belge Suisse".split()
)


def is_acronym(word: str) -> bool:
    return _ACRONYM.fullmatch(word) is not None


def is_group(stream: Sequence[Token], first: int, last: int) -> bool:
    """Inhabitants and such (`les Ukrainiens`, `un Français`): no name of one thing."""
    word = stream[first].text
    if first != last or word in PLACES or word in ORGANISATIONS or is_acronym(word):
        return False
    before = stream[first - 1].low if first else ""
    plural = word.endswith(("s", "x"))
    determined = before in (*DETERMINERS, "aux", "au", "du")
    counted = before.isdigit() or before in (
        "deux",
        "trois",
        "quatre",
        "cinq",
        "dix",
        "entre",
        "et",
        "d'",
        "de",
    )
    if word in _GROUPS:
        return determined or counted
    listed = plural and (counted or before in ("", ",", ".", ":"))
    return (determined or listed) and _GROUP.fullmatch(word) is not None and (
        plural or looks_adjectival(word.lower())
    )  # fmt: skip


def kind_of(stream: Sequence[Token], first: int, last: int) -> Evidence:
    """Weights for each kind from one mention; merging adds them up."""
    parts = stream[first : last + 1]
    evidence: Evidence = {"other": 0.5}
    _add(evidence, "place", _place(stream, first, last))
    _add(evidence, "organisation", _organisation(parts))
    if first and stream[first - 1].low in COLLECTIVES:
        _add(evidence, "organisation", 4)
    _add(evidence, "person", _person(stream, first, last))
    if any(c.isdigit() for p in parts for c in p.text):
        _add(evidence, "other", 6)
    return evidence


def _add(evidence: Evidence, kind: NameKind, weight: float) -> None:
    if weight:
        evidence[kind] = evidence.get(kind, 0) + weight


def _form(parts: Sequence[Token]) -> str:
    text = parts[0].text
    for before, token in pairwise(parts):
        text += (" " if token.start > before.end else "") + token.text
    return text.replace("'", "’")


def _place(stream: Sequence[Token], first: int, last: int) -> float:
    form = _form(stream[first : last + 1])
    before = stream[first - 1].low if first else ""
    weight = 5.0 if form in PLACES or (form.isupper() and form.title() in PLACES) else 0
    if stream[first].text in FIRST_NAMES and first != last:
        return weight
    if before == "en" or (before == "à" and last - first < 3):
        weight += 2
    if (
        before == "de"
        and first > 1
        and stream[first - 2].low
        in ("ville", "commune", "région", "village", "quartier", "port", "maire", "île")
    ):
        weight += 3
    paren = stream[last + 1 : last + 3]
    if len(paren) == 2 and paren[0].text == "(" and paren[1].text in PLACES:
        weight += 3
    return weight


def _organisation(parts: Sequence[Token]) -> float:
    weight = 0.0
    if (
        parts[0].text in ORGANISATION_HEADS
        or _form(parts) in ORGANISATIONS
        or _form(parts).capitalize() in ORGANISATIONS
    ) or (parts[0].low in ("le", "la", "les") and parts[-1].text in ORGANISATIONS):
        weight += 5
    elif any(p.text in ORGANISATION_HEADS for p in parts) and parts[0].text not in FIRST_NAMES:
        weight += 3
    if len(parts) == 1 and is_acronym(parts[0].text) and parts[0].text.title() not in PLACES:
        weight += 3
    return weight


def _person(stream: Sequence[Token], first: int, last: int) -> float:
    before = stream[first - 1] if first else None
    after = stream[last + 1] if last + 1 < len(stream) else None
    weight = 0.0
    if first == last and is_acronym(stream[first].text):
        return 0
    if stream[first].low in ("le", "la", "les", "l'"):
        return -4
    if first != last and stream[first].text in FIRST_NAMES:
        weight += 4
    if before is not None:
        weight += _title_before(stream, first)
        if before.low in ("le", "la", "l'", "les", "au", "aux", "du", "des", "un", "une", "cette", "ce"):
            return weight - 4
    if after is not None:
        weight += _acts(stream, last + 1)
    bare = before is None or before.low not in PREPOSITIONS
    if (
        first != last
        and not weight
        and bare
        and all(p.text[1:].islower() for p in stream[first : last + 1] if p.is_capital)
    ):
        weight += 0.7
    return weight


def _title_before(stream: Sequence[Token], first: int) -> float:
    before = stream[first - 1].low
    if before in CIVIL:
        return 5
    at = first - 1
    while at > 0 and first - at < 4 and looks_adjectival(stream[at].low) and not is_role(stream[at].low):
        at -= 1
    if is_role(stream[at].low):
        return 3
    if before in SPEECH:
        return 2
    if before == "," and first > 2:
        window = stream[max(0, first - 9) : first - 1]
        return 2 if any(is_role(t.low) for t in window) else 0
    return 0


def _acts(stream: Sequence[Token], at: int) -> float:
    """The name is followed as a person's is: by a verb of speech, an age, a role."""
    low = stream[at].low
    after = stream[at + 1].low if at + 1 < len(stream) else ""
    if low in AUXILIARIES and (after in SPEECH or after in WEEKDAYS):
        return 1.5
    if low in SPEECH_FINITE:
        return 1
    if low == ",":
        third = stream[at + 2].low if at + 2 < len(stream) else ""
        if (after.isdigit() and third == "ans") or is_role(after):
            return 2.5
    return 0.6 if low in AUXILIARIES or (low.endswith(("era", "ira", "ait")) and len(low) > 5) else 0
