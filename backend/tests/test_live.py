"""Live updates: who is told what, in which order, and when a stream is over."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from backend import housekeeping
from backend.app import create_app
from backend.context import Backend
from backend.live import hub, stream
from backend.live import service as live
from backend.live.hearing import HANDLERS
from backend.live.models import LiveEvent, LiveHead
from backend.people import service as people
from backend.people.actor import operator
from backend.people.models import DELETING, SUSPENDED, User
from backend.roles import service as roles
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, Person, at_the_door, authorize, sign_in
from backend.tokens import service as tokens
from backend.tokens.models import AccessToken
from servicekit import leaving
from servicekit.events import Event
from servicekit.ids import new_id, now
from tests.support.promises import in_time
from tests.support.waiting import LONG, until

Somebody = Callable[[str], Person]
PROMISED = 2.0  # seconds in which a stream is over


@dataclass
class Heard:
    """One event of a stream."""

    name: str | None
    id: str | None
    data: Any
    retry: int | None


class Listener:
    """Reads a stream in a thread of its own, as a client does."""

    def __init__(
        self, client: FlaskClient, headers: dict[str, str], path: str = "/api/account/events"
    ) -> None:
        self.answer = client.get(path, headers=headers, buffered=False)
        self.heard: list[Heard] = []
        self.over = threading.Event()
        if self.answer.status_code == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for piece in self.answer.response:
            text = piece.decode() if isinstance(piece, bytes) else piece
            self.heard += [_parsed(frame) for frame in text.split("\n\n") if frame and frame != ":"]
        self.over.set()

    def names(self) -> list[str | None]:
        return [heard.name for heard in self.heard if heard.name]

    def told(self) -> list[tuple[str | None, Any]]:
        return [(heard.name, heard.data) for heard in self.heard if heard.name]

    def wait_for(self, count: int) -> list[tuple[str | None, Any]]:
        until(lambda: len(self.told()) >= count)
        return self.told()

    def reason(self) -> str:
        """Why it was over, within what is promised."""
        with in_time(PROMISED):
            assert self.over.wait(LONG), self.told()
        name, data = self.told()[-1]
        assert name == "end"
        return str(data["reason"])

    def close(self) -> None:
        """Whoever reads a stream closes it, too."""
        if self.answer.status_code == 200:
            assert self.over.wait(LONG)
        self.answer.close()


def _parsed(frame: str) -> Heard:
    fields = dict(line.split(": ", 1) for line in frame.splitlines())
    data = json.loads(fields["data"]) if "data" in fields else None
    retry = int(fields["retry"]) if "retry" in fields else None
    return Heard(fields.get("event"), fields.get("id"), data, retry)


@pytest.fixture(autouse=True, scope="module")
def streaming(parts: Backend) -> Iterator[None]:
    parts.live.start()
    yield
    parts.live.watcher.stop()


@pytest.fixture(scope="module")
def parts(app: APIFlask) -> Backend:
    parts: Backend = app.extensions["backend"]
    return parts


Follow = Callable[..., Listener]


@pytest.fixture
def follow(client: FlaskClient, parts: Backend) -> Iterator[Follow]:
    """`follow(person)`: a stream of theirs, opened at the door."""
    opened: list[Listener] = []

    def start(who: Person | str, last: str | None = None) -> Listener:
        if isinstance(who, Person):
            headers = at_the_door(client, who)
        else:
            token = authorize(client, Authorization=f"Bearer {who}").headers["X-Identity-Token"]
            headers = {"Authorization": f"Bearer {token}"}
        opened.append(Listener(client, headers | ({"Last-Event-ID": last} if last is not None else {})))
        return opened[-1]

    yield start
    parts.live.end_all("the test is over")
    for listener in opened:
        listener.close()


@pytest.fixture
def mar(somebody: Somebody) -> Person:
    return somebody("member")


def tell(parts: Backend, event: str, subject: str, **data: Any) -> None:
    """As the worker does."""
    with parts.database.write() as tx:
        HANDLERS[event](tx, Event(new_id(), event, now(), subject, data))


def save(parts: Backend, person: Person, version: int = 1) -> str:
    document = new_id()
    tell(parts, "document.saved.v1", document, owner=person.id, version=version)
    return document


def access_token(parts: Backend, person: Person, *permissions: str) -> tuple[str, str]:
    with parts.database.write() as tx:
        made, text = tokens.make(tx, person.id, "laptop", permissions, None, HERE)
    return made.id, text


def session_of(parts: Backend, person: Person) -> str:
    with parts.database.read() as tx:
        return tx.scalars(select(BrowserSession.id).where(BrowserSession.user_id == person.id)).one()


def test_what_changes_is_told_to_its_person_in_order_and_to_nobody_else(
    parts: Backend, follow: Follow, mar: Person, somebody: Somebody
) -> None:
    ada = somebody("admin")
    hers, others = follow(mar), follow(ada)
    first = save(parts, mar)
    tell(parts, "document.saved.v1", first, owner=mar.id, version=2)
    tell(parts, "document.deleted.v1", first, owner=mar.id)
    tell(parts, "account.changed.v1", mar.id, part="tokens")
    tell(parts, "session.revoked.v1", mar.id, session=new_id())
    assert hers.wait_for(5) == [
        ("documents", {"id": first, "kind": "saved", "version": 1}),
        ("documents", {"id": first, "kind": "saved", "version": 2}),
        ("documents", {"id": first, "kind": "deleted"}),
        ("session", {"changed": "tokens"}),
        ("session", {"changed": "sessions"}),
    ]
    assert others.told() == []
    assert hers.answer.mimetype == "text/event-stream"
    assert [heard.id for heard in hers.heard] == ["0", "1", "2", "3", "4", "5"]
    assert hers.heard[0].retry is not None


def test_how_a_job_gets_on_is_told(parts: Backend, follow: Follow, mar: Person) -> None:
    listener, job = follow(mar), new_id()
    tell(parts, "documents.job_changed.v1", job, owner=mar.id, kind="import", state="queued", done=0)
    tell(
        parts, "documents.job_changed.v1", job, owner=mar.id, kind="import", state="running", done=2, total=5
    )
    same = {"id": job, "service": "documents", "kind": "import"}
    assert listener.wait_for(2) == [
        ("job", same | {"state": "queued", "done": 0}),
        ("job", same | {"state": "running", "done": 2, "total": 5}),
    ]


def test_all_streams_of_a_person_are_told(parts: Backend, follow: Follow, mar: Person) -> None:
    streams = [follow(mar) for _ in range(3)]
    document = save(parts, mar)
    for each in streams:
        assert each.wait_for(1) == [("documents", {"id": document, "kind": "saved", "version": 1})]


def test_who_comes_again_hears_what_they_have_missed_and_nothing_twice(
    parts: Backend, follow: Follow, mar: Person
) -> None:
    documents = [save(parts, mar) for _ in range(4)]
    again = follow(mar, last="2")
    assert [data["id"] for _, data in again.wait_for(2)] == documents[2:]
    documents.append(save(parts, mar))
    assert [data["id"] for _, data in again.wait_for(3)] == documents[2:]
    assert again.heard[-1].id == "5"
    uptodate = follow(mar, last="5")
    time.sleep(3 * hub.EVERY)
    assert uptodate.told() == []


def test_the_id_may_be_in_the_query_where_no_header_can_be_set(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    documents = [save(parts, mar) for _ in range(2)]
    listener = Listener(client, at_the_door(client, mar), "/api/account/events?last_event_id=1")
    assert [data["id"] for _, data in listener.wait_for(1)] == documents[1:]
    parts.live.end_all("the test is over")
    listener.close()


def test_who_has_fetched_just_before_misses_nothing_in_between(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    documents = [save(parts, mar) for _ in range(3)]
    with parts.database.write() as tx:
        first = update(LiveEvent).where(LiveEvent.user_id == mar.id, LiveEvent.number == 1)
        tx.execute(first.values(at=now() - timedelta(seconds=20)))
    listener = Listener(client, at_the_door(client, mar), "/api/account/events?recent=10")
    assert [data["id"] for _, data in listener.wait_for(2)] == documents[1:]
    parts.live.end_all("the test is over")
    listener.close()
    for wrong in ("-1", "61", "x"):
        path = f"/api/account/events?recent={wrong}"
        assert client.get(path, headers=at_the_door(client, mar)).status_code == 422


@pytest.mark.parametrize("last", ["-1", "17", "x", "1e3", "٣", "9" * 30, "1.5"])
def test_what_cannot_be_told_any_more_is_fetched_anew(
    parts: Backend, follow: Follow, mar: Person, last: str
) -> None:
    save(parts, mar)
    listener = follow(mar, last=last)
    assert listener.wait_for(1) == [("reset", {})]
    assert listener.heard[-1].id == "1"
    document = save(parts, mar)
    assert listener.wait_for(2)[1] == ("documents", {"id": document, "kind": "saved", "version": 1})


def test_what_is_forgotten_is_fetched_anew(parts: Backend, follow: Follow, mar: Person) -> None:
    for _ in range(3):
        save(parts, mar)
    with parts.database.write() as tx:
        old = update(LiveEvent).where(LiveEvent.user_id == mar.id, LiveEvent.number <= 2)
        tx.execute(old.values(at=now() - live.KEPT - timedelta(minutes=1)))
    assert len(follow(mar, last="1").wait_for(2)) == 2
    for chore in housekeeping.CHORES:
        while chore(parts):
            pass
    assert follow(mar, last="1").wait_for(1) == [("reset", {})]
    assert [name for name, _ in follow(mar, last="2").wait_for(1)] == ["documents"]


def test_who_has_missed_very_much_fetches_anew(parts: Backend, follow: Follow, mar: Person) -> None:
    with parts.database.write() as tx:
        for _ in range(live.MOST + 1):
            live.note(tx, mar.id, live.SESSION, None, {"changed": "tokens"})
    assert follow(mar, last="0").wait_for(1) == [("reset", {})]
    assert len(follow(mar, last="1").wait_for(live.MOST)) == live.MOST


def test_at_once_from_many_sides_each_change_has_a_number_of_its_own(
    parts: Backend, follow: Follow, mar: Person
) -> None:
    listener = follow(mar)
    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(lambda _: save(parts, mar), range(40)))
    heard = listener.wait_for(40)
    assert {data["id"] for _, data in heard} == told
    assert [frame.id for frame in listener.heard[1:]] == [str(number) for number in range(1, 41)]


@pytest.mark.parametrize("owner", ["visitor:samples", "x" * 64, "01920000-0000-7000-8000-000000000000"])
def test_of_who_has_no_account_nothing_is_noted(parts: Backend, owner: str) -> None:
    tell(parts, "document.saved.v1", new_id(), owner=owner, version=1)
    with parts.database.read() as tx:
        assert tx.scalars(select(LiveHead.user_id).where(LiveHead.user_id == owner)).all() == []


def test_with_the_account_all_of_it_goes(parts: Backend, mar: Person) -> None:
    save(parts, mar)
    with parts.database.write() as tx:
        tx.execute(delete(User).where(User.id == mar.id))
    with parts.database.read() as tx:
        assert tx.scalars(select(LiveEvent.number).where(LiveEvent.user_id == mar.id)).all() == []
        assert tx.scalars(select(LiveHead.number).where(LiveHead.user_id == mar.id)).all() == []


def test_a_program_hears_of_what_it_may_read_and_of_nothing_else(
    parts: Backend, follow: Follow, mar: Person
) -> None:
    reads, uses = access_token(parts, mar, "documents:read"), access_token(parts, mar, "ai:use")
    reading, using, browser = follow(reads[1]), follow(uses[1]), follow(mar)
    save(parts, mar)
    tell(parts, "account.changed.v1", mar.id, part="tokens")
    assert browser.wait_for(2)[1][0] == "session"
    assert [name for name, _ in reading.wait_for(1)] == ["documents"]
    time.sleep(2 * hub.EVERY)
    assert (reading.names(), using.names()) == (["documents"], [])


def test_that_most_of_a_budget_is_used_is_told_to_who_may_use_it(
    parts: Backend, follow: Follow, mar: Person, somebody: Somebody
) -> None:
    told = {"budget": "day", "period": "2026-11-25", "used": 81, "limit": 100}
    reads, uses = access_token(parts, mar, "documents:read"), access_token(parts, mar, "ai:use")
    reading, using, browser, another = (
        follow(reads[1]),
        follow(uses[1]),
        follow(mar),
        follow(somebody("member")),
    )
    tell(parts, "budget.reached.v1", mar.id, owner=mar.id, **told)
    assert browser.wait_for(1) == using.wait_for(1) == [("budget", told)]
    time.sleep(2 * hub.EVERY)
    assert (reading.names(), another.names()) == ([], [])


def test_who_waits_for_approval_is_told_of_the_account_only(
    parts: Backend, follow: Follow, somebody: Somebody
) -> None:
    pau = somebody("pending")
    listener = follow(pau)
    save(parts, pau)
    tell(parts, "account.changed.v1", pau.id, part="sessions")
    assert listener.wait_for(1) == [("session", {"changed": "sessions"})]
    with parts.database.write() as tx:
        people.approve(tx, tx.get_one(User, pau.id), HERE)
    assert listener.reason() == "changed"


def test_nobody_is_told_anything(client: FlaskClient) -> None:
    assert client.get("/api/account/events").status_code == 401


def test_who_leaves_is_not_told_either(
    client: FlaskClient, parts: Backend, follow: Follow, mar: Person
) -> None:
    with parts.database.write() as tx:
        tx.get_one(User, mar.id).status = DELETING
    answer = follow(mar).answer
    assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/account-deleting")


def test_a_token_of_before_opens_nothing_after_the_sign_out(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    """The gateway keeps its decision for a second; the stream would outlive that."""
    headers = at_the_door(client, mar)
    with parts.database.write() as tx:
        sessions.end(tx, mar.cookie)
    assert client.get("/api/account/events", headers=headers).status_code == 401


def test_to_ask_for_the_headers_alone_holds_no_place(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    answer = client.head("/api/account/events", headers=at_the_door(client, mar))
    answer.close()
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert parts.live.of(mar.id) == []


ENDS: dict[str, Callable[[Any, Backend, Person, str], object]] = {
    "signed-out": lambda tx, parts, mar, session: sessions.end(tx, mar.cookie),
    "elsewhere": lambda tx, parts, mar, session: sessions.end_one(tx, mar.id, session),
    "everywhere": lambda tx, parts, mar, session: sessions.end_all(tx, mar.id),
    "suspended": lambda tx, parts, mar, session: people.set_status(
        tx, tx.get_one(User, mar.id), SUSPENDED, HERE
    ),
    "changed": lambda tx, parts, mar, session: people.give_role(tx, tx.get_one(User, mar.id), "admin", HERE),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_stream_is_over_when_what_it_was_opened_with_is(
    client: FlaskClient, parts: Backend, follow: Follow, mar: Person, somebody: Somebody, how: str
) -> None:
    other, before = somebody("member"), at_the_door(client, mar)
    listener, hers = follow(mar), follow(other)
    with parts.database.write() as tx:
        ENDS[how](tx, parts, mar, session_of(parts, mar))
    assert listener.reason() == how
    assert not hers.over.is_set()
    if how != "changed":
        assert client.get("/api/account/events", headers=before).status_code == 401


def test_after_a_change_of_roles_the_next_stream_says_what_is_allowed_now(
    parts: Backend, follow: Follow, mar: Person
) -> None:
    listener = follow(mar)
    with parts.database.write() as tx:
        people.take_role(tx, tx.get_one(User, mar.id), "member", HERE)
    assert listener.reason() == "changed"
    again = follow(mar)
    save(parts, mar)
    tell(parts, "account.changed.v1", mar.id, part="tokens")
    assert again.wait_for(1) == [("session", {"changed": "tokens"})]
    assert not again.over.wait(1.5)


def test_a_role_that_allows_something_else_ends_the_streams_of_who_has_it(
    parts: Backend, follow: Follow, mar: Person
) -> None:
    role, actor = f"r{new_id()}", operator(parts.policy)
    with parts.database.write() as tx:
        roles.make(tx, actor, role, ["documents:read"], HERE)
        people.give_role(tx, tx.get_one(User, mar.id), role, HERE)
    time.sleep(1.2)
    listener = follow(mar)
    with parts.database.write() as tx:
        roles.change(tx, actor, role, ["ai:use"], HERE)
    assert listener.reason() == "changed"


def test_another_device_goes_on(parts: Backend, follow: Follow, mar: Person) -> None:
    with parts.database.write() as tx:
        phone = Person(mar.id, sign_in(tx, parts, mar.id))
    here, there = follow(mar), follow(phone)
    with parts.database.write() as tx:
        sessions.end(tx, mar.cookie)
    assert here.reason() == "signed-out"
    assert not there.over.is_set()


def test_an_access_token_that_is_revoked(parts: Backend, follow: Follow, mar: Person) -> None:
    (one, text), (_, other) = access_token(parts, mar, "documents:read"), access_token(parts, mar, "ai:use")
    listener, goes_on = follow(text), follow(other)
    with parts.database.write() as tx:
        tokens.revoke(tx, mar.id, one, HERE)
    assert listener.reason() == "revoked"
    assert not goes_on.over.is_set()


def test_an_access_token_that_expires(parts: Backend, follow: Follow, mar: Person) -> None:
    token, text = access_token(parts, mar, "documents:read")
    with parts.database.write() as tx:
        soon = now() + timedelta(seconds=4)
        tx.execute(update(AccessToken).where(AccessToken.id == token).values(expires_at=soon))
    listener = follow(text)
    assert not listener.over.wait(0.5)
    assert listener.over.wait(LONG)
    assert listener.told()[-1] == ("end", {"reason": "expired"})


@pytest.mark.parametrize("limit", ["idle", "absolute"])
def test_a_session_that_has_lived_its_life(parts: Backend, follow: Follow, mar: Person, limit: str) -> None:
    soon = now() + timedelta(seconds=1.5)
    used = {"last_used_at": soon - parts.lifetimes.idle} if limit == "idle" else {"expires_at": soon}
    headers_of = follow(mar)
    with parts.database.write() as tx:
        tx.execute(update(BrowserSession).where(BrowserSession.user_id == mar.id).values(**used))
    with parts.database.read() as tx:
        ends_at = sessions.ends_at(tx, session_of(parts, mar), parts.lifetimes)
    assert ends_at is not None
    assert abs((ends_at - soon).total_seconds()) < 0.01
    for mine in parts.live.of(mar.id):
        mine.ends_at = now()  # as if it had been opened so long ago: it looks again
    assert headers_of.over.wait(LONG)
    assert headers_of.told()[-1] == ("end", {"reason": "expired"})


def test_a_session_that_is_used_meanwhile_lives_longer(parts: Backend, follow: Follow, mar: Person) -> None:
    listener = follow(mar)
    for mine in parts.live.of(mar.id):
        mine.ends_at = now()
    assert not listener.over.wait(1)
    assert all(mine.ends_at and mine.ends_at > now() for mine in parts.live.of(mar.id))


def test_the_oldest_makes_room(parts: Backend, follow: Follow, mar: Person) -> None:
    streams = [follow(mar) for _ in range(hub.MOST_OF_ONE + 2)]
    assert [each.reason() for each in streams[:2]] == ["crowded", "crowded"]
    document = save(parts, mar)
    for each in streams[2:]:
        assert each.wait_for(1) == [("documents", {"id": document, "kind": "saved", "version": 1})]
    assert streams[0].heard[-1].retry is not None
    assert streams[0].heard[-1].retry >= 60_000


def test_a_full_house_is_told(
    parts: Backend, follow: Follow, mar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(mar)
    monkeypatch.setattr(parts.live, "_places", parts.live.size)
    answer = follow(mar).answer
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_process_that_serves_no_streams_refuses(
    client: FlaskClient, parts: Backend, mar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway leads nobody there."""
    monkeypatch.setattr(parts.live, "_started", False)
    assert client.get("/api/account/events", headers=at_the_door(client, mar)).status_code == 503
    assert create_app(parts.settings).extensions["backend"].live.size == 0


def test_silence_is_broken_so_that_who_has_gone_is_noticed(
    client: FlaskClient, parts: Backend, mar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.2)
    answer = client.get("/api/account/events", headers=at_the_door(client, mar), buffered=False)
    pieces: Iterator[Any] = iter(answer.response)
    assert next(pieces).startswith(b"retry: ")
    assert [next(pieces), next(pieces)] == [b":\n\n", b":\n\n"]
    assert len(parts.live.of(mar.id)) == 1
    answer.close()
    assert parts.live.of(mar.id) == []


def test_a_database_that_is_away_ends_streams_rather_than_leave_them_unwatched(
    parts: Backend, follow: Follow, mar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = follow(mar)
    monkeypatch.setattr(parts.live.watcher, "_ask", lambda _: 1 / 0)
    assert listener.over.wait(LONG)
    assert listener.told()[-1] == ("end", {"reason": "unknown"})
    with pytest.raises(RuntimeError):
        parts.live.check()
    monkeypatch.undo()
    until(lambda: is_well(parts))


def is_well(parts: Backend) -> bool:
    with suppress(RuntimeError):
        parts.live.check()
        return True
    return False


def test_a_process_that_ends_says_so(
    parts: Backend, follow: Follow, mar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = follow(mar)
    monkeypatch.setattr(leaving, "is_asked_to", lambda: True)
    assert listener.reason() == "leaving"
    assert follow(mar).answer.status_code == 503
