import asyncio
from pathlib import Path

import pytest

from pipeline.model import Brief
from pipeline.stages import clean, dossier, ingest
from pipeline.text.fold import fold
from pipeline.text.markdown import parse
from pipeline.text.quotes import quotations
from pipeline.writers.offline import OfflineWriter

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def written(path, *related):
    own, *others = [clean.clean(ingest.read_file(p, str(p))) for p in (path, *related)]
    made = dossier.build(own, tuple(others))
    writer = OfflineWriter()
    plan = asyncio.run(writer.plan(made, Brief()))
    return made, plan, asyncio.run(writer.write(made, Brief(), plan))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_a_working_draft_has_every_quotation_figure_and_person_of_its_source(seed):
    made, _, draft = written(seed)
    text = fold(" ".join(b.text for b in parse(draft.body).blocks)).replace("\u00a0", " ")
    quoted = [q.text.strip(" .,;") for q in made.quotations]
    for words in (
        *quoted,
        *(f.text for f in made.figures),
        *(n.text for n in made.names if n.kind == "person"),
    ):
        plain = fold(words)
        for mark in '«»“”"':
            plain, text = plain.replace(mark, ""), text.replace(mark, "")
        assert " ".join(plain.split()) in " ".join(text.split())
    assert draft.working


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_no_sentence_of_a_working_draft_is_anything_but_the_source_s(seed):
    made, _, draft = written(seed)
    source = fold(" ".join(made.article.text.split()))
    for block in parse(draft.body).prose[1:]:
        if not quotations(block.text) and " : " not in block.text:
            for line in block.text.split("\n"):
                assert fold(line)[:60] in source or len(line.split()) < 5


def test_background_names_the_article_it_comes_from():
    _, plan, draft = written(SEEDS[4], SEEDS[1])
    assert "D’après « Stoltenberg promet que l’Otan" in draft.body
    assert plan.sections[-1].evidence == ("S2P1",)


def test_two_drafts_of_one_source_are_the_same():
    assert written(SEEDS[0])[2] == written(SEEDS[0])[2]
