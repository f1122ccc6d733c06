"""The pages a person looks at: the article as a site would publish it, the editor's report, the list of pieces.

Each function turns values into a whole HTML page that needs no network. All text is untrusted: templates
escape it, Markdown is rendered without HTML, and addresses come through `web_address`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.model import CheckResult, Piece, Site, Verdict
from pipeline.pages.beside import own_pages
from pipeline.pages.edition import Edition, edition_of
from pipeline.pages.marks import SEVERITIES, marked_blocks
from pipeline.pages.pictures import map_of, price
from pipeline.pages.render import as_seen, rendered
from pipeline.pages.sources import cited, evidence_id, grid, marked_sources, targets
from pipeline.pages.structured import iso, json_ld, news_article
from pipeline.text.calendar import day
from pipeline.text.web_address import web_address

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = [
    "IndexEntry",
    "article",
    "french_date",
    "index",
    "look",
    "published",
    "reason",
    "report",
    "templated",
]

VERDICTS: tuple[Verdict, ...] = ("ready_for_review", "needs_work", "rejected")
_NOWHERE = Site()
_SAID_IN_FRENCH = "GRA"
_QUOTED = re.compile("“[^“”]{1,500}”")
# From so many parts on a piece has a table of contents.
_LONG = 4


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of the list of pieces."""

    slug: str
    title: str
    description: str
    keyphrase: str
    verdict: Verdict
    words: int
    block: int
    warn: int
    info: int
    not_run: tuple[str, ...]
    """The families of checks that did not run."""
    source: str
    writer: str
    modified: datetime
    page_title: str = ""
    """What `<title>` says; empty for a piece of an older version."""
    readability: float | None = None
    """Kandel-Moles, about 0 to 100; higher is easier."""
    shared: float | None = None
    """Of its five-word sequences, the share that stands in the sources: 0 to 1."""
    cost: tuple[float, str, bool] | None = None
    """Amount, currency, and whether it is estimated; None when it is not known."""
    spots: tuple[tuple[int, ...], ...] = ()
    """For each of `SEVERITIES`, where its findings stand, in thousandths of the file."""


def article(piece: Piece, site: Site = _NOWHERE) -> str:
    """The page a site would publish. The piece's dates must know their time zone: they are shown as they come."""
    return published(edition_of(piece), site)


def published(edition: Edition, site: Site = _NOWHERE) -> str:
    """The same page, from what the finished piece says of itself."""
    text = rendered(edition.markdown, own=own_pages(edition, site, on_disk=True))
    return templated(
        "article.html.j2",
        edition=edition,
        site=site,
        address=site.address(edition.slug, edition.published),
        text=text,
        contents=text.contents if len(text.contents) >= _LONG else (),
        data=news_article(edition, site),
        banner=_banner(edition),
    )


def report(piece: Piece) -> str:
    """The page an editor works from: every finding, and each sentence of the piece beside what carries it."""
    from pipeline.checks import CHECKS

    findings = piece.result.findings
    places = targets(piece.dossier)
    sentence_of = grid(piece.dossier)
    blocks = marked_blocks(piece, findings, sentence_of)
    sources = marked_sources(piece, sentence_of)
    told = [part for parts in sources.values() for part in parts if part.number]
    return templated(
        "report.html.j2",
        piece=piece,
        reason=reason(piece.result),
        findings=findings,
        check_names={c.code: c.name for c in CHECKS},
        in_french={c.code for c in CHECKS if c.family == _SAID_IN_FRENCH},
        languages={f"S{n}": d.article.language for n, d in enumerate(piece.dossier.all, start=1)},
        blocks=blocks,
        holds=Counter(p.hold for b in blocks for p in b.parts if p.number and p.begins),
        sources=sources,
        told=told,
        items={id_ for part in told for run in part.runs for id_ in run.begins},
        targets=places,
        cited=cited(findings, places),
    )


def index(entries: Sequence[IndexEntry]) -> Iterator[str]:
    """The list of all pieces, in the order given, part by part: one of ten thousand has 19 MB."""
    return templated_parts(
        "index.html.j2",
        entries=entries,
        verdicts=Counter(e.verdict for e in entries),
        longest=max((e.words for e in entries), default=0),
    )


def reason(result: CheckResult) -> str:
    """The verdict's reason, in one line of English."""
    if result.verdict == "rejected":
        blocking = next((f.message for f in result.findings if f.blocks), None)
        return blocking or "The source cannot be used."
    if result.verdict == "ready_for_review":
        return "Every check ran and none blocks; a person still reads the piece before it is published."
    blocks = result.count("block")
    parts = [f"{blocks} blocking finding{'s' if blocks > 1 else ''}"] if blocks else []
    if result.not_run:
        parts.append(f"checks that did not run: {', '.join(n.family for n in result.not_run)}")
    told = "; ".join(parts) or "A working draft"
    return f"{told[0].upper()}{told[1:]}."


def french_date(moment: datetime) -> str:
    """`1er novembre 2026 à 14 h 05`, its numbers held to their words by no-break spaces."""
    date = day(moment.year, moment.month, moment.day)
    return f"{date} à\u00a0{moment.hour}\u00a0h\u00a0{moment.minute:02}"


def _banner(edition: Edition) -> str | None:
    """What stands above a text that nobody should publish."""
    if edition.verdict == "ready_for_review":
        return None
    if edition.verdict == "rejected":
        return "Source inutilisable : ce texte a été rejeté."
    if edition.working:
        return "Document de travail : un rédacteur doit encore en faire un texte suivi."
    return "Texte à reprendre : des contrôles ont échoué ou n’ont pas pu être menés."


def templated(template: str, **values: Any) -> str:
    """A template of `pipeline/templates`, filled; all values are escaped, for HTML as for XML."""
    return as_seen(_environment().get_template(template).render(values))


def templated_parts(template: str, **values: Any) -> Iterator[str]:
    """The same, part by part."""
    return map(as_seen, _environment().get_template(template).generate(values))


def _script_hash(script: str) -> str:
    """The source expression that lets a page run this script and no other."""
    import base64
    import hashlib

    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def look() -> str:
    """Hash of all templates: a page made by others would look otherwise."""
    import hashlib
    from pathlib import Path

    files = sorted((Path(__file__).parents[1] / "templates").glob("*.j2"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _moment(time: datetime) -> str:
    """To the minute, with its zone: an editor may sit in another."""
    return time.isoformat(sep=" ", timespec="minutes")


def _quotes_in_french(message: str) -> "Markup":
    """A message is English; what it quotes is the piece's or a source's, and is read out as French."""
    from markupsafe import Markup, escape

    return Markup(_QUOTED.sub(r'<span lang="fr">\g<0></span>', str(escape(message))))  # noqa: S704 - escaped before


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("pipeline", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "french_date": french_date,
        "moment": _moment,
        "quotes_in_french": _quotes_in_french,
        "iso": iso,
        "map_of": map_of,
        "price": price,
        "json_ld": json_ld,
        "rfc822": format_datetime,
        "script_hash": _script_hash,
        "web_address": web_address,
    }
    env.globals |= {"evidence_id": evidence_id, "SEVERITIES": SEVERITIES, "VERDICTS": VERDICTS}
    return env
