"""What an English text states, as `pipeline.text.facts` tells it of a French one."""

from pipeline.model import Paragraph
from pipeline.text.english.dates import dates
from pipeline.text.english.figures import figures
from pipeline.text.english.names import entities, roles
from pipeline.text.english.speakers import Passage, quotes, speakers
from pipeline.text.facts import Facts, Speech


def read(passages: tuple[Paragraph, ...]) -> Facts:
    """The facts of an English text, their values and units those of French facts."""
    texts = [p.text for p in passages]
    found = entities(texts)
    places: list[list[tuple[int, int, int]]] = [[] for _ in passages]
    for index, entity in enumerate(found):
        for m in entity.mentions:
            places[m.paragraph].append((m.start, m.end, index))
    rows = [
        Passage(p.text, tuple(quotes(p.text)), tuple(sorted(row)), p.kind in ("heading", "title"))
        for p, row in zip(passages, places, strict=True)
    ]
    when = [tuple(dates(text)) for text in texts]
    said = speakers(rows, found)
    return Facts(
        passages,
        speeches=tuple(
            tuple(
                Speech(quote, by.speaker, by.certainty) if by else Speech(quote, None)
                for quote, by in zip(row.quotes, by_row, strict=True)
            )
            for row, by_row in zip(rows, said, strict=True)
        ),
        figures=tuple(tuple(figures(t, list(d))) for t, d in zip(texts, when, strict=True)),
        dates=tuple(when),
        names=tuple(found),
        mentions=tuple(row.names for row in rows),
        roles=roles(texts, found),
    )
