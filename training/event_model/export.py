"""Write trained weights as an ONNX graph in 8-bit integers, with its card.

    python training/event_model/export.py runs/final/net.pt --card runs/card.json

The graph is written out node by node, so that nothing in it depends on an
exporter. Weights are symmetric 8-bit integers with one scale a row (words) or
an output column (matrices); activations are quantised as they come.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from net import BASE, HEADS, HIDDEN
from onnx import TensorProto, helper, numpy_helper

from data import TYPES
from dateline.events.model import weights

LEVELS = 64
"""Weights run from -64 to 64: so no processor's 16-bit sums overflow, and all agree."""
HERE = Path(weights.__file__).parent


class Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def put(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, op: str, inputs: list[str], domain: str = "", **attributes) -> str:
        name = f"n{len(self.nodes)}_{op}"
        self.nodes.append(helper.make_node(op, inputs, [name], domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Matrix product in 8-bit integers, weight ``(out, in)``."""
        q, s = self.whole(name, weight)
        zero = self.put(name + ".z", np.zeros(len(bias), np.int8))
        b = self.put(name + ".b", bias.astype(np.float32))
        return self.add("DynamicQuantizeMatMul", [x, q, s, zero, b], domain="com.microsoft")

    def whole(self, name: str, weight: np.ndarray) -> tuple[str, str]:
        """Put a matrix ``(out, in)``, turned, as integers with one scale a column."""
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / LEVELS
        whole = np.rint(weight / scale[:, None]).astype(np.int8).T
        return self.put(name + ".q", whole), self.put(name + ".s", scale.astype(np.float32))

    def norm(self, x: str, name: str, state: dict[str, np.ndarray]) -> str:
        w, b = (self.put(f"{name}.{p}", state[f"{name}.{p}"]) for p in ("weight", "bias"))
        return self.add("LayerNormalization", [x, w, b], axis=-1, epsilon=1e-12)


def embed(g: Graph, state: dict[str, np.ndarray]) -> str:
    table = np.concatenate([state["words.weight"], state["marks.weight"]])
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    whole = g.put("words.q", np.rint(table / scale).astype(np.int8))
    row = g.add("Cast", [g.add("Gather", [whole, "ids"])], to=TensorProto.FLOAT)
    x = g.add("Mul", [row, g.add("Gather", [g.put("words.s", scale.astype(np.float32)), "ids"])])
    at = g.put("positions", state["positions.weight"])
    n = g.add("Shape", ["ids"], start=1, end=2)
    zero, one = g.put("zero", np.zeros(1, np.int64)), g.put("one", np.ones(1, np.int64))
    x = g.add("Add", [x, g.add("Slice", [at, zero, n, zero, one])])
    return g.norm(x, "norm", state)


def layer(g: Graph, x: str, name: str, state: dict[str, np.ndarray]) -> str:
    def line(part: str, value: str) -> str:
        p = f"{name}.{part}"
        return g.linear(value, p, state[p + ".weight"], state[p + ".bias"])

    q, k, v = g_split(g, line("qkv", x))
    seen = g.add("MultiHeadAttention", [q, k, v], domain="com.microsoft", num_heads=HEADS)
    x = g.norm(g.add("Add", [x, line("out", seen)]), name + ".norm1", state)
    inner = g.add("Gelu", [line("up", x)], domain="com.microsoft")
    return g.norm(g.add("Add", [x, line("down", inner)]), name + ".norm2", state)


def g_split(g: Graph, x: str) -> list[str]:
    names = [f"{x}_{part}" for part in "qkv"]
    g.nodes.append(helper.make_node("Split", [x], names, axis=-1, num_outputs=3))
    return names


def heads(g: Graph, x: str, state: dict[str, np.ndarray]) -> None:
    mean = g.add("ReduceMean", [x, g.put("axis", np.array([1], np.int64))], keepdims=0)
    spans = g.add("MatMul", ["pools", x])
    flat = g.add("Reshape", [spans, g.put("flat", np.array([1, 3 * HIDDEN], np.int64))])
    h = g.add("Tanh", [gemm(g, g.add("Concat", [mean, flat], axis=1), "mix", state)])
    trigger = g.add("Gather", [spans, g.put("two", np.array(2, np.int64))], axis=1)
    for head, value in (("kind", h), ("conflict", h), ("relevant", h), ("status", trigger)):
        g.nodes.append(helper.make_node("Identity", [gemm(g, value, head, state)], [head]))


def gemm(g: Graph, x: str, name: str, state: dict[str, np.ndarray]) -> str:
    q, s = g.whole(name, state[name + ".weight"])
    w = g.add("DequantizeLinear", [q, s], axis=1)
    return g.add("Gemm", [x, w, g.put(name + ".b", state[name + ".bias"])])


def graph(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    g = Graph()
    x = embed(g, state)
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    for n in range(layers):
        x = layer(g, x, f"layers.{n}", state)
    heads(g, x, state)
    value = helper.make_tensor_value_info
    made = helper.make_graph(
        g.nodes, "dateline-event-model",
        [value("ids", TensorProto.INT64, [1, "n"]), value("pools", TensorProto.FLOAT, [1, 3, "n"])],
        [value(name, TensorProto.FLOAT, [1, size]) for name, size in (("kind", len(TYPES)), ("conflict", 1), ("relevant", 1), ("status", 2))],
        g.weights,
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("--card", type=Path, required=True, help="JSON of what goes into the card")
    parser.add_argument("--out", type=Path, default=HERE, help="folder; the package's own if none")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    state = {k: v.numpy() for k, v in torch.load(args.state).items()}
    blob = graph(state).SerializeToString(deterministic=True)
    (args.out / "event_model.onnx").write_bytes(blob)
    vocabulary = (BASE / "vocab.txt").read_bytes()
    (args.out / "vocabulary.txt").write_bytes(vocabulary)
    card = {
        **json.loads(args.card.read_text()),
        "types": list(TYPES),
        "sha256": {
            "event_model.onnx": hashlib.sha256(blob).hexdigest(),
            "vocabulary.txt": hashlib.sha256(vocabulary).hexdigest(),
        },
    }
    (args.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
