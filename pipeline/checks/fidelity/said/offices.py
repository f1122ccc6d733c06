"""Roles as words that can be compared: `le chef de l’Otan` fits `secrétaire général de l’Alliance atlantique`."""

from functools import lru_cache

from pipeline.text.fold import fold
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.people import CIVIL, OFFICES, ROLES, is_role
from pipeline.text.tokens import tokens

# Whoever leads anything may be called so.
ANY_LEADER = frozenset("chef cheffe patron patronne dirigeant dirigeante leader numero responsable".split())
LEADERS = ANY_LEADER | frozenset(
    "secretaire president presidente directeur directrice chancelier chanceliere ministre gouverneur "
    "gouverneure".split()
)
_MINISTERS = frozenset(("ministre", "secretaire"))
# `le secrétaire général`, `l’ancien ministre`: they tell nobody apart.
_PLAIN = frozenset(
    "general generale ancien ancienne nouveau nouvelle actuel actuelle haut haute jeune ex vice".split()
)
# One place or body under names that share no letters. The rest share their beginnings: `russe`, `Russie`.
_SAME = (
    ("otan", ("otan", "nato", "alliance", "atlantique")),
    ("etats-unis", ("etats-unis", "americain", "americaine", "usa", "washington")),
    ("royaume-uni", ("royaume-uni", "britannique", "londres", "anglais", "anglaise")),
    ("pays-bas", ("pays-bas", "neerlandais", "neerlandaise", "hollandais", "hollandaise")),
    ("etat", ("etat", "republique")),
)
_CANONICAL = {form: name for name, forms in _SAME for form in forms}


@lru_cache(maxsize=4000)
def content(wording: str) -> frozenset[str]:
    """The words of a role that tell something, each country or body under one name."""
    found = (
        fold(t.text)
        for t in tokens(wording)
        if t.is_word and t.low not in FUNCTION_WORDS and t.low not in CIVIL
    )
    return frozenset(_CANONICAL.get(w, w) for w in found if w not in _PLAIN)


def two_offices(one: frozenset[str], other: frozenset[str]) -> bool:
    """A prefect and a president: few are both."""
    ours, theirs = (words & (_offices() | LEADERS) - ANY_LEADER for words in (one, other))
    return bool(ours and theirs) and not any(alike(a, b) for a in ours for b in theirs)


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    return frozenset(fold(w) for w in OFFICES)


@lru_cache(maxsize=4000)
def is_trade(word: str) -> bool:
    """As `is_role`, of a folded word."""
    return is_role(word) or word in _trades()


@lru_cache(maxsize=1)
def _trades() -> frozenset[str]:
    return frozenset(fold(w) for w in ROLES)


def fits(phrase: frozenset[str], role: frozenset[str]) -> bool:
    """`chef otan` fits `secrétaire otan`; `ministre défense` fits `ministre ukrainien défense`."""
    scope = [w for w in phrase if w not in LEADERS]
    if not all(any(alike(w, r) for r in role) for w in scope):
        return False
    return all(_leads(w, role) for w in phrase if w in LEADERS)


def _leads(head: str, role: frozenset[str]) -> bool:
    """The role has this head, or one of the two may be called anything."""
    if head in ANY_LEADER:
        return bool(role & LEADERS)
    ministers = head in _MINISTERS and role & _MINISTERS
    return bool(ministers or role & ANY_LEADER) or any(alike(head, r) for r in role)


def at_odds(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two leaders, or two of one trade, of different places or bodies."""
    scopes = one - LEADERS - other, other - LEADERS - one
    heads = (one & LEADERS and other & LEADERS) or any(alike(a, b) for a in one for b in other if is_trade(a))
    shared = any(alike(a, b) for a in one - LEADERS for b in other - LEADERS if not is_trade(a))
    return bool(heads) and all(scopes) and not shared


def alike(one: str, other: str) -> bool:
    """One word, or a country and its people: `russe`, `Russie`; `Pologne`, `polonais`."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    least = max(4, len(short) - 4)
    return len(short) > 4 and short[:least] == long[:least]
