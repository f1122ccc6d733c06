"""The archive: what is found in it, what is left out, and what a bad file does (nothing)."""

import os
import pickle
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.archive import open_archive
from pipeline.archive.index import MOST_PARAGRAPHS, MOST_PLACES
from pipeline.archive.shared import enter, open_shared
from pipeline.archive.tables import PRINTS
from pipeline.checks import examine
from pipeline.checks.check import Desk, Manuscript
from pipeline.dialects import enter_numbers, lowest_of_each
from pipeline.errors import UsageError
from pipeline.ledger import Ledger
from pipeline.model import Brief
from pipeline.text.markdown import parse
from pipeline.workers.queue import prepared

LIFTED = (
    "Les vignerons du coteau ont commencé lundi une vendange précoce, trois semaines avant la date habituelle, "
    "après un été sans pluie qui a mûri les grappes plus vite que prévu."
)
OTHER = "La patinoire du quartier ferme ses portes jusqu’au retour du froid, faute de crédits pour la machine à glace."
FRESH = "À cause de la sécheresse, on cueille déjà le raisin sur ces pentes : du jamais vu en septembre."


def put(folder, slug, text, front=""):
    path = folder / slug / "article.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: Titre de {slug}\nslug: {slug}\n{front}---\n\n# Titre\n\n{text}\n", encoding="utf-8"
    )
    return path


def found(index, text, slugs=(), path=None):
    manuscript = Manuscript(
        parse(f"# Titre\n\n{text}\n"), Brief(words=3), desk=Desk(index.without(slugs, path))
    )
    return [f for f in examine(manuscript).findings if f.code == "ORI005"]


@pytest.fixture(params=["kept", "in memory", "on a server"])
def out(request, tmp_path):
    folder = tmp_path / "out"
    if request.param == "on a server":
        with closing(prepared(Ledger(request.getfixturevalue("postgres").schema()))) as ledger:
            yield ledger
        return
    if request.param == "kept":
        folder.mkdir()
    yield folder


def opened(folder, out):
    """`out` is where the index lies: below a folder, or in a ledger."""
    return (
        open_shared(out, Path(str(enter(out, folder))))
        if isinstance(out, Ledger)
        else open_archive(folder, out)
    )


@pytest.fixture
def archive(tmp_path):
    put(tmp_path / "archive", "vendange", LIFTED)
    put(tmp_path / "archive", "patinoire", OTHER)
    return tmp_path / "archive"


def test_a_sentence_of_an_archived_piece_blocks_and_the_piece_is_named(archive, out):
    (finding,) = found(opened(archive, out), f"On le sait. {LIFTED} Voilà.")
    assert finding.severity == "block"
    assert "“Titre de vendange” (vendange)" in finding.message
    assert (finding.evidence[0].source, finding.evidence[0].paragraph) == ("archive", "vendange")
    assert finding.evidence[0].text == LIFTED
    assert finding.where.text.startswith("Les vignerons")


def test_the_same_news_in_other_words_is_no_copy(archive, out):
    assert found(opened(archive, out), FRESH) == []


def test_a_closed_quotation_may_be_repeated_and_one_left_open_hides_nothing(archive, out):
    index = opened(archive, out)
    assert found(index, f"Il dit : « {LIFTED} »") == []
    assert len(found(index, f"Il dit : « {LIFTED}")) == 1


def test_a_piece_is_not_held_against_itself_nor_its_earlier_versions(archive, out):
    earlier = archive / "vendange" / "history" / "1" / "article.md"
    earlier.parent.mkdir(parents=True)
    earlier.write_text(f"# Titre\n\n{LIFTED}\n")
    (archive / "vendange" / "notes.md").write_text(LIFTED)
    index = opened(archive, out)
    assert index.pieces == 2
    assert found(index, LIFTED, ["vendange"]) == []
    if index.folder:
        assert found(index, LIFTED, path=archive / "vendange" / "article.md") == []
    assert found(index, LIFTED, ["patinoire"]) != []


def test_a_working_draft_is_no_piece_already_written(archive, out):
    put(archive, "vendange", LIFTED, "stage: working_draft\n")
    assert found(opened(archive, out), LIFTED) == []


def test_a_flat_folder_of_markdown_files_is_an_archive_too(tmp_path, out):
    folder = tmp_path / "articles" / "2025"
    folder.mkdir(parents=True)
    (folder / "Vendange.MD").write_bytes(LIFTED.encode("cp1252", "replace"))
    (folder / ".brouillon.md").write_text(OTHER)
    index = opened(tmp_path / "articles", out)
    assert found(index, OTHER) == []
    (finding,) = found(index, LIFTED)
    assert "(Vendange)" in finding.message


def test_the_index_follows_its_files(archive, out):
    index = opened(archive, out)
    index.close()
    put(archive, "vendange", OTHER + " Une phrase de plus.")
    put(archive, "nouveau", LIFTED)
    index = opened(archive, out)
    (finding,) = found(index, LIFTED)
    assert "(nouveau)" in finding.message
    index.close()
    (archive / "nouveau" / "article.md").unlink()
    index = opened(archive, out)
    assert found(index, LIFTED) == []
    assert index.pieces == 2


def test_an_index_brought_up_to_date_finds_what_a_fresh_one_finds(archive, tmp_path, out):
    opened(archive, out).close()
    for number in range(5):
        put(archive, f"vendange-{number}", f"{OTHER}\n\nEnfin. {LIFTED}")
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    text = f"Il neige. {LIFTED}\n\n{OTHER}"
    assert found(opened(archive, out), text) == found(open_archive(archive, fresh), text)


def test_a_piece_written_in_this_run_counts_at_once(archive, tmp_path, out):
    index = opened(archive, out)
    text = "Le tramway roulera sur la rive gauche dès la rentrée prochaine, annonce la régie après six ans de travaux."
    assert found(index, text) == []
    index.add(put(archive, "tram", text))
    index.add(put(tmp_path / "elsewhere", "tram-ailleurs", text))
    assert len(found(index, text)) == 1
    assert found(index, text, ["tram", "tram-ailleurs"]) == []


def test_bad_files_are_told_and_harm_nothing(archive, out):
    (archive / "loop").symlink_to(archive)
    (archive / "gone.md").symlink_to(archive / "nowhere.md")
    (archive / "self.md").symlink_to(archive / "self.md")
    (archive / "big.md").write_bytes(b"un mot " * 750_000)
    (archive / "noise.md").write_bytes(bytes(range(256)) * 40)
    (archive / "folder.md").mkdir()
    os.mkfifo(archive / "pipe.md")
    index = opened(archive, out)
    findings = found(index, LIFTED)
    told = next(f for f in findings if f.severity == "info").message
    assert [f.severity for f in findings if f.severity != "info"] == ["block"]
    assert "\n" not in told
    assert "big.md (larger than a piece can be)" in told
    assert "gone.md (No such file or directory)" in told
    assert "self.md" in told


def test_a_name_that_is_no_text_is_told(archive, out):
    (archive / "x").write_text(LIFTED)
    (archive / "x").rename(os.fsdecode(os.fsencode(archive) + b"/caf\xe9\n.md"))
    index = opened(archive, out)
    assert [f.severity for f in found(index, LIFTED)] == ["info", "block"]
    assert "its name is not text" in index.left_out[0]


def test_a_file_that_grew_beyond_reason_leaves_the_index(archive, out):
    opened(archive, out).close()
    put(archive, "vendange", LIFTED + " encore" * 200_000)
    assert [f.severity for f in found(opened(archive, out), LIFTED)] == ["info"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="There is no folder"):
        open_archive(tmp_path / "none", tmp_path)


@pytest.mark.parametrize("spoil", ["torn", "older"])
def test_an_index_that_cannot_be_used_is_made_again(archive, tmp_path, spoil):
    open_archive(archive, tmp_path).close()
    (store,) = (tmp_path / ".marbre").glob("archive-*.sqlite3")
    if spoil == "torn":
        store.write_bytes(b"no database" * 1000)
    else:
        with sqlite3.connect(store) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
    assert len(found(open_archive(archive, tmp_path), LIFTED)) == 1
    assert store.is_file()


def test_where_nothing_can_be_written_the_index_lives_in_memory(archive, tmp_path):
    (tmp_path / ".marbre").write_text("in the way")
    assert len(found(open_archive(archive, tmp_path), LIFTED)) == 1


def test_a_stock_phrase_does_not_hide_a_rare_copy(tmp_path, out):
    stock = "Le conseil municipal de la ville se réunit chaque premier lundi du mois dans la salle des fêtes."
    for number in range(max(MOST_PARAGRAPHS, MOST_PLACES) + 20):
        put(tmp_path / "a", f"p{number:03}", stock.replace("mois", f"mois {number}"))
    put(tmp_path / "a", "z-rare", LIFTED)
    findings = found(opened(tmp_path / "a", out), f"{stock}\n\n{LIFTED}")
    assert any("(z-rare)" in f.message for f in findings)
    assert len(findings) == 2


def test_a_look_reads_no_more_of_a_large_archive_than_it_needs(archive, out):
    index = opened(archive, out)
    many = [(index.archive, n % 20_000, n) for n in range(40_000)]
    index.base.doing(lambda connection: enter_numbers(connection, PRINTS, many))
    many = [(index.archive, -1, n) for n in range(20_000)]
    index.base.doing(lambda connection: enter_numbers(connection, PRINTS, many))
    start = time.process_time()
    keys = [-1, *range(300), 30_000]
    places = index.base.doing(lambda c: lowest_of_each(c, PRINTS, index.archive, keys, 50))
    assert time.process_time() - start < 2, "it takes milliseconds"
    assert sorted(places) == sorted(
        [(-1, n) for n in range(50)] + [(n, p) for n in range(300) for p in (n, n + 20_000)]
    )


def test_a_title_that_is_no_text_is_read_as_far_as_it_is(archive, out):
    put(archive, "drôle", FRESH, 'author: "\\ud800"\n')
    path = archive / "drôle" / "article.md"
    path.write_text(path.read_text().replace("Titre de drôle", '"a \\ud800\\0 b"'))
    (finding,) = found(opened(archive, out), FRESH)
    assert "drôle" in finding.message


def test_pieces_checked_in_threads_share_an_index(archive, out):
    index = opened(archive, out)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda n: len(found(index, f"{LIFTED} Fin {n}.")), range(12)))
    assert counts == [1] * 12


def test_another_process_sees_the_same_archive_and_what_is_added_to_it(archive, tmp_path):
    (tmp_path / "kept").mkdir()
    index = open_archive(archive, tmp_path / "kept")
    there = pickle.loads(pickle.dumps(index.without(["patinoire"])))
    assert there.pieces == 2
    index.add(put(archive, "neige", FRESH))
    assert there.pieces == 3
    assert found(there.index, LIFTED)
    assert not found(there.index, OTHER, ["patinoire"])


def test_an_archive_in_memory_is_not_sent_anywhere(archive, tmp_path):
    index = open_archive(archive, tmp_path / "nowhere")
    assert index.in_memory
    with pytest.raises(TypeError):
        pickle.dumps(index)
