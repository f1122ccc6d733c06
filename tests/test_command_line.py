"""What every command promises on the command line."""

import json

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from tests.e2e.marbre import REFERENCES, SEEDS

NO_RESULT = {"worker"}
"""Works until it is told to stop, and tells each article with `--log`."""


def commands(group=cli, before=()):
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield pytest.param(command, id=" ".join((*before, name)))


@pytest.mark.parametrize("command", list(commands()))
def test_a_command_has_an_example_and_gives_its_result_as_json_too(command):
    assert "Example:" in (command.help or "")
    assert command.name in NO_RESULT or any("--format" in p.opts for p in command.params)


@pytest.mark.parametrize("words", [("--help",), ("ledger", "--help"), ("schedule", "--help")])
def test_the_list_of_commands_ends_no_sentence_in_the_middle(words):
    shown = CliRunner().invoke(cli, words, terminal_width=80).output.partition("Commands:")[2]
    assert shown
    assert "..." not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_piece_checked_by_itself_is_told_what_it_was_written_from_and_no_terminal_obeys_the_name(tmp_path):
    (tmp_path / "article.md").write_text(next(REFERENCES.glob("*.md")).read_text())
    told = {
        "schema": "marbre.report/1",
        "provenance": {"sources": [{"sha256": "0", "file": "a\x1b]0;b\x07.txt"}]},
    }
    (tmp_path / "report.json").write_text(json.dumps(told))
    words = ["check", str(tmp_path / "article.md"), "--no-grammar"]
    alone = CliRunner().invoke(cli, words).stderr
    beside = CliRunner().invoke(cli, [*words, "--source", str(next(SEEDS.glob("*.txt")))]).stderr
    assert "It was written from a\\x1b]0;b\\x07.txt; most checks need that: add --source." in alone
    assert "Not beside the source given: a\\x1b]0;b\\x07.txt." in beside
    assert "\x1b" not in alone + beside


def test_a_code_that_no_check_has_is_told_with_the_nearest_and_not_with_all():
    ran = CliRunner().invoke(cli, ["explain", "FID99"])
    assert ran.exit_code == 2
    assert "FID009 is one" in ran.stderr
    assert len(ran.stderr) < 200


def test_units_are_written_into_a_folder_that_is_made_for_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "systemd" / "user"
    ran = CliRunner().invoke(cli, ["schedule", "systemd", "--every", "6h", "--to", str(folder)])
    assert ran.exit_code == 0, ran.output
    assert sorted(p.suffix for p in folder.iterdir()) == [".service", ".timer"]


def test_a_folder_without_a_source_is_told_to_have_none(tmp_path):
    (tmp_path / "in").mkdir()
    ran = CliRunner().invoke(cli, ["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0
    assert "no source was found" in ran.stdout
