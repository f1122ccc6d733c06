import pytest

from pipeline import prompts
from pipeline.errors import PromptError


@pytest.mark.parametrize("name", prompts.NAMES)
def test_every_prompt_can_be_read_and_has_its_stable_part_first(name):
    prompt = prompts.load(name)
    assert prompt.version >= 1
    assert "{{" not in prompt.system, "what changes from article to article belongs after the stable part"


def test_a_missing_variable_is_an_error_with_its_name():
    with pytest.raises(PromptError, match=r"\{\{ words \}\}"):
        prompts.load("plan").fill(source="", related="", dossier="", wishes="")


def test_an_unknown_variable_is_an_error_with_its_name():
    with pytest.raises(PromptError, match=r"\{\{ colour \}\}"):
        prompts.load("continue").fill(tail="", colour="red")


def test_what_a_value_holds_is_never_filled_again():
    _, user = prompts.load("continue").fill(tail="{{ tail }} {{ words }}")
    assert "{{ tail }} {{ words }}" in user["content"]


def test_a_missing_prompt_file_is_told_with_its_path(tmp_path):
    with pytest.raises(PromptError, match=r"plan\.md is missing"):
        prompts.load("plan", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\nid: plan\n---\nsystem\n<!-- user -->\nuser",
        "---\nid: other\nversion: 1\noutput: json\n---\nsystem\n<!-- user -->\nuser",
        "---\nid: plan\nversion: 1\noutput: json\n---\nno user part",
        "---\n: : :\n---\n",
    ],
)
def test_a_broken_prompt_file_is_told_in_one_line(tmp_path, text):
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError) as error:
        prompts.load("plan", tmp_path)
    assert "plan.md" in str(error.value)
    assert "\n" not in str(error.value)
