"""Plain text for lists: how a document begins, and where a search matched."""

import re
from collections.abc import Iterator

from documents.search.words import composed, located

EXCERPT = 200  # characters
BEFORE, AROUND = 60, 240  # characters of a snippet: before the first match, altogether
ELLIPSIS = "…"

# The repetitions are bounded: a hostile text must not make them slow.
LINK = re.compile(r"!?\[([^\]\[\n]{0,300})\]\([^()\s]{0,500}\)")
LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}|>|[-*+]|```\w{0,20})(?:[ \t]+|$)", re.MULTILINE)
INLINE_MARK = re.compile(r"(?<!\w)[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}(?!\w)")
SPACE = re.compile(r"\s+")


def plain(markdown: str) -> str:
    """Markdown as text on one line, roughly: for reading in a list, not for rendering."""
    for pattern, replacement in ((LINK, r"\1"), (LINE_MARK, ""), (INLINE_MARK, ""), (SPACE, " ")):
        markdown = pattern.sub(replacement, markdown)
    return composed(markdown).strip()


def excerpt(opening: str) -> str:
    """How a document begins."""
    text = plain(opening[: EXCERPT * 10])
    _, end = _window(text, 0, EXCERPT)
    return text[:end] + (ELLIPSIS if end < len(text) or len(opening) > EXCERPT * 10 else "")


def snippet(opening: str, query: str) -> list[dict[str, str | bool]]:
    """The text around the first match, in pieces; how it begins, if nothing of the query is in it."""
    text = plain(opening)
    terms = [word for _, _, word in located(composed(query))]
    spans = [(start, end) for start, end, word in located(text) if _matches(word, terms)]
    window = _window(text, spans[0][0] - BEFORE if spans else 0, AROUND)
    return [{"text": piece, "match": match} for piece, match in _pieces(text, spans, window) if piece]


def _matches(word: str, terms: list[str]) -> bool:
    return bool(terms) and (word in terms or word.startswith(terms[-1]))


def _window(text: str, start: int, length: int) -> tuple[int, int]:
    """Begin and end of a part of `text`, at spaces where there are some."""
    start = 0 if start <= 0 else max(start, text.find(" ", start, start + BEFORE) + 1)
    end = start + length
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", end - BEFORE, end)
    return start, space if space > start else end


def _pieces(text: str, spans: list[tuple[int, int]], window: tuple[int, int]) -> Iterator[tuple[str, bool]]:
    begin, end = window
    yield ELLIPSIS if begin > 0 else "", False
    for match_start, match_end in spans:
        if begin <= match_start and match_end <= end:
            yield text[begin:match_start], False
            yield text[match_start:match_end], True
            begin = match_end
    yield text[begin:end], False
    yield ELLIPSIS if end < len(text) else "", False
