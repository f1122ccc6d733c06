"""What a server says of itself is no more trusted than what it answers."""

import json

import pytest

from pipeline.writers import refusals
from pipeline.writers.batch_api import _objects
from pipeline.writers.exchange import _sendable, _usage
from pipeline.writers.judge import read


def test_a_key_that_a_server_repeats_is_not_told():
    said = refusals._said(
        {"message": "bad header Authorization: Bearer abc123-XYZ, key sk-proj-12345678"}, ""
    )
    assert "abc123" not in said
    assert "12345678" not in said
    assert "bad header" in said


def test_a_count_of_tokens_beyond_all_measure_can_be_written_down():
    usage = _usage({"prompt_tokens": 10**30, "completion_tokens": -5})
    assert usage
    assert 0 < usage.input <= 10**9
    assert usage.output == 0


def test_a_name_with_half_a_character_can_be_written_down():
    _sendable("m\ud800").encode("utf-8")


def test_a_line_of_brackets_in_a_batch_is_passed_over():
    assert list(_objects([b"[" * 200_000, json.dumps({"id": 1}).encode()])) == [{"id": 1}]


def test_a_verdict_without_end_is_no_verdict():
    with pytest.raises(ValueError, match="JSON"):
        list(read('{"verdicts": [{"number": 1e999, "verdict": "supported"}]}', (), "juge"))
