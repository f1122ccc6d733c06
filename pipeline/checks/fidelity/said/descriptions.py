"""Whom a phrase without a name may mean: `l’élue`, `la représentante de l’État`, `son avocat`, `elle`.

Gender, what the text calls somebody or tells of their work, and who was named last decide. A phrase that fits two
is no proof against either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from pipeline.checks.fidelity.named.trades import WORK, wider_than
from pipeline.checks.fidelity.said.offices import at_odds, content, is_trade
from pipeline.text.facts import Facts
from pipeline.text.fold import fold, tokens
from pipeline.text.people import MEN, ROLES, ROLES_WOMEN, WOMEN
from pipeline.text.stems import stem

Fit = Literal["yes", "maybe", "no"]
Known = tuple[Facts, int]
"""Somebody as one text names them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text has the phrase."""

    facts: Facts
    paragraph: int
    start: int


# So many paragraphs before may have named whom a phrase means, and so many mentions of somebody are looked at.
_BEFORE, _MENTIONS = 2, 8
# What is told of somebody's work stands so near the name, in characters.
_BESIDE = 90
_MOST = 300
_SHE, _HE = frozenset("la une cette elle".split()), frozenset("le un ce cet du il lui".split())
# One grammatical gender, whoever it is.
_EPICENE = frozenset(
    "victime star vedette personne recrue sentinelle medecin temoin otage professeur auteur ecrivain".split()
)
_SHE_ENDS = ("trice", "euse", "ienne", "iere", "eure", "ee")
_FEMININE = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("er", "ere"),
    ("en", "enne"),
    ("on", "onne"),
    ("f", "ve"),
    ("", "e"),
)
_MALE = frozenset("pere frere fils oncle mari epoux homme garcon roi prince cousin neveu".split())
_SHORTEST_ROOT = 5
_END = re.compile(r"[.!?](?=\s)|[«»“”]")
_AGE = re.compile(r"(?<!\d)(\d\d)[ \u00a0]ans")
_DECADES = (
    ("trente", 30),
    ("quadra", 40),
    ("quinqua", 50),
    ("sexa", 60),
    ("septua", 70),
    ("octo", 80),
    ("nona", 90),
)


def woman_called(phrase: str) -> bool | None:
    """Whether a phrase means a woman; None when its words do not tell."""
    words = [t.text for t in tokens(phrase)]
    head = head_of(phrase) or (words[-1] if words else "")
    if head in _EPICENE:
        return None
    if words and words[0] in _SHE:
        return True
    if words and words[0] in _HE:
        return False
    return _woman_by(head)


def head_of(phrase: str) -> str | None:
    """The folded noun that says what somebody is."""
    return next((t.text for t in tokens(phrase) if is_trade(t.text)), None)


@lru_cache(maxsize=2000)
def _woman_by(head: str) -> bool | None:
    """By the form of the noun."""
    if head in _women() or head.endswith(_SHE_ENDS):
        return True
    forms = {head.removesuffix(a) + b for a, b in _FEMININE if head.endswith(a)}
    return False if head in _MALE or (head in _men() and forms & _women()) else None


@lru_cache(maxsize=1)
def _women() -> frozenset[str]:
    return frozenset(fold(w) for w in ROLES_WOMEN) - _EPICENE


@lru_cache(maxsize=1)
def _men() -> frozenset[str]:
    return frozenset(fold(w) for w in ROLES - ROLES_WOMEN) - _EPICENE


def woman_named(facts: Facts, index: int) -> bool | None:
    """Whether somebody is a woman, by the first name and by what the text calls them."""
    first = facts.names[index].text.split(" ")[0].split("-")[0]
    if first in WOMEN or first in MEN:
        return first in WOMEN
    heads = (t.text for role in facts.roles[index][:_MENTIONS] for t in tokens(role))
    told = {_woman_by(h) for h in heads if is_trade(h) and h not in _EPICENE} - {None}
    return told.pop() if len(told) == 1 else None


def fits_work(phrase: str, facts: Facts, index: int) -> bool:
    """The phrase's noun is one of their roles, a wider one, or one for the work that the text tells of them."""
    words, head = content(phrase), head_of(phrase)
    if head is None:
        return False
    if head.endswith("genaire") or head == "trentenaire":
        return _is_of_age(head, facts, index)
    roles = [content(role) for role in dict.fromkeys(facts.roles[index][:_MENTIONS])]
    if any(head in role or wider_than(words, role) for role in roles if not at_odds(words, role)):
        return True
    if any(at_odds(words, role) for role in roles):
        return False
    beside = {w for w in _words_beside(facts, index) if not is_trade(w)}
    family = len(head) > _SHORTEST_ROOT and any(w.startswith(head[:_SHORTEST_ROOT]) for w in beside)
    work = WORK.get(stem(head), frozenset())
    return family or any(w in work or stem(w) in work for w in beside)


def _words_beside(facts: Facts, index: int) -> Iterator[str]:
    """The words near the name, in its sentence."""
    for told in _sentences_beside(facts, index):
        yield from (word.text for word in tokens(told))


def _sentences_beside(facts: Facts, index: int) -> Iterator[str]:
    for mention in facts.names[index].mentions[:_MENTIONS]:
        text = facts.passages[mention.paragraph].text
        before = _END.split(text[max(0, mention.start - _BESIDE) : mention.start])[-1]
        yield (
            before
            + text[mention.start : mention.end]
            + _END.split(text[mention.end : mention.end + _BESIDE])[0]
        )


def _is_of_age(noun: str, facts: Facts, index: int) -> bool:
    """`le sexagénaire` of a man of 61."""
    decade = next((n for begins, n in _DECADES if noun.startswith(begins)), 0)
    ages = {int(m[1]) for told in _sentences_beside(facts, index) for m in _AGE.finditer(told)}
    return any(decade <= age < decade + 10 for age in ages)


def named_before(here: Spot) -> dict[int, int]:
    """The persons named before a place, the nearest first, each with the paragraph that names them last."""
    found: dict[int, int] = {}
    facts = here.facts
    for at in range(here.paragraph, max(-1, here.paragraph - _BEFORE - 1), -1):
        row = [m for m in facts.mentions[at] if at < here.paragraph or m[0] < here.start]
        for _, _, n in reversed(row[-_MOST:]):
            if facts.names[n].kind == "person":
                found.setdefault(n, at)
    return found


def may_mean(phrase: str, here: Spot, one: Sequence[Known], other: Sequence[Known]) -> Fit:
    """Whether a phrase may mean somebody rather than another, each of them by all texts that name them."""
    woman = woman_called(phrase)
    if is_other_gender(woman, one):
        return "no"
    near = named_before(here)
    able = [n for n in near if not is_other_gender(woman, [(here.facts, n)])]
    mine, theirs = ([n for facts, n in them if facts is here.facts] for them in (one, other))
    nearest = bool(able) and able[0] in mine
    head = head_of(phrase)
    if head is None:
        beside = any(near.get(n) == here.paragraph for n in theirs)
        return ("maybe" if beside else "yes") if nearest else "no"
    scope = content(phrase) - {head}
    if _is_scoped_to(scope, other) and not _is_scoped_to(scope, one):
        return "no"
    works = any(fits_work(phrase, facts, n) for facts, n in one)
    rival = not is_other_gender(woman, other) and any(fits_work(phrase, facts, n) for facts, n in other)
    if works and (nearest or (other and not rival)):
        return "yes"
    taken = rival or any(_is_called(head, facts) for facts, _ in (*one, *other))
    return "maybe" if works or (nearest and not taken) else "no"


def _is_scoped_to(scope: frozenset[str], them: Sequence[Known]) -> bool:
    """`des voisins` of `l’avocate des voisins` is told of them."""
    return any(scope & content(role) for facts, n in them for role in facts.roles[n][:_MENTIONS]) or any(
        not scope.isdisjoint(_words_beside(facts, n)) for facts, n in them
    )


def _is_called(noun: str, facts: Facts) -> bool:
    """Somebody in the text bears the noun."""
    return any(noun in content(role) for row in islice(facts.roles, _MOST) for role in row[:_MENTIONS])


def is_other_gender(woman: bool | None, them: Sequence[Known]) -> bool:
    told = {woman_named(f, n) for f, n in them} - {None}
    return woman is not None and len(told) == 1 and woman not in told
