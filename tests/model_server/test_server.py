import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256
from typing import Any

import openai
import pytest

from tests.model_server import Fault
from tests.model_server.conftest import ask, messages

CLIENT = """
import sys, openai
client = openai.OpenAI(base_url=sys.argv[1], api_key="k", max_retries=0)
for n in range(20):
    client.chat.completions.create(
        model="scripted", stream=n % 2 == 1,
        messages=[{"role": "user", "content": f"<source>\\nP1 Texte {n}\\n</source>\\n<plan>\\n{{}}\\n</plan>"}],
    )
    print(n, flush=True)
"""


def until(condition, seconds=10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_the_models_are_listed(serve):
    with (
        serve(models=("scripted", "other")) as server,
        openai.OpenAI(base_url=server.base_url, api_key="k") as client,
    ):
        assert [m.id for m in client.models.list()] == ["scripted", "other"]


def test_an_answer_has_id_model_fingerprint_and_rate_limit_headers(serve):
    with serve() as server, openai.OpenAI(base_url=server.base_url, api_key="k") as client:
        raw = client.chat.completions.with_raw_response.create(model="any-model", messages=messages())
        answer = raw.parse()
        assert (answer.id, answer.model) == ("chatcmpl-scripted-000001", "any-model")
        assert answer.system_fingerprint == "fp_scripted"
        assert int(raw.headers["x-ratelimit-remaining-requests"]) == 9_999
        assert raw.headers["x-request-id"] == "req_1"


def test_a_stream_says_the_same_as_a_whole_answer(serve):
    with serve() as server:
        whole, stream = (ask(server, messages(), stream=s) for s in (False, True))
        assert whole[:3] == stream[:3]
        assert whole[3].total_tokens == stream[3].total_tokens


def test_a_stream_without_include_usage_has_none(serve):
    with serve() as server, openai.OpenAI(base_url=server.base_url, api_key="k") as client:
        chunks: list[Any] = list(client.chat.completions.create(model="m", messages=messages(), stream=True))
        assert all(chunk.choices and chunk.usage is None for chunk in chunks)


def test_a_beginning_seen_before_is_cached(serve):
    long = [{"role": "system", "content": "Une consigne. " * 500}]
    with serve() as server:
        first, second, other = (ask(server, long + messages(kind))[3] for kind in ("plan", "write", "write"))
        assert first.prompt_tokens_details.cached_tokens == 0
        assert 1_600 < second.prompt_tokens_details.cached_tokens < second.prompt_tokens
        assert other.prompt_tokens_details.cached_tokens >= second.prompt_tokens_details.cached_tokens
        assert ask(server, messages())[3].prompt_tokens_details.cached_tokens == 0


@pytest.mark.parametrize("name", ["max_completion_tokens", "max_tokens"])
def test_the_token_limit_cuts_the_answer(serve, name):
    with serve() as server:
        text, finish, _, usage = ask(server, messages(), **{name: 10})
        assert (len(text), finish, usage.completion_tokens) == (40, "length", 10)


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"messages": []}', b'{"messages": [1]}'])
def test_a_request_that_is_none_is_a_400(serve, body):
    import http.client

    with serve() as server:
        connection = http.client.HTTPConnection("127.0.0.1", int(server.base_url.split(":")[2][:-3]))
        connection.request("POST", "/v1/chat/completions", body)
        with connection.getresponse() as response:
            assert response.status == 400
            assert "message" in json.load(response)["error"]
        connection.close()


def test_sixty_calls_are_in_flight_at_once(serve):
    async def run(base_url) -> Any:
        async with openai.AsyncOpenAI(base_url=base_url, api_key="k", max_retries=0) as client:
            sent = (client.chat.completions.create(model="m", messages=messages()) for _ in range(60))
            return await asyncio.gather(*sent)

    with serve(latency=1.0) as server:
        answers = asyncio.run(run(server.base_url))
        assert len({a.choices[0].message.content for a in answers}) == 1
        received, ended = zip(*((c.t_received, c.t_done) for c in server.calls), strict=True)
        assert len(received) == 60
        assert max(received) < min(ended)  # the last came before the first was over


def test_latency_is_kept_and_a_stream_begins_after_its_first_token_time(serve):
    with (
        serve(latency=0.6, first_token=0.2) as server,
        openai.OpenAI(base_url=server.base_url, api_key="k") as client,
    ):
        begin = time.monotonic()
        stream: Any = client.chat.completions.create(model="m", messages=messages(), stream=True)
        next(stream)
        first = time.monotonic() - begin
        for _ in stream:
            pass
        whole = time.monotonic() - begin
        assert 0.2 <= first < whole
        assert whole >= 0.55


def test_every_call_is_logged_when_it_comes_and_when_it_is_answered(serve, tmp_path):
    path = tmp_path / "calls.jsonl"
    with serve(Fault("cut"), log=path) as server:
        ask(server, messages("plan"))
        ask(server, messages("write"), stream=True)
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(c["n"], c["kind"], c["status"]) for c in lines] == [
        (1, "plan", "received"),
        (1, "plan", "answered"),
        (2, "write", "received"),
        (2, "write", "answered"),
    ]
    assert [c["stream"] for c in lines] == [False, False, True, True]
    assert lines[-1]["seed"] == "000_valmont"
    assert lines[-1]["faults"] == ["cut"]
    canonical = json.dumps(messages("plan"), ensure_ascii=False, sort_keys=True)
    assert lines[0]["sha"] == sha256(canonical.encode()).hexdigest()


def test_a_call_is_logged_as_received_before_its_answer_leaves(serve, tmp_path):
    path = tmp_path / "calls.jsonl"
    with serve(latency=30, log=path) as server:
        with pytest.raises(openai.APITimeoutError):
            ask(server, messages(), timeout=0.3)
        assert json.loads(path.read_text(encoding="utf-8"))["status"] == "received"


def test_after_a_client_was_killed_the_log_tells_which_calls_were_answered(serve, tmp_path):
    path = tmp_path / "calls.jsonl"
    with serve(latency=0.2, log=path) as server:
        command = [sys.executable, "-c", CLIENT, server.base_url]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as client:
            until(lambda: len(server.calls) == 4)
            client.send_signal(signal.SIGKILL)
            printed = client.communicate()[0].split()
        until(lambda: all(c.status != "received" for c in server.calls))
    assert [c.status for c in server.calls] == ["answered"] * 3 + ["dropped"]
    assert len(printed) in {2, 3}  # a stream's answer is printed when it begins, a whole one when it ended
    last = {c["n"]: c["status"] for c in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    assert list(last.values()) == ["answered"] * 3 + ["dropped"]


def test_a_server_stops_at_once_and_leaves_no_thread(serve):
    before = set(threading.enumerate())
    begin = time.monotonic()
    with serve(Fault("timeout")) as server:
        callers = [threading.Thread(target=_ask_in_vain, args=(server,)) for _ in range(5)]
        for caller in callers:
            caller.start()
        until(lambda: len(server.calls) == 5)
    for caller in callers:
        caller.join()
    assert set(threading.enumerate()) == before
    assert time.monotonic() - begin < 10


def _ask_in_vain(server):
    with pytest.raises(openai.APIConnectionError):
        ask(server, messages(), timeout=30)


def test_the_command_line_prints_the_address_and_stops_when_told(repository, corpus, tmp_path):
    log = tmp_path / "calls.jsonl"
    options = ["--fault", "rate_limit:times=1", "--fault", "cut:stage=write", "--log", log]
    folders = ["--references", corpus / "references", "--seeds", corpus / "seeds"]
    command = [sys.executable, "-m", "tests.model_server", *options, *folders]
    with subprocess.Popen(
        command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        with openai.OpenAI(base_url=address, api_key="k", max_retries=1) as client:
            answer = client.chat.completions.create(model="scripted", messages=messages())
        process.send_signal(signal.SIGTERM)
        shown = process.communicate()[1]
    assert process.returncode == 0
    assert answer.choices[0].finish_reason == "length"
    assert "1 write 000_valmont refused" in shown
    assert "2 write 000_valmont answered" in shown
    assert len(log.read_text(encoding="utf-8").splitlines()) == 4


def test_the_command_line_refuses_an_unknown_fault(repository):
    command = [sys.executable, "-m", "tests.model_server", "--fault", "nonsense"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unknown fault 'nonsense'" in done.stderr
