"""Average-linkage clustering of sparse likenesses, the same whatever the order of the items.

Items that no chain of likenesses joins are never compared; within such a
component the pair of clusters with the highest average likeness is joined
until none reaches the threshold (UPGMA; Sokal & Michener 1958). Ties go to the
smaller ids.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]


def components(ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the sets of ids that pairs join, each sorted, in order of their first id."""
    near: dict[str, list[str]] = {id: [] for id in sorted(ids)}
    for first, second in pairs:
        near[first].append(second)
        near[second].append(first)
    seen: set[str] = set()
    found = []
    for start in near:
        if start in seen:
            continue
        reached, todo = [], [start]
        seen.add(start)
        while todo:
            id = todo.pop()
            reached.append(id)
            fresh = [other for other in near[id] if other not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        found.append(sorted(reached))
    return found


def average_linkage(
    ids: Iterable[str], likeness: Mapping[Pair, float], threshold: float
) -> list[list[str]]:
    """Return clusters of ids, each sorted, in order of their first id.

    ``likeness`` holds pairs (smaller id first); a pair that is not in it counts 0.
    """
    found = [
        cluster
        for component in components(ids, (pair for pair, value in likeness.items() if value > 0))
        for cluster in _joined(component, likeness, threshold)
    ]
    return sorted(found)


def _joined(
    component: Sequence[str], likeness: Mapping[Pair, float], threshold: float
) -> list[list[str]]:
    """Join the clusters of one component; sums of likenesses stand for averages."""
    members = {id: [id] for id in component}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    inside = set(component)
    for (first, second), value in likeness.items():
        if first in inside and value > 0:
            sums[first][second] = sums[second][first] = value
    heap = [(-value, a, b) for a in sums for b, value in sums[a].items() if a < b]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= threshold:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or negative != -_average(a, b, members, sums):
            continue
        members[a] = members[a] + members.pop(b)
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other in sums[a]:
            average = _average(a, other, members, sums)
            heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    return [sorted(cluster) for cluster in members.values()]


def _average(
    a: str, b: str, members: Mapping[str, list[str]], sums: Mapping[str, Mapping[str, float]]
) -> float:
    return round(sums[a].get(b, 0.0) / (len(members[a]) * len(members[b])), 12)
