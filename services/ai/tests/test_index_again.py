"""Everything of one's own is read again; nothing of anybody else's, and nothing that is gone or older comes back."""

from typing import Any

import pytest
from sqlalchemy import func, select

from ai.index import service, tasks
from ai.index.models import IndexedDocument, IndexTask, Passage
from ai.index.texts import Text
from ai.jobs import index
from ai.tests.people import ANA, BEA, Person, read
from ai.tests.working import Works

MANY = 8


def numbers(works: Works, owner: str) -> set[int]:
    with works.database.read() as tx:
        return set(tx.scalars(select(Passage.number).where(Passage.owner == owner)))


def indexed(works: Works) -> dict[str, int]:
    with works.database.read() as tx:
        return dict(tx.execute(select(IndexedDocument.document_id, IndexedDocument.version)).all())


def test_all_is_read_again_with_progress_by_document(works: Works, ana: Person) -> None:
    mine = [works.shelf.save(ANA, f"Note {number}", f"The garden, part {number}.") for number in range(MANY)]
    hers = works.shelf.save(BEA, "Bea's", "Her secret.")
    first = works.finish(ana, works.begin(ana, kind="index"))
    assert (first["state"], first["done"], first["total"]) == ("done", MANY, MANY)
    assert indexed(works) == dict.fromkeys(mine, 1)
    before = numbers(works, ANA)
    job = works.begin(ana, kind="index")
    assert works.finish(ana, job)["counts"] == {"succeeded": MANY, "left_out": 0, "failed": 0}
    after = numbers(works, ANA)
    assert len(after) == len(before)
    assert not after & before
    assert [(line["subject"], line["result"]) for line in works.report(ana, job)] == [
        (f"Note {number}", mine[number]) for number in range(MANY)
    ]
    assert hers not in indexed(works)
    with works.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(IndexTask)) == 0


def test_what_only_the_index_has_leaves_it(works: Works, ana: Person) -> None:
    gone, stays = works.shelf.save(ANA, "Gone", "Some text."), works.shelf.save(ANA, "Stays", "Some text.")
    works.finish(ana, works.begin(ana, kind="index"))
    del works.shelf.documents[gone]
    job = works.begin(ana, kind="index")
    assert works.finish(ana, job)["counts"] == {"succeeded": 1, "left_out": 1, "failed": 0}
    assert list(indexed(works)) == [stays]


@pytest.mark.parametrize("happens", ["deleted", "saved"])
def test_what_happens_while_it_is_read_counts_more(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    document = works.shelf.save(ANA, "Note", "Old text.")

    def read_slowly(document_id: str) -> Text | None:
        text = works.shelf.text(document_id)
        with works.database.write() as tx:
            if happens == "deleted":
                service.remove(tx, ANA, document_id)
            else:
                tasks.want(tx, ANA, document_id)
        return text

    monkeypatch.setattr(index, "of_documents", read_slowly)
    assert works.finish(ana, works.begin(ana, kind="index"))["state"] == "done"
    assert indexed(works) == {}
    with works.database.read() as tx:
        waiting = list(tx.scalars(select(IndexTask.document_id)))
    assert waiting == ([] if happens == "deleted" else [document])


def test_of_another_person_nothing_is_taken_even_if_documents_errs(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = works.shelf.save(BEA, "Bea's", "Her secret.")
    monkeypatch.setattr("ai.jobs.library.ids_of", lambda *_: [hers])
    works.finish(ana, works.begin(ana, kind="index"))
    assert indexed(works) == {}


def test_killed_it_goes_on_where_it_was(works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MANY):
        works.shelf.save(ANA, f"Note {number}", f"The garden, part {number}.")
    monkeypatch.setattr("servicekit.jobs.job.LONGEST_STEP", -1)
    job = works.begin(ana, kind="index")
    text, asked = works.shelf.text, list[str]()

    def dies(document_id: str) -> Any:
        asked.append(document_id)
        if len(asked) == 4:
            raise KeyboardInterrupt
        return text(document_id)

    monkeypatch.setattr(index, "of_documents", dies)
    with pytest.raises(KeyboardInterrupt):
        works.step(9)
    assert read(ana.get(f"/jobs/{job}"))["done"] == 3
    works.hurry(job)
    told = works.finish(ana, job)
    assert (told["state"], told["done"]) == ("done", MANY)
    assert len(asked) == MANY + 1
    assert len(works.report(ana, job)) == len(indexed(works)) == MANY


def test_more_documents_than_fit_a_page(works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ai.jobs.library.AT_ONCE", 3)
    for number in range(MANY):
        works.shelf.save(ANA, f"Note {number}", "Text.")
    assert works.finish(ana, works.begin(ana, kind="index"))["total"] == MANY
