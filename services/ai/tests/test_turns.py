"""The line before a model: fair between people, and without those who have gone."""

import asyncio

from ai.upstream.turns import Turns


async def settled() -> None:
    """Everybody has done what they could do."""
    for _ in range(20):
        await asyncio.sleep(0)


class Asking:
    """Somebody who wants a turn, and keeps it until told to leave."""

    def __init__(self, turns: Turns, person: str, began: list[str]) -> None:
        self.places: list[int] = []
        self.leave = asyncio.Event()
        self._turns, self._person, self._began = turns, person, began
        self.task = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        async with self._turns.turn(self._person, self.places.append):
            self._began.append(self._person)
            await self.leave.wait()


def test_who_has_fewest_under_way_is_next() -> None:
    async def work() -> None:
        turns, began = Turns(2), list[str]()
        greedy = [Asking(turns, "ana", began) for _ in range(6)]
        await settled()
        bea = Asking(turns, "bea", began)
        await settled()
        assert began == ["ana", "ana"]
        assert bea.places[-1] == 1
        greedy[0].leave.set()
        await settled()
        assert began == ["ana", "ana", "bea"]
        assert bea.places[-1] == 0
        for each in (*greedy, bea):
            each.leave.set()
        await asyncio.gather(*(each.task for each in (*greedy, bea)))
        assert began.count("ana") == 6
        assert turns._running.total() == 0

    asyncio.run(work())


def test_places_are_told_as_the_line_moves() -> None:
    async def work() -> None:
        turns, began = Turns(1), list[str]()
        asking = [Asking(turns, person, began) for person in ("ana", "bea", "cai")]
        await settled()
        assert [each.places[-1:] for each in asking] == [[], [1], [2]]
        asking[0].leave.set()
        await settled()
        assert [each.places[-1:] for each in asking[1:]] == [[0], [1]]
        for each in asking:
            each.leave.set()
        await asyncio.gather(*(each.task for each in asking))

    asyncio.run(work())


def test_who_goes_gives_their_place_to_the_next_at_any_moment() -> None:
    async def work() -> None:
        turns, began = Turns(1), list[str]()
        first, waiting, last = (Asking(turns, person, began) for person in ("ana", "bea", "cai"))
        await settled()
        waiting.task.cancel()
        await settled()
        assert last.places[-1] == 1
        first.leave.set()
        first.task.cancel()  # in the moment in which it leaves
        await settled()
        assert began == ["ana", "cai"]
        last.task.cancel()
        await settled()
        assert turns._running.total() == 0

    asyncio.run(work())


def test_who_goes_just_after_being_called_passes_it_on() -> None:
    async def work() -> None:
        turns, began = Turns(1), list[str]()
        first, called, last = (Asking(turns, person, began) for person in ("ana", "bea", "cai"))
        await settled()
        turns._running["ana"] -= 1
        turns._call()  # bea is called, and has not noticed yet
        called.task.cancel()
        await settled()
        assert began == ["ana", "cai"]
        turns._running["ana"] += 1
        for each in (first, last):
            each.leave.set()
        await settled()

    asyncio.run(work())
