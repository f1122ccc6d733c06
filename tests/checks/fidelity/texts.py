"""Small pieces beside their sources, for the tests of this family."""

from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph
from pipeline.text.markdown import parse


def dossier(*paragraphs, publisher=None, title=None, date=None):
    passages = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(paragraphs, 1))
    return Dossier(
        Article("s.txt", "0" * 64, title, "fr", passages, credit=Credit(publisher=publisher, date=date))
    )


def manuscript(text, *source, related=()):
    own = Dossier(dossier(*source).article, related=tuple(related)) if source else None
    return Manuscript(parse(text), Brief(words=3), own)


def told(find, text, *source, related=()):
    """(severity, words marked) of each finding."""
    return [(f.severity, f.where.text) for f in find(manuscript(text, *source, related=related))]
