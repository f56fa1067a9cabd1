"""How a text is read before it becomes a vector: its language is found out, and Spanish is put into English words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ai.embedding.service import Embeddings, Vectors
from ai.language.detection import LATIN_NEIGHBOURS, detect, is_spanish
from ai.language.english import English

VERSION = "minilm-l6-int8/3"
TITLE = 0.4
"""How much of a passage's vector is its document's title alone; the rest is title and passage together."""
SURE = 0.5  # probability of a language from which on only one way to read a question is tried


@dataclass(frozen=True)
class Question:
    """A question, read in one way or in two."""

    vectors: Vectors
    language: str
    translated: bool


@dataclass(frozen=True)
class Passages:
    """Vectors of the passages of a document, and the language that each was read in."""

    vectors: Vectors
    languages: list[str]


class Reading:
    """One for each process: embeddings, and the translation before them."""

    def __init__(self, embeddings: Embeddings, english: English) -> None:
        self._embeddings, self._english = embeddings, english

    @property
    def reads_spanish(self) -> bool:
        """Whether Spanish is translated here; else it is found less well."""
        return self._english.available

    @property
    def recipe(self) -> str:
        """Names how vectors are made here: those of another recipe are not comparable and are made anew."""
        return f"{VERSION}{'+spa' if self.reads_spanish else ''}"

    def passages(self, title: str, texts: Sequence[str], person: str) -> Passages:
        """Of a document's passages, each with its title. Not of length 1: title and passage are weighed."""
        read = [self._read(f"{title}. {_without_title(text, title)}") for text in texts]
        both = self._embeddings.embed([text for text, _ in read], person)
        alone = self._embeddings.embed([self._in_english(title, texts)], person)
        vectors = ((1 - TITLE) * both + TITLE * alone).astype(np.float32)
        return Passages(vectors, [language for _, language in read])

    def question(self, text: str, person: str) -> Question:
        """A few words may be of either language: then both readings count, and the nearer one."""
        told = detect(text)
        sure, neighbour = told.probability >= SURE, told.code in LATIN_NEIGHBOURS
        as_it_is = [] if sure and told.code == "es" else [text]
        in_english = [self._english.as_read(text)] if neighbour or not sure else []
        ways = list(dict.fromkeys([*as_it_is, *in_english]))
        return Question(
            self._embeddings.embed(ways, person), told.code, bool(in_english) and self.reads_spanish
        )

    def meaning(self, text: str, person: str) -> Vectors:
        """One vector of one text, as it is read."""
        vectors: Vectors = self._embeddings.embed([self._read(text)[0]], person)[0]
        return vectors

    def _read(self, text: str) -> tuple[str, str]:
        if is_spanish(text):
            return self._english.as_read(text), "es"
        return text, detect(text).code

    def _in_english(self, title: str, texts: Sequence[str]) -> str:
        """A title is too short to tell its language by: the text after it does."""
        spanish = is_spanish(f"{title}. {texts[0] if texts else ''}")
        return self._english.as_read(title) if spanish else title


def _without_title(text: str, title: str) -> str:
    """A file's first heading is mostly its title, too, which counts enough as it is."""
    line, _, rest = text.lstrip().partition("\n")
    heading = line.lstrip("#")
    names = {heading.strip().casefold(), heading.strip(" \t\r#").casefold()}
    if heading == line or not heading[:1].isspace() or title.strip().casefold() not in names:
        return text
    return rest.lstrip() or text
