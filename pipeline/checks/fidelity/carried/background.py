"""FID015: a fact that only a related article has (S2, …) is told as that article's, and as of its day.

The sentence, the ones beside it or its heading name the publisher or author, speak of an article, or give its title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.carried.aged import is_told_as_of_today, older
from pipeline.checks.fidelity.carried.values import Value, between, piece_values, source_values
from pipeline.checks.fidelity.comparison import (
    Comparison,
    Source,
    Sources,
    Statement,
    compare,
    once_for_sources,
)
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Credit, Evidence, Finding
from pipeline.text.fold import fold, tokens
from pipeline.text.name_forms import spelling_key
from pipeline.text.stems import content_stems

Facts = Sequence[tuple[str, tuple[str, ...]]]
"""(as worded, the related sources that have it)"""
_OWN = "S1"
# What is published, and who publishes: words for a source of which the name is not known.
_PUBLISHED = re.compile(
    r"(?<!\w)(?:articles?|dépêches?|reportages?|récits?|journal|journaux|quotidiens?|hebdomadaires?|magazines?|"
    r"mensuels?|revues?|médias?|presse|agence|chaîne|radio|site|communiqué|notice|avis|blog|chronique|enquête|"
    r"portrait|tribune|interview|entretien|édition|publication)(?!\w)",
    re.IGNORECASE,
)
_TITLE_SHARE = 0.6
_QUOTED = 4
"""Words in a row that make a quotation one source's own."""
_SHOWN = 3


@dataclass(frozen=True, eq=False, slots=True)
class _Holdings:
    """What each source states, by label, and the names it goes by."""

    values: dict[str, frozenset[tuple[str, str]]]
    names: dict[str, frozenset[str]]
    words: dict[str, str]
    """Its folded words, between spaces."""
    own: frozenset[str]
    """Stems of all the words of S1: `occidentaux` grounds `Occident`."""
    called: dict[str, tuple[str, ...]]
    title: dict[str, frozenset[str]]


def _holdings(manuscript: Manuscript) -> _Holdings:
    articles = [d.article for d in manuscript.dossier.all] if manuscript.dossier else []
    return _held(compare(manuscript).sources, tuple((a.credit, a.title or "") for a in articles))


@once_for_sources
def _held(sources: Sources, named: tuple[tuple[Credit, str], ...]) -> _Holdings:
    return _Holdings(
        values={
            source.label: frozenset((v.sort.split()[0], key) for row in rows for v in row for key in v.keys)
            for source, rows in zip(sources, source_values(sources), strict=True)
        },
        names={s.label: _names(s) for s in sources},
        words={s.label: _words(*(p.text for p in s.facts.passages)) for s in sources},
        own=frozenset(s for p in sources[0].facts.passages for s in _stems(p.text)),
        called={s.label: _called(credit) for s, (credit, _) in zip(sources, named, strict=True)},
        title={s.label: _stems(title) for s, (_, title) in zip(sources, named, strict=True)},
    )


def _names(source: Source) -> frozenset[str]:
    """Keys of all names, and of their parts: a surname stands for its bearer."""
    forms = (form for entity in source.facts.names for form in (entity.text, *entity.aliases))
    return frozenset(key for form in forms for key in (spelling_key(form), *map(spelling_key, form.split())))


def _called(credit: Credit) -> tuple[str, ...]:
    known = (name for name in (credit.publisher, credit.author) if name)
    return tuple(_words(name) for name in known)


def _words(*texts: str) -> str:
    return f" {' '.join(t.text for text in texts for t in tokens(text))} "


def _stems(text: str) -> frozenset[str]:
    return frozenset(s for s, _, _ in content_stems(text))


def background_of(manuscript: Manuscript) -> frozenset[str]:
    """The labels of the related sources that the piece takes facts from: each holds one that S1 has not."""
    comparison = compare(manuscript)
    used: set[str] = set()
    if len(comparison.sources) > 1:
        holdings = _holdings(manuscript)
        for statement in comparison.statements:
            for _, held in _told(comparison, statement, holdings):
                if held and used.isdisjoint(held):
                    used.add(held[0])
    return frozenset(used)


@once_for_words
def find_unattributed(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if len(comparison.sources) < 2:
        return
    holdings = _holdings(manuscript)
    past = older(manuscript.dossier) if manuscript.dossier else {}
    for statement in comparison.statements:
        if statement.is_heading:
            continue
        told = [(text, held) for text, held in _told(comparison, statement, holdings) if held]
        if past and told and is_told_as_of_today(comparison, statement):
            yield from _aged(comparison, statement, told, past)
        if not told or _is_attributed(comparison, statement, {h for _, held in told for h in held}, holdings):
            continue
        label = told[0][1][0]
        facts = ", ".join(f"“{text}”" for text in dict.fromkeys(text for text, _ in told[:_SHOWN]))
        named = (
            manuscript.dossier.all[int(label[1:]) - 1].article.credit.publisher
            if manuscript.dossier
            else None
        )
        who = f"{label} ({named})" if named else label
        message = f"{facts}: only {who} says so; tell whose article it is."
        yield comparison.finding(
            "FID015", "warn", message, statement, None, _evidence(comparison, label, told[0][0])
        )


def _aged(
    comparison: Comparison, statement: Statement, told: Facts, past: dict[str, date]
) -> Iterator[Finding]:
    """The first fact that only older articles have, when the sentence tells it as if it were so today."""
    for text, held in told:
        if all(label in past for label in held):
            when = past[held[0]]
            message = (
                f"“{text}”: {held[0]} said so on {when.isoformat()}, well before S1; the sentence tells it as of today: "
                "say when, or put it in the past."
            )
            evidence = _evidence(comparison, held[0], text)
            yield comparison.finding("FID015", "warn", message, statement, None, evidence)
            return


def _told(
    comparison: Comparison, statement: Statement, holdings: _Holdings
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(fact as worded, the related sources that have it) of each fact that S1 has not."""
    for speech in comparison.speeches(statement):
        words = _words(statement.block.text[speech.span.start : speech.span.end])
        if words.count(" ") > _QUOTED:
            held = tuple(label for label, text in holdings.words.items() if words in text)
            yield words.strip(), () if _OWN in held else held
    for value in between(piece_values(comparison)[statement.paragraph], statement.start, statement.end):
        if not comparison.is_quoted(statement.paragraph, value.start):
            yield value.text, _holders(value, holdings)
    for start, end, entity in comparison.mentions(statement):
        if entity.kind in ("organisation", "other") and not comparison.is_quoted(statement.paragraph, start):
            keys = {spelling_key(form) for form in (entity.text, *entity.aliases)}
            held = tuple(label for label, names in holdings.names.items() if keys & names)
            yield statement.block.text[start:end], () if _OWN in held else held


def _holders(value: Value, holdings: _Holdings) -> tuple[str, ...]:
    sort = value.sort.split()[0]
    held = tuple(
        label for label, known in holdings.values.items() if any((sort, key) in known for key in value.keys)
    )
    if _OWN in held or (sort == "person" and spelling_key(value.text) in holdings.names[_OWN]):
        return ()
    return () if sort == "place" and _stems(value.text) <= holdings.own else held


def _is_attributed(
    comparison: Comparison, statement: Statement, labels: set[str], holdings: _Holdings
) -> bool:
    around = " ".join(_around(comparison, statement))
    words = _words(around)
    if _PUBLISHED.search(around) or any(name in words for label in labels for name in holdings.called[label]):
        return True
    stems = _stems(around)
    titles = (holdings.title[label] for label in labels)
    return any(title and len(title & stems) >= _TITLE_SHARE * len(title) for title in titles)


def _around(comparison: Comparison, statement: Statement) -> Iterator[str]:
    """The sentence, the ones before and after it, and the heading it stands under."""
    rows = comparison.statements
    for other in rows[max(0, statement.index - 1) : statement.index + 2]:
        if other.paragraph == statement.paragraph or not other.is_heading:
            yield other.text
    yield _headings(comparison)[statement.paragraph]


@lru_cache(maxsize=2)
def _headings(comparison: Comparison) -> tuple[str, ...]:
    """For each block, the heading it stands under."""
    found, last = [], ""
    for block in comparison.blocks:
        last = block.text if block.kind == "heading" else last
        found.append(last)
    return tuple(found)


def _evidence(comparison: Comparison, label: str, text: str) -> tuple[Evidence, ...]:
    source = next(s for s in comparison.sources if s.label == label)
    sought = fold(text)
    found = (at for at, p in enumerate(source.facts.passages) if sought in fold(p.text))
    return tuple(source.evidence(at) for at in list(found)[:1])


_SOURCE = "Le maire de Brest a promis lundi une nouvelle piscine aux clubs de la ville."
_RELATED = "La piscine de Quimper a coûté 12 millions d’euros, selon la préfecture."
CHECKS = (
    Check(
        code="FID015",
        name="background not attributed",
        severity="warn",
        why="A fact of another article is that article’s: the reader must be told whose word it is, and that it is "
        "of another day when the article is older.",
        source="House rule: background is told from its source, by name.",
        bad=Example(
            "# Brest\n\nLe maire de Brest a promis lundi une piscine. Celle de Quimper a coûté 12 millions d’euros.",
            source=_SOURCE,
            related=_RELATED,
        ),
        good=Example(
            "# Brest\n\nLe maire de Brest a promis lundi une piscine. Celle de Quimper a coûté 12 millions d’euros, "
            "rapporte un article sur ce chantier.",
            source=_SOURCE,
            related=_RELATED,
        ),
        find=find_unattributed,
        needs_source=True,
    ),
)
