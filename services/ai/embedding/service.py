"""Embeddings for everybody in this process: the model is loaded when it is first needed, and shared fairly."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ai.crowd import Crowd
from ai.embedding.batches import Batches
from ai.embedding.files import FOLDER, MODEL
from ai.embedding.model import Model
from ai.embedding.patience import still_wanted
from servicekit.problems import Unavailable

SIZE = 384
"""Numbers in a vector."""
THREADS = 64
"""Of a process that does not say how many there are: of one person, who has them all."""
Vectors = NDArray[np.float32]


class Embeddings:
    """One for each process."""

    def __init__(self, folder: Path = FOLDER, places: int | None = None, crowd: Crowd | None = None) -> None:
        self._folder = folder
        self._batches = Batches(places or os.cpu_count() or 1, SIZE, self._compute)
        self._crowd = crowd or Crowd(THREADS)
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
        """An array (texts, SIZE), each row of length 1. People take turns: a long list of one delays nobody else."""
        return self.embed_tokens(self.model.tokens(texts), person)

    def embed_tokens(self, texts: Sequence[Sequence[int]], person: str = "") -> Vectors:
        """The same of texts that have been taken apart, to count their tokens first. NotWanted, when whoever asked in
        a request does not wait for it any more."""
        with self._crowd.one_of(person):
            return self._batches.vectors(texts, person, still_wanted())

    def _compute(self, texts: Sequence[Sequence[int]]) -> Vectors:
        return self.model.vectors(texts)
