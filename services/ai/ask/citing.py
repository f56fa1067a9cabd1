"""Which passages an answer rests on: those that the model names, else those that say the same, in the same words or
in others whose meaning is near.

A model may name what it was not given, and quote what nobody has written. Neither is ever told as a source.
"""

import re
from collections.abc import Sequence
from typing import Any

from ai.ask import quoting
from ai.embedding.reading import Reading
from ai.search.service import Found

# As [1], [1, 2], [^1] or 【1】, with what some models write after the number.
MARK = r"[\[【]\^?(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)(?:[†:][^\]】\n]{0,200})?[\]】]"
MARKS = re.compile(MARK)
# The number of a list's line ends no sentence, nor does what a small letter follows: an abbreviation, an omission.
SENTENCE = re.compile(
    rf"(?:\d{{1,3}}[.)]\s+)?\S.*?(?:[.!?…][\"”»*_)]*(?:\s*{MARK})*(?=\s+[^\sa-zà-öø-ÿ]|\s*\Z)|\n|\Z)",
    re.DOTALL,
)
SUPPORTS = 0.5
"""Similarity from which on a passage says what a sentence says."""
MOST_SENTENCES = 60
READ = 8_000  # characters of an answer, which has 512 tokens if the model keeps to what it is told


def citations(reading: Reading, answer: str, found: Sequence[Found], person: str) -> list[dict[str, Any]]:
    """For each sentence, as it stands in the answer, the numbers of its passages."""
    answer = answer[:READ]
    sentences = list(SENTENCE.finditer(answer))[:MOST_SENTENCES]
    marked = [_numbers(sentence[0]) for sentence in sentences]
    unmarked = [sentence[0] for sentence, numbers in zip(sentences, marked, strict=True) if numbers is None]
    near = iter(_near(reading, unmarked, found, person))
    quotes = quoting.quotes(answer)
    told = []
    for sentence, numbers in zip(sentences, marked, strict=True):
        named = next(near) if numbers is None else sorted(numbers & set(range(1, len(found) + 1)))
        said = quoting.within(quotes, *sentence.span())
        sound = quoting.all_in(said, [found[number - 1] for number in named])
        by = "similarity" if numbers is None else "model"
        told.append(_citation(sentence[0].strip(), named if sound else [], by))
    return told


def _numbers(sentence: str) -> set[int] | None:
    """Those that the model names, given or not; None: it names none."""
    marks = [int(number) for mark in MARKS.findall(sentence) for number in re.findall(r"\d+", mark)]
    return set(marks) if marks else None


def _near(reading: Reading, sentences: Sequence[str], found: Sequence[Found], person: str) -> list[list[int]]:
    if not sentences:
        return []
    passages = [reading.meaning(f"{each.title}. {each.text}", person) for each in found]
    meanings = [reading.meaning(sentence.strip(), person) for sentence in sentences]
    scored = [[float(meaning @ passage) for passage in passages] for meaning in meanings]
    nearest = [
        [max(range(len(row)), key=row.__getitem__) + 1] if row and max(row) >= SUPPORTS else []
        for row in scored
    ]
    return [
        quoting.stands_in(sentence, found) or near for sentence, near in zip(sentences, nearest, strict=True)
    ]


def _citation(sentence: str, passages: list[int], by: str) -> dict[str, Any]:
    return {"sentence": sentence, "passages": passages, "by": by if passages else "nothing"}
