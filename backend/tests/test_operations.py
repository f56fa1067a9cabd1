"""Operations: all services' events in one place, for who may, and each decision once and in the audit."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select
from structlog.testing import capture_logs
from werkzeug.serving import make_server

from backend.audit.models import AuditEntry
from backend.context import Backend
from backend.tests.conftest import Person, at_the_door
from servicekit import create_service
from servicekit.database import Database
from servicekit.events.line import Letter
from servicekit.events.lines import line_to_broker
from servicekit.events.tables import add_to
from servicekit.events.topology import topology
from servicekit.identity import Keys
from servicekit.ids import new_id
from servicekit.operations.desk import Desk
from servicekit.operations.room import room
from servicekit.settings import Settings
from servicekit.testing import Issuer

SignIn = Callable[[str], Person]
QUEUE = "documents.people"
ADDRESS = "/api/admin/operations"
OTHERS = set(topology().services) - {"backend", "documents"}
LETTERS = f"{ADDRESS}/documents/dead-letters"


class Hearer:
    """A documents service as far as its events go, reached over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'hearer.db'}")
        add_to(metadata := MetaData())
        metadata.create_all(self.database.engine)
        self.settings = Settings(broker_url=f"filesystem://{folder / 'events'}")
        self.desk = Desk("documents", self.database, self.settings)
        self.url = ""
        self.seen: list[str] = []

    def bury(self, **data: Any) -> str:
        """A message that nobody could handle; its id."""
        event_id = new_id()
        body = json.dumps({"id": event_id, "type": "user.deleted.v1", "subject": "secret", "data": data})
        line = line_to_broker(self.settings)
        line.open()
        line._put([Letter("documents.dead", QUEUE, body, {"x-reason": "it was poison"}, event_id)])
        line.close()
        return event_id


@contextmanager
def served(app: APIFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hearer(app: APIFlask, parts: Backend, tmp_path: Path) -> Iterator[Hearer]:
    """Beside the backend of the tests, whose settings know where it is."""
    hearer = Hearer(tmp_path)
    other = create_service(
        "documents", hearer.settings, rooms=[room(hearer.desk)], keys=Keys(parts.keys.public)
    )
    with served(other) as hearer.url:
        told = {"peers": f"documents={hearer.url}", "broker_url": f"filesystem://{tmp_path / 'own'}"}
        app.extensions["backend"] = replace(parts, settings=parts.settings.model_copy(update=told))
        yield hearer
    app.extensions["backend"] = parts
    hearer.database.engine.dispose()


@pytest.fixture
def ada(somebody: SignIn) -> Person:
    return somebody("admin")


def services(client: FlaskClient, person: Person) -> dict[str, Any]:
    answer = client.get(ADDRESS, headers=at_the_door(client, person))
    assert answer.status_code == 200, answer.text
    return {told["name"]: told for told in answer.json["services"]}  # type: ignore[index]


def listed(client: FlaskClient, person: Person, **query: Any) -> Any:
    answer = client.get(LETTERS, query_string={"queue": QUEUE, **query}, headers=at_the_door(client, person))
    assert answer.status_code == 200, answer.text
    return answer.json


def statuses(address: str, token: str | None) -> set[int]:
    """What a service says to who comes with `token` to where only the backend does."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    place, letter = f"{address}/internal/operations", f"/dead-letters/{new_id()}"
    with httpx2.Client(headers=headers, trust_env=False) as client:
        asked = [
            client.get(place),
            client.get(f"{place}/dead-letters", params={"queue": QUEUE}),
            client.get(place + letter),
            client.post(f"{place}{letter}/again"),
            client.delete(place + letter),
        ]
    return {answer.status_code for answer in asked}


def done(parts: Backend, person: Person) -> list[tuple[str, dict[str, Any]]]:
    """What the audit says that this person did here, in order."""
    with parts.database.read() as tx:
        mine = select(AuditEntry).where(AuditEntry.actor == person.id).order_by(AuditEntry.id)
        return [(e.action, e.detail) for e in tx.scalars(mine) if e.action.startswith("operations.")]


def test_all_services_are_told_of(client: FlaskClient, hearer: Hearer, ada: Person) -> None:
    hearer.bury()
    told = services(client, ada)
    states = {name: service["state"] for name, service in told.items()}
    assert states == {"backend": "ok", "documents": "ok"} | dict.fromkeys(OTHERS, "unknown")
    assert told["backend"]["events"]["broker"] == "ok"
    assert set(told["backend"]["events"]["outbox"]) == {
        "waiting",
        "returned",
        "oldest_at",
        "sent_last_minute",
    }
    (queue,) = (each for each in told["documents"]["events"]["queues"] if each["name"] == QUEUE)
    assert (queue["dead_letters"], queue["waiting"]) == (1, 0)


def test_one_that_does_not_answer_does_not_hide_the_others(
    app: APIFlask, client: FlaskClient, hearer: Hearer, ada: Person
) -> None:
    known = app.extensions["backend"]
    for peers, state in (("documents=http://127.0.0.1:9", "unreachable"), (None, "unknown")):
        settings = known.settings.model_copy(update={"peers": peers})
        app.extensions["backend"] = replace(known, settings=settings)
        told = services(client, ada)
        assert (told["documents"]["state"], told["documents"]["events"]) == (state, None)
        assert told["backend"]["state"] == "ok"
        refused = client.get(LETTERS, query_string={"queue": QUEUE}, headers=at_the_door(client, ada))
        assert refused.status_code == (503 if peers else 404)


def test_what_answers_nonsense_does_not_answer(
    app: APIFlask, client: FlaskClient, hearer: Hearer, ada: Person
) -> None:
    other = APIFlask("other")
    other.add_url_rule("/internal/operations", view_func=lambda: "nonsense")
    known = app.extensions["backend"]
    with served(other) as url:
        settings = known.settings.model_copy(update={"peers": f"documents={url}"})
        app.extensions["backend"] = replace(known, settings=settings)
        with capture_logs() as logged:
            assert services(client, ada)["documents"]["state"] == "unreachable"
    (entry,) = [entry for entry in logged if entry["log_level"] == "warning"]
    assert (entry["event"], entry["peer"]) == ("service not understood", "documents")
    assert "service" not in entry  # whose line it is: the backend's


def test_a_dead_letter_is_shown_without_contents(client: FlaskClient, hearer: Hearer, ada: Person) -> None:
    event_id = hearer.bury(owner="mar@demo.example")
    told = listed(client, ada)
    (letter,) = told["items"]
    assert told["next"] is None
    assert (letter["event_id"], letter["event_type"]) == (event_id, "user.deleted.v1")
    assert (letter["reason"], letter["tries"], letter["state"]) == ("it was poison", 1, "waiting")
    assert {"path": "data.owner", "kind": "text", "length": 16} in letter["shape"]
    assert "mar@demo" not in json.dumps(told)
    assert '"secret"' not in json.dumps(told)


def test_it_is_sent_again_once_and_that_is_in_the_audit(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person
) -> None:
    event_id = hearer.bury()
    (letter,) = listed(client, ada)["items"]
    headers = at_the_door(client, ada)
    answers = [client.post(f"{LETTERS}/{letter['id']}/again", headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 409]
    assert answers[1].json["type"].endswith("/conflict")  # type: ignore[index]
    assert listed(client, ada)["items"][0]["state"] == "sent_again"
    told = {
        "service": "documents",
        "queue": QUEUE,
        "letter": letter["id"],
        "event": "user.deleted.v1",
        "event_id": event_id,
    }
    assert done(parts, ada) == [("operations.sent_again", told)]


def test_it_is_dropped_once_and_the_second_hears_that_it_is_gone(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person, somebody: SignIn
) -> None:
    hearer.bury()
    hearer.bury()
    first, second = listed(client, ada)["items"]
    for person, status in ((ada, 204), (somebody("admin"), 404)):
        answer = client.delete(f"{LETTERS}/{first['id']}", headers=at_the_door(client, person))
        assert answer.status_code == status
    assert "gone already" in answer.json["detail"]  # type: ignore[index]
    assert [letter["id"] for letter in listed(client, ada)["items"]] == [second["id"]]
    assert [action for action, _ in done(parts, ada)] == ["operations.dropped"]


def test_what_was_refused_after_all_is_in_the_audit_too(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else decides between the question and the decision."""
    hearer.bury()
    (letter,) = listed(client, ada)["items"]
    drop = Desk.drop

    def late(desk: Desk, letter_id: str) -> None:
        drop(desk, letter_id)
        drop(desk, letter_id)

    monkeypatch.setattr(Desk, "drop", late)
    answer = client.delete(f"{LETTERS}/{letter['id']}", headers=at_the_door(client, ada))
    assert answer.status_code == 404
    (asked, _), (refused, detail) = done(parts, ada)
    assert (asked, refused) == ("operations.dropped", "operations.refused")
    assert (detail["asked"], detail["status"]) == ("operations.dropped", 404)


@pytest.mark.parametrize("letter_id", ["x", "..", "%2e%2e", "00000000-0000-7000-8000-000000000000"])
def test_what_is_no_dead_letter_is_not_found_and_leaves_no_trace(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person, letter_id: str
) -> None:
    headers = at_the_door(client, ada)
    assert client.delete(f"{LETTERS}/{letter_id}", headers=headers).status_code == 404
    assert client.post(f"{LETTERS}/{letter_id}/again", headers=headers).status_code == 404
    assert done(parts, ada) == []


@pytest.mark.parametrize("service", ["nobody", "documents@evil.example", "..", "backend", "ai"])
def test_of_another_service_there_is_no_such_queue(
    client: FlaskClient, hearer: Hearer, ada: Person, service: str
) -> None:
    address = f"{ADDRESS}/{service}/dead-letters"
    answer = client.get(address, query_string={"queue": QUEUE}, headers=at_the_door(client, ada))
    assert answer.status_code == 404


@pytest.mark.parametrize("query", [{}, {"queue": QUEUE, "limit": 0}, {"queue": QUEUE, "cursor": "x"}])
def test_a_wrong_question_is_told(
    client: FlaskClient, hearer: Hearer, ada: Person, query: dict[str, Any]
) -> None:
    answer = client.get(LETTERS, query_string=query, headers=at_the_door(client, ada))
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["member", "pending"])
def test_who_lacks_the_permission_learns_and_does_nothing(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person, somebody: SignIn, kind: str
) -> None:
    hearer.bury()
    (letter,) = listed(client, ada)["items"]
    mar = somebody(kind)
    headers = at_the_door(client, mar)
    asked = [
        client.get(ADDRESS, headers=headers),
        client.get(LETTERS, query_string={"queue": QUEUE}, headers=headers),
        client.post(f"{LETTERS}/{letter['id']}/again", headers=headers),
        client.delete(f"{LETTERS}/{letter['id']}", headers=headers),
    ]
    assert {answer.status_code for answer in asked} == {403}
    assert listed(client, ada)["items"][0]["state"] == "waiting"
    assert done(parts, mar) == []


def test_a_service_takes_no_token_that_the_door_gives(
    client: FlaskClient, parts: Backend, hearer: Hearer, ada: Person
) -> None:
    """The administrator's own one for documents does not name the permission; that for the backend is not for it."""
    door = client.get(
        "/internal/authorize",
        headers={"X-Audience": "documents", "Cookie": f"__Host-session={ada.cookie}"},
    ).headers["X-Identity-Token"]
    backends = at_the_door(client, ada)["Authorization"].removeprefix("Bearer ")
    assert statuses(hearer.url, door) == {403}
    assert statuses(hearer.url, backends) == {401}
    assert statuses(hearer.url, None) == {401}
    forged = Issuer(parts.settings.token_issuer).token("documents", ada.id, "operations:manage")
    assert statuses(hearer.url, forged) == {401}
