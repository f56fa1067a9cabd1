"""The files of the model, as `python -m ai.conversion` makes them: beside the packages that it is made from."""

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "share" / "zaguan" / "minilm"
MODEL, TOKENIZER = "minilm.int8.onnx", "tokenizer.json"
