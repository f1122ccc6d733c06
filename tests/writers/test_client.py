"""The edge to a server that stalls, breaks off, limits and refuses: what comes of each, and in how many calls."""

import asyncio
import socket
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from pipeline.errors import EngineError, MarbreError, RunStoppedError, WriterError
from pipeline.halt import Halt
from pipeline.settings import Settings
from pipeline.writers.client import Client
from pipeline.writers.request import Request
from tests.model_server import Fault, ModelServer
from tests.model_server.conftest import SEED, messages

QUICK = {"timeout": 3.0, "timeout_first_token": 0.5, "timeout_silence": 0.5, "retries": 3}


@pytest.fixture
def hurried(monkeypatch):
    """Whoever tries again does so at once: what comes of it is the same."""
    monkeypatch.setattr("pipeline.writers.client._WAITS", (0.01, 0.05))
    monkeypatch.setattr("pipeline.writers.client._RATE_WAITS", (0.01, 0.05))


def request(n=0, **parameters):
    source = SEED + f"\nNuméro {n}." if n else SEED
    return Request("write", "write/1", "m", tuple(messages(source=source)), parameters)


def ask(base_url, *requests, heard=None, **settings):
    """What comes of each request, all at once: a `Call` or the error, in their order."""

    async def go():
        made = Settings(**{"base_url": base_url, **QUICK, **settings})
        async with Client(made, Halt(), None, heard or (lambda _: None), {}, lambda: 0.0) as client:
            return await asyncio.gather(*(client(r) for r in requests), return_exceptions=True)

    return asyncio.run(go())


def one(server, *faultless, **settings):
    (result,) = ask(server.base_url, *(faultless or (request(),)), **settings)
    return result


TRANSIENT = [
    Fault("rate_limit", times=2),
    Fault("rate_limit", times=2, variant="date"),
    Fault("rate_limit", times=2, variant="reset"),
    Fault("rate_limit", times=1, variant="bare"),
    Fault("server_error", times=2),
    Fault("unavailable", times=2),
    Fault("reset", times=2),
    Fault("reset", times=2, variant="mid"),
    Fault("reset", times=2, variant="end"),
    Fault("timeout", times=2, seconds=5),
    Fault("timeout", times=2, variant="mid", seconds=5),
    Fault("timeout", times=2, variant="comments", seconds=5),
    Fault("stream_error", times=2),
]


def named(fault):
    return f"{fault.kind}-{fault.variant or 'plain'}" if isinstance(fault, Fault) else None


@pytest.mark.parametrize("fault", TRANSIENT, ids=named)
def test_what_passes_is_got_over_and_the_answer_is_whole(serve, fault, hurried):
    with serve(fault) as server, serve() as sound:
        call = one(server)
        assert call.answer == one(sound).answer
        assert (call.finish, call.paid) == ("stop", True)
        assert call.usage.output > 0
        assert len(server.calls) == fault.times + 1


LASTING = [
    (Fault("rate_limit"), "rate_limit", 4),
    (Fault("server_error"), "server", 4),
    (Fault("unavailable"), "server", 4),
    (Fault("reset"), "broken", 3),
    (Fault("reset", variant="mid"), "broken", 3),
    (Fault("reset", variant="end"), "broken", 3),
    (Fault("timeout", seconds=5), "timeout", 3),
    (Fault("timeout", variant="mid", seconds=5), "timeout", 3),
    (Fault("timeout", variant="comments", seconds=5), "timeout", 3),
    (Fault("stream_error"), "server", 3),
    (Fault("context_length"), "too_long", 1),
]


@pytest.mark.parametrize(("fault", "code", "calls"), LASTING, ids=named)
def test_what_lasts_fails_the_article_alone_after_few_calls(serve, fault, code, calls, hurried):
    """What may be billed is asked three times at most, whatever the settings say."""
    with serve(fault) as server:
        error = one(server)
        assert isinstance(error, WriterError)
        assert (error.code, error.stops_the_run) == (code, False)
        assert len(server.calls) == calls


@pytest.mark.parametrize(
    ("kind", "code"),
    [("quota", "quota"), ("unauthorized", "unauthorized"), ("unknown_model", "unknown_model")],
)
def test_what_never_heals_is_asked_once_and_stops_the_run(serve, kind, code):
    with serve(Fault(kind)) as server:
        error = one(server)
        assert isinstance(error, EngineError)
        assert (error.code, error.stops_the_run) == (code, True)
        assert "\n" not in str(error)
        assert len(server.calls) == 1


@pytest.mark.parametrize("kind", ["quota", "unauthorized"])
def test_no_article_makes_a_further_call_once_the_key_or_the_credit_is_refused(serve, kind):
    """Seven are waiting to try again when the eighth is refused for good."""
    with serve(Fault("unavailable", times=7), Fault(kind)) as server:
        results = ask(server.base_url, *(request(n) for n in range(1, 9)))
        assert len(server.calls) == 8
        first = [r for r in results if not isinstance(r, RunStoppedError)]
        assert [r.code for r in first] == [kind]
        assert sum(isinstance(r, RunStoppedError) for r in results) == 7


def test_a_parameter_that_is_refused_is_named_with_the_row_to_mend(serve):
    with serve(Fault("bad_parameter", variant="temperature")) as server:
        error = one(server, replace(request(temperature=0.3), row="some-family"))
        assert error.stops_the_run
        assert "'temperature'" in error.message
        assert '`temperature` of the row [models."some-family"]' in error.remedy
        assert "marbre models" in error.remedy
        assert len(server.calls) == 1


@pytest.mark.parametrize("name", ["stream_options", "stream"])
def test_a_server_that_refuses_to_stream_is_asked_otherwise_and_only_told_once(serve, name):
    with serve(Fault("bad_parameter", variant=name)) as server, serve() as sound:

        async def go():
            async with Client(Settings(base_url=server.base_url, **QUICK), Halt(), environ={}) as client:
                return [(await client(request(n))).answer for n in (0, 1, 2)]

        assert asyncio.run(go())[0] == one(sound).answer
        assert [c.status for c in server.calls] == ["refused", *["answered"] * 3]
        assert [c.stream for c in server.calls[1:]] == [name == "stream_options"] * 3


def test_a_server_that_answers_whole_what_was_to_be_streamed_still_works(serve):
    with serve(Fault("no_stream")) as server:
        call = one(server)
        assert call.answer.startswith("# La bibliothèque")
        assert call.usage.output > 0


def test_a_server_that_counts_nothing_still_works(serve):
    with serve(Fault("no_usage")) as server:
        call = one(server)
        assert call.answer
        assert call.usage.output == 0


def test_streaming_can_be_switched_off(serve):
    with serve() as server:
        assert one(server, stream=False).answer == one(server).answer
        assert [c.stream for c in server.calls] == [False, True]


def test_progress_is_heard_while_the_answer_is_written(serve):
    heard: list[int] = []
    with serve() as server:
        (call,) = ask(server.base_url, request(), heard=heard.append)
    assert sum(heard) == len(call.answer)
    assert len(heard) > 10


@pytest.mark.parametrize("stream", [True, False])
def test_what_came_while_the_program_itself_was_held_up_is_read_and_not_asked_for_again(serve, stream):
    """Waiting for the ledger's server holds up all that goes on: the answers come all the same."""

    async def go(base_url):
        made = Settings(base_url=base_url, stream=stream, **QUICK | {"timeout": 60.0 if stream else 0.8})
        async with Client(made, Halt(), None, lambda _: None, {}, lambda: 0.0) as client:
            asked = asyncio.create_task(client(request()))
            await asyncio.sleep(0.3)
            time.sleep(1.5)  # noqa: ASYNC251 - that is the point
            return await asked

    with serve(latency=0.7, first_token=0.1) as server, serve() as sound:
        call = asyncio.run(go(server.base_url))
        assert call.answer == one(sound).answer
        assert len(server.calls) == 1


def test_a_dead_stream_is_noticed_long_before_the_answer_is_due(serve):
    with serve(Fault("timeout", variant="mid", seconds=30)) as server:
        begin = time.monotonic()
        error = one(server, timeout=30.0, retries=0)
        assert time.monotonic() - begin < 20
        assert "timeout_silence" in error.remedy


def test_an_answer_that_drips_for_ever_is_given_up_when_its_time_is_over(serve):
    with serve(Fault("slow", seconds=0.1)) as server:
        error = one(server, timeout=0.6, retries=0)
        assert error.code == "timeout"
        assert "`timeout`" in error.remedy


def test_a_slow_answer_that_never_falls_silent_is_not_given_up(serve):
    with serve(Fault("slow", seconds=0.02)) as server:
        assert one(server, timeout_silence=0.2).finish == "stop"


def test_the_server_is_never_asked_sooner_than_it_says(serve):
    with serve(Fault("rate_limit", times=1, seconds=0.6)) as server:
        one(server)
        first, second = (c.t_received for c in server.calls)
        assert second - first >= 0.6


def test_one_refusal_for_the_rate_holds_the_other_articles_too(serve):
    with serve(Fault("rate_limit", on=1, seconds=0.8)) as server:

        async def go():
            async with Client(Settings(base_url=server.base_url, **QUICK), Halt(), environ={}) as client:
                first = asyncio.create_task(client(request()))
                await asyncio.sleep(0.3)
                await asyncio.gather(first, *(client(request(n)) for n in range(1, 6)))

        asyncio.run(go())
        refused, *others = (c.t_received for c in server.calls)
        assert len(others) == 6
        assert min(others) - refused >= 0.8


def test_a_server_that_asks_to_wait_for_hours_ends_the_run_and_says_so(serve):
    with serve(Fault("rate_limit", seconds=7200)) as server:
        error = one(server)
        assert error.stops_the_run
        assert "120 minutes" in error.message
        assert len(server.calls) == 1


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_a_server_that_is_not_there_ends_the_run_after_two_tries():
    begin = time.monotonic()
    first, second = ask(f"http://127.0.0.1:{free_port()}/v1", request(), request(1), retries=20)
    assert time.monotonic() - begin < 30  # twenty tries take minutes
    assert {first.code, second.code} == {"unreachable"}
    assert first.stops_the_run
    assert "127.0.0.1" in first.message


def test_a_server_that_is_started_again_is_waited_for(corpus):
    port = free_port()
    options = {"references": corpus / "references", "seeds": corpus / "seeds", "port": port}

    async def go():
        async with Client(
            Settings(base_url=f"http://127.0.0.1:{port}/v1", **QUICK), Halt(), environ={}
        ) as client:
            with ModelServer(**options):
                await client(request())
            late = asyncio.create_task(client(request(1)))
            await asyncio.sleep(0.7)
            with ModelServer(**options):
                return await late

    assert asyncio.run(go()).answer


class Page(BaseHTTPRequestHandler):
    """A server that always says the same, and counts how often it was asked."""

    status, body = 200, b""
    headers_sent: ClassVar[dict[str, str]] = {}

    def do_POST(self):
        self.server.asked += 1  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_):
        pass


def always(body, status=200, **headers):
    """The error of one request to a server that always says this, and how often it was asked."""
    said = {
        "status": status,
        "body": body,
        "headers_sent": {k.replace("_", "-"): v for k, v in headers.items()},
    }
    page = type("Saying", (Page,), said)
    with ThreadingHTTPServer(("127.0.0.1", 0), page) as server:
        server.asked = 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        (error,) = ask(f"http://127.0.0.1:{server.server_address[1]}/v1", request(temperature=0.3), retries=1)
        server.shutdown()
    assert isinstance(error, MarbreError)
    assert "\n" not in str(error)
    return error, server.asked  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "code", "stops"),
    [
        (b"<p>Bonjour", "bad_answer", False),
        (b"[]", "bad_answer", False),
        (b'{"choices": []}', "bad_answer", False),
        (b'{"choices": [{"message": "x"}]}', "bad_answer", False),
        (b'{"error": {"code": "insufficient_quota", "message": "No."}}', "quota", True),
    ],
)
def test_an_answer_that_is_no_chat_completion_is_told_in_one_line(body, code, stops):
    error, asked = always(body)
    assert (error.code, error.stops_the_run, asked) == (code, stops, 1)


def test_a_server_that_says_not_to_try_again_is_obeyed():
    assert always(b"{}", 503)[1] == 2
    assert always(b"{}", 503, x_should_retry="false")[1] == 1


def test_an_account_with_nothing_left_is_known_by_its_status_too():
    error, asked = always(b'{"error": {"message": "Insufficient Balance"}}', 402)
    assert (error.code, error.stops_the_run, asked) == ("quota", True, 1)


def test_a_parameter_is_found_in_the_words_of_a_server_that_has_no_field_for_it():
    error, _ = always(
        b'{"detail": [{"loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]}', 422
    )
    assert "refuses the parameter 'temperature'" in error.message


def test_requests_a_minute_are_kept_over_all_articles(serve):
    with serve() as server:

        async def go():
            made = Settings(base_url=server.base_url, requests_per_minute=3, **QUICK)
            async with Client(made, Halt(), environ={}) as client:
                asked = [asyncio.create_task(client(request(n))) for n in range(8)]
                await asyncio.sleep(0.6)
                for task in asked:
                    task.cancel()
                await asyncio.gather(*asked, return_exceptions=True)

        asyncio.run(go())
        assert len(server.calls) == 3


def test_no_more_calls_are_in_flight_than_asked_for(corpus):
    with ModelServer(latency=0.2, references=corpus / "references", seeds=corpus / "seeds") as server:
        begin = time.monotonic()
        ask(server.base_url, *(request(n) for n in range(6)), concurrency=2)
        assert time.monotonic() - begin >= 0.55
        spans = [(c.t_received, c.t_done or 0.0) for c in server.calls]
    assert max(sum(a <= start < b for a, b in spans) for start, _ in spans) <= 2


def test_an_article_whose_plan_is_there_asks_for_its_text_before_another_begins(serve):
    with serve() as server:

        async def article(client, n):
            await client(replace(request(n), stage="plan"))
            await client(request(n))

        async def go():
            made = Settings(base_url=server.base_url, concurrency=1, **QUICK)
            async with Client(made, Halt(), environ={}) as client:
                await asyncio.gather(*(article(client, n) for n in range(3)))

        asyncio.run(go())
        assert [call.sha for call in server.calls[::2]] == [call.sha for call in server.calls[1::2]]


def test_no_key_and_no_server_is_told_before_any_call():
    with pytest.raises(EngineError, match="no model to ask"):
        Client(Settings(), Halt(), environ={})
