"""What Apertium's dictionary lacks: everyday words, added to its translation."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("glossary.txt")
WORD = re.compile(r"[^\W\d_]+")
ENDING = re.compile(
    r"(?:(?:it[oa]s?)|(?:ar|er|ir)(?:se)?|ando|iendo|[ai]d[oa]s?|ar[oa]n|aba[ns]?|[ae]mos|an|en|as|es|os|a|e|o|s)$"
)
SHORTEST = 4  # letters that are left of a word, or it is taken as it is: shorter stems belong to many


class Glossary(NamedTuple):
    """English by the stem of a Spanish word, and by a phrase."""

    words: dict[str, str]
    phrases: dict[str, str]

    def of(self, spanish: str) -> list[str]:
        """English for what of it is in the text, each once, in the order of the text; phrases first."""
        folded = " ".join(WORD.findall(_folded(spanish)))
        phrases = [english for phrase, english in self.phrases.items() if f" {phrase} " in f" {folded} "]
        words = (self.words.get(stem(word)) for word in folded.split())
        return list(dict.fromkeys([*phrases, *(english for english in words if english)]))


def stem(word: str) -> str:
    """What inflections of a folded word have in common: enough for a list of known words."""
    shorter = ENDING.sub("", word, count=1)
    return shorter if len(shorter) >= SHORTEST else word.removesuffix("s")


@cache
def glossary() -> Glossary:
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        spanish, _, english = line.partition(" = ")
        if english and not line.startswith("#"):
            (phrases if " " in spanish else words)[spanish if " " in spanish else stem(spanish)] = english
    return Glossary(words, phrases)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
