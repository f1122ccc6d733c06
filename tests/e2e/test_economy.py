"""`--economy`: one batch a step, collected by the next run of the same command, at half the price."""

import json
import shutil

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from tests.e2e.marbre import NOW, SEEDS, bytes_of, marbre
from tests.model_server import ModelServer

ROW = """
[models.scripted]
economy = { factor = 0.5, date = 2026-11-22, source = "this test" }
token_limit = "max_tokens"
max_output = 128_000
[models.scripted.price]
input = 2.0
cached = 1.0
output = 10.0
date = 2026-11-22
source = "this test"
"""


@pytest.fixture
def run(tmp_path):
    """The command, each time the same; `out` and what is more may differ."""
    settings = tmp_path / "marbre.toml"
    settings.write_text(ROW)

    def _run(server, *more, out="out", economy=True):
        words = ["batch", SEEDS, "--out", tmp_path / out, "--base-url", server.base_url, "--model", "scripted",
                 "--settings", settings, "--now", NOW, "--no-grammar", "--format", "json"]  # fmt: skip
        mode = ["--economy"] if economy else []
        return Ended(CliRunner().invoke(cli, [*map(str, (*words, *mode, *more))]))

    return _run


class Ended:
    def __init__(self, result):
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        self.code, self.err = result.exit_code, result.stderr
        self.json = json.loads(result.stdout) if result.stdout else None

    @property
    def pieces(self):
        return self.json["pieces"]

    @property
    def calls(self):
        return self.json["totals"]["calls"]

    def of(self, name):
        return [p[name] for p in self.pieces]


def test_three_runs_make_five_pieces_and_pay_each_call_once(run, tmp_path):
    with ModelServer() as server:
        first = run(server)
        assert first.code == 5
        assert first.of("status") == first.of("verdict") == ["waiting"] * 5
        assert "5 articles wait for batch batch_" in first.err.splitlines()[-1]
        assert first.calls == {"paid": 0, "remembered": 0}
        assert not server.calls
        second = run(server)
        assert second.code == 5
        assert second.calls == {"paid": 5, "remembered": 0}
        third = run(server)
        assert third.code == 3, "without grammar no piece is ready"
        assert third.of("status") == ["written"] * 5
        assert third.calls == {"paid": 5, "remembered": 5}
        assert [c.kind for c in server.answered()] == ["plan"] * 5 + ["write"] * 5
        assert len(server.desk.batches) == 2
        before = bytes_of(tmp_path / "out")
        fourth = run(server)
        assert fourth.of("status") == ["unchanged"] * 5
        assert fourth.calls == {"paid": 0, "remembered": 0}
        assert len(server.calls) == 10
        assert bytes_of(tmp_path / "out") == before
