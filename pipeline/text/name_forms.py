"""Joins the forms of one name: `Jens Stoltenberg` and `Stoltenberg`, `Otan` and `OTAN`, `Zelensky` and `Zelenskyy`,
`l’Organisation mondiale de la santé (OMS)` and `OMS`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import NameKind
from pipeline.text.gazetteer import SAME
from pipeline.text.people import FIRST_NAMES


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands."""

    text: str
    paragraph: int
    start: int
    end: int
    evidence: dict[NameKind, float]


_KINDS: tuple[NameKind, ...] = ("person", "place", "organisation", "other")
_SMALL = re.compile(r"[ \u00a0\u202f’'-]+")
_SOUNDS = (("y", "i"), ("w", "v"), ("ck", "k"), ("kh", "k"), ("ou", "u"), ("tch", "ch"))


@lru_cache(maxsize=8192)
def spelling_key(form: str) -> str:
    """The same for spellings of one name: case, accents, doubled letters and transliteration are dropped."""
    bare = "".join(c for c in unicodedata.normalize("NFD", form.casefold()) if not unicodedata.combining(c))
    key = _SMALL.sub(" ", bare)
    for letters, sound in _SOUNDS:
        key = key.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", key)


def merge(mentions: Sequence[Mention], texts: Sequence[str]) -> Iterator[tuple[str, NameKind, list[Mention]]]:
    """(fullest form, kind, mentions) of each thing named, in the order of first mention."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(spelling_key(mention.text), []).append(mention)
    target = _joins(groups, texts)
    joined: dict[str, list[Mention]] = {}
    for key, found in groups.items():
        joined.setdefault(_root(target, key), []).extend(found)
    result = [_entity(root, groups, found) for root, found in joined.items()]
    return iter(sorted(result, key=lambda r: (r[2][0].paragraph, r[2][0].start)))


def _root(target: dict[str, str], key: str) -> str:
    for _ in range(8):  # SAME, an acronym and a surname can follow one another; a circle cannot hold us
        if key not in target:
            return key
        key = target[key]
    return key


def _entity(
    root: str, groups: dict[str, list[Mention]], found: list[Mention]
) -> tuple[str, NameKind, list[Mention]]:
    ordered = sorted(found, key=lambda m: (m.paragraph, m.start))
    count = Counter(m.text for m in groups[root])
    form = max(count, key=lambda text: (len(text.split()), count[text], len(text)))
    return form, _kind(ordered), ordered


def _kind(mentions: Sequence[Mention]) -> NameKind:
    total = {kind: sum(m.evidence.get(kind, 0) for m in mentions) / len(mentions) for kind in _KINDS}
    strongest = {kind: max((m.evidence.get(kind, 0) for m in mentions), default=0) for kind in _KINDS}
    return max(_KINDS, key=lambda kind: total[kind] + strongest[kind])


def _joins(groups: dict[str, list[Mention]], texts: Sequence[str]) -> dict[str, str]:
    """Which group is another form of which."""
    target = {
        spelling_key(other): spelling_key(first)
        for first, other in SAME
        if spelling_key(first) in groups and spelling_key(other) in groups
    }
    target |= _acronyms(groups, texts)
    owners = _owners(groups)
    for key, found in groups.items():
        candidates = owners.get(key, [])
        if len(candidates) == 1 and key not in target and not _is_place(found):
            target[key] = candidates[0]
    return target


def _owners(groups: dict[str, list[Mention]]) -> dict[str, list[str]]:
    """Short form to the longer names it may stand for."""
    owners: dict[str, list[str]] = {}
    for key, found in groups.items():
        form = found[0].text
        short: Iterable[str] = ()
        if " " in key and _kind(found) == "person":
            short = _parts(form)
        elif " " in key and _kind(found) == "organisation":
            short = (spelling_key(form.split(" ")[0]),)
        for part in short:
            if part != key:
                owners.setdefault(part, []).append(key)
    return owners


def _parts(form: str) -> Iterator[str]:
    """The shorter forms a person's name may take: its last words, and the first name alone."""
    words = form.replace("\u00a0", " ").split(" ")
    for at in range(1, min(len(words), 6)):
        tail = " ".join(words[at:])
        if tail[:1].isupper() or at > 1 or words[at] in ("de", "du", "von", "van"):
            yield spelling_key(tail)
    if words[0] in FIRST_NAMES:
        yield spelling_key(words[0])


def _is_place(found: Sequence[Mention]) -> bool:
    place = sum(m.evidence.get("place", 0) for m in found)
    return place > 3 * len(found) or place > max(0, sum(m.evidence.get("person", 0) for m in found)) + 3


def _acronyms(groups: dict[str, list[Mention]], texts: Sequence[str]) -> dict[str, str]:
    """`Organisation mondiale de la santé (OMS)`, when the letters are found in the words in order."""
    found = {}
    for key, mentions in groups.items():
        for mention in mentions:
            tail = texts[mention.paragraph][mention.end : mention.end + 12]
            match = re.match(r"[ \u00a0]\(([A-ZÀ-Þ][\w.]{1,8})\)", tail)
            if match is None:
                continue
            other = spelling_key(match.group(1))
            if other in groups and other != key and _abbreviates(match.group(1), mention.text):
                found[other] = key
    return found


def _abbreviates(acronym: str, form: str) -> bool:
    letters = iter(form.casefold())
    return all(letter in letters for letter in acronym.casefold() if letter.isalpha())
