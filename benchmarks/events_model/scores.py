"""Score saved k-fold predictions: PLV root and quad, AW conflict, GSR type, status, calibration.

python benchmarks/events_model/scores.py RUN [RUN …]     (several runs: their mean logits)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
QUAD = (1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4)
AT = {name: i for i, name in enumerate(TYPES)}
ROOTS = tuple(t for t in TYPES if t != "RETREAT")
"""PLV's roots, with CONCEDE standing for YIELD (CONCEDE or RETREAT)."""


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def rows(run: Path) -> list[dict]:
    return [json.loads(line) for path in sorted(run.glob("fold*.jsonl")) for line in path.open()]


def ensemble(runs: Sequence[Path]) -> list[dict]:
    many = [rows(run) for run in runs]
    out = []
    for same in zip(*many, strict=True):
        first = dict(same[0])
        for head in ("type", "conflict", "relevant", "status"):
            first[head] = np.mean([r[head] for r in same], axis=0)
        out.append(first)
    return out


def folded(probs: np.ndarray) -> np.ndarray:
    """Return probabilities of PLV's 15 roots: RETREAT's joins CONCEDE's."""
    out = probs.copy()
    out[:, AT["CONCEDE"]] += out[:, AT["RETREAT"]]
    out[:, AT["RETREAT"]] = 0
    return out


def macro(gold: np.ndarray, said: np.ndarray) -> float:
    labels = sorted(set(gold.tolist()))
    return float(f1_score(gold, said, labels=labels, average="macro", zero_division=0))


def interval(score: Callable[[np.ndarray], float], groups: Sequence[str], n: int = 400) -> str:
    """Return the score with a bootstrap 95 % interval over groups (sentences)."""
    by: dict[str, list[int]] = {}
    for i, group in enumerate(groups):
        by.setdefault(group, []).append(i)
    members, rng = list(by.values()), np.random.default_rng(0)
    drawn = []
    for _ in range(n):
        pick = rng.integers(0, len(members), len(members))
        drawn.append(score(np.array([i for p in pick for i in members[p]])))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{score(np.arange(len(groups))):.3f} [{low:.3f}, {high:.3f}]"


def quad(gold: Sequence[int]) -> np.ndarray:
    return np.array([2 if g == AT["CONCEDE"] else QUAD[g] for g in gold])


def quad_said(probs: np.ndarray) -> np.ndarray:
    """Return the quad class with the largest sum; PLV counts YIELD as material cooperation."""
    sums = np.zeros((len(probs), 5))
    for i, q in enumerate(QUAD):
        sums[:, 2 if i == AT["CONCEDE"] else q] += probs[:, i]
    return sums.argmax(1)


def report(rs: list[dict]) -> dict[str, str]:
    out = {}
    for name in ("plv-bare", "plv", "plv-trigger"):
        part = [r for r in rs if r["set"] == name]
        if part:
            probs = folded(softmax(np.array([r["type"] for r in part])))
            gold = np.array([AT[r["types"][0]] for r in part])
            keys = [r["key"][0] for r in part]
            said = probs.argmax(1)
            out[f"{name} root"] = interval(lambda at, g=gold, s=said: macro(g[at], s[at]), keys)
            out[f"{name} root accuracy"] = f"{(gold == said).mean():.3f}"
            gq, sq = quad(gold), quad_said(probs)
            out[f"{name} quad"] = interval(lambda at, g=gq, s=sq: macro(g[at], s[at]), keys)
    for name in ("aw-bare", "aw", "aw-trigger"):
        part = [r for r in rs if r["set"] == name]
        if part:
            gold = np.array([int(r["gold"][0]) for r in part])
            said = np.array([int(r["conflict"] > 0) for r in part])
            out[f"{name} conflict"] = interval(
                lambda at, g=gold, s=said: macro(g[at], s[at]), [r["key"][0] for r in part]
            )
    for name in ("gsr-bare", "gsr", "gsr-trigger"):
        part = [r for r in rs if r["set"] == name]
        if part:
            gold = np.array([AT[r["types"][0]] for r in part])
            said = np.array([r["type"] for r in part]).argmax(1)
            out[f"{name} type"] = interval(
                lambda at, g=gold, s=said: macro(g[at], s[at]), [r["key"][0] for r in part]
            )
            out[f"{name} accuracy"] = f"{(gold == said).mean():.3f}"
    part = [r for r in rs if r["set"] == "uw_dev"]
    if part:
        gold, said = (
            np.array([r["gold"][1] for r in part]),
            np.array([r["status"][0] for r in part]),
        )
        out["uw dev Pearson r"] = (
            f"{np.corrcoef(gold, said)[0, 1]:.3f} (MAE {np.abs(gold - said).mean():.3f})"
        )
    part = [r for r in rs if r["set"] == "meantime" and r["gold"][2] is not None]
    if part:
        gold, said = (
            np.array([r["gold"][2] for r in part]),
            np.array([r["status"][1] > 0 for r in part]).astype(float),
        )
        out["meantime future F1"] = f"{f1_score(gold, said):.3f}"
        part = [r for r in rs if r["set"] == "meantime"]
        gold, said = (
            np.array([r["gold"][1] < 0 for r in part]),
            np.array([r["status"][0] < 0 for r in part]),
        )
        out["meantime negated F1"] = f"{f1_score(gold, said):.3f}"
    return out


if __name__ == "__main__":
    for label, value in report(ensemble([Path(p) for p in sys.argv[1:]])).items():
        print(f"{label:28s} {value}")
