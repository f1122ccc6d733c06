"""Words that time makes stale."""

from datetime import date

import pytest

from pipeline.refresh.signs import as_json, from_json, signs, stale, standing
from pipeline.text.markdown import parse

WRITTEN = date(2026, 1, 31)


def found(text, written=WRITTEN):
    return [(s.code, s.words, s.since) for s in signs(parse(text), written)]


@pytest.mark.parametrize(
    ("text", "code", "words", "since"),
    [
        ("Cette année, la ville investit.", "stale_sign", "Cette année", "2027-01-01"),
        ("Le mois dernier, le maire a parlé.", "stale_sign", "Le mois dernier", "2026-03-01"),
        ("Un défilé aura lieu le 14 juillet 2026.", "event_passed", "14 juillet 2026", "2026-07-15"),
        ("Le vote est prévu le 12 décembre.", "event_passed", "12 décembre", "2026-12-13"),
        ("L’école ouvrira en juin 2026.", "event_passed", "juin 2026", "2026-07-01"),
        ("Elle ouvrira en septembre prochain.", "event_passed", "septembre prochain", "2026-10-01"),
        ("Tout sera fini en 2030.", "event_passed", "2030", "2031-01-01"),
        ("La plage ouvre cet été.", "stale_sign", "cet été", "2027-01-01"),
    ],
)
def test_each_has_the_day_from_which_it_is_stale(text, code, words, since):
    assert [(c, w.lower(), s) for c, w, s in found(f"# Titre\n\n{text}")] == [(code, words.lower(), since)]


@pytest.mark.parametrize(
    "text",
    [
        "Le vote a eu lieu le 3 mars 2025.",
        "Il a parlé lundi, puis hier.",
        "Cela dure depuis dix ans.",
        "« Cette année sera rude », a dit le maire.",
        "L’année suivante, il revint.",
        "Rendez-vous le 31 février 2027.",
    ],
)
def test_history_days_of_the_week_and_what_is_quoted_are_none(text):
    assert found(f"# Titre\n\n{text}") == []


def test_the_year_of_its_writing_in_a_title_is_one_and_another_year_is_none():
    assert found("---\ntitle: Budget 2026\n---\n# Le budget de 2024\n\nUn texte.") == [
        ("stale_sign", "2026", "2027-01-01")
    ]


def test_a_sentence_that_stood_before_keeps_its_day():
    first = signs(parse("# T\n\nCette année, on investit."), WRITTEN)
    again = signs(parse("# T\n\nCette année, on investit. Cette année, on vote."), date(2027, 2, 1), first)
    assert [s.since for s in again] == ["2027-01-01", "2028-01-01"]


def test_stale_from_its_day_on_and_gone_with_its_sentence():
    (sign,) = signs(parse("# T\n\nCette année, on investit."), WRITTEN)
    assert stale([sign], date(2026, 12, 31)) == ()
    assert stale([sign], date(2027, 1, 1)) == (sign,)
    assert standing([sign], parse("# T\n\nAutre chose. Cette année, on investit.")) == (sign,)
    assert standing([sign], parse("# T\n\nEn 2026, on investit.")) == ()


def test_they_come_back_from_the_ledger_as_they_were():
    those = signs(parse("# T\n\nCette année, on investit. Le vote est prévu le 12 décembre."), WRITTEN)
    assert from_json(as_json(those)) == those
