"""Texts of everybody who asks at the same time, a few of them at once: shared fairly, and faster where they are short.

Who waits does the work: whoever finds a place free computes a batch, of their own texts and of others', and leaves the
place to whoever is next. Nobody alone waits for anybody.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Tokens = Sequence[int]
Vectors = NDArray[np.float32]
Compute = Callable[[Sequence[Tokens]], Vectors]

TOGETHER: Final = 128
"""Tokens of a batch, those that fill its rows included: more at once is no faster, and others wait for longer."""
ALIKE: Final = 1.25
"""How much longer than the shortest text of a batch its longest may be: the rest of a row is computed for nothing."""
WINDOW: Final = 0.001
"""Seconds that a small batch waits for more, when more people ask than can be served at once."""
LOOK: Final = 0.25
"""Seconds between two looks at whether the answer is still wanted."""


@dataclass(eq=False)
class Asked:
    """Texts of one request: `missing` of them have no vector yet."""

    person: str
    vectors: Vectors
    missing: int
    called: threading.Event = field(default_factory=threading.Event)
    computed: int = 0
    """Tokens."""
    busy: bool = False
    """Whoever asked computes a batch just now."""
    failure: Exception | None = None


@dataclass(frozen=True)
class Text:
    asked: Asked
    row: int
    tokens: Tokens


class Batches:
    """`places` batches at the same time. Each person in turn begins one; in what room is left others come along."""

    def __init__(self, places: int, size: int, compute: Compute) -> None:
        self._size, self._compute, self._places = size, compute, places
        self._lock = threading.Lock()
        self._free = places
        self._under_way = 0
        self._waiting: OrderedDict[str, deque[Text]] = OrderedDict()

    def vectors(self, texts: Sequence[Tokens], person: str, wanted: Callable[[int], None]) -> Vectors:
        """A row for each text. `wanted` is asked now and then, with the tokens computed so far: it raises, if the
        answer is not awaited any more."""
        asked = Asked(person, np.empty((len(texts), self._size), np.float32), len(texts))
        self._enter(asked, texts)
        try:
            self._until_done(asked, wanted)
        finally:
            self._leave(asked)
        return asked.vectors

    def _until_done(self, asked: Asked, wanted: Callable[[int], None]) -> None:
        looked_at = time.monotonic()
        while asked.missing:
            if not self._one_batch(asked):
                asked.called.wait(LOOK)
                asked.called.clear()
            if asked.failure is not None:
                raise asked.failure
            if time.monotonic() > looked_at + LOOK:
                looked_at = time.monotonic()
                wanted(asked.computed)

    def _enter(self, asked: Asked, texts: Sequence[Tokens]) -> None:
        """The shortest first: neighbours are alike then, and fit into one batch."""
        rows = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        with self._lock:
            self._under_way += 1
            if rows:
                theirs = self._waiting.setdefault(asked.person, deque())
                theirs.extend(Text(asked, row, texts[row]) for row in rows)

    def _leave(self, asked: Asked) -> None:
        """What is not computed yet, of who has gone, is not wanted any more."""
        with self._lock:
            self._under_way -= 1
            if asked.missing and (theirs := self._waiting.pop(asked.person, None)):
                rest = deque(text for text in theirs if text.asked is not asked)
                if rest:
                    self._waiting[asked.person] = rest
            self._call()

    def _one_batch(self, asked: Asked) -> bool:
        """Whether there was a place, and something to do."""
        with self._lock:
            if not self._free or not self._waiting:
                return False
            self._free -= 1
            asked.busy = True
            crowded = self._under_way > self._places and not self._is_enough()
        if crowded:
            time.sleep(WINDOW)
        with self._lock:
            batch = self._next()
        self._do(batch)
        with self._lock:
            asked.busy = False
            self._free += 1
            self._call()
        return True

    def _is_enough(self) -> bool:
        """Whether more is waiting than one batch takes."""
        total = 0
        for theirs in self._waiting.values():
            for text in theirs:
                total += len(text.tokens)
                if total >= TOGETHER:
                    return True
        return False

    def _next(self) -> list[Text]:
        """The first text of whoever's turn it is, and what fits beside it, one of each person in turn."""
        if not self._waiting:
            return []
        batch = [self._taken(next(iter(self._waiting)))]
        shortest = longest = len(batch[0].tokens)
        found = True
        while found:
            found = False
            for person in list(self._waiting):
                length = len(self._waiting[person][0].tokens)
                low, high = min(shortest, length), max(longest, length)
                if high <= low * ALIKE and high * (len(batch) + 1) <= TOGETHER:
                    batch.append(self._taken(person, again=True))
                    shortest, longest, found = low, high, True
        return batch

    def _taken(self, person: str, *, again: bool = False) -> Text:
        """Whoever's turn it was goes to the end of the row; who only came along stays where they are."""
        theirs = self._waiting[person]
        text = theirs.popleft()
        if not theirs:
            del self._waiting[person]
        elif not again:
            self._waiting.move_to_end(person)
        return text

    def _do(self, batch: Sequence[Text]) -> None:
        """Empty, if who wanted it has gone. What fails is raised where each of them waits."""
        try:
            vectors = self._compute([text.tokens for text in batch]) if batch else ()
        except Exception as failure:  # noqa: BLE001
            for text in batch:
                text.asked.failure = failure
                text.asked.called.set()
            return
        with self._lock:
            for text, vector in zip(batch, vectors, strict=True):
                asked = text.asked
                asked.vectors[text.row] = vector
                asked.computed += len(text.tokens)
                asked.missing -= 1
                if not asked.missing:
                    asked.called.set()

    def _call(self) -> None:
        """A place is free: one of those who wait takes it."""
        if self._free:
            waiting = (text.asked for theirs in self._waiting.values() for text in theirs)
            following = next((asked for asked in waiting if not asked.busy), None)
            if following is not None:
                following.called.set()
