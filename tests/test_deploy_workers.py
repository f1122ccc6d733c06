"""The compose file and the units for workers say what this program, systemd and a compose file know."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from pipeline.languagetool import JAR, process
from tests.test_deploy import DOCKERFILE, ROOT, SERVICE, parsed, steps

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
FILE = yaml.safe_load((ROOT / "deploy" / "workers.yaml").read_text())
SERVICES = FILE["services"]
MORE = {"entrypoint": list, "depends_on": dict, "profiles": list}
VOLUMES = {"type", "source", "target"}
JAVA = [
    *process._FLAGS,
    "-cp",
    f"/opt/languagetool/{JAR}",
    process._MAIN,
    "--port",
    "8081",
]  # as it is started elsewhere


def starts(unit):
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    return shlex.split(line)


def option(words, name):
    return words[words.index(name) + 1]


def test_a_service_has_the_shape_of_the_specification():
    known = SERVICE | MORE
    assert set(FILE) == {"services", "volumes"}
    for told in SERVICES.values():
        assert not set(told) - set(known)
        assert {name for name, value in told.items() if not isinstance(value, known[name])} == set()
        assert all(isinstance(word, str) for name in ("command", "entrypoint") for word in told.get(name, []))
        assert all(set(each) == {"path", "required"} for each in told.get("env_file", []))
        assert all(set(each) == VOLUMES for each in told.get("volumes", []))
        assert all(isinstance(value, str) for value in told.get("environment", {}).values())


def test_what_a_service_waits_for_keeps_or_asks_is_there():
    for told in SERVICES.values():
        for name, how in told.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            assert "test" in SERVICES[name]["healthcheck"]
        kept = {each["source"] for each in told.get("volumes", []) if each["type"] == "volume"}
        assert kept <= set(FILE["volumes"])
        for address in told.get("environment", {}).values():
            assert set(re.findall(r"//(?:\w+@)?(\w+)", address)) <= set(SERVICES)


def test_services_and_units_run_commands_of_this_program():
    assert parsed(SERVICES["worker"]["command"]) == "worker"
    assert parsed(SERVICES["desk"]["command"]) == "status"
    ours = {
        unit.name: starts(unit)[1:]
        for unit in UNITS
        if unit.suffix == ".service" and "marbre" in starts(unit)[0]
    }
    assert {name: parsed(words) for name, words in ours.items()} == {
        "marbre-status.service": "status",
        "marbre-worker@.service": "worker",
    }


def test_languagetool_is_started_as_a_run_starts_it():
    assert SERVICES["languagetool"]["command"][: len(JAVA)] == JAVA
    unit = next(unit for unit in UNITS if "languagetool" in unit.name)
    assert starts(unit)[1 : len(JAVA) + 1] == JAVA


def test_what_the_service_of_languagetool_starts_is_in_the_image():
    *_, last = steps(DOCKERFILE)
    told, environment = SERVICES["languagetool"], dict(last)["ENV"]
    has = {words.split()[-1] for name, words in last if name == "COPY"}
    assert (told["entrypoint"], "/opt/java" in has) == (["java"], True)
    assert "/opt/java/bin:" in environment
    paths = [word for word in told["command"] if word.startswith("/")]
    assert all(path.startswith(tuple(f"{place}/" for place in has)) for path in paths)
    python, file = paths[-1].split("/lib/")[1].split("/site-packages/")
    assert dict(last)["FROM"] == f"{python.replace('python', 'python:')}-slim"
    assert (ROOT / file).is_file()


def test_whoever_stops_a_worker_waits_longer_than_its_own_grace():
    command = SERVICES["worker"]["command"]
    assert float(option(command, "--grace")) < float(SERVICES["worker"]["stop_grace_period"].rstrip("s"))
    unit = next(unit for unit in UNITS if "worker" in unit.name)
    (stop,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit.read_text(), re.MULTILINE)
    assert float(option(starts(unit), "--grace")) < float(stop)


def test_only_postgres_and_the_desk_keep_anything():
    assert {name for name, told in SERVICES.items() if "volumes" in told} == {"postgres", "desk"}
    assert all(told.get("read_only") for name, told in SERVICES.items() if name != "postgres")


@pytest.mark.parametrize(
    "name", ["marbre-worker@.service", "marbre-languagetool.service", "marbre-status.timer"]
)
def test_systemd_finds_nothing_wrong_with_the_units(name, tmp_path, monkeypatch):
    """Where it is; a program that is not installed here is one that is."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for unit in UNITS:
        text = re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    analyze = shutil.which("systemd-analyze")
    words = [analyze or "true", "verify", "--man=no", str(tmp_path / name)]
    said = subprocess.run(words, capture_output=True, check=False)
    assert (said.returncode, said.stderr) == (0, b"")


def test_the_guide_gives_commands_that_there_are():
    guide = (ROOT / "docs" / "operations.md").read_text()
    blocks = "".join(re.findall(r"```sh\n(.*?)```", guide, re.DOTALL))
    lines = re.findall(r"(?m)^marbre (.*)$", blocks)
    assert [parsed(shlex.split(line)) for line in lines][:4] == ["submit", "worker", "status", "export"]
    assert {unit.name for unit in UNITS} >= set(re.findall(r"marbre-[a-z]+\.(?:timer|service)", guide))
    named = re.findall(r"deploy/[\w./]*\w", guide)
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == {"deploy/systemd/marbre"}  # marbre-*
