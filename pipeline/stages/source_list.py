"""The sources as a reader of the piece is told of them: the list under its last heading.

A file's name says nothing to a reader and stands in the front matter, for programs.
"""

import re
from collections.abc import Iterable

from pipeline.model import Article
from pipeline.text.calendar import day
from pipeline.text.moments import published
from pipeline.text.sentences import sentences
from pipeline.text.slots import escape
from pipeline.text.translated import LANGUAGES
from pipeline.text.web_address import web_address

_UNTITLED = "(premiers mots d’un texte sans titre)"
_MOST_WORDS = 12
# A first sentence up to this long is told whole.
_WHOLE = 16
_MARKS = re.compile('[«“„"][ \u00a0\u202f]?|[ \u00a0\u202f]?[»”]')
_INNER_SPACE = re.compile("(?<=«)[ \u00a0\u202f]|[ \u00a0\u202f](?=»)")
_NOT_AT_AN_END = re.compile(
    r"(?:[ \u00a0\u202f](?:\w{1,3}|dans|pour|avec|sans|sous|entre|contre|après|avant|depuis|vers|chez|cette|leur|leurs|deux|trois|quatre|cinq)|[,;:–—-]|\w?\w[’'])+\Z"
)
# What would end the link, or be read as an entity within its address.
_IN_LINK = re.compile(r"&(?=#?\w+;)")


def source_list(sources: Iterable[Article]) -> str:
    """A Markdown list, an item a source: title, publisher, author, day, with a link where it stands on the web."""
    return "\n".join(f"- {_told(article)}" for article in sources)


def _told(article: Article) -> str:
    language = LANGUAGES.get(article.language)
    return f"{_credit(article)} (traduit de l’{language})" if language else _credit(article)


def _credit(article: Article) -> str:
    """The words it is found again by, then whose it is: in one order, whether it has a title or not."""
    credit = article.credit
    place = None if article.title else credit.place
    known = (credit.publisher, credit.author, place, _day(credit.date))
    return ", ".join((_named(article), *(escape(part) for part in known if part)))


def _named(article: Article) -> str:
    if article.title:
        return _linked(_quoted(article.title), article)
    opening = _opening(article)
    return (
        f"{_linked(_quoted(opening), article)} {_UNTITLED}"
        if opening
        else _linked("Document sans titre", article)
    )


def _quoted(words: str) -> str:
    inner = _INNER_SPACE.sub("", words.strip()).replace("«", "“").replace("»", "”")
    return f"«\u00a0{escape(inner)}\u00a0»"


def _day(date: str | None) -> str | None:
    """In words where it is a whole date, else as the source has it."""
    found = published(date)
    return day(found.year, found.month, found.day) if found else date


def _opening(article: Article) -> str:
    """The first words of a text without a title: whole where its first sentence is short."""
    first = next((p.text for p in article.paragraphs if p.kind == "text"), article.text)
    text = _MARKS.sub("", first)
    whole = next((text[a:b] for a, b in sentences(text[:400])), text)
    words = whole.split(" ")
    if len(words) <= _WHOLE:
        return whole.rstrip(".")
    return _NOT_AT_AN_END.sub("", " ".join(words[:_MOST_WORDS])) + "…"


def _linked(words: str, article: Article) -> str:
    address = web_address(article.address)
    if address is None:
        return words
    address = _IN_LINK.sub(r"\&", address.replace("(", "%28").replace(")", "%29"))
    return f"[{words}]({address})"
