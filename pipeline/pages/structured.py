"""What search engines are told of a piece: JSON-LD in the vocabulary of schema.org, as data."""

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.model import Site
from pipeline.pages.edition import Edition

if TYPE_CHECKING:
    from markupsafe import Markup

# IPTC's word for text that a model composed from what people wrote.
_MODEL_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
# What could end the element that holds it, or a line of a script.
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def iso(moment: datetime) -> str:
    """`2026-11-22T14:05:00+01:00`, in pages, structured data and sitemaps alike."""
    return moment.isoformat(timespec="seconds")


def news_article(edition: Edition, site: Site) -> dict[str, Any]:
    """A `NewsArticle`. Search engines require no property; an author is never made up, and never a machine."""
    address = site.address(edition.slug, edition.published)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{address}#article" if address else None,
        "mainEntityOfPage": address and {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": edition.headline,
        "description": edition.description,
        "inLanguage": "fr",
        "datePublished": iso(edition.published),
        "dateModified": iso(edition.modified),
        "author": _author(site),
        "publisher": _publisher(site),
        "image": edition.image and _image(edition),
        "wordCount": edition.words,
        "keywords": [k for k in edition.keywords if k],
        "isBasedOn": list(edition.source_addresses),
        "creditText": edition.credit,
        "digitalSourceType": _MODEL_MADE if edition.by_model else None,
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def json_ld(data: dict[str, Any]) -> "Markup":
    """JSON that can stand in a `script` element: it holds no sign that ends one."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False)
    return Markup(_UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))  # noqa: S704 - escaped


def _author(site: Site) -> dict[str, str] | None:
    if site.author is None:
        return None
    return {"@type": "Organization" if site.author == site.publisher else "Person", "name": site.author}


def _publisher(site: Site) -> dict[str, Any] | None:
    if site.publisher is None:
        return None
    told: dict[str, Any] = {"@type": "Organization", "name": site.publisher}
    if site.url:
        told["url"] = f"{site.url}/"
    if site.logo:
        told["logo"] = {"@type": "ImageObject", "url": site.logo}
    return told


def _image(edition: Edition) -> dict[str, str] | None:
    if edition.image is None:
        return None
    told = {"@type": "ImageObject", "url": edition.image.src, "creditText": edition.image.credit}
    return told | ({"caption": edition.image.caption} if edition.image.caption else {})
