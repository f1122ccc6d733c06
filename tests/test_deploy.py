"""What `deploy/` says is what this program and a compose file know. Nothing is built here: that takes a network."""

import json
import re
import shlex
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import click
import pytest
import yaml
from packaging.specifiers import SpecifierSet

from pipeline.cli import cli
from pipeline.schedule.compose import service
from pipeline.schedule.words import Job

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
# https://github.com/compose-spec/compose-spec/blob/main/05-services.md
SERVICE = {
    "build": dict, "image": str, "init": bool, "user": str, "working_dir": str, "command": list, "environment": dict,
    "env_file": list, "volumes": list, "read_only": bool, "tmpfs": list, "cap_drop": list, "security_opt": list,
    "healthcheck": dict, "restart": str, "stop_grace_period": str,
}  # fmt: skip
INNER = {
    "build": {"context", "dockerfile"},
    "env_file": {"path", "required"},
    "volumes": {"type", "source", "target"},
    "healthcheck": {"test"},
}


def steps(text):
    """The instructions of a Dockerfile with their words, stage by stage."""
    whole = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found = [line.split(" ", 1) for line in whole.splitlines() if line]
    starts = [n for n, (name, _) in enumerate(found) if name == "FROM"]
    return [found[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]


def parsed(words):
    """The command that would run; click refuses an option that there is not."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        command = command.commands[words[0]]
        words = words[1:]
    command.make_context("marbre", list(words))
    return command.name


def composed():
    made = service(
        Job(("marbre",), ("refresh", "--out=o", "--every=6h", "--limit=3"), Path("/srv/desk")),
        "1000:1000",
        "Europe/Paris",
        [Path("/srv/other")],
    )
    return {
        "printed": yaml.safe_load(made),
        "deploy": yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text()),
    }


@pytest.mark.parametrize("which", ["printed", "deploy"])
def test_a_compose_file_has_the_shape_of_the_specification(which):
    file = composed()[which]
    assert set(file) == {"services"}
    told = file["services"]["marbre"]
    assert not set(told) - set(SERVICE)
    assert {name for name, value in told.items() if not isinstance(value, SERVICE[name])} == set()
    for name, fields in INNER.items():
        for entry in [told[name]] if isinstance(told.get(name), dict) else told.get(name, []):
            assert not set(entry) - fields
    assert all(isinstance(word, str) for word in told["command"])
    assert {v["type"] for v in told["volumes"]} == {"bind"}
    assert re.fullmatch(r"[0-9]+s", told["stop_grace_period"])


def test_what_the_image_and_the_services_run_is_a_command_of_this_program():
    last = dict(steps(DOCKERFILE)[-1])
    assert json.loads(last["ENTRYPOINT"]) == ["marbre"]
    assert parsed(json.loads(last["CMD"])) == "refresh"
    assert parsed(composed()["deploy"]["services"]["marbre"]["command"]) == "refresh"
    printed = composed()["printed"]["services"]["marbre"]
    assert parsed(printed["command"]) == "refresh"
    test = printed["healthcheck"]["test"]
    assert test[test.index("marbre") + 1 :] == ["schedule", "health", "--out=o"]
    assert parsed(test[test.index("marbre") + 1 :]) == "health"
    check = json.loads(last["HEALTHCHECK"].split("CMD ")[1])
    assert parsed(shlex.split(check[-1].split(" || ")[0])[1:]) == "health"


def test_the_image_runs_as_nobody_in_particular_and_keeps_its_outputs_in_a_volume():
    *_, last = steps(DOCKERFILE)
    names = [name for name, _ in last]
    assert dict(last)["USER"] not in ("root", "0")
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :])
    assert dict(last)["VOLUME"] == dict(last)["WORKDIR"]


def test_what_is_copied_into_the_image_is_there_and_is_let_through():
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().split()
    for name, words in steps(DOCKERFILE)[0]:
        if name == "COPY":
            for source in words.split()[:-1]:
                assert (ROOT / source).exists()
                assert f"!{source}" in ignored


def test_nothing_there_names_an_address_or_a_key():
    """Nothing but the services of a file itself."""
    outside = re.compile(r"https?://(?!languagetool:)|[a-z]\.(?:io|com|org)\b|sk-")
    for path in (ROOT / "deploy").rglob("*.*"):
        assert not outside.search(path.read_text())


def test_what_is_pinned_is_for_the_oldest_python_that_the_program_is_for():
    """Debian 12 has 3.11.2: a pin that wants a later patch cannot be installed there at all."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().split())
    looked_at = [name for name, pinned in pins.items() if _installed(name) == pinned]
    assert len(looked_at) > len(pins) / 2
    wanted = {name: metadata(name)["Requires-Python"] for name in looked_at}
    assert {name: w for name, w in wanted.items() if w and oldest not in SpecifierSet(w)} == {}


def _installed(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None
