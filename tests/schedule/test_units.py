"""Units for other schedulers: whatever an option holds, the program gets it as it was given, or the unit is refused."""

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from cronsim import CronSim
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.schedule.compose import service
from pipeline.schedule.crontab import line
from pipeline.schedule.systemd import units
from pipeline.schedule.times import Every, When, cron_of
from pipeline.schedule.words import Job, check_secrets

PARIS = ZoneInfo("Europe/Paris")
FOLDER = Path("/srv/la une/100 %")
NASTY = (
    "--related=a b",
    "--related=100 % d'été",
    '--x="q"',
    "--x=$HOME `id` $(id)",
    "--x=;&|<>*?~#!",
    "",
    "--x=é😀",
    "%s %% \\%",
)
WORD = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30)
SAYS = (sys.executable, "-c", "import json, sys; print(json.dumps(sys.argv[1:]))")


def job(*arguments, command=("/usr/bin/marbre",), folder=FOLDER):
    return Job(command, ("refresh", *arguments), folder)


def systemd_words(unit):
    """The words of ExecStart, read as systemd.service(5) has it."""
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"(?: "(?:[^"\\]|\\.)*")*', command)
    words = [re.sub(r"\\(.)", r"\1", w) for w in re.findall(r'"((?:[^"\\]|\\.)*)"', command)]
    assert not any(re.search(r"(?<!%)(?:%%)*%(?!%)|(?<!\$)(?:\$\$)*\$(?!\$)", w) for w in words)
    return tuple(w.replace("%%", "%").replace("$$", "$") for w in words)


def cron_command(text):
    """What cron gives to the shell: `\\%` is a per cent sign, a bare one would end the command."""
    command = text.rstrip("\n").split(" ", 5)[5]
    assert not re.search(r"(?<!\\)%", command)
    return command.replace("\\%", "%")


@given(st.lists(WORD, max_size=5))
def test_systemd_gives_the_program_the_words_that_were_given(words):
    unit = units(job(*words), Every(60), 0, None)["marbre-refresh.service"]
    assert systemd_words(unit) == ("/usr/bin/marbre", "refresh", *words)


@given(st.lists(WORD.filter(lambda w: "\\" not in w), max_size=5))
@settings(max_examples=20)
def test_a_shell_that_cron_starts_gives_the_program_the_words_that_were_given(words):
    text = line(job(*words, command=SAYS, folder=Path("/")), Every(60), 0)
    done = subprocess.run(
        ["/bin/sh", "-c", cron_command(text)], capture_output=True, check=True, env={"HOME": "/none"}
    )
    assert json.loads(done.stdout) == ["refresh", *words]


@given(st.lists(WORD, max_size=5))
def test_compose_gives_the_program_the_words_that_were_given(words):
    told = yaml.safe_load(service(job(*words), "1000:1000", None, []))["services"]["marbre"]
    assert [w.replace("$$", "$") for w in told["command"]] == ["refresh", *words]


@pytest.mark.parametrize("bad", ["a\nb", "a\rb", "a\x00b", "a\u2028b", "\x1b[2J", "a\x85b"])
def test_line_breaks_and_control_characters_are_refused_everywhere(bad):
    for made in (
        lambda: units(job(bad), Every(60), 0, None),
        lambda: line(job(bad), Every(60), 0),
        lambda: service(job(bad), "1:1", None, []),
        lambda: units(job(folder=Path(f"/{bad}")), Every(60), 0, None),
        lambda: line(job(folder=Path(f"/{bad}")), Every(60), 0),
        lambda: service(job(folder=Path(f"/{bad}")), "1:1", None, []),
        lambda: service(job(), "1:1", None, [Path(f"/{bad}")]),
    ):
        with pytest.raises(UsageError, match="cannot stand in"):
            made()


def test_what_a_unit_cannot_hold_is_refused():
    for made in (
        lambda: line(job("a\\%b"), Every(60), 0),
        lambda: units(job(command=("/opt/$x/marbre",)), Every(60), 0, None),
        lambda: units(job(folder=Path("/srv/end\\")), Every(60), 0, None),
        lambda: units(job(folder=Path("/srv/end ")), Every(60), 0, None),
        lambda: line(job("a" * 2000), Every(60), 0),
    ):
        with pytest.raises(UsageError):
            made()


def test_the_command_runs_in_its_folder_with_the_environment_of_a_file(tmp_path):
    folder = tmp_path / "la une 100 %"
    folder.mkdir()
    (tmp_path / ".config" / "marbre").mkdir(parents=True)
    (tmp_path / ".config" / "marbre" / "environment").write_text("MARBRE_WORDS=900\n")
    says = (sys.executable, "-c", "import os; print(os.getcwd(), os.environ['MARBRE_WORDS'])")
    text = line(job(command=says, folder=folder), Every(60), 0)
    done = subprocess.run(
        ["/bin/sh", "-c", cron_command(text)], capture_output=True, check=True, env={"HOME": str(tmp_path)}
    )
    assert done.stdout.decode().strip() == f"{folder} 900"


def test_systemd_itself_finds_nothing_to_say(tmp_path, monkeypatch):
    """Where systemd is at hand; the rules above hold everywhere."""
    folder = tmp_path / "la une 100 %"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = job(*NASTY, command=(sys.executable,), folder=folder)
    times: tuple[When, ...] = (Every(21_600), cron_of("*/15 6-8 1,15 jan-mar mon-fri", PARIS))
    for number, when in enumerate(times):
        place = tmp_path / str(number)
        place.mkdir()
        for name, text in units(made, when, 300, "Europe/Paris").items():
            (place / name).write_text(text)
        analyze = shutil.which("systemd-analyze")
        said = (
            subprocess.run(
                [analyze, "verify", "--man=no", *map(str, place.iterdir())], capture_output=True, check=False
            )
            if analyze
            else None
        )
        assert said is None or (said.returncode, said.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("expression", "calendars"),
    [
        ("0 6 * * 1-5", ["Mon,Tue,Wed,Thu,Fri *-*-* 06:00:00"]),
        ("*/30 * * * *", ["*-*-* *:00,30:00"]),
        ("0 6 1,15 * 5", ["Fri *-*-* 06:00:00", "*-*-01,15 06:00:00"]),
        ("0 6 * * 0,7", ["Sun *-*-* 06:00:00"]),
        ("5 4 29 2 *", ["*-02-29 04:05:00"]),
        ("5 4 */2 * 1", ["Mon *-*-01,03,05,07,09,11,13,15,17,19,21,23,25,27,29,31 04:05:00"]),
    ],
)
def test_a_cron_expression_is_said_in_systemds_words(expression, calendars):
    timer = units(job(), cron_of(expression, PARIS), 0, None)["marbre-refresh.timer"]
    assert re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE) == calendars


def test_a_time_zone_and_jitter_reach_the_timer_and_the_run():
    both = units(job(), cron_of("0 6 * * *", PARIS), 300, "Europe/Paris")
    assert "OnCalendar=*-*-* 06:00:00 Europe/Paris\n" in both["marbre-refresh.timer"]
    assert "RandomizedDelaySec=300\n" in both["marbre-refresh.timer"]
    assert "Environment=TZ=Europe/Paris\n" in both["marbre-refresh.service"]


@pytest.mark.parametrize("expression", ["0 6 L * *", "0 6 * * 1#2", "0 6 * * 5L"])
def test_days_that_only_some_know_are_refused(expression):
    cron = cron_of(expression, PARIS)
    for made in (lambda: units(job(), cron, 0, None), lambda: line(job(), cron, 0)):
        with pytest.raises(UsageError):
            made()


@pytest.mark.parametrize("seconds", [60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400])
def test_a_crontab_runs_as_often_as_asked(seconds):
    fields = " ".join(line(job(), Every(seconds), 0).split(" ")[:5])
    times = CronSim(fields, datetime(2026, 1, 31, 9, tzinfo=UTC))
    one, two = next(times), next(times)
    assert two - one == timedelta(seconds=seconds)


@pytest.mark.parametrize("seconds", [90, 420, 25_200, 172_800])
def test_what_a_crontab_cannot_say_is_refused(seconds):
    with pytest.raises(UsageError, match="A crontab cannot say"):
        line(job(), Every(seconds), 0)


def test_a_crontab_keeps_the_expression_and_knows_no_jitter():
    assert line(job(), cron_of("0 6 * jan-mar mon-fri", PARIS), 0).startswith("0 6 * jan-mar mon-fri cd ")
    with pytest.raises(UsageError, match="no jitter"):
        line(job(), Every(60), 300)


def test_a_password_stands_in_no_unit():
    check_secrets("sqlite:///a.db")
    check_secrets("postgresql://desk@host/db")
    with pytest.raises(UsageError, match="MARBRE_LEDGER") as error:
        check_secrets("postgresql://desk:s3cret@host/db")
    assert "s3cret" not in str(error.value)
