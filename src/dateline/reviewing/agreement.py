"""How far coders agree: Cohen's kappa of two, Krippendorff's alpha of any number.

Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological
Measurement 20(1); Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from dateline.archive import Archive, Judgement
from dateline.reviewing.queue import JUDGED

Labels = Mapping[Any, Any]
"""Unit → label that one coder gave it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one question."""

    question: str
    """``verdict`` (accept, reject or correct), or the field that was corrected."""
    units: int
    """Events that at least two coders judged."""
    alpha: float | None
    kappas: dict[tuple[str, str], float | None]


def kappa(first: Labels, second: Labels) -> float | None:
    """Return Cohen's kappa on the units that both labelled; ``None`` without one or without variation."""
    units = [unit for unit in first if unit in second]
    if not units:
        return None
    seen = sum(first[u] == second[u] for u in units) / len(units)
    left, right = Counter(first[u] for u in units), Counter(second[u] for u in units)
    expected = sum(left[label] * right[label] for label in left) / len(units) ** 2
    return None if expected == 1 else (seen - expected) / (1 - expected)


def alpha(coders: Sequence[Labels]) -> float | None:
    """Return Krippendorff's alpha for nominal labels; missing labels are left out.

    ``None`` where no unit has two labels or all labels are the same.
    """
    units: dict[Hashable, list[Hashable]] = {}
    for labels in coders:
        for unit, label in labels.items():
            units.setdefault(unit, []).append(label)
    pairs: Counter[tuple[Hashable, Hashable]] = Counter()
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for labels_of in units.values():
        if len(labels_of) < 2:
            continue
        for pair in permutations(labels_of, 2):
            pairs[pair] += 1
            weights[pair] = weights.get(pair, 0.0) + 1 / (len(labels_of) - 1)
    total = sum(weights.values())
    margins: dict[Hashable, float] = {}
    for (label, _), weight in weights.items():
        margins[label] = margins.get(label, 0.0) + weight
    expected = sum(margins[a] * margins[b] for a, b in permutations(sorted(margins, key=repr), 2))
    if not total or not expected:
        return None
    observed = sum(weight for (a, b), weight in weights.items() if a != b)
    return 1 - (total - 1) * observed / expected


def agreement(archive: Archive) -> list[Agreement]:
    """Return how far the coders of an archive agree on events, question by question."""
    judged = [j for j in archive.judgements(layer="events") if j.action in JUDGED[:3]]
    questions = ["verdict", *sorted({j.field for j in judged if j.field})]
    return [_agreed(question, _labels(judged, question)) for question in questions]


def _labels(judged: Sequence[Judgement], question: str) -> dict[str, dict[Hashable, Hashable]]:
    """Return coder → event → label. Who judged an event and left a field alone took it as it was."""
    found: dict[str, dict[Hashable, Hashable]] = {}
    for one in judged:
        unit, mine = (one.report, one.record), found.setdefault(one.coder, {})
        if question == "verdict":
            mine[unit] = one.action
        elif one.action == "correct" and one.field == question:
            mine[unit] = repr(one.value)
        elif one.action != "reject":
            mine.setdefault(unit, "as it was")
    return found


def _agreed(question: str, labels: Mapping[str, Labels]) -> Agreement:
    coders = sorted(labels)
    shared = Counter(unit for coder in coders for unit in labels[coder])
    return Agreement(
        question,
        sum(count > 1 for count in shared.values()),
        alpha([labels[coder] for coder in coders]),
        {(a, b): kappa(labels[a], labels[b]) for a, b in combinations(coders, 2)},
    )
