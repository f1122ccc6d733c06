"""A finished piece as a reader meets it: all that its page, its formats and its structured data say of it.

It can be read back from `article.md` alone, so that a changed setting reaches pieces written long ago.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast, get_args

from pipeline.model import Image, Piece, Verdict
from pipeline.provenance import made
from pipeline.stages.front import source_fields
from pipeline.text.markdown import Document, parse
from pipeline.text.web_address import web_address

_OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Edition:
    """Texts are those of the file: nobody vouches for them. The dates know their time zone."""

    markdown: str
    slug: str
    title: str
    headline: str
    description: str
    keywords: tuple[str, ...]
    """The keyphrase first."""
    published: datetime
    modified: datetime
    words: int
    verdict: Verdict
    working: bool
    by_model: bool
    sources: tuple[Mapping[str, str], ...]
    """As in the front matter; the source itself first."""
    credit: str
    """The sources as the list at the end of the piece tells them."""
    image: Image | None = None
    """One of the source, where the settings allowed it when the piece was finished."""
    neighbours: Mapping[str, datetime] = field(default_factory=dict, compare=False)
    """When the pieces that it links to were first published, by slug. Like `provenance`, not told by the file."""
    provenance: Mapping[str, Any] | None = field(default=None, compare=False)
    """How it came about, as `pipeline.provenance` tells it; None where nobody knows."""

    @property
    def source_addresses(self) -> tuple[str, ...]:
        """Where on the web the sources stand, each once."""
        return tuple(dict.fromkeys(u for s in self.sources if (u := web_address(s.get("url")))))


def edition_of(piece: Piece) -> Edition:
    """Of a piece that has just been finished."""
    document = parse(piece.markdown)
    return Edition(
        markdown=piece.markdown,
        slug=_text(document.front, "slug") or piece.plan.slug,
        title=piece.plan.title,
        headline=piece.plan.headline,
        description=piece.plan.description,
        keywords=(piece.plan.keyphrase, *piece.plan.synonyms),
        published=piece.date_published,
        modified=piece.date_modified,
        words=piece.result.words,
        verdict=piece.result.verdict,
        working=piece.draft.working,
        by_model=piece.writer != _OFFLINE,
        sources=tuple(_sources(document.front)) or (source_fields(piece.dossier.article),),
        credit=_credit(document),
        image=_image(document.front),
        provenance=made(piece),
    )


def read_edition(markdown: str) -> Edition | None:
    """Of an `article.md`; None where its front matter lacks what `finish` writes."""
    document = parse(markdown)
    front = document.front
    try:
        published, modified = (
            datetime.fromisoformat(_text(front, name)) for name in ("date_published", "date_modified")
        )
        words, verdict = int(_text(front, "words")), _text(front, "verdict")
    except ValueError:
        return None
    if not published.tzinfo or not modified.tzinfo or verdict not in get_args(Verdict):
        return None
    synonyms = front.get("synonyms")
    working = _text(front, "stage") == "working_draft"
    return Edition(
        markdown=markdown,
        slug=_text(front, "slug"),
        title=_text(front, "title"),
        headline=next((h.text for h in document.headings if h.level == 1), _text(front, "title")),
        description=_text(front, "description"),
        keywords=(_text(front, "keyphrase"), *(synonyms if isinstance(synonyms, list) else ())),
        published=published,
        modified=modified,
        words=words,
        verdict=cast("Verdict", verdict),
        working=working,
        by_model=not working,  # the offline writer makes nothing but working drafts
        sources=tuple(_sources(front)),
        credit=_credit(document),
        image=_image(front),
    )


def _text(front: Mapping[str, Any], name: str) -> str:
    value = front.get(name)
    return value if isinstance(value, str) else ""


def _sources(front: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    told = front.get("sources")
    for source in told if isinstance(told, list) else ():
        if isinstance(source, dict):
            yield {str(k): v for k, v in source.items() if isinstance(v, str)}


def _credit(document: Document) -> str:
    return " ; ".join(b.text for b in document.blocks if b.apparatus and b.kind == "item")


def _image(front: Mapping[str, Any]) -> Image | None:
    told = front.get("image")
    if not isinstance(told, dict):
        return None
    src, alt, credit = web_address(_text(told, "src")), _text(told, "alt"), _text(told, "credit")
    return Image(src, alt, credit, _text(told, "caption") or None) if src and alt and credit else None
