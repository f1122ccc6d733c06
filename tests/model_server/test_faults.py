import json
import time
from concurrent.futures import ThreadPoolExecutor

import openai
import pytest

from tests.model_server import Fault
from tests.model_server.answers import Answer
from tests.model_server.conftest import SEED, SYSTEM, ask, messages, sdk
from tests.model_server.faults import REFUSED, USUAL, Script, parse_fault, spoil
from tests.model_server.markdown import HEADING
from tests.model_server.prompt import read_prompt
from tests.model_server.spoilers import REFUSAL
from tests.waiting import wait_for

BOTH = pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
HTTP = [
    ("rate_limit", openai.RateLimitError, "rate_limit_exceeded"),
    ("quota", openai.RateLimitError, "insufficient_quota"),
    ("unauthorized", openai.AuthenticationError, "invalid_api_key"),
    ("server_error", openai.InternalServerError, None),
    ("unavailable", openai.InternalServerError, None),
    ("unknown_model", openai.NotFoundError, "model_not_found"),
    ("context_length", openai.BadRequestError, "context_length_exceeded"),
]


@BOTH
@pytest.mark.parametrize(("kind", "error", "code"), HTTP)
def test_an_http_fault_is_the_error_the_sdk_knows(serve, kind, error, code, stream):
    with serve(Fault(kind)) as server:
        with pytest.raises(error) as caught:
            ask(server, messages(), stream=stream)
        assert caught.value.code == code
        assert [c.status for c in server.calls] == ["refused"]
        assert not server.answered()


@BOTH
@pytest.mark.parametrize("kind", ["rate_limit", "server_error", "unavailable", "reset"])
def test_the_sdk_gets_over_a_passing_fault_by_retrying(serve, kind, stream):
    with serve(Fault(kind, times=1)) as server:
        text, *_ = ask(server, messages(), stream=stream, retries=2)
        assert text.startswith("# La bibliothèque")
        assert len(server.calls) == 2
        assert len(server.answered("write")) == 1


def test_the_sdk_waits_as_long_as_retry_after_says(serve):
    with serve(Fault("rate_limit", times=1, seconds=0.3)) as server:
        begin = time.monotonic()
        ask(server, messages(), retries=1)
        assert time.monotonic() - begin >= 0.3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("response_format", {"type": "json_object"}),
        ("max_completion_tokens", 4000),
        ("temperature", 0.2),
    ],
)
def test_a_bad_parameter_is_named_and_only_refused_when_present(serve, name, value):
    with serve(Fault("bad_parameter", variant=name)) as server:
        with pytest.raises(openai.BadRequestError) as caught:
            ask(server, messages("plan"), **{name: value})
        assert caught.value.param == name
        assert ask(server, messages("plan"))[1] == "stop"


@BOTH
@pytest.mark.parametrize("variant", ["before", "mid"])
def test_a_reset_breaks_the_connection_and_is_no_answer(serve, variant, stream):
    with serve(Fault("reset", variant=variant)) as server:
        with pytest.raises(openai.APIConnectionError):
            ask(server, messages(), stream=stream)
        assert [c.status for c in server.calls] == ["dropped"]


@BOTH
@pytest.mark.parametrize("variant", ["before", "mid"])
def test_a_timeout_outlasts_the_patience_of_the_client(serve, variant, stream):
    with serve(Fault("timeout", variant=variant)) as server:
        begin = time.monotonic()
        with pytest.raises(openai.APITimeoutError):
            ask(server, messages(), stream=stream, timeout=0.3)
        assert time.monotonic() - begin < 5


def test_an_answer_is_held_until_the_test_lets_it_go_and_no_longer_than_the_server_lives(serve):
    with ThreadPoolExecutor(1) as pool, serve(Fault("timeout", variant="held", times=1)) as server:
        held = pool.submit(ask, server, messages())
        wait_for(lambda: server.calls)
        assert ask(server, messages())[1] == "stop"
        assert [c.status for c in server.calls] == ["received", "answered"]
        server.release()
        assert held.result()[1] == "stop"
    with ThreadPoolExecutor(1) as pool:
        with serve(Fault("timeout", variant="held")) as server:
            held = pool.submit(ask, server, messages())
            wait_for(lambda: server.calls)
        assert isinstance(held.exception(), openai.APIConnectionError)


def test_an_answer_nobody_waits_for_any_more_is_not_answered(serve):
    with serve(Fault("timeout", seconds=0.5)) as server:
        with pytest.raises(openai.APITimeoutError):
            ask(server, messages(), timeout=0.2)
        time.sleep(0.6)
        assert [c.status for c in server.calls] == ["dropped"]


@BOTH
def test_a_slow_answer_arrives_whole(serve, stream):
    with serve() as quick, serve(Fault("slow", seconds=0.01)) as slow:
        begin = time.monotonic()
        assert ask(slow, messages(), stream=stream)[0] == ask(quick, messages(), stream=stream)[0]
        assert time.monotonic() - begin >= (0.2 if stream else 0.01)


def test_a_stream_may_end_in_an_error_or_without_a_finish_reason(serve):
    with serve(Fault("stream_error", on=1), Fault("reset", variant="end", on=2)) as server:
        with pytest.raises(openai.APIError, match="while answering"):
            ask(server, messages(), stream=True)
        text, finish, *_ = ask(server, messages(), stream=True)
        assert (text.startswith("# La"), finish) == (True, None)
        assert [c.status for c in server.calls] == ["dropped", "dropped"]


def test_comments_keep_a_stream_alive_that_says_nothing(serve):
    with serve(Fault("timeout", variant="comments", seconds=0.4)) as server:
        assert ask(server, messages(), stream=True, timeout=0.2)[1] == "stop"


def test_a_server_may_answer_whole_what_was_to_be_streamed_and_count_nothing(serve):
    with serve(Fault("no_stream"), Fault("no_usage")) as server:
        answer = (
            sdk()
            .with_options(base_url=server.base_url)
            .chat.completions.with_raw_response.create(model="scripted", messages=messages(), stream=True)
        )
        body = json.loads(answer.http_response.read())
        assert body["choices"][0]["finish_reason"] == "stop"
        assert "usage" not in body


@pytest.mark.parametrize(
    ("variant", "header", "value"),
    [
        ("retry_after", "retry-after", "0.5"),
        ("reset", "x-ratelimit-reset-requests", "500ms"),
        ("bare", "retry-after", None),
    ],
)
def test_a_rate_limit_says_when_to_come_back_or_does_not(serve, variant, header, value):
    with serve(Fault("rate_limit", variant=variant, seconds=0.5)) as server:
        with pytest.raises(openai.RateLimitError) as caught:
            ask(server, messages())
        assert caught.value.response.headers.get(header) == value


@BOTH
def test_a_cut_answer_can_be_continued_to_the_whole(serve, stream):
    with serve(Fault("cut")) as server, serve() as sound:
        part, finish, *_ = ask(server, messages(), stream=stream)
        rest, end, *_ = ask(server, messages("continue", said=part), stream=stream)
        assert (finish, end) == ("length", "stop")
        assert part[-1].isalpha()
        assert part + rest == ask(sound, messages())[0]
        assert [c.kind for c in server.calls] == ["write", "continue"]


def test_a_continuation_can_be_cut_again(serve):
    with serve(Fault("cut"), Fault("cut", stage="continue", times=1)) as server, serve() as sound:
        text = ask(server, messages())[0]
        text += ask(server, messages("continue", said=text))[0]
        text += ask(server, messages("continue", said=text))[0]
        assert text == ask(sound, messages())[0]


@BOTH
def test_a_continuation_may_lose_its_space_or_repeat_the_last_words(serve, stream):
    with serve(Fault("cut"), Fault("trimmed_rest", on=1), Fault("repeated_rest", on=2)) as server:
        part = ask(server, messages(), stream=stream)[0]
        trimmed, repeated = (ask(server, messages("continue", said=part), stream=stream)[0] for _ in "ab")
        assert not trimmed[0].isspace()
        assert repeated.endswith(" " + trimmed)
        assert part.endswith(repeated.removesuffix(" " + trimmed))


def test_a_rest_may_begin_anew_or_be_announced(serve):
    with serve(Fault("cut"), Fault("restarted_rest", on=1), Fault("announced_rest", on=2)) as server:
        part = ask(server, messages())[0]
        anew, announced = (ask(server, messages("continue", said=part))[0] for _ in "ab")
        assert anew.startswith(part)
        assert announced.startswith("Voici la suite de l’article :")


@BOTH
def test_a_silent_cut_says_stop(serve, stream):
    with serve(Fault("cut_silent")) as server:
        part, finish, *_ = ask(server, messages(), stream=stream)
        assert finish == "stop"
        assert part[-1].isalpha()


@BOTH
def test_a_refusal_stands_in_its_own_field_or_in_the_text(serve, stream):
    with serve(Fault("refusal", on=1), Fault("refusal", variant="text", on=2)) as server:
        text, _, refusal, _ = ask(server, messages(), stream=stream)
        assert (text or "", refusal) == ("", REFUSAL)
        assert ask(server, messages(), stream=stream)[0] == REFUSAL


def no_json(text) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return True
    return False


SPOILED = [
    (Fault("empty"), "write", lambda t: t == ""),
    (Fault("bad_json"), "plan", lambda t: t.startswith("{") and no_json(t)),
    (Fault("bad_json", variant="fence"), "plan", lambda t: "```json\n{" in t and no_json(t)),
    (Fault("bad_json", variant="prose"), "plan", lambda t: "{" not in t),
    (Fault("bad_json", variant="fields"), "plan", lambda t: "slug" not in json.loads(t)),
    (Fault("english"), "write", lambda t: "bibliothèque" not in t and t.startswith("# What")),
    (Fault("english_paragraph"), "write", lambda t: "Officials said" in t and "# La bib" in t),
    (Fault("chatter"), "write", lambda t: t.startswith("Voici") and "```markdown\n# La" in t),
    (Fault("front_matter"), "write", lambda t: t.startswith("---\ntitle:")),
    (Fault("invented_fact"), "write", lambda t: "4 318 emplois" in t),
    (Fault("altered_quote"), "write", lambda t: "{Q1}" not in t and "« Cette discutable sera" in t),
    (Fault("doubled_slot"), "write", lambda t: t.count("{Q1}") == 2),
    (Fault("missing_slot"), "write", lambda t: "{Q99}" in t and "{Q1}" in t),
    (Fault("no_headings"), "write", lambda t: [len(h[1]) for h in HEADING.finditer(t)] == [1]),
    (Fault("no_headings", variant="all"), "write", lambda t: not HEADING.search(t)),
    (Fault("skipped_level"), "write", lambda t: "## Un lieu pour la vallée\n\n#### Un" in t),
    (Fault("html"), "write", lambda t: "<script>" in t and "](javascript:" in t and "<a href=" in t),
    (Fault("prompt_leak"), "write", lambda t: SYSTEM in t),
    (Fault("self_talk"), "write", lambda t: "En tant que modèle de langage" in t),
    (Fault("self_talk", variant="end"), "write", lambda t: t.endswith("que je le raccourcisse ?")),
    (Fault("labels"), "write", lambda t: "[P1, Q1]" in t and "(S2P1)" in t),
    (Fault("rich_markdown"), "write", lambda t: "[^1]:" in t and "- [x]" in t and "~~" in t and ". **" in t),
    (Fault("address"), "write", lambda t: "www.piege.example" in t),
]


@BOTH
@pytest.mark.parametrize(
    ("fault", "kind", "holds"), SPOILED, ids=[f"{f.kind}-{f.variant}" for f, *_ in SPOILED]
)
def test_a_spoiled_answer_has_its_fault_and_the_next_is_sound(serve, fault, kind, holds, stream):
    with serve(fault) as server, serve() as sound:
        text, finish, refusal, usage = ask(server, messages(kind), stream=stream)
        assert holds(text)
        assert (finish, refusal) == ("stop", None)
        assert usage.completion_tokens == -(-len(text) // 4)
        assert not holds(ask(sound, messages(kind))[0])


@BOTH
def test_a_short_piece_has_about_three_hundred_words(serve, stream):
    other = "Le conseil adopte le budget de la commune.\nLes habitants protestent."
    with serve(Fault("short")) as server:
        text, *_ = ask(server, messages(source=other), stream=stream)
        assert 240 <= len(text.split()) <= 400


@BOTH
def test_a_truncated_prompt_is_seen_in_the_usage_alone(serve, stream):
    long = messages(source=SEED * 20)
    with serve(Fault("truncated_prompt")) as server, serve() as sound:
        text, *_, usage = ask(server, long, stream=stream)
        whole, *_, counted = ask(sound, long, stream=stream)
        assert text == whole
        assert usage.prompt_tokens == 512 < counted.prompt_tokens


@BOTH
def test_a_server_may_give_no_usage(serve, stream):
    with serve(Fault("no_usage")) as server:
        assert ask(server, messages(), stream=stream)[3] is None


def test_every_fault_has_a_test_here():
    tested = {kind for kind, *_ in HTTP} | {fault.kind for fault, *_ in SPOILED}
    tested |= {"bad_parameter", "reset", "timeout", "slow", "cut", "cut_silent", "refusal", "short"}
    tested |= {"trimmed_rest", "repeated_rest", "restarted_rest", "announced_rest"}
    tested |= {"truncated_prompt", "stream_error", "no_stream", "no_usage"}
    assert tested == set(USUAL)
    assert {kind for kind, *_ in HTTP} | {"bad_parameter"} == REFUSED


def struck(fault, calls) -> list[bool]:
    script = Script((fault,))
    return [bool(script.strike(read_prompt(messages(kind)), name, {})) for kind, name in calls]


def test_a_fault_strikes_the_calls_it_is_for():
    calls = [("plan", "000_a"), ("write", "000_a"), ("write", "001_b"), ("write", "000_a")]
    assert struck(Fault("empty"), calls) == [True, True, True, True]
    assert struck(Fault("empty", times=2), calls) == [True, True, False, False]
    assert struck(Fault("empty", every=2), calls) == [False, True, False, True]
    assert struck(Fault("empty", on=(1, 3)), calls) == [True, False, True, False]
    assert struck(Fault("empty", seed="001"), calls) == [False, False, True, False]
    assert struck(Fault("empty", stage="write", times=1), calls) == [False, True, False, False]
    assert struck(Fault("empty", stage="write", times=1, per="source"), calls) == [False, True, True, False]


def test_an_http_error_leaves_the_other_faults_for_the_next_call():
    script = Script((Fault("empty", times=1), Fault("unavailable", times=1)))
    hits = [[f.kind for f in script.strike(read_prompt(messages()), "", {})] for _ in range(3)]
    assert hits == [["unavailable"], ["empty"], []]


def test_faults_of_text_add_up():
    prompt = read_prompt(messages())
    text = "# Un\n\nDébut.\n\n## Deux\n\n" + "Une phrase assez longue pour être coupée en deux. " * 9
    both = spoil(Answer(text), prompt, (Fault("cut"), Fault("invented_fact"), Fault("front_matter")))
    assert both.text.startswith("---")
    assert both.finish == "length"


def test_a_fault_is_written_on_the_command_line_as_kind_and_options():
    assert parse_fault("cut:stage=write:times=2") == Fault("cut", stage="write", times=2)
    assert parse_fault("rate_limit:on=1+3,seconds=2") == Fault("rate_limit", on=(1, 3), seconds=2.0)


@pytest.mark.parametrize(
    "text", ["nonsense", "cut:foo=1", "cut:times=x", "html:stage=plan", "empty:variant=x", "cut:stage=x"]
)
def test_a_fault_nobody_knows_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        parse_fault(text)
