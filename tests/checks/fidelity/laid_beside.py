"""A piece of one paragraph laid beside a source, for the tests of the family."""

from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph
from pipeline.text.markdown import parse


def manuscript(source, piece, date=None):
    paragraphs = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(source.split("\n\n"), start=1))
    article = Article("s.txt", "0" * 64, None, "fr", paragraphs, credit=Credit(date=date))
    return Manuscript(parse(piece), Brief(), Dossier(article))


def found(find, source, piece, date=None):
    """(severity, text) of each finding."""
    return [(f.severity, f.where.text) for f in find(manuscript(source, piece, date))]
