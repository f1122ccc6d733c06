"""Who is suspected of ending workers works alone."""

import asyncio

from pipeline.workers.rooms import Rooms


def test_one_alone_waits_for_the_others_and_lets_nobody_in():
    async def go():
        rooms, told, leave = Rooms(), [], asyncio.Event()

        async def one(name, *, alone=False):
            async with rooms.entered(alone=alone):
                told.append(f"{name} in")
                await (asyncio.sleep(0.01) if alone else leave.wait())
            told.append(f"{name} out")

        tasks = [asyncio.create_task(one("a")), asyncio.create_task(one("b", alone=True))]
        await asyncio.sleep(0.01)
        assert rooms.must_wait(alone=False)
        tasks.append(asyncio.create_task(one("c")))
        await asyncio.sleep(0.01)
        assert told == ["a in"]
        leave.set()
        await asyncio.gather(*tasks)
        return told

    told = asyncio.run(go())
    assert told.index("a out") < told.index("b in") < told.index("b out") < told.index("c in")


def test_who_comes_to_an_empty_room_waits_for_nobody_and_who_is_to_be_alone_for_all_within():
    async def go():
        rooms = Rooms()
        assert not rooms.must_wait(alone=False)
        assert not rooms.must_wait(alone=True)
        async with rooms.entered(alone=False):
            assert not rooms.must_wait(alone=False)
            assert rooms.must_wait(alone=True)
        async with rooms.entered(alone=True):
            assert rooms.must_wait(alone=False)
            assert rooms.must_wait(alone=True)
        assert not rooms.must_wait(alone=True)

    asyncio.run(go())
