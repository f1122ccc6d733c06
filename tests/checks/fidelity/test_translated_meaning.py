"""A sentence told from English with all its facts right: is it denied, doubted, limited and attributed as there?"""

import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.translated import findings
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse

SOURCE = """The ferry company Skerry Line will not close its office in Torvik, its manager, Nora Dahl, said on Tuesday. The
regional council refused to pay for a new quay. Dahl could sell the ferry Alma for 6 million euros.

“We have never asked for a gift. The island needs a bridge and a school,” said the company's chairman, Peter Lund.

Sales rose 8% in summer and fell 3% in winter. The union Sea and Port said 40 jobs were at risk and did not rule out a
strike. The Northern Health Agency has not yet approved the new route. Opposition councillor Mary Stone accused Lund's
company of hiding its debt. “The island is paying twice,” she said."""


def manuscript(text):
    rows = enumerate((" ".join(p.split()) for p in SOURCE.split("\n\n")), 1)
    passages = tuple(Paragraph(f"P{n}", p, "text") for n, p in rows)
    return Manuscript(parse(text), Brief(), Dossier(Article("a", "", None, "en", passages)))


def found(text):
    return {(f.severity, f.code) for f in findings(manuscript(text)) if f.code not in ("FID016", "FID017")}


@pytest.mark.parametrize(
    "faithful",
    [
        "Skerry Line ne fermera pas son bureau de Torvik, assure sa directrice, Nora Dahl.",
        "Le bureau de Torvik reste ouvert, a annoncé mardi Nora Dahl.",
        "Le conseil régional refuse de payer un nouveau quai.",
        "Nora Dahl pourrait vendre le ferry Alma pour 6 millions d’euros.",
        "Le ferry Alma sera-t-il vendu pour 6 millions d’euros ?",
        "« Nous n’avons jamais demandé de cadeau », répond le président, Peter Lund.",
        "Les ventes ont progressé de 8 % en été et reculé de 3 % en hiver.",
        "En hiver, les ventes ont baissé de 3 %, après une hausse de 8 % en été.",
        "Le syndicat Sea and Port n’exclut pas une grève : 40 emplois sont menacés.",
        "L’Agence de santé du Nord n’a pas encore autorisé la nouvelle ligne.",
    ],
)
def test_a_faithful_sentence_is_left_alone(faithful):
    assert found(faithful) == set()


@pytest.mark.parametrize(
    ("altered", "code"),
    [
        ("Skerry Line fermera son bureau de Torvik, a dit mardi Nora Dahl.", "FID011"),
        ("Le conseil régional a accepté de payer un nouveau quai.", "FID011"),
        ("Le conseil national a refusé de payer un nouveau quai.", "FID011"),
        ("Nora Dahl vendra le ferry Alma pour 6 millions d’euros.", "FID011"),
        ("L’agence a déjà autorisé la nouvelle ligne.", "FID011"),
        ("Le syndicat Sea and Port exclut toute grève.", "FID011"),
        ("Les ventes ont progressé de 3 % en été et reculé de 8 % en hiver.", "FID009"),
        ("Quarante emplois sont menacés, selon Peter Lund, qui craint une grève.", "FID003"),
        ("« L’île paie deux fois », déplore Peter Lund.", "FID003"),
        ("« Nous n’avons jamais demandé de cadeau », a lancé Mary Stone.", "FID003"),
    ],
)
def test_a_turned_sentence_is_warned_of(altered, code):
    assert code in {c for _, c in found(altered)}


def test_a_quotation_may_be_told_in_two_parts():
    text = "« Nous n’avons jamais demandé de cadeau », a dit Peter Lund. « Il faut à l’île un pont et une école », a-t-il ajouté."
    assert "FID002" not in {c for _, c in found(text)}


def test_a_pronoun_is_a_person_and_no_town_of_one_word():
    from pipeline.text import facts

    passages = (
        Paragraph("P1", "Elsa Berg scored twice on Sunday.", "text"),
        Paragraph(
            "P2", "The Swede, who came from Hammar in 2022, is leaving. “My heart is here,” she said.", "text"
        ),
    )
    (speech,) = facts.read(passages, "en").speeches[1]
    assert speech.speaker == "Elsa Berg"


def test_a_role_is_told_by_the_name_after_it():
    from pipeline.text import facts

    (passage,) = (Paragraph("P1", "“It is over,” said the leader of the council, Grace Moore.", "text"),)
    (speech,) = facts.read((passage,), "en").speeches[0]
    assert speech.speaker == "Grace Moore"
