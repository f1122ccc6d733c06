"""The processes of a run: what they do, what they raise, and that none outlives the run."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from pipeline.crew import ENDED, Crew, load_ahead
from pipeline.errors import EngineError, SourceError
from tests.e2e.marbre import ROOT
from tests.waiting import lives, wait_for


def done(articles, *work):
    async def go():
        crew = Crew(articles)
        try:
            return await asyncio.gather(*(crew.do(*words) for words in work), return_exceptions=True)
        finally:
            crew.close()

    return asyncio.run(go())


def fails():
    raise SourceError("empty", "Nothing in it.", "Give another.", about="a.txt")


@pytest.mark.parametrize("articles", [1, 5], ids=["thread", "processes"])
def test_work_is_done_elsewhere_and_its_errors_come_back_whole(articles):
    number, error, where = done(articles, (pow, 2, 5), (fails,), (os.getpid,))
    assert number == 32
    assert isinstance(error, SourceError)
    assert (error.code, error.remedy, str(error)) == (
        "empty",
        "Give another.",
        "a.txt: Nothing in it. Give another.",
    )
    assert (where == os.getpid()) == (articles == 1)


def loaded():
    return "pipeline.checks.playing" in sys.modules, "pipeline.checks.fidelity" in sys.modules


def test_a_process_begins_with_the_checks_that_were_loaded_ahead():
    load_ahead(5)
    assert done(5, (loaded,)) == [(True, True)]


FEW = """
import asyncio, sys
from pipeline.crew import Crew
async def go():
    crew = Crew(1)
    for _ in range(3):
        print(await crew.do(sys.modules.__contains__, "pipeline.checks.fidelity"))
    crew.close()
asyncio.run(go())
"""


def test_for_few_articles_the_checks_are_loaded_behind_cleaning_and_reading_facts():
    told = subprocess.run([sys.executable, "-c", FEW], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False", "True"]


def test_a_process_that_is_killed_ends_the_run_in_one_line():
    (error,) = done(5, (os._exit, 1))
    assert isinstance(error, EngineError)
    assert error.stops_the_run
    assert "too little memory" in error.message


def test_only_an_article_whose_own_work_ended_a_process_is_told_so():
    async def go():
        crew = Crew(5)
        lane = crew.lane()
        try:
            assert await lane(pow, 2, 5) == 32
            errors = await asyncio.gather(lane(os._exit, 1), crew.do(os._exit, 1), return_exceptions=True)
            return [error.code for error in errors if isinstance(error, EngineError)]
        finally:
            crew.close()

    assert asyncio.run(go()) == [ENDED, "crew"]


RUN = """
import asyncio, os, time
from pipeline.crew import Crew
async def go():
    crew = Crew(5)
    print(await crew.do(os.getpid), flush=True)
    time.sleep(60)
if __name__ == "__main__":
    asyncio.run(go())
"""


def test_no_process_outlives_a_run_that_is_killed(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(RUN)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=env)
    assert running.stdout
    worker = int(running.stdout.readline())
    running.send_signal(signal.SIGKILL)
    running.communicate()
    wait_for(lambda: not lives(worker))
