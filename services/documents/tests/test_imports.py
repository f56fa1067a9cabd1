"""Importing: an archive is taken, a job makes documents of it, and its report says what became of each file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from apiflask import APIFlask
from prometheus_client import CollectorRegistry
from sqlalchemy import delete, func, select

from documents.imports import work
from documents.imports.work import IMPORT
from documents.tests.archives import notes, packed
from documents.tests.people import ANA, MEMBER, Person, read
from documents.tests.test_own_data import erase
from servicekit.database import Database
from servicekit.events import Event
from servicekit.identity import Identity
from servicekit.jobs import runner, service
from servicekit.jobs.figures import Figures
from servicekit.jobs.job import Leased
from servicekit.jobs.runner import Asked, Runner
from servicekit.jobs.runners import job_queued
from servicekit.jobs.tables import JOB_PEOPLE, JOB_PIECES, JOBS
from servicekit.message_tokens import MessageToken
from servicekit.people import EXPORT
from servicekit.testing import Issuer

ZIP = {"content_type": "application/zip"}
NOBODYS = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the backend would give them: there is none here."""

    def on_behalf(event: Event) -> MessageToken:
        return MessageToken("a message token", event.type, event.id, event.data["owner"], frozenset())

    monkeypatch.setattr("servicekit.jobs.routes.on_behalf", on_behalf)


@pytest.fixture(autouse=True)
def _no_jobs(app: APIFlask) -> None:
    with app.extensions["database"].write() as tx:
        tx.execute(delete(JOBS))
        tx.execute(delete(JOB_PEOPLE))


def send(person: Person, data: bytes, name: str = "notes.zip", **details: Any) -> str:
    """The id of the job."""
    answer = person.call("POST", "/imports", data=data, query_string={"name": name}, **{**ZIP, **details})
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/api/documents/jobs/{read(answer)['id']}"
    return str(read(answer)["id"])


def run(app: APIFlask, job: str, turns: int = 1) -> None:
    """What the worker does, once the message has come."""
    database: Database = app.extensions["database"]
    with database.write() as tx:
        service.make_ready(tx, job, "a message token")
    one = Runner("documents", [IMPORT], as_member, database, Figures(CollectorRegistry()), threading.Event())
    for _ in range(turns):
        one.step()


@contextmanager
def as_member(job: Leased) -> Iterator[Asked]:
    yield lambda: Identity(job.owner, frozenset(MEMBER.split()))


def job_of(person: Person, job: str) -> dict[str, Any]:
    return read(person.get(f"/jobs/{job}"))


def report(person: Person, job: str, **query: Any) -> list[dict[str, Any]]:
    lines, cursor = list[dict[str, Any]](), dict[str, str]()
    while True:
        page = read(person.get(f"/jobs/{job}/report", query_string=query | cursor))
        lines += page["items"]
        if page["next"] is None:
            return lines
        cursor = {"cursor": page["next"]}


def test_an_archive_becomes_documents(app: APIFlask, ana: Person) -> None:
    job = send(
        ana,
        packed(
            {
                "a.md": "---\ntitle: First\ntags: [x, y]\n---\n\nmarjoram",
                "folder/b.md": "# Second\n\n",
                "c.md": b"\xff",
                "__MACOSX/._a.md": "",
                "picture.png": "",
            }
        ),
    )
    waiting = job_of(ana, job)
    assert (waiting["state"], waiting["total"], waiting["params"]) == ("queued", None, {"file": "notes.zip"})
    run(app, job)
    done = job_of(ana, job)
    assert (done["state"], done["done"], done["total"], done["reason"]) == ("done", 5, 5, None)
    assert done["counts"] == {"succeeded": 2, "left_out": 2, "failed": 1}
    lines = report(ana, job)
    assert [(line["subject"], line["outcome"], line["code"]) for line in lines] == [
        ("a.md", "succeeded", None),
        ("folder/b.md", "succeeded", None),
        ("c.md", "failed", "not_utf8"),
        ("__MACOSX/._a.md", "left_out", "system_file"),
        ("picture.png", "left_out", "not_markdown"),
    ]
    first = read(ana.get(f"/{lines[0]['result']}"))
    assert (first["title"], first["tags"], first["body"]) == ("First", ["x", "y"], "marjoram")
    assert ana.search("marjoram") == ["First"]
    assert [line["subject"] for line in report(ana, job, outcome="failed")] == ["c.md"]


def test_a_large_one_takes_many_steps_and_no_file_twice(app: APIFlask, ana: Person) -> None:
    job = send(ana, notes(137))
    while job_of(ana, job)["state"] != "done":
        run(app, job)
    lines = report(ana, job, limit=50)
    assert [line["number"] for line in lines] == list(range(137))
    with app.extensions["database"].read() as tx:
        assert tx.scalar(select(func.count()).select_from(JOB_PIECES)) == 0
    titles = ana.titles(limit=100)
    assert len(set(titles)) == len(titles) == 100
    assert len({line["result"] for line in lines}) == 137


def test_cancelled_in_the_middle_what_is_there_stays(
    app: APIFlask, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SLICE", 0)
    job = send(ana, notes(60))
    run(app, job, turns=2)
    assert ana.delete(f"/jobs/{job}").status_code == 204
    run(app, job, turns=2)
    ended = job_of(ana, job)
    assert (ended["state"], ended["done"]) == ("cancelled", 2 * work.MOST_DOCUMENTS)
    assert len(ana.titles(limit=100)) == len(report(ana, job)) == ended["done"]
    assert ana.delete(f"/jobs/{job}").status_code == 204


def test_one_that_cannot_be_read_fails_in_words(app: APIFlask, ana: Person) -> None:
    job = send(ana, b"PK\x03\x04 and then nothing of use")
    run(app, job)
    failed = job_of(ana, job)
    assert (failed["state"], failed["reason"]["code"]) == ("failed", "not_a_zip")
    assert ana.delete(f"/jobs/{job}").status_code == 409


@pytest.mark.parametrize(
    ("data", "details", "status"),
    [
        (b"", {}, 422),
        (b"no archive", {}, 422),
        (b"PK\x03\x04", {"content_type": "application/json"}, 415),
        (b"PK\x03\x04", {"content_type": "multipart/form-data; boundary=x"}, 415),
        (b"PK\x03\x04" + bytes(16 * 1024 * 1024), {}, 413),
        (b"PK\x03\x04", {"query_string": {"name": "a\nb"}}, 422),
        (b"PK\x03\x04", {"query_string": {"name": "x" * 201}}, 422),
        (b"PK\x03\x04", {"query_string": {"name": " "}}, 422),
    ],
)
def test_what_is_refused_at_once(ana: Person, data: bytes, details: dict[str, Any], status: int) -> None:
    assert ana.call("POST", "/imports", data=data, **{**ZIP, **details}).status_code == status
    assert read(ana.get("/jobs"))["items"] == []


def test_only_who_may_write_imports_and_cancels(app: APIFlask, issuer: Issuer, nobody: Person) -> None:
    job = send(Person(app, issuer, ANA), notes(1))
    reader = Person(app, issuer, ANA, "documents:read")
    assert reader.call("POST", "/imports", data=notes(1), **ZIP).status_code == 403
    assert reader.delete(f"/jobs/{job}").status_code == 403
    assert reader.get(f"/jobs/{job}").status_code == 200
    for method, path in (("POST", "/imports"), ("GET", "/jobs"), ("DELETE", f"/jobs/{job}")):
        assert nobody.call(method, path, data=notes(1), **ZIP).status_code == 401


def test_anothers_job_does_not_exist(app: APIFlask, ana: Person, bea: Person) -> None:
    job = send(ana, notes(1))
    run(app, job)
    for path in (f"/jobs/{job}", f"/jobs/{job}/report", f"/jobs/{NOBODYS}", "/jobs/x"):
        assert bea.get(path).status_code == 404
    assert bea.delete(f"/jobs/{job}").status_code == 404
    assert read(bea.get("/jobs"))["items"] == []


def test_jobs_are_listed_page_by_page(ana: Person) -> None:
    jobs = [send(ana, notes(1), f"{number}.zip") for number in range(5)]
    first = read(ana.get("/jobs", query_string={"limit": 3}))
    rest = read(ana.get("/jobs", query_string={"limit": 3, "cursor": first["next"]}))
    assert [job["id"] for job in first["items"] + rest["items"]] == jobs[::-1]
    assert rest["next"] is None
    for query in ({"cursor": "x"}, {"limit": 0}, {"limit": 101}, {"cursor": ANA[:-1]}):
        assert ana.get("/jobs", query_string=query).status_code == 422
    for query in ({"cursor": "-1"}, {"outcome": "x"}, {"limit": 501}):
        assert ana.get(f"/jobs/{jobs[0]}/report", query_string=query).status_code == 422


def test_too_many_that_wait(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_UNFINISHED", 2)
    for _ in range(2):
        send(ana, notes(1))
    refused = ana.call("POST", "/imports", data=notes(1), **ZIP)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")


def test_a_message_makes_it_ready_and_one_without_a_token_does_not(app: APIFlask, ana: Person) -> None:
    job = send(ana, notes(1))
    with app.extensions["database"].write() as tx:
        job_queued(tx, Event.of("documents.job_queued.v1", job, owner=ANA, kind="import"))
    with app.extensions["database"].read() as tx:
        assert tx.scalar(select(JOBS.c.due_at)) is None


def test_jobs_are_exported_and_erased_with_the_rest(
    app: APIFlask, ana: Person, bea: Person, issuer: Issuer
) -> None:
    job, other = send(ana, notes(3)), send(bea, notes(3))
    run(app, job)
    headers = {"Authorization": f"Bearer {issuer.token('documents', ANA, EXPORT)}"}
    client = app.test_client()
    told = client.get(f"/internal/people/{ANA}/export", headers=headers).get_data(as_text=True)
    assert job in told
    assert other not in told
    assert "notes/0002.md" in told
    waiting = send(ana, notes(3))
    erase(app)
    run(app, waiting)
    assert ana.titles() == read(ana.get("/jobs"))["items"] == []
    assert job_of(bea, other)["state"] == "queued"
