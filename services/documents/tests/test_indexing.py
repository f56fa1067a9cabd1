"""Who indexes documents sees all of them; no person comes here, and no service to where people are."""

from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from documents.library.models import Document
from documents.samples.service import OWNER
from documents.tests.people import ANA, BEA, Person
from servicekit.database import Database
from servicekit.ids import new_id
from servicekit.testing import Issuer

INDEX = "documents:index"


class Service:
    """One that comes as itself."""

    def __init__(
        self, app: APIFlask, issuer: Issuer, subject: str = "service:ai", scope: str = INDEX
    ) -> None:
        self._client = app.test_client()
        self._headers = {"Authorization": f"Bearer {issuer.token('documents', subject, scope, sid=None)}"}

    def get(self, path: str = "", **query: Any) -> Any:
        return self._client.get(f"/internal/documents{path}", query_string=query, headers=self._headers)

    def all(self, **query: Any) -> list[dict[str, Any]]:
        """Page by page."""
        found, after = list[dict[str, Any]](), dict[str, str]()
        while True:
            page = self.get(**query, **after).get_json()
            found += page["items"]
            if page["next"] is None:
                return found
            after = {"after": page["next"]}


@pytest.fixture
def ai(app: APIFlask, issuer: Issuer) -> Service:
    return Service(app, issuer)


def test_it_is_told_which_documents_there_are(app: APIFlask, ai: Service, ana: Person, bea: Person) -> None:
    hers = sorted(ana.save(f"of ana {number}") for number in range(5))
    theirs = bea.save("of bea")
    ana.put(f"/{hers[0]}", json={"title": "changed"}, if_match="*")
    found = ai.all(owner=ANA, limit=2)
    assert [item["id"] for item in found] == hers
    assert [item["version"] for item in found] == [2, 1, 1, 1, 1]
    assert {item["owner"] for item in found} == {ANA}
    assert ai.all(owner=BEA) == [{"id": theirs, "owner": BEA, "version": 1}]
    assert ai.all(owner=new_id()) == []
    database: Database = app.extensions["database"]
    with database.read() as session:
        everything = set(session.scalars(select(Document.id)))
    told = [item["id"] for item in ai.all(limit=3)]
    assert (set(told), len(told)) == (everything, len(everything))
    assert ai.all(owner=OWNER) != []


def test_it_reads_one_whole(ai: Service, ana: Person) -> None:
    document = ana.save("Diary", "a secret", ("private",))
    assert ai.get(f"/{document}").get_json() == {
        "id": document,
        "owner": ANA,
        "version": 1,
        "title": "Diary",
        "body": "a secret",
        "tags": ["private"],
        "locale": None,
    }
    ana.delete(f"/{document}")
    assert ai.get(f"/{document}").status_code == 404
    assert ai.get("/no-id").status_code == 404


@pytest.mark.parametrize("query", [{"after": "x"}, {"limit": 0}, {"limit": 1001}, {"owner": ""}])
def test_what_makes_no_sense_is_told(ai: Service, query: dict[str, Any]) -> None:
    assert ai.get(**query).status_code == 422


def test_no_person_comes_in(app: APIFlask, issuer: Issuer, ana: Person) -> None:
    """Not even with the permission, however they came by it."""
    document = ana.save()
    for subject in (ANA, "visitor:01920000"):
        somebody = Service(app, issuer, subject, f"{INDEX} documents:read")
        assert somebody.get().status_code == somebody.get(f"/{document}").status_code == 401
    assert app.test_client().get("/internal/documents").status_code == 401


def test_nor_a_service_without_the_permission(app: APIFlask, issuer: Issuer, ana: Person) -> None:
    document = ana.save()
    other = Service(app, issuer, scope="documents:read documents:write internal:export")
    assert other.get().status_code == other.get(f"/{document}").status_code == 403


def test_a_service_is_no_person(app: APIFlask, issuer: Issuer, ana: Person) -> None:
    document = ana.save()
    ai = Person(app, issuer, "service:ai", f"{INDEX} documents:read documents:write internal:export")
    assert ai.get().status_code == ai.get(f"/{document}").status_code == 401
    assert ai.post(json={"title": "x"}).status_code == ai.delete(f"/{document}").status_code == 401
    assert ai.get("/samples").status_code == 401
    headers = {"Authorization": f"Bearer {issuer.token('documents', 'service:ai', 'internal:export')}"}
    assert app.test_client().get("/internal/people/service:ai/export", headers=headers).status_code == 401
