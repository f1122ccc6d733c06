"""The text of a piece put together: its head, what was written, its sources and the line about who wrote it."""

import unicodedata
from datetime import datetime

from pipeline.model import Article, CheckResult
from pipeline.stages.front import front
from pipeline.stages.source_list import source_list
from pipeline.stages.written import Written
from pipeline.text.slots import escape
from pipeline.text.typography import profile_of, typeset

_BY_MODEL = (
    "Article rédigé avec l’aide d’une intelligence artificielle à partir des sources citées ci-dessus."
)
_BY_CODE = (
    "Document de travail établi automatiquement à partir des sources citées ci-dessus ; "
    "il reste à écrire et à relire avant toute publication."
)


def provisional(written: Written, slug: str, published: datetime, modified: datetime) -> str:
    """The text as far as a proofreader reads it: what is to come are verdict, sources and disclosure."""
    return composed(written, slug, published, modified, None, (written.dossier.article,))


def composed(
    written: Written,
    slug: str,
    published: datetime,
    modified: datetime,
    result: CheckResult | None,
    sources: tuple[Article, ...],
) -> str:
    """`article.md`, with what is known of the result and the sources."""
    disclosure = _BY_CODE if written.draft.working else _BY_MODEL
    head = front(
        written.plan,
        written.draft,
        slug=slug,
        published=published,
        modified=modified,
        result=result,
        sources=sources,
        closing={"update": written.update, "disclosure": disclosure}
        if written.update
        else {"disclosure": disclosure},
    )
    closing = "\n\n".join(filter(None, (source_list(sources), escape(written.update or ""), disclosure)))
    apparatus = f"## Sources\n\n{closing}"
    whole = unicodedata.normalize("NFC", f"{head}{written.draft.body.strip()}\n\n{apparatus}\n")
    return typeset(whole, profile_of(written.brief.typography, written.brief.spellings))
