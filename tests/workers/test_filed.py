"""Files in the ledger: names and bytes are looked at as they are read."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LedgerError
from pipeline.workers.filed import is_name
from pipeline.workers.stored import packed, unpacked


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
