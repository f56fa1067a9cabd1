"""How long a question takes among many passages of one person, once their vectors are in memory.

PYTHONPATH=.:libs:services .venv/bin/python bench/search.py [PASSAGES]
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from sqlalchemy import insert

from ai.app import MIGRATIONS
from ai.embedding import SIZE
from ai.index import service as index
from ai.index.models import IndexedDocument, Passage
from ai.meaning import Meaning
from ai.search import service
from servicekit import migrations
from servicekit.database import Database
from servicekit.ids import new_id, now

OWNER, OF_EACH, ROUNDS = new_id(), 10, 100
QUESTIONS = (
    "how do I fix a flat tyre",
    "receta de pan casero",
    "who pays the rent",
    "vacaciones en la playa",
)

TEXT = (
    "The tenant pays the rent before the fifth of each month, and the landlord keeps the deposit until the end. "
    * 4
)


def fill(database: Database, passages: int) -> None:
    """Vectors of nothing: how long it takes does not depend on what they say. No two texts are the same."""
    random = np.random.default_rng(7)
    for _ in range(0, passages, OF_EACH * 100):
        documents, rows = [], []
        for _ in range(100):
            document = new_id()
            told = {"owner": OWNER, "title": "Title", "tags": "[]", "version": 1, "indexed_at": now()}
            documents.append({"document_id": document, **told})
            vectors = random.standard_normal((OF_EACH, SIZE)).astype("<f4")
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            rows += [
                {
                    "owner": OWNER, "document_id": document, "position": place, "start": 0,
                    "text": f"{document} {place}. {TEXT}",
                    "language": "en", "digest": bytes(32), "vector": vector.tobytes(),
                }
                for place, vector in enumerate(vectors)
            ]  # fmt: skip
        with database.write() as session:
            session.execute(insert(IndexedDocument), documents)
            session.execute(insert(Passage), rows)
            index.stamp(session, OWNER)


def ask(database: Database, meaning: Meaning, question: str) -> float:
    began = time.perf_counter()
    read = meaning.reading.question(question, OWNER)
    with database.read() as session:
        look = meaning.second_look.at(question, OWNER)
        service.documents(session, OWNER, meaning.nearest, read.vectors, [], look)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        database, meaning = Database(f"sqlite:///{Path(folder) / 'ai.db'}"), Meaning()
        migrations.upgrade(database.engine, MIGRATIONS)
        fill(database, passages)
        print(
            f"{passages} passages, the first question (reads them): {ask(database, meaning, 'first'):.0f} ms"
        )
        ask(database, meaning, QUESTIONS[1])  # the translator starts
        times = sorted(ask(database, meaning, f"{QUESTIONS[n % len(QUESTIONS)]} {n}") for n in range(ROUNDS))
        print(f"warm: p50 {median(times):.1f} ms, p95 {times[int(ROUNDS * 0.95)]:.1f} ms")
        meaning.english.close()


if __name__ == "__main__":
    main()
