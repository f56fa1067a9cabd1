"""A deletion on its way: told, reported, told again, and whoever dies in between."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text, update

from backend.context import Backend
from backend.deletion import service as deletion
from backend.deletion import worker
from backend.deletion.models import Deletion
from backend.deletion.progress import SETTLED
from backend.tests.conftest import Person, at_the_door
from backend.tests.deletion.leaving import (
    REPORT,
    Notes,
    account,
    audited,
    due_in,
    is_gone,
    later,
    lease_is_over,
    leave,
    member,
    state,
)
from backend.tests.keeper import knowing
from servicekit.events import Event
from servicekit.ids import now
from servicekit.people import DELETED

NAMES = ("google", "documents")


def first_round(own: Backend, notes: Notes) -> None:
    notes.carry()
    assert worker.work(own)


def hear(own: Backend, somebody: Person, told_at: Any, service: str = "documents") -> None:
    moment = told_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    with own.database.write() as tx:
        worker.hear(tx, Event.of(f"{service}.person_erased.v1", somebody.id, told_at=moment))


def also(own: Backend, *services: str) -> Backend:
    """The same backend, where these keep data of people, too."""
    return knowing(own, **dict.fromkeys(("documents", *services), "http://127.0.0.1:9"))


def test_it_is_told_in_the_transaction_in_which_it_begins(
    desk: FlaskClient, own: Backend, notes: Notes
) -> None:
    ada, second = member(own, "admin"), member(own, "admin")
    assert leave(desk, ada).status_code == 202
    assert leave(desk, second).status_code == 409
    assert notes.carry() == [DELETED, REPORT]


def test_who_has_reported_is_not_told_again_before_the_second_round(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    leave(desk, mar)
    assert notes.carry() == [DELETED, REPORT]
    assert worker.work(own)
    assert notes.carry() == []
    assert due_in(own, mar) == pytest.approx(SETTLED.total_seconds(), abs=2)


def test_the_second_round_waits_for_whoever_was_last_in_the_first(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    """What one service still took over from another, that had not erased yet, is erased in it."""
    notes.away = True
    leave(desk, mar)
    notes.carry()
    worker.work(own)
    later(own, timedelta(hours=1))
    notes.away = False
    worker.work(own)  # google is erased since an hour
    notes.carry()
    assert due_in(own, mar) == pytest.approx(SETTLED.total_seconds(), abs=2)
    ends = account(desk, mar)["deletion"]["done_after"]
    assert ends > (now() + SETTLED - timedelta(seconds=2)).isoformat()


def test_a_report_that_answers_the_first_round_is_none_of_the_second(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    leave(desk, mar)
    first = now()
    first_round(own, notes)
    later(own)
    worker.work(own)
    hear(own, mar, first - SETTLED)  # a copy that came late
    later(own, timedelta(0))
    worker.work(own)
    assert not is_gone(own, mar)
    notes.carry()
    worker.work(own)
    assert is_gone(own, mar)


def test_a_service_that_is_silent_delays_it_and_is_told_again_ever_more_rarely(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    notes.away = True
    leave(desk, mar)
    assert notes.carry() == [DELETED]
    pauses = []
    for _ in range(4):
        assert worker.work(own)
        assert notes.carry() == [DELETED]
        pauses.append(round(due_in(own, mar)))
        later(own, timedelta(0))
    assert pauses == [4, 8, 16, 32]
    assert state(desk, mar) == {"google": "erased", "documents": "delayed", "account": "waiting"}
    notes.away = False
    assert worker.work(own)
    assert notes.carry() == [DELETED, REPORT]
    assert state(desk, mar) == {"google": "erased", "documents": "erased", "account": "waiting"}
    assert due_in(own, mar) > 60


def test_the_pauses_end_at_an_hour() -> None:
    seconds = [deletion.pause_after(tries).total_seconds() for tries in range(1, 1000)]
    assert seconds == sorted(seconds)
    assert seconds[-1] == 3600


def test_a_service_that_is_added_meanwhile_is_told_and_waited_for(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    leave(desk, mar)
    first_round(own, notes)
    more = also(own, "pictures")
    later(own)
    assert worker.work(more)
    assert notes.carry() == [DELETED, REPORT]
    assert state(desk, mar)["pictures"] == "waiting"
    hear(own, mar, now(), "pictures")
    assert due_in(own, mar) == pytest.approx(SETTLED.total_seconds(), abs=2)  # the others once more after it
    for _ in range(2):
        later(own)
        assert worker.work(more)
        notes.carry()
    assert not is_gone(own, mar)
    hear(own, mar, now(), "pictures")
    worker.work(more)
    assert is_gone(own, mar)


def test_a_service_that_is_known_no_more_is_not_forgotten(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    desk.application.extensions["backend"] = also(own, "pictures")
    leave(desk, mar)
    for _ in range(3):
        later(own)
        worker.work(own)
        notes.carry()
    assert state(desk, mar) == {
        "google": "erased", "documents": "erased", "pictures": "delayed", "account": "waiting"
    }  # fmt: skip
    assert not is_gone(own, mar)


def test_a_report_of_somebody_who_stays_changes_nothing(desk: FlaskClient, own: Backend, mar: Person) -> None:
    hear(own, mar, now())
    assert (account(desk, mar)["status"], account(desk, mar)["deletion"]) == ("active", None)
    leave(desk, mar)
    hear(own, mar, now(), "stranger")
    assert "stranger" not in state(desk, mar)


def test_a_report_that_comes_while_somebody_works_on_it_counts(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    leave(desk, mar)
    with own.database.write() as tx:
        held = deletion.claim(tx, mar.id, NAMES)
    assert held is not None
    assert held.missing == set(NAMES)
    notes.carry()
    with own.database.write() as tx:
        assert deletion.note(tx, held, "google", now(), None)
        assert not deletion.finish(tx, held)
        assert deletion.put_down(tx, held, frozenset({"documents"})) == frozenset()
    assert state(desk, mar) == {"google": "erased", "documents": "erased", "account": "waiting"}
    assert notes.carry() == []


def test_who_dies_in_the_middle_is_followed_by_another_and_it_ends_once(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    leave(desk, mar)
    notes.carry()
    with own.database.write() as tx:
        dead = deletion.claim(tx, mar.id, NAMES)
    assert dead is not None
    assert not worker.work(own)  # the lease is theirs
    lease_is_over(own)
    assert worker.work(own)
    assert state(desk, mar)["google"] == "erased"
    with own.database.write() as tx:  # they were not dead, only slow: nothing that they do counts
        assert not deletion.note(tx, dead, "google", now(), "late")
        assert not deletion.keep(tx, dead)
        assert deletion.put_down(tx, dead, frozenset({"documents"})) == frozenset()
        assert not deletion.finish(tx, dead)
    later(own)
    worker.work(own)
    notes.carry()
    with own.database.write() as tx:
        last = deletion.claim(tx, mar.id, NAMES)
        assert last is not None
        assert deletion.finish(tx, last)
        assert not deletion.finish(tx, last)
    assert is_gone(own, mar)
    assert audited(own, mar) == ["account.deletion_begun", "account.deleted"]


def test_of_many_at_once_one_takes_the_lease(desk: FlaskClient, own: Backend, mar: Person) -> None:
    leave(desk, mar)

    def take(_: int) -> bool:
        with own.database.write() as tx:
            return deletion.claim(tx, mar.id, NAMES) is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_reports_that_come_at_once_all_count(desk: FlaskClient, own: Backend, mar: Person) -> None:
    services = [f"s{number}" for number in range(6)]
    desk.application.extensions["backend"] = also(own, *services)
    leave(desk, mar)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: hear(own, mar, now(), name), services))
    assert {state(desk, mar)[name] for name in services} == {"erased"}


def test_what_the_release_before_has_begun_is_brought_to_its_end(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    """It asked each service itself, and left which of them had answered."""
    leave(desk, mar)
    begun = {
        "documents": {"erased_at": None, "problem": "ConnectError"},
        "google": {"erased_at": now().isoformat(), "problem": None},
    }
    with own.database.write() as tx:
        tx.execute(text("DELETE FROM outbox"))
        tx.execute(text("UPDATE deletions SET parts = :parts"), {"parts": json.dumps(begun)})
        tx.execute(update(Deletion).values(tries=7, due_at=now()))
    assert state(desk, mar) == {"google": "erased", "documents": "delayed", "account": "waiting"}
    notes.carried = 0
    assert worker.work(own)
    assert notes.carry() == [DELETED, REPORT]
    assert state(desk, mar) == {"google": "erased", "documents": "erased", "account": "waiting"}
    later(own)
    worker.work(own)
    notes.carry()
    worker.work(own)
    assert is_gone(own, mar)


def test_the_release_before_can_read_what_this_one_writes(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    """Its replicas may still run beside ours for a while."""
    leave(desk, mar)
    notes.carry()
    with own.database.read() as tx:
        (kept,) = tx.execute(text("SELECT parts FROM deletions")).scalars()
    parts = json.loads(kept)
    assert {name: set(part) >= {"erased_at", "problem"} for name, part in parts.items()} == dict.fromkeys(
        NAMES, True
    )


def test_an_administrator_sees_how_far_it_is(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    ada = member(own, "admin")
    path, headers = f"/api/admin/users/{mar.id}", at_the_door(desk, ada)
    assert desk.get(path, headers=headers).get_json()["deletion"] is None
    leave(desk, mar)
    notes.carry()
    seen = desk.get(path, headers=headers).get_json()
    assert seen["status"] == "deleting"
    assert {part["name"]: part["state"] for part in seen["deletion"]["parts"]} == {
        "documents": "erased", "google": "waiting", "account": "waiting"
    }  # fmt: skip
    listed = desk.get("/api/admin/users?status=deleting", headers=headers).get_json()["items"]
    assert [item["deletion"] for item in listed] == [seen["deletion"]]
