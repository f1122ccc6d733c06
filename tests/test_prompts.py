from hashlib import sha256

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
    (user,) = prompts.load("continue").fill(tail="{{ tail }} {{ words }}")
    assert "{{ tail }} {{ words }}" in user["content"]


def test_a_missing_prompt_file_is_told_with_its_path(tmp_path):
    with pytest.raises(PromptError, match=r"plan\.md is missing"):
        prompts.load("plan", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\nid: plan\n---\nuser",
        "---\nid: other\nversion: 1\noutput: json\nlimits: {times: 1, characters: 1}\n---\nuser",
        "---\nid: plan\nversion: 1\noutput: json\n---\nno limits",
        "---\n: : :\n---\n",
    ],
)
def test_a_broken_prompt_file_is_told_in_one_line(tmp_path, text):
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError) as error:
        prompts.load("plan", tmp_path)
    assert "plan.md" in str(error.value)
    assert "\n" not in str(error.value)


# Version and text go together: a prompt that changes gets a new version, and its line here.
SEALED = {
    "plan": (2, "703d7ebad80f"),
    "write": (2, "738b5666b59b"),
    "continue": (2, "d71e2c2e2658"),
    "repair": (2, "a7d8e3f40247"),
    "refresh": (1, "32bf3d9cc7af"),
    "again": (1, "74ec23ef81f3"),
    "judge": (1, "ce83672bcf89"),
    "foreign": (1, "266b0f0756be"),
}


@pytest.mark.parametrize("name", prompts.NAMES)
def test_a_prompt_whose_text_changes_raises_its_version(name):
    prompt = prompts.load(name)
    text = sha256(f"{prompt.system}\n{prompt.user}".encode()).hexdigest()[:12]
    assert (prompt.version, text) == SEALED[name], "raise the version in prompts/ and the line in SEALED"


def test_the_stages_of_an_article_share_their_beginning_up_to_what_is_wanted():
    given = {
        "source": "P1 Un texte.",
        "related": "(aucun)",
        "dossier": "(vide)",
        "words": "700",
        "wishes": "",
    }
    plan = prompts.load("plan").fill(**given)
    write = prompts.load("write").fill(**given, plan="x")
    assert plan[0] == write[0]
    shared = (
        "<source>\nP1 Un texte.\n</source>\n\n<related>\n(aucun)\n</related>\n\n<dossier>\n(vide)\n</dossier>"
    )
    assert plan[1]["content"].startswith(shared)
    assert write[1]["content"].startswith(shared)


@pytest.mark.parametrize("name", prompts.NAMES)
def test_no_line_of_a_prompt_opens_a_tag_it_only_speaks_of(name):
    assert not any(line.startswith("<") for line in prompts.load(name).system.splitlines())
