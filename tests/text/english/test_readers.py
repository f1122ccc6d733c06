"""English figures, days, places and speakers come back as the values that French ones have."""

import time

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Paragraph
from pipeline.text import facts
from pipeline.text.english import place_table
from pipeline.text.english.dates import dates
from pipeline.text.english.figures import figures, hedge
from pipeline.text.english.numbers import SCALES, TENS, UNITS, numbers
from pipeline.text.english.places import french_bodies, places
from pipeline.text.english.speakers import quotes
from pipeline.text.figures import figures as french_figures

NAMES = {value: word for word, value in (UNITS | TENS).items()}
SCALE_NAMES = sorted(((value, word) for word, value in SCALES.items()), reverse=True)


def spelled(n, *, linked=True):
    """A whole number in English words, with or without the British `and`."""
    if n in NAMES:
        return NAMES[n]
    if n < 100:
        return f"{NAMES[n // 10 * 10]}-{NAMES[n % 10]}"
    joint = " and " if linked else " "
    if n < 1000:
        rest = joint + spelled(n % 100) if n % 100 else ""
        return f"{NAMES[n // 100]} hundred{rest}"
    value, word = next((v, w) for v, w in SCALE_NAMES if v <= n)
    below = n % value
    tail = "" if not below else (joint if below < 100 else " ") + spelled(below, linked=linked)
    return f"{spelled(n // value, linked=linked)} {word}{tail}"


def read(text):
    return [(text[f.start : f.end], f.value, f.unit) for f in figures(text, dates(text))]


def when(text):
    return [d.value for d in dates(text)]


@given(st.integers(2, 10**15 - 1), st.booleans())
@example(1_000_000_001, True)
@example(732_411, False)
@example(2_006, True)
def test_a_number_in_words_reads_back(n, linked):
    words = spelled(n, linked=linked)
    (found,) = numbers(f"They counted {words} of them.")
    assert (found.value, found.kind) == (n, "cardinal")
    assert f"They counted {words} of them."[found.start : found.end] == words


@given(st.integers(0, 10**12))
def test_a_number_in_digits_reads_back(n):
    for form in (f"{n:,}", str(n)):
        (found,) = numbers(f"about {form} people")
        assert found.value == n


@given(st.integers(1, 9999), st.sampled_from(["thousand", "million", "billion"]))
def test_a_scale_multiplies_what_stands_before_it(tenths, scale):
    (found,) = numbers(f"{tenths / 10} {scale}")
    assert found.value == pytest.approx(tenths * SCALES[scale] / 10)


@given(st.text(max_size=200))
def test_any_text_is_read_in_order_and_within_its_bounds(text):
    for found in (numbers(text), dates(text), figures(text, dates(text)), list(places(text)), quotes(text)):
        spans = [(f.start, f.end) for f in found]
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("$2.3 million", "2,3 millions de dollars"),
        ("$3.8bn", "3,8 milliards de dollars"),
        ("£400k", "400 000 livres sterling"),
        ("€1,250", "1 250 euros"),
        ("12 per cent", "12 %"),
        ("4.5%", "4,5 %"),
        ("a six-month break", "six mois"),
        ("half an hour", "une demi-heure"),
        ("two and a half years", "deux ans et demi"),
        ("13 hours and a half", "treize heures et demie"),
        ("a decade", "dix ans"),
        ("dozens", "des dizaines"),
        ("hundreds", "des centaines"),
        ("a dozen", "une douzaine"),
        ("twenty-one metres", "vingt et un mètres"),
        ("1,150 km", "1 150 kilomètres"),
        ("12 miles", "12 miles"),
        ("30 feet", "30 pieds"),
        ("two-thirds", "deux tiers"),
        ("half", "la moitié"),
        ("the 21st", "le 21e"),
        ("minus 3 degrees", "moins 3 degrés"),
    ],
)
def test_a_figure_has_the_value_and_the_unit_of_its_french_one(english, french):
    (mine,) = read(english)
    (theirs,) = french_figures(french)
    assert mine[1] == pytest.approx(theirs.value)
    assert mine[2] == theirs.unit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("more than 300", "above"),
        ("at least $300", "above"),
        ("fewer than 300", "below"),
        ("up to 300", "below"),
        ("about 300", "about"),
        ("nearly 300", "about"),
        ("the 300", ""),
    ],
)
def test_words_before_a_figure_hedge_it(text, said):
    assert hedge(text, text.index("3")) == said


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("on June 12, 2023", ["2023-06-12"]),
        ("on 12 June 2023", ["2023-06-12"]),
        ("on Thursday, June 12", ["--06-12"]),
        ("the 3rd of May", ["--05-03"]),
        ("in March 2024", ["2024-03"]),
        ("in mid-July", ["--07"]),
        ("They may march in August.", ["--08"]),
        ("on Thursday evening", ["thursday/evening"]),
        ("next Monday", ["next monday"]),
        ("last week", ["last week"]),
        ("two years ago", ["-2 years"]),
        ("in three months", ["+3 months"]),
        ("the last three months", ["last 3 months"]),
        ("on the eve of the vote", ["the day before"]),
        ("at 3.30 p.m.", ["T15:30"]),
        ("at 12 a.m.", ["T00:00"]),
        ("by 10pm", ["T22:00"]),
        ("at 7:05", ["T07:05"]),
        ("at noon", ["T12:00"]),
        ("since 1987", ["1987"]),
        ("in the 1990s", ["1990s"]),
        ("in the summer of 2024", ["2024/summer"]),
        ("prices may fall", []),
        ("2,023 people, 2019 of them", []),
    ],
)
def test_a_mention_of_time_has_the_form_of_its_french_one(text, values):
    assert when(text) == values


def test_countries_have_the_names_of_cldr():
    english = Locale("en")
    rows = [line.split("|") for line in place_table.TABLE.strip().splitlines()]
    assert len(rows) > 190
    for code, names, people, _, _ in rows:
        told = english.territories[code].replace(" SAR China", "").replace(" - ", "-")
        forms = names.split("/")
        assert any(form in told for form in forms), code
        currencies = " ".join(name for cur, name in english.currencies.items() if cur.startswith(code))
        assert all(adjective in currencies for adjective in filter(None, people.split("/"))), code


def test_cities_have_the_french_names_of_cldr():
    english, french = Locale("en"), Locale("fr")
    pairs = dict(
        pair.split("=")
        for line in place_table.TABLE.strip().splitlines()
        for pair in line.split("|")[4].split("/")
        if "=" in pair
    )
    assert pairs["London"] == "Londres"
    zones = french.time_zones
    known = {zone["city"] for zone in zones.values() if "city" in zone}
    assert all(any(name.startswith(city) for name in known) for city in pairs.values())
    assert english.territories["GB"] == "United Kingdom"


def test_places_come_with_their_country_and_their_french_name():
    text = "The U.S. and Ukrainian envoys met in London, Munich and Moscow with the NATO chief."
    found = {text[p.start : p.end]: (p.codes, p.french) for p in places(text)}
    assert found["U.S."] == (("US",), ())
    assert found["Ukrainian"] == (("UA",), ())
    assert found["London"] == (("GB",), ("londres",))
    assert found["Moscow"] == (("RU",), ("moscou",))
    assert "otan" in french_bodies(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will come,” said Anna Holt, the mayor.", "Anna Holt"),
        ("“We will come,” Anna Holt told reporters.", "Anna Holt"),
        ("Anna Holt said: “We will come.”", "Anna Holt"),
        ('"We will come," said Anna Holt.', "Anna Holt"),
        ("‘We will come,’ said Anna Holt.", "Anna Holt"),
        ("'We won't come,' said Anna Holt.", "Anna Holt"),
        ("According to Anna Holt, it is “a good day”.", "Anna Holt"),
        ("Anna Holt left early. “We will come,” she said.", "Anna Holt"),
        ("“We will come,” said a spokeswoman for the ministry.", "a spokeswoman for the ministry"),
        ("It was called “a good day”.", None),
        ("Ruth Adler, who teaches at Queen's College Harlow, called it “a good day”.", "Ruth Adler"),
        ("Anna Holt, a nurse at St Anne’s Hospital Leeds who retired, called it “a good day”.", "Anna Holt"),
        ("“We will come,” said Prof. Anna Holt, head of research at Harlow University.", "Anna Holt"),
        ("“We will come,” Dr. Anna Holt told reporters.", "Anna Holt"),
        ("It is “a good day”, according to Sen. Anna Holt.", "Anna Holt"),
        ("The Harlow Trust called it “a good day” after meeting Anna Holt.", "Harlow Trust"),
    ],
)
def test_a_quotation_has_its_speaker(text, speaker):
    found = facts.read((Paragraph("P1", text),), "en")
    assert [s.speaker for row in found.speeches for s in row] == [speaker]


def test_a_quotation_over_two_paragraphs_has_one_speaker():
    texts = ("“We will come.", "“And we will stay,” said Anna Holt.")
    found = facts.read(tuple(Paragraph(f"P{n}", t) for n, t in enumerate(texts)), "en")
    assert {s.speaker for row in found.speeches for s in row} == {"Anna Holt"}


@pytest.mark.parametrize(
    "text",
    [
        "“" * 40_000,
        "Mr. " * 20_000,
        "two hundred " * 8_000,
        "in May " * 12_000,
        "A. " * 20_000,
        "said Bob “x” " * 4_000,
        "1,000 " * 12_000,
    ],
    ids=range(7),
)
def test_hostile_text_is_read_in_time(text):
    started = time.process_time()
    facts.read((Paragraph("P1", text),), "en")
    assert time.process_time() - started < 30
