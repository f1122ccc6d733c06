"""Who a phrase means: `Stoltenberg`, `le secrétaire général` and `il` can all be Jens Stoltenberg.

Better nobody than the wrong one: a phrase that fits two persons stays what it says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.text.gazetteer import PLACES
from pipeline.text.grammar import FUNCTION_WORDS, PREPOSITIONS, plain
from pipeline.text.names import Entity
from pipeline.text.people import MEN, OFFICES, ORGANISATIONS, ROLES_WOMEN, WOMEN, is_role
from pipeline.text.phrases import Part, Phrase, text_of

_HEADS_OF = frozenset(
    "chef cheffe patron patronne dirigeant dirigeante leader numéro secrétaire président présidente".split()
)
_NATIVE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ-]+(?:[ao]ise?|ienn?e?|éenn?e?|aine?|inn?e?|ande?|ole?)")
_DEFINITE = ("le", "la", "l'", "ce", "cet", "cette", "du", "au")
_PLURAL = (
    "les",
    "des",
    "ces",
    "ils",
    "elles",
    "aux",
    "ses",
    "leurs",
    "plusieurs",
    "certains",
    "quelques",
    "deux",
    "trois",
)
# Bounds that no article reaches; they keep hostile text linear.
_REMEMBERED = 60
_ROLES = 400

# Offices that French names in two ways.
_SAME_OFFICE = {
    frozenset(("chef", "état")): frozenset(("président", "présidente")),
    frozenset(("cheffe", "état")): frozenset(("présidente",)),
}


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a pronoun may stand for."""

    text: str
    """The fullest name or the role phrase."""
    woman: bool | None
    plural: bool = False
    human: bool = True
    named: bool = False
    """A person known by name."""


@dataclass
class Cast:
    """Everybody a text has spoken of so far, and their roles in the whole of it."""

    names: Sequence[Entity]
    roles: dict[int, list[str]]
    """Entity to its roles as worded."""
    recent: list[Referent] = field(default_factory=list)
    """The latest subject or speaker is last."""
    introduced: list[tuple[str, frozenset[str], Referent]] = field(default_factory=list)
    """Role phrases without a name: head, words, who."""
    _offices: list[tuple[int, frozenset[str]]] = field(init=False)
    _met: dict[tuple[str, frozenset[str]], Referent | None] = field(default_factory=dict)
    """Whom a phrase means by its role: the roles are of the whole text, so that it is looked up once."""

    _persons: dict[int, Referent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        roles = ((index, _content(role)) for index, row in self.roles.items() for role in dict.fromkeys(row))
        self._offices = list(islice(dict.fromkeys(roles), _ROLES))

    def mention(self, referent: Referent) -> None:
        """They were the subject of a sentence, or spoke."""
        if referent.human:
            self.recent = [*[r for r in self.recent if r != referent][-7:], referent]

    def pronoun(self, word: str, nearby: Sequence[Referent] = ()) -> Referent | None:
        """`nearby` are those the same sentence names, the likeliest first."""
        if word not in ("il", "elle", "ils", "elles", "lui"):
            return None
        woman = word.startswith("elle")
        for referent in [*nearby, *reversed(self.recent)]:
            if referent.human and referent.plural == word.endswith("s") and referent.woman in (woman, None):
                return referent
        return None

    def resolve(self, text: str, stream: Sequence[Part], phrase: Phrase) -> Referent:
        if phrase.name is not None:
            return self._named(text, stream, phrase, phrase.name)
        wording = _indefinite(text_of(text, stream, phrase.first, phrase.last))
        head = stream[phrase.head].low
        words = _content(wording)
        first = stream[phrase.first].low
        if first in _DEFINITE:
            known = (
                self._by_role(head, words)
                or self._introduced_before(head, words)
                or self._epithet(head, phrase, stream)
            )
            if known is not None:
                return known
        woman = (
            True
            if first in ("la", "une", "cette") or head in ROLES_WOMEN
            else False
            if first in ("le", "un", "du", "au", "ce")
            else None
        )
        referent = Referent(wording, woman, plural=first in _PLURAL)
        self.introduced = [*self.introduced[-_REMEMBERED:], (head, words, referent)]
        return referent

    def _named(self, text: str, stream: Sequence[Part], phrase: Phrase, index: int) -> Referent:
        entity = self.names[index]
        if entity.kind == "person":
            return self._person(index)
        if (known := self._native(stream, phrase)) is not None:
            return known
        wording = _indefinite(text_of(text, stream, phrase.first, phrase.last))
        return Referent(
            wording if phrase.first != phrase.head else self._with_article(text, stream, phrase),
            None,
            human=False,
        )

    def _with_article(self, text: str, stream: Sequence[Part], phrase: Phrase) -> str:
        before = stream[phrase.first - 1] if phrase.first else None
        if before is not None and before.low in ("le", "la", "l'", "les"):
            return _indefinite(text[before.start : stream[phrase.last - 1].end])
        return text_of(text, stream, phrase.first, phrase.last)

    def _is_woman(self, index: int) -> bool | None:
        first = self.names[index].text.split(" ")[0]
        heads = {plain(w) for role in self.roles.get(index, ()) for w in role.split(" ")[:3]}
        if first in WOMEN or heads & ROLES_WOMEN:
            return True
        return False if first in MEN else None

    def _epithet(self, head: str, phrase: Phrase, stream: Sequence[Part]) -> Referent | None:
        """`la cinéaste`, `l’ancien marin`: whoever was spoken of last, when the gender is known to fit."""
        native = is_native(stream[phrase.head].text)
        if not self.recent or head in OFFICES or not (native or is_role(head)):
            return None
        last = self.recent[-1]
        complement = any(p.low in ("de", "du", "des", "d'") for p in stream[phrase.head : phrase.last])
        woman = (
            stream[phrase.first].low in ("la", "cette")
            or head in ROLES_WOMEN
            or head.endswith(("euse", "trice", "ienne"))
        )
        if native and stream[phrase.first].low == "l'":
            woman = head.endswith("e")
        known = last.named
        return last if known and not complement and last.woman is woman else None

    def _native(self, stream: Sequence[Part], phrase: Phrase) -> Referent | None:
        """`le Norvégien`, `la Brestoise`: whoever was spoken of last, when the gender may fit."""
        before = stream[phrase.first].low if phrase.first < phrase.head else ""
        last = self.recent[-1] if self.recent else None
        if last is None or not last.named or before not in ("le", "la", "l'"):
            return None
        name = stream[phrase.head].text
        fits = before == "l'" or last.woman in (before == "la", None)
        return last if fits and is_native(name) else None

    def _by_role(self, head: str, words: frozenset[str]) -> Referent | None:
        if (head, words) not in self._met:
            scope = words - {head}
            led = head in _HEADS_OF and bool(scope)
            same = _SAME_OFFICE.get(words, frozenset())
            found = {
                index
                for index, have in self._offices
                if words <= have or same & have or (led and scope <= have and have & _HEADS_OF)
            }
            self._met[head, words] = self._person(found.pop()) if len(found) == 1 else None
        return self._met[head, words]

    def _person(self, index: int) -> Referent:
        if index not in self._persons:
            self._persons[index] = Referent(self.names[index].text, self._is_woman(index), named=True)
        return self._persons[index]

    def _introduced_before(self, head: str, words: frozenset[str]) -> Referent | None:
        for earlier_head, earlier, referent in reversed(self.introduced):
            if earlier_head == head and (words <= earlier or earlier <= words):
                return referent
        return None


def is_native(name: str) -> bool:
    """`Norvégien`, `Brestoise`: somebody by where they are from."""
    return _NATIVE.fullmatch(name) is not None and name not in PLACES and name not in ORGANISATIONS


def _content(wording: str) -> frozenset[str]:
    words = plain(wording).replace("l'", "l' ").replace("d'", "d' ").replace("\u00a0", " ").split()
    return frozenset(w.strip(",()") for w in words if w not in FUNCTION_WORDS and w not in PREPOSITIONS)


def _indefinite(wording: str) -> str:
    """In mid-sentence form: `Le Pentagone` is `le Pentagone`; a contraction is undone as far as it can be."""
    first, space, rest = wording.partition(" ")
    undone = {"du": "le", "au": "le", "aux": "les", "des": "des"}.get(first.lower())
    if undone:
        return f"{undone}{space}{rest}"
    if first.lower() in (
        "le",
        "la",
        "les",
        "un",
        "une",
        "ce",
        "cet",
        "cette",
        "son",
        "sa",
        "plusieurs",
        "certains",
    ):
        return f"{first.lower()}{space}{rest}"
    return "l" + wording[1:] if wording[:2] in ("L’", "L'") else wording
