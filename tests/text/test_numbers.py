from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numbers import numbers, read

ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
SWISS = {7: "septante", 8: "huitante", 9: "nonante"}


def spelled(n, *, new=False, swiss=False, feminine=False):
    """A writer of French numerals, in the traditional spelling or that of 1990 (`new`), Swiss or not."""
    words = _millions(n, swiss)
    if feminine and words.endswith("un"):
        words += "e"
    return words.replace(" ", "-") if new else words


def _millions(n, swiss):
    if n < 1_000_000:
        return _thousands(n, swiss)
    head, rest = divmod(n, 1_000_000)
    words = f"{_thousands(head, swiss)} million{'s' if head > 1 else ''}"
    return f"{words} {_thousands(rest, swiss)}" if rest else words


def _thousands(n, swiss):
    if n < 1000:
        return _hundreds(n, swiss)
    head, rest = divmod(n, 1000)
    words = (
        "mille"
        if head == 1
        else f"{_hundreds(head, swiss).removesuffix('s') if head % 100 == 0 or head % 100 == 80 else _hundreds(head, swiss)} mille"
    )
    return f"{words} {_hundreds(rest, swiss)}" if rest else words


def _hundreds(n, swiss):
    if n < 100:
        return _tens(n, swiss)
    head, rest = divmod(n, 100)
    words = "cent" if head == 1 else f"{ONES[head]} cent"
    return f"{words} {_tens(rest, swiss)}" if rest else words + ("s" if head > 1 else "")


def _tens(n, swiss):
    if n < 20:
        return ONES[n]
    ten, unit = divmod(n, 10)
    if ten >= 7 and not swiss:
        base, rest = ("soixante", n - 60) if ten == 7 else ("quatre-vingt", n - 80)
        if rest == 0:
            return base + "s"
        return f"{base} et onze" if n == 71 else f"{base}-{ONES[rest]}"
    word = {**TENS, **SWISS}[ten]
    return word if not unit else f"{word} et un" if unit == 1 else f"{word}-{ONES[unit]}"


@given(st.integers(0, 999_999_999), st.booleans(), st.booleans(), st.booleans())
def test_reads_back_any_number_it_is_written_in_words(n, new, swiss, feminine):
    words = spelled(n, new=new, swiss=swiss, feminine=feminine)
    assert read(words) == n
    if n != 1:
        text = f"Il y en a {words}."
        assert [(x.value, text[x.start : x.end]) for x in numbers(text)] == [(n, words)]


@pytest.mark.parametrize(
    "n",
    [
        17,
        21,
        61,
        70,
        71,
        77,
        80,
        81,
        91,
        97,
        99,
        100,
        101,
        180,
        200,
        280,
        1000,
        1001,
        80_000,
        200_000,
        71_071,
        1_000_000,
    ],
)
def test_reads_the_hard_ones(n):
    assert read(spelled(n)) == read(spelled(n, new=True)) == n


@pytest.mark.parametrize(
    "words", ["quatre sept", "vingt cent", "mille mille", "deux un", "cent-cent", "", "mot"]
)
def test_what_is_no_well_formed_number_reads_as_none(words):
    assert read(words) is None


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "."]))
def test_reads_back_grouped_digits(n, gap):
    written = f"{n:,}".replace(",", gap)
    assert [x.value for x in numbers(f"soit {written} personnes")] == [n]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("325 millions", [325e6]),
        ("2,3 milliards", [2.3e9]),
        ("1 234 567,89", [1234567.89]),
        ("3 M€, 2,5 Mds €, 50 k€", [3e6, 2.5e9, 5e4]),
        ("un million et demi, 2 millions et demi", [1.5e6, 2.5e6]),
        ("un milliard deux cents millions", [1.2e9]),
        ("soixante et onze, septante-deux, octante", [71, 72, 80]),
        ("dix-sept cents", [1700]),
        ("une cinquantaine, une demi-douzaine, deux centaines", [50, 6, 200]),
        ("une dizaine de milliers, des dizaines de milliards", [1e4, 1e10]),
        ("deux tiers, la moitié, trois quarts, 1/4, ½", [2 / 3, 0.5, 0.75, 0.25, 0.5]),
        ("75e, 1er, XXIe, troisième, dix-huitième, vingt et unième", [75, 1, 21, 3, 18, 21]),
        ("l’article V, le tome III", [5, 3]),
        ("de 18 à 62 millions, trois ou quatre milliards", [18e6, 62e6, 3e9, 4e9]),
        ("de 900 à 1,2 million", [900, 1.2e6]),
        ("12 pour cent de cent personnes", [12, 100]),
        ("neuf blessés", [9]),
        ("quatre sept", [4, 7]),
    ],
)  # fmt: skip
def test_reads_numbers_as_the_press_writes_them(text, expected):
    assert [n.value for n in numbers(text)] == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "un homme et une femme", "le MiG-29, le F-16, le G7, le Covid-19, un 4x4, l’A380, la 5G et la 3D",
        "Louis XIV", "Le Sénat, Ce soir, Les Verts", "un stade flambant neuf, remis à neuf",
        "mis en quarantaine", "en quart de finale", "Trois-Rivières et les Deux-Sèvres", "le 06 12 34 56 78",
    ],
)  # fmt: skip
def test_articles_names_and_idioms_hold_no_number(text):
    assert numbers(text) == []


def ordinal(n):
    """`vingt et unième`, `quatre-vingt-dixième`: the last word of the cardinal takes the ending."""
    words = spelled(n)
    special = {
        "un": "unième",
        "cinq": "cinquième",
        "neuf": "neuvième",
        "cents": "centième",
        "vingts": "vingtième",
    }
    for last, ending in special.items():
        if words.endswith(last) and not words.endswith("quatre-vingt-un"):
            return words.removesuffix(last) + ending
    return words.removesuffix("e") + "ième" if words != "un" else "premier"


@given(st.integers(3, 99))
def test_reads_back_any_rank_it_is_written_in_words(n):
    words = ordinal(n)
    for written in (words, f"{words}s"):
        assert [(x.value, x.kind) for x in numbers(f"Les {written} rangs")] == [(n, "ordinal")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("−2,5 % et -7 °C", [-2.5, -7]),
        ("(-3) puis « −1 200 »", [-3, -1200]),
        ("3-1, 10 -15 %, 2023-2024, F-16, 5−3", [3, 1, 10, 15, 2023, 2024, 5, 3]),
        ("- 5 personnes", [5]),
    ],
)
def test_a_sign_stays_with_its_number(text, expected):
    assert [n.value for n in numbers(text)] == expected


@given(st.text())
def test_survives_any_text(text):
    for n in numbers(text):
        assert 0 <= n.start < n.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "un",
                "deux",
                "cent",
                "mille",
                "millions",
                "et",
                "vingt",
                "quatre",
                "dix",
                "-",
                " ",
                " de ",
                "12",
                ",5",
                "dizaine",
                "tiers",
                "ième",
            ]
        )
    ).map("".join)
)
def test_spans_of_numeral_soup_are_ordered_and_apart(text):
    spans = [(n.start, n.end) for n in numbers(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
