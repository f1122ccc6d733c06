"""The words of a sentence with what stands over each: is it denied, and which part of the sentence holds it?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.numerals import is_number_word
from pipeline.text.tokens import tokens
from pipeline.text.verb_forms import looks_infinitive, root


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, with what is said or denied of it."""

    text: str
    low: str
    start: int
    end: int
    root: str
    """Empty for grammatical words, marks and figures."""
    segment: int
    """Its number among the stretches that commas, colons and conjunctions part."""
    denied: bool = False
    only: bool = False
    """Under `ne … que`."""


_TELL_NOTHING = FUNCTION_WORDS | frozenset(
    "peut-être c'est-à-dire au-delà vis-à-vis là-dessus ci-dessus".split()
)
_SEGMENT_MARKS = frozenset(', ; : ( ) – — « » . ! ? "'.split())
_SEGMENT_WORDS = frozenset(
    "mais tandis alors lorsque lorsqu' quand puis car qui dont où que qu' puisque si".split()
)
_DENIERS = frozenset("pas plus jamais guère point rien aucun aucune personne ni nul nulle nullement".split())
# `au lieu de`, `aura lieu`: a place is spoken of in neither.
_TAKES_PLACE = re.compile(
    r"(?:au|a|ont|avai[st]|avaient|aura|auront|aurait|auraient|eu|avoir|ayant|donn\w+|tient|tenir)\Z"
)
_BEFORE_NE = frozenset("aucun aucune rien personne nul nulle ni".split())
_FRAMES = frozenset(
    "refuser renoncer cesser éviter exclure empêcher interdire arrêter dissuader abstenir omettre négliger "
    "déconseiller impossible incapable".split()
)
FRAME_ROOTS = frozenset(root(w) for w in _FRAMES)
"""Verbs and adjectives that deny the infinitive they govern: `refuser de`, `éviter de`."""
_STATES = frozenset(root(w) for w in "paraître sembler rester demeurer devenir apparaître".split())
"""What they deny is said of the subject by the next word."""
_REACH = 9
_SAYS = frozenset("dit disent dire dira diront disait disant".split())
"""Before `non`: what is said no to is not denied."""


def words(sentence: str) -> list[Word]:
    row: list[Word] = []
    segment = 0
    for token in tokens(sentence):
        segment += token.low in _SEGMENT_MARKS or token.low in _SEGMENT_WORDS
        tells = token.is_word and token.low not in _TELL_NOTHING and not token.low[0].isdigit()
        tells = tells and not (token.low == "lieu" and row and _TAKES_PLACE.match(row[-1].low))
        key = root(token.text) if tells else ""
        row.append(Word(token.text, token.low, token.start, token.end, key, segment))
    denied, only = _scopes(row)
    for at in denied | only:
        row[at] = replace(row[at], denied=at in denied, only=at in only)
    return row


def _scopes(row: Sequence[Word]) -> tuple[set[int], set[int]]:
    """The places of the words denied, and of those under `ne … que`."""
    denied: set[int] = set()
    only: set[int] = set()
    for at, word in enumerate(row):
        if word.low in ("ne", "n'"):
            found = _denial(row, at)
            if found == "only":
                only.update(_reach(row, at + 1))
            elif found is not None:
                denied.update(_reach(row, at + 1))
        elif _lexical(row, at):
            denied ^= set(_reach(row, at + 1)[:1])
    for at, word in enumerate(row):
        if word.root in FRAME_ROOTS and at not in denied:
            denied ^= set(_infinitive_after(row, at))
    return denied, only


def _denial(row: Sequence[Word], at: int) -> str | None:
    """`not` with pas, plus …, `only` with que, None where `ne` says nothing."""
    for place in range(at + 1, min(len(row), at + 1 + _REACH)):
        word = row[place]
        if word.low in _DENIERS:
            return None if _of_manner(row, at) or _none_the_less(row, place) else "not"
        if word.low in ("que", "qu'"):
            return "only"
        if word.text in ".;!?":
            break
    back = row[max(0, at - _REACH) : at]
    return "not" if any(w.low in _BEFORE_NE for w in back) else None


# Denied with these, only the manner is: `on ne ferme pas une école de gaieté de cœur`.
_MANNERS = tuple(
    tuple(m.split())
    for m in ("de gaieté de cœur", "à la légère", "par plaisir", "pour rien", "par hasard", "de bon cœur")
)


def _none_the_less(row: Sequence[Word], at: int) -> bool:
    """`n’en est pas moins adopté`: it is adopted."""
    return any(w.low == "en" for w in row[max(0, at - 3) : at]) and [w.low for w in row[at : at + 2]] == [
        "pas",
        "moins",
    ]


def _of_manner(row: Sequence[Word], at: int) -> bool:
    lows = tuple(w.low for w in row[at : at + 2 * _REACH])
    return any(lows[n : n + len(m)] == m for m in _MANNERS for n in range(len(lows)))


def _lexical(row: Sequence[Word], at: int) -> bool:
    """`sans délai`, `non loin`, `aucun but`, `mais pas la cour`: a denial without `ne`."""
    low = row[at].low
    if low == "pas":
        near = row[max(0, at - 6) : at]
        follows = row[at + 1].low if at + 1 < len(row) else ""
        return follows not in ("seulement", "que", "moins", "à", "encore") and not any(
            w.low in ("ne", "n'") for w in near
        )
    if low == "plus":
        return at == 0 and _none_left(row)
    if low in ("aucun", "aucune", "ni"):
        return not any(w.low in ("ne", "n'") for w in row[max(0, at - 6) : at + 7])
    follows = row[at + 1].low if at + 1 < len(row) else ""
    if low == "non" and at and row[at - 1].low in _SAYS:
        return False
    return low in ("sans", "non") and follows not in ("seulement", "que", "plus", "doute", "loin", "moins")


def _none_left(row: Sequence[Word]) -> bool:
    """`Plus de coquilles dans la baie`, not `Plus de 300 personnes`, `Plus de la moitié`."""
    enough = len(row) > 1 and row[1].low in ("assez", "guère")  # `Plus assez de neige`
    of, what = (row[n].low if n < len(row) else "" for n in (1 + enough, 2 + enough))
    return of in ("de", "d'") and what[:1].isalpha() and what not in _AMOUNTS and not is_number_word(what)


_AMOUNTS = frozenset("la l' le les un une dizaine dizaines moitié tiers quart".split())


def is_adverb(low: str) -> bool:
    """By its ending: `entièrement`; a few nouns end so too."""
    return len(low) > 6 and low.endswith("ment")


def _reach(row: Sequence[Word], at: int) -> list[int]:
    """What is denied from here: the next word that tells, and the one after an auxiliary before it."""
    found: list[int] = []
    for place in range(at, min(len(row), at + _REACH)):
        word = row[place]
        if word.text in ".;:!?()" or (word.text == "," and found):
            break
        if word.root:
            found.append(place)
            if word.root not in _STATES and not is_adverb(word.low):
                return found
    return found


def _infinitive_after(row: Sequence[Word], at: int) -> list[int]:
    """The infinitive that a frame governs, `de` or `à` between, with little else."""
    linked = False
    for place in range(at + 1, min(len(row), at + 6)):
        word = row[place]
        if word.low in ("de", "d'", "à"):
            linked = True
        elif linked and looks_infinitive(word.low) and word.root:
            return [place]
        elif word.root and linked:
            return []
    return []
