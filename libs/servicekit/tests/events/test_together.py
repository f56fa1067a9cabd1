"""What arrives together is handled in one transaction; what happens to one of it concerns no other."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from servicekit.events import MORE, Event, inbox, together
from servicekit.events.consumer import Consumer
from servicekit.tests.events.conftest import House, note_effect

Handler = Callable[[Session, Event], object]


@pytest.fixture
def transactions(house: House, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """An entry for each that a consumer has opened."""
    opened, write = list[None](), house.database.write

    @contextmanager
    def counted() -> Iterator[Session]:
        opened.append(None)
        with write() as tx:
            yield tx

    monkeypatch.setattr(house.database, "write", counted)
    return opened


def arrived(house: House, count: int, subject: str = "") -> Consumer:
    """A consumer in whose queue there are so many, and then one of this subject among them."""
    house.tell(count // 2)
    if subject:
        house.tell(1, subject=subject)
    house.tell(count - count // 2)
    house.relay().step()
    return house.consumer()


def test_many_are_handled_in_one_transaction(house: House, transactions: list[None]) -> None:
    consumer = arrived(house, 30)
    transactions.clear()
    consumer.step()
    assert (len(house.effects), len(transactions)) == (30, 1)
    assert house.count("handled") == 30


def test_one_that_fails_is_called_once_each_time_and_takes_nobody_along(house: House) -> None:
    calls = Counter[str]()

    def handle(tx: Session, event: Event) -> None:
        note_effect(tx, event)
        calls[event.subject] += 1
        if event.subject == "poison":
            raise ValueError(event.subject)

    house.handler = handle
    arrived(house, 20, "poison").step()
    assert (len(house.effects), calls["poison"]) == (20, 1)
    assert "poison" not in house.effects
    assert (house.count("handled"), house.count("failed")) == (20, 1)


def test_what_takes_more_than_one_part_waits_for_nobody_and_holds_up_nobody(house: House) -> None:
    parts = list[int]()

    def handle(tx: Session, event: Event) -> object:
        note_effect(tx, event)
        if event.subject != "long":
            return None
        parts.append(1)
        return MORE if len(parts) < 3 else None

    house.handler = handle
    arrived(house, 10, "long").step()
    assert Counter(house.effects)["long"] == 3
    assert house.effects[-2:] == ["long", "long"]
    assert house.count("handled") == 11


@pytest.mark.parametrize("longest", [together.LONGEST, 0])
def test_of_copies_that_arrive_together_one_has_its_effect(
    house: House, monkeypatch: pytest.MonkeyPatch, longest: float
) -> None:
    monkeypatch.setattr(together, "LONGEST", longest)
    events = [event for event in house.tell(3) for _ in range(3)]
    for event in events:
        house.put(event)
    house.consumer().step()
    assert house.effects == [event.subject for event in events[::3]]
    assert (house.count("handled"), house.count("dropped")) == (3, 6)


def test_a_copy_of_what_takes_several_parts_is_dropped_after_the_last(house: House) -> None:
    parts = list[float]()

    def handle(tx: Session, event: Event) -> object:
        note_effect(tx, event)
        parts.append(house.count("dropped"))
        return MORE if len(parts) < 3 else None

    house.handler = handle
    (event,) = house.tell(1)
    house.put(event)
    house.put(event)
    house.consumer().step()
    assert (parts, len(house.effects)) == ([0, 0, 0], 3)
    assert (house.count("handled"), house.count("dropped")) == (1, 1)


def end_transaction(tx: Session) -> None:
    """As a deadlock does, behind the back of who uses it."""
    tx.connection().exec_driver_sql("ROLLBACK")
    tx.connection().exec_driver_sql("BEGIN")


def error_of_database(_tx: Session) -> None:
    raise OperationalError("UPDATE", {}, Exception("Deadlock found"))


@pytest.mark.parametrize("harm", [end_transaction, error_of_database])
def test_what_ends_the_transaction_loses_nothing(house: House, harm: Callable[[Session], None]) -> None:
    calls = Counter[str]()

    def handle(tx: Session, event: Event) -> None:
        calls[event.subject] += 1
        if event.subject == "harm" and calls["harm"] == 1:
            harm(tx)
        note_effect(tx, event)

    house.handler = handle
    arrived(house, 20, "harm").step()
    assert (len(house.effects), len(set(house.effects))) == (21, 21)
    assert (house.count("handled"), house.count("failed")) == (21, 0)


def test_who_has_looked_too_early_into_the_inbox_handles_nothing_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = house.tell(10)
    for event in events:
        house.put(event)
    house.consumer().step()
    monkeypatch.setattr(inbox, "known", lambda *_: set())
    for event in events:
        house.put(event)
    house.consumer().step()
    assert len(house.effects) == 10
    assert (house.count("handled"), house.count("dropped")) == (10, 10)


def test_none_waits_long_for_what_they_hold(
    house: House, transactions: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "LONGEST", 0)
    consumer = arrived(house, 5)
    transactions.clear()
    consumer.step()
    assert (len(house.effects), len(transactions)) == (5, 5)
