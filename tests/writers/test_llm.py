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
    assert asked[1].messages[-2:] == (
        {"role": "assistant", "content": "pas de JSON"},
        {
            "role": "user",
            "content": "La réponse ne contient pas d’objet JSON. Répondez par un seul objet JSON, sans texte autour.",
        },
    )


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
    for name in prompts.NAMES:
        text = (prompts.folder() / f"{name}.md").read_text(encoding="utf-8")
        (tmp_path / f"{name}.md").write_text(text.replace("{{ plan }}", "{{ plot }}"), encoding="utf-8")
    monkeypatch.setattr(prompts, "folder", lambda: tmp_path)
    prompts.load.cache_clear()
    with pytest.raises(PromptError, match=r"'write'.*\{\{ plot \}\}"):
        llm.check_prompts()
    prompts.load.cache_clear()
