"""`--judge MODEL` in the whole way: asked once, remembered, priced, and never the one who decides."""

import json
from dataclasses import replace

from tests.e2e.marbre import marbre
from tests.model_server import ModelServer


def doubting(answer, prompt, _sent):
    """A judge who finds the first sentence of each call contradicted."""
    if prompt.kind != "judge":
        return answer
    told = json.loads(answer.text)
    told["verdicts"][0] |= {"verdict": "contradicted", "why": "la source dit l’inverse"}
    return replace(answer, text=json.dumps(told))


def run(server, out, *words):
    seed = "seeds/002_44b7f2dba8646b0b.txt"
    flags = ("--base-url", server.base_url, "--model", "scripted", "--no-grammar", "--format", "json")
    return marbre("rewrite", seed, "--out", out, *flags, *words)


def findings(out):
    (report,) = out.glob("*/report.json")
    return [
        f for f in json.loads(report.read_text(encoding="utf-8"))["findings"] if f["code"].startswith("JUG")
    ]


def test_a_judge_adds_a_warning_and_a_rerun_asks_nobody(tmp_path):
    with ModelServer(twist=doubting, models=("scripted", "juge")) as server:
        run(server, tmp_path, "--judge", "juge")
        asked = [c.kind for c in server.calls]
        assert "judge" in asked
        assert {c.model for c in server.calls if c.kind == "judge"} == {"juge"}
        assert [f["severity"] for f in findings(tmp_path)] == ["warn"] * asked.count("judge")
        run(server, tmp_path, "--judge", "juge")
        assert len(server.calls) == len(asked)


def test_a_judge_asked_for_later_costs_its_own_call_only(tmp_path):
    with ModelServer(twist=doubting) as server:
        run(server, tmp_path)
        assert findings(tmp_path) == []
        before = len(server.calls)
        again = run(server, tmp_path, "--judge", "juge")
        asked = server.calls[before:]
        assert {c.kind for c in asked} == {"judge"}
        assert len(findings(tmp_path)) == len(asked)
        assert again.code in (0, 3)
