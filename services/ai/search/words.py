"""The full-text search of documents, asked as the person who asks us."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import yake

from ai.language.detection import is_spanish
from servicekit import as_user

LONGEST = 200  # characters that the full-text search takes
MOST = 50
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class WordHit:
    """A document in which all words of a question are."""

    document_id: str
    title: str
    tags: tuple[str, ...]
    snippet: str


def own(query: str) -> list[WordHit]:
    """Of one's own documents; nothing has all words of a very long question."""
    wanted = telling(query)
    if len(wanted) > LONGEST:
        return []
    peer = as_user("documents", "documents:read")
    return _hits(peer.get("/search", params={"q": wanted, "limit": MOST}).json())


def samples(query: str) -> list[WordHit]:
    """Of the samples, for anyone."""
    return _hits(as_user("documents").get("/samples/search", params={"q": telling(query)}).json())


def telling(query: str) -> str:
    """The words that a document must have: *what does the lift cost* is not answered in those words.

    All of them, where there are no others.
    """
    common = _common("es" if is_spanish(query) else "en")
    words: list[str] = WORD.findall(query)
    left = [word for word in words if _plain(word) not in common]
    return " ".join(left) if left else query


@cache
def _common(language: str) -> frozenset[str]:
    """Words of a language that say nothing by themselves."""
    return frozenset(_plain(word) for word in yake.KeywordExtractor(lan=language).stopword_set)


def _plain(word: str) -> str:
    """Without accents: *cuánto* and *cuanto* are one."""
    letters = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _hits(page: dict[str, Any]) -> list[WordHit]:
    return [
        WordHit(
            item["id"], item["title"], tuple(item["tags"]), "".join(part["text"] for part in item["snippet"])
        )
        for item in page["items"]
    ]
