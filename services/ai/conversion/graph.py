"""BERT's layers as nodes of an ONNX graph (Devlin et al. 2018), with onnxruntime's contributed operators."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
Tensor = NDArray[np.float32]


class Graph:
    """Nodes and constants, added in the order of the computation. Methods return the name of their output."""

    def __init__(self, tensors: dict[str, Tensor], heads: int, epsilon: float) -> None:
        self._tensors, self._heads, self._epsilon = tensors, heads, epsilon
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def embeddings(self) -> str:
        """Words and places; every text is one segment, so its vector is added to the places once and for all."""
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        self._node("Cast", ["input_ids"], "ids", to=TensorProto.INT32)
        places = self._of("embeddings.position_embeddings.weight")
        segment = self._of("embeddings.token_type_embeddings.weight")[0]
        inputs = [
            "ids",
            "",
            self._constant("words", self._of("embeddings.word_embeddings.weight")),
            self._constant("places", places + segment),
            "",
            *self._norm("embeddings.LayerNorm"),
        ]
        return self._fused("EmbedLayerNormalization", inputs, ["embedded", "unused"], epsilon=self._epsilon)

    def layer(self, number: int, state: str) -> str:
        """Attention and the two dense ones, each followed by the sum with what went in."""
        here = f"encoder.layer.{number}."
        attended = self._attention(here + "attention.self.", state)
        attended = self._dense(here + "attention.output.dense", attended)
        state = self._add(here + "attention.output", attended, state)
        wide = self._dense(here + "intermediate.dense", state)
        wide = self._fused("BiasGelu", [wide, self._bias(here + "intermediate.dense")], [here + "gelu"])
        return self._add(here + "output", self._dense(here + "output.dense", wide), state)

    def mean(self, state: str) -> None:
        """The mean of the tokens, of length 1: that is their sum of length 1."""
        self._node("Cast", ["attention_mask"], "weights", to=TensorProto.FLOAT)
        axis = self._constant("axis_of_states", np.array([2], np.int64))
        self._node("Unsqueeze", ["weights", axis], "weight_of_each")
        self._node("Mul", [state, "weight_of_each"], "counted")
        self._node(
            "ReduceSum",
            ["counted", self._constant("axis_of_tokens", np.array([1], np.int64))],
            "sum",
            keepdims=0,
        )
        self._node("LpNormalization", ["sum"], "embedding", axis=1, p=2)

    def model(self, size: int) -> Any:
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", size])
        graph = helper.make_graph(self._nodes, "minilm", inputs, [output], self._constants)
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)

    def _attention(self, here: str, state: str) -> str:
        parts = ("query", "key", "value")
        weight = np.concatenate([self._of(f"{here}{part}.weight").T for part in parts], axis=1)
        bias = np.concatenate([self._of(f"{here}{part}.bias") for part in parts])
        inputs = [state, self._constant(here + "weight", weight), self._constant(here + "bias", bias), "mask"]
        return self._fused("Attention", inputs, [here + "attended"], num_heads=self._heads)

    def _dense(self, name: str, state: str) -> str:
        """Without its bias: the next operator adds that."""
        return self._node(
            "MatMul", [state, self._constant(name, self._of(name + ".weight").T)], name + ".out"
        )

    def _bias(self, name: str) -> str:
        return self._constant(name + ".bias", self._of(name + ".bias"))

    def _norm(self, name: str) -> list[str]:
        return [self._constant(f"{name}.{part}", self._of(f"{name}.{part}")) for part in ("weight", "bias")]

    def _add(self, name: str, new: str, before: str) -> str:
        inputs = [new, before, *self._norm(name + ".LayerNorm"), self._bias(name + ".dense")]
        return self._fused("SkipLayerNormalization", inputs, [name + ".sum"], epsilon=self._epsilon)

    def _of(self, name: str) -> Tensor:
        return self._tensors[name]

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def _fused(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, outputs, domain=MICROSOFT, **attributes))
        return outputs[0]
