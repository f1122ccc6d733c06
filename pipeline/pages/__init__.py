"""The pages a person looks at: the article as a site would publish it, the editor's report, the list of pieces.

Each function turns values into a whole HTML page that needs no network. All text is untrusted: templates
escape it, Markdown is rendered without HTML, and addresses come through `web_address`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.checks import CHECKS
from pipeline.model import CheckResult, Piece, Verdict
from pipeline.pages.marks import SEVERITIES, marked_blocks
from pipeline.pages.render import rendered
from pipeline.pages.sources import cited, evidence_id, grid, marked_sources, targets
from pipeline.text.calendar import day
from pipeline.text.web_address import web_address

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["IndexEntry", "article", "french_date", "index", "reason", "report"]

VERDICTS: tuple[Verdict, ...] = ("ready_for_review", "needs_work", "rejected")
# IPTC's word for text that a model composed from what people wrote.
_MODEL_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
# Not allowed in HTML, or able to turn the reading order around: shown as U+FFFD, never dropped in silence.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


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


def article(piece: Piece) -> str:
    """The page a site would publish. The piece's dates must know their time zone: they are shown as they come."""
    headline, body = rendered(piece.markdown)
    return _page(
        "article.html.j2",
        piece=piece,
        headline=headline or piece.plan.headline,
        body=body,
        data=_news_article(piece),
        banner=_banner(piece),
    )


def report(piece: Piece) -> str:
    """The page an editor works from: every finding, and each sentence of the piece beside what carries it."""
    findings = piece.result.findings
    places = targets(piece.dossier)
    sentence_of = grid(piece.dossier)
    blocks = marked_blocks(piece, findings, sentence_of)
    sources = marked_sources(piece, sentence_of)
    told = [part for parts in sources.values() for part in parts if part.number]
    return _page(
        "report.html.j2",
        piece=piece,
        reason=reason(piece.result),
        findings=findings,
        check_names={c.code: c.name for c in CHECKS},
        blocks=blocks,
        holds=Counter(p.hold for b in blocks for p in b.parts if p.number and p.begins),
        sources=sources,
        told=told,
        items={id_ for part in told for run in part.runs for id_ in run.begins},
        targets=places,
        cited=cited(findings, places),
    )


def index(entries: Sequence[IndexEntry]) -> str:
    """The list of all pieces, in the order given."""
    return _page("index.html.j2", entries=entries, verdicts=Counter(e.verdict for e in entries))


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


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _news_article(piece: Piece) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.plan.headline,
        "description": piece.plan.description,
        "inLanguage": "fr",
        "datePublished": _iso(piece.date_published),
        "dateModified": _iso(piece.date_modified),
        "wordCount": piece.result.words,
        "keywords": [piece.plan.keyphrase, *piece.plan.synonyms],
    }
    if urls := [u for d in piece.dossier.all if (u := web_address(d.article.address))]:
        data["isBasedOn"] = urls
    return data if piece.writer == "offline" else data | {"digitalSourceType": _MODEL_MADE}


def _banner(piece: Piece) -> str | None:
    """What stands above a text that nobody should publish."""
    if piece.result.verdict == "ready_for_review":
        return None
    if piece.result.verdict == "rejected":
        return "Source inutilisable : ce texte a été rejeté."
    if piece.draft.working:
        return "Document de travail : un rédacteur doit encore en faire un texte suivi."
    return "Texte à reprendre : des contrôles ont échoué ou n’ont pas pu être menés."


def _page(template: str, **values: Any) -> str:
    return _UNSEEN.sub("\ufffd", _environment().get_template(template).render(values))


def _script_hash(script: str) -> str:
    """The source expression that lets a page run this script and no other."""
    import base64
    import hashlib

    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


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
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    env.filters |= {
        "french_date": french_date,
        "iso": _iso,
        "script_hash": _script_hash,
        "web_address": web_address,
    }
    env.globals |= {"evidence_id": evidence_id, "SEVERITIES": SEVERITIES, "VERDICTS": VERDICTS}
    return env
