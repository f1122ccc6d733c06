"""The last stage: the text as it will be written, checked once more, with its verdict.

What is checked here is, character for character, what lies in `article.md` afterwards.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.grammar import Read, unread
from pipeline.model import Article, Brief, Call, CheckResult, Dossier, Draft, Piece, Plan, Repair
from pipeline.stages.front import front
from pipeline.text.calendar import day_in_words
from pipeline.text.fold import tokens
from pipeline.text.markdown import Document, parse
from pipeline.text.slots import escape
from pipeline.text.typography import PROFILES, typeset

_BY_MODEL = (
    "Article rédigé avec l’aide d’une intelligence artificielle à partir des sources citées ci-dessus."
)
_BY_CODE = (
    "Document de travail établi automatiquement à partir des sources citées ci-dessus ; "
    "il reste à écrire et à relire avant toute publication."
)
_TELLING = 2  # words; a bare figure may be anybody's


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer and the repair left, before it has a folder."""

    dossier: Dossier
    brief: Brief
    plan: Plan
    draft: Draft
    writer: str
    calls: tuple[Call, ...] = ()
    repairs: tuple[Repair, ...] = ()


def finish(
    written: Written, *, slug: str, published: datetime, modified: datetime, read: Read = unread
) -> Piece:
    """The piece, whole. Its verdict stands in its own front matter, so it is composed until it holds."""

    def compose(result: CheckResult | None) -> str:
        head = front(
            written.plan,
            written.draft,
            slug=slug,
            published=published,
            modified=modified,
            result=result,
            sources=sources,
            disclosure=disclosure,
        )
        whole = unicodedata.normalize("NFC", f"{head}{written.draft.body.strip()}\n\n{apparatus}\n")
        return typeset(whole, PROFILES[written.brief.typography])

    def look(document: Document) -> CheckResult:
        return examine(Manuscript(document, written.brief, written.dossier, proof))

    sources = used_sources(written)
    disclosure = _BY_CODE if written.draft.working else _BY_MODEL
    apparatus = f"## Sources\n\n{_source_list(sources)}\n\n{disclosure}"
    document = parse(compose(None))
    proof = read(document)  # once: the front matter, which is all that will change, is not proofread
    markdown = compose(look(document))
    document = parse(markdown)
    return Piece(
        dossier=written.dossier,
        brief=written.brief,
        plan=_as_set(written.plan, document),
        draft=written.draft,
        result=look(document),
        markdown=markdown,
        writer=written.writer,
        date_published=published,
        date_modified=modified,
        calls=written.calls,
        repairs=written.repairs,
    )


def _as_set(plan: Plan, document: Document) -> Plan:
    """The plan with title, headline and description as they stand in the file, so that all pages agree."""
    headline = next((h.text for h in document.headings if h.level == 1), plan.headline)
    title, description = document.front.get("title"), document.front.get("description")
    return replace(
        plan,
        headline=headline,
        title=title if isinstance(title, str) else plan.title,
        description=description if isinstance(description, str) else plan.description,
    )


def used_sources(written: Written) -> tuple[Article, ...]:
    """The source, and those related articles that left a trace in the text.

    The plan's word is not enough: a model names evidence it does not use, and uses what it does not name.
    """
    own = set(_traces(written.dossier))
    text = f" {_folded(written.draft.body)} "
    used = [d.article for d in written.dossier.related if any(t in text for t in set(_traces(d)) - own)]
    return (written.dossier.article, *used)


def _traces(dossier: Dossier) -> Iterator[str]:
    """What shows that an article was used: its publisher, its quotations, its figures with their units."""
    if dossier.article.credit.publisher:
        yield f" {_folded(dossier.article.credit.publisher)} "
    if dossier.article.title:
        yield f" {_folded(dossier.article.title)} "
    for text in (*(q.text for q in dossier.quotations), *(f.text for f in dossier.figures)):
        words = _folded(text)
        if len(words.split()) >= _TELLING:
            yield f" {words} "


def _folded(text: str) -> str:
    return " ".join(token.text for token in tokens(text))


def _source_list(sources: tuple[Article, ...]) -> str:
    return "\n".join(f"- {_credit(article)}" for article in sources)


def _credit(article: Article) -> str:
    """One source as a reader sees it: title, publisher, author, date; the file name when nothing else."""
    credit = article.credit
    title = f"«\u00a0{escape(article.title)}\u00a0»" if article.title else None
    date = day_in_words(credit.date) if credit.date else None
    known = [title, *(escape(part) for part in (credit.publisher, credit.author, date) if part)]
    told = ", ".join(part for part in known if part)
    return told or f"document «\u00a0{escape(article.ref.rsplit('/', 1)[-1])}\u00a0»"
