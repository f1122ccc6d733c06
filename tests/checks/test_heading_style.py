from pathlib import Path

import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.heading_style import CHECKS
from pipeline.model import Article, Brief, Dossier, Name, Paragraph
from pipeline.text.markdown import parse

REFERENCE = sorted((Path(__file__).parents[1] / "reference").glob("*.md"))
BODY = (
    "Les enjeux de la réforme des retraites sont grands. On dit que les prix flambent cet été. Le monde change. Les "
    "entreprises ont un rôle dans la transition énergétique. La guerre a des conséquences économiques."
)


def findings(*headings, body=BODY, dossier=None):
    text = f"# Un sommet de trop\n\n{body}\n\n" + "\n\n".join(f"## {h}\n\nUn mot." for h in headings)
    manuscript = Manuscript(parse(text), Brief(), dossier)
    return [f for check in CHECKS for f in check.find(manuscript)]


def codes(*headings, **more):
    return [f.code for f in findings(*headings, **more)]


def dossier(*names):
    article = Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", " ".join(names)),))
    found = tuple(Name(f"N{i}", n, "other", "P1", 0, len(n)) for i, n in enumerate(names, start=1))
    return Dossier(article, names=found)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_each_check_plays_its_own_examples(check):
    bad, good = (list(check.find(Manuscript(parse(e.text), Brief()))) for e in (check.bad, check.good))
    assert {f.code for f in bad} == {check.code}
    assert {f.severity for f in bad} == {"warn"}
    assert good == []


@pytest.mark.parametrize("path", REFERENCE, ids=lambda p: p.stem[:3])
def test_a_finished_piece_has_no_heading_of_bad_style(path):
    manuscript = Manuscript(parse(path.read_text(encoding="utf-8")), Brief())
    assert [f for check in CHECKS for f in check.find(manuscript)] == []


@pytest.mark.parametrize("body", ["Un texte.", BODY], ids=["alone", "in a piece"])
@pytest.mark.parametrize(
    "heading",
    [
        "Les Enjeux De La Réforme Des Retraites",
        "Les Enjeux de la Réforme des Retraites",
        "Pourquoi Les Prix Flambent Cet Été",
        "Comment Réduire Sa Facture D’Électricité",
        "Une Nouvelle Ère Pour l’Intelligence Artificielle",
        "Les Conséquences Économiques de la Guerre",
        "Emmanuel Macron Face Aux Syndicats De Police",
        "Ce Que Cela Change Pour Vous",
        "Le Rôle des Entreprises dans la Transition Énergétique",
        "La Banque Centrale Européenne Relève Ses Taux",
    ],
)
def test_english_capitals_are_flagged(heading, body):
    assert codes(heading, body=body) == ["HEA007"]


@pytest.mark.parametrize(
    "heading",
    [
        "La Banque centrale européenne relève ses taux",
        "Le Monde diplomatique et Le Figaro s’opposent",
        "Zelensky, Poutine, Trump et Scholz à Genève",
        "Les Misérables, Les Fleurs du mal et Le Père Goriot : trois romans",
        "La Croix, Les Échos, Le Point : la presse réagit",
        "Les Français face aux Allemands et aux Italiens",
        "SNCF, RATP : ce que prévoit la CGT",
        "« Les Enjeux De La Guerre » : un livre de Paul Martin",
        "Robert De Niro et Leonardo DiCaprio réunis",
        "La Coupe du monde 2026 aux États-Unis, au Canada et au Mexique",
        "Google Cloud Platform face à Amazon Web Services",
        "Les Républicains et le Rassemblement national votent contre",
        "iPhone 15 Pro Max : faut-il l’acheter ?",
        "Jean-Luc Mélenchon, Marine Le Pen et Gabriel Attal au second tour",
        "Retour sur la Seconde Guerre mondiale",
        "La Joconde et la Vénus de Milo au Louvre",
    ],
)
def test_names_institutions_and_titles_keep_their_capitals(heading):
    assert codes(heading) == []
    assert codes(heading, body="Un texte.") == []


def test_a_name_of_the_dossier_is_no_english_capital():
    heading = "Le Pacte des Loups et la Ligue des Retraites"
    assert codes(heading) == ["HEA007"]
    assert codes(heading, dossier=dossier("Pacte des Loups", "Ligue des Retraites")) == []


def test_a_word_that_keeps_its_capital_in_mid_sentence_is_a_name():
    heading = "La Réforme, les Retraites et les Enjeux"
    assert codes(heading) == ["HEA007"]
    assert codes(heading, body="On lit La Réforme, les Retraites et les Enjeux, trois revues.") == []


def test_the_fix_lowers_what_is_certainly_no_name_and_only_that():
    found = findings("Les Enjeux De La Réforme Des Retraites En France")
    assert found[0].fix == "Les enjeux de la réforme des retraites en France"
    assert findings("Les Enjeux De La Zorbifuge Des Retraites")[0].fix is None


@pytest.mark.parametrize(
    ("heading", "flagged"),
    [
        ("LE CALENDRIER DU SOMMET", True),
        ("RETRAITES : LA GRÈVE", True),
        ("INTERNATIONALISATION", True),
        ("SNCF ET RATP", True),
        ("OTAN, ONU, UE", False),
        ("SNCF, RATP : la grève", False),
        ("COP 28", False),
    ],
)
def test_headings_in_capitals_are_flagged_and_sigles_are_not(heading, flagged):
    assert ("HEA008" in codes(heading)) is flagged


@pytest.mark.parametrize(
    ("heading", "flagged"),
    [
        ("Le sommet s’ouvre mardi.", True),
        ("Le sommet. La suite.", True),
        ("Et ensuite…", False),
        ("Et ensuite...", False),
        ("Qui vient ?", False),
        ("Rome au Ier siècle av. J.-C.", False),
        ("Chars, avions, munitions, etc.", False),
    ],
)
def test_a_final_full_stop_is_flagged_and_taken_away(heading, flagged):
    found = [f for f in findings(heading) if f.code == "HEA009"]
    assert bool(found) is flagged
    assert all(f.fix == "" and f.where and f.where.text == "." for f in found)


@pytest.mark.parametrize(
    "heading",
    [
        "Introduction", "1. Introduction", "Conclusion générale", "En résumé", "Pour conclure", "Le contexte",
        "Contexte et enjeux", "Ce qu’il faut retenir", "Points clés à retenir", "Partie 2", "FAQ", "Présentation",
        "Pour aller plus loin", "Questions fréquentes", "Le mot de la fin", "Rappel des faits", "CONTEXTE",
    ],
)  # fmt: skip
def test_a_heading_that_is_only_a_label_is_flagged(heading):
    assert codes(heading) == ["HEA010"]


@pytest.mark.parametrize(
    "heading",
    [
        "Le calendrier", "Une suite de revers", "Les enjeux du sommet", "Le bilan humain", "Plan de relance",
        "Ce qu’il faut retenir du sommet", "Les questions sans réponse", "Le corps électoral", "Trois morts",
    ],
)  # fmt: skip
def test_a_heading_that_tells_something_is_no_label(heading):
    assert codes(heading) == []


def test_a_subheading_that_is_only_a_name_is_flagged():
    assert codes("Jens Stoltenberg") == ["HEA011"]
    assert codes("L’Otan") == ["HEA011"]
    assert codes("Le projet Zorbif") == []
    assert codes("Le projet Zorbif", dossier=dossier("Projet Zorbif")) == ["HEA011"]
    assert codes("Jens Stoltenberg, l’homme pressé") == []


def test_a_list_of_names_and_a_title_that_is_a_name_are_left_alone():
    assert codes("Paris", "Londres", "Berlin") == []
    manuscript = Manuscript(parse("# Jens Stoltenberg\n\nUn portrait."), Brief())
    assert [f for check in CHECKS for f in check.find(manuscript)] == []


def test_sources_and_notes_are_exempt():
    assert codes("Sources", "Notes") == []


def test_the_page_title_is_a_heading_too():
    text = "---\ntitle: Les Enjeux De La Réforme Des Retraites\n---\n\n# Otan\n\nUn sommet."
    [found] = [f for c in CHECKS if c.code == "HEA007" for f in c.find(Manuscript(parse(text), Brief()))]
    assert found.where
    assert (found.where.line, found.where.text) == (2, "Les Enjeux De La Réforme Des Retraites")
