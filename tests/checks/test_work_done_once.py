"""What is loaded, and what is worked out again: counted, since seconds depend on the machine."""

import gc
import subprocess
import sys
from pathlib import Path

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity import alignment
from pipeline.checks.fidelity.carried import fitting, values
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.checks.fidelity.counted import numbered_names, quantities
from pipeline.checks.fidelity.dated import almanac
from pipeline.checks.fidelity.named import grounding
from pipeline.checks.fidelity.related import readings
from pipeline.checks.fidelity.said import wording
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.stages import clean, ingest
from pipeline.text.markdown import parse

ROOT = Path(__file__).parents[2]
OF_SOURCES = (
    alignment.ground,
    fitting.given,
    values.source_values,
    numbered_names._known,
    quantities.known,
    almanac.almanac,
    grounding._grounds,
    readings.told_by,
    wording.wording,
)


def test_without_a_source_the_fidelity_checks_are_not_loaded():
    program = (
        "import sys; from pipeline.cli import main; main(); "
        "print(*sorted(m for m in sys.modules if m.startswith('pipeline.checks.fidelity')), file=sys.stderr)"
    )
    piece = min((ROOT / "tests" / "reference").glob("*.md"))
    words = [sys.executable, "-c", program, "check", "--no-grammar", str(piece)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "FID not run" in done.stdout
    assert done.stderr.strip() == ""


def test_who_has_pieces_checked_by_other_processes_loads_no_checks():
    program = (
        "import sys, pipeline.batch, pipeline.stages.repair; "
        "print(*sorted({'pipeline.checks.playing', 'pipeline.checks.fidelity', 'pipeline.text.facts',"
        " 'pipeline.text.typography'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_looks_at_several_pieces_beside_one_source_read_the_source_once():
    seed = min((ROOT / "seeds").glob("*.txt"))
    dossier = Dossier(clean.clean(ingest.read_file(seed, seed.name)))
    text = min((ROOT / "tests" / "reference").glob("*.md")).read_text(encoding="utf-8")
    first = Manuscript(parse(text), Brief(), dossier, ())
    examine(first)
    before = [work.cache_info().misses for work in OF_SOURCES]
    for change in ("mercredi", "vendredi", "dimanche"):
        examine(Manuscript(parse(text.replace("mardi", change)), Brief(), dossier, ()))
    assert [work.cache_info().misses for work in OF_SOURCES] == before
    assert (
        compare(first).sources[0].facts
        is compare(Manuscript(parse("# T"), Brief(), dossier)).sources[0].facts
    )


def test_the_findings_are_the_same_whatever_was_looked_at_before():
    seeds = [clean.clean(ingest.read_file(p, p.name)) for p in sorted((ROOT / "seeds").glob("*.txt"))]
    text = min((ROOT / "tests" / "reference").glob("*.md")).read_text(encoding="utf-8")

    def look(number):
        return examine(Manuscript(parse(text), Brief(), Dossier(seeds[number]), ()))

    fresh = [look(n) for n in range(len(seeds))]
    assert [look(n) for n in (3, 0, 4, 1, 2)] == [fresh[n] for n in (3, 0, 4, 1, 2)]


def test_pieces_that_were_looked_at_are_let_go():
    # Each check may keep the last few; a thousand pieces of a run must not stay.
    for number in range(60):
        told = f"« Nous tenons parole », a dit jeudi {number} mai la maire, qui a promis {number} places."
        source = Dossier(Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", told),)))
        examine(Manuscript(parse(f"# Titre\n\n{told}"), Brief(words=3), source, ()))
    gc.collect()
    kept = [o for o in gc.get_objects() if isinstance(o, Comparison)]
    assert sum(any("tenons parole" in block.text for block in o.blocks) for o in kept) < 10
