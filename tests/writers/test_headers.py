import pytest

from pipeline.writers.headers import Allowance, allowance, duration, retry_after


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("20ms", 0.02),
        ("1h2m3.5s", 3723.5),
        ("1d", 86400.0),
        ("7.66s", 7.66),
        ("12", 12.0),
        ("", None),
        ("soon", None),
        ("6m soon", None),
        ("-1", None),
        ("nan", None),
        ("2026-01-31T09:00:00Z", None),
    ],
)
def test_a_reset_is_a_duration_or_not_understood(text, seconds):
    assert duration(text) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 60.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "after lunch"}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "6m0s"}, None),
        ({}, None),
    ],
)
def test_what_the_server_asks_to_wait_is_read_from_what_it_sends(headers, seconds):
    assert retry_after(headers, now=40.0) == seconds


def test_an_allowance_keeps_what_is_told_and_no_nonsense():
    headers = {"x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "many"}
    assert allowance(headers, "requests") == Allowance(60.0, None, None)
