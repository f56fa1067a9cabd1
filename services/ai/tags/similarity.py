"""Tags by similarity of meaning: those of the person's nearest documents, and those whose name fits; then phrases."""

import json
import threading
from collections import Counter, OrderedDict

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ai.crowd import Crowd
from ai.embedding import Vectors
from ai.embedding.reading import Reading
from ai.index.models import IndexedDocument
from ai.index.nearest import Nearest
from ai.language import detect
from ai.tags.phrases import phrases
from ai.tags.suggesting import Asked, Suggestion

NEIGHBOURS = 40  # passages
LIKE_A_NEIGHBOUR = 0.45
"""Similarity from which on a document is like another, and what its tags say of it may hold here."""
LIKE_ITS_NAME = 0.35
READ = 2000  # characters of the text that speak for it
NAMES_KEPT = 5000
MOST_NAMES = 500  # of a person's tags, the most used: each takes milliseconds when it is first met
OF_ONE = 8  # texts of one person at the same time: phrases are found with one processor, for all together
MOST_DOCUMENTS = 5000  # of a person, whose tags are looked at: the latest


class Similarity:
    """One for each process."""

    name = "similarity/1"

    def __init__(self, reading: Reading, nearest: Nearest) -> None:
        self._reading, self._nearest = reading, nearest
        self._lock, self._crowd = threading.Lock(), Crowd(OF_ONE)
        self._names: OrderedDict[str, Vectors] = OrderedDict()

    def suggest(self, session: Session, asked: Asked, most: int) -> list[Suggestion]:
        with self._crowd.one_of(asked.person):
            return self._suggested(session, asked, most)

    def _suggested(self, session: Session, asked: Asked, most: int) -> list[Suggestion]:
        text = f"{asked.title}. {asked.body[:READ]}"
        meaning = self._reading.meaning(text, asked.person)
        has = {_folded(tag) for tag in asked.has}
        own = [each for each in self._own(session, asked, meaning) if _folded(each.tag) not in has]
        taken = has | {_folded(each.tag) for each in own}
        new = [
            Suggestion(tag, "new", round(0.5 * worth, 4))
            for tag, worth in phrases(f"{asked.title}.\n{asked.body}", detect(text).code)
            if _folded(tag) not in taken
        ]
        return sorted([*own, *new], key=lambda each: -each.score)[:most]

    def _own(self, session: Session, asked: Asked, meaning: Vectors) -> list[Suggestion]:
        tags = _tags_of(session, asked.owner, asked.document_id)
        near = self._near(session, asked, meaning)
        scores: dict[str, float] = {}
        for document_id, theirs in tags.items():
            for tag in theirs:
                scores[tag] = max(scores.get(tag, 0.0), near.get(document_id, 0.0))
        used = Counter(tag for theirs in tags.values() for tag in theirs)
        for tag, _ in used.most_common(MOST_NAMES):
            fits = float(self._name(tag, asked.person) @ meaning)
            scores[tag] = max(scores[tag], fits if fits >= LIKE_ITS_NAME else 0.0)
        return [
            Suggestion(tag, "own", round(min(score, 1.0), 4)) for tag, score in scores.items() if score > 0
        ]

    def _near(self, session: Session, asked: Asked, meaning: Vectors) -> dict[str, float]:
        """The person's documents that are like the text, and how much."""
        found: dict[str, float] = {}
        for each in self._nearest.find(session, asked.owner, meaning[np.newaxis], NEIGHBOURS):
            if each.similarity >= LIKE_A_NEIGHBOUR and each.document_id != asked.document_id:
                found.setdefault(each.document_id, each.similarity)
        return found

    def _name(self, tag: str, person: str) -> Vectors:
        """The meaning of a tag's name: that of the words alone, whoever has them."""
        with self._lock:
            known = self._names.get(tag)
        if known is None:
            known = self._reading.question(tag, person).vectors[-1]
            with self._lock:
                self._names[tag] = known
                while len(self._names) > NAMES_KEPT:
                    self._names.popitem(last=False)
        return known


def _tags_of(session: Session, owner: str, but: str | None) -> dict[str, list[str]]:
    """The tags of each of a person's documents but one."""
    wanted = select(IndexedDocument.document_id, IndexedDocument.tags).where(
        IndexedDocument.owner == owner, IndexedDocument.tags != "[]"
    )
    latest = wanted.order_by(IndexedDocument.document_id.desc()).limit(MOST_DOCUMENTS)
    return {
        document_id: json.loads(tags) for document_id, tags in session.execute(latest) if document_id != but
    }


def _folded(tag: str) -> str:
    return tag.casefold()
