"""The bundled model of embeddings in this process: onnxruntime and the tokenizer."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ai.embedding.files import MODEL, TOKENIZER

MAX_TOKENS = 256
"""What the model reads of a text (its card); what is longer is cut."""
MAX_CHARACTERS = 20_000
"""Of any text so many have more tokens than that; taking a megabyte apart takes a second."""


class Model:
    """Loaded when it is made: 23 MB from disk, 105 MB of memory, a tenth of a second. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        # One thread to a batch: several at once are what keeps the processors busy.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            folder / MODEL, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text's tokens, those at its ends included."""
        return [self._tokenizer.encode(text[:MAX_CHARACTERS]).ids for text in texts]

    def vectors(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """A row of length 1 for each; none of them depends on the others. The longest decides how long it takes."""
        ids = np.zeros((len(texts), max(map(len, texts))), np.int64)
        there = np.zeros_like(ids)
        for row, tokens in enumerate(texts):
            ids[row, : len(tokens)] = tokens
            there[row, : len(tokens)] = 1
        found: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": there})[0]
        return found
