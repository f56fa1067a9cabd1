"""A document's body in passages: as long as the model reads at once, ending where the writer paused."""

import re
from collections.abc import Iterator
from typing import NamedTuple

ENOUGH = 400  # characters from which on a passage is not joined with the next block
LONGEST = 700
MOST_HEADINGS = 2000
"""Headings of a document that begin a passage of their own: of a megabyte of nothing else there would be 250,000."""
BLOCK = re.compile(r"\S.*?(?=\n[ \t]*\n|\n(?=#{1,6} )|\Z)", re.DOTALL)
HEADING = re.compile(r"#{1,6} ")
SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"'»”)\]]*(?=\s)|\n|\Z)", re.DOTALL)
WORDS = re.compile(rf"\S.{{0,{LONGEST - 1}}}(?=\s|\Z)|\S{{1,{LONGEST}}}", re.DOTALL)


class Piece(NamedTuple):
    """`start` counts characters of the body."""

    start: int
    text: str


def pieces(body: str) -> list[Piece]:
    """In order. An edit in one place changes few of them: paragraphs stay together, headings begin a new one."""
    found: list[Piece] = []
    for piece in _blocks(body):
        last = found[-1] if found else None
        if last is None or _is_apart(last, piece, by_heading=len(found) < MOST_HEADINGS):
            found.append(piece)
        else:
            found[-1] = Piece(last.start, body[last.start : piece.start + len(piece.text)])
    return found or [Piece(0, "")]


def _is_apart(last: Piece, piece: Piece, *, by_heading: bool) -> bool:
    if len(last.text) >= ENOUGH or (by_heading and HEADING.match(piece.text)):
        return True
    return piece.start + len(piece.text) - last.start > LONGEST


def _blocks(body: str) -> Iterator[Piece]:
    for block in BLOCK.finditer(body):
        yield from _within(Piece(block.start(), block[0].rstrip()))


def _within(block: Piece) -> Iterator[Piece]:
    """A block that is too long is taken apart by sentences, and one of those by words."""
    if len(block.text) <= LONGEST:
        yield block
        return
    for sentence in SENTENCE.finditer(block.text):
        for words in WORDS.finditer(sentence[0].rstrip()):
            yield Piece(block.start + sentence.start() + words.start(), words[0])
