"""Scores of coreference (MUC, B-cubed, CEAF-e, their mean) and what they are measured on.

ECB+ annotates coreference in a few sentences of each document only. A gold
mention of an action counts as found where the words of an event of dateline
overlap it. Clusters are scored over the found mentions; how many are found at
all is told apart, since dateline looks for political acts and ECB+ marks any.
"""

from __future__ import annotations

import bisect
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from dateline import CodedReport, Coder, Report
from dateline.merging import ReportView, merge, view
from dateline.merging.pairs import Ref

Clusters = list[set[Ref]]
Counts = tuple[float, float, float, float]
"""Numerator and denominator of recall, then of precision."""


def muc(gold: Clusters, found: Clusters) -> Counts:
    """Return the counts of MUC (Vilain et al. 1995)."""
    return (*_links(gold, found), *_links(found, gold))


def _links(key: Clusters, response: Clusters) -> tuple[float, float]:
    of = {ref: n for n, cluster in enumerate(response) for ref in cluster}
    right = sum(len(c) - len({of.get(ref, ref) for ref in c}) for c in key)
    return right, sum(len(c) - 1 for c in key)


def b_cubed(gold: Clusters, found: Clusters) -> Counts:
    """Return the counts of B-cubed (Bagga & Baldwin 1998)."""
    return (*_shares(gold, found), *_shares(found, gold))


def _shares(key: Clusters, response: Clusters) -> tuple[float, float]:
    of = {ref: cluster for cluster in response for ref in cluster}
    total = sum(len(c & of[ref]) / len(c) for c in key for ref in c if ref in of)
    return total, sum(map(len, key))


def ceaf(gold: Clusters, found: Clusters) -> Counts:
    """Return the counts of CEAF-e (Luo 2005): the best one-to-one match of clusters."""
    if not gold or not found:
        return 0.0, len(gold), 0.0, len(found)
    alike = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])
    rows, columns = linear_sum_assignment(-alike)
    total = float(alike[rows, columns].sum())
    return total, len(gold), total, len(found)


METRICS: Mapping[str, Callable[[Clusters, Clusters], Counts]] = {
    "MUC": muc, "B³": b_cubed, "CEAF-e": ceaf,
}  # fmt: skip


def f1(counts: Counts) -> float:
    """Return the F1 of counts, 0 to 1."""
    recall = counts[0] / counts[1] if counts[1] else 0.0
    precision = counts[2] / counts[3] if counts[3] else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def clusters_of(label: Mapping[Ref, Hashable]) -> Clusters:
    """Return the clusters that labels make."""
    found: dict[Hashable, set[Ref]] = defaultdict(set)
    for ref, name in label.items():
        found[name].add(ref)
    return list(found.values())


def scores(gold: Mapping[Ref, Hashable], found: Mapping[Ref, Hashable]) -> dict[str, float]:
    """Return F1 by metric, and CoNLL: the mean of the three."""
    each = {n: f1(metric(clusters_of(gold), clusters_of(found))) for n, metric in METRICS.items()}
    return each | {"CoNLL": sum(each.values()) / 3}


def interval(
    gold: Mapping[Ref, Hashable],
    found: Mapping[Ref, Hashable],
    topic: Mapping[str, str],
    times: int = 500,
) -> tuple[float, float]:
    """Return the 95 % interval of CoNLL F1 over topics drawn with replacement."""
    parts: list[list[Counts]] = []
    for name in sorted(set(topic.values())):
        mine = {ref for ref in gold if topic[ref[0]] == name}
        two = [clusters_of({r: v for r, v in x.items() if r in mine}) for x in (gold, found)]
        if mine:
            parts.append([metric(*two) for metric in METRICS.values()])
    rng, drawn = random.Random(1), []
    for _ in range(times):
        sample = [rng.choice(parts) for _ in parts]
        sums = [tuple(map(sum, zip(*(p[n] for p in sample), strict=True))) for n in range(3)]
        drawn.append(sum(map(f1, sums)) / 3)  # type: ignore[arg-type]
    drawn.sort()
    return drawn[int(0.025 * times)], drawn[int(0.975 * times)]


def _range(
    gold: Mapping[Ref, Hashable], found: Mapping[Ref, Hashable], topic: Mapping[str, str]
) -> str:
    """Return the interval in words; none where clusters reach over topics, which it leaves out."""
    over = [c for c in clusters_of(found) if len({topic[id] for id, _ in c}) > 1]
    if len(over) > 0.02 * len(gold):
        return "–"
    low, high = interval(gold, found, topic)
    return f"{low:.3f} to {high:.3f}"


def load(path: Path, split: str) -> list[dict[str, Any]]:
    """Return the documents of a split."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [row for row in rows if row["split"] == split]


def aligned(
    rows: Sequence[dict[str, Any]], coded: Iterable[CodedReport]
) -> tuple[dict[Ref, str], Counter[str]]:
    """Return the gold chain of each event that has one, and how many were found and missed."""
    by_id = {row["doc_id"]: row for row in rows}
    chains: dict[Ref, str] = {}
    counts: Counter[str] = Counter()
    for one in coded:
        row = by_id[one.report.id]
        acts = _actions(row)
        hit: set[str] = set()
        starts = [0, *(n + 1 for n, c in enumerate(row["text"]) if c == "\n")]
        for event in one.events:
            trigger = event.trigger
            if bisect.bisect_right(starts, trigger.start) - 1 not in row["validated_sentences"]:
                continue
            over = [m for m in acts if m["start"] < trigger.end and trigger.start < m["end"]]
            counts["events"] += 1
            if over:
                mention = min(over, key=lambda m: m["end"] - m["start"])
                hit.add(mention["m_id"])
                ref = (one.report.id, event.id)
                chains[ref] = mention.get("chain") or f"{one.report.id} {mention['m_id']}"
        counts["mentions"] += len(acts)
        counts["found"] += len(hit)
    counts["matched"] = len(chains)
    return chains, counts


def _actions(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        m
        for m in row["mentions"]
        if m["tag"].startswith(("ACTION", "NEG")) and m["sentence"] in row["validated_sentences"]
    ]


def systems(
    views: Sequence[ReportView], gold: Mapping[Ref, str], topic: Mapping[str, str]
) -> dict[str, dict[Ref, Hashable]]:
    """Return the clusters of dateline and of the baselines, over the mentions of ``gold``."""
    merged = merge(views)
    joined = {(x.report, x.event): e.id for e in merged.events for x in e.links}
    story = {id: s.id for s in merged.stories for id in s.reports}
    stems = {(v.id, e.id): (e.stems or (e.id,))[-1] for v in views for e in v.events}
    return {
        "dateline, all documents at once": {ref: joined[ref] for ref in gold},
        "same stem, all documents": {ref: stems[ref] for ref in gold},
        "same stem within dateline's stories": {r: (story[r[0]], stems[r]) for r in gold},
        "same stem within the gold topic": {r: (topic[r[0]], stems[r]) for r in gold},
        "every mention alone": {ref: ref for ref in gold},
    }


def report(path: Path) -> list[str]:
    """Return the tables."""
    lines = []
    for split in ("train", "dev"):
        rows = load(path, split)
        coded = list(Coder().stream(Report(id=r["doc_id"], text=r["text"]) for r in rows))
        gold, counts = aligned(rows, coded)
        topic = {row["doc_id"]: row["topic"] for row in rows}
        lines += [
            f"ECB+ {split}: {len(rows)} documents, {counts['mentions']:,} mentions of actions in the "
            f"annotated sentences; dateline finds {counts['found']} of them "
            f"({counts['found'] / counts['mentions']:.3f}), and {counts['matched']} of its "
            f"{counts['events']} events there are mentions "
            f"({counts['matched'] / counts['events']:.3f}).",
            "",
            f"| {split}, over the {counts['matched']} found | MUC | B³ | CEAF-e | CoNLL F1 | 95 % |",
            "|---|---|---|---|---|---|",
        ]
        for name, found in systems([view(one) for one in coded], gold, topic).items():
            row = " | ".join(f"{value:.3f}" for value in scores(gold, found).values())
            lines.append(f"| {name} | {row} | {_range(gold, found, topic)} |")
        lines.append("")
    return lines
