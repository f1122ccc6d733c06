import asyncio

from hypothesis import given
from hypothesis import strategies as st

from pipeline.turns import Turns


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
