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


PORT = """Le port de Kermor va perdre sa criée. La présidente de la région, Armelle Le Goff (PS), l’a annoncé jeudi lors d’une visite. « Une criée à moitié vide ne sert personne », a-t-elle déclaré.
Le directeur de la criée, Yvon Salaün, 61 ans, dit avoir appris la nouvelle par la presse. « On m’a laissé commander une chambre froide en avril », confie-t-il.
Le comité des pêches demande un moratoire. « Nous voulons deux ans, pas deux semaines », plaide sa présidente, Nolwenn Cariou, patronne du chalutier Men Du.
Patron de la conserverie Belliloise, premier acheteur du port, Hervé Tanguy veut déménager ses ateliers à Lorient. « Le camion coûte moins cher que l’attente », calcule-t-il.
La sous-préfète, Claire Dubreuil, promet un médiateur avant l’été. « L’État sera à la table, pas au bout du fil », assure-t-elle.
Jacqueline Morvan, 83 ans, a trié la sardine pendant quarante ans. « Le matin, on savait l’heure au bruit des caisses », se souvient-elle. Son petit-fils, Titouan, mareyeur, cherche un autre métier : « J’ai un crédit et plus de poisson ».
Le syndicat CFDT a déposé un préavis de grève. « La région décide, les salariés paient », dénonce Malo Guivarch, son secrétaire départemental. Me Anne-Laure Petit, avocate du comité des pêches, prépare un recours. « L’étude d’impact tient sur trois pages », ironise-t-elle."""


@pytest.mark.parametrize(
    "piece",
    [
        "Armelle Le Goff est venue jeudi. Nolwenn Cariou l’attendait sur le quai. « Une criée à moitié vide ne sert personne », a lancé l’élue socialiste.",
        "Yvon Salaün l’a appris par la presse. Armelle Le Goff ne l’avait pas prévenu. « On m’a laissé commander une chambre froide en avril », regrette le directeur.",
        "Yvon Salaün l’a appris par la presse. Hervé Tanguy aussi. « On m’a laissé commander une chambre froide en avril », regrette le sexagénaire.",
        "Nolwenn Cariou commande le Men Du et préside le comité des pêches. Armelle Le Goff l’a reçue. « Nous voulons deux ans, pas deux semaines », insiste la patronne pêcheuse.",
        "Le comité des pêches veut du temps. « Nous voulons deux ans, pas deux semaines », insiste sa présidente.",
        "Armelle Le Goff préside la région. Le comité des pêches veut du temps. « Nous voulons deux ans, pas deux semaines », insiste sa présidente.",
        "Hervé Tanguy regarde vers Lorient. Yvon Salaün s’en désole. « Le camion coûte moins cher que l’attente », résume le patron de la conserverie.",
        "Hervé Tanguy regarde vers Lorient. Yvon Salaün s’en désole. « Le camion coûte moins cher que l’attente », résume l’industriel.",
        "Claire Dubreuil promet un médiateur. Armelle Le Goff s’en félicite. « L’État sera à la table, pas au bout du fil », assure la représentante de l’État.",
        "Claire Dubreuil promet un médiateur. « L’État sera à la table, pas au bout du fil », assure la haute fonctionnaire.",
        "Jacqueline Morvan a trié la sardine. Nolwenn Cariou la connaît bien. « Le matin, on savait l’heure au bruit des caisses », raconte l’octogénaire.",
        "Jacqueline Morvan a trié la sardine. « Le matin, on savait l’heure au bruit des caisses », raconte l’ancienne ouvrière.",
        "Jacqueline Morvan a un petit-fils, Titouan. « J’ai un crédit et plus de poisson », souffle le jeune homme.",
        "Jacqueline Morvan a un petit-fils, Titouan. « J’ai un crédit et plus de poisson », souffle le mareyeur.",
        "Malo Guivarch, de la CFDT, appelle à la grève. Hervé Tanguy s’en moque. « La région décide, les salariés paient », tempête le syndicaliste.",
        "Anne-Laure Petit prépare un recours pour le comité. Nolwenn Cariou le confirme. « L’étude d’impact tient sur trois pages », raille son avocate.",
        "Anne-Laure Petit prépare un recours pour le comité. « L’étude d’impact tient sur trois pages », raille la juriste.",
        "Armelle Le Goff a rencontré Nolwenn Cariou. « Nous voulons deux ans, pas deux semaines », lui a répondu cette dernière.",
        "La sous-préfète, Claire Dubreuil, a reçu Hervé Tanguy. « Le camion coûte moins cher que l’attente », a répondu le chef d’entreprise.",
        "La sous-préfète, Claire Dubreuil, a reçu Nolwenn Cariou. « Nous voulons deux ans, pas deux semaines », a plaidé la responsable professionnelle.",
        "À la tête de la région, Armelle Le Goff a tranché. « Une criée à moitié vide ne sert personne », justifie la socialiste.",
        "Yvon Salaün a tout appris par la presse. À 61 ans, il se dit trahi. « On m’a laissé commander une chambre froide en avril », lâche l’intéressé.",
        "La CFDT fera grève. « La région décide, les salariés paient », lance son responsable départemental.",
        "Titouan cherche un autre métier. Sa grand-mère, Jacqueline Morvan, triait la sardine. « Le matin, on savait l’heure au bruit des caisses », dit-elle.",
        "Titouan, mareyeur, est le petit-fils de Jacqueline Morvan. Il n’y croit plus : « J’ai un crédit et plus de poisson ».",
    ],
)
def test_age_work_and_standing_tell_who_is_meant_among_several(piece):
    assert severities(CHECKS, PORT, f"# Kermor\n\n{piece}") == []


@pytest.mark.parametrize(
    "piece",
    [
        "Armelle Le Goff est venue. « Nous voulons deux ans, pas deux semaines », a lancé la présidente de la région.",
        "Hervé Tanguy veut partir. « On m’a laissé commander une chambre froide en avril », dit le patron de la conserverie.",
        "Anne-Laure Petit prépare un recours. « L’État sera à la table, pas au bout du fil », dit l’avocate.",
        "Yvon Salaün l’a appris par la presse. « La région décide, les salariés paient », dit le directeur de la criée.",
        "Nolwenn Cariou préside le comité. « L’étude d’impact tient sur trois pages », dit la présidente du comité des pêches.",
        "Armelle Le Goff, élue socialiste, est venue. « L’État sera à la table, pas au bout du fil », dit l’élue.",
        "Yvon Salaün est furieux. « Une criée à moitié vide ne sert personne », dit-il.",
    ],
)
def test_the_words_of_one_in_the_mouth_of_another_are_found(piece):
    assert severities(CHECKS, PORT, f"# Kermor\n\n{piece}") in (["block"], ["warn"])


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
