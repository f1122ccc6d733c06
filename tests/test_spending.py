from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.errors import UsageError
from pipeline.ledger import FILE, Ledger, sqlite_url
from pipeline.model import Call, Money, Usage
from pipeline.settings import Settings
from pipeline.spending import as_json, as_text, existing_ledger, forget, names_of, spent, totals

CALL = Call(
    "k" * 64,
    "plan",
    "plan/1",
    "luna",
    "luna-1",
    "une réponse secrète",
    "stop",
    Usage(10, 2, 5, 1, 3),
    paid=True,
    cost=Money(0.5),
)
REQUEST = {"model": "luna", "messages": [{"role": "user", "content": "un texte secret"}]}
MONDAY, TUESDAY = datetime(2026, 3, 2, 23, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def ledger(ledger_url):
    with closing(Ledger(ledger_url)) as opened:
        for n, (call, article, source, now) in enumerate(
            [
                (CALL, "a" * 64, "/a.txt", MONDAY),
                (replace(CALL, stage="write", cost=Money(1.5, estimated=True)), "a" * 64, "/a.txt", TUESDAY),
                (replace(CALL, model="sol", cost=Money(3, "EUR")), "b" * 64, "/b.txt", TUESDAY),
                (replace(CALL, model="local", cost=None), "c" * 64, "", TUESDAY),
            ]
        ):
            opened.remember(replace(call, key=str(n) * 64), REQUEST, article, source, now=now)
        yield opened


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("article", [("/b.txt", 3, "EUR"), ("/a.txt", 2.0, "USD"), ("c" * 64, None, None)]),
        ("stage", [("plan", 3, "EUR"), ("write", 1.5, "USD"), ("plan", 0.5, "USD"), ("plan", None, None)]),
        ("model", [("sol", 3, "EUR"), ("luna", 2.0, "USD"), ("local", None, None)]),
        ("day", [("2026-03-02", 0.5, "USD"), ("2026-03-03", 3, "EUR")]),
    ],
)
def test_what_was_spent_is_summed_up(ledger, by, told):
    found = [(s.name, s.cost and s.cost.amount, s.cost and s.cost.currency) for s in spent(ledger, by)]
    assert found[: len(told)] == told


def test_currencies_and_unknown_prices_are_never_mixed(ledger):
    sums = [(t.calls, t.cost) for t in totals(spent(ledger, "model"))]
    assert sums == [(1, Money(3, "EUR")), (2, Money(2, "USD", estimated=True)), (1, None)]
    data = as_json(spent(ledger, "model"), "model")
    assert data["totals"][0] == {
        "calls": 1,
        "tokens": {"input": 10, "cached": 2, "output": 5, "reasoning": 1, "cache_write": 3},
        "cost": {"amount": 3, "currency": "EUR", "estimated": False},
    }
    text = as_text(spent(ledger, "model"), "model")
    assert "about 2.0000 USD" in text
    assert "price not known" in text


def test_a_refusal_and_what_came_second_were_paid_for_too(ledger):
    ledger.remember(replace(CALL, key="9" * 64, answer=" ", finish="refusal"), REQUEST, "a" * 64, "/a.txt")
    ledger.remember(replace(CALL, key="9" * 64), REQUEST, "a" * 64, "/a.txt")
    ledger.remember(replace(CALL, key="9" * 64, answer="autre"), REQUEST, "a" * 64, "/a.txt")
    assert ledger.recall("9" * 64).answer == CALL.answer
    (article,) = [s for s in spent(ledger, "article") if s.name == "/a.txt"]
    assert (article.calls, article.cost) == (5, Money(3.5, estimated=True))


def test_an_answer_that_may_not_be_used_is_kept_and_never_recalled(ledger):
    ledger.remember(replace(CALL, key="9" * 64), REQUEST, "a" * 64, usable=False)
    assert ledger.recall("9" * 64) is None


def test_forgetting_takes_the_texts_and_keeps_what_was_spent(ledger):
    before = spent(ledger, "article")
    assert forget(ledger, ["/a.txt"]) == 2
    assert forget(ledger, ["/a.txt"]) == 0
    assert spent(ledger, "article") == before
    assert ledger.recall("0" * 64) is None
    assert ledger.recall("2" * 64) is not None


def test_what_was_forgotten_is_no_more_in_the_file(tmp_path):
    secret = replace(CALL, answer="mot-de-la-source " * 2_000)
    with closing(Ledger(sqlite_url(tmp_path))) as ledger:
        ledger.remember(secret, {"texte": "mot-du-texte " * 2_000}, "a" * 64, "/a.txt")
        forget(ledger, ["a" * 64])
    for file in (tmp_path / FILE).parent.iterdir():
        assert b"mot-d" not in file.read_bytes()


def test_a_source_is_known_by_its_path_its_content_a_url_or_a_hash(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("texte")
    names = names_of(str(path))
    assert names[0] == str(path.resolve())
    assert len(names[1]) == 64
    assert names_of(str(tmp_path / "gone.txt")) == [str(tmp_path / "gone.txt")]
    assert names_of("https://a.fr/b") == ["https://a.fr/b"]
    assert names_of("a" * 64) == ["a" * 64]


def test_looking_at_what_was_spent_makes_no_ledger(tmp_path):
    with pytest.raises(UsageError, match="no ledger"):
        existing_ledger(Settings(out=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_article_whose_source_was_updated_is_one_row_a_currency(ledger):
    ledger.remember(replace(CALL, key="9" * 64), REQUEST, "d" * 64, "/a.txt", now=TUESDAY)
    ledger.remember(replace(CALL, key="8" * 64, cost=None), REQUEST, "d" * 64, "/a.txt", now=TUESDAY)
    rows = [(s.calls, s.usage.input, s.cost) for s in spent(ledger, "article") if s.name == "/a.txt"]
    assert rows == [(3, 30, Money(2.5, "USD", estimated=True)), (1, 10, None)]
