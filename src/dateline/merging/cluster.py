"""Average-linkage clustering of sparse likenesses, the same whatever the order of the items.

Two clusters whose average likeness reaches the threshold have a pair that
reaches it; so items that no chain of such pairs joins are never compared.
Within such a component the pair of clusters with the highest average likeness
is joined until none reaches the threshold (UPGMA; Sokal & Michener 1958). Ties
go to the smaller ids. Pairs that must be together start in one cluster, and
pairs that must be apart keep theirs from being joined.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)
"""An id: anything that has an order and can be a key."""


def components(ids: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """Return the sets of ids that pairs join, each sorted, in order of their first id."""
    near: dict[T, list[T]] = {id: [] for id in sorted(ids)}
    for first, second in pairs:
        near[first].append(second)
        near[second].append(first)
    seen: set[T] = set()
    found = []
    for start in near:
        if start in seen:
            continue
        reached, todo = [], [start]
        seen.add(start)
        while todo:
            id = todo.pop()
            reached.append(id)
            fresh = {other for other in near[id] if other not in seen}
            seen.update(fresh)
            todo.extend(fresh)
        found.append(sorted(reached))
    return found


def average_linkage(
    ids: Iterable[T],
    likeness: Mapping[tuple[T, T], float],
    threshold: float,
    *,
    together: Collection[tuple[T, T]] = (),
    apart: Collection[tuple[T, T]] = (),
) -> list[list[T]]:
    """Return clusters of ids, each sorted, in order of their first id.

    ``likeness`` holds pairs (smaller id first); a pair that is not in it counts 0. A pair of
    ``together`` that a pair of ``apart`` contradicts, directly or by others, is left out.
    """
    known = sorted(ids)
    strong = [pair for pair, value in likeness.items() if value >= threshold and value > 0]
    parts = components(known, [*strong, *together])
    of = {id: number for number, part in enumerate(parts) for id in part}
    inside: dict[int, list[tuple[tuple[T, T], float]]] = defaultdict(list)
    for (first, second), value in likeness.items():
        if of[first] == of[second] and value > 0:
            inside[of[first]].append(((first, second), value))
    started = _started(known, together, apart)
    found = [
        cluster
        for number, part in enumerate(parts)
        for cluster in _joined(part, inside[number], threshold, started, apart)
    ]
    return sorted(found)


def _started(
    ids: Sequence[T], together: Collection[tuple[T, T]], apart: Collection[tuple[T, T]]
) -> Mapping[T, T]:
    """Return for each id the smallest one of the cluster it starts in."""
    of = {id: id for id in ids}
    groups = {id: [id] for id in {id for pair in together for id in pair}}
    barred = [pair for pair in apart if pair[0] in of and pair[1] in of]
    for first, second in sorted((min(pair), max(pair)) for pair in together):
        keep, lose = min(of[first], of[second]), max(of[first], of[second])
        if keep == lose or any({of[a], of[b]} == {keep, lose} for a, b in barred):
            continue
        groups[keep] += groups[lose]
        of.update(dict.fromkeys(groups.pop(lose), keep))
    return of


def _joined(
    component: Sequence[T],
    likeness: Iterable[tuple[tuple[T, T], float]],
    threshold: float,
    started: Mapping[T, T],
    apart: Collection[tuple[T, T]],
) -> list[list[T]]:
    """Join the clusters of one component; sums of likenesses stand for averages."""
    members: dict[T, list[T]] = defaultdict(list)
    for id in component:
        members[started[id]].append(id)
    sums: dict[T, dict[T, float]] = defaultdict(dict)
    for (first, second), value in sorted(likeness):
        a, b = started[first], started[second]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + value
    barred = _barred(members, started, apart)
    heap = [(-_average(a, b, members, sums), a, b) for a in sums for b in sums[a] if a < b]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= threshold:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or b in barred[a]:
            continue
        if negative != -_average(a, b, members, sums):
            continue
        members[a] = members[a] + members.pop(b)
        barred[a] |= barred[b]
        for other in barred.pop(b):
            barred[other].add(a)
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other in sums[a]:
            average = _average(a, other, members, sums)
            heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    return [sorted(cluster) for cluster in members.values()]


def _barred(
    members: Mapping[T, list[T]], started: Mapping[T, T], apart: Collection[tuple[T, T]]
) -> dict[T, set[T]]:
    """Return for each cluster those that it must not be joined to."""
    barred: dict[T, set[T]] = defaultdict(set)
    for first, second in apart:
        if first not in started or second not in started:
            continue
        a, b = started[first], started[second]
        if a in members and b in members and a != b:
            barred[a].add(b)
            barred[b].add(a)
    return barred


def _average(
    a: T, b: T, members: Mapping[T, list[T]], sums: Mapping[T, Mapping[T, float]]
) -> float:
    return round(sums[a].get(b, 0.0) / (len(members[a]) * len(members[b])), 9)
