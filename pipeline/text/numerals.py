"""The grammar of French number words, in the traditional and the 1990 spelling, with Belgian and Swiss forms."""

import re
from dataclasses import dataclass
from functools import cached_property

UNITS = {
    word: value
    for value, words in enumerate(
        "zéro|un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize".split(
            "|"
        )
    )
    for word in words.split()
}
TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
TENS |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
SCALES = {"mille": 1e3, "million": 1e6, "milliard": 1e9, "billion": 1e12, "trillion": 1e18}
SCALES |= {"k": 1e3, "K": 1e3, "M": 1e6, "Md": 1e9, "Mrd": 1e9}
_BIG = {"million": 10**6, "milliard": 10**9, "billion": 10**12, "trillion": 10**18}
AINES = {
    "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
_SMALL_ORDINALS = (
    "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième "
    "quatorzième quinzième seizième"
)
ORDINALS = {word: value for value, word in enumerate(_SMALL_ORDINALS.split(), start=2)}
ORDINALS |= {"unième": 1, "vingtième": 20, "trentième": 30, "quarantième": 40, "cinquantième": 50}
ORDINALS |= {"soixantième": 60, "centième": 100, "millième": 1000, "septantième": 70, "nonantième": 90}
FRACTIONS = {"moitié": 1 / 2, "demi": 1 / 2, "demie": 1 / 2, "tiers": 1 / 3, "quart": 1 / 4, "quarts": 1 / 4}
FRACTIONS |= {f"{word}{s}": 1 / value for word, value in ORDINALS.items() for s in ("", "s") if value > 4}
FRACTIONS |= {"millionième": 1e-6, "millionièmes": 1e-6}

_TOKEN = re.compile(r"[^\W\d_]+")
_SPACES = " \u00a0\u202f\u2009"
_LINK = re.compile(rf"[{_SPACES}]|[-‑]")
_PLURALS = {"cents": "cent", "vingts": "vingt", "milles": "mille"}
_PLURALS |= {f"{word}s": word for word in (*_BIG, *AINES)}
_VOCABULARY = {
    *UNITS,
    *TENS,
    *_BIG,
    *AINES,
    *ORDINALS,
    *(f"{o}s" for o in ORDINALS),
    *FRACTIONS,
    "cent",
    "mille",
    "mil",
    "et",
    "demi",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word that may be part of a number."""

    word: str
    """Lower-case, singular."""
    start: int
    end: int
    linked: bool
    """One space or hyphen, and nothing else, joins it to the token before."""


def is_number_word(word: str) -> bool:
    return word in _VOCABULARY and word not in ("et", "unième")


def roman(numeral: str) -> int:
    """The value of a well-formed Roman numeral below 400, else 0."""
    form = re.fullmatch(r"(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", numeral)
    if form is None:
        return 0
    value = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [value[d] for d in numeral]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))


class Words:
    """A text as a stream of words, with the rules of the numeral grammar as methods.

    Each rule answers with a value and the number of tokens it takes, 0 when it does not apply.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> list[Token]:
        tokens: list[Token] = []
        end = -1
        for match in _TOKEN.finditer(self.text):
            word = match.group().lower()
            linked = end >= 0 and match.start() == end + 1 and _LINK.match(self.text, end) is not None
            tokens.append(Token(_PLURALS.get(word, word), *match.span(), linked))
            end = match.end()
        return tokens

    def _word(self, at: int, *, first: bool = False) -> str:
        if at >= len(self.tokens) or not (first or self.tokens[at].linked):
            return ""
        return self.tokens[at].word

    def integer(self, at: int) -> tuple[int, int]:
        total, used, ceiling = 0, 0, 10**21
        while True:
            value, taken = self._below_million(at + used, first=used == 0)
            scale = _BIG.get(self._word(at + used + taken), 0) if taken else 0
            if scale and scale < ceiling:
                total, used, ceiling = total + value * scale, used + taken + 1, scale
                continue
            return (total + value, used + taken) if value or not used else (total, used)

    def _below_million(self, at: int, *, first: bool) -> tuple[int, int]:
        value, used = self._below_thousand(at, first=first)
        if used and value == 0:
            return value, used
        if self._word(at + used, first=first and used == 0) not in ("mille", "mil") or value == 1:
            return value, used
        rest, taken = self._below_thousand(at + used + 1, first=False)
        if not rest:
            taken = 0
        return (value or 1) * 1000 + rest, used + 1 + taken

    def _below_thousand(self, at: int, *, first: bool) -> tuple[int, int]:
        value, used = self._below_hundred(at, first=first)
        if self._word(at + used, first=first and used == 0) != "cent" or (used and not 2 <= value <= 19):
            return value, used
        rest, taken = self._below_hundred(at + used + 1, first=False)
        if not rest:
            taken = 0
        return (value or 1) * 100 + rest, used + 1 + taken

    def _below_hundred(self, at: int, *, first: bool) -> tuple[int, int]:
        word = self._word(at, first=first)
        if word == "quatre" and self._word(at + 1) == "vingt":
            unit = UNITS.get(self._word(at + 2), 0)
            teen = self._teen(at + 2)
            return (80 + teen[0], 2 + teen[1]) if teen[1] else (80 + unit, 3) if unit else (80, 2)
        if word in TENS:
            return self._tens(at, TENS[word])
        if self._teen(at, first=first)[1]:
            return self._teen(at, first=first)
        return (UNITS[word], 1) if word in UNITS else (0, 0)

    def _tens(self, at: int, tens: int) -> tuple[int, int]:
        with_et = self._word(at + 1) == "et"
        then = at + 2 if with_et else at + 1
        teen = self._teen(then) if tens == 60 else (0, 0)
        unit = UNITS.get(self._word(then), 0)
        if with_et:
            return (tens + unit, 3) if unit == 1 or (unit == 11 and tens == 60) else (tens, 1)
        if teen[1]:
            return tens + teen[0], 1 + teen[1]
        return (tens + unit, 2) if 0 < unit < 10 else (tens, 1)

    def _teen(self, at: int, *, first: bool = False) -> tuple[int, int]:
        """10 to 19."""
        value = UNITS.get(self._word(at, first=first), 0)
        if value == 10 and (unit := UNITS.get(self._word(at + 1), 0)) in (7, 8, 9):
            return 10 + unit, 2
        return (value, 1) if 10 <= value <= 16 else (0, 0)

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """`vingt et unième`, `quatre-vingt-dixième`: a cardinal whose last word is an ordinal."""
        for used in range(5):
            last = self._word(at + used, first=used == 0)
            last = last if last in ORDINALS else last.removesuffix("s")
            if last in ORDINALS:
                if used == 1 and last == "vingtième" and self.tokens[at].word == "quatre":
                    return 80, 2
                value, taken = self._cardinal_prefix(at, used)
                ends_well = taken == used and (not used or value >= 10 or ORDINALS[last] >= 100)
                return (self._join(value, ORDINALS[last]), used + 1) if ends_well else None
            if not last or (last not in _VOCABULARY and last != "et"):
                return None
        return None

    def _cardinal_prefix(self, at: int, used: int) -> tuple[int, int]:
        if used and self.tokens[at + used - 1].word == "et":
            value, taken = self.integer(at)
            return value, taken + 1
        return self.integer(at) if used else (0, 0)

    @staticmethod
    def _join(value: int, last: int) -> int:
        return value * last if value and last >= 100 and value < last else value + last

    def approximate(self, at: int, used: int, value: int) -> tuple[float, int] | None:
        """`une cinquantaine`, `deux douzaines`, `dizaines de milliards`, `milliers`, `millions`."""
        word = self._word(at + used, first=used == 0)
        if used == 0 and word in _BIG:
            return float(_BIG[word]), 1
        if word == "demi" and self._word(at + used + 1) == "douzaine":
            return 6.0, used + 2
        if word not in AINES or value > 99:
            return None
        amount, taken = float(AINES[word] * max(value, 1)), used + 1
        if self._word(at + taken) == "de":
            scale = AINES.get(self._word(at + taken + 1), 0) or _BIG.get(self._word(at + taken + 1), 0)
            if scale > AINES[word]:
                return amount * scale, taken + 2
        return amount, taken

    def part(self, at: int) -> float:
        """The fraction this word names after a count (`deux tiers`), else 0; `dix-huitième` names none."""
        word = self._word(at)
        tied = bool(word) and self.text[self.tokens[at].start - 1] in "-‑"
        return 0 if tied else FRACTIONS.get(word, 0)

    def half_more(self, at: int) -> bool:
        """`et demi` after a scale: `un million et demi`."""
        return self.tokens[at - 1].word in _BIG and self._word(at) == "et" and self._word(at + 1) == "demi"

    def half_of_last(self, at: int) -> int:
        return _BIG[self.tokens[at - 1].word] // 2

    def word_before(self, at: int) -> str:
        return self.tokens[at - 1].word if self._word(at) and at else ""

    def word_after(self, at: int) -> str:
        return self._word(at + 1)

    def follows(self, at: int, words: str) -> bool:
        return [self._word(at + 1 + i) for i in range(len(words.split()))] == words.split()

    def number_ends_before(self, at: int) -> bool:
        """A number stands before the word before: `dix pour cent`, `12 pour cent`."""
        if at < 1 or not self.tokens[at].linked:
            return False
        start = self.tokens[at - 1].start
        before = self.text[max(0, start - 2) : start].rstrip()
        return before[-1:].isdigit() or (
            at > 1 and self.tokens[at - 1].linked and is_number_word(self.tokens[at - 2].word)
        )

    def inside_a_name(self, at: int, used: int) -> bool:
        """Hyphens tie it to a capitalised word: `Trois-Rivières`, `Charles-Deux`."""
        start, end = self.tokens[at].start, self.tokens[at + used - 1].end
        before, after = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        tied_before = before[-1:] in ("-", "‑") and before[:1].isalpha()
        tied_after = after[:1] in ("-", "‑") and after[1:].isalpha()
        return bool(before and tied_before) or (tied_after and bool(after))
