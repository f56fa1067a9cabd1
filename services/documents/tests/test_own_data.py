"""A person's documents as a whole: all as files, all erased, and nobody else's."""

import json
import tracemalloc
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import func, insert, select

from documents.library.models import Document, DocumentTag
from documents.own_data import service
from documents.own_data.files import as_file
from documents.samples.service import OWNER
from documents.search.models import DocumentWords
from documents.tests.people import ANA, BEA, Person, read
from documents.worker import QUEUES
from servicekit.database import Database
from servicekit.events import MORE, Event
from servicekit.events.tables import OUTBOX
from servicekit.ids import new_id, now
from servicekit.people import DELETED, EXPORT
from servicekit.testing import Issuer

MANY = 2000


@pytest.fixture
def headers(issuer: Issuer) -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.token('documents', ANA, EXPORT)}"}


def exported(app: APIFlask, headers: dict[str, str]) -> list[Any]:
    answer = app.test_client().get(f"/internal/people/{ANA}/export", headers=headers)
    assert answer.status_code == 200
    *files, end = map(json.loads, answer.get_data(as_text=True).splitlines())
    assert end == {"complete": True}
    return files


def erase(app: APIFlask) -> None:
    """What the worker does when Ana has deleted her account."""
    database: Database = app.extensions["database"]
    told, more = Event.of(DELETED, ANA), True
    while more:
        with database.write() as tx:
            more = QUEUES["documents.people"][DELETED](tx, told) is MORE


def reports(app: APIFlask) -> list[str]:
    with app.extensions["database"].read() as session:
        mine = select(OUTBOX.c.subject).where(OUTBOX.c.type == "documents.person_erased.v1")
        return list(session.scalars(mine))


def many(app: APIFlask, owner: str, body: str) -> None:
    database: Database = app.extensions["database"]
    kept = {
        "owner": owner,
        "title": "Same",
        "body": body,
        "version": 1,
        "created_at": now(),
        "updated_at": now(),
    }
    for _ in range(MANY // 100):
        with database.write() as session:
            session.execute(insert(Document), [{"id": new_id(), **kept} for _ in range(100)])


def test_a_document_is_markdown_with_its_front_matter(
    app: APIFlask, ana: Person, headers: dict[str, str]
) -> None:
    title = 'Say "hi": \u2028 [x] # {y}'
    saved = ana.save(title, "# Body\n\n---\nñ", ("a", "b: c"))
    (file,) = exported(app, headers)
    head, _, body = file["text"].removeprefix("---\n").partition("\n---\n\n")
    assert body == "# Body\n\n---\nñ"
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    assert json.loads(fields["title"]) == title
    assert json.loads(fields["tags"]) == ["a", "b: c"]
    assert fields["id"] == saved
    assert "\u2028" not in head
    assert file["name"] == f"{title}.md"
    assert file["modified_at"] == fields["updated_at"]


def test_nobody_elses_is_given_or_erased(
    app: APIFlask, ana: Person, bea: Person, headers: dict[str, str]
) -> None:
    ana.save("Of Ana", tags=("x",))
    bea.save("Of Bea", "a secret", ("x",))
    assert [file["name"] for file in exported(app, headers)] == ["Of Ana.md"]
    assert reports(app) == []
    for _ in range(2):
        erase(app)
        assert ana.titles() == exported(app, headers) == []
        assert set(reports(app)) == {ANA}
        assert bea.titles() == bea.titles(tag="x") == bea.search("secret") == ["Of Bea"]
        assert read(ana.get("/samples"))["items"]


def test_tags_and_index_go_with_the_documents(app: APIFlask, ana: Person) -> None:
    for number in range(25):
        ana.save(f"Number {number}", "marjoram", ("garden",))
    erase(app)
    ours = select(Document.id).where(Document.owner == OWNER)
    with app.extensions["database"].read() as session:
        for table in (DocumentTag, DocumentWords):
            left = select(func.count()).select_from(table).where(table.document_id.not_in(ours))
            assert session.scalar(left) == 0


def test_two_thousand_documents_need_no_more_memory_than_a_few(
    app: APIFlask, bea: Person, headers: dict[str, str]
) -> None:
    bea.save("Of Bea")
    many(app, ANA, "x" * 20_000)
    many(app, BEA, "")
    client = app.test_client()
    tracemalloc.start()
    answer = client.get(f"/internal/people/{ANA}/export", headers=headers)
    lines = sum(
        chunk.count("\n") if isinstance(chunk, str) else chunk.count(b"\n") for chunk in answer.response
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == MANY + 1
    assert peak < 8_000_000  # the texts alone are 40 MB
    erase(app)
    with app.extensions["database"].read() as session:
        assert session.scalar(select(func.count()).where(Document.owner == ANA)) == 0
        assert session.scalar(select(func.count()).where(Document.owner == BEA)) == MANY + 1


def test_a_batch_ends_where_the_next_begins(app: APIFlask, ana: Person, headers: dict[str, str]) -> None:
    for number in range(2 * service.BATCH):
        ana.save(f"{number}")
    names = [file["name"] for file in exported(app, headers)]
    assert sorted(names) == sorted(f"{number}.md" for number in range(2 * service.BATCH))


def test_what_yaml_could_misread_is_escaped() -> None:
    document = Document(
        id="i", title="a\x85b\ufeff", body="", tag_rows=[], created_at=now(), updated_at=now()
    )
    assert 'title: "a\\u0085b\\ufeff"' in as_file(document).text
