"""Figures and days that no source gives, and that follow from what piece and source tell."""

import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.counted.figures import find_absent_figure
from pipeline.checks.fidelity.dated.dates import find_absent_date
from pipeline.checks.fidelity.translated.rules import findings as translated
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph
from pipeline.text.markdown import parse
from tests.checks.fidelity.laid_beside import found

HOARD = (
    "Le vase contenait 312 monnaies d’argent.\n\nLes pièces pèsent ensemble 684 grammes.\n\n"
    "Le savant n’en a examiné que 90 exemplaires."
)
POSTS = "Le service n’a plus que deux médecins pour six postes."
TOMBS = "Les tombes sont datées du IIe et du Ier siècle avant notre ère."
POOL = "Le bassin ouvrira quatre jours par semaine."
VOTE = "Ses neuf colistiers et elle ont voté contre. Quatre élus se sont abstenus."
SUMS = "La cour accorde 40 000 euros à la veuve et 30 000 euros à chacun des deux enfants."
MATCH = "Le club a eu 61 % de possession. C’est sa première défaite en 23 matches."
POLL = "Le mouvement déplaît à 54 % des sondés, sept points de plus qu’en juin."
STRIKE = "La grève commence le jeudi 12 février.\n\nLe défilé aura lieu le samedi 14 février."
BOARD = "Le comité rendra son avis le 24 février. Le conseil se réunira trois jours plus tard."
LOAN = "L’usine coûte 46 millions d’euros, dont 11 millions apportés par la région."
SITE = "Le terrain a été acheté en 2021.\n\nLe site a été repéré en 2023."


def blocked(find, source, piece):
    return [text for severity, text in found(find, source, piece) if severity == "block"]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (HOARD, "Il y en a 312, pour un poids de 684 grammes, soit un peu plus de 2 grammes chacune."),
        (HOARD, "Le vase contenait 312 pièces.\n\nIl en a vu 90, moins d’un tiers de l’ensemble."),
        (POSTS, "Quatre postes sur six sont vacants."),
        (TOMBS, "Les tombes sont des deux derniers siècles avant notre ère."),
        (POOL, "Le bassin n’ouvrira que quatre jours sur sept."),
        (POOL, "Le bassin sera fermé trois jours par semaine."),
        (VOTE, "Son groupe de dix élus a voté contre."),
        (SUMS, "La famille reçoit 100 000 euros au total."),
        (MATCH, "Il a eu 61 % de possession, son adversaire 39 %."),
        (MATCH, "| | Lyon | Nice |\n| --- | --- | --- |\n| Possession | 61 % | 39 % |"),
        (MATCH, "Il restait sur 22 matches sans défaite."),
        (POLL, "Le mouvement déplaît à 54 % des sondés. En juin, ils étaient 47 %."),
        (STRIKE, "La grève débute le 12 février. Deux jours plus tard, un défilé est prévu."),
        (LOAN, "La région met 11 millions, soit près d’un quart de la somme."),
        (SITE, "Le terrain a été acheté en 2021. Deux ans plus tard, le site était repéré."),
    ],
)
def test_a_figure_that_follows_from_those_told_beside_it_does_not_block(source, piece):
    assert blocked(find_absent_figure, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (HOARD, "Il y en a 312, pour un poids de 684 grammes, soit un peu plus de 4 grammes chacune."),
        (HOARD, "Le vase contenait 312 pièces.\n\nIl en a vu 90, plus de la moitié de l’ensemble."),
        (POSTS, "Trois postes sur six sont vacants."),
        (POSTS, "Quatre médecins sur six sont en poste."),
        (TOMBS, "Les tombes sont des trois derniers siècles avant notre ère."),
        (POOL, "Le bassin sera fermé deux jours par semaine."),
        (POOL, "Le bassin ouvrira trois jours par semaine."),
        (VOTE, "Son groupe de onze élus a voté contre."),
        (SUMS, "La famille reçoit 130 000 euros au total."),
        (MATCH, "Il a eu 61 % de possession, son adversaire 37 %."),
        (MATCH, "Il a perdu pour la première fois en 22 matches."),
        (MATCH, "Il restait sur 21 matches sans défaite."),
        (POLL, "Le mouvement déplaît à 54 % des sondés. En juin, ils étaient 45 %."),
        (STRIKE, "La grève débute le 12 février. Cinq jours plus tard, un défilé est prévu."),
        (SITE, "Le terrain a été acheté en 2021. Trois ans plus tard, le site était repéré."),
    ],
)
def test_a_figure_that_does_not_add_up_still_blocks(source, piece):
    assert blocked(find_absent_figure, source, piece) != []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (STRIKE, "La grève débute le 12 février. Deux jours plus tard, un défilé est prévu."),
        (
            STRIKE.replace("14", "19"),
            "La grève débute le 12 février. Le défilé aura lieu une semaine plus tard.",
        ),
        (BOARD, "Le conseil se réunira le 27 février."),
        ("Le coup a été tiré à 18 h 50.", "Le rideau est tombé ce soir-là."),
    ],
)
def test_a_day_reached_from_another_one_does_not_block(source, piece):
    assert blocked(find_absent_date, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (STRIKE, "La grève débute le 12 février. Le défilé aura lieu une semaine plus tard."),
        (BOARD, "Le conseil se réunira le 28 février."),
        (BOARD, "Le conseil se réunira le 21 février."),
        ("Le coup a été tiré à 9 h 50.", "Le rideau est tombé ce soir-là."),
        ("Le coup a été tiré à 18 h 50.", "Le rideau tombera demain."),
    ],
)
def test_a_day_that_nothing_leads_to_still_blocks(source, piece):
    assert blocked(find_absent_date, source, piece) != []


ENGLISH = (
    "The strike would cost about 20 million euros, on top of the 55 million lost since January.\n\n"
    "Some 54% disapproved of it, seven points more than in June. A nurse was trying to reach Rennes.\n\n"
    "The striker scored in the 12th minute and again on 34 minutes. They had 61 percent of the ball. "
    "It was the first defeat in 23 matches."
)


@pytest.mark.parametrize(
    "piece",
    [
        "La grève coûterait 20 millions d’euros. S’y ajoutent 55 millions déjà perdus, soit 75 millions au total.",
        "Plus d’un sur deux (54 %) la désapprouve. En juin, ils étaient 47 %.",
        "Elle a marqué à la 12e minute. Un peu plus de vingt minutes plus tard, elle a doublé la mise, à la 34e.",
        "L’équipe a eu le ballon 61 % du temps, contre 39 % pour l’autre.",
        "Elle restait sur 22 matches sans défaite.",
        "Une infirmière voulait gagner Rennes, en Bretagne.",
    ],
)
def test_what_follows_from_an_english_source_does_not_block(piece):
    assert of_english(piece) == []


@pytest.mark.parametrize(
    "piece",
    [
        "La grève coûterait 20 millions d’euros. S’y ajoutent 55 millions déjà perdus, soit 85 millions au total.",
        "Plus d’un sur deux (54 %) la désapprouve. En juin, ils étaient 46 %.",
        "Elle a marqué à la 12e minute. Quarante minutes plus tard, elle a doublé la mise, à la 34e.",
        "L’équipe a eu le ballon 61 % du temps, contre 35 % pour l’autre.",
        "Elle a perdu après 22 matches.",
        "Une infirmière voulait gagner Rennes, en Normandie.",
    ],
)
def test_what_does_not_follow_from_an_english_source_blocks(piece):
    assert of_english(piece) != []


def of_english(piece):
    paragraphs = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(ENGLISH.split("\n\n"), start=1))
    article = Article("s.txt", "0" * 64, None, "en", paragraphs, credit=Credit())
    found_in = translated(Manuscript(parse(piece), Brief(), Dossier(article)))
    return [f.message for f in found_in if f.severity == "block"]
