"""Both searches as one. `owner` is part of every statement: what is another's is not found, whatever is asked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ai.embedding import Vectors
from ai.index.models import IndexedDocument, Passage
from ai.index.nearest import Near, Nearest
from ai.search.fusion import fused
from ai.search.second_look import PASSAGES, SHARE, Look
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
    session: Session,
    owner: str,
    nearest: Nearest,
    question: Vectors,
    words: Sequence[WordHit],
    look: Look,
    most: int,
) -> list[Found]:
    """The `most` best documents, each with its best passage, the best first."""
    near = _best_of_each(passages(session, owner, nearest, question, LOOKED_AT))
    first = closer(texts_of(session, owner, near[:PASSAGES]), look)
    ranking = [each.document_id for each in first]
    ranking += [each.document_id for each in near[PASSAGES:]]
    hits = {hit.document_id: hit for hit in words}
    ranked = fused(ranking, list(hits))[:most]
    wanted = {document_id for document_id, _ in ranked}
    others = texts_of(session, owner, [each for each in near[PASSAGES:] if each.document_id in wanted])
    texts = {each.document_id: each for each in (*first, *others)}
    return [
        found
        for document_id, score in ranked
        if (found := _found(texts.get(document_id), hits.get(document_id), score)) is not None
    ]


def _found(near: Found | None, hit: WordHit | None, score: float) -> Found | None:
    """By meaning, by words, or by both; None: it went while it was looked for."""
    if near is not None:
        return replace(near, by_words=hit is not None, score=score)
    if hit is not None:
        return Found(hit.document_id, hit.title, hit.tags, hit.snippet, None, None, True, score)
    return None


def passages(session: Session, owner: str, nearest: Nearest, question: Vectors, most: int) -> list[Near]:
    """The nearest passages that have to do with the question."""
    return [each for each in nearest.find(session, owner, question, most) if each.similarity >= FLOOR]


def texts_of(session: Session, owner: str, near: Sequence[Near]) -> list[Found]:
    """Passages with their texts, in the same order."""
    if not near:
        return []
    texts = _texts(session, owner, [each.number for each in near])
    titles = _titles(session, owner, [each.document_id for each in near])
    return [
        Found(each.document_id, *titles[each.document_id], *texts[each.number], each.similarity, False, 0.0)
        for each in near
        if each.number in texts and each.document_id in titles
    ]


def closer(found: Sequence[Found], look: Look) -> list[Found]:
    """In the order that a second look gives them."""
    if not found:
        return []
    seen = look([f"{each.title}. {each.text}" for each in found])
    scores = [
        (1 - SHARE) * (each.similarity or 0.0) + SHARE * again
        for each, again in zip(found, seen, strict=True)
    ]
    return [found[place] for place in sorted(range(len(found)), key=lambda place: -scores[place])]


def _best_of_each(near: Sequence[Near]) -> list[Near]:
    best: dict[str, Near] = {}
    for each in near:
        best.setdefault(each.document_id, each)
    return list(best.values())


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
