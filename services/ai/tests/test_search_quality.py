"""How well the search finds: 200 short documents and paraphrased questions, written for this, in search_set.json.

Half of the documents are English and half Spanish, and every question is asked among all of them. The figures hold for
meaning alone: no question has the full-text search to help it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ai.app import MIGRATIONS
from ai.embedding import Embeddings
from ai.embedding.reading import Reading
from ai.index.nearest import Nearest
from ai.language import English
from ai.search import service
from ai.tests.library import Library
from ai.tests.people import ANA
from servicekit import migrations
from servicekit.database import Database
from servicekit.ids import new_id

SET: dict[str, Any] = json.loads(Path(__file__).with_name("search_set.json").read_text(encoding="utf-8"))

WAYS = [("en", "en", 0.9), ("es", "es", 0.9), ("en", "es", 0.85), ("es", "en", 0.85)]


@dataclass(frozen=True)
class Shelf:
    """The documents in an index, and the name in the set of each by its id."""

    library: Library
    names: dict[str, str]

    def first(self, nearest: Nearest, question: str) -> str | None:
        read = self.library.reading.question(question, ANA)
        with self.library.database.read() as session:
            found = service.documents(session, ANA, nearest, read.vectors, [])
        return self.names[found[0].document_id] if found else None


@pytest.fixture
def shelf(tmp_path: Path, english: English, embeddings: Embeddings) -> Iterator[Shelf]:
    """All documents in the index of one person. What is found does not depend on the kind of database."""
    database = Database(f"sqlite:///{tmp_path / 'ai.db'}")
    migrations.upgrade(database.engine, MIGRATIONS)
    library = Library(database, Reading(embeddings, english))
    names = {new_id(): document for document in SET["documents"]}
    for document_id, document in names.items():
        library.save(ANA, document["title"], document["body"], document_id=document_id)
    library.settle()
    yield Shelf(library, {document_id: document["id"] for document_id, document in names.items()})
    database.engine.dispose()


def questions(asked_in: str, written_in: str) -> list[dict[str, str]]:
    return [
        question
        for question in SET["queries"]
        if question["language"] == asked_in and question["document"].startswith(written_in)
    ]


def test_the_set_is_as_large_as_it_says() -> None:
    ids = [document["id"] for document in SET["documents"]]
    assert len(set(ids)) == 200
    assert sum(each.startswith("es-") for each in ids) == 100
    assert all(len(questions(asked_in, written_in)) >= 40 for asked_in, written_in, _ in WAYS)
    assert {question["document"] for question in SET["queries"]} <= set(ids)


def test_no_question_is_a_copy_of_its_document() -> None:
    words = {d["id"]: set(f"{d['title']} {d['body']}".lower().split()) for d in SET["documents"]}
    for question in SET["queries"]:
        asked = [word for word in question["query"].lower().split() if len(word) > 3]
        same = sum(word in words[question["document"]] for word in asked)
        assert same < len(asked) or len(asked) < 3, question


def test_the_right_document_comes_first(shelf: Shelf) -> None:
    nearest, figures, missed = Nearest(), {}, []
    for asked_in, written_in, _ in WAYS:
        asked = questions(asked_in, written_in)
        wrong = [
            (each, first)
            for each in asked
            if (first := shelf.first(nearest, each["query"])) != each["document"]
        ]
        figures[asked_in, written_in] = 1 - len(wrong) / len(asked)
        missed += wrong
    print(
        {f"{asked_in} → {written_in}": round(figure, 3) for (asked_in, written_in), figure in figures.items()}
    )
    assert all(figures[asked_in, written_in] >= wanted for asked_in, written_in, wanted in WAYS), missed
