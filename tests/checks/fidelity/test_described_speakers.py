"""A speaker told by what they are: `l’élue`, `le syndicaliste`, `la représentante de l’État`."""

import pytest

from pipeline.checks.fidelity.said.speakers import CHECKS
from tests.checks.fidelity.pieces import severities

SOURCE = """À Varsonne, la piscine des Tilleuls fermera le 30 juin. La maire, Odile Marchand (Place publique), y voit « une décision de raison ».
Le préfet de la Sarre, Yannick Le Dantec, a signé l’arrêté lundi. « Le bassin ne répond plus aux normes », a-t-il dit.
À la CGT, Karim Belhadj dénonce ce choix. « On ferme d’abord, on discute après », lance-t-il.
Lucienne Prat, qui tient une boulangerie en face du bassin, craint pour son commerce. « Le mercredi, la moitié de mes clients sortaient de l’eau », dit-elle.
L’architecte Ivo Marek avait dessiné le bâtiment en 1968. « Le béton était bon, on ne l’a pas entretenu », estime Ivo Marek.
La romancière Salma Idrissi y a situé un livre. « J’y ai appris à nager », se souvient Salma Idrissi.
Me Denis Aubin défend les riverains. « Nous irons devant le juge », prévient Denis Aubin.
Un hommage a été rendu mercredi à la nageuse Colette Rey, 84 ans. Elle a rencontré les enfants du club. « L’eau ne ment jamais », leur a-t-elle dit."""


def of(piece):
    return severities(CHECKS, SOURCE, f"# Varsonne\n\n{piece}")


@pytest.mark.parametrize(
    "piece",
    [
        "Lucienne Prat s’inquiète. La maire, Odile Marchand, ne reviendra pas en arrière. L’élue parle d’« une décision de raison ».",
        "Le préfet, Yannick Le Dantec, a signé. « Le bassin ne répond plus aux normes », justifie le représentant de l’État.",
        "La maire, Odile Marchand, approuve le préfet, Yannick Le Dantec. « Le bassin ne répond plus aux normes », assure le haut fonctionnaire.",
        "Karim Belhadj, de la CGT, est furieux. « On ferme d’abord, on discute après », accuse le syndicaliste.",
        "Odile Marchand a parlé. Lucienne Prat craint pour son chiffre d’affaires. « Le mercredi, la moitié de mes clients sortaient de l’eau », raconte la boulangère.",
        "Lucienne Prat est inquiète. « Le mercredi, la moitié de mes clients sortaient de l’eau », raconte la commerçante.",
        "Ivo Marek a conçu le lieu. « Le béton était bon, on ne l’a pas entretenu », regrette l’homme de l’art.",
        "Salma Idrissi a placé là l’un de ses livres. « J’y ai appris à nager », dit l’écrivaine.",
        "Une romancière connaît le lieu. Salma Idrissi l’a mis dans un livre. « J’y ai appris à nager », dit la romancière.",
        "Denis Aubin plaidera pour les riverains. « Nous irons devant le juge », annonce leur avocat.",
        "Colette Rey, 84 ans, a été fêtée. « L’eau ne ment jamais », a dit Colette Rey aux enfants.",
        "Colette Rey, 84 ans, a été fêtée. Elle a vu les enfants : « L’eau ne ment jamais ».",
    ],
)
def test_a_phrase_that_fits_whoever_spoke_is_left_alone(piece):
    assert of(piece) == []


@pytest.mark.parametrize(
    "piece",
    [
        "« Le bassin ne répond plus aux normes », a dit la maire, Odile Marchand.",
        "La maire, Odile Marchand, s’explique. « Le bassin ne répond plus aux normes », assure l’élue.",
        "Yannick Le Dantec, le préfet, a lu l’article. Il ajoute : « On ferme d’abord, on discute après ».",
        "Salma Idrissi est passée devant Ivo Marek. « Le béton était bon, on ne l’a pas entretenu », regrette la romancière.",
        "« On ferme d’abord, on discute après », regrette le préfet, Yannick Le Dantec.",
        "« Nous irons devant le juge », prévient Karim Belhadj.",
        "« J’y ai appris à nager », confie Colette Rey.",
        "Odile Marchand a reçu Lucienne Prat. « Le mercredi, la moitié de mes clients sortaient de l’eau », a dit la maire.",
        "« Le béton était bon, on ne l’a pas entretenu », a dit Salma Idrissi.",
    ],
)
def test_a_phrase_that_fits_only_somebody_else_is_found(piece):
    assert of(piece) in (["block"], ["warn"])


LAWYERS = (
    "L’avocate Nora Vidal défend l’usine. « Le dossier est vide », tranche Nora Vidal.\n"
    "L’avocate Lise Kern défend les voisins. « Le dossier est accablant », répond Lise Kern."
)


def test_where_two_fit_nothing_blocks():
    piece = "# Usine\n\nNora Vidal a plaidé. Lise Kern a suivi. « Le dossier est vide », a dit l’avocate."
    assert "block" not in severities(CHECKS, LAWYERS, piece)


def test_what_a_phrase_adds_to_its_noun_tells_two_apart():
    piece = "# Usine\n\nNora Vidal et Lise Kern ont plaidé. « Le dossier est vide », a dit l’avocate des voisins, Lise Kern."
    assert severities(CHECKS, LAWYERS, piece) == ["block"]
    piece = "# Usine\n\nLise Kern, l’avocate des voisins, a suivi. « Le dossier est vide », a dit l’avocate des voisins."
    assert severities(CHECKS, LAWYERS, piece) == ["block"]
