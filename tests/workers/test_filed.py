"""Files in the ledger: names and bytes are looked at as they are read."""

import zlib
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LedgerError
from pipeline.origins import all_known
from pipeline.workers.filed import FiledLedger, is_name
from pipeline.workers.queue import prepared
from pipeline.workers.stored import packed, unpacked
from tests.e2e.marbre import NOW
from tests.test_journal import row


@pytest.mark.parametrize(
    "name", ["article.md", "report.html", "hugo.md", "history/12/article.md", "history/1/why.json"]
)
def test_files_of_a_piece_and_of_its_earlier_versions_are_known(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["../article.md", "/article.md", "history/../article.md", "history/0/article.md", "a/article.md", "x.md", "",
     "article.md\n", "history/1/2/article.md"],
)  # fmt: skip
def test_no_other_name_is_a_path(name):
    assert not is_name(name)


@given(st.binary(max_size=10_000))
def test_what_is_packed_comes_back(data):
    assert unpacked(packed(data)) == data


@pytest.mark.parametrize("data", [b"", b"nonsense", packed(b"text")[:-2], zlib.compress(b"\0" * 60_000_000)])
def test_what_is_damaged_or_too_large_is_told_in_one_line(data):
    with pytest.raises(LedgerError, match="did not write"):
        unpacked(data)


def test_background_has_the_name_it_was_submitted_under_whatever_folder_the_worker_is_in(postgres, tmp_path):
    said: dict[str, object] = dict.fromkeys(("substance", "etag", "last_modified", "checks"), "")
    said |= {"slug": "a", "sha256": "1" * 64, "size": None, "mtime": None, "piece": {}, "said": b""}
    with closing(FiledLedger(postgres.schema(), tmp_path)) as ledger:
        prepared(ledger)
        ledger.names["1" * 64] = "/in/b.txt"
        entry = row("x", slug="a")[0].entry
        known = replace(ledger.reserve("a", "/in/a.txt", "1" * 64, NOW), files_sha256="x", entry=entry)
        ledger.record(known, origins=[said | {"number": n, "source": f"/elsewhere/{n}.txt"} for n in (1, 2)])
        (piece,) = all_known(ledger)
    assert [o.source for o in piece.origins] == ["/elsewhere/1.txt", "/in/b.txt"]
