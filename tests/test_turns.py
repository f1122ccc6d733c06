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
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 4),
            st.sampled_from(["ends", "fails", "is cancelled", "goes on", "goes on and is cancelled"]),
        )
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
        if how.startswith("goes on"):
            await one(places, rank, pauses, "ends")

    async def all_of_them():
        places = Places(most)
        jobs = [asyncio.create_task(one(places, *comer)) for comer in comers]
        for _ in range(3):
            await asyncio.sleep(0)
        for job, (_, _, how) in zip(jobs, comers, strict=True):
            if how.endswith("is cancelled"):
                job.cancel()
        await asyncio.wait_for(asyncio.gather(*jobs, return_exceptions=True), 5)
        inside[1] = 0
        await asyncio.wait_for(asyncio.gather(*(one(places, 0, 2, "ends") for _ in range(2 * most))), 5)

    asyncio.run(all_of_them())
    assert inside == [0, most]


def test_who_goes_on_at_once_keeps_the_place():
    order = []

    async def one(places, name, *ranks):
        for rank in ranks:
            async with places.one(rank):
                order.append(name)
                await asyncio.sleep(0)

    async def all_of_them():
        places = Places(1)
        await asyncio.gather(one(places, "goes on", 1, 0, 0), one(places, "begins", 1))

    asyncio.run(all_of_them())
    assert order == ["goes on", "goes on", "goes on", "begins"]


def test_nobody_is_passed_by_who_goes_on_with_no_better_rank():
    order = []

    async def one(places, name, *ranks):
        for rank in ranks:
            async with places.one(rank):
                order.append(name)
                await asyncio.sleep(0)

    async def all_of_them():
        places = Places(1)
        await asyncio.gather(one(places, "again", 1, 1), one(places, "waits", 1), one(places, "comes", 1))

    asyncio.run(all_of_them())
    assert order == ["again", "waits", "comes", "again"]


def test_a_place_is_given_on_while_who_left_it_is_checked():
    order = []

    async def article(places, name, checked):
        async with places.one(1):
            order.append(name)
        await checked.wait()
        async with places.one(0):
            order.append(f"{name} mended")

    async def last(places, checked):
        async with places.one(1):
            checked.set()

    async def all_of_them():
        places, checked = Places(1), asyncio.Event()
        await asyncio.gather(
            *(article(places, n, checked) for n in ("first", "second")), last(places, checked)
        )

    asyncio.run(asyncio.wait_for(all_of_them(), 5))
    assert order == ["first", "second", "first mended", "second mended"]


class Waves:
    """A model whose answers come when everybody who could ask has asked, those of a wave together or one by one."""

    def __init__(self):
        self.asked = []
        self.sizes = []

    async def call(self):
        answer = asyncio.get_running_loop().create_future()
        self.asked.append(answer)
        await answer

    async def answers(self, together):
        while await self.all_have_asked():
            wave, self.asked = self.asked, []
            self.sizes.append(len(wave))
            for n, answer in enumerate(wave):
                answer.set_result(None)
                if not together or (n % together) == 0:
                    await asyncio.sleep(0)

    async def all_have_asked(self):
        for _ in range(20):
            await asyncio.sleep(0)
        return bool(self.asked)


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3))
def test_articles_of_two_calls_take_no_more_waves_than_there_are_calls(most, times, together, checks):
    ended = []

    async def article(places, model):
        async with places.one(1):
            await model.call()
        async with places.one(0):
            await model.call()
        for _ in range(checks):
            await asyncio.sleep(0)
        ended.append(len(model.sizes))

    async def all_of_them():
        places, model = Places(most), Waves()
        jobs = [asyncio.create_task(article(places, model)) for _ in range(times * most)]
        await model.answers(together)
        await asyncio.gather(*jobs)
        return model.sizes

    assert asyncio.run(asyncio.wait_for(all_of_them(), 5)) == [most] * (2 * times)
    assert ended == [2 * n for n in range(1, times + 1) for _ in range(most)]
