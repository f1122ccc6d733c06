"""SEO: the keyphrase: one that can be looked for, of the sources' own subject, in the lede and in some headings."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field, keyphrase_of
from pipeline.checks.seo.mentions import mentions
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.mentions import LONGEST, Ear, Phrase
from pipeline.text.translated import foreign

# Of the headings below the title. The bounds are rounded outwards: two of seven are no fault.
FEWEST_HEADINGS, MOST_HEADINGS = 0.30, 0.75
_HABIT = "A habit of the trade, no rule of a search engine."


def find_unusable(manuscript: Manuscript) -> Iterator[Finding]:
    text = keyphrase_of(manuscript)
    if not text:
        return
    phrase = Phrase.of(text)
    if phrase.can_be_found:
        return
    block = field(manuscript, "keyphrase")
    place = manuscript.document.place_in(block, 0, len(block.text)) if block else None
    if phrase.words:
        told = f"has {len(phrase.words)} telling words, more than the {LONGEST} that anybody would search for"
    else:
        told = "has only grammatical words"
    message = f"The keyphrase “{phrase.text}” {told}: nothing that depends on it is checked."
    yield Finding("SEO014", "warn", message, place)


def find_foreign_to_sources(manuscript: Manuscript) -> Iterator[Finding]:
    found = mentions(manuscript)
    if found is None or manuscript.dossier is None or foreign(manuscript.dossier):
        return
    ear = Ear.of((found.phrase,))
    said = {each for d in manuscript.dossier.all for p in d.article.passages for each in ear.hear(p.text)}
    missing = [w for w, stem in zip(found.phrase.words, found.phrase.stems, strict=True) if stem not in said]
    if missing:
        block = field(manuscript, "keyphrase")
        place = manuscript.document.place_in(block, 0, len(block.text)) if block else None
        written = {t.text: found.phrase.text[t.start : t.end] for t in tokens(found.phrase.text)}
        told = [written[w] for w in missing]
        message = (
            f"No source says {', '.join(told)} of the keyphrase “{found.phrase.text}”: is it their subject?"
        )
        # `procès Vasseur`: a common noun that sums up what the source tells of Vasseur.
        summed_up = 2 * len(missing) <= len(found.phrase.words) and all(w.islower() for w in told)
        yield Finding("SEO015", "info" if summed_up else "warn", message, place)


def find_not_in_lede(manuscript: Manuscript) -> Iterator[Finding]:
    found, document = mentions(manuscript), manuscript.document
    lede = next((b for b in document.prose if b.kind == "paragraph"), None)
    if found is None or lede is None or found.meant_in(lede.text):
        return
    message = (
        f"The first paragraph says neither the keyphrase “{found.phrase.text}” nor a synonym of it. {_HABIT}"
    )
    yield Finding("SEO016", "warn", message, document.place_in(lede, 0, len(lede.text)))


def find_headings(manuscript: Manuscript) -> Iterator[Finding]:
    found = mentions(manuscript)
    if found is None or len(found.headings) < 2:
        return
    many = len(found.headings)
    about = [h for h in found.headings if h.share > 0.5]
    fewest, most = max(1, int(FEWEST_HEADINGS * many)), -int(-MOST_HEADINGS * many // 1)
    if fewest <= len(about) <= most:
        return
    band = f"band: {FEWEST_HEADINGS:.0%} to {MOST_HEADINGS:.0%}"
    message = f"{len(about)} of {many} headings speak of the keyphrase “{found.phrase.text}” or a synonym ({band}). {_HABIT}"
    heading = (about[most:] or found.headings)[0].block
    place = manuscript.document.place_in(heading, 0, len(heading.text))
    # Fewer than the habit wants is a matter of taste; none, or a refrain, is not.
    yield Finding("SEO017", "info" if 0 < len(about) < fewest else "warn", message, place)


def _with(keyphrase: str, source: str = "") -> Example:
    front = FRONT.replace("keyphrase: sommet de Vilnius", f"keyphrase: {keyphrase}")
    return Example(front + "# Otan\n\nLe sommet s’ouvre à Vilnius.\n", source=source)


_SUMMIT = "# Otan\n\nLe sommet s’ouvre à Vilnius.\n\n"
_GOOD = Example(
    f"{FRONT}{_SUMMIT}## Vilnius, un sommet attendu\n\nMardi.\n\n## Le budget\n\nIl monte.\n",
    source="Le sommet s’ouvre mardi à Vilnius.",
)

CHECKS = (
    Check(
        code="SEO014",
        name="keyphrase that cannot be looked for",
        severity="warn",
        why="A keyphrase is what a reader types: two to four words that tell something.",
        source="House rule.",
        bad=_with("ce qui est à nous"),
        good=_GOOD,
        find=find_unusable,
    ),
    Check(
        code="SEO015",
        name="keyphrase that no source speaks of",
        severity="warn",
        why="A model may choose words that are searched more than what the article tells; who comes by them is misled.",
        source="House rule; Google names text that does not give what it promises among the signs of content for engines. A "
        "common noun beside words that the sources say only informs.",
        bad=_with("résultats du loto", "Le sommet s’ouvre mardi à Vilnius."),
        good=_GOOD,
        find=find_foreign_to_sources,
        needs_source=True,
    ),
    Check(
        code="SEO016",
        name="keyphrase in the first paragraph",
        severity="warn",
        why="Who came by those words sees at once that this is the right page.",
        source="Habit of the trade; word forms and synonyms count.",
        bad=Example(FRONT + "# Otan\n\nLes alliés se retrouvent mardi.\n\nLe sommet s’ouvre à Vilnius.\n"),
        good=_GOOD,
        find=find_not_in_lede,
    ),
    Check(
        code="SEO017",
        name="keyphrase in the headings",
        severity="warn",
        why="With none in the headings a reader who scans does not find the subject; in all of them it is a refrain.",
        source="Yoast’s band, a habit of the trade; Google knows no ideal number of headings. More than half of the "
        "keyphrase counts. Fewer than the band, but some, only inform.",
        bad=Example(FRONT + _SUMMIT + "## Le budget\n\nIl monte.\n\n## La Suède\n\nElle attend.\n"),
        good=_GOOD,
        find=find_headings,
    ),
)
