"""What the five seeds become, file by file; `make golden` rebuilds, the difference is the review."""

import asyncio
import json
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import corpus, report
from pipeline.model import Brief
from pipeline.stages import clean, ingest, write_article
from pipeline.stages import dossier as dossiers
from pipeline.stages.finish import finish
from pipeline.stages.means import Limits
from pipeline.writers.offline import OfflineWriter
from tests.golden_files import check_golden

ROOT = Path(__file__).parents[1]
SEEDS = [p.relative_to(ROOT) for p in sorted((ROOT / "seeds").glob("*.txt"))]
NOW = datetime.fromisoformat("2026-01-31T09:00:00+01:00")


@pytest.fixture(autouse=True)
def at_the_top(monkeypatch):
    monkeypatch.chdir(ROOT)


def article(path):
    return clean.clean(ingest.read_file(path, str(path)))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_the_dossier_of_a_seed_is_as_it_was(seed):
    told = json.dumps(report.dossier_json(dossiers.build(article(seed))), ensure_ascii=False, indent=1)
    check_golden(f"dossiers/{seed.stem}.json", told + "\n")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_the_working_draft_of_a_seed_is_as_it_was(seed):
    own = article(seed)
    related = corpus.build(SEEDS).related(own, seed, 3)
    written = asyncio.run(write_article(own, related, Brief(), OfflineWriter(), Limits()))
    piece = finish(written, slug="essai", published=NOW, modified=NOW)
    check_golden(f"drafts/{seed.stem}.md", piece.markdown)
    assert piece.result.verdict == "needs_work"
    assert piece.draft.working
