import hashlib
import json
import os
import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import StorageError, UsageError
from pipeline.ledger import FILE, Ledger
from pipeline.publish.folder import FILES
from pipeline.upkeep import backup
from tests.e2e.marbre import SEEDS


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Two sources and their working drafts, with their ledger."""
    root = tmp_path_factory.mktemp("written")
    (root / "in").mkdir()
    for name in ("a", "b"):
        seed = sorted(SEEDS.glob("*.txt"))[ord(name) - ord("a")]
        shutil.copy(seed, root / "in" / f"{name}.txt")
    run(root, "batch", str(root / "in"), "--no-grammar")
    return root


@pytest.fixture
def desk(written, tmp_path):
    """A copy at a place of its own: the ledger knows the sources by their content then."""
    shutil.copytree(written, tmp_path / "desk")
    return tmp_path / "desk"


def run(root, *words):
    return CliRunner().invoke(cli, [*words, "--out", str(root / "out")])


def check(root, *words):
    ran = run(root, "ledger", "check", *words)
    return (
        ran.exit_code,
        [line.partition(":")[0] for line in ran.stdout.splitlines() if "[" in line],
        ran.stdout,
    )


def pieces(root):
    return sorted(p for p in (root / "out").iterdir() if p.is_dir() and not p.name.startswith("."))


def rows(root, query):
    with closing(sqlite3.connect(root / "out" / FILE)) as ledger:
        found = ledger.execute(query).fetchall()
        ledger.commit()
    return found


def test_what_a_run_leaves_agrees(desk):
    assert check(desk) == (0, [], "The ledger and the pieces agree.\n")


def test_a_piece_whose_files_are_gone_is_written_again_by_the_next_batch(desk):
    (pieces(desk)[0] / "article.md").unlink()
    assert check(desk, "--mend")[:2] == (3, ["no_folder"])
    assert "0 calls paid" in run(desk, "batch", str(desk / "in"), "--no-grammar").stdout
    assert check(desk)[0] == 0


def test_an_edited_piece_is_told_and_never_touched(desk):
    edited = pieces(desk)[0] / "article.md"
    edited.write_text(edited.read_text() + "\nUne phrase de plus.\n")
    before = edited.read_bytes()
    assert check(desk, "--mend")[:2] == (0, ["edited"])
    assert edited.read_bytes() == before


@pytest.mark.parametrize(
    "lost", ["DELETE FROM pieces", "UPDATE pieces SET files_sha256 = '', fingerprint = ''"]
)
def test_pieces_that_the_ledger_lost_are_adopted_and_left_alone(desk, lost):
    before = rows(desk, "SELECT slug, source_sha256, files_sha256, date_published FROM pieces ORDER BY slug")
    files = {p: p.read_bytes() for folder in pieces(desk) for p in folder.iterdir() if p.is_file()}
    rows(desk, lost)
    assert check(desk)[:2] == (3, ["no_row", "no_row"])
    assert check(desk, "--mend")[0] == 0
    assert (
        rows(desk, "SELECT slug, source_sha256, files_sha256, date_published FROM pieces ORDER BY slug")
        == before
    )
    assert "2 unchanged" in run(desk, "batch", str(desk / "in"), "--no-grammar").stdout
    assert {p: p.read_bytes() for p in files} == files
    assert check(desk)[0] == 0


def test_an_adopted_piece_is_written_again_when_its_source_changes(desk):
    rows(desk, "DELETE FROM pieces")
    check(desk, "--mend")
    source = desk / "in" / "a.txt"
    slug = rows(
        desk,
        f"SELECT slug FROM pieces WHERE source_sha256 = '{hashlib.sha256(source.read_bytes()).hexdigest()}'",
    )
    assert slug
    source.write_text(source.read_text() + "\n\nLe conseil en débattra encore jeudi soir à Bruxelles.\n")
    assert "1 unchanged" in run(desk, "batch", str(desk / "in"), "--no-grammar").stdout


@pytest.mark.parametrize("spoiled", ["{", '{"schema": "marbre.report/1"}', "[" * 100_000, "\x00"])
def test_a_folder_that_does_not_tell_its_piece_is_left(desk, spoiled):
    rows(desk, "DELETE FROM pieces")
    folder = pieces(desk)[0]
    (folder / "report.json").write_text(spoiled)
    shutil.rmtree(pieces(desk)[1])
    assert check(desk, "--mend")[:2] == (3, ["no_row"])
    assert (folder / "report.json").read_text() == spoiled


def test_a_copy_of_a_piece_is_no_second_one(desk):
    first = pieces(desk)[0]
    shutil.copytree(first, first.with_name("copie"))
    assert check(desk, "--mend")[:2] == (3, ["no_row"])
    assert first.with_name("copie").is_dir()


def test_what_a_crash_left_is_taken_away_or_put_back(desk):
    hidden, piece = desk / "out" / ".marbre", pieces(desk)[0]
    (hidden / "new" / "x.12345678").mkdir(parents=True)
    (hidden / "aside").mkdir(exist_ok=True)
    shutil.move(piece, hidden / "aside" / f"{piece.name}.12345678")
    (desk / "out" / ".index.html.0a1b2c3d").write_text("half")
    for old in (hidden / "new" / "x.12345678", desk / "out" / ".index.html.0a1b2c3d"):
        os.utime(old, (0, 0))
    (desk / "out" / ".notes").write_text("mine")
    code, found, _ = check(desk, "--mend")
    assert (code, sorted(found)) == (3, ["left_over", "left_over", "left_over", "no_folder"])
    assert check(desk)[:2] == (0, [])
    assert {p.name for p in piece.iterdir()} >= set(FILES)
    assert (desk / "out" / ".notes").read_text() == "mine"


def test_what_a_run_may_be_making_just_now_is_left(desk):
    (desk / "out" / ".marbre" / "new" / "x.12345678").mkdir(parents=True)
    assert check(desk, "--mend")[:2] == (0, [])


def test_a_claim_of_a_run_that_is_gone_is_lifted(desk):
    rows(desk, "INSERT INTO claims VALUES ('/a.txt', 'r', 'h s 1', 1.0)")
    assert check(desk, "--mend")[:2] == (0, ["stale_claim"])
    assert rows(desk, "SELECT * FROM claims") == []


def test_a_damaged_ledger_is_told_with_what_to_do(desk):
    path = desk / "out" / FILE
    with closing(sqlite3.connect(path)) as ledger:
        ledger.execute("PRAGMA journal_mode=DELETE")
        (page,) = ledger.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'pieces_by_content'"
        ).fetchone()
        (size,) = ledger.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size + 200 : page * size] = b"\xff" * (size - 200)
    path.write_bytes(data)
    code, found, told = check(desk)
    assert (code, found[0]) == (4, "damaged")
    assert "Restore a backup" in told


def test_a_backup_is_whole_while_others_write(desk, tmp_path):
    path, copy = desk / "out" / FILE, tmp_path / "copy.sqlite3"
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(path, timeout=30)) as ledger:
            for n in range(100_000):
                if stop.is_set():
                    return
                ledger.execute("INSERT INTO claims VALUES (?, 'r', 'p', 1)", (f"/{n}",))
                ledger.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            backup(path, copy)
    finally:
        stop.set()
        writer.join()
    assert [p.name for p in tmp_path.glob("*copy*")] == ["copy.sqlite3"], (
        "one file, that can be moved by itself"
    )
    with closing(Ledger(f"sqlite:///{copy}")) as ledger:
        assert len(list(ledger.pieces())) == 2


BEFORE = b"SQLite format 3\x00, the one before"


def test_a_backup_that_fails_leaves_the_one_before(desk, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(BEFORE)
    (tmp_path / "bad.sqlite3").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(StorageError):
        backup(tmp_path / "bad.sqlite3", copy)
    assert copy.read_bytes() == BEFORE
    assert {p.name for p in tmp_path.iterdir()} == {"copy.sqlite3", "bad.sqlite3", "desk"}


def test_a_backup_replaces_no_file_that_is_none(desk, tmp_path):
    """One name too few on the line, and an article would be gone."""
    article = tmp_path / "article.txt"
    article.write_text("Un article.", encoding="utf-8")
    with pytest.raises(UsageError, match="another file"):
        backup(desk / "out" / FILE, article)
    assert article.read_text(encoding="utf-8") == "Un article."
    for before in (b"", b"SQLite format 3\x00 an earlier one"):
        article.write_bytes(before)
        backup(desk / "out" / FILE, article)
        assert len(article.read_bytes()) > len(before) + 1_000


def test_a_ledger_is_no_backup_of_itself(desk):
    with pytest.raises(UsageError):
        backup(desk / "out" / FILE, desk / "out" / FILE)


@pytest.mark.parametrize("words", [("ledger", "check"), ("ledger", "backup", "x.sqlite3")])
def test_where_there_is_no_ledger_none_is_made(tmp_path, words):
    assert run(tmp_path, *words).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_all_pieces_is_made_again_only_when_it_would_differ(desk):
    page = desk / "out" / "index.html"
    run(desk, "batch", str(desk / "in"), "--no-grammar")
    made = page.read_bytes()
    os.utime(page, (0, 0))
    run(desk, "batch", str(desk / "in"), "--no-grammar")
    assert page.stat().st_mtime == 0
    page.write_text("spoiled")
    run(desk, "batch", str(desk / "in"), "--no-grammar")
    assert page.read_bytes() == made
    page.unlink()
    run(desk, "batch", str(desk / "in"), "--no-grammar")
    assert page.read_bytes() == made


def lose_the_ledger(desk):
    shutil.rmtree(desk / "out" / ".marbre")


def test_a_batch_into_a_folder_whose_ledger_is_gone_enters_its_pieces_and_writes_none_a_second_time(desk):
    before = {p: p.read_bytes() for folder in pieces(desk) for p in folder.iterdir() if p.is_file()}
    lose_the_ledger(desk)
    planned = run(desk, "batch", str(desk / "in"), "--no-grammar", "--dry-run")
    assert "0 to write, 2 finished" in planned.stdout
    assert not (desk / "out" / ".marbre").exists()
    ran = run(desk, "batch", str(desk / "in"), "--no-grammar")
    assert "2 unchanged" in ran.stdout
    assert f"2 pieces in {desk / 'out'} that no ledger knew were entered again" in ran.stderr
    assert {p: p.read_bytes() for folder in pieces(desk) for p in folder.iterdir() if p.is_file()} == before
    assert "were entered" not in run(desk, "batch", str(desk / "in"), "--no-grammar").stderr


def test_a_text_that_somebody_edited_before_the_ledger_was_lost_is_still_theirs(desk):
    edited = pieces(desk)[0] / "article.md"
    edited.write_text(edited.read_text() + "\nUne phrase de plus.\n")
    before = edited.read_bytes()
    lose_the_ledger(desk)
    assert "edited by hand" in run(desk, "batch", str(desk / "in"), "--no-grammar").stdout
    assert edited.read_bytes() == before
    assert check(desk)[1] == ["edited"]


def test_a_check_of_a_folder_whose_ledger_is_gone_tells_its_pieces_and_mends_them(desk):
    lose_the_ledger(desk)
    assert check(desk)[:2] == (3, ["no_row", "no_row"])
    assert not (desk / "out" / ".marbre").exists()
    assert check(desk, "--mend")[:2] == (0, ["no_row", "no_row"])
    assert check(desk)[:2] == (0, [])


def test_who_asks_for_a_ledger_that_is_gone_is_told_how_to_have_its_pieces_entered(desk, tmp_path):
    lose_the_ledger(desk)
    assert "marbre ledger check --mend" in run(desk, "refresh").stderr
    assert "marbre batch" in run(tmp_path / "nowhere", "refresh").stderr


def test_a_backup_is_told_as_json_too(desk):
    target = desk / "copy.sqlite3"
    ran = run(desk, "ledger", "backup", str(target), "--format", "json")
    assert json.loads(ran.stdout) == {
        "schema": "marbre.backup/1", "file": str(target), "bytes": target.stat().st_size,
    }  # fmt: skip


def test_a_working_draft_of_a_folder_whose_ledger_was_lost_gives_way_to_a_written_piece(desk):
    lose_the_ledger(desk)
    asked = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--dry-run", "--no-grammar")
    assert "2 to write, 0 finished" in run(desk, "batch", str(desk / "in"), *asked).stdout


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told["provenance"]["sources"][0].update(sha256="\ud800"),
        lambda told: told["provenance"]["sources"][0].update(sha256="../../x"),
        lambda told: told["provenance"].update(sources=[{"sha256": "0" * 64, "url": "\ud800"}]),
        lambda told: told.update(writer="\ud800"),
    ],
)
def test_a_report_that_no_run_wrote_stops_no_batch_and_enters_nothing(desk, spoil):
    report = pieces(desk)[0] / "report.json"
    told = json.loads(report.read_text())
    spoil(told)
    report.write_text(json.dumps(told))
    lose_the_ledger(desk)
    assert check(desk)[1:2] == (["no_row", "no_row"],)
    ran = run(desk, "batch", str(desk / "in"), "--no-grammar")
    assert ran.exit_code == 3
    assert "1 piece in" in ran.stderr


@pytest.mark.parametrize("file", ["/dev/zero", "a\x00b", "a" * 5_000, "\ud800"])
def test_no_report_has_a_file_read_that_is_no_source(desk, file):
    report = pieces(desk)[0] / "report.json"
    told = json.loads(report.read_text())
    told["provenance"]["sources"][0]["file"] = file
    report.write_text(json.dumps(told))
    lose_the_ledger(desk)
    assert check(desk, "--mend")[0] in (0, 3)
