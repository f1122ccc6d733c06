"""The last stage: the text as it will be written, checked once more, with its verdict.

What is checked here is, character for character, what lies in `article.md` afterwards.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from pipeline.checks import examine
from pipeline.checks.check import UNREAD, Manuscript, Proof
from pipeline.checks.fidelity.carried.background import background_of
from pipeline.checks.fidelity.evidence import carried
from pipeline.checks.fidelity.links import fact_links
from pipeline.checks.fidelity.translated import is_translated
from pipeline.model import (
    Article,
    Carried,
    FactLink,
    Piece,
    Plan,
    Translation,
)
from pipeline.stages.composing import composed
from pipeline.stages.front import provisional_front
from pipeline.stages.written import Written
from pipeline.text.fold import tokens
from pipeline.text.markdown import Document, parse


def finish(
    written: Written, *, slug: str, published: datetime, modified: datetime, proof: Proof = UNREAD
) -> Piece:
    """The piece, whole. Its verdict and sources stand in its own front matter: when the verdict is not as it was
    guessed, the text is composed and checked once more.
    """
    compose = partial(composed, written, slug, published, modified)

    def manuscript(text: str) -> Manuscript:
        return Manuscript(parse(text), written.brief, written.dossier, proof, written.desk)

    # Looked at as a draft, which the repair has looked at: another front matter and its own sources are no words of it.
    sources = used_sources(manuscript(provisional_front(written.plan, written.draft) + written.draft.body))
    markdown = compose(written.guess, sources)
    last = manuscript(markdown)
    result = examine(last)
    if (settled := compose(result, sources)) != markdown:
        markdown, last = settled, manuscript(settled)
        result = examine(last)
    carries, facts, translations = evidence_of(last)
    return Piece(
        dossier=written.dossier,
        brief=written.brief,
        plan=_as_set(written.plan, last.document),
        draft=written.draft,
        result=result,
        markdown=markdown,
        writer=written.writer,
        date_published=published,
        date_modified=modified,
        calls=written.calls,
        repairs=written.repairs,
        evidence=carries,
        facts=facts,
        translations=translations,
    )


def evidence_of(
    manuscript: Manuscript,
) -> tuple[tuple[Carried, ...], tuple[FactLink, ...], tuple[Translation, ...]]:
    """What carries each sentence, which words repeat an item of a dossier, and what is a translation."""
    translations = _translations(manuscript)
    return carried(manuscript), _links(manuscript, translations), translations


def _translations(manuscript: Manuscript) -> tuple[Translation, ...]:
    if not is_translated(manuscript):
        return ()
    from pipeline.checks.fidelity.translated.speech import translations

    return translations(manuscript)


def _links(manuscript: Manuscript, translations: tuple[Translation, ...]) -> tuple[FactLink, ...]:
    """A translated quotation is linked to its original, as a whole."""
    whole = [FactLink(t.start, t.end, t.original.source, t.item) for t in translations]
    rest = [f for f in fact_links(manuscript) if not any(f.start < w.end and w.start < f.end for w in whole)]
    return tuple(sorted((*whole, *rest), key=lambda f: f.start))


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


def used_sources(manuscript: Manuscript) -> tuple[Article, ...]:
    """The source, and those related articles that the text names or takes a fact from.

    The plan's word is not enough: a model names evidence it does not use, and uses what it does not name.
    """
    if manuscript.dossier is None:
        return ()
    own, *related = (d.article for d in manuscript.dossier.all)
    text = f" {' '.join(filter(None, (_folded(b.text) for b in manuscript.document.prose)))} "
    background = background_of(manuscript)
    used = [
        article
        for number, article in enumerate(related, start=2)
        if f"S{number}" in background or any(name in text for name in set(_names(article)) - set(_names(own)))
    ]
    return (own, *used)


def _names(article: Article) -> Iterator[str]:
    """Who published it, and what it is called."""
    return (f" {_folded(told)} " for told in (article.credit.publisher, article.title) if told)


def _folded(text: str) -> str:
    return " ".join(token.text for token in tokens(text))
