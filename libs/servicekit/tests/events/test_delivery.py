"""From the outbox to the effect: once, whatever is lost, sent twice, or fails."""

import json
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from servicekit.events import MORE, Event, inbox
from servicekit.events.lines import line_to_broker
from servicekit.events.relay import Relay
from servicekit.events.tables import INBOX
from servicekit.ids import new_id, now
from servicekit.settings import Settings
from servicekit.tests.events.conftest import DELETED, EFFECTS, QUEUE, House, note_effect
from tests.support.waiting import until


def test_every_event_has_its_effect_once_with_several_at_work(house: House) -> None:
    told = [event.subject for event in house.tell(200)]
    with house.working(relays=2, consumers=2):
        until(lambda: house.unsent == 0)
    assert sorted(house.effects) == sorted(told)


def test_of_a_subject_the_effects_are_in_order(house: House) -> None:
    seen = list[str]()
    house.handler = lambda _tx, event: seen.append(event.id)
    told = [event.id for event in house.tell(10, subject="one")]
    with house.working(relays=2):
        until(lambda: house.unsent == 0)
    assert seen == told


def test_what_was_lost_on_its_way_is_sent_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servicekit.events.embedded.RESEND", 0.5)
    house.tell(3)
    relay = house.relay()
    relay.step()
    for message in (house.folder / "messages").glob("*.msg"):
        message.unlink()
    with house.working():
        until(lambda: house.unsent == 0)
    assert len(house.effects) == 3


def test_nothing_is_kept_for_services_that_do_not_run_here(house: House) -> None:
    """It would lie there for ever, and what is told later would wait behind it."""
    house.tell(1)
    url = f"filesystem://{house.folder}?absent=ai&absent=documents"
    Relay(house.database, line_to_broker(Settings(broker_url=url)), house.figures).step()
    assert house.unsent == 0
    assert messages(house) == 0


def test_half_a_message_stops_nobody(house: House) -> None:
    house.tell(1)
    house.relay().step()
    (message,) = (house.folder / "messages").glob("*.msg")
    message.write_text(message.read_text()[:40])
    with pytest.raises(json.JSONDecodeError):
        house.consumer().step()
    with house.working():
        until(lambda: house.effects != [])


def test_a_copy_is_acknowledged_and_dropped(house: House) -> None:
    (event,) = house.tell(1)
    with house.working():
        until(lambda: house.unsent == 0)
        house.put(event)
        house.put(event)
        until(lambda: house.count("dropped") == 2)
    assert house.effects == [event.subject]
    assert messages(house) == 0


def test_an_effect_that_failed_leaves_nothing_and_is_tried_again(house: House) -> None:
    tries = list[str]()

    def fails_twice(tx: Session, event: Event) -> None:
        note_effect(tx, event)
        tries.append(event.id)
        if len(tries) < 3:
            raise ZeroDivisionError

    house.handler = fails_twice
    house.tell(1)
    with house.working():
        until(lambda: house.unsent == 0)
    assert (len(tries), len(house.effects), house.count("failed")) == (3, 1, 2)


def test_poison_is_a_dead_letter_after_five_tries_and_holds_up_nobody(house: House) -> None:
    tries, done = list[float](), dict[str, float]()

    def handle(_tx: Session, event: Event) -> None:
        if event.subject == "poison":
            tries.append(time.monotonic())
            raise ValueError("it says mar@demo.example")
        done[event.subject] = time.monotonic()

    house.handler = handle
    house.tell(1, subject="poison")
    began = time.monotonic()
    house.tell(20)
    with house.working():
        until(lambda: house.unsent == 0)
    assert len(tries) == 5
    assert max(done.values()) - began < 5
    assert house.dead_letters() == ["failed 5 times, at last with ValueError"]
    assert house.count("buried") == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xff\xfe", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "not an object"),
        (b"{" + b" " * 70_000 + b"}", "too large"),
        (b"{}", "schema: data breaks the rule required"),
    ],
)
def test_what_is_no_event_is_a_dead_letter(house: House, body: bytes, reason: str) -> None:
    house.put(Event.of(DELETED, new_id()), body)
    with house.working():
        until(lambda: house.count("buried", "unknown") == 1)
    assert house.dead_letters() == [reason]
    assert house.effects == []


def test_what_comes_packed_is_never_unpacked(house: House) -> None:
    """A few bytes could become gigabytes, before anybody has looked at the message."""
    event = Event.of(DELETED, new_id())
    house.put(event, zlib.compress(event.as_json().encode()), compression="application/x-gzip")
    house.put(Event.of(DELETED, new_id()), b"{}", compression="nobody's")
    (other,) = house.tell(1)
    with house.working():
        until(lambda: house.count("buried", "unknown") == 2 and len(house.effects) == 1)
    assert house.effects == [other.subject]
    house.put(event, zlib.compress(bytes(10_000_000)), compression="application/x-gzip")
    line = house.line()
    line.open(QUEUE)
    (found,) = line.receive(1)
    assert len(found.body) < 20_000
    line.close()
    assert sorted(house.dead_letters()) == ["not JSON", "schema: data breaks the rule required"]


def test_nor_is_what_breaks_a_schema_or_is_not_for_this_queue(house: House) -> None:
    event = Event.of(DELETED, new_id())
    house.put(replace(event, type="user.suspended.v1"))
    house.put(replace(event, type="user.vanished.v1"))
    house.put(replace(event, subject=""))
    house.put(Event.of(DELETED, new_id()), Event.of(DELETED, new_id()).as_json().encode())
    with house.working():
        until(lambda: house.count("buried", "unknown") == 4)
    assert sorted(house.dead_letters()) == [
        "documents.people has no handler of user.suspended.v1",
        "schema: data.subject breaks the rule minLength",
        "the message's id is not the event's",
        "unknown type",
    ]
    assert house.effects == []


def test_long_work_is_done_in_parts_each_of_them_committed(house: House) -> None:
    parts = list[int]()

    def in_parts(tx: Session, event: Event) -> object:
        parts.append(len(house.effects) if house.database.engine.dialect.name == "mysql" else len(parts))
        note_effect(tx, event)
        return MORE if len(parts) < 4 else None

    house.handler = in_parts
    house.tell(1)
    with house.working():
        until(lambda: house.unsent == 0)
    assert parts == [0, 1, 2, 3]
    assert len(house.effects) == 4


def test_the_inbox_forgets_what_nobody_sends_any_more(house: House) -> None:
    with house.database.write() as tx:
        assert inbox.note(tx, QUEUE, "old")
        assert inbox.note(tx, QUEUE, "new")
        old = update(INBOX).where(INBOX.c.event_id == "old")
        tx.execute(old.values(handled_at=now() - inbox.KEPT - timedelta(days=1)))
        assert (inbox.tidy(tx), inbox.tidy(tx)) == (1, 0)
        assert not inbox.note(tx, QUEUE, "new")
        tx.execute(delete(EFFECTS))


def test_who_opens_the_line_while_others_take_from_it_is_not_disturbed(house: House) -> None:
    messages = house.folder / "messages"
    messages.mkdir(parents=True, exist_ok=True)
    gone = messages / ".taken-just-now"
    gone.symlink_to("gone")  # seen in the folder, and not there any more when it is looked at
    line = house.line()
    line.open()
    line.close()
    gone.unlink()


def messages(house: House) -> int:
    return len(list((house.folder / "messages").iterdir()))
