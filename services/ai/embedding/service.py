"""Embeddings for everybody in this process: the model is loaded when it is first needed, and shared fairly."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ai.crowd import Crowd
from ai.embedding.files import FOLDER, MODEL
from ai.embedding.model import Model
from ai.embedding.turns import Turns
from servicekit.problems import Unavailable

SIZE = 384
"""Numbers in a vector."""
OF_ONE = 64
"""Lists of texts of one person at the same time: two thirds of the threads that there are."""
Vectors = NDArray[np.float32]


class Embeddings:
    """One for each process."""

    def __init__(self, folder: Path = FOLDER, places: int | None = None) -> None:
        self._folder = folder
        self._turns = Turns(places or os.cpu_count() or 1)
        self._crowd = Crowd(OF_ONE)
        self._loading = threading.Lock()
        self._loaded: Model | None = None

    @property
    def model(self) -> Model:
        """Loaded once, by whoever comes first; 503 where its files have not been made."""
        with self._loading:
            if self._loaded is None:
                if not (self._folder / MODEL).exists():
                    raise Unavailable(
                        "The model of embeddings has not been set up: python -m ai.conversion does."
                    )
                self._loaded = Model(self._folder)
            return self._loaded

    def embed(self, texts: Sequence[str], person: str = "") -> Vectors:
        """An array (texts, SIZE), each row of length 1. People take turns, text by text: a long list delays nobody."""
        return self.embed_tokens(self.model.tokens(texts), person)

    def embed_tokens(self, texts: Sequence[Sequence[int]], person: str = "") -> Vectors:
        """The same of texts that have been taken apart, to count their tokens first."""
        vectors = np.empty((len(texts), SIZE), np.float32)
        with self._crowd.one_of(person):
            for row, tokens in enumerate(texts):
                with self._turns.turn(person):
                    vectors[row] = self.model.vector(tokens)
        return vectors
