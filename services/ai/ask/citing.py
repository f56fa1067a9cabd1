"""Which passages an answer rests on: those that the model names, else those whose meaning is near each sentence."""

import re
from collections.abc import Sequence
from typing import Any

from ai.embedding.reading import Reading
from ai.search.service import Found

SENTENCE = re.compile(r"\S.*?(?:[.!?…](?:\s*\[\d+\])*(?=\s|\Z)|\n|\Z)", re.DOTALL)
MARK = re.compile(r"\[(\d{1,2})\]")
SUPPORTS = 0.5
"""Similarity from which on a passage says what a sentence says."""
MOST_SENTENCES = 40


def citations(reading: Reading, answer: str, found: Sequence[Found], person: str) -> list[dict[str, Any]]:
    """For each sentence the numbers of its passages. What the model names and was not given counts for nothing."""
    sentences = [each[0].strip() for each in SENTENCE.finditer(answer)][:MOST_SENTENCES]
    given = range(1, len(found) + 1)
    named = [sorted({int(mark) for mark in MARK.findall(sentence)} & set(given)) for sentence in sentences]
    if any(named):
        return [_citation(sentence, marks, "model") for sentence, marks in zip(sentences, named, strict=True)]
    near = _near(reading, sentences, found, person)
    return [
        _citation(sentence, numbers, "similarity") for sentence, numbers in zip(sentences, near, strict=True)
    ]


def _near(reading: Reading, sentences: Sequence[str], found: Sequence[Found], person: str) -> list[list[int]]:
    passages = [reading.meaning(f"{each.title}. {each.text}", person) for each in found]
    meanings = [reading.meaning(sentence, person) for sentence in sentences]
    scored = [[float(meaning @ passage) for passage in passages] for meaning in meanings]
    return [
        [max(range(len(row)), key=row.__getitem__) + 1] if row and max(row) >= SUPPORTS else []
        for row in scored
    ]


def _citation(sentence: str, passages: list[int], by: str) -> dict[str, Any]:
    return {"sentence": sentence, "passages": passages, "by": by if passages else "nothing"}
