"""Ways to look ready that are not; each was found by somebody who tried."""

from dataclasses import replace

import pytest

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse

SOURCE = (
    "Le maire de Valmont a promis jeudi devant une salle comble que la vieille piscine rouvrirait avant la fin du "
    "printemps grâce à un emprunt voté par le conseil municipal et à une aide de la région."
)
ENGLISH = "The council voted on Thursday for the new budget of the town and the mayor was happy with it."
GOOD = (
    "# La piscine de Valmont\n\nÀ Valmont, les nageurs retrouveront leur bassin à la belle saison, assure la mairie. "
    "Les élus empruntent pour cela.\n\n## Un emprunt et une aide\n\nLa région paie une part du chantier, annoncé jeudi. "
    "Le reste vient d’un prêt que les élus ont accepté.\n"
)
DOSSIER = Dossier(Article("s.txt", "0" * 64, None, "fr", tuple(Paragraph(f"P{n}", SOURCE) for n in (1, 2))))


def codes(text):
    result = examine(Manuscript(parse(text), Brief(words=20), DOSSIER))
    return {f.code for f in result.findings if f.severity == "block"}


def test_the_piece_these_attacks_start_from_is_ready():
    assert codes(GOOD) == set()


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (f"\n## Notes\n\n{ENGLISH * 3}\n", "LNG001"),
        (f"\n## Notes\n\n{SOURCE * 2}\n", "ORI001"),
        (f"\n## Notes\n\n{ENGLISH}\n\n## Suite\n\nLa suite viendra.\n", "LNG001"),
        (f"\nSource : {SOURCE} {SOURCE}\n", "ORI001"),
        (f"\n[^1] {ENGLISH * 4}\n", "LNG001"),
        (f"\n| a |\n| --- |\n| {SOURCE} |\n", "ORI001"),
        (f"\n```\n{ENGLISH}\n```\n", "LNG001"),
        (f"\n<div>{ENGLISH}</div>\n", "SAF001"),
        ("\n<!-- caché -->\n", "SAF001"),
        (f"\nOn dit : « {SOURCE}\n", "ORI001"),
        ("\n" + SOURCE.replace("i", "i\u00ad") + "\n", "ORI001"),
        ("\n" + SOURCE.replace(" ", " \u200b") + "\n", "ORI001"),
        ("\n## Vide\n\n\u200b.\n", "HEA004"),
        ("\n" + "Les nageurs retrouveront leur bassin à la belle saison. " * 12, "LEN004"),
        ("\n" + "1 " * 600, "LEN004"),
    ],
)
def test_what_is_added_out_of_sight_blocks(added, code):
    assert code in codes(GOOD + added)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.replace("# La piscine", "### La piscine", 1), "HEA002"),
        ("## Avant\n\nUn mot.\n\n" + GOOD, "HEA002"),
        ("---\ntitle: a: b\nstage: working_draft\n---\n\n" + GOOD, "SAF002"),
        ("---\nstage: working_draft\n---\n\n" + GOOD, "ORI003"),
        (
            "# Valmont\n\n## Suite\n\n"
            + "Kunnanvaltuusto hyväksyi torstaina uuden uimahallin rakentamisen. " * 9,
            "LNG004",
        ),
    ],
)
def test_a_skeleton_out_of_shape_blocks(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "front",
    [
        "date: 2023-02-30",
        "a: !!timestamp x",
        "a: !!bool x",
        "a: " + "9" * 5_000,
        "a: " + "[" * 20_000,
        "a: &x [*x]",
    ],
)
def test_no_front_matter_can_stop_the_checks(front):
    codes(f"---\n{front}\n---\n\n{GOOD}")


def test_an_alias_bomb_costs_nothing():
    bomb = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    codes(f"---\n{bomb}disclosure: *a11\n---\n\n{GOOD}")


@pytest.mark.parametrize(
    "line",
    [
        "Titre original : The Lord of the Rings: The Return of the King.",
        "Rock and roll, rhythm and blues, hip-hop : trois genres.",
        "Or : France. Argent : Italie. Bronze : Japon",
        "« We shall fight on the beaches », disait Churchill.",
    ],
)
def test_good_french_is_left_alone(line):
    said_by_no_source = {"FID002", "FID006", "FID007", "FID012"}
    assert codes(f"{GOOD}\n{line}\n") <= said_by_no_source


def test_a_long_front_matter_value_is_no_apparatus():
    text = f"---\ndisclosure: {ENGLISH * 4}\n---\n\n{GOOD}\n{ENGLISH * 4}\n"
    assert "LNG001" in codes(text)


def test_a_manuscript_is_compared_by_identity():
    one = Manuscript(parse(GOOD), Brief(), DOSSIER)
    assert one != replace(one)


@pytest.mark.parametrize("heading", ["Notes", "Sources", "Crédits"])
def test_a_sentence_under_the_sources_is_text(heading):
    line = "Louis Abgrall a versé 99 millions d’euros à la mairie de Tokyo."
    assert "FID004" in codes(f"{GOOD}\n\n## {heading}\n\n{line}\n")
    assert "FID004" not in codes(f"{GOOD}\n\n## {heading}\n\n- « Les 99 jours », Le Monde, 12 juin 2023\n")
