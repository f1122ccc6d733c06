from pathlib import Path

import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.readability import CHECKS, FEWEST_WORDS, metrics
from pipeline.model import Brief
from pipeline.text.markdown import parse
from pipeline.text.syllables import COUNTER

REFERENCE = sorted((Path(__file__).parents[1] / "reference").glob("*.md"))


def findings(text):
    manuscript = Manuscript(parse(text), Brief())
    return [f for check in CHECKS for f in check.find(manuscript)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_each_check_plays_its_own_examples(check):
    bad, good = (list(check.find(Manuscript(parse(e.text), Brief()))) for e in (check.bad, check.good))
    assert {f.code for f in bad} == {check.code}
    assert check.severity in {f.severity for f in bad}
    assert good == []


def test_nothing_here_ever_blocks():
    assert "block" not in {check.severity for check in CHECKS}


@pytest.mark.parametrize("path", REFERENCE, ids=lambda p: p.stem[:3])
def test_a_finished_piece_reads_within_every_band(path):
    assert findings(path.read_text(encoding="utf-8")) == []


def test_scores_of_a_few_words_are_not_judged():
    hard = "L’internationalisation institutionnelle complexifie l’interopérabilité opérationnelle. "
    assert findings(hard) == []
    assert "LIS001" in {f.code for f in findings(hard * FEWEST_WORDS)}


def test_the_message_names_measure_value_counter_and_band():
    hard = "L’internationalisation institutionnelle complexifie l’interopérabilité opérationnelle. "
    found = next(f for f in findings(hard * FEWEST_WORDS) if f.code == "LIS001")
    assert all(part in found.message for part in ("Kandel-Moles", COUNTER, "45", "House band"))


def test_the_opening_is_marked_where_the_third_sentence_begins():
    text = "# Otan\n\nIl vient. Il voit. Il part."
    found = next(f for f in findings(text) if f.code == "LIS003")
    assert found.where is not None
    assert (found.where.start, found.where.text) == (text.rindex("Il"), "Il")


def test_metrics_are_numbers_whose_names_tell_the_counter():
    values = dict(metrics(parse("Le chat dort. Il rêve.")))
    assert values["kandel_moles_marbre_1"] == pytest.approx(116.4, abs=30)
    assert values["mean_sentence_words"] == 2.5
    assert all(isinstance(v, float) for v in values.values())


def test_a_text_without_a_word_has_metrics_too():
    assert set(dict(metrics(parse(""))).values()) == {0.0}


def test_apparatus_is_not_measured():
    piece = "Le chat dort.\n\n## Sources\n\n" + "- Internationalisation institutionnelle\n" * 20
    assert metrics(parse(piece)) == metrics(parse("Le chat dort."))
