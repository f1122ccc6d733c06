import asyncio

import pytest

from pipeline import prompts
from pipeline.errors import PromptError, WriterError
from pipeline.model import Article, Brief, Call, Dossier, Paragraph, Plan, Usage
from pipeline.writers import llm
from pipeline.writers.llm import LLMWriter
from pipeline.writers.models import row_of, table

DOSSIER = Dossier(
    Article("a.txt", "0" * 64, "Un titre", "fr", (Paragraph("P1", "Le maire parle de la piscine."),))
)
PLAN = Plan("piscine", "Titre", "Le grand titre", "Une description", "piscine", ())


def scripted(*answers):
    """An `Ask` that gives these (text, finish reason) in turn, and the requests it was asked."""
    left, asked = list(answers), []

    async def ask(request):
        asked.append(request)
        text, finish = left.pop(0)
        return Call("k", request.stage, request.prompt, request.model, "m", text, finish, Usage(), paid=True)

    return ask, asked


def test_an_unknown_model_gets_no_parameter_and_a_known_one_the_schema():
    ask, asked = scripted(('{"sections": ["Un"]}', "stop"), ('{"sections": ["Un"]}', "stop"))
    asyncio.run(LLMWriter("my-model", ask).plan(DOSSIER, Brief()))
    asyncio.run(LLMWriter("gpt-6-luna", ask, row_of("gpt-6-luna", table())).plan(DOSSIER, Brief()))
    assert asked[0].parameters == {}
    assert asked[1].parameters["response_format"]["json_schema"]["strict"] is True


def test_a_broken_plan_is_asked_again_with_what_was_wrong():
    ask, asked = scripted(("pas de JSON", "stop"), ('{"sections": ["Un"]}', "stop"))
    asyncio.run(LLMWriter("m", ask).plan(DOSSIER, Brief()))
    said, told = asked[1].messages[-2:]
    assert said == {"role": "assistant", "content": "pas de JSON"}
    assert told["role"] == "user"
    assert "elle ne contient pas d’objet JSON" in told["content"]


def test_a_cut_answer_is_continued_twice_at_most_and_said():
    ask, asked = scripted(("# T\n\nUn deb", "length"), ("ut et", "length"), (" la fin.", "length"))
    draft = asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN))
    assert draft.body == "# T\n\nUn debut et la fin."
    assert len(asked) == 3
    assert draft.notes[-1] == "The write answer was still cut off after 2 continuations."


def test_silence_is_asked_once_more_and_then_told():
    ask, asked = scripted((" ", "stop"), ("", "refusal"))
    with pytest.raises(WriterError, match="refused twice"):
        asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN))
    assert len(asked) == 2


def test_a_prompt_that_asks_for_what_nobody_gives_stops_before_any_call(tmp_path, monkeypatch):
    for path in prompts.folder().glob("*.md"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("{{ plan }}", "{{ plot }}"), encoding="utf-8")
    monkeypatch.setattr(prompts, "folder", lambda: tmp_path)
    prompts.load.cache_clear()
    with pytest.raises(PromptError, match=r"'write'.*\{\{ plot \}\}"):
        llm.check_prompts()
    prompts.load.cache_clear()


FRENCH = "# La piscine\n\n" + "Le conseil a voté jeudi la rénovation du bassin de la ville. " * 5
ENGLISH = "# The pool\n\n" + "The council voted on Thursday for the new pool of the town. " * 5


def test_a_text_in_english_is_asked_again_before_any_repair():
    ask, asked = scripted((ENGLISH, "stop"), (FRENCH, "stop"))
    draft = asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN))
    assert "Le conseil a voté" in draft.body
    assert "pas en français" in asked[1].messages[-1]["content"]
    assert "not used" in draft.notes[0]


def test_a_text_that_stays_english_is_handed_to_the_checks():
    ask, asked = scripted((ENGLISH, "stop"), (ENGLISH, "stop"))
    assert "The council" in asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN)).body
    assert len(asked) == 2


def test_a_refusal_in_words_is_told_in_those_words():
    refusal = ("Je suis désolé, mais je ne peux pas rédiger cet article.", "stop")
    ask, _ = scripted(refusal, refusal)
    with pytest.raises(WriterError, match="je ne peux pas rédiger"):
        asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN))


def test_a_model_that_does_not_go_on_leaves_what_it_wrote():
    ask, _ = scripted((FRENCH, "length"), ("", "stop"), ("", "stop"))
    draft = asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN))
    assert "Le conseil a voté" in draft.body
    assert "did not go on" in draft.notes[-1]


def test_a_plan_that_never_comes_is_made_by_code_and_the_draft_says_so():
    ask, _ = scripted(("non", "stop"), ('{"sec', "length"), (FRENCH, "stop"))
    writer = LLMWriter("m", ask)
    plan = asyncio.run(writer.plan(DOSSIER, Brief()))
    assert "coupée" in plan.notes[1]
    assert asyncio.run(writer.write(DOSSIER, Brief(), plan)).notes[-1] == "The plan was made by code."


def test_no_section_is_mended_when_the_article_s_calls_are_used_up():
    ask, asked = scripted((FRENCH, "stop"))
    writer = LLMWriter("m", ask, calls=1)
    asyncio.run(writer.write(DOSSIER, Brief(), PLAN))
    assert asyncio.run(writer.mend(DOSSIER, Brief(), "## Un\n\nUn texte.", (), ())) is None
    assert len(asked) == 1


def test_a_model_in_a_loop_is_read_to_the_limit_only():
    ask, _ = scripted((FRENCH * 2_000, "stop"))
    body = asyncio.run(LLMWriter("m", ask).write(DOSSIER, Brief(), PLAN)).body
    assert len(body) <= prompts.load("write").characters
