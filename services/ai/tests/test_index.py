"""The index follows the documents: what is saved is found, what is gone is not, and nothing is read twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from apiflask import APIFlask
from sqlalchemy import func, select, update

from ai.embedding import Embeddings
from ai.embedding.reading import Reading
from ai.index import hearing, service, tasks
from ai.index import nearest as nearest_module
from ai.index.catching_up import CatchingUp
from ai.index.indexer import Indexer
from ai.index.models import IndexedDocument, IndexStamp, IndexTask, Passage
from ai.index.nearest import Nearest
from ai.index.texts import Text
from ai.tests.library import Library
from ai.tests.people import ANA, BEA
from servicekit.database import Database
from servicekit.events import letters, schemas
from servicekit.ids import new_id, now
from servicekit.problems import Unavailable

LONG = "\n\n".join(f"# Part {number}\n\nThis is what part {number} says about it." for number in range(12))


class Counting(Embeddings):
    """The real ones, and which texts they were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed(self, texts: Any, person: str = "") -> Any:
        self.texts += texts
        return super().embed(texts, person)


@pytest.fixture(scope="module")
def counting() -> Counting:
    return Counting()


@pytest.fixture
def embedded(counting: Counting) -> list[str]:
    counting.texts.clear()
    return counting.texts


@pytest.fixture
def library(app: APIFlask, counting: Counting, english: Any) -> Library:
    return Library(app.extensions["database"], Reading(counting, english))


def titles(database: Database, nearest: Nearest, library: Library, owner: str, question: str) -> list[str]:
    asked = library.reading.question(question, owner)
    with database.read() as session:
        near = nearest.find(session, owner, asked.vectors, 5)
        return [str(session.get(IndexedDocument, each.document_id).title) for each in near]  # type: ignore[union-attr]


def count(database: Database, kind: Any) -> int:
    with database.read() as session:
        return int(session.scalar(select(func.count()).select_from(kind)) or 0)


def test_what_is_saved_is_found_by_its_meaning(database: Database, library: Library) -> None:
    library.save(ANA, "Bread", "Let the dough rest overnight and bake it in a hot pot.")
    library.save(ANA, "Garaje", "Para cambiar el aceite del motor hay que calentarlo un poco.")
    library.settle()
    nearest = Nearest()
    assert titles(database, nearest, library, ANA, "making loaves at home")[0] == "Bread"
    assert titles(database, nearest, library, ANA, "car maintenance")[0] == "Garaje"


def test_unchanged_text_is_not_embedded_again(library: Library, embedded: list[str]) -> None:
    document = library.save(ANA, "Report", LONG)
    library.settle()
    assert len(embedded) == 12 + 1  # the title, too
    embedded.clear()
    library.save(ANA, "Report", LONG.replace("part 7 says", "part 7 keeps silent"), document_id=document)
    library.settle()
    assert len(embedded) == 2
    assert "part 7 keeps silent" in embedded[0]
    embedded.clear()
    library.save(ANA, "Report", LONG.replace("part 7 says", "part 7 keeps silent"), ("tag",), document)
    library.settle()
    assert embedded == []


def test_passages_keep_their_places_when_others_come_and_go(database: Database, library: Library) -> None:
    parts = LONG.split("\n\n# ")
    document = library.save(ANA, "Report", LONG)
    library.settle()
    moved = "\n\n# ".join(["# New\n\nThis is new.", *reversed(parts[1:5]), parts[2], parts[2]])
    library.save(ANA, "Report", moved, document_id=document)
    library.settle()
    with database.read() as session:
        rows = session.scalars(select(Passage).order_by(Passage.position)).all()
    assert [row.position for row in rows] == list(range(7))
    assert all(moved[row.start : row.start + len(row.text)] == row.text for row in rows)
    assert rows[3].vector == rows[5].vector == rows[6].vector


def test_what_is_deleted_leaves_nothing(database: Database, library: Library) -> None:
    nearest = Nearest()
    gone, stays = (
        library.save(ANA, "Gone", "It will be deleted."),
        library.save(ANA, "Stays", "It will stay."),
    )
    library.settle()
    assert set(titles(database, nearest, library, ANA, "deleted")) == {"Gone", "Stays"}
    library.delete(ANA, gone)
    assert titles(database, nearest, library, ANA, "deleted") == ["Stays"]
    library.delete(ANA, stays)
    assert titles(database, nearest, library, ANA, "deleted") == []
    assert [count(database, kind) for kind in (Passage, IndexedDocument, IndexTask)] == [0, 0, 0]


def test_a_deletion_that_comes_while_it_is_read_wins(database: Database, library: Library) -> None:
    document = library.save(ANA, "Gone", "It is deleted while somebody reads it.")

    def text(document_id: str) -> Text | None:
        found = library.text(document_id)
        library.delete(ANA, document_id)
        return found

    Indexer(database, library.reading, text, threading.Event()).do_one()
    assert document not in library.texts
    assert [count(database, kind) for kind in (Passage, IndexedDocument, IndexTask)] == [0, 0, 0]


def test_a_change_that_comes_while_it_is_read_is_read_too(database: Database, library: Library) -> None:
    document = library.save(ANA, "First", "The first words.")

    def text(document_id: str) -> Text | None:
        found = library.text(document_id)
        library.save(ANA, "Second", "Other words.", document_id=document)
        return found

    Indexer(database, library.reading, text, threading.Event()).do_one()
    assert count(database, Passage) == 0
    library.settle()
    with database.read() as session:
        assert session.get(IndexedDocument, document).title == "Second"  # type: ignore[union-attr]


def test_what_is_gone_when_it_is_read_is_taken_out(database: Database, library: Library) -> None:
    document = library.save(ANA, "Here", "It is here.")
    library.settle()
    with database.write() as session:
        tasks.want(session, ANA, document)
    del library.texts[document]
    library.settle()
    assert [count(database, kind) for kind in (Passage, IndexedDocument, IndexTask)] == [0, 0, 0]


def test_a_failure_is_tried_again_later_and_holds_nobody_up(database: Database, library: Library) -> None:
    broken = library.save(ANA, "Broken", "It cannot be read.")
    library.save(BEA, "Fine", "It can be read.")

    def text(document_id: str) -> Text | None:
        if document_id == broken:
            raise TimeoutError
        return library.text(document_id)

    indexer = Indexer(database, library.reading, text, threading.Event())
    with pytest.raises(TimeoutError):
        indexer.do_one()
    assert indexer.do_one()
    assert not indexer.do_one()
    with database.read() as session:
        assert session.scalars(select(IndexTask.attempts)).all() == [1]
        assert session.scalars(select(IndexedDocument.title)).all() == ["Fine"]


def test_people_take_turns(database: Database, library: Library) -> None:
    for number in range(4):
        library.save(ANA, f"Ana {number}", "text")
    library.save(BEA, "Bea", "text")
    for _ in range(2):
        library.indexer.do_one()
    with database.read() as session:
        assert BEA in set(session.scalars(select(IndexedDocument.owner)))


def test_a_long_document_of_somebody_else_is_not_waited_for(database: Database, library: Library) -> None:
    """Nor does whoever saves many take all the threads."""
    long = library.save(ANA, "Long", "text")
    library.save(ANA, "Short", "text")
    begun, go_on = threading.Event(), threading.Event()

    def text(document_id: str) -> Text | None:
        if document_id == long:
            begun.set()
            assert go_on.wait(60)
        return library.text(document_id)

    indexer = Indexer(database, library.reading, text, threading.Event())
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(indexer.do_one)
        assert begun.wait(60)
        library.save(BEA, "Bea", "text")
        assert [indexer.do_one(), indexer.do_one()] == [True, False]
        with database.read() as session:
            assert session.scalars(select(IndexedDocument.title)).all() == ["Bea"]
        go_on.set()
        assert reading.result()
    assert [indexer.do_one(), indexer.do_one()] == [True, False]


def test_a_process_learns_of_what_another_has_changed(database: Database, library: Library) -> None:
    one, other = Nearest(), Nearest()
    library.save(ANA, "First", "Something about bread.")
    library.settle()
    assert (
        titles(database, one, library, ANA, "bread")
        == titles(database, other, library, ANA, "bread")
        == ["First"]
    )
    library.save(ANA, "Second", "Something about butter.")
    library.settle()
    assert set(titles(database, one, library, ANA, "bread")) == {"First", "Second"}
    assert set(titles(database, other, library, ANA, "bread")) == {"First", "Second"}


def test_what_is_held_is_what_a_fresh_process_would_read(database: Database, library: Library) -> None:
    used = Nearest()
    documents = [
        library.save(ANA, f"Document {number}", f"It speaks of {number} things.") for number in range(12)
    ]
    library.settle()
    titles(database, used, library, ANA, "things")
    for document in documents[::3]:
        library.delete(ANA, document)
    for document in documents[1::3]:
        library.save(ANA, "Changed", f"Other words than before in {document}.", document_id=document)
    library.settle()
    asked = library.reading.question("words", ANA)
    with database.read() as session:
        assert used.find(session, ANA, asked.vectors, 50) == Nearest().find(session, ANA, asked.vectors, 50)


def test_what_takes_the_place_of_the_last_is_not_taken_for_it(database: Database, library: Library) -> None:
    nearest = Nearest()
    document = library.save(ANA, "Bread", "Bake a loaf.")
    library.settle()
    assert titles(database, nearest, library, ANA, "bread") == ["Bread"]
    library.delete(ANA, document)
    library.save(ANA, "Stars", "Look at Saturn with a telescope.")
    library.settle()
    asked = library.reading.question("bread", ANA)
    with database.read() as session:
        found = nearest.find(session, ANA, asked.vectors, 5)
        assert found == Nearest().find(session, ANA, asked.vectors, 5)


def test_another_s_vectors_are_never_looked_at(database: Database, library: Library) -> None:
    nearest = Nearest()
    library.save(BEA, "Secret", "The treasure is buried under the old oak.")
    library.settle()
    assert titles(database, nearest, library, BEA, "where is the treasure") == ["Secret"]
    assert titles(database, nearest, library, ANA, "where is the treasure") == []
    assert titles(database, nearest, library, "", "where is the treasure") == []


def test_what_is_kept_has_a_bound(database: Database, library: Library) -> None:
    nearest = Nearest(kept=2 * 4 * 384)
    people = [new_id() for _ in range(5)]
    for person in people:
        library.save(person, "Title", "One passage.")
    library.settle()
    for person in people * 2:
        assert titles(database, nearest, library, person, "passage") == ["Title"]
    assert len(nearest._places) == 2


def test_a_person_is_erased_a_little_at_a_time(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ERASED_AT_ONCE", 5)
    library.save(ANA, "Report", LONG)
    library.save(BEA, "Stays", "It stays.")
    library.settle()
    library.save(ANA, "Waiting", "It waits to be read.")
    steps = 0
    done = False
    while not done:
        with database.write() as session:
            done = service.erase_some(session, ANA)
        steps += 1
    assert steps == 4
    with database.read() as session:
        for kind in (Passage, IndexedDocument, IndexTask, IndexStamp):
            assert set(session.scalars(select(kind.owner))) <= {BEA}
    assert count(database, Passage) == 1


def test_vectors_are_stored_as_they_were_made(database: Database, library: Library) -> None:
    library.save(ANA, "Title", "Body.")
    library.settle()
    with database.read() as session:
        row = session.scalars(select(Passage)).one()
    made = library.reading.passages("Title", ["Body."], ANA).vectors[0]
    assert np.array_equal(np.frombuffer(row.vector, "<f4"), made)


def test_what_was_saved_before_anybody_listened_is_read_when_the_worker_begins(
    database: Database, library: Library
) -> None:
    current = library.save(ANA, "Current", "It is known.")
    library.settle()
    missed, changed = new_id(), library.save(ANA, "Changed", "Old words.")
    library.settle()
    library.texts[missed] = Text(BEA, "Missed", "Nobody told of it.", (), 1)
    library.texts[changed] = Text(ANA, "Changed", "New words.", (), 2)
    library.asked.clear()
    ids = sorted(library.texts)

    def pages(after: str | None) -> dict[str, Any]:
        rest = [each for each in ids if after is None or each > after]
        items = [
            {"id": each, "owner": library.texts[each].owner, "version": library.texts[each].version}
            for each in rest[:2]
        ]
        return {"items": items, "next": rest[1] if len(rest) > 2 else None}

    catching_up = CatchingUp(database, pages, threading.Event())
    for _ in range(2):
        catching_up.step()
    library.settle()
    assert sorted(library.asked) == sorted([missed, changed])
    assert current not in library.asked


def test_of_very_many_passages_the_latest_are_held(
    database: Database, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest_module, "MOST", 2)
    kept = Nearest()
    for title in ("Bread", "Cake", "Pie"):
        library.save(ANA, title, "Knead the dough and bake it.")
        library.settle()
        titles(database, kept, library, ANA, "baking")
    assert set(titles(database, kept, library, ANA, "baking")) == {"Cake", "Pie"}
    assert set(titles(database, Nearest(), library, ANA, "baking")) == {"Cake", "Pie"}


def test_of_who_is_erased_while_a_document_is_read_nothing_stays(
    database: Database, library: Library
) -> None:
    """What was saved just before is heard after the person was erased here, and then that it is gone."""
    kept = Nearest()
    with database.write() as session:
        assert service.erase_some(session, ANA)
    late = library.save(ANA, "Bread", "Knead the dough and bake it.")
    library.settle()
    assert titles(database, kept, library, ANA, "baking") == ["Bread"]
    library.delete(ANA, late)
    assert titles(database, kept, library, ANA, "baking") == []
    assert [count(database, kind) for kind in (IndexedDocument, Passage, IndexStamp, IndexTask)] == [0] * 4


def test_a_document_that_kills_who_reads_it_is_given_up_and_told(
    database: Database, library: Library
) -> None:
    """As if each process died in the middle: nobody tells of a failure, the lease runs out."""
    deadly = library.save(ANA, "Deadly", "It kills.")
    for _ in range(tasks.MOST_TRIES):
        with database.write() as session:
            assert tasks.lease(session, "", ()) is not None
            session.execute(update(IndexTask).values(due_at=now()))
    assert library.asked == []
    library.settle()  # looks once more, and gives up
    assert library.asked == []
    with database.read() as session:
        assert not tasks.is_due(session, ())
        (letter,) = letters.listed(session, "ai.documents", None, 10)
    assert (letter.type, letter.tries) == ("document.saved.v1", tasks.MOST_TRIES)
    event = schemas.read(letter.body)
    assert event.id == letter.event_id
    assert (event.subject, event.data["owner"]) == (deadly, ANA)
    _catch_up(database, library)
    library.settle()
    assert library.asked == []  # not at each new beginning again
    with database.write() as session:
        hearing.saved(session, event)  # sent again
    library.settle()
    assert library.asked == [deadly]


def test_who_does_not_answer_is_no_fault_of_the_document(database: Database, library: Library) -> None:
    saved = library.save(ANA, "Title", "Body.")
    away = Indexer(database, library.reading, _away, threading.Event())
    for _ in range(2 * tasks.MOST_TRIES):
        with database.write() as session:
            session.execute(update(IndexTask).values(due_at=now()))
        with pytest.raises(Unavailable):
            away.do_one()
    with database.write() as session:
        session.execute(update(IndexTask).values(due_at=now()))
    library.settle()
    assert library.asked == [saved]


def test_what_was_deleted_while_nobody_listened_is_forgotten(database: Database, library: Library) -> None:
    gone, stays = library.save(ANA, "Gone", "Old words."), library.save(BEA, "Stays", "Other words.")
    library.settle()
    del library.texts[gone]
    _catch_up(database, library)
    library.settle()
    with database.read() as session:
        assert list(session.scalars(select(IndexedDocument.document_id))) == [stays]
        assert set(session.scalars(select(Passage.owner))) == {BEA}


def _away(_document_id: str) -> Text | None:
    raise Unavailable


def _catch_up(database: Database, library: Library) -> None:
    items = [
        {"id": each, "owner": text.owner, "version": text.version} for each, text in library.texts.items()
    ]
    CatchingUp(database, lambda _: {"items": items, "next": None}, threading.Event()).step()
