"""Where a text says `je` or `nous`, in any of their forms."""

from collections.abc import Iterator

from pipeline.text.kept import kept
from pipeline.text.tokens import Token, tokens

_ALWAYS = frozenset("je j' nous notre nos nôtre nôtres moi-même nous-mêmes".split())
# `me`, `ma` and `mon` also begin names and titles (`Me Dupont`, `Mon Compte Formation`): in lower case only.
_LOWER = frozenset("me m' mon ma mes moi mien mienne miens miennes".split())
# Inverted forms: `dois-je`, `pouvons-nous`; not `rendez-nous` and not `rendez-vous`.
_INVERTED = ("-je", "ons-nous")
# `entre nous`, `le moi`, `un je ne sais quoi`: nobody's words.
_FIXED = frozenset((("entre", "nous"), ("le", "moi"), ("un", "moi"), ("du", "moi"), ("un", "je")))


def first_person(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each first person of a text, in order; those inside names and titles left out."""
    return iter(_first_person(text))


@kept
def _first_person(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_spoken(text))


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    before: Token | None = None
    words = tokens(text)
    for token, after in zip(words, [*words[1:], None], strict=True):
        if _speaks(token, before, after):
            yield token.start, token.end
        before = token


def _speaks(token: Token, before: Token | None, after: Token | None) -> bool:
    low = token.low
    if low.endswith(_INVERTED):
        return True
    if low not in _ALWAYS and low not in _LOWER:
        return False
    capital = token.text[0].isupper()
    named = capital and after is not None and after.text[0].isupper()
    in_title = capital and before is not None and before.text[0] not in '.!?:«»“”"—–-…('
    if named or in_title or (capital and low == "me"):
        return False
    article = before.low if before is not None else ""
    return (article, low) not in _FIXED
