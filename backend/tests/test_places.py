"""Places at the provider: a few at once, and nobody waits for one that hangs."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from backend.sign_in import places
from backend.sign_in.places import Places
from backend.sign_in.refusals import Unreachable


def ends_at() -> float:
    return time.monotonic() + 10


def test_who_comes_later_waits_while_answers_come() -> None:
    room = Places(2)

    def visit(_: int) -> None:
        with room.taken(ends_at()):
            time.sleep(0.01)

    with ThreadPoolExecutor(16) as pool:
        assert len(list(pool.map(visit, range(64)))) == 64


def test_nobody_waits_behind_those_who_get_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PATIENCE", 0.1)
    room, inside, awake = Places(1), Event(), Event()

    def hang() -> None:
        with room.taken(ends_at()):
            inside.set()
            awake.wait(10)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hang)
        assert inside.wait(10)
        for _ in range(2):
            with pytest.raises(Unreachable), room.taken(ends_at()):
                pass
        awake.set()
    with room.taken(ends_at()):
        pass


def test_a_failure_gives_the_place_back() -> None:
    room = Places(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), room.taken(ends_at()):
            raise ZeroDivisionError
