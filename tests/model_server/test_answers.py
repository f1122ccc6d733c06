import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model_server.answers import answer, cut, rest_of
from tests.model_server.conftest import QUOTATION, SEED, messages
from tests.model_server.filler import filler
from tests.model_server.markdown import HEADING, blocks, is_prose
from tests.model_server.pieces import ROOT, Library
from tests.model_server.prompt import read_prompt

OTHER = "Le conseil adopte le budget de la commune de Brasac.\nLes habitants protestent devant la mairie."


@pytest.fixture(scope="session")
def library(corpus):
    return Library.read(corpus / "references", corpus / "seeds")


def told(library, conversation) -> str:
    prompt = read_prompt(conversation)
    return answer(prompt, library.find(prompt)).text


@pytest.mark.parametrize("kind", ["plan", "write", "repair"])
def test_calls_are_told_apart_by_their_tags_even_when_the_system_message_names_the_tags(kind):
    assert read_prompt(messages(kind, section="## A")).kind == kind


def test_a_cut_answer_followed_by_a_wish_is_a_continue_call():
    prompt = read_prompt(messages("continue", said="# La"))
    assert (prompt.kind, prompt.goal) == ("continue", "write")


def test_a_plan_asked_for_again_after_a_bad_one_is_a_plan_call():
    again = [
        *messages("plan"),
        {"role": "assistant", "content": "{"},
        {"role": "user", "content": "Pas de JSON."},
    ]
    assert read_prompt(again).kind == "plan"


def test_contents_may_be_lists_of_parts():
    parts = [
        {"role": m["role"], "content": [{"type": "text", "text": m["content"]}]} for m in messages("write")
    ]
    assert read_prompt(parts) == read_prompt(messages("write"))


def test_a_plan_holds_the_front_matter_and_the_headings_of_the_reference(library):
    plan = json.loads(told(library, messages("plan")))
    assert plan["headline"] == "La bibliothèque de Valmont prend forme"
    assert (plan["slug"], plan["synonyms"]) == ("bibliotheque-valmont", ["médiathèque de Valmont"])
    assert [(s["heading"], s["level"]) for s in plan["sections"]] == [
        ("Un lieu pour la vallée", 2),
        ("Les horaires", 3),
        ("Un chantier au printemps", 2),
    ]
    assert plan["sections"][0]["evidence"] == ["P1", "P2", "P3", "Q1"]


def test_a_whole_quotation_becomes_its_slot_and_a_partial_one_stays_typed(library):
    text = told(library, messages("write"))
    assert "Anne Petit l’assure : {Q1} Le lieu" in text
    assert "« ouvert à tous »" in text


def test_a_quotation_of_a_related_article_becomes_its_slot(library):
    assert "{S2Q1}" in told(library, messages("write", quotations=QUOTATION.replace("Q1", "S2Q1")))


def test_a_source_with_a_part_missing_is_still_its_seed(library):
    prompt = read_prompt(messages("write", source="\n".join(SEED.splitlines()[:2])))
    assert library.find(prompt).name == "000_valmont"


def test_a_repair_gives_the_section_of_that_heading_and_no_more(library):
    text = told(library, messages("repair", section="## Un lieu pour la vallée\n\nUn texte fautif."))
    assert text.startswith("## Un lieu pour la vallée\n\nAnne Petit")
    assert "### Les horaires" not in text


def test_a_repair_gives_the_subsections_when_they_were_sent(library):
    sent = "## Un lieu pour la vallée\n\nFaux.\n\n### Les horaires\n\nFaux."
    assert "### Les horaires" in told(library, messages("repair", section=sent))


def test_a_repair_of_the_first_heading_gives_the_lede(library):
    text = told(library, messages("repair", section="# La bibliothèque de Valmont prend forme\n\nFaux."))
    assert text.endswith("qui attendaient cette annonce.")


def test_an_unknown_section_comes_back_unchanged(library):
    sent = "## Une section inconnue\n\nUn texte."
    assert told(library, messages("repair", section=sent)) == sent


def test_a_repair_without_a_source_is_found_by_its_heading(library):
    user = "<section>\n## Un chantier au printemps\n\nFaux.\n</section>\n<findings>\nx\n</findings>"
    assert "plusieurs mois" in told(library, [{"role": "user", "content": user}])


def test_a_source_that_is_no_seed_gets_a_long_piece_of_its_own(library):
    one, two = (told(library, messages("write", source=s)) for s in (OTHER, OTHER + " Encore un vote."))
    assert one == told(library, messages("write", source=OTHER))
    assert one != two
    assert sum(len(b.split()) for b in blocks(one) if is_prose(b)) >= 750
    assert [len(h[1]) for h in HEADING.finditer(one)] == [1, 2, 2, 2, 2, 2, 2]
    assert "{Q1}" in one


def test_a_hundred_sources_have_a_hundred_slugs_and_valid_plans(library):
    sources = [f"{OTHER} Le scrutin a retenu le projet{n}." for n in range(100)]
    plans = [json.loads(told(library, messages("plan", source=s))) for s in sources]
    assert len({p["slug"] for p in plans}) == 100
    assert all(re.fullmatch(r"[a-z0-9-]+", p["slug"]) and len(p["sections"]) == 6 for p in plans)


def test_a_made_up_piece_states_no_figure(library):
    assert not re.search(r"\d", filler(read_prompt(messages("write", source=OTHER, quotations=""))).body)


@settings(max_examples=60)
@given(st.text(alphabet="abé .\n#{}Q1«»", min_size=1), st.integers(0, 100))
def test_the_two_parts_of_any_text_make_the_whole(text, place):
    part = text[: place % (len(text) + 1)]
    assert part + rest_of(text, part) == text


def test_a_part_whose_white_space_was_trimmed_is_still_continued():
    text = "# Un titre\n\nUn début de phrase\n\n## La suite\n\nLa fin."
    said = "# Un titre\nUn début de phrase"
    assert (said + rest_of(text, said)).endswith("phrase\n\n## La suite\n\nLa fin.")


@settings(max_examples=60)
@given(st.text(), st.floats(0, 1))
def test_a_cut_is_a_beginning_of_the_text(text, share):
    assert text.startswith(cut(text, share))


def test_hostile_prompts_are_read_in_linear_time():
    for bait in ("<source>\n", "Q1 «", "P1 ", "\n\n# ", "</source>", "<source " + " " * 50):
        read_prompt([{"role": "user", "content": bait * (400_000 // len(bait))}])


SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_each_seed_of_the_repository_has_its_reference(seed):
    library = Library.read(ROOT / "tests" / "reference", ROOT / "seeds")
    text = seed.read_text(encoding="utf-8")
    quotations = "\n".join(
        f"Q{n} « {words.strip()} » (?)"
        for n, words in enumerate(re.findall(r"[«“\"]([^«»“”\"\n]+)[»”\"]", text))
    )
    plan = json.loads(told(library, messages("plan", source=text, quotations=quotations)))
    written = told(library, messages("write", source=text, quotations=quotations))
    assert library.pieces[seed.stem].slug == plan["slug"]
    assert len(plan["sections"]) >= 3
    assert re.search(r"\{Q\d+\}", written)
