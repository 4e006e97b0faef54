"""From reports and what is known of their pairs to stories and merged events.

Everything here is a function of a set: the order in which reports come, and
whether they come at once or one by one, changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.merging.cluster import average_linkage, components
from dateline.merging.compare import Feature
from dateline.merging.fuse import fuse
from dateline.merging.keys import CROWDED, keys
from dateline.merging.pairs import COPIED_SCORE, PairOfReports, Ref, around, link, pair
from dateline.merging.scoring import Weights, default_weights
from dateline.merging.stories import FAINTEST, THRESHOLD
from dateline.merging.twins import H, Heading, Twins, twins_of
from dateline.merging.views import ReportView
from dateline.merging.votes import Member
from dateline.records import EventLink, MergedEvent, Reason, Story


@dataclass(frozen=True, slots=True, order=True)
class Constraint:
    """What a human decided about two events; it goes before any score."""

    first: Ref
    second: Ref
    together: bool
    """They are one; else they are not."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging makes of reports."""

    stories: tuple[Story, ...]
    events: tuple[MergedEvent, ...]


Pairs = Mapping[tuple[str, str], PairOfReports]
"""What is known of reports, by their ids, the smaller first; a report stands with itself too."""


def merge(
    views: Iterable[ReportView],
    constraints: Iterable[Constraint] = (),
    weights: Weights | None = None,
) -> Merged:
    """Return the stories and merged events of reports, by id."""
    everything = {view.id: view for view in views}
    decided = list(constraints)
    twins = twins_of(everything.values(), {ref[0] for c in decided for ref in (c.first, c.second)})
    behind = {twin.id for after in twins.of.values() for twin in after}
    known = {id: view for id, view in everything.items() if id not in behind}
    chosen = weights or default_weights()
    candidates = sorted({*_candidates(known), *((id, id) for id in known)})
    compared = (pair(known[a], known[b], chosen) for a, b in candidates)
    pairs = {(found.first, found.second): found for found in compared if found.worth}
    sources = sources_of(known, pairs)
    told = stories_of(known, pairs, sources, twins)
    story = {report: one.id for one in told for report in one.reports}
    links = {(a, b): score for found in pairs.values() for (a, b, score) in links_of(found)}
    refs = {(id, event.id) for id, one in known.items() for event in one.events}
    groups = clusters(refs, links, decided, chosen)
    merger = Merger(known, pairs, links, sources, story, chosen, twins)
    events = sorted((merger.merged(group) for group in groups), key=lambda one: one.id)
    return Merged(tuple(told), tuple(events))


def _candidates(views: Mapping[str, ReportView]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports that share a key which is not crowded."""
    having: dict[str, list[str]] = defaultdict(list)
    for id in sorted(views):
        for key in keys(views[id]):
            having[key].append(id)
    for ids in having.values():
        if len(ids) <= CROWDED:
            yield from ((a, b) for n, a in enumerate(ids) for b in ids[n + 1 :])


def links_of(found: PairOfReports) -> Iterator[tuple[Ref, Ref, float]]:
    """Yield the events of two reports that may be one, the smaller first, with their score."""
    for a, b, score in found.links:
        first, second = sorted(((found.first, a), (found.second, b)))
        yield first, second, score


# -------------------------------------------------------------------- stories


def sources_of(views: Mapping[str, H], pairs: Pairs) -> dict[str, str]:
    """Return for each report the earliest of its copies, or itself."""
    joined = [ids for ids, found in pairs.items() if found.copies and ids[0] != ids[1]]
    return {
        id: first
        for group in components(views, joined)
        for first in [min(group, key=lambda id: age(views[id]))]
        for id in group
    }


def age(view: Heading) -> tuple[bool, str, str]:
    """Orders reports by publication; those without a date come last."""
    return view.published is None, view.published or "", view.id


def stories_of(
    views: Mapping[str, H], pairs: Pairs, sources: Mapping[str, str], twins: Twins[H]
) -> list[Story]:
    """Return the stories of heads and their twins, by id. Copies are always one story."""
    near = {
        ids: found.near
        for ids, found in pairs.items()
        if ids[0] != ids[1] and found.near >= FAINTEST
    }
    copies = [ids for ids, found in pairs.items() if found.copies and ids[0] != ids[1]]
    groups = average_linkage(views, near, THRESHOLD, together=copies)
    found = [_story([views[id] for id in group], near, sources, twins) for group in groups]
    return sorted(found, key=lambda story: story.id)


def _story(
    heads: Sequence[H],
    near: Mapping[tuple[str, str], float],
    sources: Mapping[str, str],
    twins: Twins[H],
) -> Story:
    source = {view.id: sources[head.id] for head in heads for view in (head, *twins.after(head.id))}
    ordered = sorted((view for head in heads for view in (head, *twins.after(head.id))), key=age)
    of_source: dict[str, list[str]] = defaultdict(list)
    for view in ordered:
        of_source[source[view.id]].append(view.id)
    dates = [view.published for view in ordered if view.published]
    return Story(
        id=story_id(ordered[0].id),
        title=_closest(sorted(heads, key=age), near).title,
        reports=tuple(view.id for view in ordered),
        first=min(dates, default=None),
        last=max(dates, default=None),
        copies=tuple(tuple(ids) for ids in of_source.values() if len(ids) > 1),
        sources=tuple(ids[0] for ids in of_source.values()),
    )


def story_id(report: str) -> str:
    """Return the id of the story whose first report is ``report``."""
    return "s" + hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _closest(views: Sequence[H], near: Mapping[tuple[str, str], float]) -> H:
    """Return the report most like all others, the earliest of equals."""
    total: dict[str, float] = defaultdict(float)
    for one in views:
        for other in views:
            total[one.id] += near.get((min(one.id, other.id), max(one.id, other.id)), 0.0)
    return max(reversed(views), key=lambda view: round(total[view.id], 6))


# --------------------------------------------------------------------- events


def clusters(
    refs: Collection[Ref],
    links: Mapping[tuple[Ref, Ref], float],
    constraints: Sequence[Constraint],
    weights: Weights,
) -> list[list[Ref]]:
    """Return events in groups that are one; of two constraints the last holds."""
    decided = {
        (min(c.first, c.second), max(c.first, c.second)): c.together
        for c in constraints
        if c.first in refs and c.second in refs and c.first != c.second
    }
    return average_linkage(
        refs,
        links,
        weights.threshold,
        together=[pair for pair, together in decided.items() if together],
        apart=[pair for pair, together in decided.items() if not together],
    )


@dataclass(frozen=True, slots=True)
class Merger:
    """What is needed to make merged events of groups."""

    views: Mapping[str, ReportView]
    """Of heads, by their ids."""
    pairs: Pairs
    links: Mapping[tuple[Ref, Ref], float]
    sources: Mapping[str, str]
    stories: Mapping[str, str]
    weights: Weights
    twins: Twins[ReportView]

    def merged(self, group: Collection[Ref]) -> MergedEvent:
        """Return the merged event of a group of heads' events, with those of their twins.

        Each of its links has its reasons.
        """
        known = sorted(group)
        told = [self.stories[report] for report in sorted({ref[0] for ref in known})]
        story = max(sorted(set(told)), key=told.count)
        shared = {ref: list(self._twins(ref)) for ref in known}
        members = [one for ref in known for one in (self._member(ref), *shared[ref])]
        links = [link for ref in known for link in self._links(ref, shared)]
        return fuse(members, links, story)

    def _member(self, ref: Ref) -> Member:
        view = self.views[ref[0]]
        event = next(event for event in view.events if event.id == ref[1])
        return Member(view, event, self.sources[ref[0]])

    def _twins(self, ref: Ref) -> Iterator[Member]:
        """Yield the same event of a report's twins."""
        after = self.twins.after(ref[0])
        if after:
            place = [event.id for event in self.views[ref[0]].events].index(ref[1])
            for twin in after:
                yield Member(twin, twin.events[place], self.sources[ref[0]])

    def _links(self, ref: Ref, shared: Mapping[Ref, Sequence[Member]]) -> Iterator[EventLink]:
        """Yield the links of a head's event and of its twins': to twins, and to other heads."""
        scores = {
            other: self.links.get((min(ref, other), max(ref, other)), 0.0)
            for other in shared
            if other != ref
        }
        twins = shared[ref]
        others = len(twins) + sum(1 + len(shared[other]) for other in scores)
        total = COPIED_SCORE * len(twins) + sum(
            score * (1 + len(shared[other])) for other, score in scores.items()
        )
        mean = round(total / others, 4) if others else 1.0
        best = max(scores, key=lambda other: scores[other], default=None)
        why: tuple[Reason, ...] = ()
        if twins:
            why = (_with(twins[0].ref, COPIED_SCORE), *self.weights.why([TWINS]))
        elif best is not None:
            why = (_with(best, scores[best]), *self._why(ref, best))
        yield EventLink(report=ref[0], event=ref[1], score=mean, why=why)
        for twin in twins:
            why = (_with(ref, COPIED_SCORE), *self.weights.why([TWINS]))
            yield EventLink(report=twin.ref[0], event=twin.ref[1], score=mean, why=why)

    def _why(self, ref: Ref, other: Ref) -> tuple[Reason, ...]:
        one, two = sorted((ref, other))
        known = self.pairs.get((one[0], two[0]))
        if known is None or (one, two) not in self.links:
            return (Reason(field="link", rule="judgement", detail="joined by a human decision"),)
        first, second = self._member(one), self._member(two)
        near = around(first.report, second.report, known)
        _, features = link(first.event, second.event, known, near, self.weights)
        return self.weights.why(features)


TWINS = Feature("copy", 1, "the same words")
"""Why the events of twins are one."""


def _with(other: Ref, score: float) -> Reason:
    return Reason(field="link", rule="with", detail=f"{other[0]}/{other[1]}", weight=score)
