import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.fidelity import CHECKS
from pipeline.checks.fidelity.counted.figures import find_absent_figure
from pipeline.checks.fidelity.dated.dates import find_absent_date
from pipeline.checks.fidelity.named.names import find_absent_name
from pipeline.checks.fidelity.named.places import find_absent_place
from pipeline.checks.fidelity.named.roles import find_wrong_role
from pipeline.checks.fidelity.related.cause import find_cause
from pipeline.checks.fidelity.related.polarity import find_polarity
from pipeline.model import Paragraph
from pipeline.text.facts import read
from pipeline.text.figures import figures
from pipeline.text.gentiles import people_of
from tests.checks.fidelity.laid_beside import found, manuscript

JAIL = "Le tribunal l’a condamné à quatre ans de prison, dont deux avec sursis."
POOL = "La piscine coûtera 3,2 millions d’euros, dont 1,1 million apporté par la région."
GOAL = "Le capitaine a marqué à la 83e minute. Le gardien s’est blessé à la 8e minute."
SEATS = "Avec 58 des 120 sièges, le mouvement manque de peu la majorité absolue."
STORM = (
    "La tempête a privé de courant 84 000 foyers.\n\nLundi midi, 31 000 foyers restaient privés de courant."
)


def blocked(find, source, piece):
    return [text for severity, text in found(find, source, piece) if severity == "block"]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (JAIL, "Quatre ans de prison, dont la moitié avec sursis."),
        (JAIL, "Il a été condamné à quatre ans de prison, dont deux ans avec sursis."),
        (POOL, "La région apporte 1,1 million d’euros sur 3,2."),
        (GOAL, "Le capitaine a marqué à sept minutes du terme."),
        (GOAL, "Le gardien s’est blessé après moins de dix minutes."),
        (SEATS, "Il lui manque trois sièges pour avoir la majorité."),
        (STORM, "Plus de la moitié des 84 000 foyers avaient retrouvé le courant lundi midi."),
        ("Il reste sept finales à jouer.", "Le club est en tête à sept journées de la fin."),
        ("L’école accueille 2 300 élèves, dont 60 % de filles.", "L’école a près de 1 400 filles."),
        ("La ville versera 20 millions, la région 12 millions et l’État 8 millions d’euros.",
         "L’aide atteint au total 40 millions d’euros."),
        ("Le projet a été voté par 21 voix contre 6.", "Le projet a recueilli 27 suffrages, dont 21 favorables."),
        ("Les bénéfices ont chuté de 48 %.", "Les bénéfices ont été presque divisés par deux."),
        ("Le taux est passé à 3,9 %.", "Le taux est passé sous la barre des 4 %."),
        ("Le mètre carré coûte 2 940 euros, contre 3 210 il y a deux ans.", "Le mètre carré a perdu 270 euros."),
        ("La mesure coûtera 130 millions d’euros. L’État en paiera la moitié.", "L’État paiera 65 millions d’euros."),
        ("L’hôtel a été bâti en 1862.", "L’hôtel a été bâti au XIXe siècle."),
        ("C’est le troisième incendie depuis janvier.", "Deux autres incendies avaient eu lieu depuis janvier."),
        ("Le tournage a duré dix-huit jours.", "Le tournage a duré moins de trois semaines."),
        ("Les ventes ont repris entre juillet et septembre.", "Les ventes ont repris au troisième trimestre."),
        ("La maladie est apparue en août.\n\nLe 3 octobre, la maladie a touché un élevage.",
         "En deux mois, la maladie apparue en août a touché un élevage le 3 octobre."),
    ],
)  # fmt: skip
def test_what_a_reader_can_work_out_of_a_source_is_not_blocked(source, piece):
    assert blocked(find_absent_figure, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (JAIL, "Il a été condamné à quatre ans de prison, dont trois ans avec sursis."),
        (JAIL, "Quatre ans de prison, dont le quart avec sursis."),
        (POOL, "La région apporte 1,1 million d’euros sur 4,2."),
        (GOAL, "Le capitaine a marqué à neuf minutes du terme."),
        (GOAL, "Le gardien s’est blessé après moins de cinq minutes."),
        (SEATS, "Il lui manque quatre sièges pour avoir la majorité."),
        (STORM, "Moins du quart des 84 000 foyers avaient retrouvé le courant lundi midi."),
        ("L’école accueille 2 300 élèves, dont 60 % de filles.", "L’école a près de 1 800 filles."),
        ("Les bénéfices ont chuté de 48 %.", "Les bénéfices ont été divisés par trois."),
        ("L’hôtel a été bâti en 1862.", "L’hôtel a été bâti au XVIIIe siècle."),
        ("C’est le troisième incendie depuis janvier.", "Quatre autres incendies avaient eu lieu depuis janvier."),
        ("Les ventes ont repris entre juillet et septembre.", "Les ventes ont repris au quatrième trimestre."),
        ("Le service fermera de 20 heures à 8 heures le 1er juillet.\n\nLe 1er juillet, la nuit, on ira à Tournesac.",
         "Le 1er juillet, le service fermera entre 20 heures et 9 heures, et la nuit on ira à Tournesac."),
        ("La fermeture coûtera 27 millions d’euros, soit 9 de plus que prévu.",
         "La fermeture coûtera 9 millions d’euros."),
    ],
)  # fmt: skip
def test_what_does_not_follow_from_a_source_is_blocked_still(source, piece):
    assert blocked(find_absent_figure, source, piece)


@given(st.integers(1001, 2026))
def test_a_year_may_be_told_by_its_century_and_by_no_other(year):
    numerals = dict(enumerate("XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split(), 11))
    source, right = f"L’hôtel a été bâti en {year} par la ville.", (year - 1) // 100 + 1
    for century in (right, right + 1 if right < 21 else right - 1):
        told = f"L’hôtel a été bâti par la ville au {numerals[century]}e siècle."
        assert bool(blocked(find_absent_figure, source, told)) == (century != right)
        assert blocked(find_absent_name, source, told) == []


def test_a_match_day_is_no_span_of_time():
    assert figures("à sept journées de la fin")[0].unit == "journée"
    assert figures("après sept journées de grève")[0].unit == "day"


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("La Toulonnaise a gagné.", "La joueuse de Toulon a gagné."),
        ("Les Grenoblois ont gagné.", "Le club de Grenoble a gagné."),
    ],
)
def test_a_town_may_stand_for_its_people(source, piece):
    assert blocked(find_absent_place, source, piece) == []


def test_another_town_is_no_one_s_home():
    assert blocked(find_absent_place, "La Toulonnaise a gagné.", "La joueuse de Toulouse a gagné.")


@given(st.text(max_size=20))
def test_the_people_of_a_town_have_its_name_but_for_its_end(town):
    assert all(form.startswith(town.removesuffix("s").removesuffix("e")) for form in people_of(town))


def test_parliament_need_not_be_named_where_its_members_are():
    told = "Le texte revient au Parlement."
    assert blocked(find_absent_name, "Les députés ont voté le texte.", told) == []
    assert blocked(find_absent_name, "La mairie a voté le texte.", told) == ["Parlement"]


def test_the_office_after_the_name_of_a_body_is_a_person_s():
    facts = read((Paragraph("P1", "L’Union démocratique du Premier ministre Davit Orbelian a perdu."),), "fr")
    assert [(n.text, r) for n, r in zip(facts.names, facts.roles, strict=True) if r] == [
        ("Davit Orbelian", ("Premier ministre",))
    ]


def test_the_role_behind_an_age_is_read():
    facts = read(
        (Paragraph("P1", "Mme Anne Beraud, 46 ans, ancienne vice-gouverneure de la banque, sort."),), "fr"
    )
    assert any("vice-gouverneure" in role for row in facts.roles for role in row)


@pytest.mark.parametrize(
    ("piece", "severities"),
    [
        ("Anne Beraud, ancienne gouverneure de la banque, a parlé.", ["block"]),
        ("Anne Beraud, ancienne vice-gouverneure de la banque, a parlé.", []),
    ],
)
def test_a_deputy_is_not_raised_to_the_office(piece, severities):
    source = "Anne Beraud, 46 ans, ancienne vice-gouverneure de la banque, a parlé."
    assert [severity for severity, _ in found(find_wrong_role, source, piece)] == severities


def test_an_age_as_a_noun_is_no_office():
    source = "Le comédien Pierre Lantier, 74 ans, a reçu le prix."
    assert found(find_wrong_role, source, "Le septuagénaire Pierre Lantier a reçu le prix.") == []


@pytest.mark.parametrize(
    ("source", "piece", "wrong"),
    [
        ("La réforme sera appliquée à la rentrée 2027.", "La réforme sera appliquée en septembre 2027.", False),
        ("La réforme sera appliquée à la rentrée 2027.", "La réforme sera appliquée en octobre 2027.", True),
        ("La décision tombera samedi. La réunion est fixée à vendredi.",
         "La réunion est fixée à vendredi, à la veille de la décision.", False),
        ("L’accident a eu lieu à 6 h 20.", "L’accident a eu lieu peu après 6 heures.", False),
        ("L’accident a eu lieu à 6 h 20.", "L’accident a eu lieu peu avant 6 heures.", True),
    ],
)  # fmt: skip
def test_a_time_that_follows_is_not_blocked_and_another_is(source, piece, wrong):
    assert bool(blocked(find_absent_date, source, piece)) == wrong


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Le notaire paiera une amende de 75 000 euros et ne pourra plus exercer de profession juridique.",
         "Le notaire, qui n’a plus le droit d’exercer un métier du droit, écope de 75 000 euros d’amende."),
        ("Le budget a été adopté par 21 voix pour et 6 contre.", "Le budget a été voté ; six élus s’y sont opposés."),
        ("La tempête a privé d’électricité 84 000 foyers.", "Les foyers ont retrouvé l’électricité après la tempête."),
        ("On a vu partir les vaches en deux heures.", "Deux heures ont suffi pour vider l’étable des vaches."),
    ],
)  # fmt: skip
def test_an_honest_sentence_is_not_taken_for_a_denial(source, piece):
    assert found(find_polarity, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Le président du club n’exclut pas de supprimer l’école de rugby.",
         "Le président du club a décidé de supprimer l’école de rugby."),
        ("Elle n’entend pas rompre avec la Russie.", "Anne Beraud entend rompre avec la Russie."),
        ("Le service a levé la vigilance orange lundi.", "Le service a déclenché la vigilance orange lundi."),
        ("Le repli s’explique par le renchérissement de l’acier.", "Le repli s’explique par la baisse de l’acier."),
        ("L’abbaye ne retrouvera pas ses moines.", "L’abbaye retrouvera ses moines."),
    ],
)  # fmt: skip
def test_what_is_told_the_other_way_is_warned_of(source, piece):
    assert found(find_polarity, source, piece)


def test_what_judges_took_into_account_is_a_cause():
    source = "Les juges ont tenu compte du fait qu’il avait avoué."
    assert found(find_cause, source, "Les juges ont été cléments parce qu’il avait avoué.") == []


@pytest.mark.parametrize(
    "unit", ["1,1 million d’euros sur 3,2, ", "la moitié des 84 000 foyers, ", "deux autres cas, "]
)
def test_many_figures_are_looked_at_one_by_one(unit):
    laid = manuscript("Le 3e cas a coûté 4,2 millions d’euros à 84 000 foyers, dont 2.", unit * 300)
    assert all(f.where for check in CHECKS for f in check.find(laid))
