"""Words in quotation marks: a passage is their source only if they stand in it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ai.search.service import Found

# Of marks that enclose nothing each would be followed to the answer's end: none is followed further than this.
QUOTE = re.compile(r'"([^"\n]{1,4000}+)"|“([^”\n]{1,4000}+)”|«([^»\n]{1,4000}+)»|„([^“”\n]{1,4000}+)[“”]')
GAP = re.compile(r"\[?(?:…|\.{3})\]?")  # where whoever quotes leaves something out
WORD = re.compile(r"[^\W_]+")
SENTENCE = 5  # words from which on nobody says the same by chance
FEWEST = 2  # words; one alone in quotation marks is often only a manner of speaking


class Quote(NamedTuple):
    """Where it stands in the answer, and its parts, each of which must be found."""

    start: int
    end: int
    parts: tuple[str, ...]


def quotes(answer: str) -> list[Quote]:
    found = (Quote(match.start(), match.end(), _parts(match)) for match in QUOTE.finditer(_paired(answer)))
    return [quote for quote in found if quote.parts]


def within(all_quotes: Sequence[Quote], start: int, end: int) -> list[Quote]:
    """Those of which something stands between two places of the answer."""
    return [quote for quote in all_quotes if quote.start < end and start < quote.end]


def all_in(said: Sequence[Quote], passages: Sequence[Found]) -> bool:
    """Whether each part of each quote stands in one of the passages."""
    texts = [f" {_words(f'{each.title} {each.text}')} " for each in passages]
    return all(any(f" {part} " in text for text in texts) for quote in said for part in quote.parts)


def stands_in(sentence: str, passages: Sequence[Found]) -> list[int]:
    """The numbers of the passages that say it word for word; none of what is hardly a sentence."""
    words = _words(sentence)
    if words.count(" ") + 1 < SENTENCE:
        return []
    return [n for n, each in enumerate(passages, start=1) if f" {words} " in f" {_words(each.text)} "]


def _parts(match: re.Match[str]) -> tuple[str, ...]:
    text = next(group for group in match.groups() if group)
    parts = [_words(part) for part in GAP.split(text)]
    return tuple(part for part in parts if part.count(" ") + 1 >= FEWEST)


def _words(text: str) -> str:
    """Without marks, case, and what else may differ between a quotation and its source."""
    return " ".join(WORD.findall(text.casefold()))


def _paired(answer: str) -> str:
    """Where a line has an odd one, as for inches, nobody can tell what its straight marks enclose."""
    lines = answer.split("\n")
    return "\n".join(line.replace('"', " ") if line.count('"') % 2 else line for line in lines)
