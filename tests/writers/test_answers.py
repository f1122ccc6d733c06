import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article, Brief, Dossier, Paragraph, Plan, Quotation
from pipeline.writers import answers

ARTICLE = Article("a.txt", "0" * 64, "Un titre", "fr", (Paragraph("P1", "Le maire parle de la piscine."),))
DOSSIER = Dossier(ARTICLE, (Quotation("Q1", "Oui", None, "P1", 0, 3),), related=(Dossier(ARTICLE),))
PLAN = Plan("piscine", "Titre", "Le grand titre", "Une description", "piscine", ())


def plan(**fields):
    whole = {
        "keyphrase": "piscine de Valmont",
        "synonyms": ["bassin"],
        "title": "Piscine de Valmont : la réouverture",
        "headline": "La piscine rouvre",
        "description": "Tout sur la piscine.",
        "slug": "piscine-valmont",
        "sections": [{"heading": "Les travaux", "level": 2, "evidence": ["P1", "Q1", "S2P1", "P99"]}],
    }
    return json.dumps(whole | fields, ensure_ascii=False)


def test_a_plan_is_read_and_evidence_nobody_has_is_dropped():
    read = answers.read_plan(plan(), DOSSIER, Brief())
    assert read.headline == "La piscine rouvre"
    assert read.sections[0].evidence == ("P1", "Q1", "S2P1")


@pytest.mark.parametrize("around", ["```json\n{}\n```", "Voici le plan :\n{}\nBonne lecture !", "{}"])
def test_talk_and_fences_around_a_plan_do_no_harm(around):
    assert answers.read_plan(around.replace("{}", plan()), DOSSIER, Brief()).slug == "piscine-valmont"


def test_missing_fields_are_made_by_code_and_the_brief_decides_the_keyphrase():
    read = answers.read_plan(
        '{"sections": ["## Un intertitre"]}', DOSSIER, Brief(keyphrase="piscine municipale")
    )
    assert read.keyphrase == "piscine municipale"
    assert read.slug == "piscine-municipale"
    assert read.description.startswith("Piscine municipale : les faits")
    assert read.description.endswith(".")
    assert read.sections[0].heading == "Un intertitre"
    assert read.title
    assert read.headline


@pytest.mark.parametrize(
    "answer",
    ["", "Je ne peux pas.", "[1, 2]", '{"sections": []}', '{"sections": 3}', "{broken", "[" * 50_000],
)
def test_what_is_no_plan_says_why(answer):
    with pytest.raises(answers.NotAPlanError):
        answers.read_plan(answer, DOSSIER, Brief())


def test_no_path_comes_from_a_model():
    read = answers.read_plan(plan(slug="../../etc/passwd"), DOSSIER, Brief())
    assert read.slug == "etc-passwd"


def test_a_field_is_one_line_in_bounds():
    read = answers.read_plan(plan(title="a\nb\x00c" + "d" * 999), DOSSIER, Brief())
    assert read.title.startswith("a b c")
    assert len(read.title) == 300


@given(st.text())
def test_any_answer_gives_a_plan_or_a_reason(answer):
    with suppress(answers.NotAPlanError):
        assert answers.read_plan(answer, DOSSIER, Brief()).sections


@pytest.mark.parametrize(
    "answer",
    [
        "# Un titre\n\nUn texte.",
        "Voici l’article demandé :\n\n# Un titre\n\nUn texte.",
        "```markdown\n# Un titre\n\nUn texte.\n```\n\nN’hésitez pas !",
        "---\ntitle: x\n---\n\n# Un titre\n\nUn texte.",
        "\ufeff# Un titre\r\n\r\nUn texte.",
    ],
)
def test_an_article_is_freed_of_what_stands_around_it(answer):
    assert answers.article(answer, PLAN) == "# Un titre\n\nUn texte."


def test_an_article_without_a_title_takes_the_plan_s():
    assert answers.article("Un chapô.\n\n## Partie\n\nUn texte.", PLAN).startswith(
        "# Le grand titre\n\nUn chapô."
    )


def test_html_links_and_images_go_and_their_words_stay():
    text = answers.plain_markdown(
        "# T\n\nUn <b>mot</b> et [un lien](https://x.example) ![image](http://y)\n\n<script>alert(1)</script>\n\n[z]: http://z"
    )
    assert text == "# T\n\nUn mot et un lien"


@given(st.text(alphabet="ab<>/!-[]()# \n`*é", max_size=80))
def test_no_raw_html_is_left_in_any_text(text):
    from pipeline.text.markdown import parse

    assert parse(answers.plain_markdown(text)).html == ()


@pytest.mark.parametrize(
    ("text", "rest", "whole"),
    [
        ("La suite con", "tinue ici.", "La suite continue ici."),
        ("La suite", " continue.", "La suite continue."),
        ("La piscine", "rouvre. La piscine ferme.", "La piscine rouvre. La piscine ferme."),
        (
            "Le maire parle de la piscine",
            "parle de la piscine et du parc.",
            "Le maire parle de la piscine et du parc.",
        ),
        ("Une phrase finie.", "Une autre.", "Une phrase finie. Une autre."),
        ("Une phrase", ", puis une autre.", "Une phrase, puis une autre."),
        ("Un paragraphe.\n\n", "## Titre", "Un paragraphe.\n\n## Titre"),
    ],
)
def test_a_continuation_joins_where_the_cut_was(text, rest, whole):
    assert answers.joined(text, rest, "la piscine de la ville") == whole


def test_a_mended_section_keeps_its_heading_or_is_not_taken():
    sent = "## Les travaux\n\nAncien texte."
    assert answers.section("## Les travaux\n\nNouveau.", sent) == "## Les travaux\n\nNouveau."
    assert answers.section("Voici :\n\n## Les travaux\n\nNouveau.", sent) == "## Les travaux\n\nNouveau."
    assert answers.section("Nouveau texte seul.", sent) == "## Les travaux\n\nNouveau texte seul."
    assert answers.section("", sent) is None
    assert answers.section("# Tout l’article\n\nDe nouveau.", sent) is None


@pytest.mark.parametrize(
    "hostile",
    [
        "<http://evil/b>",
        "[lien [x] ici](http://evil/d)",
        "[a\nb](http://evil/f)",
        "![im [a] b](http://evil/e.png)",
        "> [ref]: http://x\n\n[ref]",
        "<mailto:a@b.example>",
        "<scr<b></b>ipt>alert(1)</scr<b></b>ipt>",
        "- [x]: http://evil\n\n[x][]",
        "[a](<http://evil> 'titre')",
        "<!-- caché --> <span hidden>x</span>",
    ],
)
def test_no_link_image_or_tag_survives_in_a_model_s_text(hostile):
    from pipeline.text.markdown import parse

    document = parse(answers.plain_markdown(f"# T\n\nUn texte. {hostile}\n\nUn autre. {hostile}"))
    assert document.html == ()
    assert [link for block in document.blocks for link in block.links] == []


def test_underlined_headings_become_plain_ones():
    assert answers.article("Un titre\n========\n\nUn chapô.\n\nUne partie\n---\n\nUn texte.", PLAN) == (
        "# Un titre\n\nUn chapô.\n\n## Une partie\n\nUn texte."
    )


def test_signs_nobody_sees_and_lone_surrogates_go():
    assert answers.plain_markdown("a\x00b\x1bc\x7f\u200bd \ud800") == "abcd"


def test_a_plan_in_english_is_asked_again():
    with pytest.raises(answers.NotAPlanError, match="pas en français"):
        answers.read_plan(plan(title="What the leaders said in the town about the pool"), DOSSIER, Brief())


def test_a_field_that_talks_or_sends_the_reader_away_is_made_by_code():
    read = answers.read_plan(
        plan(
            title="Tout sur www.piege.example",
            description="Je ne peux pas vous aider.",
            synonyms=["a@b.example", "bassin"],
        ),
        DOSSIER,
        Brief(),
    )
    assert read.title == read.headline == "La piscine rouvre"
    assert read.description.startswith("Piscine de Valmont : les faits")
    assert read.synonyms == ("bassin",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Voici la version corrigée :\n\n", ""),
        ("", "\n\n---\n\nN’hésitez pas à me dire si cela vous convient."),
        ("", "\n\n**Nombre de mots :** 712\n\nJ’espère que cet article vous plaira !"),
        ("**Méta-description :** La piscine.\n\n", ""),
    ],
)
def test_talk_at_the_edges_of_a_text_goes(before, after):
    answer = f"# Un titre\n\n{before}Un texte.{after}"
    assert answers.article(answer, PLAN) == "# Un titre\n\nUn texte."


def test_a_text_that_is_none_is_told_why():
    assert "refus" in answers.problem("Je suis désolé, mais je ne peux pas rédiger cet article.")
    assert "français" in answers.problem("The council voted on Thursday for the new pool of the town. " * 5)
    assert answers.problem("# La piscine\n\nLe conseil a voté jeudi la rénovation du bassin. " * 5) == ""


def test_a_continuation_that_is_the_whole_text_again_is_known():
    text = "# La piscine rouvre au printemps prochain\n\nLe maire de la ville l’a dit"
    assert answers.begins_anew(text, text + " jeudi.")
    assert not answers.begins_anew(text, " jeudi soir.")


@pytest.mark.parametrize(
    "rest",
    [" jeudi soir.", "Voici la suite de l’article :\n\n jeudi soir.", "```markdown\n jeudi soir.\n```"],
)
def test_a_continuation_loses_its_wrapping(rest):
    assert answers.continuation(rest) == " jeudi soir."
