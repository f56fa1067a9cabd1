"""How long a question takes among many passages of one person, once their vectors are in memory.

    PYTHONPATH=.:libs:services .venv/bin/python bench/search.py [--passages 100000] [--rounds 100] [--through]

In one process; or, with `--through`, the whole answer: through the gateway to the AI service, which asks the documents
service for what the words find. Beside the time of each question it tells the processor time of all processes together,
which depends less on what else the machine does.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
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
from tests.support import people, run_folder
from tests.support.platform import running_platform
from tests.support.process_tree import descendants, seconds_of

OF_EACH = 10
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


def fill(database: Database, owner: str, passages: int) -> None:
    """Vectors of nothing: how long it takes does not depend on what they say. No two texts are the same."""
    random = np.random.default_rng(7)
    for _ in range(0, passages, OF_EACH * 100):
        documents, rows = [], []
        for _ in range(100):
            document = new_id()
            told = {"owner": owner, "title": "Title", "tags": "[]", "version": 1, "indexed_at": now()}
            documents.append({"document_id": document, **told})
            vectors = random.standard_normal((OF_EACH, SIZE)).astype("<f4")
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            rows += [
                {
                    "owner": owner, "document_id": document, "position": place, "start": 0,
                    "text": f"{document} {place}. {TEXT}",
                    "language": "en", "digest": bytes(32), "vector": vector.tobytes(),
                }
                for place, vector in enumerate(vectors)
            ]  # fmt: skip
        with database.write() as session:
            session.execute(insert(IndexedDocument), documents)
            session.execute(insert(Passage), rows)
            index.stamp(session, owner)


def ask(database: Database, meaning: Meaning, owner: str, question: str) -> None:
    read = meaning.reading.question(question, owner)
    with database.read() as session:
        look = meaning.second_look.at(question, owner)
        service.documents(session, owner, meaning.nearest, read.vectors, [], look, 10)


def report(passages: int, rounds: int, question: Callable[[str], None], spent: Callable[[], float]) -> None:
    began = time.perf_counter()
    question("first")
    print(
        f"{passages} passages, the first question (reads them): {(time.perf_counter() - began) * 1000:.0f} ms"
    )
    question(QUESTIONS[1])  # the translator starts
    times, processor = [], []
    for number in range(rounds):
        began, before = time.perf_counter(), spent()
        question(f"{QUESTIONS[number % len(QUESTIONS)]} {number}")
        times.append((time.perf_counter() - began) * 1000)
        processor.append((spent() - before) * 1000)
    times.sort()
    print(
        f"warm: p50 {median(times):.1f} ms, p95 {times[int(rounds * 0.95)]:.1f} ms, the quickest {times[0]:.1f} ms; "
        f"processor time {sum(processor) / rounds:.1f} ms on average; load {os.getloadavg()[0]:.0f}"
    )


def in_this_process(passages: int, rounds: int) -> None:
    owner = new_id()
    with tempfile.TemporaryDirectory() as folder:
        database, meaning = Database(f"sqlite:///{Path(folder) / 'ai.db'}"), Meaning()
        migrations.upgrade(database.engine, MIGRATIONS)
        fill(database, owner, passages)
        report(passages, rounds, lambda question: ask(database, meaning, owner, question), time.process_time)
        meaning.english.close()


def through_the_door(passages: int, rounds: int) -> None:
    run_folder.make()
    try:
        with (
            running_platform({"RATE_API": "100000r/s"}) as platform,
            closing(people.sign_in(platform.url, "mar")) as mar,
        ):
            fill(Database(platform.stack.database_url("ai")), mar.get("/api/account").json()["id"], passages)

            def question(text: str) -> None:
                answer = mar.post("/api/ai/search", json={"query": text}, timeout=120)
                if answer.status_code != 200 or not answer.json()["items"]:
                    raise SystemExit(f"answered {answer.status_code}: {answer.text[:200]}")

            report(passages, rounds, question, processor_time)
    finally:
        run_folder.remove()


def processor_time() -> float:
    """Of all processes of the platform, those of whoever asks left out."""
    return sum(seconds_of(pid) for pid, _ in descendants(os.getpid()))


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--passages", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=100)
    arguments.add_argument("--through", action="store_true")
    told = arguments.parse_args()
    (through_the_door if told.through else in_this_process)(told.passages, told.rounds)


if __name__ == "__main__":
    main()
