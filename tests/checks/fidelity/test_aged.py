import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.carried.background import find_unattributed
from pipeline.model import Brief, Dossier
from pipeline.text.markdown import parse
from tests.checks.fidelity.texts import dossier

OWN = "Le maire de Brest a promis lundi une nouvelle piscine aux clubs de la ville."
OTHER = (
    "Le bassin de Quimper coûtera 12 millions d’euros. Le club de Douarnenez compte 340 licenciés. "
    "Anna Le Bihan dirige la société Nauticus."
)


def told(text, own="2026-05-20", other="2026-03-02"):
    """The sentences told as of today; each names its article."""
    related = dossier(OTHER, publisher="Le Télégramme", date=other)
    whole = Dossier(dossier(OWN, date=own).article, related=(related,))
    found = find_unattributed(Manuscript(parse(text), Brief(words=3), whole))
    return [f.where.text for f in found if f.where and "as of today" in f.message]


@pytest.mark.parametrize(
    "text",
    [
        "Selon Le Télégramme, le bassin de Quimper coûtera 12 millions d’euros.",
        "Le club de Douarnenez compte 340 licenciés, rapporte Le Télégramme.",
        "À Quimper, la société Nauticus est dirigée par Anna Le Bihan, selon Le Télégramme.",
        "Le Télégramme précise que le bassin doit coûter 12 millions d’euros.",
    ],
)
def test_what_an_older_article_said_is_not_so_today(text):
    assert told(text) == [text]
    assert told(text, other="2026-05-19") == []
    assert told(text, other="2026-06-19") == []
    assert told(text, own=None) == []
    assert told(text, other=None) == []


@pytest.mark.parametrize(
    "text",
    [
        "Selon Le Télégramme, le bassin de Quimper devait coûter 12 millions d’euros.",
        "Le bassin de Quimper a coûté 12 millions d’euros, rapporte Le Télégramme.",
        "En mars, Le Télégramme annonce que le bassin coûtera 12 millions d’euros.",
        "Le club de Douarnenez compte alors 340 licenciés, rapporte Le Télégramme.",
        "Le Télégramme y revenait en mars. Le club de Douarnenez compte 340 licenciés.",
        "Le club de Douarnenez comptait 340 licenciés, rapporte Le Télégramme.",
        "Le club, y lit-on dans Le Télégramme, a exprimé la fierté de ses 340 licenciés.",
        "« Nous sommes 340 licenciés », lisait-on dans Le Télégramme.",
        "Le maire de Brest promet une nouvelle piscine aux clubs de la ville.",
    ],
)
def test_the_past_or_a_date_puts_it_in_its_day(text):
    assert told(text) == []
