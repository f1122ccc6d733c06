"""A piece and its source, as the checks of the family see them."""

from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph
from pipeline.text.markdown import parse


def manuscript(source, piece, *related, credit=None):
    def dossier(text):
        rows = tuple(Paragraph(f"P{n}", p) for n, p in enumerate(text.split("\n\n"), 1))
        return Dossier(Article("s.txt", "0" * 64, None, "fr", rows, credit=credit or Credit()))

    own = dossier(source)
    return Manuscript(
        parse(piece), Brief(words=3), Dossier(own.article, related=tuple(dossier(r) for r in related))
    )


def marked(check, source, piece, *related):
    """(severity, words marked) of each finding."""
    return [(f.severity, f.where.text) for f in check(manuscript(source, piece, *related))]
