"""`make bench`, second part: the checks of one piece inside one process, with a warm LanguageTool."""

import random
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from pipeline import checks
from pipeline.checks import grammar
from pipeline.checks.check import Manuscript, Proof
from pipeline.languagetool.match import GrammarUnavailable
from pipeline.languagetool.server import Grammar
from pipeline.model import Article, Brief
from pipeline.stages import clean, ingest
from pipeline.stages import dossier as dossiers
from pipeline.text.markdown import parse
from pipeline.text.sentences import sentences
from pipeline.text.words import count_words
from tests.bench.speed import REFERENCE, ROOT, SOURCE

RUNS = 15
# The texts of others warm the server: their sentences are not those that are timed.
_OTHERS = sorted((ROOT / "tests" / "reference").glob("*.md"))


def timed(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float, float]:
    """Least, median and most seconds."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds), statistics.median(seconds), max(seconds)


def told(name: str, figures: tuple[float, float, float], goal: str) -> None:
    low, middle, high = (1000 * f for f in figures)
    print(f"{name:44} {middle:6.0f} ms ({low:.0f} to {high:.0f})   goal: {goal}")


def without_grammar() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    source = dossiers.build(clean.clean(ingest.read_file(SOURCE, "s.txt")))
    nothing: Proof = ()
    words = count_words(text)
    for name, dossier in (("all checks but grammar, no source", None), ("all checks but grammar", source)):

        def play(dossier=dossier) -> None:
            checks.examine(Manuscript(parse(text), Brief(), dossier, nothing))

        play()
        figures = timed(play)
        scaled = tuple(f * 1000 / words for f in figures)
        told(f"{name}, per 1,000 words", (scaled[0], scaled[1], scaled[2]), "60 ms")


def memory(pieces: int = 1000) -> None:
    """Other sentences each time: what checks keep must not grow with the pieces a run has seen."""
    articles = [clean.clean(ingest.read_file(path, "s.txt")) for path in sorted(SOURCE.parent.glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in _OTHERS]
    mixed = random.Random(1)
    rows = cycle(zip(texts, articles, strict=True))
    for number, (text, article) in enumerate(islice(rows, pieces), start=1):
        own = dossiers.build(_shuffled(article, mixed), tuple(mixed.sample(articles, number % 3)))
        head, _, body = text.partition("\n\n")
        told = [body[a:b] for a, b in sentences(body)]
        mixed.shuffle(told)
        checks.examine(Manuscript(parse(f"{head}\n\n# Titre\n\n{' '.join(told)}"), Brief(), own, ()))
        if number in (100, pieces):
            print(f"{f'memory after {number} pieces':44} {_resident():6.0f} MB   goal: no more after 100")


def _shuffled(article: Article, mixed: random.Random) -> Article:
    paragraphs = []
    for paragraph in article.paragraphs:
        told = [paragraph.text[a:b] for a, b in sentences(paragraph.text)]
        mixed.shuffle(told)
        paragraphs.append(replace(paragraph, text=" ".join(told)))
    return replace(article, paragraphs=tuple(paragraphs))


def _resident() -> float:
    """MB this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _thousand(path: Path) -> str:
    return " ".join(b.text for b in parse(path.read_text(encoding="utf-8")).prose)


def with_grammar(engine: Grammar) -> None:
    started = time.perf_counter()
    engine.ready()
    told("LanguageTool, start and first check", (time.perf_counter() - started,) * 3, "-")
    for path in _OTHERS[2:]:
        engine.check([_thousand(path)])
    documents = [parse(path.read_text(encoding="utf-8")) for path in _OTHERS[:2]]
    for path, document in zip(_OTHERS, documents, strict=False):
        words = sum(count_words(p.text) for p in grammar.parts(document))
        started = time.perf_counter()
        grammar.proofread(document, engine.check)
        seconds = (time.perf_counter() - started) * 1000 / words
        told(f"grammar, 1,000 new words, {path.stem[:3]}", (seconds,) * 3, "1000 ms")
    text = REFERENCE.read_text(encoding="utf-8")
    mended = iter(range(RUNS))

    def repair() -> None:
        changed = parse(text.replace("mardi", f"mardi {next(mended) + 2} mai", 1))
        grammar.proofread(changed, engine.check)

    told("grammar, one sentence changed", timed(repair), "150 ms")


def main() -> None:
    without_grammar()
    memory()
    with Grammar() as engine:
        try:
            with_grammar(engine)
        except GrammarUnavailable as error:
            print(f"grammar was not measured: {error.why} {error.remedy}")


if __name__ == "__main__":
    main()
