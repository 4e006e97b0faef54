"""Train the event model: k-fold for the figures, then on everything for the weights.

python training/event_model/train.py --out runs/l3 --layers 3 --folds 5
python training/event_model/train.py --out runs/final --layers 3 --folds 0
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from net import BASE, Net
from torch import Tensor, nn

import data
from data import TYPES, Example
from dateline.events.model.encoding import Encoder

SIDE = ("uw", "meantime", "general", "pair")
"""Sets of which an epoch sees a share."""
SETS = ("plv", "aw", "gsr", "uw_train", "uw_dev", "meantime", "own", "general", "pair")
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
"""Types whose participants may stand either way round."""
TYPE_AT = {name: i for i, name in enumerate(TYPES)}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, required=True)
    add("--layers", type=int, default=3)
    add("--folds", type=int, default=5, help="0: train on everything and save the weights")
    add("--only-folds", type=int, nargs="*")
    add("--without", type=int, nargs="*", help="with --folds 0: folds to leave out together")
    add("--epochs", type=int, default=8)
    add("--rate", type=float, default=1e-4)
    add("--head-rate", type=float, default=5e-4)
    add("--smooth", type=float, default=0.05)
    add("--swap", type=float, default=0.0)
    add("--hide", type=float, default=0.5, help="share of examples whose trigger mark is left out")
    add("--hide-pair", type=float, default=0.1)
    add("--reverse", type=float, default=0.2, help="share of pairs shown the wrong way round")
    add("--status", type=float, default=0.2, help="share of status examples seen an epoch")
    add("--pairs", type=float, default=0.25, help="share of pairs of participants seen an epoch")
    add("--adversarial", type=float, default=0.0)
    add("--sets", nargs="*", default=list(SETS))
    add("--seed", type=int, default=1)
    add("--threads", type=int, default=2)
    add("--helped", type=Path, help="folder that triggers.py wrote")
    return parser.parse_args()


def load(args: argparse.Namespace) -> list[Example]:
    found = [
        *data.plv(),
        *data.aw(),
        *data.gsr(),
        *data.uw("train"),
        *data.uw("dev"),
        *data.meantime(),
    ]
    if args.helped:
        found = with_triggers(found, json.loads((args.helped / "triggers.json").read_text()))
        found += data.general(args.helped / "general.json")
        found += data.pairs(args.helped / "pairs.json")
    found += data.own()
    return [e for e in found if e.set in args.sets]


def with_triggers(examples: list[Example], known: dict[str, list[int]]) -> list[Example]:
    out = []
    for e in examples:
        c = e.candidate
        span = known.get(json.dumps([c.text, c.source, c.target]))
        if span and c.trigger is None:
            e = replace(e, candidate=replace(c, trigger=tuple(span)))
        out.append(e)
    return out


def masked(e: Example, args: argparse.Namespace, rng: random.Random, names: list[str]) -> Example:
    """Hide marks and change names at random, so that the model bears their absence."""
    if e.set.startswith(SIDE):
        return e
    if names and rng.random() < args.swap:
        e = data.swap(e, names, rng)
    if reversible(e) and rng.random() < args.reverse:
        e = reverse(e)
    c = e.candidate
    if c.trigger and (c.source or c.target) and rng.random() < args.hide:
        return replace(e, candidate=replace(c, trigger=None))
    if c.trigger and rng.random() < args.hide_pair:
        return replace(e, candidate=replace(c, source=None, target=None))
    return e


def reversible(e: Example) -> bool:
    """Tell whether source and target of an example cannot change places."""
    c = e.candidate
    return (
        e.set in ("plv", "gsr", "own") and bool(c.source and c.target) and not MUTUAL & {*e.types}
    )


def reverse(e: Example) -> Example:
    """Return an example with the participants changed about: no event of that pair."""
    c = replace(e.candidate, source=e.candidate.target, target=e.candidate.source)
    return replace(e, candidate=c, types=(), relevant=0.0)


def batches(encoder: Encoder, examples: Sequence[Example], size: int, rng: random.Random | None):
    """Yield batches of sentences of like length, as indices and tensors."""
    encoded = [encoder.encode(e.candidate) for e in examples]
    order = sorted(range(len(examples)), key=lambda i: (len(encoded[i].ids), i))
    if rng:
        noisy = {i: len(encoded[i].ids) + rng.uniform(-4, 4) for i in order}
        order.sort(key=noisy.__getitem__)
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(chunks)
    for chunk in chunks:
        yield chunk, *padded([encoded[i] for i in chunk])


def padded(encoded) -> tuple[Tensor, Tensor, Tensor]:
    n = -(-max(len(e.ids) for e in encoded) // 8) * 8
    ids, mask = (
        torch.zeros(len(encoded), n, dtype=torch.long),
        torch.zeros(len(encoded), n, dtype=torch.bool),
    )
    pools = torch.zeros(len(encoded), 3, n)
    for row, e in enumerate(encoded):
        ids[row, : len(e.ids)] = torch.from_numpy(e.ids)
        mask[row, : len(e.ids)] = True
        pools[row, :, : len(e.ids)] = torch.from_numpy(e.pools)
    return ids, mask, pools


def loss_of(out: dict[str, Tensor], examples: Sequence[Example], smooth: float) -> Tensor:
    total = out["type"].new_zeros(())
    typed = [i for i, e in enumerate(examples) if e.types]
    if typed:
        gold = torch.zeros(len(typed), len(TYPES))
        for row, i in enumerate(typed):
            gold[row, [TYPE_AT[t] for t in examples[i].types]] = 1.0
        total = total + type_loss(
            out["type"][typed], gold, smooth, [examples[i].weight for i in typed]
        )
    told = [i for i, e in enumerate(examples) if e.relevant is not None]
    if told:
        gold = torch.tensor([examples[i].relevant for i in told]) * 0.94 + 0.03
        total = total + 0.5 * nn.functional.binary_cross_entropy_with_logits(
            out["relevant"][told], gold, reduction="sum"
        )
    split = [i for i, e in enumerate(examples) if e.conflict is not None]
    if split:
        gold = torch.tensor([examples[i].conflict for i in split]) * 0.94 + 0.03
        total = total + nn.functional.binary_cross_entropy_with_logits(
            out["conflict"][split], gold, reduction="sum"
        )
    sure = [i for i, e in enumerate(examples) if e.certainty is not None]
    if sure:
        gold = torch.tensor([examples[i].certainty for i in sure])
        total = total + 0.3 * nn.functional.smooth_l1_loss(
            out["status"][sure, 0], gold, reduction="sum"
        )
    ahead = [i for i, e in enumerate(examples) if e.future is not None]
    if ahead:
        gold = torch.tensor([examples[i].future for i in ahead])
        total = total + 0.5 * nn.functional.binary_cross_entropy_with_logits(
            out["status"][ahead, 1], gold, reduction="sum"
        )
    return total / len(examples)


def type_loss(logits: Tensor, gold: Tensor, smooth: float, weights: list[float]) -> Tensor:
    """Cross-entropy; where several types may be right, of their sum; with label smoothing."""
    logs = torch.log_softmax(logits, dim=1)
    right = torch.logsumexp(logs.masked_fill(gold == 0, -1e9), dim=1)
    each = -(1 - smooth) * right - smooth * logs.mean(dim=1)
    return (each * torch.tensor(weights)).sum()


def train(args: argparse.Namespace, encoder: Encoder, examples: list[Example], seed: int) -> Net:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Net(args.layers, len(TYPES))
    names = [
        e.candidate.text[s[0] : s[1]]
        for e in examples
        if e.set == "plv"
        for s in e.candidate.spans[:2]
        if s
    ]
    main = [e for e in examples if not e.set.startswith(SIDE)]
    pairs = [e for e in examples if e.set == "pair"]
    rest = [e for e in examples if e.set.startswith(SIDE) and e.set != "pair"]
    size = 24
    side = int(len(rest) * args.status), int(len(pairs) * args.pairs)
    steps = args.epochs * (len(main) + sum(side)) // size
    optimiser, schedule = optimisers(net, args, steps)
    average = [p.detach().clone() for p in trained(net)]
    averaged, step, began = 0, 0, time.time()
    for epoch in range(args.epochs):
        net.train()
        seen = [masked(e, args, rng, names) for e in main]
        seen += rng.sample(rest, side[0]) + rng.sample(pairs, side[1])
        for chunk, ids, mask, pools in batches(encoder, seen, size, rng):
            update(net, optimiser, args, ids, mask, pools, [seen[i] for i in chunk])
            schedule.step()
            step += 1
            if step > 0.7 * steps and step % 5 == 0:
                averaged += 1
                for mean, now in zip(average, trained(net), strict=True):
                    mean += (now.detach() - mean) / averaged
        print(f"  epoch {epoch + 1}: {time.time() - began:.0f} s", flush=True)
    for mean, now in zip(average, trained(net), strict=True):
        now.data.copy_(mean)
    return net.eval()


def trained(net: Net) -> list[nn.Parameter]:
    return [p for p in net.parameters() if p.requires_grad]


def optimisers(net: Net, args: argparse.Namespace, steps: int):
    heads = ("mix", "kind", "conflict", "status", "marks")
    own = [p for n, p in net.named_parameters() if p.requires_grad and n.split(".")[0] in heads]
    body = [
        p for n, p in net.named_parameters() if p.requires_grad and n.split(".")[0] not in heads
    ]
    groups = [{"params": body, "lr": args.rate}, {"params": own, "lr": args.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, steps // 12)
    scale = lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))  # noqa: E731
    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, scale)


def update(net: Net, optimiser, args: argparse.Namespace, ids, mask, pools, examples) -> None:
    optimiser.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16):
        out = net(ids, mask, pools)
    loss_of({k: v.float() for k, v in out.items()}, examples, args.smooth).backward()
    if args.adversarial:
        attack(net, args.adversarial, ids, mask, pools, examples, args.smooth)
    nn.utils.clip_grad_norm_(trained(net), 1.0)
    optimiser.step()


def attack(net: Net, strength: float, ids, mask, pools, examples, smooth: float) -> None:
    """Add the loss at inputs pushed uphill (fast gradient method)."""
    noise = torch.zeros(*ids.shape, 384, requires_grad=True)
    with torch.autocast("cpu", torch.bfloat16):
        out = net(ids, mask, pools, noise=noise)
    loss = loss_of({k: v.float() for k, v in out.items()}, examples, smooth)
    (up,) = torch.autograd.grad(loss, noise)
    up = strength * up / (up.norm(dim=(1, 2), keepdim=True) + 1e-9)
    with torch.autocast("cpu", torch.bfloat16):
        out = net(ids, mask, pools, noise=up)
    loss_of({k: v.float() for k, v in out.items()}, examples, smooth).backward()


@torch.no_grad()
def predict(net: Net, encoder: Encoder, examples: Sequence[Example]) -> dict[str, np.ndarray]:
    out = {
        "type": np.zeros((len(examples), len(TYPES))),
        "conflict": np.zeros(len(examples)),
        "relevant": np.zeros(len(examples)),
        "status": np.zeros((len(examples), 2)),
    }
    for chunk, ids, mask, pools in batches(encoder, examples, 32, None):
        for head, values in net(ids, mask, pools).items():
            out[head][chunk] = values.numpy()
    return out


def views(tests: list[Example]) -> list[Example]:
    """Each test sentence with its trigger, without it, and with nothing but it."""
    typed = [e for e in tests if e.set in ("plv", "aw", "gsr")]
    bare = [seen(e, "-bare", trigger=None) for e in typed]
    alone = [seen(e, "-trigger", source=None, target=None) for e in typed if e.candidate.trigger]
    turned = [replace(reverse(e), set=e.set + "-reversed") for e in typed if reversible(e)]
    return tests + bare + alone + turned


def seen(e: Example, view: str, **hidden: None) -> Example:
    return replace(e, candidate=replace(e.candidate, **hidden), set=e.set + view)


def cross_validate(args: argparse.Namespace, encoder: Encoder, examples: list[Example]) -> None:
    for fold in args.only_folds or range(args.folds):
        learnt = [e for e in examples if e.fold != fold and e.set != "uw_dev"]
        tests = views(
            [
                e
                for e in examples
                if (e.fold == fold and e.set not in ("own", "uw_train", "uw_dev"))
                or (e.set == "uw_dev" and fold == 0)
            ]
        )
        print(f"fold {fold}: {len(learnt)} to learn from, {len(tests)} to test", flush=True)
        net = train(args, encoder, learnt, args.seed + fold)
        torch.save(net.state_dict(), args.out / f"fold{fold}.pt")
        save(args.out / f"fold{fold}.jsonl", tests, predict(net, encoder, tests))


def save(path: Path, tests: list[Example], out: dict[str, np.ndarray]) -> None:
    with path.open("w") as lines:
        for i, e in enumerate(tests):
            c = e.candidate
            row = {"key": [c.text, c.source, c.target], "set": e.set, "fold": e.fold, "types": e.types,
                   "gold": [e.conflict, e.certainty, e.future, e.relevant], "type": out["type"][i].round(4).tolist(),
                   "conflict": round(float(out["conflict"][i]), 4), "relevant": round(float(out["relevant"][i]), 4), "status": out["status"][i].round(4).tolist()}  # fmt: skip
            lines.write(json.dumps(row) + "\n")


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = Encoder((BASE / "vocab.txt").read_text(encoding="utf-8").splitlines())
    examples = load(args)
    if args.folds:
        cross_validate(args, encoder, examples)
        return
    if args.without:
        examples = [e for e in examples if e.fold not in args.without and e.set != "uw_dev"]
    net = train(args, encoder, examples, args.seed)
    torch.save(net.state_dict(), args.out / "net.pt")


if __name__ == "__main__":
    main()
