"""The bench of fidelity, played with checks that find what the test tells them to."""

import json
from pathlib import Path

import pytest

from pipeline.checks.check import Check, Example
from pipeline.model import Finding
from pipeline.text.sentences import sentences
from tests.bench import fidelity

DATA = Path(__file__).parent / "bench" / "data"
FILES = sorted(DATA.glob("*.jsonl"))


def check_for(word, severity):
    def find(manuscript):
        for block in manuscript.document.blocks:
            at = block.text.find(word)
            if at >= 0:
                place = manuscript.document.place_in(block, at, at + len(word))
                yield Finding("FID099", severity, f"{word} stands here.", place)

    example = Example("# Un titre")
    return Check("FID099", "word", severity, "Why?", "House rule.", example, example, find)


@pytest.fixture
def checks(monkeypatch):
    """`faux` blocks, `douteux` warns, `curieux` informs."""
    words = {"faux": "block", "douteux": "warn", "curieux": "info"}
    monkeypatch.setattr(fidelity, "FIDELITY", tuple(check_for(w, s) for w, s in words.items()))


def corrupted(rewrite, words, **fields):
    at = rewrite.index(words)
    span = [at, at + len(words)]
    return {"label": "corrupted", "kind": "date", "sub": "out", "span": span, "rewrite": rewrite, **fields}


def faithful(rewrite):
    return {"label": "faithful", "kind": None, "sub": None, "span": None, "rewrite": rewrite}


@pytest.fixture
def bench(tmp_path, checks, capsys):
    def run(rows, *options):
        file = tmp_path / "rows.jsonl"
        whole = [{"id": f"r{n}", "source_text": "Le maire est venu.", **row} for n, row in enumerate(rows)]
        file.write_text("".join(json.dumps(row) + "\n" for row in whole), encoding="utf-8")
        fidelity.main(["--data", str(file), *options])
        return capsys.readouterr().out

    return run


def counts(bench, *rows):
    return json.loads(bench(rows, "--json"))


def test_counts_have_the_agreed_shape(bench):
    got = counts(bench, faithful("Il est venu. Il est reparti."), corrupted("Un mot faux.", "faux"))
    assert got.pop("seconds_per_item") >= 0
    assert got == {
        "faithful": {
            "n": 1,
            "block": 0,
            "warn": 0,
            "sentences": 2,
            "sentences_block": 0,
            "sentences_warn": 0,
        },
        "kinds": {"date": {"n": 1, "block": 1, "warn": 1, "sub": {"out": {"n": 1, "block": 1, "warn": 1}}}},
    }


def test_warn_counts_what_blocks_too_and_no_mere_information(bench):
    texts = ("Un mot faux.", "Un mot douteux.", "Un mot curieux.")
    of_kind = counts(bench, *(corrupted(text, text.split()[-1]) for text in texts))["kinds"]["date"]
    assert (of_kind["n"], of_kind["block"], of_kind["warn"]) == (3, 1, 2)


def test_a_finding_on_another_sentence_does_not_catch_a_row(bench):
    rewrite = "Ce mot est faux. Il est venu lundi."
    missed = counts(bench, corrupted(rewrite, "lundi"))["kinds"]["date"]
    caught = counts(bench, corrupted(rewrite, "Ce mot"))["kinds"]["date"]
    assert (missed["warn"], caught["warn"]) == (0, 1)


def test_a_span_over_two_sentences_is_caught_in_either(bench):
    rewrite = "Il est parti. Ce mot est faux."
    assert counts(bench, corrupted(rewrite, "parti. Ce mot"))["kinds"]["date"]["block"] == 1


def test_words_left_out_lie_on_the_sentence_they_are_missing_from(bench):
    row = corrupted("Il est venu. Ce mot est faux.", "faux", span=[20, 20])
    assert counts(bench, row)["kinds"]["date"]["block"] == 1


def test_a_row_without_a_span_is_caught_by_any_finding(bench):
    row = corrupted("Il est venu. Ce mot est faux.", "faux", span=None, kind=None, sub=None)
    assert counts(bench, row)["kinds"]["none"]["sub"]["none"]["block"] == 1


def test_false_alarms_are_counted_by_rewrite_and_by_sentence(bench):
    got = counts(bench, faithful("Un faux pas. Un faux ami. Un cas douteux. Rien."))["faithful"]
    assert (got["n"], got["block"], got["warn"]) == (1, 1, 1)
    assert (got["sentences"], got["sentences_block"], got["sentences_warn"]) == (4, 1, 2)


@pytest.mark.parametrize(
    "before", ["", "**Lundi** ", "1. ", "> ", "Le mot_clé [1] & *l’autre* : ", "\\* « ", "Un\n\n- "]
)
def test_marks_of_markdown_do_not_shift_places(bench, before):
    rewrite = f"{before}Il est venu. Ce mot est faux. Il est parti."
    assert counts(bench, corrupted(rewrite, "mot est"))["kinds"]["date"]["block"] == 1
    assert counts(bench, corrupted(rewrite, "Il est venu"))["kinds"]["date"]["block"] == 0
    assert counts(bench, corrupted(rewrite, "Il est parti"))["kinds"]["date"]["block"] == 0


def test_a_whole_article_is_read_by_paragraphs(monkeypatch):
    seen: list[str] = []

    def find(manuscript):
        seen.extend(p.text for p in manuscript.dossier.article.paragraphs)
        return iter(())

    example = Example("# Un titre")
    spy = Check("FID099", "spy", "warn", "Why?", "House rule.", example, example, find)
    monkeypatch.setattr(fidelity, "FIDELITY", (spy,))
    fidelity.judge(fidelity.Row("r", "Un titre\n\nUn.\nDeux.\n\nTrois.", "Un.", None, "none", None))
    assert seen == ["Un titre", "Un.", "Deux.", "Trois."]


def test_a_person_reads_a_table_and_the_rows_behind_it(bench):
    rows = [corrupted("Il est venu lundi.", "lundi"), faithful("Un cas douteux.")]
    assert "date" in bench(rows)
    misses, alarms = bench(rows, "--show", "misses"), bench(rows, "--show", "alarms")
    assert "[lundi]" in misses
    assert "douteux stands here" not in misses
    assert "douteux stands here" in alarms
    assert "[lundi]" not in alarms


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_material_is_sound(file):
    raw = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({r["id"] for r in raw}) == len(raw)
    for row in raw:
        assert row["label"] in ("faithful", "corrupted")
        assert row["source_text"].strip()
        if row["label"] == "corrupted":
            start, end = row["span"]
            assert row["kind"]
            assert row["rewrite"][start:end].strip() == row["span_text"].strip() != ""
        else:
            assert row["kind"] is row["span"] is None
    for row in fidelity.read_rows(file):
        assert row.kind is None or row.wrong


def test_there_is_enough_of_it_and_the_held_part_is_apart():
    rows = {name: fidelity.read_rows(DATA / f"{name}.jsonl") for name in ("fresh-dev", "fresh-held", "real")}
    fresh = rows["fresh-dev"] + rows["fresh-held"]
    assert sum(r.kind is not None for r in fresh) >= 200
    assert sum(len(sentences(r.rewrite)) for r in fresh if r.kind is None) >= 100
    assert len(rows["real"]) >= 60
    assert {r.source for r in rows["fresh-dev"]}.isdisjoint(r.source for r in rows["fresh-held"])
