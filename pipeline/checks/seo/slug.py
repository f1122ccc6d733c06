"""SEO: the slug: readable, short, made of the keyphrase."""

import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field
from pipeline.checks.seo.mentions import mentions
from pipeline.model import Finding, Severity

MOST_WORDS = 8
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# `-2` tells two pieces of one name apart.
_NUMBER = re.compile(r"-\d{1,5}\Z")


def find_form(manuscript: Manuscript) -> Iterator[Finding]:
    slug = field(manuscript, "slug")
    if slug is None:
        return
    place = manuscript.document.place_in(slug, 0, len(slug.text))
    if not _FORM.fullmatch(slug.text):
        message = "The slug is not made of small letters and figures with hyphens between the words."
        yield Finding("SEO012", "warn", message, place)
    elif (words := _NUMBER.sub("", slug.text).count("-") + 1) > MOST_WORDS:
        message = f"The slug has {words} words (band: {MOST_WORDS}). A habit of the trade, no rule of a search engine."
        yield Finding("SEO012", "info", message, place)


def find_keyphrase_in_slug(manuscript: Manuscript) -> Iterator[Finding]:
    slug, found = field(manuscript, "slug"), mentions(manuscript)
    if slug is None or found is None:
        return
    heard = found.ear.hear(re.sub(r"[-_/]+", " ", slug.text))
    missing = [w for w, stem in zip(found.phrase.words, found.phrase.stems, strict=True) if stem not in heard]
    if missing:
        message = (
            f"The slug lacks {', '.join(missing)} of the keyphrase “{found.phrase.text}”. A habit of the trade; an "
            "address that is already public is better left alone."
        )
        severity: Severity = "warn" if 2 * len(missing) > len(found.phrase.words) else "info"
        yield Finding("SEO013", severity, message, manuscript.document.place_in(slug, 0, len(slug.text)))


def _with(slug: str) -> Example:
    return Example(FRONT.replace("slug: sommet-vilnius", f"slug: {slug}") + "# Otan\n\nUn sommet.\n")


_GOOD = _with("sommet-vilnius-2")

CHECKS = (
    Check(
        code="SEO012",
        name="form of the slug",
        severity="warn",
        why="Capitals, accents and underscores make addresses that are mistyped, escaped and read as one word.",
        source="Google’s advice on addresses: readable words, hyphens between them. The number of words is a habit.",
        bad=_with("Sommet_de_Vilnius"),
        good=_GOOD,
        find=find_form,
    ),
    Check(
        code="SEO013",
        name="keyphrase in the slug",
        severity="warn",
        why="An address that names the subject tells a reader where a link leads.",
        source="Habit of the trade; Google says that words in the address hardly count for ranking.",
        bad=_with("article-otan"),
        good=_GOOD,
        find=find_keyphrase_in_slug,
    ),
)
