"""A run that is killed between the files of a piece and its line in the ledger: what the next one makes of it."""

import hashlib
import json
import random
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from pipeline import journal
from pipeline.claims import Claims
from pipeline.edited import is_edited
from pipeline.journal import HASHES, Note
from pipeline.ledger import FILE, Ledger, PieceRow, sqlite_url
from pipeline.linking.desk import link_pieces
from pipeline.model import Site
from pipeline.publish import folder
from pipeline.shelf import Shelf, hash_of_files, hashes_of
from tests.e2e.marbre import NOW, SEEDS, bytes_of, marbre
from tests.killing import killed_at

SLUG = "creche"
_STEP = 11
"""Of the changes of files that placing links takes, every so many-th is one at which it is killed."""


def row(text, slug=SLUG, source="/in/a.txt"):
    files = dict.fromkeys(folder.FILES, text)
    entry: dict[str, Any] = dict.fromkeys(("title", "description", "keyphrase", "writer"), "x")
    entry |= {
        "slug": slug,
        "source": source,
        "verdict": "ready_for_review",
        "not_run": [],
        HASHES: hashes_of(files),
    }
    entry |= dict.fromkeys(("words", "block", "warn", "info"), 0)
    return PieceRow(slug, source, "0" * 64, "f", hash_of_files(files), NOW, NOW, entry), files


def origins(slug=SLUG):
    told = {"slug": slug, "number": 1, "source": "/in/a.txt", "sha256": "0" * 64, "substance": "0" * 64}
    return [
        told
        | {
            "size": None,
            "mtime": None,
            "etag": "",
            "last_modified": "",
            "piece": {},
            "checks": "",
            "said": b"x",
        }
    ]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def opened(out):
    return closing(Ledger(sqlite_url(out)))


def reserve(out, told):
    with opened(out) as ledger:
        ledger.reserve(told.slug, told.source, told.source_sha256, NOW)


def put(out, text):
    """As a shelf does it."""
    told, files = row(text)
    with opened(out) as ledger:
        claims = Claims(ledger)
        assert claims.take(told.source)
        noted = Note(told, origins=origins())
        journal.note(out, noted)
        folder.put(out, told.slug, files, why="x", replaced_at=NOW)
        journal.enter(out, ledger, noted)
        claims.leave(told.source)


def settle(out):
    with opened(out) as ledger:
        folder.recover(out, 0.0, busy=journal.settle(out, ledger, Claims(ledger)))


def versions(out):
    """Text of the piece, and the one that the ledger has."""
    with opened(out) as ledger:
        known = ledger.at(SLUG)
    text = folder.text_of(out, SLUG)
    return text, next(
        (t for t in ("old", "new") if known and known.entry[HASHES] == row(t)[0].entry[HASHES]), ""
    )


def left_over(out):
    rooms = (out / ".marbre" / room for room in ("new", "aside", "coming"))
    return [p for room in rooms if room.is_dir() for p in room.iterdir()]


@pytest.mark.parametrize("before", ["", "old"])
def test_wherever_it_is_killed_a_piece_is_old_or_new_and_the_ledger_says_which(out, before):
    reserve(out, row("x")[0])
    if before:
        put(out, before)
    kept = out.with_name("kept")
    shutil.copytree(out, kept)
    seen, number = set(), 1
    while killed_at(number, lambda: put(out, "new")):
        settle(out)
        assert versions(out) in ((before, before), ("new", "new")), number
        assert left_over(out) == []
        seen.add(versions(out)[0])
        shutil.rmtree(out)
        shutil.copytree(kept, out)
        number += 1
    assert seen == {before, "new"}
    assert number > 10


def test_settling_that_is_killed_is_done_by_the_next(out):
    reserve(out, row("x")[0])
    put(out, "old")
    told, files = row("new")
    journal.note(out, Note(told, origins=origins()))
    folder.put(out, SLUG, files, why="x", replaced_at=NOW)
    number = 1
    while killed_at(number, lambda: settle(out)):
        number += 1
    settle(out)
    assert versions(out) == ("new", "new")
    assert left_over(out) == []


def test_until_it_is_settled_nobody_has_edited_what_a_run_has_written(out):
    put_away, files = row("new")
    reserve(out, put_away)
    put(out, "old")
    journal.note(out, Note(put_away))
    folder.put(out, SLUG, files, why="x", replaced_at=NOW)
    assert not is_edited(out, row("old")[0])
    (out / SLUG / "article.md").write_text("mine")
    assert is_edited(out, row("old")[0])


def test_what_a_person_wrote_after_the_kill_stays_and_is_told_as_theirs(out):
    reserve(out, row("x")[0])
    put(out, "old")
    told, files = row("new")
    journal.note(out, Note(told, origins=origins()))
    folder.put(out, SLUG, files, why="x", replaced_at=NOW)
    (out / SLUG / "article.md").write_text("mine")
    settle(out)
    assert versions(out) == ("mine", "new")
    with opened(out) as ledger:
        known = ledger.at(SLUG)
    assert known
    assert is_edited(out, known)


def test_what_a_living_run_is_at_is_left_to_it(out):
    reserve(out, row("x")[0])
    put(out, "old")
    told, files = row("new")
    journal.note(out, Note(told, origins=origins()))
    folder.put(out, SLUG, files, why="x", replaced_at=NOW)
    with opened(out) as ledger, opened(out) as theirs:
        assert Claims(theirs).take(told.source)
        assert journal.settle(out, ledger, Claims(ledger)) == {SLUG}
    assert versions(out) == ("new", "old")


@pytest.mark.parametrize(
    "spoiled",
    ["", "{", "[]", '{"row": {}}', '{"row": {"slug": "../x"}, "instead_of": null, "origins": null}'],
)
def test_a_note_that_is_none_goes_and_does_nothing(out, spoiled):
    reserve(out, row("x")[0])
    put(out, "old")
    (out / ".marbre/coming" / f"{SLUG}.json").write_text(spoiled)
    settle(out)
    assert versions(out) == ("old", "old")
    assert left_over(out) == []


def test_a_note_takes_no_folder_away_by_a_path(out):
    reserve(out, row("x")[0])
    put(out, "new")
    told = {
        "row": {n: getattr(row("new")[0], n) for n in PieceRow.__slots__},
        "instead_of": "../in",
        "origins": None,
    }
    (out.parent / "in").mkdir()
    (out / ".marbre/coming" / f"{SLUG}.json").write_text(json.dumps(told))
    settle(out)
    assert (out.parent / "in").is_dir()


def test_a_draft_gives_its_place_up_once_the_piece_lies_there(out):
    draft, files = row("draft", "brouillon")
    reserve(out, draft)
    folder.put(out, "brouillon", files, why="x", replaced_at=NOW)
    with opened(out) as ledger:
        ledger.record(draft)
        ledger.reserve(SLUG, f"{draft.source}#written", draft.source_sha256, NOW)
    told, new = row("new")
    journal.note(out, Note(told, "brouillon", origins()))
    folder.put(out, SLUG, new, why="x", replaced_at=NOW, older="brouillon")
    settle(out)
    assert versions(out) == ("new", "new")
    assert not (out / "brouillon").exists()
    with opened(out) as ledger:
        assert [r.slug for r in ledger.pieces()] == [SLUG]


# --- links ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unlinked(tmp_path_factory):
    """Working drafts of the seeds, before links are placed."""
    out = tmp_path_factory.mktemp("unlinked") / "out"
    words = ("batch", SEEDS, "--out", out, "--writer", "offline", "--no-grammar", "--now", NOW)
    assert marbre(*words, MARBRE_LINKS="false").code == 3
    return out


def link(out):
    with opened(out) as ledger:
        shelf = Shelf(out, ledger, datetime.fromisoformat(NOW), Site())
        link_pieces(shelf, (), Claims(ledger))


def disagreeing(out):
    with opened(out) as ledger:
        return [r.slug for r in ledger.pieces() if folder.hashes(out, r.slug) != r.entry[HASHES]]


def test_wherever_placing_links_is_killed_no_piece_is_torn_or_taken_for_edited(unlinked, tmp_path):
    whole = tmp_path / "whole"
    shutil.copytree(unlinked, whole)
    link(whole)
    linked = bytes_of(whole)
    assert linked != bytes_of(unlinked)
    number = chance = random.randint(1, _STEP)
    out = tmp_path / "out"
    shutil.copytree(unlinked, out)
    while killed_at(number, lambda: link(out)):
        with opened(out) as ledger:
            assert not [r.slug for r in ledger.pieces() if is_edited(out, r)], number
        settle(out)
        assert disagreeing(out) == [], number
        link(out)
        assert disagreeing(out) == [], number
        assert left_over(out) == [], number
        assert bytes_of(out).keys() == linked.keys(), number
        shutil.rmtree(out)
        shutil.copytree(unlinked, out)
        number += _STEP
    assert bytes_of(out) == linked
    assert number > chance + 2 * _STEP


def test_a_piece_that_another_run_writes_just_now_gets_its_links_from_that_one(unlinked, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(unlinked, out)
    with opened(out) as ledger, opened(out) as theirs:
        rows = {r.slug: r for r in ledger.pieces()}
        slug = min(rows)
        assert Claims(theirs).take(rows[slug].source)
        journal.note(out, Note(rows[slug]))
        link_pieces(Shelf(out, ledger, datetime.fromisoformat(NOW), Site()), (), Claims(ledger))
        assert ledger.at(slug) == rows[slug]
        assert [p.name for p in left_over(out)] == [f"{slug}.json"], "what it is about to write stays noted"
        assert any(ledger.at(other) != rows[other] for other in rows if other != slug)


def test_what_others_put_into_a_folder_and_its_history_stay_when_links_are_placed(unlinked, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(unlinked, out)
    for place in [p for p in out.iterdir() if (p / "article.md").is_file()]:
        (place / "photo.png").write_bytes(b"image")
        (place / "history" / "1").mkdir(parents=True)
        (place / "history" / "1" / "article.md").write_text("old")
        before = hashlib.sha256((place / "report.html").read_bytes()).hexdigest()
        moment = (place / "report.html").stat().st_mtime_ns
    link(out)
    for place in [p for p in out.iterdir() if (p / "article.md").is_file()]:
        assert (place / "photo.png").read_bytes() == b"image"
        assert (place / "history" / "1" / "article.md").read_text() == "old"
    assert hashlib.sha256((place / "report.html").read_bytes()).hexdigest() == before
    assert (place / "report.html").stat().st_mtime_ns == moment, "what does not change keeps its time"


def test_a_run_ended_between_files_and_ledger_is_told_by_a_check_and_mended(unlinked, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(unlinked, out)
    with opened(out) as ledger:
        first = next(iter(ledger.pieces()))
    files = folder.read(out, first.slug)
    files["report.html"] += "\n"
    hashes = {**first.entry[HASHES], **hashes_of(files)}
    now = replace(first, files_sha256=hash_of_files(files), entry=first.entry | {HASHES: hashes})
    journal.note(out, Note(now))
    folder.renew(out, first.slug, files)
    told = marbre("ledger", "check", "--out", out, "--format", "json")
    assert [(s["what"], s["where"]) for s in told.json["seen"]] == [("left_over", first.slug)]
    assert marbre("ledger", "check", "--out", out, "--mend").code == 0
    assert marbre("ledger", "check", "--out", out).code == 0
    assert (out / FILE).is_file()
    assert disagreeing(out) == []
