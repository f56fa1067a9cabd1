"""Dead letters: looked at without loss, told without contents, and decided about once, whoever else decides."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from servicekit.backend import Away
from servicekit.events import MORE, Event, inbox, letters
from servicekit.events.line import Delivery, Letter
from servicekit.events.shape import DEEPEST, MOST, shape_of
from servicekit.events.tables import DEAD_LETTERS
from servicekit.ids import moment_of, new_id, now
from servicekit.operations.schemas import DeadLetter, LettersQuery
from servicekit.problems import Conflict, NotFound, Problem
from servicekit.tests.events.conftest import DELETED, QUEUE, House, note_effect
from tests.support.waiting import until

SECRET = "mar@demo.example"


def fail(_tx: Session, _event: Event) -> None:
    raise ValueError(SECRET)


def shown(house: House, **query: Any) -> list[DeadLetter]:
    return house.desk().page(LettersQuery(queue=QUEUE, **query)).items


def buried(house: House, count: int = 1) -> list[Event]:
    """Events that have failed five times; the handler is mended then."""
    house.handler = fail
    told = house.tell(count)
    with house.working(consumers=2):
        until(lambda: house.unsent == 0)
    house.handler = note_effect
    return told


def put(house: House, body: bytes, event_id: str = "", **headers: Any) -> None:
    """Straight among the dead letters."""
    line = house.line()
    line.open()
    line._put([Letter("documents.dead", QUEUE, body, headers, event_id)])
    line.close()


def decide(house: House, letter: DeadLetter, what: str) -> None:
    getattr(house.desk(), what)(letter.id)


def test_it_is_told_with_its_reason_and_without_its_contents(house: House) -> None:
    (event,) = buried(house)
    (letter,) = shown(house)
    assert (letter.event_id, letter.event_type, letter.queue) == (event.id, DELETED, QUEUE)
    assert (letter.reason, letter.tries) == ("failed 5 times, at last with ValueError", 5)
    assert letter.state == "waiting"
    assert letter.happened_at is not None
    assert event.time <= letter.buried_at <= now()
    assert abs((letter.happened_at - event.time).total_seconds()) < 1
    assert event.subject not in letter.model_dump_json()


def test_looking_again_and_again_and_at_the_same_time_loses_and_doubles_nothing(house: House) -> None:
    for number in range(120):
        put(house, json.dumps({"number": number}).encode(), new_id())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: shown(house), range(8)))
    first = house.desk().page(LettersQuery(queue=QUEUE, limit=100))
    rest = house.desk().page(LettersQuery(queue=QUEUE, limit=100, cursor=first.next))
    ids = [letter.event_id for letter in (*first.items, *rest.items)]
    assert (len(ids), len(set(ids)), rest.next) == (120, 120, None)
    (state,) = house.desk().state().queues
    assert (state.dead_letters, state.waiting, state.consumers) == (120, 0, None)


def test_what_cannot_be_kept_stays_where_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    put(house, b"{}")

    def full(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(letters, "keep", full)
        with pytest.raises(ZeroDivisionError):
            shown(house)
    assert len(shown(house)) == 1


def test_one_that_comes_again_because_its_keeper_was_killed_is_there_once(house: House) -> None:
    for _ in range(2):
        put(house, b"{}", "one", traceparent="00-1")
    put(house, b"{}", "one", traceparent="00-2")
    put(house, b"[]", "one", traceparent="00-1")
    assert len(shown(house)) == 3


def test_sent_again_it_is_handled_by_this_queue_once_and_gone(house: House) -> None:
    events = buried(house, 3)
    for letter in shown(house):
        decide(house, letter, "send_again")
    assert {letter.state for letter in shown(house)} == {"sent_again"}
    with house.working(again=3):
        until(lambda: shown(house) == [])
    assert sorted(house.effects) == sorted(event.subject for event in events)
    assert house.count("handled") == 3
    assert house.unsent == 0


def test_of_two_who_decide_at_once_one_is_told_that_it_is_too_late(house: House) -> None:
    buried(house)
    (letter,) = shown(house)
    decide(house, letter, "send_again")
    for decision in ("send_again", "drop"):
        with pytest.raises(Conflict):
            decide(house, letter, decision)
    with house.working(again=1):
        until(lambda: shown(house) == [])
    for decision in ("send_again", "drop"):
        with pytest.raises(NotFound, match="gone already"):
            decide(house, letter, decision)
    assert len(house.effects) == 1


@pytest.mark.parametrize("what", ["send_again", "drop"])
def test_pressed_twenty_times_at_once_it_happens_once(house: House, what: str) -> None:
    buried(house)
    (letter,) = shown(house)

    def press(_: int) -> str:
        try:
            decide(house, letter, what)
        except Problem as refusal:
            return type(refusal).__name__
        return "done"

    with house.working(again=2), ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(press, range(20)))
    with house.working(again=1):
        until(lambda: shown(house) == [])
    assert answers.count("done") == 1
    assert len(house.effects) == (1 if what == "send_again" else 0)


def test_dropped_it_is_gone_and_the_others_stay(house: House) -> None:
    buried(house, 3)
    first, *others = shown(house)
    decide(house, first, "drop")
    assert [letter.id for letter in shown(house)] == [letter.id for letter in others]
    with pytest.raises(NotFound, match="gone already"):
        decide(house, first, "drop")
    assert house.effects == []


def test_what_was_handled_meanwhile_is_dropped_when_it_is_sent_again(house: House) -> None:
    (event,) = buried(house)
    (letter,) = shown(house)
    with house.database.write() as tx:
        inbox.note(tx, QUEUE, event.id)
        note_effect(tx, event)
    decide(house, letter, "send_again")
    with house.working(again=1):
        until(lambda: shown(house) == [])
    assert house.effects == [event.subject]
    assert house.count("dropped") == 1


def test_killed_between_the_effect_and_its_commit_it_is_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one process has begun and not committed is as if it had not been; another goes on after the lease."""
    buried(house)
    decide(house, shown(house)[0], "send_again")

    class Killed(BaseException):
        pass

    def killed(tx: Session, event: Event) -> None:
        note_effect(tx, event)
        raise Killed

    house.handler = killed
    with pytest.raises(Killed):
        house.again().step()
    house.handler = note_effect
    house.again().step()
    assert house.effects == []  # leased
    with house.database.write() as tx:
        tx.execute(update(DEAD_LETTERS).values(due_at=now()))
    house.again().step()
    assert len(house.effects) == 1
    assert shown(house) == []


def test_one_that_kills_whoever_handles_it_waits_for_a_decision_in_the_end(house: House) -> None:
    """Else it would end the worker every half minute for good, and nobody could drop it."""

    class Killed(BaseException):
        pass

    def killed(_tx: Session, _event: Event) -> None:
        raise Killed

    def lease_ends() -> None:
        with house.database.write() as tx:
            tx.execute(update(DEAD_LETTERS).values(due_at=now()))

    buried(house)
    decide(house, shown(house)[0], "send_again")
    house.handler = killed
    for _ in range(5):
        with pytest.raises(Killed):
            house.again().step()
        lease_ends()
    house.again().step()
    (letter,) = shown(house)
    assert (letter.state, letter.tries) == ("waiting", 5)
    assert letter.reason == "its consumer ended 5 times while it was handled"
    decide(house, letter, "drop")
    assert shown(house) == []


def test_an_outage_of_the_backend_is_no_failure_of_a_letter(house: House) -> None:
    def away(_tx: Session, _event: Event) -> None:
        raise Away

    buried(house)
    decide(house, shown(house)[0], "send_again")
    house.handler = away
    for _ in range(8):
        with pytest.raises(Away):
            house.again().step()
        with house.database.write() as tx:
            tx.execute(update(DEAD_LETTERS).values(due_at=now()))
    assert [(letter.state, letter.tries) for letter in shown(house)] == [("sent_again", 0)]
    house.handler = note_effect
    house.again().step()
    assert len(house.effects) == 1


def test_one_that_fails_again_five_times_is_a_dead_letter_with_the_new_reason(house: House) -> None:
    tries = list[float]()

    def fail_otherwise(tx: Session, event: Event) -> None:
        note_effect(tx, event)
        tries.append(now().timestamp())
        raise KeyError(SECRET)

    buried(house)
    house.handler = fail_otherwise
    (before,) = shown(house)
    decide(house, before, "send_again")
    with house.working(again=2):
        until(lambda: shown(house)[0].state == "waiting")
    (letter,) = shown(house)
    assert (letter.reason, letter.tries, letter.id) == (
        "failed 5 times, at last with KeyError",
        5,
        before.id,
    )
    assert letter.buried_at > before.buried_at
    assert len(tries) == 5
    assert house.effects == []
    house.handler = note_effect
    decide(house, letter, "send_again")
    with house.working(again=1):
        until(lambda: shown(house) == [])
    assert len(house.effects) == 1


def test_what_is_no_event_is_a_dead_letter_again_at_once(house: House) -> None:
    put(house, b"{}", new_id(), **{"x-reason": "schema"})
    (letter,) = shown(house)
    assert (letter.reason, letter.tries) == ("schema", 1)
    decide(house, letter, "send_again")
    with house.working(again=1):
        until(lambda: shown(house)[0].state == "waiting")
    assert shown(house)[0].reason == "schema: data breaks the rule required"


def test_long_work_is_done_in_parts(house: House) -> None:
    buried(house)
    parts = list[int]()

    def in_parts(tx: Session, event: Event) -> object:
        note_effect(tx, event)
        parts.append(1)
        return MORE if len(parts) < 3 else None

    house.handler = in_parts
    decide(house, shown(house)[0], "send_again")
    with house.working(again=1):
        until(lambda: shown(house) == [])
    assert len(house.effects) == 3


def test_what_the_broker_buried_itself_says_why_and_since_when() -> None:
    moment = datetime(2025, 11, 25, 12, 0, 0, tzinfo=UTC)
    death = {"reason": "delivery_limit", "time": moment.replace(tzinfo=None), "count": 1, "queue": QUEUE}
    told = {"x-death": [death], "x-delivery-count": 5, "traceparent": "00-1", "number": 1}
    row = letters._row(QUEUE, Delivery(b"{}", told, "an id", 0, None))
    assert (row["reason"], row["tries"]) == ("its consumer ended 5 times while it was handled", 5)
    assert (row["buried_at"], row["headers"]) == (moment, '{"traceparent": "00-1"}')


@pytest.mark.parametrize(
    "told",
    [
        {"x-reason": 7, "x-tries": "many", "x-buried-at": "yesterday"},
        {"x-reason": "r" * 10_000, "x-buried-at": 5},
        {"x-death": "no list"},
        {"x-death": [[]]},
        {"x-death": [{"reason": ["x"], "time": "x"}]},
        {"x-reason": "\ud800", "x-tries": 2**70, "x-buried-at": "0001-01-01T00:00:00+23:00"},
        {"x-death": [{"reason": "\ud800", "time": "9999-12-31T23:59:59-23:00"}], "half": "\ud800"},
    ],
    ids=str,
)
def test_headers_of_any_kind_are_taken(house: House, told: dict[str, Any]) -> None:
    with house.database.write() as tx:
        halves = "\ud800" * 300  # as amqp reads the bytes ED A0 80
        letters.keep(tx, QUEUE, [Delivery(b"\xff", told, each, 0, None) for each in ("i" * 300, halves)])
    found = shown(house)
    assert [(letter.event_id, letter.event_type) for letter in found] == [(None, None)] * 2


def test_ages_and_rates_are_told(house: House) -> None:
    house.tell(3)
    assert house.desk().state().outbox.waiting == 3
    with house.working(consumers=0):
        until(lambda: len(list((house.folder / "messages").glob("*.msg"))) == 3)
        (queue,) = house.desk().state().queues
    assert (queue.waiting, queue.handled_last_minute, queue.events) == (3, 0, [DELETED])
    assert queue.oldest_at is not None
    assert (now() - queue.oldest_at).total_seconds() < 10
    with house.working():
        until(lambda: house.unsent == 0)
    state = house.desk().state()
    assert (state.outbox.waiting, state.outbox.oldest_at, state.outbox.sent_last_minute) == (0, None, 3)
    assert (state.queues[0].waiting, state.queues[0].handled_last_minute) == (0, 3)
    assert state.queues[0].oldest_at is None


def test_while_messages_go_on_nobody_touches_them(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    handled = new_id()
    with house.database.write() as tx:
        inbox.note(tx, QUEUE, handled)
    house.tell(1)
    house.relay().step()
    monkeypatch.setattr("servicekit.events.embedded.Embedded.oldest_at", lambda *_: pytest.fail("touched"))
    assert house.desk().state().queues[0].oldest_at == moment_of(handled)


def test_without_the_broker_what_the_database_knows_is_told(house: House, tmp_path: Path) -> None:
    house.tell(2)
    house.folder.write_text("in the way")
    state = house.desk().state()
    assert (state.broker, state.outbox.waiting) == ("unreachable", 2)
    assert [(queue.waiting, queue.dead_letters) for queue in state.queues] == [(None, None)]
    with pytest.raises(Problem, match="broker of documents") as refused:
        shown(house)
    assert refused.value.status == 503


@pytest.mark.parametrize("queue", ["backend.people", "documents.people.dead", ""])
def test_a_queue_of_somebody_else_is_not_found(house: House, queue: str) -> None:
    with pytest.raises(NotFound):
        house.desk().page(LettersQuery(queue=queue))


def test_the_figures_count_those_that_were_taken_over_too(house: House) -> None:
    from servicekit.events.worker import Worker

    put(house, b"{}", "one")
    put(house, b"{}", "two")
    shown(house)
    put(house, b"{}", "three")
    house.tell(1)
    worker = Worker("documents", house.desk().settings, house.database, {QUEUE: {DELETED: note_effect}})
    worker.stopping.set()
    line = house.line()
    worker._watch(line)
    line.close()
    read: Callable[..., float | None] = worker.figures.registry.get_sample_value
    assert read("events_dead_letters", {"queue": QUEUE}) == 3
    assert read("events_outbox_waiting") == 1
    assert read("events_queue_waiting", {"queue": QUEUE}) == 0


def told(body: object) -> list[tuple[str, str, int | None]]:
    return [tuple(part) for part in shape_of(json.dumps(body).encode())]  # type: ignore[misc]


def test_a_shape_has_keys_kinds_and_lengths() -> None:
    body = {"id": "abc", "n": 12345, "yes": True, "none": None, "data": {"tags": ["a", "bcd"], "é": {}}}
    assert told(body) == [
        ("", "object", 5),
        ("id", "text", 3),
        ("n", "number", None),
        ("yes", "boolean", None),
        ("none", "null", None),
        ("data", "object", 2),
        ("data.tags", "list", 2),
        ("data.tags[0]", "text", 1),
        ("data.tags[1]", "text", 3),
        ("data.(1)", "object", 0),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {SECRET: SECRET, "a b": SECRET, "x" * 41: [SECRET]},
        [[SECRET] * 3, {"list": {SECRET: {SECRET: SECRET}}}],
        SECRET,
        {"k": 12345678901234567890},
    ],
    ids=str,
)
def test_a_shape_has_no_contents(body: object) -> None:
    seen = json.dumps(told(body))
    assert SECRET not in seen
    assert "a b" not in seen
    assert "1234567" not in seen


def test_a_shape_ends_somewhere() -> None:
    deep: object = "x"
    for _ in range(100):
        deep = {"in": deep}
    assert len(told(deep)) == DEEPEST + 1
    assert len(told(["x"] * 100_000)) == MOST
    assert shape_of(b"\xff" * 9) == [("", "bytes", 9)]
    assert shape_of(b"[" * 60_000) == [("", "bytes", 60_000)]


def test_a_moment_is_read_out_of_an_id() -> None:
    assert moment_of("not an id") is None
    assert moment_of("00000000-0000-4000-8000-000000000000") is None
    made = moment_of(new_id())
    assert made is not None
    assert abs((now() - made).total_seconds()) < 1


def test_a_claim_is_for_one(house: House) -> None:
    put(house, b"{}", "one")
    (letter,) = shown(house)
    decide(house, letter, "send_again")
    with house.database.read() as tx:
        due = letters.due(tx, [QUEUE])
        assert letters.due(tx, ["documents.else"]) is None
    assert due is not None
    barrier, won = threading.Barrier(4), list[bool]()

    def claim() -> None:
        barrier.wait()
        with house.database.write() as tx:
            won.append(letters.claim(tx, due))

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, False, False, True]
    with house.database.read() as tx:
        leased = tx.scalars(select(DEAD_LETTERS.c.due_at)).one()
    assert leased is not None
    assert leased > now()
