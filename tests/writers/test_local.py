"""A GGUF file as the model: a real llama.cpp reads a real, tiny file of weights by chance, and answers nonsense."""

import asyncio
import os
import signal
from contextlib import suppress

import pytest

from pipeline.errors import EngineError, UsageError
from pipeline.halt import Halt
from pipeline.model import Money
from pipeline.settings import Settings, chosen_writer, local_file
from pipeline.writers.local import CONTEXT, name_of
from pipeline.writers.local.ask import LocalModel
from pipeline.writers.local.process import Process
from pipeline.writers.models import cost_of, row_of, table
from pipeline.writers.request import Request
from tests import tiny_model
from tests.e2e.marbre import marbre

REQUEST = Request("write", "write/1", "m", ({"role": "user", "content": "Un titre."},), {"max_tokens": 12})


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "petit.gguf"
    tiny_model.write(path)
    return path


def one_thread(file, context):
    """Threads that wait for one another are slow on a machine that runs other tests."""
    return Process(file, context, threads=1)


async def asked(file, *requests, start=one_thread):
    processes = []

    def started(*words):
        processes.append(start(*words))
        return processes[-1]

    async with LocalModel(file, 2048, Settings(), Halt(), start=started) as ask:
        calls = await asyncio.gather(*(ask(r) for r in requests), return_exceptions=True)
    return calls, processes


def is_running(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_a_file_answers_one_call_after_another_and_its_process_ends_with_the_run(file):
    calls, (process,) = asyncio.run(asked(file, REQUEST, REQUEST))
    assert [c.usage.output for c in calls] == [12, 12]
    assert all(c.finish == "length" for c in calls)
    assert not is_running(process.pid)


def test_a_call_on_ones_own_machine_costs_nothing_and_that_is_known(file):
    (call,), _ = asyncio.run(asked(file, REQUEST))
    assert cost_of(call, REQUEST, row_of(name_of(file), table())) == Money(0.0)


def test_no_process_is_started_before_something_is_asked(file):
    calls, processes = asyncio.run(asked(file))
    assert (calls, processes) == ([], [])


def test_a_process_that_is_killed_ends_the_run_with_one_line_that_says_so(file):
    class Doomed(Process):
        def address(self):
            found = super().address()
            os.kill(self.pid, signal.SIGKILL)
            self._process.wait()
            return found

    (error,), _ = asyncio.run(asked(file, REQUEST, start=Doomed))
    assert isinstance(error, EngineError)
    assert "killed by signal 9" in str(error)
    assert "smaller file" in str(error)


def test_a_file_that_only_begins_like_a_model_is_named_with_the_reason(tmp_path):
    broken = tmp_path / "casse.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    (error,), _ = asyncio.run(asked(broken, REQUEST))
    assert isinstance(error, EngineError)
    assert "casse.gguf" in str(error)
    assert "\n" not in str(error)


def test_a_model_is_known_by_its_bytes_wherever_it_lies(file, tmp_path):
    elsewhere = tmp_path / "petit.gguf"
    elsewhere.write_bytes(file.read_bytes())
    assert name_of(elsewhere) == name_of(file)
    elsewhere.write_bytes(file.read_bytes() + b"\0")
    assert name_of(elsewhere) != name_of(file)
    assert name_of(file).endswith(".gguf")


def test_what_is_no_model_is_refused_before_anything_is_started(tmp_path):
    text = tmp_path / "notes.gguf"
    text.write_text("Notes")
    with pytest.raises(UsageError, match="no GGUF file"):
        name_of(text)
    with pytest.raises(UsageError, match="cannot be read"):
        name_of(tmp_path / "missing.gguf")


def test_a_missing_file_on_the_command_line_is_one_line_and_exit_2(tmp_path):
    ended = marbre("batch", "seeds", "--out", str(tmp_path), "--model", "nowhere.gguf", "--no-grammar")
    assert ended.code == 2
    assert "nowhere.gguf cannot be read" in ended.err
    assert "Traceback" not in ended.err


def test_a_gguf_file_is_a_writer_unless_a_server_is_named():
    on_disk = Settings(model="models/a.gguf")
    at_server = Settings(model="a.gguf", base_url="http://127.0.0.1:8080/v1")
    assert local_file(on_disk) is not None
    assert chosen_writer(on_disk, {}) == "llm"
    assert local_file(at_server) is None
    assert local_file(Settings()) is None


def test_a_context_holds_what_the_table_says():
    assert row_of("petit-1a2b3c4d.gguf", table()).context == CONTEXT
