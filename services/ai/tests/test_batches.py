"""What several people want at the same time: computed together, in turn, and not for who has gone."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from ai.embedding.batches import ALIKE, TOGETHER, Batches, Tokens, Vectors
from tests.support.waiting import until

SHORT, LONG = 10, 100


class Model:
    """Computes when it is let. The vector of a text is its first token."""

    def __init__(self, places: int = 1) -> None:
        self.batches: list[list[Tokens]] = []
        self.go = threading.Event()
        self.of = Batches(places, 1, self._compute)

    def _compute(self, texts: Sequence[Tokens]) -> Vectors:
        self.batches.append(list(texts))
        self.go.wait(120)
        if any(text[0] < 0 for text in texts):
            raise ValueError("broken")
        return np.array([[text[0]] for text in texts], np.float32)

    def waiting(self) -> int:
        return sum(map(len, self.of._waiting.values()))


class People:
    """Each asks in a thread of their own; one after the other they have come when `asks` returns."""

    def __init__(self, model: Model, threads: ThreadPoolExecutor) -> None:
        self._model, self._threads = model, threads

    def asks(self, person: str, *texts: Tokens, stays: threading.Event | None = None) -> Future[Vectors]:
        def wanted(_: int) -> None:
            if stays is not None and not stays.is_set():
                raise TimeoutError("gone")

        before = self._model.waiting(), len(self._model.batches)
        asked = self._threads.submit(self._model.of.vectors, texts, person, wanted)
        until(lambda: (self._model.waiting(), len(self._model.batches)) != before)
        return asked


def text(number: int, length: int = SHORT) -> list[int]:
    return [number] * length


def test_what_waits_is_computed_together_as_far_as_it_is_alike() -> None:
    model = Model()
    with ThreadPoolExecutor(20) as threads:
        people = People(model, threads)
        asked = [people.asks("first", text(0))]
        asked += [people.asks(f"{number}", text(number, SHORT + number % 2)) for number in range(1, 9)]
        asked.append(people.asks("other", text(9, LONG)))
        model.go.set()
        assert [float(each.result(120)[0, 0]) for each in asked] == list(range(10))
    assert len(model.batches) == 3
    for batch in model.batches:
        lengths = [len(each) for each in batch]
        assert max(lengths) <= min(lengths) * ALIKE
        assert max(lengths) * len(batch) <= TOGETHER


def test_who_asks_for_much_does_not_hold_up_who_asks_for_little() -> None:
    model = Model()
    with ThreadPoolExecutor(20) as threads:
        people = People(model, threads)
        first = people.asks("first", text(0))
        greedy = people.asks("greedy", *(text(number, LONG) for number in range(1, 2001)))
        modest = people.asks("modest", text(5000, LONG))
        short = people.asks("short", text(6000))
        model.go.set()
        assert modest.result(120)[0, 0] == 5000
        assert short.result(120)[0, 0] == 6000
        assert np.array_equal(greedy.result(120)[:, 0], np.arange(1, 2001))
        first.result(120)
    order = [batch[0][0] for batch in model.batches]
    assert order.index(5000) <= 2
    assert order.index(6000) <= 3


def test_rows_are_those_of_their_texts_whatever_the_order_of_the_batches() -> None:
    model, random = Model(2), np.random.default_rng(3)
    model.go.set()
    with ThreadPoolExecutor(8) as threads:
        lists = [
            [text(int(n), int(random.integers(1, 200))) for n in random.integers(0, 10**6, 50)]
            for _ in range(8)
        ]
        asked = [
            threads.submit(model.of.vectors, each, f"{n}", lambda _: None) for n, each in enumerate(lists)
        ]
        for texts, found in zip(lists, asked, strict=True):
            assert found.result(120)[:, 0].tolist() == [each[0] for each in texts]
    assert (model.of._free, model.of._under_way, model.waiting()) == (2, 0, 0)


def test_for_who_has_gone_nothing_more_is_computed() -> None:
    model, stays = Model(), threading.Event()
    with ThreadPoolExecutor(4) as threads:
        people = People(model, threads)
        stays.set()
        first = people.asks("first", text(0, LONG))
        gone = people.asks("gone", *(text(number, LONG) for number in range(1, 100)), stays=stays)
        other = people.asks("other", text(1000, LONG))
        stays.clear()
        with pytest.raises(TimeoutError, match="gone"):
            gone.result(120)
        model.go.set()
        assert (first.result(120)[0, 0], other.result(120)[0, 0]) == (0, 1000)
    assert len(model.batches) == 2
    assert model.of._free == 1


def test_what_fails_fails_for_its_own_batch_only_and_the_place_is_free_again() -> None:
    model = Model()
    with ThreadPoolExecutor(4) as threads:
        people = People(model, threads)
        broken = people.asks("broken", text(-1))
        beside = people.asks("beside", text(1, LONG))
        model.go.set()
        with pytest.raises(ValueError, match="broken"):
            broken.result(120)
        assert beside.result(120)[0, 0] == 1
    assert (model.of._free, model.of._under_way) == (1, 0)


def test_nobody_alone_waits_for_others() -> None:
    model = Model()
    model.go.set()
    assert model.of.vectors([], "ana", lambda _: None).shape == (0, 1)
    assert model.of.vectors([text(1), text(2)], "ana", lambda _: None)[:, 0].tolist() == [1, 2]
    assert len(model.batches) == 1
