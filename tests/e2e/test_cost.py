"""What a run costs, told by the real program; and what the ledger never holds."""

import pytest

from tests.e2e.marbre import SEEDS, marbre
from tests.model_server import Fault, ModelServer

SEED = SEEDS / "002_44b7f2dba8646b0b.txt"
KEY = "sk-une-clef-qui-ne-doit-etre-ecrite-nulle-part"
PRICED = """[models.scripted]
token_limit = "max_tokens"
[models.scripted.price]
currency = "EUR"
input = 2.0
cached = 0.5
output = 10.0
date = 2026-01-01
source = "the contract"
"""


@pytest.fixture
def run(tmp_path):
    settings = tmp_path / "priced.toml"
    settings.write_text(PRICED, encoding="utf-8")

    def _run(command, *words, server=None, model="scripted"):
        where = ("--base-url", server.base_url, "--model", model) if server else ()
        return marbre(
            command,
            *words,
            *(() if command == "models" else ("--out", tmp_path / "out")),
            *where,
            "--settings",
            settings,
            "--format",
            "json",
            OPENAI_API_KEY=KEY,
            MARBRE_GRAMMAR="false",
        )

    return _run


def test_a_run_says_what_it_cost_and_the_ledger_says_the_same(run, tmp_path):
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server)
        (piece,) = ran.json["pieces"]
        assert piece["cost"]["currency"] == "EUR"
        assert piece["cost"]["estimated"] is False
        used = piece["tokens"]
        plain = used["input"] - used["cached"]
        expected = (plain * 2 + used["cached"] * 0.5 + used["output"] * 10) / 1e6
        assert piece["cost"]["amount"] == pytest.approx(expected)
        assert ran.json["totals"]["cost"] == piece["cost"]
        again = run("rewrite", SEED, server=server)
    assert again.json["totals"]["cost"]["amount"] == 0
    for by in ("article", "stage", "model", "day"):
        (total,) = run("cost", "--by", by).json["totals"]
        assert total["cost"]["amount"] == pytest.approx(expected)
        assert total["calls"] == piece["calls"]["paid"]
    assert run("cost", "--by", "article").json["rows"][0]["article"] == str(SEED)


def test_without_a_price_the_cost_is_null(run):
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server, model="my-own")
    assert ran.json["totals"]["cost"] is None
    assert run("cost").json["totals"][0]["cost"] is None


def test_a_server_that_does_not_count_makes_the_cost_an_estimate(run):
    with ModelServer([Fault("no_usage")]) as server:
        ran = run("rewrite", SEED, server=server)
    assert ran.json["totals"]["cost"]["estimated"] is True
    assert ran.json["totals"]["cost"]["amount"] > 0


def test_a_model_of_the_table_is_asked_as_it_likes_and_priced(run):
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server, model="gpt-6-luna")
    (piece,) = ran.json["pieces"]
    assert piece["status"] == "written"
    assert 0 < piece["cost"]["amount"] < 0.01
    assert piece["cost"]["currency"] == "USD"


def test_a_prompt_the_server_cut_off_is_told_paid_and_not_used(run):
    with ModelServer([Fault("truncated_prompt")]) as server:
        ran = run("rewrite", SEED, "--related", SEEDS, server=server)
        (piece,) = ran.json["pieces"]
        assert piece["error"]["code"] == "truncated"
        assert "OLLAMA_CONTEXT_LENGTH" in piece["error"]["remedy"]
        assert piece["calls"]["paid"] == 1
        assert ran.code == 4
    with ModelServer() as server:
        ran = run("rewrite", SEED, "--related", SEEDS, server=server)
    assert ran.json["pieces"][0]["status"] == "written"
    assert ran.json["pieces"][0]["calls"]["remembered"] == 0
    assert run("cost").json["totals"][0]["calls"] == 1 + ran.json["pieces"][0]["calls"]["paid"]


def test_a_prompt_too_long_for_the_row_is_not_paid(run, tmp_path):
    (tmp_path / "priced.toml").write_text("[models.scripted]\ncontext = 2000\n")
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server)
        assert server.calls == ()
    assert ran.json["pieces"][0]["error"]["code"] == "too_long"


def test_forgetting_an_article_keeps_its_piece_and_its_cost(run, tmp_path):
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server)
    before = run("cost", "--by", "article").json
    forgotten = run("forget", SEED).json["forgotten"]
    assert forgotten == ran.json["pieces"][0]["calls"]["paid"]
    assert run("cost", "--by", "article").json == before
    assert len(list((tmp_path / "out").glob("*/article.md"))) == 1


@pytest.mark.parametrize("fault", [None, Fault("unauthorized"), Fault("refusal", times=1)])
def test_a_key_is_written_nowhere(run, tmp_path, fault):
    with ModelServer([fault] if fault else []) as server:
        ran = run("rewrite", SEED, server=server)
    assert KEY not in ran.out + ran.err
    written = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert any(p.name == "ledger.sqlite3" for p in written)
    for path in written:
        content = path.read_bytes().lower()
        assert KEY.encode() not in content
        assert b"authorization" not in content
        assert b"bearer " not in content


def test_the_table_is_printed_with_the_row_of_a_model(run):
    data = run("models", "--model", "gpt-6-luna").json
    assert (data["schema"], data["row"]) == ("marbre.models/1", "gpt-6-luna")
    luna = next(m for m in data["models"] if m["name"] == "gpt-6-luna")
    assert luna["price"]["date"] == "2026-09-22"
    assert run("models", "--model", "my-own").json["row"] is None
    assert run("models").json["models"][0]["name"] == "scripted"


def test_a_bad_row_in_the_settings_stops_before_anything_is_paid(run, tmp_path):
    (tmp_path / "priced.toml").write_text('[models.scripted]\neffort = "low"\n')
    with ModelServer() as server:
        ran = run("rewrite", SEED, server=server)
        assert server.calls == ()
    assert ran.code == 2
    assert "models.scripted" in ran.err
