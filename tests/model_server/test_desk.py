"""The scripted Batch API, asked by the real SDK."""

import json

import openai
import pytest

from tests.model_server import Fault
from tests.model_server.conftest import SEED, messages, sdk


def submitted(server, *ids):
    client = sdk().with_options(base_url=server.base_url, max_retries=0)
    lines = [
        {
            "custom_id": i,
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": "m", "messages": messages(source=f"{SEED}\nNuméro {i}.")},
        }
        for i in ids
    ]
    data = "\n".join(json.dumps(line) for line in lines).encode()
    file = client.files.create(file=("a.jsonl", data), purpose="batch")
    batch = client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata={"mark": "x"},
    )
    return client, batch.id


def lines_of(client, file):
    return [json.loads(line) for line in client.files.content(file).content.splitlines()] if file else []


def test_a_batch_is_done_after_so_many_looks_and_answers_in_no_order(serve):
    with serve(batch_polls=1) as server:
        client, name = submitted(server, "a", "b")
        assert client.batches.retrieve(name).status == "in_progress"
        done = client.batches.retrieve(name)
        assert done.status == "completed"
        found = lines_of(client, done.output_file_id)
        assert [line["custom_id"] for line in found] == ["b", "a"]
        assert found[0]["response"]["body"]["choices"][0]["message"]["content"].startswith("# La biblio")
        assert [c.status for c in server.calls] == ["answered"] * 2
        assert [b.metadata for b in client.batches.list()] == [{"mark": "x"}]


def test_a_fault_strikes_a_line_and_what_expires_is_told(serve):
    with serve(Fault("rate_limit", on=1), batch_polls=None) as server:
        client, name = submitted(server, "a", "b", "c")
        server.desk.finish(status="expired", answer=2)
        done = client.batches.retrieve(name)
        assert done.status == "expired"
        assert [line["custom_id"] for line in lines_of(client, done.output_file_id)] == ["b"]
        late, refused = lines_of(client, done.error_file_id)
        assert (late["custom_id"], late["error"]["code"]) == ("c", "batch_expired")
        assert (refused["custom_id"], refused["response"]["status_code"]) == ("a", 429)


def test_a_lost_batch_is_not_found(serve):
    with serve() as server:
        client, name = submitted(server, "a")
        server.desk.lose()
        with pytest.raises(openai.NotFoundError):
            client.batches.retrieve(name)
