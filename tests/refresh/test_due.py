"""Reasons, and what is none."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.refresh import traffic
from pipeline.refresh.due import Remembered, Seen, Sight, Wanted, due, key_of
from pipeline.refresh.signs import Sign
from pipeline.refresh.traffic import Traffic, decay

NOW = datetime.fromisoformat("2027-03-03T09:00:00+01:00")
ROW = Remembered("otan", "m", prompts=("plan/2", "refresh/1", "write/2"))
SAME = Seen((Sight("S1"), Sight("S2")))


def codes(row=ROW, seen=SAME, **more):
    return [r.code for r in due(row, seen, NOW, **more)]


@given(st.integers(0, 36_500))
def test_age_alone_is_never_a_reason(days):
    assert due(ROW, SAME, NOW + timedelta(days=days)) == ()


def test_a_changed_source_is_told_apart_from_changed_background():
    changed = Seen(
        (Sight("S1", "changed", "1 paragraphe modifié"), Sight("S2", "changed", "1 paragraphe ajouté"))
    )
    assert codes(seen=changed) == ["source_changed", "related_changed"]
    assert str(due(ROW, changed, NOW)[0]) == "source_changed: S1, 1 paragraphe modifié"


def test_a_source_that_is_gone_is_no_reason():
    assert codes(seen=Seen((Sight("S1", "gone", "There is no such file."),))) == []


def test_signs_count_from_their_day_on():
    row = Remembered("otan", "m", (Sign("stale_sign", "cette année", "2027-01-01", "0" * 16),))
    assert codes(row) == ["stale_sign"]
    assert due(row, SAME, NOW.replace(year=2026)) == ()


def test_model_and_prompts_are_reasons_only_when_asked_for():
    assert codes(wanted=Wanted("m", ("plan/2", "write/2"))) == []
    assert codes(wanted=Wanted("other", ("plan/2", "write/3"))) == ["model", "prompt"]
    draft = Remembered("otan", "offline")
    assert codes(draft, wanted=Wanted("m", ("write/3",))) == []


def test_all_that_is_seen_becomes_a_reason_of_its_own():
    seen = Seen(new=("« Titre » apporte « 12 morts »",), dead=("https://a.example/",), blocking=("FID004",))
    assert codes(seen=seen) == ["new_related", "dead_link", "new_blocking_check"]


def test_an_attempt_is_the_same_while_reasons_sources_and_writer_are():
    seen = Seen((Sight("S1", "changed", "x", "abc"),))
    reasons = due(ROW, seen, NOW)
    assert key_of(reasons, seen, "m") == key_of(reasons, seen, "m")
    assert key_of(reasons, seen, "m") != key_of(reasons, seen, "other")
    assert key_of(reasons, seen, "m") != key_of(reasons, Seen((Sight("S1", "changed", "x", "def"),)), "m")


@pytest.mark.parametrize(
    ("figures", "is_decay"),
    [
        (Traffic(70, 100), True),
        (Traffic(81, 100), False),
        (Traffic(10, 29), False),
        (Traffic(70, 100, position=5.0, position_before=5.2), True),
        (Traffic(70, 100, position=3.0, position_before=5.0), False),
        (Traffic(70, 100, year_ago=75), False),
        (Traffic(50, 100, year_ago=90), True),
    ],
)
def test_decay_is_a_loss_of_readers_that_neither_rank_nor_season_explains(figures, is_decay):
    assert bool(decay(figures)) == is_decay


@pytest.mark.parametrize(
    "table",
    [
        (
            "Top pages,Last 28 days Clicks,Previous 28 days Clicks,Last 28 days Position,Previous 28 days Position\n"
            "https://a.example/2026/otan-kiev/,70,100,6.1,5\n"
        ),
        (
            "Pages les plus populaires;28 derniers jours - Clics;28 jours précédents - Clics;Clics, différence;"
            "28 derniers jours - Position;28 jours précédents - Position\nhttps://a.example/otan-kiev.html;70;100;-30;6,1;5\n"
        ),
    ],
)
def test_a_comparison_of_search_console_is_read_in_either_language(table):
    assert traffic.parse(table.encode()) == {"otan-kiev": Traffic(70, 100, 6.1, 5.0)}


@pytest.mark.parametrize("table", ["", "page,clicks\nx,1\n", "un texte\nsans table\n"])
def test_a_file_that_compares_nothing_is_refused_in_one_line(tmp_path, table):
    path = tmp_path / "x.csv"
    path.write_text(table)
    with pytest.raises(UsageError, match="no comparison of pages"):
        traffic.read(path)
