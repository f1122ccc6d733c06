import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.addresses import addresses


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Voir https://a.example/b?c=1.", "link"),
        ("Voir www.a.example, dit-il.", "link"),
        ("Inscrivez-vous sur valmont-piscine.com", "link"),
        ("valmont [.] com", "link"),
        ("valmont．com", "link"),
        ("javascript:alert(1)", "link"),
        ("un serveur, 10.0.0.1:8080", "link"),
        ("contact@a.example", "e-mail address"),
        ("contact (at) a (dot) com", "e-mail address"),
        ("suivez @la_mairie", "account name"),
        ("au 01 99 00 12 34.", "phone number"),
        ("+33 (0)1 99 00 12 34", "phone number"),
        ("0 800 123 456", "phone number"),
        ("FR76 3000 6000 0112 3456 7890 189", "bank or wallet number"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "bank or wallet number"),
    ],
)
def test_an_address_is_found_and_named(text, kind):
    assert [a.kind for a in addresses(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Le budget atteint 2 345 678 euros, soit 3,5 % de plus qu’en 2023.",
        "Il est 14 h 30, le 01/02/2024, et M. Dupont attend.",
        "L’article 49.3 de la loi n° 2019-1428. Fin.Le maire",
        "Un score de 3-0, puis 10 000 personnes.",
        "MiG-29, A320, COVID-19, G7, 75e anniversaire",
    ],
)
def test_figures_and_names_are_no_addresses(text):
    assert list(addresses(text)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/", "a.example"),
        ("+33 1 99 00 12 34", "01.99.00.12.34"),
        ("contact (at) a.example", "Contact@a.example"),
        ("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
    ],
)
def test_two_ways_to_write_an_address_are_one(one, other):
    assert next(addresses(one)).key == next(addresses(other)).key


@given(st.text(max_size=200))
def test_places_hold_and_do_not_overlap(text):
    end = 0
    for found in addresses(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        end = found.end
