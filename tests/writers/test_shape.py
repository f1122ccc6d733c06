import pytest

from pipeline.errors import WriterError
from pipeline.model import Call, Usage
from pipeline.writers.models import UNKNOWN, Row, row_of, table
from pipeline.writers.request import Request
from pipeline.writers.schema import PLAN_SCHEMA
from pipeline.writers.shape import is_truncated, shaped

MESSAGES = (
    {"role": "system", "content": "Vous êtes journaliste."},
    {"role": "user", "content": "Un article."},
)
REQUEST = Request("write", "write/1", "m", MESSAGES)


def for_model(name, words=700, schema=None, **changed):
    rows = table({row_of(name, table()).name: changed} if changed else None)
    return shaped(REQUEST, row_of(name, rows), words, schema)


def test_a_model_of_no_row_is_asked_as_before_so_its_answers_are_still_remembered():
    asked = shaped(REQUEST, UNKNOWN, 700, PLAN_SCHEMA)
    assert asked.decides() == {"model": "m", "messages": list(MESSAGES)}


def test_the_limit_goes_by_the_words_asked_for_and_leaves_room_to_reason():
    assert for_model("gpt-6-luna").parameters["max_completion_tokens"] == 4_200 + 8_000
    assert for_model("gpt-6-luna", words=3_000).parameters["max_completion_tokens"] == 18_000 + 8_000
    assert for_model("gpt-6-luna", effort="high").parameters["max_completion_tokens"] == 4_200 + 25_000
    assert for_model("gpt-4.1", words=20_000).parameters["max_completion_tokens"] == 32_768
    assert for_model("mistral-small-latest", words=100).parameters["max_tokens"] == 4_000


def test_a_temperature_is_sent_only_where_it_is_taken():
    assert "temperature" not in for_model("gpt-6-luna").parameters
    assert for_model("gpt-6-luna", effort="none").parameters["temperature"] == 0.3
    assert "temperature" not in for_model("gpt-6.2-sol").parameters
    assert for_model("mistral-large-latest").parameters["temperature"] == 0.3


def test_a_schema_is_asked_only_of_a_model_that_holds_to_it():
    assert for_model("gpt-6-luna", schema=PLAN_SCHEMA).parameters["response_format"] == PLAN_SCHEMA
    assert "response_format" not in for_model("gpt-6-luna").parameters
    assert "response_format" not in shaped(REQUEST, Row(name="m"), 700, PLAN_SCHEMA).parameters


def test_the_stable_prefix_ends_with_a_mark_where_the_model_has_one():
    asked = for_model("gpt-5.6-luna")
    (part,) = asked.messages[0]["content"]
    assert part == {
        "type": "text",
        "text": "Vous êtes journaliste.",
        "prompt_cache_breakpoint": {"mode": "explicit"},
    }
    assert asked.messages[1] == MESSAGES[1]
    assert asked.parameters["prompt_cache_options"] == {"mode": "explicit"}
    for older in ("gpt-5.5", "gpt-4.1", "mistral-small-latest", "m"):
        assert for_model(older).messages == MESSAGES
        assert "prompt_cache_options" not in for_model(older).parameters


def test_the_answer_gets_the_room_the_context_leaves():
    row = Row(name="small", context=4_000, token_limit="max_tokens")
    assert 3_900 < shaped(REQUEST, row, 700).parameters["max_tokens"] < 4_000


def test_a_prompt_too_long_for_the_context_is_told_before_it_is_paid():
    row = Row(name="small", context=4_000, token_limit="max_tokens")
    long = Request("write", "write/1", "m", ({"role": "user", "content": "mot " * 3_000},))
    with pytest.raises(WriterError, match=r"too long.*4,000.*nothing was sent.*models\.small") as error:
        shaped(long, row, 700)
    assert error.value.code == "too_long"


def read(tokens, request, cached=0):
    call = Call("k", "write", "w", "m", "m", "texte", "stop", Usage(tokens, cached, 5), paid=True)
    return is_truncated(call, request)


def test_a_server_that_read_far_less_than_was_sent_is_noticed():
    long = Request("write", "write/1", "m", ({"role": "user", "content": "L’été à Kiev. " * 1_500},))
    assert read(2_048, long)
    assert not read(5_250, long)  # four characters a token
    assert not read(4_200, long)  # five, as for English
    assert not read(0, long)  # it did not count
    assert not read(1_000, long, cached=4_000)


def test_spaces_and_rules_are_few_tokens_and_no_truncation():
    table_ = Request(
        "write", "write/1", "m", ({"role": "user", "content": "a | b\n------------      \n" * 500},)
    )
    assert not read(2_000, table_)


def test_what_was_asked_before_may_be_in_a_cache_the_server_does_not_count():
    said = ({"role": "user", "content": "mot " * 5_000}, {"role": "assistant", "content": "Un"})
    assert not read(20, Request("write", "continue/1", "m", said))
    assert not read(20, Request("repair", "repair/1", "m", said[:1]))
    assert read(20, Request("write", "write/1", "m", said[:1]))
