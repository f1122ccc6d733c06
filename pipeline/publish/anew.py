"""Page, report and formats of a piece whose `article.md` is there already."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipeline import formats, pages, provenance, report, review
from pipeline.model import Site
from pipeline.pages.edition import read_edition
from pipeline.review import Review
from pipeline.text.markdown import parse
from pipeline.text.web_address import piece_named


def made_anew(
    files: Mapping[str, str],
    found: Review | None,
    date_of: Callable[[str], str | None],
    site: Site,
    told_now: dict[str, Any] | None = None,
) -> dict[str, str] | None:
    """From `article.md` and `report.json`; None where the piece cannot be read.

    `found` is the review beside it, for whichever text; `date_of` tells of a piece when it was first published; `told_now`
    is the report where it is no more what `report.json` says.
    """
    edition = read_edition(files["article.md"])
    if edition is None:
        return None
    document = parse(files["article.md"])
    text_sha256 = review.text_hash(document)
    found = found if found and found.sha256 == text_sha256 and not edition.working else None
    disclosure = str(document.front.get("disclosure", ""))
    its_report = provenance.read_report(files["report.json"]) if told_now is None else told_now
    told = provenance.of_report(its_report)
    told = provenance.with_review(told, text_sha256, found) if told else None
    named = {piece_named(target) for block in document.blocks for target in block.links}
    edition = replace(
        edition,
        markdown=review.stated(edition.markdown, disclosure, found, site.disclosure),
        neighbours={
            slug: datetime.fromisoformat(date)
            for slug in sorted(filter(None, named))
            if (date := date_of(slug))
        },
        provenance=told,
    )
    changed = {**formats.files(edition, site), "article.html": pages.published(edition, site)}
    if told and its_report is not None:
        changed["report.json"] = report.dumped(report.with_provenance(its_report, told))
    elif told_now is not None:
        changed["report.json"] = report.dumped(told_now)
    return changed
