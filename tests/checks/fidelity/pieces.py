"""A source, a piece, and what the checks of one module find in it."""

from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse


def manuscript(source, piece):
    passages = tuple(
        Paragraph(f"P{n}", text) for n, text in enumerate((p for p in source.split("\n") if p.strip()), 1)
    )
    return Manuscript(parse(piece), Brief(words=3), Dossier(Article("s.txt", "0" * 64, None, "fr", passages)))


def found(checks, source, piece):
    """(severity, what is marked) of each finding, in order."""
    return [
        (f.severity, f.where.text)
        for check in checks
        for f in check.find(manuscript(source, piece))
        if f.where
    ]


def severities(checks, source, piece):
    return [severity for severity, _ in found(checks, source, piece)]
