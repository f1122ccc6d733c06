import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.fidelity.counted.figures import find_absent_figure
from tests.checks.fidelity.laid_beside import found, manuscript
from tests.text.test_numbers import spelled


def findings(source, piece, date=None):
    return found(find_absent_figure, source, piece, date)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Il a perdu 2,3 milliards d’euros.", "La perte atteint 2 300 millions d’euros."),
        ("Il a perdu 2,3 milliards d’euros.", "La perte atteint 2,3 Md€."),
        ("Le chantier dure dix-huit mois.", "Un an et demi de travaux."),
        ("Le chantier dure un an.", "Le chantier dure douze mois."),
        ("Il a huit jours pour payer, quinze au plus : quinze jours.", "Il a deux semaines pour payer."),
        ("La course fait 2,5 km.", "Une course de 2 500 mètres."),
        ("Le champ fait 3 hectares.", "Un champ de 30 000 m²."),
        ("Il a nagé 2 heures et 40 minutes.", "Il a nagé 160 minutes."),
        ("Il a dormi une demi-heure.", "Il a dormi 30 minutes."),
        ("La moitié des élèves mangent à la cantine.", "50 % des élèves mangent à la cantine."),
        ("Un apiculteur sur quatre arrête.", "Un quart des apiculteurs arrêtent."),
        ("Six Français sur dix approuvent.", "Ils sont 60 % à approuver."),
        ("Il a eu 6/10.", "Il a eu 6 sur 10."),
        ("L’article V du traité s’applique.", "Le traité s’applique en son article 5."),
        ("Le 75e anniversaire approche.", "Les 75 ans approchent."),
        ("L’audience a doublé.", "L’audience a été multipliée par deux."),
        ("L’audience a été le triple.", "L’audience est trois fois celle d’avant."),
        ("Sept personnes, dont trois soldats.", "Sept hommes, dont trois militaires."),
        ("Il a gagné 3-1.", "Il l’emporte 3 à 1."),
        ("Il a été battu 10-6.", "Mené 6-10, il n’a rien pu faire."),
        ("L’indice a cédé 2,5 %.", "L’indice recule de 2,5 %."),
        ("L’indice varie : −2,5 %.", "L’indice recule de 2,5 %."),
        ("Il faisait moins 12 degrés.", "Il faisait 12 degrés sous zéro, soit −12 °C."),
        ("Un A380 et deux MiG-29 du G7.", "Deux MiG-29, un A 380, le G7."),
        ("Appelez le 04 26 10 12 12.", "Téléphone : 04.26.10.12.12."),
        ("La veille, il pleuvait.", "Il pleuvait 24 heures plus tôt."),
        ("Le 12 mai, il pleuvait.", "Il pleuvait le 12."),
        ("Il a dit « non » deux fois.", "Les deux hommes sont venus."),
        ("Il a dit non.", "Trois raisons expliquent ce refus."),
        ("Il a dit non.", "« Nous étions 12 », dit-il."),
        ("Des places à 9 et 12 euros.", "Comptez 9 € ou 12 €."),
    ],
)  # fmt: skip
def test_a_figure_told_otherwise_is_the_same_figure(source, piece):
    assert findings(source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("La rénovation a coûté 164 000 euros.", "Elle a coûté 146 000 euros."),
        ("La rénovation a coûté 164 000 euros.", "Elle a coûté 164 000 dollars."),
        ("La rénovation a coûté 164 000 euros.", "Elle a coûté 164 millions d’euros."),
        ("Le taux monte de 1,5 point.", "Le taux monte de 1,5 %."),
        ("Le foyer est à 112 km.", "Le foyer est à 112 mètres."),
        ("Il y a 146 blessés.", "Les dégâts sont de 146 euros."),
        ("Ils étaient 164 200.", "Ils étaient 165 000."),
        ("Ils étaient près de 300.", "Ils étaient près de 400."),
        ("Il y a plus de 300 morts.", "Il y a moins de 300 morts."),
        ("Il faisait −7,5 °C.", "Il faisait 7,5 °C."),
        ("Le titre gagne 7,5 %.", "Le titre varie de −7,5 %."),
        ("Deux hommes sont morts.", "Les trois hommes sont morts."),
        ("Un déplacement, le premier.", "C’est son troisième déplacement."),
        ("Il arrive en deuxième position.", "Il arrive en quatrième position."),
        ("Des MiG-29 sont livrés.", "Des MiG-31 sont livrés."),
        ("La montre Aria 4 coûte 5 euros.", "La montre Aria 5 coûte 5 euros."),
        ("Battu 2-1, il s’en va, après 3 buts.", "Battu 3-1, il s’en va."),
        ("Appelez le 04 26 10 12 12.", "Téléphone : 04 26 10 12 21."),
        ("L’article V du traité.", "L’article IV du traité."),
        ("Des dizaines de milliards.", "Des centaines de milliards."),
        ("Une cinquantaine de pays.", "Une quarantaine de pays."),
        ("La moitié des élèves.", "Un tiers des élèves."),
        ("Un abonnement à 86 euros par mois.", "Un abonnement à 86 euros par semaine."),
    ],
)  # fmt: skip
def test_another_figure_blocks(source, piece):
    assert [severity for severity, _ in findings(source, piece)] == ["block"]


@pytest.mark.parametrize(
    ("source", "piece", "severity"),
    [
        ("Ils étaient 164 200.", "Ils étaient près de 165 000.", "info"),
        ("Ils sont 1 248.", "Ils sont plus de 1 200.", "info"),
        ("56 % des élèves.", "Plus de la moitié des élèves.", "info"),
        ("Une cinquantaine de pays.", "Cinquante pays.", "warn"),
        ("Il coûte 2,15 euros, puis 2,50 euros.", "Une hausse de 35 centimes.", "info"),
        ("De 41 % à 55 % en un an.", "Une hausse de 14 points.", "info"),
        ("Elle emploie 5 200 personnes, dont 3 900 femmes.", "Elle emploie 75 % de femmes.", "warn"),
        ("Fermé en 2014, rouvert en 2026.", "Il est resté fermé douze ans.", "info"),
        ("L’Italie, la France et le Portugal signent.", "Trois pays signent.", "info"),
        ("Il y a 146 blessés.", "Il y a 146 voitures.", "warn"),
    ],
)  # fmt: skip
def test_what_is_rounded_reckoned_or_counted_does_not_block(source, piece, severity):
    assert [found for found, _ in findings(source, piece)] == [severity]


def test_the_difference_is_told_and_the_place_shown():
    (finding,) = find_absent_figure(
        manuscript("La rénovation a coûté 164 000 euros.", "# Titre\n\nElle a coûté **146 000** euros.")
    )
    assert finding.code == "FID004"
    assert "source: 164 000 euros; piece: 146 000 euros" in finding.message
    assert finding.where is not None
    assert finding.where.line == 3
    assert finding.evidence[0].paragraph == "P1"


def test_headings_announced_by_a_title_are_counted():
    piece = (
        "# Quatre nouvelles du port\n\n## Quai\n\nA.\n\n## Bassin\n\nB.\n\n## Écluse\n\nC.\n\n## Phare\n\nD."
    )
    assert findings("Le port bouge.", piece) == []


@given(st.integers(2, 10**9), st.booleans(), st.booleans())
def test_a_number_in_words_is_the_number_in_digits(n, new, swiss):
    words, digits = spelled(n, new=new, swiss=swiss), f"{n:,}".replace(",", "\u202f")
    assert (
        findings(f"Il y a {words} arbres.".replace("ns arbres", "ns d’arbres"), f"Il y a {digits} arbres.")
        == []
    )


@given(st.integers(21, 10**6), st.integers(21, 10**6))
def test_another_number_is_never_let_pass(n, other):
    expected = [] if n == other else ["block"]
    assert [s for s, _ in findings(f"Il y a {n} arbres.", f"Il y a {other} arbres.")] == expected


@given(st.text(max_size=80), st.text(max_size=80))
def test_survives_any_text(source, piece):
    findings(source, piece)


def test_a_long_list_of_figures_takes_linear_time():
    def seconds(n):
        source = " ".join(f"{i} personnes" for i in range(n))
        laid = manuscript(source, " ".join(f"{i * 7 + 3} maisons" for i in range(n)))
        start = time.process_time()
        list(find_absent_figure(laid))
        return time.process_time() - start

    assert seconds(1200) < 12 * max(seconds(300), 0.05)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (
            "La brigade a compté 12 départs de feu, contre 9 un an avant.",
            "Il y en avait 9 l’an dernier, 12 cet été.",
        ),
        ("Le texte a eu 20 voix pour et 15 contre.", "Vingt élus l’ont voté, 15 l’ont rejeté."),
        (
            "La réunion débute à 18 h 30 à la mairie.",
            "La réunion débute à dix-huit heures trente à la mairie.",
        ),
        ("Le bureau ouvre à 14 heures.", "Le bureau ouvre à deux heures de l’après-midi."),
    ],
)
def test_an_elision_is_no_unit_and_an_hour_in_words_is_a_time(source, piece):
    assert [f for f in findings(source, piece) if f[0] == "block"] == []


_BUDGET = "Sur les trente élus, dix-huit ont voté pour. La dette passe de 96 à 84 millions d’euros. Elle ouvre du 2 mai au 9 septembre."


@pytest.mark.parametrize(
    "piece",
    [
        "Douze élus n’ont pas voté pour.",
        "Elle se désendette de 12 millions d’euros.",
        "Elle ouvre quatre mois.",
    ],
)
def test_what_follows_from_two_figures_or_two_dates_does_not_block(piece):
    assert "block" not in {severity for severity, _ in findings(_BUDGET, piece)}


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Les ventes ont triplé en un an.", "Les ventes ont doublé en un an."),
        ("Les loyers ont été multipliés par trois.", "Les loyers ont quadruplé."),
        ("On a compté 28 cas de rougeole.", "On a compté XXXVIII cas de rougeole."),
        ("Le chômage recule de douze et demi pour cent.", "Le chômage recule de treize et demi pour cent."),
    ],
)
def test_another_factor_roman_count_or_half_blocks(source, piece):
    assert "block" in {severity for severity, _ in findings(source, piece)}


def test_the_words_for_an_image_and_the_title_of_a_link_are_read():
    source = "Le pont a coûté 12 millions d’euros."
    assert findings(source, "Le pont.\n\n![Un pont à 45 millions d’euros](p.jpg)") != []
    assert findings(source, 'Le [pont](https://exemple.fr "à 45 millions d’euros").') != []


def test_a_line_of_source_that_tells_something_is_text():
    source = "Le pont a coûté 12 millions d’euros."
    assert findings(source, "Le pont.\n\nSource : le maire estime que 45 millions ont été perdus.") != []
    assert findings(source, "Le pont.\n\nSource : AFP, 12 mars 2024") == []


def test_an_age_whose_i_has_lost_its_dot_is_no_fault_of_the_program():
    assert findings("Elle a 27 ans.", "Une nonagénaıre, puis une trentenaire.")
