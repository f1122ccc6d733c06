"""SEO: can the piece be found, and does it read like a page worth opening?

Only what is missing (title, description, slug, keyphrase) and keyphrase stuffing block. All else warns or informs, and
says whether it is a search engine's own advice or a habit of the trade: docs/seo.md has every rule with its evidence.
The lengths of sections and paragraphs, which the trade counts among SEO, are HEA006 and LIS007.
"""

from pipeline.checks.check import Check, Manuscript
from pipeline.checks.seo import coverage, description, fields, keyphrase, slug, spread, title, unique
from pipeline.checks.seo.mentions import mentions
from pipeline.text.glyphs import width

CHECKS: tuple[Check, ...] = (
    *fields.CHECKS,
    *title.CHECKS,
    *description.CHECKS,
    *slug.CHECKS,
    *keyphrase.CHECKS,
    *spread.CHECKS,
    *coverage.CHECKS,
    *unique.CHECKS,
)


def metrics(manuscript: Manuscript) -> tuple[tuple[str, float], ...]:
    """What was measured; of the keyphrase and the sources only where there are any."""
    values: list[tuple[str, float]] = []
    if block := fields.field(manuscript, "title"):
        values.append(("title_pixels", round(width(block.text))))
    if block := fields.field(manuscript, "description"):
        values.append(("description_characters", len(block.text)))
    found = mentions(manuscript)
    if found is not None and found.words:
        start, end = spread.longest_gap(found)
        about = sum(h.share > 0.5 for h in found.headings)
        values += [
            ("keyphrase_mentions", sum(s.whole for s in found.said)),
            ("keyphrase_density", round(found.density, 2)),
            ("keyphrase_heading_share", round(about / len(found.headings), 2) if found.headings else 0.0),
            ("keyphrase_longest_gap", round((end - start) / found.words, 2)),
        ]
    if (covered := coverage.covered(manuscript)) is not None:
        values.append(("coverage", round(covered[0], 2)))
    return tuple(values)
