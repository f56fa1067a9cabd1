"""Written with the change or not at all; leased so that no two relays send the same; of a subject in order."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from servicekit import tracing
from servicekit.events import Event, InvalidEvent, outbox, publish
from servicekit.events.tables import OUTBOX
from servicekit.ids import new_id, now
from servicekit.tests.events.conftest import DELETED, House


def test_what_is_rolled_back_is_not_told(house: House) -> None:
    def change() -> None:
        with house.database.write() as tx:
            publish(tx, Event.of(DELETED, new_id()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert house.unsent == 0


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (Event.of("user.vanished.v1", "x"), "unknown type"),
        (Event.of("envelope", "x"), "schema"),
        (Event.of("../policy", "x"), "schema"),
        (Event.of(DELETED, ""), "schema"),
        (Event.of(DELETED, "x" * 65), "schema"),
        (Event.of(DELETED, "x", email="mar@demo.example"), "no field email"),
        (Event.of("document.saved.v1", "x", owner="y"), "schema"),
        (Event.of("document.saved.v1", "x", owner="y", version=0), "schema"),
        (Event.of("session.revoked.v1", "x", session=f"{new_id()}\n"), "schema"),
    ],
    ids=lambda value: value.type if isinstance(value, Event) else value,
)
def test_what_breaks_its_schema_is_not_told(house: House, event: Event, why: str) -> None:
    with pytest.raises(InvalidEvent, match=why), house.database.write() as tx:
        publish(tx, event)
    assert house.unsent == 0


def test_the_trace_of_the_request_goes_with_it(house: House) -> None:
    trace = tracing.begin(request_id="0af7651916cd43dd8448eb211c80319c")
    house.tell()
    with house.database.write() as tx:
        (waiting,) = outbox.lease(tx, 10)
    assert waiting.headers["traceparent"].split("-")[1] == trace == "0af7651916cd43dd8448eb211c80319c"


def test_what_one_relay_has_no_other_takes_until_the_lease_is_over(house: House) -> None:
    house.tell(5)
    with house.database.write() as tx:
        first = outbox.lease(tx, 3)
    with house.database.write() as tx:
        second = outbox.lease(tx, 10)
    assert (len(first), len(second)) == (3, 2)
    with house.database.write() as tx:
        tx.execute(update(OUTBOX).values(due_at=OUTBOX.c.created_at))
    with house.database.write() as tx:
        assert [event.number for event in outbox.lease(tx, 10)] == [e.number for e in (*first, *second)]


def test_of_a_subject_nothing_overtakes(house: House) -> None:
    house.tell(3, subject="one")
    house.tell(1, subject="another")
    with house.database.write() as tx:
        assert [e.subject for e in outbox.lease(tx, 1)] == ["one"]
    with house.database.write() as tx:
        assert [e.subject for e in outbox.lease(tx, 10)] == ["another"]


def test_relays_at_the_same_moment_take_different_events(house: House) -> None:
    """The second one begins while the transaction of the first is open (SQLite lets only one in)."""
    house.tell(4)
    if house.database.engine.dialect.name == "sqlite":
        return
    with house.database.write() as one, house.database.write() as two:
        first, second = outbox.lease(one, 2), outbox.lease(two, 4)
    assert {e.number for e in first}.isdisjoint({e.number for e in second})
    assert (len(first), len(second)) == (2, 2)


def test_what_comes_back_waits_longer_each_time_and_a_minute_at_most(house: House) -> None:
    house.tell()
    waits = []
    for _ in range(9):
        house.hurry()
        with house.database.write() as tx:
            (event,) = outbox.lease(tx, 1)
            outbox.returned(tx, event)
        with house.database.read() as tx:
            waits.append(round((tx.scalars(select(OUTBOX.c.due_at)).one() - now()).total_seconds()))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_lag_is_the_age_of_the_oldest_that_waits(house: House) -> None:
    with house.database.read() as tx:
        assert outbox.lag(tx) == 0
    house.tell(2)
    with house.database.write() as tx:
        tx.execute(update(OUTBOX).values(created_at=now() - timedelta(seconds=90)))
        outbox.sent(tx, [event.number for event in outbox.lease(tx, 1)])
    with house.database.read() as tx:
        assert 90 <= outbox.lag(tx) < 95


def test_what_was_sent_long_ago_goes_what_waits_stays(house: House) -> None:
    house.tell(3)
    with house.database.write() as tx:
        outbox.sent(tx, [event.number for event in outbox.lease(tx, 2)])
        tx.execute(
            update(OUTBOX).where(OUTBOX.c.sent_at.is_not(None)).values(sent_at=now() - 2 * outbox.KEPT)
        )
        assert (outbox.tidy(tx), outbox.tidy(tx)) == (2, 0)
    assert house.unsent == 1
