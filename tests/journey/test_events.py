"""What has happened is told: from the gateway over the outbox to the other service's worker, whatever is killed."""

from collections.abc import Callable, Iterator

import httpx2
import pytest
from sqlalchemy import select

from backend import events
from servicekit.database import Database
from servicekit.events.tables import OUTBOX
from tests.support.people import Account
from tests.support.platform import Platform
from tests.support.waiting import until

SignIn = Callable[[Account], httpx2.Client]
SERVICES = ("backend", "documents")


@pytest.fixture
def databases(stack: Platform) -> Iterator[dict[str, Database]]:
    found = {name: Database(stack.stack.database_url(name)) for name in SERVICES}
    yield found
    for database in found.values():
        database.engine.dispose()


def test_what_a_person_does_is_told(
    stack: Platform, signed_in: SignIn, databases: dict[str, Database]
) -> None:
    mar = signed_in("mar")
    saved = save(mar, "told")
    mar.delete(f"/api/documents/{saved}")
    mar.post("/auth/logout")
    until(lambda: unsent(databases) == 0)
    documents, sessions = told(databases["documents"]), told(databases["backend"])
    assert [kind for kind, subject in documents if subject == saved] == [
        "document.saved.v1",
        "document.deleted.v1",
    ]
    assert "user.created.v1" in {kind for kind, _ in sessions}
    assert "session.revoked.v1" in {kind for kind, _ in sessions}


def test_whose_account_is_gone_has_no_documents_any_more(
    stack: Platform, signed_in: SignIn, databases: dict[str, Database]
) -> None:
    mar, ada = signed_in("mar"), signed_in("ada")
    for number in range(45):  # more than are erased at once
        save(mar, f"of mar's {number}")
    kept = save(ada, "of ada's")
    delete(databases, mar)
    until(lambda: mar.get("/api/documents").json()["items"] == [])
    assert ada.get(f"/api/documents/{kept}").status_code == 200


@pytest.mark.parametrize("victim", ["backend_worker", "documents_worker"])
def test_a_worker_that_is_killed_loses_nothing(
    stack: Platform, signed_in: SignIn, databases: dict[str, Database], victim: str
) -> None:
    mar = signed_in("mar")
    for _ in range(5):
        save(mar, "to be erased")
        delete(databases, mar)
        stack.kill(victim)
        stack.start(victim)
    until(lambda: unsent(databases) == 0 and mar.get("/api/documents").json()["items"] == [])


def test_without_workers_everything_is_accepted_and_done_later(
    stack: Platform, signed_in: SignIn, databases: dict[str, Database]
) -> None:
    for service in SERVICES:
        stack.stop(f"{service}_worker")
    mar = signed_in("mar")
    saved = save(mar, "told later")
    delete(databases, mar)
    assert unsent(databases) >= 2
    assert mar.get(f"/api/documents/{saved}").status_code == 200
    for service in SERVICES:
        stack.start(f"{service}_worker")
    until(lambda: unsent(databases) == 0 and mar.get(f"/api/documents/{saved}").status_code == 404)


def test_the_id_of_the_click_goes_with_what_it_tells(
    signed_in: SignIn, databases: dict[str, Database]
) -> None:
    answer = signed_in("mar").post("/api/documents", json={"title": "traced", "body": "", "tags": []})
    with databases["documents"].read() as tx:
        mine = select(OUTBOX.c.headers).where(OUTBOX.c.subject == answer.json()["id"])
        (headers,) = tx.scalars(mine)
    assert answer.headers["X-Request-ID"] in headers


def save(client: httpx2.Client, title: str) -> str:
    answer = client.post("/api/documents", json={"title": title, "body": "", "tags": []})
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def delete(databases: dict[str, Database], person: httpx2.Client) -> None:
    """What the deletion of an account tells."""
    with databases["backend"].write() as tx:
        events.user_deleted(tx, person.get("/api/account").json()["id"])


def told(database: Database) -> list[tuple[str, str]]:
    with database.read() as tx:
        return [(row.type, row.subject) for row in tx.execute(select(OUTBOX).order_by(OUTBOX.c.number))]


def unsent(databases: dict[str, Database]) -> int:
    total = 0
    for database in databases.values():
        with database.read() as tx:
            total += len(tx.scalars(select(OUTBOX.c.number).where(OUTBOX.c.sent_at.is_(None))).all())
    return total
