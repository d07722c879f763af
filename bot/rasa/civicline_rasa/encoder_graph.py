"""The ONNX graph of the sentence encoder: BERT of six layers, each pooled (mean, unit length).

Used by the build step only, in an environment without Rasa (onnx breaks its protobuf).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper

LAYERS = 6
HEADS = 12
WIDTH = 384
IR_VERSION = 8
OPSET = 17


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """Every float32 tensor of the file by name; others (position ids) are left out."""
    data = path.read_bytes()
    header_length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + header_length])
    body = memoryview(data)[8 + header_length :]
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            values = np.frombuffer(body[start:end], dtype="<f4")
            tensors[name] = values.reshape(entry["shape"])
    return tensors


class GraphWriter:
    """Collects nodes and constants; each call gives back the name of the node's output."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list = []
        self.constants: dict[str, TensorProto] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def number(self, value: float) -> str:
        return self.constant(f"number_{value}", np.array(value, dtype=np.float32))

    def node(self, op: str, *inputs: str, **attributes: object) -> str:
        output = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str) -> str:
        # Torch keeps (out, in); MatMul and the quantiser's per-channel axis want (in, out).
        matrix = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", x, matrix), self.weight(f"{name}.bias"))

    def normalise(self, x: str, name: str) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def gelu(self, x: str) -> str:
        erf = self.node("Erf", self.node("Div", x, self.number(float(np.sqrt(2.0)))))
        product = self.node("Mul", x, self.node("Add", erf, self.number(1.0)))
        return self.node("Mul", product, self.number(0.5))

    def heads(self, x: str, order: list[int]) -> str:
        shape = self.constant("heads", np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
        return self.node("Transpose", self.node("Reshape", x, shape), perm=order)


def _embed(graph: GraphWriter) -> str:
    words = graph.node("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    kinds = graph.weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.node("Gather", graph.node("Shape", "input_ids"), _list(graph, 1))
    table = graph.weight("embeddings.position_embeddings.weight")
    zero = _list(graph, 0)
    positions = graph.node("Slice", table, zero, length, zero)
    total = graph.node("Add", words, graph.constant("token_type", kinds))
    return graph.normalise(graph.node("Add", total, positions), "embeddings.LayerNorm")


def _list(graph: GraphWriter, value: int) -> str:
    return graph.constant(f"list_{value}", np.array([value], dtype=np.int64))


def _layer(graph: GraphWriter, x: str, bias: str, name: str) -> str:
    attention = f"{name}.attention"
    query = graph.heads(graph.linear(x, f"{attention}.self.query"), [0, 2, 1, 3])
    key = graph.heads(graph.linear(x, f"{attention}.self.key"), [0, 2, 3, 1])
    value = graph.heads(graph.linear(x, f"{attention}.self.value"), [0, 2, 1, 3])
    size = graph.number(float(np.sqrt(WIDTH / HEADS)))
    scores = graph.node("Add", graph.node("Div", graph.node("MatMul", query, key), size), bias)
    context = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    context = graph.node("Transpose", context, perm=[0, 2, 1, 3])
    shape = graph.constant("merged", np.array([0, 0, WIDTH], dtype=np.int64))
    merged = graph.linear(graph.node("Reshape", context, shape), f"{attention}.output.dense")
    x = graph.normalise(graph.node("Add", merged, x), f"{attention}.output.LayerNorm")
    inner = graph.gelu(graph.linear(x, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense")
    return graph.normalise(graph.node("Add", outer, x), f"{name}.output.LayerNorm")


def _pool(graph: GraphWriter, x: str, mask: str) -> str:
    weights = graph.node("Unsqueeze", mask, _list(graph, 2))
    total = graph.node("ReduceSum", graph.node("Mul", x, weights), _list(graph, 1), keepdims=0)
    count = graph.node("ReduceSum", weights, _list(graph, 1), keepdims=0)
    mean = graph.node("Div", total, count)
    return graph.node("LpNormalization", mean, axis=-1, p=2)


def build_graph(weights: dict[str, np.ndarray]) -> ModelProto:
    """The encoder: input_ids, attention_mask int64[batch, tokens] to layers float32[batch, 2304].

    That is the mean of each of the six layers over the mask, of unit length, first to last; the
    last is the sentence vector. Texts have a single segment.
    """
    graph = GraphWriter(weights)
    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = graph.node("Sub", graph.number(1.0), mask)
    bias = graph.node("Mul", hidden, graph.number(-10000.0))
    bias = graph.node("Unsqueeze", bias, graph.constant("heads_axes", np.array([1, 2])))
    x = _embed(graph)
    pooled = []
    for layer in range(LAYERS):
        x = _layer(graph, x, bias, f"encoder.layer.{layer}")
        pooled.append(_pool(graph, x, mask))
    graph.nodes.append(helper.make_node("Concat", pooled, ["layers"], axis=-1))
    tokens = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, tokens)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("layers", TensorProto.FLOAT, ["batch", LAYERS * WIDTH])
    body = helper.make_graph(
        graph.nodes, "sentence_encoder", inputs, [output], list(graph.constants.values())
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    checker.check_model(model)
    return model
