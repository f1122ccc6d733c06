"""Runs of capitalised words that may be names, paragraph by paragraph.

A run is joined by the small words that French puts between its parts (`Chambre des représentants`, `Charles de
Gaulle`). A capital at the start of a sentence says nothing by itself: there a single word is certain only when it
is a known place, organisation or acronym, or when a finite verb follows: a French common noun needs a determiner
before it, so a bare one before a verb can only be a name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.acts import FINITE
from pipeline.text.gazetteer import PLACES
from pipeline.text.grammar import AUXILIARIES, FUNCTION_WORDS, TIME_WORDS, looks_adjectival
from pipeline.text.name_kinds import is_acronym, is_group
from pipeline.text.numerals import roman
from pipeline.text.people import (
    ALSO_WORDS,
    CIVIL,
    FIRST_NAMES,
    FREE_PARTICLES,
    ORGANISATION_HEADS,
    ORGANISATIONS,
    is_role,
)
from pipeline.text.sentences import sentences
from pipeline.text.tokens import Token
from pipeline.text.verbs import SPEECH, SPEECH_FINITE


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens in a row that may be one name."""

    first: int
    last: int
    """Indexes of its first and last token."""
    start: int
    end: int
    words: tuple[str, ...]
    initial: bool
    doubtful: bool
    """Only its place at the start of a sentence may have given it the capital."""


class Finder:
    """The runs of one paragraph."""

    def __init__(self, text: str, stream: Sequence[Token], common: set[str]) -> None:
        self.text = text
        self.tokens = stream
        self.common = common
        self.begins = _beginnings(text, stream)

    def runs(self) -> list[Run]:
        found = []
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            elided = token.text.endswith(("’", "'")) and not (token.low == "l'" and at not in self.begins)
            if not token.is_capital or elided or token.low in CIVIL:
                at += 1
                continue
            last = self._extend(at)
            if run := self._judge(at, last):
                found.append(run)
            at = max(last, at) + 1 if run is None or run.first == at else run.last + 1
        return found

    def _judge(self, first: int, last: int) -> Run | None:
        initial = first in self.begins
        while first <= last and self._is_ordinary(first, initial=initial, alone=first == last):
            first += 1
            if first <= last and not self.tokens[first].is_capital:
                return None
            initial = False
        if first > last or is_group(self.tokens, first, last) or self._is_section(first, last):
            return None
        doubtful = initial and first == last and not self._is_certain(first)
        return self._run(first, last, initial=initial, doubtful=doubtful)

    def _is_section(self, first: int, last: int) -> bool:
        """`article V`, `acte II`."""
        numeral = first == last and first > 0 and roman(self.tokens[first].text) > 0
        return (
            numeral
            and self.tokens[first - 1].text.islower()
            and self.tokens[first - 1].low not in FUNCTION_WORDS
        )

    def _run(self, first: int, last: int, *, initial: bool, doubtful: bool) -> Run:
        words = tuple(t.text for t in self.tokens[first : last + 1] if t.is_capital)
        return Run(first, last, self.tokens[first].start, self.tokens[last].end, words, initial, doubtful)

    def _is_ordinary(self, at: int, *, initial: bool, alone: bool) -> bool:
        """A word that has its capital from its place, not from being a name."""
        token = self.tokens[at]
        word = token.low
        if _INVERTED.search(token.text) or (
            len(word) == 1 and self.text[max(0, token.start - 2) : token.start].rstrip().endswith("°")
        ):
            return True
        if (
            token.text in FIRST_NAMES
            or token.text in PLACES
            or token.text in ORGANISATIONS
            or is_acronym(token.text)
        ):
            return False
        if word in ("le", "la", "les", "l'") and not initial and not alone:
            return False
        if word in FUNCTION_WORDS or word in TIME_WORDS:
            return initial or token.text.istitle()
        if not initial:
            return False
        if token.text in ORGANISATION_HEADS and not alone:
            return False
        return (
            word in self.common
            or is_role(word)
            or word in SPEECH
            or (not alone and word.endswith(_ORDINARY_ENDINGS))
        )

    def _is_certain(self, at: int) -> bool:
        token = self.tokens[at]
        if (
            token.text in PLACES
            or token.text in ORGANISATIONS
            or is_acronym(token.text)
            or any(c.isdigit() for c in token.text)
        ):
            return True
        if token.low in self.common:
            return False
        if token.text in FIRST_NAMES and token.text not in ALSO_WORDS:
            return True
        after = [t.low for t in self.tokens[at + 1 : at + 4]] + [""] * 3
        finite = any(after[0] in verbs for verbs in (AUXILIARIES, _BEFORE_VERBS, SPEECH_FINITE, FINITE))
        apart = after[0] == "," and after[1] in ("lui", "elle", "eux", "elles") and after[2] == ","
        paired = after[0] == "et" and at + 2 < len(self.tokens) and self.tokens[at + 2].is_capital
        acts = finite or paired or _takes_object(after)
        return apart or (acts and not token.low.endswith((*_ORDINARY_ENDINGS, "ez", "ir", "re")))

    def _gap(self, at: int) -> str:
        return self.text[self.tokens[at - 1].end : self.tokens[at].start]

    def _joined(self, at: int) -> bool:
        return at < len(self.tokens) and self._gap(at) in _GAPS

    def _extend(self, first: int) -> int:
        last = first
        while self._joined(last + 1):
            token = self.tokens[last + 1]
            if token.is_capital and not token.text.endswith(("’", "'")):
                if self._starts_a_person(first, last + 1) or self._is_office(last + 1):
                    break
                last += 1
            elif taken := self._particle(first, last):
                last += taken
            else:
                break
        return self._organisation(first, last)

    def _starts_a_person(self, first: int, at: int) -> bool:
        """`Défense | Lloyd Austin`: two names meet, unless the first word is one of a street or an institution."""
        begins = self.tokens[first].text
        if begins in FIRST_NAMES or begins in ORGANISATION_HEADS or begins in _OTHER_HEADS:
            return False
        followed = self._joined(at + 1) and self.tokens[at + 1].is_capital
        return self.tokens[at].text in FIRST_NAMES and followed

    def _is_office(self, at: int) -> bool:
        """`l’Union démocratique du | Premier ministre`: the office is another name than the body's."""
        ranks = self.tokens[at].text in ("Premier", "Première", "Vice")
        return ranks and self._joined(at + 1) and is_role(self.tokens[at + 1].text)

    def _particle(self, first: int, last: int) -> int:
        """How many tokens a particle and the name part after it take: `de Gaulle`, `von der Leyen`, `& Gamble`."""
        word = self.tokens[last + 1].low
        person = self.tokens[first].text in FIRST_NAMES and all(
            t.is_capital for t in self.tokens[first : last + 1]
        )
        if word in ("de", "du", "d'", "des") and not person:
            return 0
        if word not in ("de", "du", "d'", "des", "&") and word not in FREE_PARTICLES:
            return 0
        for taken in (2, 3):
            at = last + taken
            if not self._joined(at):
                return 0
            token = self.tokens[at]
            if token.is_capital:
                return 0 if token.text in PLACES and word in ("de", "du", "d'", "des") else taken
            if token.low not in FREE_PARTICLES and token.low not in ("la", "l'"):
                return 0
        return 0

    def _organisation(self, first: int, last: int) -> int:
        """The lower-case rest of a name that starts with the word for a body: `Parti républicain`."""
        if not any(
            t.text in ORGANISATION_HEADS or t.text in _OTHER_HEADS for t in self.tokens[first : last + 1]
        ):
            return last
        if first in self.begins and last == first and self.tokens[first].low in self.common:
            return last
        only_adjectives = self.tokens[last].text in _ADJECTIVE_HEADS
        for _ in range(6):
            adjective = self._joined(last + 1) and self._is_adjective(last + 1)
            end = last + adjective if only_adjectives else self._complement(last)
            if end == last:
                return last
            last = end
        return last

    def _complement(self, last: int) -> int:
        """Where one adjective, or one `de …`, after this token ends."""
        at = last + 1
        if not self._joined(at):
            return last
        if self._is_adjective(at):
            return at
        if (
            self.tokens[at].low == "et"
            and at + 1 < len(self.tokens)
            and self.tokens[at + 1].low in ("de", "des", "du")
        ):
            at += 1
        if self.tokens[at].low not in ("de", "du", "des", "d'", "pour", "aux"):
            return last
        bare = self.tokens[at].low in ("de", "d'")
        at += 1
        if self._joined(at) and self.tokens[at].low in ("la", "le", "les", "l'"):
            at += 1
            bare = False
        if not self._joined(at):
            return last
        noun = self.tokens[at]
        if noun.is_capital:
            if self._is_office(at):
                return last
            foreign = bare and noun.text not in PLACES and noun.text in FIRST_NAMES
            return last if foreign else self._capitals(at)
        usable = noun.is_word and noun.low not in FUNCTION_WORDS and noun.low not in TIME_WORDS
        return at if usable and not noun.text[0].isdigit() and not noun.text.endswith("’") else last

    def _capitals(self, at: int) -> int:
        while (
            self._joined(at + 1)
            and self.tokens[at + 1].is_capital
            and self.tokens[at + 1].text not in FIRST_NAMES
        ):
            at += 1
        return at

    def _is_adjective(self, at: int) -> bool:
        token = self.tokens[at]
        return token.is_word and not token.is_capital and looks_adjectival(token.low)


# `Êtes-vous prêt ?`, `Va-t-il partir ?`; a name has a capital behind its hyphen.
_INVERTED = re.compile(r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)\Z")
_ARTICLES = ("le", "la", "l'", "les", "un", "une", "son", "sa", "ses", "ce", "cette")
_BEFORE_VERBS = ("ne", "n'", "se", "s'")
_GAPS = (" ", "\u00a0", "\u202f", "")
_ORDINARY_ENDINGS = (
    "ment",
    "ments",
    "tion",
    "tions",
    "ant",
    "ants",
    "é",
    "ée",
    "és",
    "ées",
    "er",
    "eux",
    "ité",
    "ités",
    "age",
    "ages",
    "ure",
    "ures",
    "ance",
    "ence",
)
# First words of names of other kinds that go on in lower case.
_OTHER_HEADS = frozenset(
    "Affaires Éducation Transition Enseignement Santé Nations Jeux Guerre Coupe Ligue Tour Tournoi Grand Festival Prix Révolution République États Traité "
    "Accord Plan Pacte Charte Convention Code Loi Journée Fête Mont Lac Île Îles Golfe Mer Cap Baie Place Rue "
    "Boulevard Avenue Pont Tribunal Trophée Championnat Fonds Groupe Hôtel Gare Château Abbaye Basilique Cathédrale".split()
)
_ADJECTIVE_HEADS = frozenset(
    "Affaires Nations États Guerre Révolution Éducation Transition Enseignement Santé".split()
)


def _takes_object(after: list[str]) -> bool:
    """`Vance | agite la menace`: a verb by its ending, and an object; no noun and adjective come before an article."""
    verb, article = after[0], after[1]
    ends = verb.endswith(("e", "a", "ait", "it", "era")) and not verb.endswith(("ée", "re", "ive"))
    return ends and len(verb) > 3 and verb not in FUNCTION_WORDS and article in _ARTICLES


def _beginnings(text: str, stream: Sequence[Token]) -> set[int]:
    """Indexes of tokens whose capital their place may explain: first in a sentence, a quotation, after a colon."""
    starts = iter([s for s, _ in sentences(text)])
    following = next(starts, None)
    begins: set[int] = set()
    fresh = True
    for index, token in enumerate(stream):
        if following is not None and token.start >= following:
            fresh = True
            following = next((s for s in starts if s > token.start), None)
        if not token.is_word:
            fresh = fresh or token.text in '«“"„:–—•'
        elif fresh:
            begins.add(index)
            fresh = token.text.endswith(("’", "'")) and token.is_capital
    return begins
