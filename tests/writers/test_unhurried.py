"""What a stream gives comes whole and in order, at a few moments."""

import asyncio

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.writers import unhurried
from pipeline.writers.unhurried import Unhurried


class Said(httpx2.AsyncByteStream):
    """Parts of which some are there at once; None is waited for."""

    def __init__(self, parts, fails=False):
        self.parts, self.fails, self.closed = parts, fails, False

    async def __aiter__(self):
        for part in self.parts:
            if part is None:
                await asyncio.sleep(0)
            else:
                yield part
        if self.fails:
            raise httpx2.ReadError("gone")

    async def aclose(self):
        self.closed = True


@pytest.fixture
def rests(monkeypatch):
    taken = []
    sleep = asyncio.sleep

    async def rest(seconds, *_):
        if seconds:
            taken.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", rest)
    return taken


async def read(stream):
    return [part async for part in stream]


@given(st.lists(st.one_of(st.none(), st.binary(min_size=1, max_size=3)), max_size=20))
def test_all_comes_in_order(parts):
    assert asyncio.run(read(Unhurried(Said(parts), rest=0))) == [part for part in parts if part is not None]


def test_what_is_there_is_taken_at_once_and_what_was_waited_for_is_followed_by_a_rest(rests):
    asyncio.run(read(Unhurried(Said([b"a", b"b", None, b"c", b"d", None, None, b"e"]))))
    assert rests == [unhurried.REST] * 2


def test_nobody_rests_behind_the_end(rests):
    asyncio.run(read(Unhurried(Said([None, b"data: [DONE]\n\n", b"\n"]))))
    assert rests == []


def test_a_stream_that_breaks_is_told_and_closed():
    async def go(said):
        stream = Unhurried(said, rest=0)
        with pytest.raises(httpx2.ReadError):
            await read(stream)
        await stream.aclose()

    said = Said([b"a", None, b"b"], fails=True)
    asyncio.run(go(said))
    assert said.closed
