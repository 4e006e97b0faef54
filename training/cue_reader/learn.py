"""Train the reader of cues on PolNeAR's training set.

    python training/cue_reader/learn.py --out runs/fold0 --fold 0

Leaves one fold of the documents out, scores and weighs it; those are the weights that ship. Without --fold it
learns from everything, and nothing is left to weigh it on.

With --fold: prints F1 of cues by candidates on the documents of the fold, for the linear model, the reader and
both weighed, and writes how they are weighed (`weighing.json`), fitted on that fold.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from examples import Example, Row, examples_of, labels_of, rows_of
from polnear import read
from reader_net import BASE, Batch, Net
from score import folds_of
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from dateline.statements.model.encoding import MAX_PIECES, Encoder

OWN = ("mix", "head", "deps", "tags", "quoted")
"""Parts that are learnt from nothing, at a higher rate."""
FOLDS = 5
SIDE = 0.3
"""Weight of the labels of sources and contents beside that of cues."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, required=True)
    add("--cache", type=Path, help="folder of parsed documents")
    add("--fold", type=int, help="fold to leave out; none: train on everything")
    add("--layers", type=int, default=3)
    add("--epochs", type=int, default=3)
    add("--rate", type=float, default=1.5e-4)
    add("--own-rate", type=float, default=1e-3)
    add("--size", type=int, default=32, help="windows a step")
    add("--seed", type=int, default=1)
    add("--threads", type=int, default=2)
    return parser.parse_args()


def batches(
    examples: Sequence[Example], size: int, rng: random.Random | None
) -> Iterator[list[int]]:
    """Yield batches of windows of like length, as indices."""
    lengths = [len(e.window.pieces) + (rng.uniform(-4, 4) if rng else 0) for e in examples]
    order = sorted(range(len(examples)), key=lengths.__getitem__)
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(chunks)
    yield from chunks


def padded(examples: Sequence[Example]) -> Batch:
    n = -(-max(len(e.window.pieces) for e in examples) // 8) * 8

    def column(name: str) -> Tensor:
        out = torch.zeros(len(examples), n, dtype=torch.long)
        for row, e in enumerate(examples):
            values = getattr(e.window, name)
            out[row, : len(values)] = torch.from_numpy(values)
        return out

    mask = torch.zeros(len(examples), n, dtype=torch.bool)
    for row, e in enumerate(examples):
        mask[row, : len(e.window.pieces)] = True
    rows = [row for row, e in enumerate(examples) for _ in e.window.tokens]
    places = np.concatenate([e.window.places for e in examples])
    columns = (column(name) for name in ("pieces", "deps", "tags", "quoted"))
    return Batch(*columns, mask, torch.tensor(rows), torch.from_numpy(places))


def loss_of(out: Tensor, examples: Sequence[Example]) -> Tensor:
    labels = torch.from_numpy(np.concatenate([e.labels for e in examples]))
    counts = torch.from_numpy(np.concatenate([e.counts for e in examples]))
    each = nn.functional.binary_cross_entropy_with_logits(out.float(), labels, reduction="none")
    return (each[:, 0] * counts).sum() / counts.sum().clamp(min=1) + SIDE * each[:, 1:].mean()


def train(args: argparse.Namespace, net: Net, examples: Sequence[Example]) -> Net:
    """Train; the weights are the mean of those of the last third of the steps."""
    rng = random.Random(args.seed)
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    own = [p for n, p in named if n.split(".")[0] in OWN]
    body = [p for n, p in named if n.split(".")[0] not in OWN]
    groups = [{"params": body, "lr": args.rate}, {"params": own, "lr": args.own_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.epochs * -(-len(examples) // args.size)
    warm = max(1, steps // 12)
    scale = lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))  # noqa: E731
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, scale)
    average = [p.detach().clone() for _, p in named]
    averaged, step, began = 0, 0, time.time()
    for epoch in range(args.epochs):
        net.train()
        for chunk in batches(examples, args.size, rng):
            here = [examples[i] for i in chunk]
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16):
                out = net(padded(here))
            loss_of(out, here).backward()
            nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step > 0.7 * steps and step % 5 == 0:
                averaged += 1
                for mean, (_, now) in zip(average, named, strict=True):
                    mean += (now.detach() - mean) / averaged
        print(f"epoch {epoch + 1}: {time.time() - began:.0f} s", flush=True)
    for mean, (_, now) in zip(average, named, strict=True):
        now.data.copy_(mean)
    return net.eval()


@torch.no_grad()
def predict(net: Net, examples: Sequence[Example], rows: Sequence[Row]) -> list[dict[int, float]]:
    """Return the logit of each token of each document that a window judges."""
    found: list[dict[int, float]] = [{} for _ in rows]
    for chunk in batches(examples, 64, None):
        here = [examples[i] for i in chunk]
        values = iter(net(padded(here))[:, 0].tolist())
        for e in here:
            found[e.row].update((t, next(values)) for t in e.window.tokens)
    return found


def f1(rows: Sequence[Row], scores: Sequence[Sequence[float]], accept: float) -> float:
    """Return F1 of cues, by candidates: whether one stands in a cue, and whether a head is one."""
    made = right = heads = found = 0
    for row, values in zip(rows, scores, strict=True):
        taken = {i for i, x in zip(row.candidates, values, strict=True) if x >= accept}
        made, right = made + len(taken), right + len(taken & row.parts)
        heads, found = heads + len(row.heads), found + len(taken & row.heads)
    p, r = right / max(made, 1), found / max(heads, 1)
    return 2 * p * r / max(p + r, 1e-9)


def best(rows: Sequence[Row], scores: Sequence[Sequence[float]]) -> str:
    top, accept = max((f1(rows, scores, x), x) for x in np.arange(-1.5, 1.0, 0.1))
    return f"{top:.4f} from logit {accept:.1f}"


def weigh(rows: Sequence[Row], read: Sequence[dict[int, float]]) -> LogisticRegression:
    """Fit the logistic regression over both logits, on candidates that the reader has read."""
    x, y = [], []
    for row, found in zip(rows, read, strict=True):
        for i, score in zip(row.candidates, row.scores, strict=True):
            if i in found:
                x.append([score, found[i]])
                y.append(i in row.heads)
    return LogisticRegression().fit(x, y)


def joined(
    rows: Sequence[Row], read: Sequence[dict[int, float]], model: LogisticRegression
) -> list[list[float]]:
    (a, b), c = model.coef_[0], model.intercept_[0]
    return [
        [
            a * score + b * found[i] + c if i in found else score
            for i, score in zip(row.candidates, row.scores, strict=True)
        ]
        for row, found in zip(rows, read, strict=True)
    ]


def weighed_fold(args: argparse.Namespace, rows: list[Row], read: list[dict[int, float]]) -> None:
    """Print the figures of a fold, the weighing of each half fitted on the other, and write that of all."""
    linear = [row.scores for row in rows]
    alone = [[f.get(i, -9.0) for i in r.candidates] for r, f in zip(rows, read, strict=True)]
    half = len(rows) // 2
    first, second = slice(0, half), slice(half, None)
    both = joined(rows[first], read[first], weigh(rows[second], read[second]))
    both += joined(rows[second], read[second], weigh(rows[first], read[first]))
    for name, scores in (("linear", linear), ("reader", alone), ("both", both)):
        print(f"{name}: {best(rows, scores)}")
    model = weigh(rows, read)
    told = {
        "linear": round(float(model.coef_[0][0]), 3),
        "reader": round(float(model.coef_[0][1]), 3),
        "base": round(float(model.intercept_[0]), 3),
    }
    (args.out / "weighing.json").write_text(json.dumps(told, indent=1) + "\n")


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    docs = read("train", args.cache)
    labels = labels_of(docs)
    encoder = Encoder((BASE / "vocab.txt").read_text(encoding="utf-8").splitlines(), labels)
    net = Net(args.layers, len(labels.dep) + 1, len(labels.tag) + 1, MAX_PIECES)
    rows = rows_of(docs, FOLDS)
    part = folds_of(docs, FOLDS)
    learnt = [r for r, p in zip(rows, part, strict=True) if p != args.fold]
    train(args, net, list(examples_of(learnt, encoder)))
    torch.save(net.state_dict(), args.out / "net.pt")
    (args.out / "labels.json").write_text(json.dumps({"deps": labels.dep, "tags": labels.tag}))
    if args.fold is not None:
        held = [r for r, p in zip(rows, part, strict=True) if p == args.fold]
        weighed_fold(args, held, predict(net, list(examples_of(held, encoder)), held))


if __name__ == "__main__":
    main()
