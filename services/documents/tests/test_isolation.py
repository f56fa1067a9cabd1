"""Who may do what: nobody without an identity, each with their permissions, and none with another's documents."""

import pytest
from apiflask import APIFlask

from documents.samples.service import OWNER
from documents.tests.people import ANA, Person, read
from servicekit.guards import guard_table
from servicekit.testing import Issuer

READ, WRITE, SAMPLES = "signed_in documents:read", "signed_in documents:write", "open_to_visitors"
OPERATIONS = "signed_in operations:manage"
GUARDS = {
    "GET /api/documents": READ,
    "POST /api/documents": WRITE,
    "GET /api/documents/search": READ,
    "GET /api/documents/{document_id}": READ,
    "PUT /api/documents/{document_id}": WRITE,
    "DELETE /api/documents/{document_id}": WRITE,
    "POST /api/documents/imports": WRITE,
    "GET /api/documents/jobs": READ,
    "GET /api/documents/jobs/{job_id}": READ,
    "GET /api/documents/jobs/{job_id}/report": READ,
    "DELETE /api/documents/jobs/{job_id}": WRITE,
    "GET /api/documents/samples": SAMPLES,
    "GET /api/documents/samples/search": SAMPLES,
    "GET /api/documents/samples/{document_id}": SAMPLES,
    "GET /internal/documents": "services_only documents:index",
    "GET /internal/documents/{document_id}": "services_only documents:index",
    "GET /internal/people/{person}/export": "signed_in internal:export",
    "GET /internal/operations": OPERATIONS,
    "GET /internal/operations/dead-letters": OPERATIONS,
    "GET /internal/operations/dead-letters/{letter_id}": OPERATIONS,
    "POST /internal/operations/dead-letters/{letter_id}/again": "signed_in internal:send-again",
    "DELETE /internal/operations/dead-letters/{letter_id}": OPERATIONS,
    "GET /api/documents/openapi.json": "open_to_all",
    "GET /healthz": "open_to_all",
    "GET /readyz": "open_to_all",
    "GET /metrics": "open_to_all",
}
ENOUGH = {  # how they refuse who may do it: there is no such job, and this is no archive
    "/api/documents/imports": {415},
    "/api/documents/jobs/{job_id}": {404},
    "/api/documents/jobs/{job_id}/report": {404},
}
PROTECTED = [(*row.split(" "), guard) for row, guard in GUARDS.items() if guard in {READ, WRITE}]


def test_every_endpoint_has_the_guard_that_is_expected(app: APIFlask) -> None:
    assert guard_table(app) == GUARDS


def call(person: Person, method: str, path: str, document: str) -> int:
    path = path.removeprefix("/api/documents").replace("{document_id}", document)
    body = {"json": {"title": "Mine now"}} if method in {"POST", "PUT"} else {}
    query = {"query_string": {"q": "secret"}} if path == "/search" else {}
    return person.call(method, path, if_match="*", **body, **query).status_code


@pytest.mark.parametrize(("method", "path", "guard"), PROTECTED)
def test_nobody_and_visitors_are_asked_to_sign_in(
    nobody: Person, visitor: Person, ana: Person, method: str, path: str, guard: str
) -> None:
    document = ana.save()
    assert call(nobody, method, path, document) == call(visitor, method, path, document) == 401
    assert ana.titles() == ["Title"]


@pytest.mark.parametrize(("method", "path", "guard"), PROTECTED)
def test_the_permission_is_needed_and_is_enough(
    app: APIFlask, issuer: Issuer, method: str, path: str, guard: str
) -> None:
    needed = guard.removeprefix("signed_in ")
    others = "documents documents:* ai:use documents:readwrite " + " ".join(
        {"documents:read", "documents:write"} - {needed}
    )
    document = Person(app, issuer, ANA).save()
    assert call(Person(app, issuer, ANA, scope=others), method, path, document) == 403
    assert call(Person(app, issuer, ANA, scope=needed), method, path, document) in ENOUGH.get(
        path, {200, 201, 204}
    )


def test_another_ones_document_does_not_exist(ana: Person, bea: Person) -> None:
    document = ana.save("Diary", "a secret", ("private",))
    for method in ("GET", "PUT", "DELETE"):
        assert call(bea, method, "/{document_id}", document) == 404
        unknown = document[:-1] + ("0" if document[-1] != "0" else "1")
        assert call(bea, method, "/{document_id}", unknown) == 404
    assert bea.get(f"/{document}", if_none_match="*").status_code == 404
    assert bea.titles() == bea.titles(tag="private") == bea.search("secret") == bea.search("diary") == []
    kept = ana.get(f"/{document}")
    assert (read(kept)["title"], kept.headers["ETag"]) == ("Diary", '"1"')


def test_a_cursor_of_another_shows_only_ones_own(ana: Person, bea: Person) -> None:
    bea.save("Of Bea")
    for number in range(3):
        ana.save(f"Of Ana {number}")
    cursor = read(ana.get(query_string={"limit": 1}))["next"]
    assert bea.titles(cursor=cursor) == ["Of Bea"]


def test_an_owner_in_the_request_changes_nothing(ana: Person, bea: Person) -> None:
    ana.save("Of Ana")
    assert bea.get(query_string={"owner": ANA}).get_json()["items"] == []


def test_nobody_owns_or_changes_the_samples(app: APIFlask, issuer: Issuer, ana: Person) -> None:
    sample = read(ana.get("/samples"))["items"][0]["id"]
    impostor = Person(app, issuer, OWNER)
    for person, code in ((ana, 404), (impostor, 401)):
        for method in ("GET", "PUT", "DELETE"):
            assert call(person, method, "/{document_id}", sample) == code
    assert impostor.post(json={"title": "A new sample"}).status_code == 401
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ana.call(method, f"/samples/{sample}", json={"title": "Mine"}).status_code == 405
