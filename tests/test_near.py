"""The sources of a run, found again by their wording."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.items import Item, item_of_file
from pipeline.ledger import Ledger, PieceRow
from pipeline.model import Outcome
from pipeline.near import Near
from pipeline.remembered import READ, note_of, prints_of
from pipeline.stages import clean, ingest
from pipeline.wording import compare
from tests.reprints import LEDES, SEEDS, figures_changed, paragraphs, reprinted

SEED = "001_7107e614131a75cb"


@pytest.fixture
def ledger(tmp_path):
    with closing(Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")) as opened:
        yield opened


@pytest.fixture
def near(ledger, tmp_path):
    with closing(Near(ledger, tmp_path)) as opened:
        yield opened


def written(folder, name, text):
    path = folder / name
    path.write_text("\n\n".join(text), encoding="utf-8")
    return item_of_file(path)


def looked(near, item):
    return near.look(item, clean.clean(item.read()))


def test_a_reprint_is_found_and_says_what_it_has_of_its_own(near, tmp_path):
    first = written(tmp_path, "a.txt", paragraphs(SEED))
    again = written(tmp_path, "b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    assert looked(near, first) is None
    like = looked(near, again)
    assert like.found.is_again
    assert like.ref == first.ref
    for told in ("% of its wording stands in", first.ref, "of its own: «", "--near-duplicates write"):
        assert told in like.why


def test_a_reprint_of_a_reprint_is_told_of_the_first(near, tmp_path):
    texts = [paragraphs(SEED), reprinted(paragraphs(SEED), LEDES[SEED]), paragraphs(SEED)[1:]]
    items = [written(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)]
    found = [looked(near, item) for item in items]
    assert [like and like.ref for like in found] == [None, items[0].ref, items[0].ref]


def test_an_updated_story_is_told_otherwise_and_kept_for_those_that_follow(near, tmp_path):
    text = paragraphs(SEED)
    (updated, *_) = figures_changed(text)
    items = [
        written(tmp_path, n, t) for n, t in (("a.txt", text), ("b.txt", updated), ("c.txt", updated[:-1]))
    ]
    assert looked(near, items[0]) is None
    like = looked(near, items[1])
    assert not like.found.is_again
    assert "which it tells otherwise: « " in like.why
    last = looked(near, items[2])
    assert (last.ref, last.found.is_again) == (items[1].ref, True)


def test_five_articles_on_one_subject_are_five_stories(near):
    assert [looked(near, item_of_file(path)) for path in SEEDS.values()] == [None] * 5


def test_a_source_that_waited_and_comes_again_is_no_duplicate_of_itself(near, tmp_path):
    item = written(tmp_path, "a.txt", paragraphs(SEED))
    assert [looked(near, item), looked(near, item)] == [None, None]


def page(address, text):
    source = ingest.read_bytes("\n\n".join(text).encode(), address, "text/plain")
    return Item(address, address, lambda: source)


def test_a_page_is_not_fetched_again_to_be_compared(near):
    first = page("https://a.example/1", paragraphs(SEED))
    assert looked(near, first) is None
    like = looked(near, page("https://b.example/2", reprinted(paragraphs(SEED), LEDES[SEED])))
    assert (like.ref, like.found.is_again) == ("https://a.example/1", True)


def test_an_earlier_file_that_is_gone_makes_no_duplicate(near, tmp_path):
    first = written(tmp_path, "a.txt", paragraphs(SEED))
    looked(near, first)
    Path(first.path).unlink()
    assert looked(near, written(tmp_path, "b.txt", paragraphs(SEED)[1:])) is None


def row(item, article):
    entry = {
        "slug": "piece", "title": "t", "description": "d", "keyphrase": "k", "verdict": "needs_work", "words": 1,
        "block": 0, "warn": 0, "info": 0, "not_run": [], "source": item.ref, "writer": "m", READ: note_of(article),
    }  # fmt: skip
    stamp = "2026-01-31T09:00:00+01:00"
    return PieceRow("piece", item.key, article.sha256, "f", "h", stamp, stamp, entry)


def test_a_source_that_has_a_piece_is_never_one(ledger, near, tmp_path):
    looked(near, written(tmp_path, "a.txt", paragraphs(SEED)))
    own = written(tmp_path, "b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    ledger.adopt(row(own, clean.clean(own.read())))
    own = written(tmp_path, "b.txt", paragraphs(SEED)[1:])
    assert looked(near, own) is None


def test_a_piece_whose_folder_is_gone_has_no_duplicates(ledger, near, tmp_path):
    old = written(tmp_path, "a.txt", paragraphs(SEED))
    ledger.adopt(row(old, clean.clean(old.read())))
    assert looked(near, written(tmp_path, "b.txt", paragraphs(SEED)[1:])) is None


@pytest.mark.parametrize("prints", [None, "x", [None, "a", 2**40, -1, True, 1.5], [{}]])
def test_fingerprints_that_somebody_else_wrote_are_none(prints, tmp_path):
    item = written(tmp_path, "a.txt", paragraphs(SEED))
    known = row(item, clean.clean(item.read()))
    known.entry[READ]["prints"] = prints
    assert prints_of(known) == ()


def test_a_full_disk_fails_the_article_with_a_way_out(near, tmp_path, monkeypatch):
    def full():
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(near, "_opened", full)
    with pytest.raises(StorageError, match=r"disk is full.* --near-duplicates write"):
        looked(near, written(tmp_path, "a.txt", paragraphs(SEED)))


def test_a_form_that_hundreds_fill_in_is_compared_with_a_few(near, monkeypatch):
    """Each tells other figures, so none is a duplicate: what is looked at must not grow with their number."""
    compared = []

    def counted(one, other):
        compared.append(1)
        return compare(one, other)

    monkeypatch.setattr("pipeline.near.compare", counted)
    form = [
        "Le bureau de vote de la commune numéro {n} a fermé à 18 heures, et le dépouillement a commencé aussitôt.",
        "Les électeurs y étaient {m}, et la participation a reculé de 3 points par rapport au scrutin précédent.",
        "Le maire a remercié les assesseurs. Les résultats seront affichés à la mairie dès le lendemain matin.",
    ]
    number = 120
    found = [
        looked(near, page(f"https://a.example/{n}", [p.format(n=n, m=1_000 + n) for p in form]))
        for n in range(number)
    ]
    assert [like.found.is_again for like in found[1:]] == [False] * (number - 1)
    assert len(compared) <= 3 * number


def test_an_outcome_tells_what_it_resembles(near, tmp_path):
    import asyncio

    looked(near, written(tmp_path, "a.txt", paragraphs(SEED)))
    like = looked(near, written(tmp_path, "b.txt", paragraphs(SEED)[1:]))

    async def never() -> Outcome:
        raise AssertionError

    outcome = asyncio.run(like.heeded("b.txt", "0" * 64, never))
    assert (outcome.status, outcome.resembles, outcome.paid) == ("near_duplicate", like.ref, 0)
