"""BERT's layers as nodes of an ONNX graph (Devlin et al. 2018), with onnxruntime's contributed operators.

Products are of whole numbers. A weight has a scale for each of its columns, and what it is multiplied with a scale for
each token, found on the way: so a text's vector does not depend on what is computed beside it, in whatever batch.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
Tensor = NDArray[np.float32]

OF_TOKENS, ZERO = 127, 128
"""A token's largest number becomes this much above or below the zero of eight bits."""
OF_WEIGHTS = 63
"""Within seven bits, so that processors without VNNI do not overflow."""
LEAST = 1e-9


class Graph:
    """Nodes and constants, added in the order of the computation. Methods return the name of their output."""

    def __init__(self, tensors: dict[str, Tensor], heads: int, epsilon: float) -> None:
        self._tensors, self._heads, self._epsilon = tensors, heads, epsilon
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._whole: dict[str, tuple[str, str]] = {}
        self._step = self._constant("step", np.array(1 / OF_TOKENS, np.float32))
        self._zero = self._constant("zero", np.array(ZERO, np.uint8))
        self._least = self._constant("least", np.array(LEAST, np.float32))

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
        parts = [here + part for part in ("query", "key", "value")]
        weight = np.concatenate([self._of(f"{part}.weight").T for part in parts], axis=1)
        bias = np.concatenate([self._of(f"{part}.bias") for part in parts])
        sizes = self._constant(here + "sizes", np.array([len(bias) // 3] * 3, np.int64))
        self._nodes.append(
            helper.make_node("Split", [self._product(here + "all", weight, state), sizes], parts, axis=2)
        )
        inputs = [*parts, self._constant(here + "bias", bias), "mask"]
        return self._fused("MultiHeadAttention", inputs, [here + "attended"], num_heads=self._heads)

    def _dense(self, name: str, state: str) -> str:
        """Without its bias: the next operator adds that."""
        return self._product(name, self._of(name + ".weight").T, state)

    def _product(self, name: str, weight: Tensor, state: str) -> str:
        """`state` times `weight`, computed with whole numbers."""
        whole, largest = self._in_whole_numbers(state)
        scale = np.maximum(np.abs(weight).max(axis=0), LEAST) / OF_WEIGHTS
        inputs = [
            whole,
            self._constant(name + ".whole", np.round(weight / scale).astype(np.int8)),
            self._step,
            self._constant(name + ".scale", scale.astype(np.float32)),
            self._zero,
        ]
        product = self._fused("MatMulIntegerToFloat", inputs, [name + ".product"])
        return self._node("Mul", [product, largest], name + ".out")

    def _in_whole_numbers(self, state: str) -> tuple[str, str]:
        """Each token by its own scale, and its largest number, by which that is undone."""
        if state not in self._whole:
            here = state + ".whole"
            largest = self._node(
                "ReduceMax", [self._node("Abs", [state], here + ".abs")], here + ".max", axes=[-1]
            )
            largest = self._node("Max", [largest, self._least], here + ".largest")
            relative = self._node("Div", [state, largest], here + ".relative")
            whole = self._node("QuantizeLinear", [relative, self._step, self._zero], here)
            self._whole[state] = whole, largest
        return self._whole[state]

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
