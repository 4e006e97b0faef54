"""Gold reports against coded ones: precision, recall and F1 a layer and a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.evaluating.bootstrap import Counts, interval
from dateline.evaluating.fields import FIELDS, Context, overlap
from dateline.evaluating.gold import ADDRESS, Gold, Row, spans
from dateline.records import CodedReport

CONTEXT = 40
"""Characters around the words of a mistake."""


@dataclass(frozen=True, slots=True)
class Score:
    """One figure, with its 95 % interval over reports."""

    layer: str
    measure: str
    """``exact`` (same words), ``overlap`` (words in common), or a field: overlap, and the
    field is right."""
    counts: Counts
    low: float
    high: float
    reports: int

    @property
    def name(self) -> str:
        """Layer and measure: ``times/value``."""
        return f"{self.layer}/{self.measure}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something missed, spurious or wrong."""

    report: str
    layer: str
    kind: str
    """``missed``, ``spurious`` or ``wrong``."""
    field: str
    gold: str
    found: str
    context: str
    """The words, with some around them."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores, and all mistakes."""

    scores: tuple[Score, ...]
    mistakes: tuple[Mistake, ...]

    def f1(self) -> Mapping[str, float]:
        """Return F1 by name of score."""
        return {score.name: score.counts.f1 for score in self.scores}


def evaluate(pairs: Iterable[tuple[Gold, CodedReport]]) -> Evaluation:
    """Score coded reports against gold ones, each pair of the same text.

    Raises:
        ValueError: the texts of a pair differ.
    """
    tallies: dict[tuple[str, str], list[Counts]] = defaultdict(list)
    mistakes: list[Mistake] = []
    for gold, coded in pairs:
        if gold.report.text != coded.report.text:
            raise ValueError(f"the text of {gold.report.id} is not the one that was coded")
        found = coded.to_dict()
        around = _by_id(gold.layers), _by_id({layer: found[layer] for layer in ADDRESS})
        for layer, golds in gold.layers.items():
            counts, wrong = _layer(layer, golds, found[layer], around, gold)
            mistakes.extend(wrong)
            for measure, count in counts.items():
                tallies[layer, measure].append(count)
    return Evaluation(
        tuple(_score(*key, counts) for key, counts in tallies.items()), tuple(mistakes)
    )


def _score(layer: str, measure: str, documents: list[Counts]) -> Score:
    low, high = interval(documents)
    return Score(layer, measure, sum(documents, Counts()), low, high, len(documents))


def _by_id(layers: Mapping[str, Iterable[Row]]) -> Context:
    return {
        layer: {record["id"]: record for record in records if "id" in record}
        for layer, records in layers.items()
    }


def _layer(
    layer: str,
    golds: Iterable[Row],
    founds: Iterable[Row],
    around: tuple[Context, Context],
    gold: Gold,
) -> tuple[dict[str, Counts], list[Mistake]]:
    golds, founds = list(golds), list(founds)
    pairs = list(_matched(layer, golds, founds))
    exact = sum(_alike(_address(g, layer), _address(f, layer), layer) for g, f in pairs)
    counts = {
        "exact": _counts(exact, len(golds), len(founds)),
        "overlap": _counts(len(pairs), len(golds), len(founds)),
    }
    mistakes = list(_unmatched(layer, golds, founds, pairs, gold))
    for field, compare in FIELDS[layer].items():
        if not any(field in g for g in golds):
            continue
        right = [(g, f) for g, f in pairs if field not in g or compare(g, f, *around)]
        counts[field] = _counts(len(right), len(golds), len(founds))
        wrong = [pair for pair in pairs if pair not in right]
        mistakes += [
            _mistake("wrong", layer, field, g.get(field), f[field], spans(g, layer), gold)
            for g, f in wrong
        ]
    return counts, mistakes


def _counts(right: int, golds: int, founds: int) -> Counts:
    return Counts(right, founds - right, golds - right)


def _address(record: Row, layer: str) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in spans(record, layer)]


def _alike(gold: list[tuple[int, int]], found: list[tuple[int, int]], layer: str) -> bool:
    """Tell whether two have the same words; an event is found at any of its mentions."""
    return set(gold) <= set(found) if layer == "events" else gold == found


def _matched(layer: str, golds: list[Row], founds: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs that have words in common, one to one, those with most in common first.

    Among equals a pair of the same type goes first, so that two events of one trigger
    are not crossed.
    """
    candidates = sorted(
        (
            (-common, g.get("type") != f.get("type"), i, j)
            for i, g in enumerate(golds)
            for j, f in enumerate(founds)
            if (common := overlap(spans(g, layer), spans(f, layer)))
        )
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for _, _, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield golds[i], founds[j]


def _unmatched(
    layer: str, golds: list[Row], founds: list[Row], pairs: list[tuple[Row, Row]], gold: Gold
) -> Iterator[Mistake]:
    met = {id(record) for pair in pairs for record in pair}
    for kind, records in (("missed", golds), ("spurious", founds)):
        for record in records:
            if id(record) not in met:
                words = spans(record, layer)
                yield _mistake(kind, layer, "", record.get("type"), None, words, gold)


def _mistake(
    kind: str, layer: str, field: str, expected: Any, found: Any, words: tuple[Row, ...], gold: Gold
) -> Mistake:
    text, start, end = gold.report.text, words[0]["start"], words[-1]["end"]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    context = " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())
    return Mistake(
        gold.report.id, layer, kind, field, str(expected or ""), str(found or ""), context
    )
