"""Words that are right and stand in no dictionary: of the press, of science, of administrations."""

import re
from collections.abc import Iterable

from pipeline.languagetool.match import Match

# Met in French newspapers, without their plural's s; LanguageTool 6.8 marks each.
_OF_THE_PRESS = frozenset(
    "beatmaker binge bounty com'com crossfit deepfake deeptech deep fast featuring fintech flex floating"
    " interco kitchen lepéniste macronie macronisme medicane medtech money"
    " overbooking play ransomware reboot réduflation scale setlist showcase shrinkflation space"
    " standupeuse streamer ubérisation up vanlife watching".split()
)
_LONGEST_ACRONYM = 8


def is_one(match: Match, text: str) -> bool:
    """True for a remark of the dictionary on a word that French has made since, or borrowed."""
    said = text[match.start : match.end]
    if " " in said:
        return False
    plain = said.lower().replace("’", "'")
    return (
        plain.removesuffix("s") in _OF_THE_PRESS
        or plain in _OF_THE_PRESS
        or _is_acronym(said, match.replacements)
    )


def is_foreign(match: Match, text: str) -> bool:
    """True where the dictionary knows nothing near, or the word ends as English ones do: nothing tells a slip."""
    said = text[match.start : match.end]
    return not match.replacements or (said.islower() and re.search(r"[a-z]{3}ings?\Z", said) is not None)


def is_inflected(said: str, known: Iterable[str], replacements: Iterable[str]) -> bool:
    """True when `known` has another form of the word, and the dictionary does not have that form either.

    `hôpitale` is no form of the source's `hôpital`: the dictionary proposes it, so it knows all its forms.
    """
    proposed = {r.lower() for r in replacements}
    return any(form.lower() not in proposed for form in known if form != said)


def bare(word: str) -> str:
    """A word without the letters of gender and number."""
    return re.sub(r"(?<=\w{3})(?:euses?|eurs?|rices?)\Z|(?<=\w{3})(?:es|e|s|x)\Z", "", word)


def _is_acronym(said: str, replacements: tuple[str, ...]) -> bool:
    """`Zac`, `SCoT`, `PLUi`: written as a word, or with some of its letters small."""
    if len(said) > _LONGEST_ACRONYM or not said.isalpha():
        return False
    mixed = sum(c.isupper() for c in said) > 1 and not said.isupper()
    return mixed or (said.istitle() and said.upper() in replacements)
