"""Addresses in running text: where a reader can be sent, or send money. Links, e-mails, handles, phones, accounts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.text.kept import kept

AddressKind = Literal["link", "e-mail address", "account name", "phone number", "bank or wallet number"]

# A bare domain is known by its end; endings that are also French words at a lost space (`fin.Le`) are lower case.
_ENDS = (
    "com|org|net|fr|eu|info|io|co|be|ch|ca|lu|de|uk|us|es|it|pt|nl|pl|ru|cn|biz|site|online|shop|store|xyz|top|app|dev|"
    "link|click|live|news|club|pro|ai|me|tv|gg|ly|to|cc|ws|su|tk|ml|paris|bzh|corsica|alsace|mobi|media|agency|"
    "example|invalid|test|onion"
)
_DOT = r"(?:\.|[ \xa0\u202f]?(?:\[(?:\.|dot|point)\]|\((?:\.|dot|point)\))[ \xa0\u202f]?)"
_AT = r"(?:@|[ \xa0\u202f]?(?:\[(?:at|@|arobase)\]|\((?:at|@|arobase)\))[ \xa0\u202f]?)"
_GAP = r"[ \xa0\u202f.\-/]?"
_PATTERNS: tuple[tuple[AddressKind, re.Pattern[str]], ...] = (
    ("e-mail address", re.compile(rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,24}}){{1,4}}")),
    (
        "link",
        re.compile(
            r"\b(?:https?|hxxps?|ftps?|file|data|javascript|mailto|tel|sms)[ \xa0\u202f]?:(?://|(?=\w))[^\s<>«»“”\"]{1,2000}"
            r"|(?<!:)//[\w-]{1,63}\.[^\s<>«»“”\"]{2,2000}|\bwww\.[^\s<>«»“”\"]{2,2000}",
            re.IGNORECASE,
        ),
    ),
    ("link", re.compile(rf"(?<![\w@.])(?:[\w-]{{1,63}}{_DOT}){{1,4}}(?:{_ENDS})\b(?![.-]\w)(?:/[^\s<>«»“”\"]{{0,2000}})?")),
    ("link", re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5}|/)[^\s<>«»“”\"]{0,2000}")),
    ("account name", re.compile(r"(?<![\w@./])@\w{2,40}")),
    ("bank or wallet number", re.compile(rf"\b[A-Z]{{2}}\d{{2}}(?:{_GAP}[A-Z0-9]{{4}}){{3,7}}(?:{_GAP}[A-Z0-9]{{1,3}})?\b")),
    ("bank or wallet number", re.compile(r"\b(?:bc1[a-z0-9]{20,60}|0x[0-9a-fA-F]{40})\b|\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b")),
    (
        "phone number",
        re.compile(
            rf"(?<![\w+])(?:(?:\+|00){_GAP}\d{{1,3}}{_GAP}(?:\(0\){_GAP})?\d{{1,3}}(?:{_GAP}\d{{2,3}}){{2,5}}|0[1-9](?:{_GAP}\d{{2}}){{4}}|0{_GAP}8\d{{2}}(?:{_GAP}\d{{3}}){{2}})(?![\w])"
        ),
    ),
)  # fmt: skip
_TRAILING = ".,;:!?…)]}'’*_`"
# Full stops of other scripts, and full-width signs, which browsers take for ours.
_ALIKE = str.maketrans({"．": ".", "。": ".", "｡": ".", "․": ".", "／": "/", "：": ":", "＠": "@", "﹫": "@", "⁄": "/", "∕": "/"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    kind: AddressKind
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Two ways to write one address have the same key."""
        return key_of(self.text, self.kind)


def key_of(text: str, kind: AddressKind) -> str:
    if kind == "phone number":
        return re.sub(r"\D", "", text)[-9:]  # +33 1 … and 01 … are one number
    plain = re.sub(r"[\[(](?:\.|dot|point)[\])]", ".", text.translate(_ALIKE).lower())
    plain = re.sub(r"[\[(](?:at|@|arobase)[\])]", "@", re.sub(r"\s", "", plain))
    if kind == "link":
        plain = re.sub(r"^(?:\w{1,12}:)?/*(?:www\.)?", "", plain).rstrip("/")
    return plain


def addresses(text: str) -> Iterator[Address]:
    """Every address of a text, in reading order; none overlap."""
    return iter(_addresses(text))


@kept
def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Address]:
    seen = text.translate(_ALIKE)  # one sign for one: places hold
    found = [
        (match.start(), -match.end(), kind) for kind, pattern in _PATTERNS for match in pattern.finditer(seen)
    ]
    last = 0
    for start, end, kind in sorted(found):
        words = text[start:-end].rstrip(_TRAILING) if kind != "phone number" else text[start:-end]
        if start >= last and words:
            last = start + len(words)
            yield Address(kind, words, start, last)
