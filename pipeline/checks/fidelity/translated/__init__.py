"""A French piece of a source in another language: what can be compared is, what cannot is told, never passed over.

Nothing of it is loaded for French sources.
"""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding

ONE_LANGUAGE = frozenset(
    "FID002 FID003 FID004 FID006 FID007 FID008 FID009 FID010 FID011 FID012 FID014 FID015 FID016 FID017 ORI001 ORI002".split()
)
"""Codes whose checks lean on words that piece and source share; `findings` stands in for those that it can."""


def is_translated(manuscript: Manuscript) -> bool:
    dossier = manuscript.dossier
    return dossier is not None and any(d.article.language != "fr" for d in dossier.all)


def findings(manuscript: Manuscript) -> Iterator[Finding]:
    """FID002 to FID004, FID006, FID007, FID009 to FID011, FID016 and FID017 of a translated piece."""
    from pipeline.checks.fidelity.translated import rules

    yield from rules.findings(manuscript)


def _find(code: str, manuscript: Manuscript) -> Iterator[Finding]:
    if is_translated(manuscript):
        yield from (f for f in findings(manuscript) if f.code == code)


def find_translated_quotation(manuscript: Manuscript) -> Iterator[Finding]:
    yield from _find("FID016", manuscript)


def find_untold(manuscript: Manuscript) -> Iterator[Finding]:
    yield from _find("FID017", manuscript)


_SOURCE = "The council voted on Thursday. “The pool will open in June,” said the mayor, Anna Holt."

_GENERIC = (
    "# Le sujet\n\nLe sujet compte. Chacun le suit de près. Rien n’est encore joué. Les avis sont partagés. La suite reste "
    "ouverte. Il faudra du temps. Tout le monde attend. On verra bien."
)

CHECKS = (
    Check(
        code="FID016",
        name="translated quotation",
        severity="warn",
        why="A translation puts words into somebody's mouth; only a person can say that they mean what was said.",
        source="House rule: each translated quotation is compared with its original, and acknowledged.",
        bad=Example(
            "# La piscine\n\n« La piscine ouvrira en juin », a déclaré la maire, Anna Holt.",
            source=_SOURCE,
            language="en",
        ),
        good=Example(
            "# La piscine\n\nLa maire, Anna Holt, annonce l’ouverture de la piscine pour juin.",
            source=_SOURCE,
            language="en",
        ),
        find=find_translated_quotation,
        needs_source=True,
    ),
    Check(
        code="FID017",
        name="source in another language",
        severity="block",
        why="Words of two languages cannot be laid beside each other by rule: what the checks did not see must be told. "
        "A piece of eight sentences or more of which over two thirds share no fact with a source tells something else.",
        source="House rule: what is not checked is never silently passed.",
        bad=Example(_GENERIC, source=_SOURCE, language="en"),
        good=Example("# La piscine\n\nLe conseil a voté jeudi.", source="Le conseil municipal a voté jeudi."),
        find=find_untold,
        needs_source=True,
    ),
)
