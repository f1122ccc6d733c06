"""The head of `article.md`: YAML front matter, written by a library and never by hand."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.model import Article, CheckResult, Draft, Plan
from pipeline.text.translated import standing


def provisional_front(plan: Plan, draft: Draft) -> str:
    """What the checks read of the front matter before the piece has a folder, dates and a verdict."""
    return dump(_common(plan, draft, plan.slug))


def front(
    plan: Plan,
    draft: Draft,
    *,
    slug: str,
    published: datetime,
    modified: datetime,
    result: CheckResult | None,
    sources: tuple[Article, ...],
    closing: Mapping[str, str],
) -> str:
    """The whole front matter; `closing` are lines at the end of the piece by their fields. An image is named when the first source comes with one."""
    fields = _common(plan, draft, slug)
    fields["date_published"] = published.isoformat(timespec="seconds")
    fields["date_modified"] = modified.isoformat(timespec="seconds")
    fields["words"] = result.words if result else 0
    fields["verdict"] = result.verdict if result else "needs_work"
    fields["sources"] = [source_fields(a) for a in sources]
    for image in sources[0].images[:1] if sources else ():
        fields["image"] = {name: value for name, value in asdict(image).items() if value}
    fields |= closing
    return dump(fields)


def source_fields(article: Article) -> dict[str, str]:
    """A source as the front matter and the report tell it; empty fields are left out."""
    credit = article.credit
    is_url = article.address == article.ref
    fields = {
        "title": article.title,
        "publisher": credit.publisher,
        "url": article.address,
        "file": None if is_url else _file_name(article.ref),
        "date": credit.date,
        "sha256": article.sha256,
    }
    return {name: value for name, value in fields.items() if value}


def _file_name(ref: str) -> str | None:
    """The path as given; of an absolute one the last part only: a published page tells nobody's folders."""
    if ref == "-":
        return None
    return ref.rsplit("/", 1)[-1] if ref.startswith("/") else ref


def dump(fields: dict[str, Any]) -> str:
    """YAML between two rules, one field a line, with the blank line that follows."""
    import yaml

    body = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{body}---\n\n"


def _common(plan: Plan, draft: Draft, slug: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": plan.title,
        "description": plan.description,
        "slug": slug,
        "lang": "fr",
        "keyphrase": plan.keyphrase,
    }
    if plan.synonyms:
        fields["synonyms"] = list(plan.synonyms)
    if pairs := list(standing(draft.translations, draft.body)):
        fields["translations"] = [{"quotation": slot, "french": french} for slot, french in pairs]
    if draft.working:
        fields["stage"] = "working_draft"
    return fields
