"""`marbre doctor` on a machine of workers: whether the ledger can be had, without changing it."""

from sqlalchemy import create_engine, inspect, text

from pipeline.dialects import address_of
from pipeline.ledger import Ledger
from pipeline.ledger_schema import VERSION
from tests.e2e.marbre import marbre


def part(tmp_path, what, url, out=None):
    """Without LanguageTool: one of its own takes ten seconds to start."""
    ran = marbre(
        "doctor", "--ledger", url, "--out", out or tmp_path / "out", "--format", "json",
        MARBRE_GRAMMAR="false", MARBRE_LANGUAGETOOL=str(tmp_path / "none"),
    )  # fmt: skip
    found = [each for each in ran.json["parts"] if each["what"] == what]
    return (ran.code, *found)


def test_a_ledger_without_tables_is_found_and_left_so(tmp_path, postgres):
    url = postgres.schema()
    code, ledger = part(tmp_path, "Ledger", url)
    assert (code, ledger["ok"]) == (0, True)
    assert "no tables yet" in ledger["found"]
    engine = create_engine(address_of(url))
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_an_older_ledger_is_told_and_left_as_it_is(tmp_path, postgres):
    url = postgres.schema()
    ledger = Ledger(url)
    for version, ok in ((VERSION, True), (VERSION - 1, True), (VERSION + 1, False)):
        with ledger.connect() as connection:
            connection.execute(text(f"UPDATE meta SET version = {version}"))
        code, told = part(tmp_path, "Ledger", url)
        assert (code, told["ok"]) == (0 if ok else 4, ok)
        assert f"version {version}" in told["found"]
        with ledger.connect() as connection:
            assert connection.execute(text("SELECT version FROM meta")).scalar() == version
    ledger.close()


def test_a_ledger_that_cannot_be_reached_is_told_with_what_to_look_at(tmp_path):
    code, ledger = part(tmp_path, "Ledger", "postgresql://marbre:geheim@127.0.0.1:1/marbre")
    assert (code, ledger["ok"]) == (4, False)
    assert "refused" in ledger["found"]
    assert "Look whether the server runs" in ledger["remedy"]
    assert "geheim" not in str(ledger)


def test_a_worker_needs_no_folder_for_pieces(tmp_path, postgres):
    (tmp_path / "file").write_text("")
    shut = tmp_path / "file" / "out"
    code, folder = part(tmp_path, "Outputs", postgres.schema(), shut)
    assert (code, folder["ok"], folder["needed"]) == (0, False, False)
    code, folder = part(tmp_path, "Outputs", f"sqlite:///{tmp_path}/l.sqlite3", shut)
    assert (code, folder["needed"]) == (4, True)
