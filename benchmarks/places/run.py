"""Score places against LGL and GeoWebNews: found, resolved, and both end to end.

    python benchmarks/places/run.py [--set geowebnews] [--cache DIR] [--errors]

The weights that ship have seen these reports: the figures to judge by are those of
training/places/train.py, whose folds and other sets they have not seen.

Gold are the toponyms with coordinates. A toponym is found where a place of
ours overlaps it (one for one), and right end to end where that place stands within
161 km (100 miles) of the gold point (the measure of Gritta et al. 2018,
"What's missing in geographical parsing?"). A place of ours is spurious where it
overlaps no annotated toponym, save those that the annotators name without giving
coordinates (peoples, and sites that they did not find), which are left open. On gold spans the names are given and only the choice is scored; a
name without candidates is wrong. Intervals: bootstrap over documents, 1,000 draws, 95 %.
Documents are read with their address, and with their date where the set has one.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from dateline import actors, quantities, times
from dateline.language import load, notes, parse_all
from dateline.places import find
from dateline.places.distance import kilometres
from dateline.places.gazetteer import load as gazetteer
from dateline.records import DateBasis, Place, Report
from dateline.stages import run

HERE = Path(__file__).parent
SETS = {"geowebnews": "geo_geowebnews_dev", "lgl": "geo_lgl_dev"}
NEAR = 161.0
Row = dict[str, Any]


@dataclass(slots=True)
class Scored:
    """Counts of one document."""

    found: int = 0
    right: int = 0
    gold: int = 0
    made: int = 0
    spurious: int = 0
    spans: int = 0
    spans_right: int = 0
    spans_country: int = 0
    known: int = 0
    known_right: int = 0
    known_country: int = 0
    chances: list[tuple[float, bool]] = field(default_factory=list)
    """Score and rightness of each place that was found and resolved."""
    abstained: int = 0


def eval_dir() -> Path:
    """Return the folder of gold data."""
    return Path(os.environ.get("DATELINE_EVAL", HERE.parents[2] / "shared" / "eval"))


def read(name: str) -> list[Row]:
    """Return the gold documents of a set."""
    path = eval_dir() / "places" / f"{SETS[name]}.jsonl"
    if not path.exists():
        raise SystemExit(f"{path} is missing: nothing to score (set DATELINE_EVAL)")
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def documents(name: str, rows: Sequence[Row], cache: Path | None) -> list[Doc]:
    """Return the documents as the places stage finds them, from the cache where there is one."""
    nlp = load()
    kept = cache / f"{SETS[name]}.docs.pkl" if cache else None
    if kept is not None and kept.exists():
        strings, held = pickle.loads(kept.read_bytes())
        for string in strings:
            nlp.vocab.strings.add(string)
        docs = []
        for data, known in held:
            doc = Doc(nlp.vocab).from_bytes(data)
            doc._.dateline = known
            docs.append(doc)
        return docs
    docs = list(parse_all((report(row) for row in rows), nlp, batch=16))
    stages = (times.stage(), quantities.stage(), actors.stage())
    for doc in docs:
        run(stages, doc)
    if kept is not None:
        held = [(doc.to_bytes(exclude=["user_data", "vocab"]), notes(doc)) for doc in docs]
        kept.write_bytes(pickle.dumps((list(nlp.vocab.strings), held)))
    return docs


def report(row: Row) -> Report:
    """Return a gold document as a report."""
    date = row.get("date") or None
    basis = DateBasis.GIVEN if date else DateBasis.UNKNOWN
    return Report(
        id=str(row["doc_id"]), text=row["text"], url=row.get("url"), published=date, published_basis=basis
    )  # fmt: skip


def gold_of(row: Row) -> list[Row]:
    """Return the toponyms with coordinates."""
    return [t for t in row["toponyms"] if t["lat"] is not None]


def off(gold: Row, place: Any) -> float:
    """Return how far a place is from the gold point, in kilometres."""
    if place is None or place.lat is None or place.lon is None:
        return float("inf")
    return kilometres(float(gold["lat"]), float(gold["lon"]), place.lat, place.lon)


def left_open(toponym: Row) -> bool:
    """Tell whether a toponym without coordinates may be found or not: peoples, and sites nobody located."""
    return toponym.get("type") in (
        None,
        "Demonym",
        "Literal_Expression",
        "Non_Lit_Expression",
        "Coercion",
    )


def show(name: str, errors: Errors) -> None:
    """Print the errors of a set by class, the frequent ones first."""
    for (kind, *rest), count in sorted(errors.items(), key=lambda e: (e[0][0], -e[1], e[0])):
        print(f"{name}\t{kind}\t{count}\t" + "\t".join(rest))


Errors = Counter[tuple[str, ...]]


def score(row: Row, made: Sequence[Place], doc: Doc, errors: Errors) -> Scored:
    """Return the counts of one document and add its errors to the listing."""
    out, free = Scored(made=len(made)), list(made)
    for gold in sorted(gold_of(row), key=lambda t: (t["start"], t["end"])):
        out.gold += 1
        near = [p for p in free if p.span.start < gold["end"] and gold["start"] < p.span.end]
        if not near:
            errors["missed", gold["text"], str(gold.get("type") or gold.get("fcode"))] += 1
            continue
        best = max(
            near, key=lambda p: min(p.span.end, gold["end"]) - max(p.span.start, gold["start"])
        )
        free.remove(best)
        out.found += 1
        out.abstained += best.lat is None
        if best.lat is not None and best.score is not None:
            out.chances.append((best.score, off(gold, best) <= NEAR))
        if off(gold, best) <= NEAR:
            out.right += 1
        else:
            errors["wrong", gold["text"], f"{best.name}, {best.admin1}, {best.country} [{best.basis}] for {gold['lat']:.1f} {gold['lon']:.1f}"] += 1  # fmt: skip
    for place in free:
        over = [
            t
            for t in row["toponyms"]
            if place.span.start < t["end"] and t["start"] < place.span.end
        ]
        if not any(t["lat"] is not None or left_open(t) for t in over):
            out.spurious += 1
            around = row["text"][max(0, place.span.start - 25) : place.span.end + 20].replace(
                "\n", " "
            )
            errors["spurious", place.span.text, around] += 1
    _on_spans(row, doc, out, errors)
    return out


def _on_spans(row: Row, doc: Doc, out: Scored, errors: Errors) -> None:
    wanted = gold_of(row)
    chosen = find.resolve(doc, [(t["start"], t["end"]) for t in wanted])
    for gold, place in zip(wanted, chosen, strict=True):
        right, country = off(gold, place) <= NEAR, place is not None and _same_country(gold, place)
        out.spans += 1
        out.spans_right += right
        out.spans_country += country
        if gold.get("geonameid"):
            out.known += 1
            out.known_right += right
            out.known_country += country
        if not right:
            what = (
                "none"
                if place is None
                else f"{place.name}, {place.admin1}, {place.country} [{place.basis}]"
            )
            has = _reachable(gold)
            errors[
                f"span, {has}", gold["text"], f"{what} for {gold['lat']:.1f} {gold['lon']:.1f}"
            ] += 1


def _reachable(gold: Row) -> str:
    """Tell whether the gazetteer holds a place of the name at the gold point."""
    found = gazetteer().candidates(gold["text"])
    near = any(off(gold, one) <= NEAR for one in found)
    return "held" if near else "elsewhere" if found else "unknown"


def _same_country(gold: Row, place: Place) -> bool:
    """Tell whether the countries agree: as the gold names it, else by the place next to its point."""
    if off(gold, place) <= NEAR:
        return True
    named = gold.get("country")
    if named:
        countries = [e.country for e in gazetteer().candidates(named) if e.kind == "country"]
        return place.country in countries
    return False


Measure = Callable[[np.ndarray], np.ndarray]
FIELDS = (
    "found", "right", "gold", "made", "spurious", "spans", "spans_right", "spans_country",
    "known", "known_right", "known_country",
)  # fmt: skip


def measures() -> dict[str, Measure]:
    """Return the measures, each a function of summed counts (last axis: ``FIELDS``)."""
    at = {field: number for number, field in enumerate(FIELDS)}

    def share(part: str, whole: str) -> Measure:
        return lambda c: c[..., at[part]] / np.maximum(c[..., at[whole]], 1)

    def precision(c: np.ndarray) -> np.ndarray:
        good = c[..., at["found"]]
        return good / np.maximum(good + c[..., at["spurious"]], 1)

    def f1(c: np.ndarray) -> np.ndarray:
        p, r = precision(c), share("found", "gold")(c)
        return 2 * p * r / np.maximum(p + r, 1e-9)

    return {
        "end to end within 161 km": share("right", "gold"),
        "recognition precision": precision,
        "recognition recall": share("found", "gold"),
        "recognition F1": f1,
        "of those found, within 161 km": share("right", "found"),
        "gold spans: within 161 km": share("spans_right", "spans"),
        "gold spans: country": share("spans_country", "spans"),
        "gold spans with a GeoNames id: within 161 km": share("known_right", "known"),
        "gold spans with a GeoNames id: country": share("known_country", "known"),
    }


def table(name: str, scored: Sequence[Scored]) -> Iterator[str]:
    """Yield the rows of the table of a set."""
    counts = np.array([[getattr(s, f) for f in FIELDS] for s in scored], dtype=float)
    drawn = np.random.default_rng(20210726).integers(0, len(counts), size=(1000, len(counts)))
    for label, measure in measures().items():
        low, high = np.percentile(measure(counts[drawn].sum(axis=1)), [2.5, 97.5])
        yield f"| {name} | {label} | {float(measure(counts.sum(axis=0))):.3f} | {low:.3f}–{high:.3f} |"


BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 0.99, 1.01)


def reliability(name: str, scored: Sequence[Scored]) -> Iterator[str]:
    """Yield, for each band of the score, how many places have it and how many of them are right."""
    pairs = np.array([pair for s in scored for pair in s.chances], dtype=float)
    error = 0.0
    for low, high in itertools.pairwise(BINS):
        inside = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        if len(inside):
            mean, right = inside.mean(axis=0)
            error += len(inside) / len(pairs) * abs(mean - right)
            yield f"| {name} | {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |"
    yield f"| {name} | expected calibration error | {len(pairs)} | | {error:.3f} |"


def main() -> None:
    """Print the table, and the errors where asked."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--set", choices=sorted(SETS), action="append")
    options.add_argument("--cache", type=Path)
    options.add_argument("--errors", action="store_true")
    asked = options.parse_args()
    lines = ["| set | measure | value | 95 % interval |", "|---|---|---|---|"]
    for name in asked.set or list(SETS):
        rows, errors = read(name), Errors()
        scored = [
            score(row, list(find.places(doc)), doc, errors)
            for row, doc in zip(rows, documents(name, rows, asked.cache), strict=True)
        ]
        lines += table(name, scored)
        if asked.errors:
            show(name, errors)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
