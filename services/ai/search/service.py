"""Both searches as one. `owner` is part of every statement: what is another's is not found, whatever is asked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ai.embedding import Vectors
from ai.index.models import IndexedDocument, Passage
from ai.index.nearest import Near, Nearest
from ai.search.fusion import fused
from ai.search.words import WordHit

LOOKED_AT = 200  # passages nearest to the question
FLOOR = 0.2
"""Similarity below which a passage has nothing to do with the question."""


@dataclass(frozen=True)
class Found:
    """A passage of a document that answers a question. `similarity` and `start` None: its words were found only."""

    document_id: str
    title: str
    tags: tuple[str, ...]
    text: str
    start: int | None
    similarity: float | None
    by_words: bool
    score: float


def documents(
    session: Session, owner: str, nearest: Nearest, question: Vectors, words: Sequence[WordHit]
) -> list[Found]:
    """Each document once, with its best passage, the best document first."""
    near = _best_of_each(passages(session, owner, nearest, question, LOOKED_AT))
    hits = {hit.document_id: hit for hit in words}
    ranked = fused(list(near), list(hits))
    texts = _texts(session, owner, [each.number for each in near.values()])
    titles = _titles(session, owner, list(near))
    found = []
    for document_id, score in ranked:
        hit, close = hits.get(document_id), near.get(document_id)
        about = titles.get(document_id) or ((hit.title, hit.tags) if hit else None)
        if about is None:
            continue
        text, start = texts[close.number] if close else (hit.snippet if hit else "", None)
        similarity = close.similarity if close else None
        found.append(Found(document_id, *about, text, start, similarity, hit is not None, score))
    return found


def passages(session: Session, owner: str, nearest: Nearest, question: Vectors, most: int) -> list[Near]:
    """The nearest passages that have to do with the question."""
    return [each for each in nearest.find(session, owner, question, most) if each.similarity >= FLOOR]


def texts_of(session: Session, owner: str, near: Sequence[Near]) -> list[Found]:
    """Passages with their texts, in the same order."""
    texts = _texts(session, owner, [each.number for each in near])
    titles = _titles(session, owner, [each.document_id for each in near])
    return [
        Found(each.document_id, *titles[each.document_id], *texts[each.number], each.similarity, False, 0.0)
        for each in near
        if each.number in texts and each.document_id in titles
    ]


def _best_of_each(near: Sequence[Near]) -> dict[str, Near]:
    best: dict[str, Near] = {}
    for each in near:
        best.setdefault(each.document_id, each)
    return best


def _texts(session: Session, owner: str, numbers: Sequence[int]) -> dict[int, tuple[str, int]]:
    wanted = select(Passage.number, Passage.text, Passage.start)
    rows = session.execute(wanted.where(Passage.owner == owner, Passage.number.in_(numbers)))
    return {number: (text, start) for number, text, start in rows}


def _titles(session: Session, owner: str, ids: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    wanted = select(IndexedDocument.document_id, IndexedDocument.title, IndexedDocument.tags)
    rows = session.execute(
        wanted.where(IndexedDocument.owner == owner, IndexedDocument.document_id.in_(set(ids)))
    )
    return {document_id: (title, tuple(json.loads(tags))) for document_id, title, tags in rows}
