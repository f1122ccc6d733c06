"""Another rung of a scale than the source's: `demi-finale` for `quart de finale`, `ferme` for `avec sursis`."""

from collections.abc import Iterator

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.related.readings import SAME_EVENT, Beside, Faced, in_common
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.ladders import rungs


def other_rungs(sentence: Faced) -> Iterator[Finding]:
    known = _told(sentence.comparison.sources)
    told = rungs(sentence.statement.text)
    also = {one.scale for one in told if one.rung in known.get(one.scale, frozenset())}
    for one in told:
        # Beside a rung of the source, another is what comes after it or did not come.
        if one.scale in also or one.scale not in known:
            continue
        word = next((w for w in sentence.reading.words if w.end > one.start), None)
        first = sentence.carriers[0]
        if word is not None and sentence.told(word) and _of_this(sentence, word, first):
            words = sentence.statement.text[one.start : one.end]
            message = f"the sources tell another stage or degree than “{words}”"
            yield sentence.finding("FID011", message, word, word, first)


def _of_this(sentence: Faced, word: Word, beside: Beside) -> bool:
    """The sentence that carries it is about the same."""
    return in_common(sentence.reading, (word,), beside.reading, None) >= SAME_EVENT


@once_for_sources
def _told(sources: Sources) -> dict[int, frozenset[int]]:
    """Scale to its rungs that the sources tell."""
    found: dict[int, set[int]] = {}
    for source in sources:
        for passage in source.facts.passages:
            for one in rungs(passage.text):
                found.setdefault(one.scale, set()).add(one.rung)
    return {scale: frozenset(row) for scale, row in found.items()}
