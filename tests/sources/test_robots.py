import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.robots import READ, Rules


def allows(text, path="/a/b.html"):
    return Rules(text).allows(f"https://journal.example{path}")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: GPTBot\nDisallow: /", True),
        ("User-agent: marbre\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: Marbre\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b", True),
        ("User-agent: *\nAllow: /\nDisallow: /a/", False),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /*.pdf$", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", False),
        ("<html>not a robots file</html>", True),
    ],
)
def test_the_longest_rule_of_our_group_decides(text, allowed):
    assert allows(text) is allowed


def test_the_pause_a_site_asks_for_is_ours_before_everybody_s():
    text = "User-agent: *\nCrawl-delay: 5\n\nUser-agent: marbre\nCrawl-delay: 2"
    assert Rules(text).delay == 2
    assert Rules("User-agent: *\nCrawl-delay: soon").delay == 0


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: r{n}\n" for n in range(15_000))
        + "".join(f"Disallow: /{n}\n" for n in range(20_000)),
        "User-agent: *\n" + "Disallow: " + "/*a" * 100_000,
        "User-agent: *\n" + "Disallow: /*a*b$\n" * 25_000,
    ],
)
def test_a_hostile_file_is_read_in_time(text):
    started = time.process_time()
    Rules(text[:READ]).allows("https://journal.example/" + "a" * 2000)
    assert time.process_time() - started < 3


@given(st.text())
def test_any_text_is_read(text):
    Rules(text).allows("https://journal.example/a")
    assert Rules(text).delay >= 0
