"""Long work: what may be asked for, by whom, and what becomes of it."""

from typing import Any

import pytest

from ai.tests.people import Person, read
from servicekit.events import Event
from servicekit.message_tokens import MessageToken

NOBODYS = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the backend would give them: there is none here."""

    def on_behalf(event: Event) -> MessageToken:
        return MessageToken("a message token", event.type, event.id, event.data["owner"], frozenset())

    monkeypatch.setattr("servicekit.jobs.routes.on_behalf", on_behalf)


def test_a_job_is_begun_and_seen_by_its_person_only(ana: Person, bea: Person) -> None:
    answer = ana.post("/jobs", json={"kind": "index"})
    job = read(answer)
    assert (answer.status_code, answer.headers["Location"]) == (202, f"/api/ai/jobs/{job['id']}")
    assert (job["kind"], job["state"], job["params"], job["total"]) == ("index", "queued", {}, None)
    assert [item["id"] for item in read(ana.get("/jobs"))["items"]] == [job["id"]]
    assert read(bea.get("/jobs"))["items"] == []
    assert bea.get(f"/jobs/{job['id']}").status_code == 404
    assert bea.call("DELETE", f"/jobs/{job['id']}").status_code == 404
    assert ana.call("DELETE", f"/jobs/{job['id']}").status_code == 204
    assert read(ana.get(f"/jobs/{job['id']}"))["state"] == "cancelled"


@pytest.mark.parametrize(
    ("wish", "pointers"),
    [
        ({"kind": "dream"}, ["/kind"]),
        ({"kind": "summarise"}, ["/document"]),
        ({"kind": "translate", "document": NOBODYS}, ["/into"]),
        ({"kind": "translate", "document": NOBODYS, "into": "fr"}, ["/into"]),
        ({"kind": "summarise", "document": "../x"}, ["/document"]),
        ({"kind": "summarise", "document": NOBODYS, "into": "es"}, ["/into"]),
        ({"kind": "index", "document": NOBODYS, "model": "steady"}, ["/document", "/model"]),
        ({"kind": "tag", "owner": "bea"}, ["/owner"]),
    ],
)
def test_what_cannot_be_meant_is_refused(ana: Person, wish: dict[str, Any], pointers: list[str]) -> None:
    answer = ana.post("/jobs", json=wish)
    assert answer.status_code == 422
    assert [error["pointer"] for error in read(answer)["errors"]] == pointers


def test_who_may_not_save_documents_may_only_have_them_indexed(ana: Person) -> None:
    """Her identity here says `ai:use documents:read`."""
    wishes: list[dict[str, Any]] = [
        {"kind": "tag"},
        {"kind": "summarise", "document": NOBODYS},
        {"kind": "translate", "document": NOBODYS, "into": "en"},
    ]
    assert [ana.post("/jobs", json=wish).status_code for wish in wishes] == [403] * 3


def test_visitors_and_nobody_have_no_jobs(visitor: Person, nobody: Person) -> None:
    for who in (visitor, nobody):
        assert who.post("/jobs", json={"kind": "index"}).status_code == 401
        assert who.get("/jobs").status_code == 401
