"""Who may ask a model now, and who waits: so many at once, and whoever has fewest under way is next, so that nobody's
many requests starve another's one. How many may wait is decided before (ai.crowd). Used in one event loop only: nothing
here needs a lock."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Tell = Callable[[int], None]
"""Told the place in the line, when it changes; 0: it is one's turn."""


@dataclass(eq=False)
class _Waiting:
    person: str
    tell: Tell
    called: asyncio.Event = field(default_factory=asyncio.Event)


class Turns:
    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._running: Counter[str] = Counter()
        self._line: list[_Waiting] = []

    @asynccontextmanager
    async def turn(self, person: str, tell: Tell) -> AsyncIterator[None]:
        """Inside it is one's turn."""
        await self._wait(person, tell)
        try:
            yield
        finally:
            self._running[person] -= 1
            self._running += Counter()  # forget who has none
            self._call()

    async def _wait(self, person: str, tell: Tell) -> None:
        if not self._line and self._running.total() < self._at_once:
            self._running[person] += 1
            return
        waiting = _Waiting(person, tell)
        self._line.append(waiting)
        self._tell()
        try:
            await waiting.called.wait()
        except asyncio.CancelledError:
            self._leave(waiting)
            raise
        tell(0)

    def _leave(self, waiting: _Waiting) -> None:
        """Gone before, or just after, it was called."""
        if waiting in self._line:
            self._line.remove(waiting)
            self._tell()
        else:
            self._running[waiting.person] -= 1
            self._call()

    def _call(self) -> None:
        """The next, where there is room: of those who have fewest under way, who came first."""
        while self._line and self._running.total() < self._at_once:
            following = min(self._line, key=lambda waiting: self._running[waiting.person])
            self._line.remove(following)
            self._running[following.person] += 1
            following.called.set()
        self._tell()

    def _tell(self) -> None:
        for place, waiting in enumerate(self._order(), 1):
            waiting.tell(place)

    def _order(self) -> list[_Waiting]:
        """As they will be called, if nothing changes: round by round, one of each person."""
        rounds: Counter[str] = Counter(self._running)
        ranked = []
        for number, waiting in enumerate(self._line):
            ranked.append((rounds[waiting.person], number, waiting))
            rounds[waiting.person] += 1
        return [waiting for _, _, waiting in sorted(ranked, key=lambda entry: entry[:2])]
