import asyncio

from hypothesis import given
from hypothesis import strategies as st

from pipeline.turns import Places, Turns


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["goes", "fails early", "fails late", "never waits"]))
    )
)
def test_turns_come_in_order_and_nobody_waits_for_ever(comers):
    went = []

    async def one(turns, number, pauses, how):
        async with turns.next() as turn:
            for _ in range(pauses):
                await asyncio.sleep(0)
            if how == "fails early":
                raise ValueError
            if how == "never waits":
                return
            await turn()
            went.append(number)
            if how == "fails late":
                raise ValueError

    async def all_of_them():
        turns = Turns()
        jobs = [one(turns, n, pauses, how) for n, (pauses, how) in enumerate(comers)]
        await asyncio.wait_for(asyncio.gather(*jobs, return_exceptions=True), 5)

    asyncio.run(all_of_them())
    assert went == [n for n, (_, how) in enumerate(comers) if how in ("goes", "fails late")]


def test_two_prepare_at_the_same_time():
    order = []

    async def one(turns, number, pause):
        async with turns.next() as turn:
            await asyncio.sleep(pause)
            order.append(("ready", number))
            await turn()
            order.append(("turn", number))

    async def both():
        turns = Turns()
        await asyncio.gather(one(turns, 0, 0.05), one(turns, 1, 0))

    asyncio.run(both())
    assert order == [("ready", 1), ("ready", 0), ("turn", 0), ("turn", 1)]


def test_a_place_goes_to_the_lowest_rank_and_then_to_who_came_first():
    order = []

    async def one(places, name, rank):
        async with places.one(rank):
            order.append(name)
            await asyncio.sleep(0)

    async def all_of_them():
        places = Places(1)
        ranks = {"first": 5, "begins": 1, "goes on": 0, "begins too": 1, "goes on too": 0}
        await asyncio.gather(*(one(places, name, rank) for name, rank in ranks.items()))

    asyncio.run(all_of_them())
    assert order == ["first", "goes on", "goes on too", "begins", "begins too"]


@given(
    st.integers(1, 3),
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 4), st.sampled_from(["ends", "fails", "is cancelled"]))
    ),
)
def test_no_place_is_given_twice_or_lost_whatever_becomes_of_who_has_it(most, comers):
    inside = [0, 0]

    async def one(places, rank, pauses, how):
        async with places.one(rank):
            inside[0] += 1
            inside[1] = max(inside)
            try:
                for _ in range(pauses):
                    await asyncio.sleep(0)
                if how == "fails":
                    raise ValueError
            finally:
                inside[0] -= 1

    async def all_of_them():
        places = Places(most)
        jobs = [asyncio.create_task(one(places, *comer)) for comer in comers]
        for _ in range(3):
            await asyncio.sleep(0)
        for job, (_, _, how) in zip(jobs, comers, strict=True):
            if how == "is cancelled":
                job.cancel()
        await asyncio.wait_for(asyncio.gather(*jobs, return_exceptions=True), 5)
        inside[1] = 0
        await asyncio.wait_for(asyncio.gather(*(one(places, 0, 2, "ends") for _ in range(2 * most))), 5)

    asyncio.run(all_of_them())
    assert inside == [0, most]
