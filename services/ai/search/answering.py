"""A search from the question to the answer, for people and for visitors alike."""

from collections.abc import Callable
from typing import Any

from ai.database import database
from ai.parts import parts
from ai.search import service
from ai.search.service import Found
from ai.search.words import WordHit


def search(
    owner: str, person: str, query: str, limit: int, words: Callable[[str], list[WordHit]]
) -> dict[str, Any]:
    """What `owner` has on it, asked for by `person`. No transaction is open while others are asked."""
    hits = words(query)
    meaning = parts().meaning
    question = meaning.reading.question(query, person)
    with database().read() as session:
        look = meaning.second_look.at(query, person)
        found = service.documents(session, owner, meaning.nearest, question.vectors, hits, look, limit)
    return {
        "items": [_item(each) for each in found],
        "language": {
            "code": question.language,
            "translated": question.translated,
            "spanish": meaning.reading.reads_spanish,
        },
    }


def _item(found: Found) -> dict[str, Any]:
    by_meaning, by_words = found.similarity is not None, found.by_words
    return {
        "document_id": found.document_id,
        "title": found.title,
        "tags": list(found.tags),
        "score": round(found.score, 6),
        "similarity": None if found.similarity is None else round(found.similarity, 4),
        "found_by": [*(["meaning"] if by_meaning else []), *(["words"] if by_words else [])],
        "passage": {"text": found.text, "start": found.start},
    }
