"""Long work: what may be asked for, and by whom."""

from typing import Any

import pytest

from ai.tests.people import ANA, BEA, Person, read
from ai.tests.working import Works

NOBODYS = "00000000-0000-7000-8000-000000000000"


def test_a_job_is_begun_and_seen_by_its_person_only(works: Works, ana: Person, bea: Person) -> None:
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


def test_of_another_persons_document_nothing_is_begun(works: Works, ana: Person) -> None:
    hers, mine = (
        works.shelf.save(BEA, "Bea's", "Her text."),
        works.shelf.save(ANA, "Mine", "My text is in English."),
    )
    for kind in ({"kind": "summarise"}, {"kind": "translate", "into": "es"}):
        assert works.ask(ana, document=hers, **kind).status_code == 404
        assert works.ask(ana, document=NOBODYS, **kind).status_code == 404
        assert works.ask(ana, document=mine, **kind).status_code == 202
    assert len(read(ana.get("/jobs"))["items"]) == 2


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"kind": "summarise", "model": "no-such-model"}, 404),
        ({"kind": "summarise", "model": "for-few"}, 404),
        ({"kind": "summarise", "model": "embedder"}, 404),
        ({"kind": "translate", "into": "es", "model": "smollm2-135m-instruct"}, 400),
        ({"kind": "translate", "into": "en"}, 422),
    ],
)
def test_a_model_that_cannot_and_a_language_that_it_is_in(
    works: Works, ana: Person, wish: dict[str, Any], status: int
) -> None:
    document = works.shelf.save(ANA, "The garden", "The garden behind our house is full of roses.")
    assert works.ask(ana, document=document, **wish).status_code == status


def test_what_a_job_was_told_is_seen_and_the_text_is_not(works: Works, ana: Person) -> None:
    document = works.shelf.save(ANA, "The garden", "The garden behind our house is full of roses.")
    job = read(works.ask(ana, kind="translate", document=document, into="es", model="steady"))
    assert job["params"] == {"document": document, "title": "The garden", "model": "steady", "into": "es"}


def test_jobs_are_part_of_what_one_takes_away_and_go_with_the_person(works: Works, ana: Person) -> None:
    ana.post("/jobs", json={"kind": "index"})
    assert works.exported(ANA) == ["index"]
    assert works.exported(BEA) == []
    works.erase(ANA)
    assert works.exported(ANA) == []
    assert read(ana.get("/jobs"))["items"] == []
