"""What an export leaves in a folder: what is a person's there stays theirs, and what it wrote itself is never taken for that."""

import asyncio
import json
import random
import shutil
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from pipeline import acknowledge, review, written
from pipeline.checks.acknowledged import keys_of
from pipeline.crew import Crew
from pipeline.items import items_of
from pipeline.schedule.lock import held
from pipeline.settings import Settings
from pipeline.text.markdown import parse
from pipeline.workers.content import content_of
from pipeline.workers.export import export
from pipeline.workers.exported import COMING, NOTE, Own
from pipeline.workers.filed import FiledLedger
from pipeline.workers.runs import Runs
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.work import Desk
from tests.e2e.marbre import SEEDS, bytes_of, marbre
from tests.killing import killed_at
from tests.model_server import Fault, ModelServer
from tests.workers.queued import MOMENT, rows

PIECES = "SELECT slug, fingerprint, date_modified FROM pieces ORDER BY slug"
ENGLISH = Fault("english_paragraph", stage="write")
STATE = ("pieces", "origins", "work_files")
_STEP = 17
"""Of the changes of files that an export takes, every so many-th is one at which it is killed; which is the first is chance."""


@pytest.fixture
def url(ledger):
    return ledger.address.render_as_string(hide_password=False)


@pytest.fixture
def done(ledger, url, tmp_path):
    """Submits the articles of a folder, and does all that waits, as a worker would."""

    def do(folder, *faults, twist=None, writer="auto"):
        with ModelServer(list(faults), twist=twist) as server, closing(Crew(1)) as crew:
            own = Settings(
                out=tmp_path / "scratch", ledger=url, base_url=server.base_url, model="scripted", grammar=False,
                concurrency=1, calls_per_article=2, writer=writer,
            )  # fmt: skip
            submit(ledger, items_of(folder, tmp_path / "elsewhere"), content_of(own), {}, MOMENT)
            with closing(FiledLedger(url, own.out)) as filed:
                outcomes = asyncio.run(all_of(own, filed, crew))
        assert [o.status for o in outcomes] == ["written"] * len(outcomes), outcomes
        return outcomes

    return do


async def all_of(own, filed, crew):
    runs = Runs(own, filed, crew, "worker-1")
    waiting = rows(filed, "SELECT id FROM work_items WHERE status IS NULL ORDER BY id")
    outcomes = [await Desk(runs, filed, own.out).do(task_of(filed, row.id), last=True) for row in waiting]
    await runs.close()
    return outcomes


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    for seed in sorted(SEEDS.glob("*.txt"))[:2]:
        shutil.copy(seed, folder)
    return folder


def changed(folder):
    """Their sources say more than they did."""
    for path in folder.iterdir():
        path.write_text(
            f"{path.read_text(encoding='utf-8')}\n\nLa séance a été levée à midi.\n", encoding="utf-8"
        )


def exported(url, out):
    return asyncio.run(export(url, Settings(out=out, ledger=url), MOMENT))


def kept_as(ledger, name):
    for table in STATE:
        rows(ledger, f"CREATE TABLE {name}_{table} AS SELECT * FROM {table}")


def put_back(ledger, name):
    for table in STATE:
        rows(ledger, f"DELETE FROM {table}")
        rows(ledger, f"INSERT INTO {table} SELECT * FROM {name}_{table}")


def test_a_killed_export_leaves_nothing_that_the_next_takes_for_an_edit(ledger, url, done, seeds, tmp_path):
    for seed in SEEDS.glob("*.txt"):  # so many that some are linked to one another
        shutil.copy(seed, seeds)
    done(seeds)
    kept_as(ledger, "older")
    changed(seeds)
    done(seeds)
    kept_as(ledger, "newer")
    newest = rows(ledger, PIECES)
    whole = tmp_path / "whole"
    exported(url, whole)
    assert any("(../" in path.read_text(encoding="utf-8") for path in whole.glob("*/article.md"))
    number, killed = random.randint(1, _STEP), True
    while killed:
        out = tmp_path / f"out{number}"
        put_back(ledger, "older")
        killed = killed_at(number, partial(exported, url, out))
        put_back(ledger, "newer")
        told = exported(url, out)
        assert told.edited == (), number
        assert bytes_of(out) == bytes_of(whole), number
        assert not (out / COMING).exists(), number
        assert rows(ledger, PIECES) == newest, number
        number += _STEP


def test_of_two_exports_into_one_folder_the_second_is_told_that_the_first_is_under_way(
    ledger, url, done, seeds, tmp_path
):
    done(seeds)
    out = tmp_path / "out"
    with held(out / ".marbre" / "export.lock", "A test"):
        ran = marbre("export", "--out", out, "--ledger", url)
        assert ran.code == 4
        assert "Another export into this folder is under way." in ran.err
        assert ran.err.count("\n") == 1
        exported(url, tmp_path / "other")
    assert len(exported(url, out).written) == 2
    assert bytes_of(out) == bytes_of(tmp_path / "other")


DAMAGE = {
    "changed bytes": "UPDATE work_files SET data = '\\x00' WHERE slug = :slug AND name = 'article.html'",
    "a strange name": "UPDATE work_files SET name = '../../x.md' WHERE slug = :slug AND name = 'report.html'",
    "a missing file": "DELETE FROM work_files WHERE slug = :slug AND name = 'report.json'",
    "no text": "DELETE FROM work_files WHERE slug = :slug AND name = 'article.md'",
    "an entry that is none": "UPDATE pieces SET entry = '[]' WHERE slug = :slug",
    "a date that is none": "UPDATE pieces SET date_modified = 'hier' WHERE slug = :slug",
}


def test_a_piece_with_a_row_that_nobody_of_ours_wrote_is_left_out_and_the_others_are_written(
    ledger, url, done, seeds, tmp_path
):
    done(seeds)
    kept_as(ledger, "sound")
    bad, good = sorted(row.slug for row in rows(ledger, PIECES))
    for number, (name, damage) in enumerate(DAMAGE.items()):
        put_back(ledger, "sound")
        rows(ledger, damage, slug=bad)
        out = tmp_path / f"out{number}"
        ran = marbre("export", "--out", out, "--ledger", url, "--format", "json")
        assert (ran.code, ran.json["written"], ran.json["pieces"]) == (4, [good], 1), name
        ((left, why),) = [each.values() for each in ran.json["damaged"]]
        assert (left, why.startswith("The ledger holds a ")) == (bad, True), name
        assert (out / good / "article.md").is_file()
        assert not (out / bad).exists(), name
        index = (out / "index.html").read_text(encoding="utf-8")
        assert (bad in index, good in index) == (False, True), name
    ran = marbre("export", "--out", out, "--ledger", url)
    assert (ran.code, f"  left out: {bad}: " in ran.out) == (4, True)
    put_back(ledger, "sound")
    assert exported(url, out).damaged == {}
    assert (out / bad / "article.md").is_file()


def test_a_version_that_lies_there_stays_when_a_newer_one_is_damaged(ledger, url, done, seeds, tmp_path):
    done(seeds)
    out = tmp_path / "out"
    exported(url, out)
    bad, good = sorted(row.slug for row in rows(ledger, PIECES))
    before = bytes_of(out / bad)
    changed(seeds)
    done(seeds)
    rows(ledger, DAMAGE["changed bytes"], slug=bad)
    told = exported(url, out)
    assert (list(told.damaged), told.written, told.edited) == ([bad], (good,), ())
    assert bytes_of(out / bad) == before


def test_only_a_changed_text_is_a_persons_edit_and_a_changed_verdict_is_none(tmp_path):
    text = "---\ntitle: x\nverdict: needs_work\n---\n# X\n\nverdict: needs_work\n"
    article = tmp_path / "x" / "article.md"
    article.parent.mkdir()
    article.write_text(text)
    own = Own(tmp_path)
    (tmp_path / NOTE).parent.mkdir()
    own.expect({"x": next(iter(own_hashes(text)))})
    for now in (own, Own(tmp_path)):
        article.write_text(text.replace("verdict: needs_work", "verdict: ready_for_review", 1))
        assert now.has("x")
        article.write_text(text.replace("# X", "# Y"))
        assert not now.has("x")
        article.write_text(text[:-1].replace("X\n\nverdict: needs_work", "X\n\nverdict: ready_for_review"))
        assert not now.has("x")
        article.write_text(text)
        assert now.has("x")
    own.settle({"x": ("1", "0")})
    assert (own.version("x"), Own(tmp_path).version("x"), own.has("x")) == ("1", "1", False)
    own.settle({}, gone=["x"])
    assert Own(tmp_path).slugs == set()


def own_hashes(text):
    from pipeline.provenance import sha256

    return [sha256(text.encode())]


def test_a_line_that_was_cut_as_the_program_was_killed_harms_no_other(tmp_path):
    (tmp_path / NOTE).parent.mkdir()
    (tmp_path / COMING).write_text('["a", "1"]\n["b", "')
    own = Own(tmp_path)
    own.expect({"c": "3"})
    assert (own.slugs, Own(tmp_path).slugs) == ({"a", "c"}, {"a", "c"})
    (tmp_path / COMING).write_bytes(b"\xff\n{}\n[1]\n3\n")
    assert Own(tmp_path).slugs == set()


def test_an_editors_word_stays_with_its_sentence_and_what_fell_is_told(ledger, url, done, seeds, tmp_path):
    out = tmp_path / "out"
    next(iter(sorted(seeds.iterdir()))).unlink()
    done(seeds, ENGLISH)
    (slug,) = exported(url, out).written
    article = out / slug / "article.md"
    done_with = acknowledge.entries_for(findings_of(article), "Anne Petit", "Vu.", "2026-02-01")
    done_with = tuple(e for e in done_with if not e.code.startswith(("LEN", "SAF", "FID001", "ORI003")))
    acknowledge.add(acknowledge.beside(article), done_with)
    document = parse(article.read_text(encoding="utf-8"))
    review.write(
        article, review.Review("Anne Petit", "2026-02-01T09:00:00+01:00", review.text_hash(document))
    )

    told = exported(url, out)
    assert (told.written, told.edited, told.fell) == ((), (), {})
    report = json.loads((article.parent / "report.json").read_text(encoding="utf-8"))
    named = {(f["code"], f["sentence"]) for f in report["findings"] if f["acknowledged"]}
    assert named == {(e.code, e.sentence) for e in done_with}
    assert "Anne Petit" in (article.parent / "report.html").read_text(encoding="utf-8")
    assert "relu par Anne Petit" in (article.parent / "article.html").read_text(encoding="utf-8")
    assert report["provenance"]["made"]["review"]["by"] == "Anne Petit"
    before = bytes_of(out)
    assert exported(url, out).written == ()
    assert bytes_of(out) == before, "once it is honoured nothing is written again"

    (article.parent / review.FILE).rename(tmp_path / review.FILE)
    assert exported(url, out).written == ()
    assert "Anne Petit" not in (article.parent / "article.html").read_text(encoding="utf-8"), (
        "it was taken back"
    )
    (tmp_path / review.FILE).rename(article.parent / review.FILE)
    assert exported(url, out).written == ()
    assert bytes_of(out) == before

    changed(seeds)
    (outcome,) = done(seeds, ENGLISH, twist=otherwise)
    assert "edited" not in outcome.why, "an editor's word is no edit of the text"
    told = exported(url, out)
    stay = keys_of(parse(article.read_text(encoding="utf-8")))
    lost = sum(e.sentence not in stay for e in done_with)
    assert 0 < lost < len(done_with)
    assert (told.written, told.edited) == ((slug,), ())
    assert told.fell[slug][0] == "the review by Anne Petit of 2026-02-01 no longer holds"
    assert told.fell[slug][1].startswith(f"{lost} acknowledgement")
    report = json.loads((article.parent / "report.json").read_text(encoding="utf-8"))
    assert report["fell"] == list(told.fell[slug])
    now = {(f["code"], f["sentence"]) for f in report["findings"] if f["acknowledged"]}
    assert now == {(e.code, e.sentence) for e in done_with if e.sentence in stay} & {
        (f["code"], f["sentence"]) for f in report["findings"]
    }
    page = (article.parent / "article.html").read_text(encoding="utf-8")
    assert "Anne Petit" not in page
    assert report["provenance"]["made"]["review"] is None
    row = ledger.at(slug)
    assert row.entry["warn"] == sum(
        f["severity"] == "warn" and not f["acknowledged"] for f in report["findings"]
    )
    before = bytes_of(out)
    assert exported(url, out).written == ()
    assert bytes_of(out) == before


def test_a_word_given_with_the_ledger_at_hand_is_in_the_files_at_once_and_is_no_edit(
    ledger, url, done, seeds, tmp_path
):
    """The sources need not be on this machine: the ledger has what was submitted."""
    out = tmp_path / "out"
    next(iter(sorted(seeds.iterdir()))).unlink()
    done(seeds, ENGLISH)
    (slug,) = exported(url, out).written
    article, away = out / slug / "article.md", tmp_path / "away"
    seeds.rename(away)
    finding = next(f for f in findings_of(article) if f.code == "LNG001")
    which = f"LNG001@{finding.sentence}"
    ran = marbre("acknowledge", article, which, "--by", "Anne Petit", "--why", "Slogan.", MARBRE_LEDGER=url)
    assert (ran.code, ran.err) == (0, "")
    report = json.loads((article.parent / "report.json").read_text(encoding="utf-8"))
    assert [f["acknowledged"]["by"] for f in report["findings"] if f["sentence"] == finding.sentence] == [
        "Anne Petit"
    ]
    assert ledger.at(slug).entry["block"] == report_blocks(report)
    before = bytes_of(out)
    assert exported(url, out).edited == ()
    assert bytes_of(out) == before
    away.rename(seeds)
    changed(seeds)
    (outcome,) = done(seeds)
    assert "edited" not in outcome.why


def otherwise(answer, *_):
    """One of the English sentences says something else."""
    return replace(answer, text=answer.text.replace("For now", "So far"))


def findings_of(article):
    report = written.read(article)
    assert report
    return report.findings


def test_what_lies_beside_a_working_draft_goes_with_the_piece_that_takes_its_place(
    url, done, seeds, tmp_path
):
    out = tmp_path / "out"
    done(seeds, writer="offline")
    drafts = exported(url, out).written
    for slug in drafts:
        (out / slug / "notes.txt").write_text(slug, encoding="utf-8")
    done(seeds)
    told = exported(url, out)
    assert told.edited == ()
    assert not set(told.written) & set(drafts), "they have names of their own now"
    assert {path.name for path in out.iterdir() if path.is_dir() and path.name != ".marbre"} == set(
        told.written
    )
    assert {path.read_text(encoding="utf-8") for path in out.glob("*/notes.txt")} == set(drafts)
    assert exported(url, out).written == ()


def report_blocks(report):
    return sum(f["severity"] == "block" and not f["acknowledged"] for f in report["findings"])
