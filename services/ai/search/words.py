"""The full-text search of documents, asked as the person who asks us."""

from dataclasses import dataclass
from typing import Any

from servicekit import as_user

LONGEST = 200  # characters that the full-text search takes
MOST = 50


@dataclass(frozen=True)
class WordHit:
    """A document in which all words of a question are."""

    document_id: str
    title: str
    tags: tuple[str, ...]
    snippet: str


def own(query: str) -> list[WordHit]:
    """Of one's own documents; nothing has all words of a very long question."""
    if len(query) > LONGEST:
        return []
    peer = as_user("documents", "documents:read")
    return _hits(peer.get("/search", params={"q": query, "limit": MOST}).json())


def samples(query: str) -> list[WordHit]:
    """Of the samples, for anyone."""
    return _hits(as_user("documents").get("/samples/search", params={"q": query}).json())


def _hits(page: dict[str, Any]) -> list[WordHit]:
    return [
        WordHit(
            item["id"], item["title"], tuple(item["tags"]), "".join(part["text"] for part in item["snippet"])
        )
        for item in page["items"]
    ]
