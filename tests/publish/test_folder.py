import json
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.publish import folder

FILES = dict.fromkeys(folder.FILES, "un")


def put(out, text="un", slug="otan"):
    return folder.put(
        out, slug, dict.fromkeys(folder.FILES, text), why="source changed", replaced_at="2026-01-01"
    )


def test_a_piece_is_written_whole(tmp_path):
    put(tmp_path)
    assert folder.is_whole(tmp_path, "otan")
    assert not list((tmp_path / ".marbre/new").iterdir())


def test_an_older_version_goes_to_history_with_the_reason(tmp_path):
    for text in ("un", "deux", "trois"):
        put(tmp_path, text)
    history = tmp_path / "otan/history"
    assert (tmp_path / "otan/article.md").read_text() == "trois"
    assert [(history / n / "article.md").read_text() for n in ("1", "2")] == ["un", "deux"]
    assert json.loads((history / "2/why.json").read_text()) == {
        "why": "source changed",
        "replaced": "2026-01-01",
    }


def test_a_crash_between_the_two_moves_is_mended_by_the_next_run(tmp_path, monkeypatch):
    put(tmp_path)
    rename = Path.rename

    def dies(self, target):
        if ".marbre/new" in str(self):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, "deux")
    monkeypatch.undo()
    assert not (tmp_path / "otan").exists()
    folder.recover(tmp_path, 0)
    assert (tmp_path / "otan/article.md").read_text() == "un"


def test_a_link_in_the_place_of_a_piece_goes_and_what_it_leads_to_stays(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    put(out)
    (out / "otan").rename(elsewhere)
    (out / "otan").symlink_to(elsewhere)
    put(out, "deux")
    assert not (out / "otan").is_symlink()
    assert [p.read_text() for p in (out / "otan/article.md", elsewhere / "article.md")] == ["deux", "un"]
    assert list(folder.unfinished(out)) == []


def test_a_full_disk_leaves_the_old_piece_and_says_so(tmp_path, monkeypatch):
    put(tmp_path)

    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write", full)
    with pytest.raises(StorageError, match="No space left on device"):
        put(tmp_path, "deux")
    assert (tmp_path / "otan/article.md").read_text() == "un"
    assert not list((tmp_path / ".marbre/new").iterdir())


def test_a_page_that_did_not_change_is_not_touched(tmp_path):
    page = tmp_path / "index.html"
    folder.put_page(page, "<p>un")
    before = page.stat().st_mtime_ns
    folder.put_page(page, "<p>un")
    assert page.stat().st_mtime_ns == before
    folder.put_page(page, "<p>deux")
    assert page.read_text() == "<p>deux"


def test_what_an_editor_put_beside_a_piece_stays_with_it(tmp_path):
    put(tmp_path)
    (tmp_path / "otan/photo.png").write_bytes(b"image")
    (tmp_path / "otan/notes").mkdir()
    (tmp_path / "otan/notes/a.txt").write_text("à voir")
    put(tmp_path, "deux")
    assert (tmp_path / "otan/photo.png").read_bytes() == b"image"
    assert (tmp_path / "otan/notes/a.txt").read_text() == "à voir"


def test_what_a_killed_run_left_half_made_is_swept_away_a_day_later(tmp_path):
    half = tmp_path / ".marbre/new/otan.1234"
    half.mkdir(parents=True)
    begun = half.stat().st_mtime
    folder.recover(tmp_path, begun + 3_600)
    assert half.exists()
    folder.recover(tmp_path, begun + 90_000)
    assert not half.exists()


def test_a_format_that_is_no_longer_asked_for_goes_to_history_with_its_text(tmp_path):
    files = dict.fromkeys((*folder.FILES, "hugo.md"), "un")
    folder.put(tmp_path, "otan", files, why="new", replaced_at="2026-01-01")
    put(tmp_path, "deux")
    assert not (tmp_path / "otan/hugo.md").exists()
    assert (tmp_path / "otan/history/1/hugo.md").read_text() == "un"
