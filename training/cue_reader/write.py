"""Write the trained reader of cues as an ONNX graph in 8-bit integers, with its card.

    python training/cue_reader/write.py runs/reader --card runs/card.json

As `training/event_model/export.py`, whose parts it uses; the word vectors are not in the graph but come in as an
input, from the event model's file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from export import Graph, gemm, layer
from onnx import TensorProto, helper

from dateline.events.model.words import vectors
from dateline.statements.model import reader

HERE = Path(__file__).resolve().parents[2] / "src/dateline/statements/model/weights"
LABELS = ("deps", "tags", "quoted")


def embed(g: Graph, state: dict[str, np.ndarray]) -> str:
    n = g.add("Shape", ["words"], start=1, end=2)
    zero, one = g.put("zero", np.zeros(1, np.int64)), g.put("one", np.ones(1, np.int64))
    at = g.put("positions", state["positions.weight"])
    x = g.add("Add", ["words", g.add("Slice", [at, zero, n, zero, one])])
    for name in LABELS:
        table = g.put(name + ".weight", state[name + ".weight"])
        x = g.add("Add", [x, g.add("Gather", [table, name])])
    return g.norm(x, "norm", state)


def graph(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the graph: vectors and labels of a window in, logits of the wanted places out."""
    g = Graph()
    x = embed(g, state)
    for n in range(1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))):
        x = layer(g, x, f"layers.{n}", state)
    wanted = g.add("Squeeze", [x, g.put("first", np.zeros(1, np.int64))])
    wanted = g.add("Gather", [wanted, "places"], axis=0)
    h = g.add("Tanh", [gemm(g, wanted, "mix", state)])
    cue = {"cue.weight": state["head.weight"][:1], "cue.bias": state["head.bias"][:1]}
    flat = g.put("flat", np.array([-1], np.int64))
    logits = g.add("Reshape", [gemm(g, h, "cue", cue), flat])
    g.nodes.append(helper.make_node("Identity", [logits], ["cue"]))
    value = helper.make_tensor_value_info
    size = state["norm.weight"].shape[0]
    made = helper.make_graph(
        g.nodes, "dateline-cue-reader",
        [value("words", TensorProto.FLOAT, [1, "n", size]), *(value(name, TensorProto.INT64, [1, "n"]) for name in LABELS), value("places", TensorProto.INT64, ["k"])],
        [value("cue", TensorProto.FLOAT, ["k"])],
        g.weights,
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder that learn.py wrote")
    parser.add_argument("--card", type=Path, required=True, help="JSON of what goes into the card")
    parser.add_argument("--out", type=Path, default=HERE, help="folder; the package's own if none")
    args = parser.parse_args()
    state = {k: v.numpy() for k, v in torch.load(args.run / "net.pt").items()}
    blob = graph(state).SerializeToString(deterministic=True)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / reader.FILE).write_bytes(blob)
    digests = {reader.FILE: blob, "words": vectors()[0].tobytes()}
    card = {
        **json.loads(args.card.read_text()),
        **json.loads((args.run / "labels.json").read_text()),
        "sha256": {name: hashlib.sha256(found).hexdigest() for name, found in digests.items()},
    }
    (args.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
