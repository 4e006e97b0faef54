"""Fit the temperatures on out-of-fold predictions; report calibration before and after.

    python benchmarks/events_model/calibrate.py RUN [--svg reliability.svg]

The error after scaling is honest: each fold is scaled by the temperature of the other four.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scores import AT, folded, rows, softmax

HEATS = np.exp(np.linspace(np.log(0.3), np.log(4), 120))
BINS = 10


def loss_types(logits: np.ndarray, gold: np.ndarray) -> float:
    return float(
        -np.log(np.maximum(folded(softmax(logits))[np.arange(len(gold)), gold], 1e-9)).mean()
    )


def loss_yes(logits: np.ndarray, gold: np.ndarray) -> float:
    return float(np.logaddexp(0, np.where(gold == 1, -logits, logits)).mean())


def best(loss, logits: np.ndarray, gold: np.ndarray) -> float:
    return float(min(HEATS, key=lambda heat: loss(logits / heat, gold)))


def crossed(loss, logits: np.ndarray, gold: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return logits scaled by the temperature of the other folds."""
    out = logits.copy()
    for fold in sorted(set(folds.tolist())):
        rest = folds != fold
        out[folds == fold] /= best(loss, logits[rest], gold[rest])
    return out


def error(sure: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    at = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(sure[at == b].sum() - right[at == b].sum()) for b in range(BINS)) / len(sure)
    )


def table(sure: np.ndarray, right: np.ndarray) -> list[tuple[int, float, float]]:
    at = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        (int((at == b).sum()), float(sure[at == b].mean()), float(right[at == b].mean()))
        for b in range(BINS)
        if (at == b).any()
    ]


def svg(bins: list[tuple[int, float, float]]) -> str:
    """Draw said against seen, a dot a bin, its area by the number of sentences."""
    most = max(n for n, _, _ in bins)
    dots = "".join(
        f'<circle cx="{40 + 240 * said:.1f}" cy="{260 - 240 * seen:.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" fill="#1f6f8b" fill-opacity=".75"><title>{n} sentences: said {said:.2f}, right {seen:.2f}</title></circle>'
        for n, said, seen in bins
    )
    ticks = "".join(
        f'<text x="{40 + 240 * t:.0f}" y="276" text-anchor="middle">{t:.1f}</text><text x="34" y="{264 - 240 * t:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0, 0.5, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" font-family="sans-serif" font-size="11">'
        '<rect width="300" height="300" fill="#fff"/><rect x="40" y="20" width="240" height="240" fill="none" stroke="#999"/>'
        f'<line x1="40" y1="260" x2="280" y2="20" stroke="#999" stroke-dasharray="4"/>{ticks}{dots}'
        '<text x="160" y="293" text-anchor="middle">probability of the type given</text>'
        '<text x="10" y="140" text-anchor="middle" transform="rotate(-90 10 140)">share that is right</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--svg", type=Path)
    args = parser.parse_args()
    every, heats = rows(args.run), {}
    part = [r for r in every if r["set"] in ("plv", "plv-bare", "gsr", "gsr-bare")]
    logits = np.array([r["type"] for r in part])
    gold = np.array(
        [AT[("CONCEDE" if r["types"][0] == "RETREAT" else r["types"][0])] for r in part]
    )
    folds = np.array([r["fold"] for r in part])
    heats["type"] = best(loss_types, logits, gold)
    for name, values in (
        ("as trained", logits),
        ("scaled", crossed(loss_types, logits, gold, folds)),
    ):
        probs = folded(softmax(values))
        sure, right = probs.max(1), probs.argmax(1) == gold
        print(
            f"type, {name}: expected calibration error {error(sure, right):.3f}, log loss {loss_types(values, gold):.3f}, n {len(gold)}"
        )
    for n, said, seen in (bins := table(sure, right)):
        print(f"  {n:5d} sentences: said {said:.3f}, right {seen:.3f}")
    if args.svg:
        args.svg.write_text(svg(bins))
    for head, at in (("conflict", 0), ("relevant", 3)):
        part = [r for r in every if r["gold"][at] is not None]
        values, gold = np.array([r[head] for r in part]), np.array([r["gold"][at] for r in part])
        folds = np.array([r["fold"] for r in part])
        heats[head] = best(loss_yes, values, gold)
        for name, scaled in (
            ("as trained", values),
            ("scaled", crossed(loss_yes, values, gold, folds)),
        ):
            yes = 1 / (1 + np.exp(-scaled))
            print(
                f"{head}, {name}: expected calibration error {error(yes, gold):.3f}, log loss {loss_yes(scaled, gold):.3f}, n {len(gold)}"
            )
    print(json.dumps({name: round(heat, 3) for name, heat in heats.items()}))


if __name__ == "__main__":
    main()
