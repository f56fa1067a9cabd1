"""The passages of one person that are nearest to a question: all of their vectors in memory, multiplied."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ai.embedding.service import SIZE, Vectors
from ai.index.models import IndexStamp, Passage

KEPT = 256 * 1024 * 1024
"""Bytes of vectors that a process keeps, of those who searched last."""
MOST = 200_000
"""Passages of one person that are searched, the latest written: 307 MB. Nobody's texts may take all memory."""
FETCHED_AT_ONCE = 500
FEW = 2000  # new passages up to which what is kept is completed, and not read again


class Near(NamedTuple):
    """A passage by its number, of which document, and how near: 1 is the same meaning, 0 has nothing to do with it."""

    number: int
    document_id: str
    similarity: float


@dataclass(frozen=True)
class Held:
    """What a process holds of a person, as of a stamp."""

    stamp: str
    numbers: NDArray[np.int64]
    documents: NDArray[np.bytes_]
    vectors: Vectors


@dataclass
class Place:
    """Of one person: who needs it renewed waits for whoever is doing so."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    held: Held | None = None


class Nearest:
    """One for each process. What is held belongs to one owner and is found under that owner only."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._places: OrderedDict[str, Place] = OrderedDict()

    def find(self, session: Session, owner: str, question: Vectors, most: int) -> list[Near]:
        """The `most` nearest passages of `owner`, the nearest first; of several readings of a question the better."""
        held = self._current(session, owner)
        if not len(held.numbers):
            return []
        similarities = (held.vectors @ question.T).max(axis=1)
        best = _largest(similarities, most)
        return [
            Near(int(held.numbers[row]), held.documents[row].decode(), float(similarities[row]))
            for row in best
        ]

    def _current(self, session: Session, owner: str) -> Held:
        place = self._place(owner)
        with place.lock:
            stamp = session.scalar(select(IndexStamp.stamp).where(IndexStamp.owner == owner))
            if place.held is None or stamp is None or place.held.stamp != stamp:
                place.held = _renewed(session, owner, stamp or "", place.held)
            held = place.held
        self._make_room()
        return held

    def _place(self, owner: str) -> Place:
        with self._lock:
            place = self._places.setdefault(owner, Place())
            self._places.move_to_end(owner)
            return place

    def _make_room(self) -> None:
        """Those who have not searched for longest go first; the last one may be as large as it is."""
        with self._lock:
            used = sum(place.held.vectors.nbytes for place in self._places.values() if place.held is not None)
            while used > self._kept and len(self._places) > 1:
                _, place = self._places.popitem(last=False)
                used -= place.held.vectors.nbytes if place.held is not None else 0


def _renewed(session: Session, owner: str, stamp: str, held: Held | None) -> Held:
    """What is held, without what is gone, and with what is new; or all of it, where most is new."""
    theirs = select(Passage.number).where(Passage.owner == owner).order_by(Passage.number.desc()).limit(MOST)
    numbers = np.fromiter(session.scalars(theirs), np.int64)[::-1]
    old = held or _nothing()
    fresh = np.setdiff1d(numbers, old.numbers, assume_unique=True)
    if len(fresh) > FEW:
        old, fresh = _nothing(), numbers
    stay = np.isin(old.numbers, numbers, assume_unique=True)
    kept = Held(stamp, old.numbers[stay], old.documents[stay], old.vectors[stay])
    return _joined(kept, _fetched(session, owner, fresh)) if len(fresh) else kept


def _fetched(session: Session, owner: str, numbers: NDArray[np.int64]) -> Held:
    found = Held(
        "", numbers.copy(), np.zeros(len(numbers), "S36"), np.zeros((len(numbers), SIZE), np.float32)
    )
    row = 0
    for begin in range(0, len(numbers), FETCHED_AT_ONCE):
        some = numbers[begin : begin + FETCHED_AT_ONCE]
        wanted = set(some.tolist())
        columns = select(Passage.number, Passage.document_id, Passage.vector)
        for number, document_id, vector in session.execute(columns.where(*_among(owner, some))):
            if number in wanted:
                found.numbers[row], found.documents[row] = number, document_id.encode()
                found.vectors[row] = np.frombuffer(vector, "<f4")
                row += 1
    return Held("", found.numbers[:row], found.documents[:row], found.vectors[:row])


def _among(owner: str, numbers: NDArray[np.int64]) -> tuple[ColumnElement[bool], ...]:
    """A run of numbers as a range, where it is one: then nothing long has to be parsed."""
    first, last = int(numbers[0]), int(numbers[-1])
    if last - first < 2 * len(numbers):
        return Passage.owner == owner, Passage.number.between(first, last)
    return Passage.owner == owner, Passage.number.in_(numbers.tolist())


def _joined(one: Held, other: Held) -> Held:
    if not len(one.numbers):
        return Held(one.stamp, other.numbers, other.documents, other.vectors)
    return Held(
        one.stamp,
        np.concatenate([one.numbers, other.numbers]),
        np.concatenate([one.documents, other.documents]),
        np.concatenate([one.vectors, other.vectors]),
    )


def _nothing() -> Held:
    return Held("", np.zeros(0, np.int64), np.zeros(0, "S36"), np.zeros((0, SIZE), np.float32))


def _largest(values: NDArray[np.float32], most: int) -> list[int]:
    if len(values) <= most:
        return [int(row) for row in np.argsort(-values, kind="stable")]
    some = np.argpartition(-values, most)[:most]
    return [int(row) for row in some[np.argsort(-values[some], kind="stable")]]
