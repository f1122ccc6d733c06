"""Each sentence of the piece with the words of the sources that carry it, as an editor is shown it."""

from collections.abc import Iterator

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import compare
from pipeline.model import Carried, SourceSpan


def carried(manuscript: Manuscript) -> tuple[Carried, ...]:
    """For every statement of the piece that has words, in reading order."""
    return tuple(_carried(manuscript))


def _carried(manuscript: Manuscript) -> Iterator[Carried]:
    comparison = compare(manuscript)
    for statement, support in zip(comparison.statements, supports(comparison), strict=True):
        where = comparison.place(statement.block, statement.start, statement.end)
        if any(c.isalnum() for c in statement.text):
            share = round(support.share, 2)
            yield Carried(where.start, where.end, where.text, share, tuple(map(_span, support.carriers)))


def _span(carrier: Carrier) -> SourceSpan:
    paragraph = carrier.source.facts.passages[carrier.paragraph].id
    return SourceSpan(carrier.source.label, paragraph, carrier.start, carrier.end, carrier.text)
