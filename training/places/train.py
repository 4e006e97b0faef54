"""Train the two linear models of places, and score them on held-out folds.

    python training/places/train.py [--cache DIR] [--folds 5] [--across] [--report] [--write]

Recognition: a logistic regression over what may name a place (right where it
overlaps a toponym with coordinates). Rank: a conditional logit over the
candidates of each toponym (right: those within 161 km of the gold point).
Both are regularised (L2) and their weights rounded to hundredths of a logit.
With --folds every document is scored by models trained on the others, split
over documents of both sets. With --write the weights of models trained on all
documents go into the package.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "places"))

import run as bench  # noqa: E402
from dateline.language import parse  # noqa: E402
from dateline.places import (  # noqa: E402
    find,
    publisher,
    rank,
    recognise,
)
from dateline.places import linear as linear_module  # noqa: E402
from dateline.places.distance import kilometres  # noqa: E402
from dateline.places.entry import Entry  # noqa: E402
from dateline.places.gazetteer import load  # noqa: E402
from dateline.places.linear import Linear  # noqa: E402
from dateline.places.mentions import Mention  # noqa: E402
from dateline.places.names import folded  # noqa: E402
from dateline.places.rank import Models  # noqa: E402
from dateline.records import Report  # noqa: E402

WEIGHT = {"geowebnews": 2.0, "lgl": 1.0}
"""International news counts more: LGL is local news of the United States."""
FEWEST = 3
"""Mentions with a feature below which it is dropped."""
STRENGTH = 0.3
"""Inverse strength of the L2 penalty of recognition."""
PENALTY = 1.0
"""L2 penalty of the rank."""
START = Linear(
    {
        "people": 2.0, "kind=country": 3.0, "kind=region": 2.5, "kind=water": 2.5, "capital": 0.5,
        "primary name": 0.5, "country's share": 1.5, "held by admin1": 4.0, "held by country": 4.0,
        "not held": -2.0, "area named": 1.0, "first": 0.5,
    }
)  # fmt: skip
"""Weights of the first round, before any are learnt."""
PRIOR = {
    "said to be an area, kind=admin1": 3.0,
    "said to be an area, kind=admin2": 2.0,
    "kind=site": 5.0,
    "kind=region": 5.0,
    "kind=water": 5.0,
    "kind=country": 4.0,
    "held by admin1": 5.0,
    "held by admin2": 5.0,
    "held by country": 5.0,
    "not held": -2.0,
    "publisher's area": 2.0,
    "the publisher's town": 2.0,
    "in the publisher's name, first": -1.5,
    "in the publisher's name, later": 1.5,
    "in the publisher's name, and its language spoken": 1.5,
    "another's primary name": -2.0,
    "said to be an area elsewhere": 1.0,
    "country of the dateline": 2.0,
    "with the, kind=town": -2.0,
    "with the, kind=admin1": -2.0,
    "with the, kind=admin2": -2.0,
}
"""Weights that the penalty pulls towards, in place of 0: "Tripoli in Lebanon" says where, however rare in the sets."""
HEADS = {
    "recognise": "probability that words name a place",
    "rank_alone": "how well a candidate fits, without the other names of the report",
    "rank": "how well a candidate fits",
}


STEP, LARGE, TIMES = 11, 100_000, 3
"""Of all names, every eleventh is looked at; people that make a town known, and how many more than its namesakes."""
COMMON = 0.5
"""Weight of a known town that stands alone."""


@dataclass(slots=True)
class Case:
    """A document with its gold and what may name a place in it."""

    set: str
    row: dict[str, Any]
    doc: Doc
    mentions: list[Mention]


def cases(cache: Path | None) -> list[Case]:
    """Return the documents of both sets."""
    out = []
    for name in bench.SETS:
        rows = bench.read(name)
        for row, doc in zip(rows, bench.documents(name, rows, cache), strict=True):
            out.append(Case(name, row, doc, recognise.candidates(doc, load())))
    return out


def label(case: Case, mention: Mention) -> bool | None:
    """Return whether a mention names a place; ``None`` where the gold leaves it open."""
    span = find.span_of_mention(case.doc, mention)
    over = [t for t in case.row["toponyms"] if t["start"] < span.end and span.start < t["end"]]
    if any(t["lat"] is not None for t in over):
        return True
    return None if any(bench.left_open(t) for t in over) else False


def recogniser(train: Sequence[Case]) -> Linear:
    """Return the model of recognition."""
    features, labels, weights = [], [], []
    for case in train:
        for mention in case.mentions:
            found = label(case, mention)
            if found is not None and mention.source != "description":
                features.append(mention.features)
                labels.append(found)
                weights.append(WEIGHT[case.set])
    features = _frequent(features)
    turner = DictVectorizer()
    table = turner.fit_transform(features)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(table, labels, sample_weight=weights)
    return Linear(_rounded(dict(zip(turner.feature_names_, model.coef_[0], strict=True))))


def _frequent(features: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    seen = Counter(name for one in features for name in one)
    return [{n: v for n, v in one.items() if seen[n] >= FEWEST} for one in features]


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(w), 2) for name, w in sorted(weights.items()) if abs(w) >= 0.01}


def ranker(train: Sequence[Case]) -> Models:
    """Return the models of the rank: alone, then in the company that it chose itself."""
    alone = _conditional_logit(*_examples(train, (START, START), "alone"))
    weights = (alone, _conditional_logit(*_examples(train, (alone, alone), "features", rounds=1)))
    return alone, _conditional_logit(*_examples(train, weights, "features"))


def _examples(
    train: Sequence[Case], weights: Models, kind: str, rounds: int = rank.ROUNDS
) -> tuple[list[Any], np.ndarray]:
    groups, shares = [], []
    before, rank.ROUNDS = rank.ROUNDS, rounds
    for case in train:
        for features, right in _lists(case, weights, kind):
            groups.append((features, right))
            shares.append(WEIGHT[case.set])
    rank.ROUNDS = before
    for features, right in _known_towns():
        groups.append((features, right))
        shares.append(COMMON)
    return groups, np.array(shares)


@cache
def _known_towns() -> list[tuple[list[dict[str, float]], list[bool]]]:
    return list(_towns())


def _towns() -> Iterator[tuple[list[dict[str, float]], list[bool]]]:
    """Yield large towns, each alone in a report without address: the one with far more people is meant.

    The sets are small and half of them local news; what every newspaper reader knows is not in them.
    """
    source, doc = load(), parse(Report(id="known", text="Towns."))
    for name in islice(source.names(""), 0, None, STEP):
        found = source.candidates(name)
        first = max(found, key=lambda e: e.population)
        if folded(first.name) != name:
            continue
        rest = max((e.population for e in found if not _beside(e, first)), default=0)
        if first.kind == "town" and first.population > max(LARGE, TIMES * rest) and rest:
            mention = Mention(0, 1, first.name, tuple(found), "gazetteer")
            features = rank.choices(doc, [mention])[rank.key_of(mention)].alone
            yield features, [_beside(e, first) for e in found][: len(features)]


def _beside(one: Entry, other: Entry) -> bool:
    return kilometres(one.lat, one.lon, other.lat, other.lon) <= bench.NEAR


def _lists(
    case: Case, weights: Models, kind: str
) -> list[tuple[list[dict[str, float]], list[bool]]]:
    found = [m for m in case.mentions if label(case, m)]
    made = rank.choices(case.doc, found, weights)
    out = []
    for mention in found:
        if not mention.candidates or mention.source != "gazetteer":
            continue
        choice = made[rank.key_of(mention)]
        span = find.span_of_mention(case.doc, mention)
        over = [
            t for t in bench.gold_of(case.row) if t["start"] < span.end and span.start < t["end"]
        ]
        gold = over[0]
        right = [
            kilometres(float(gold["lat"]), float(gold["lon"]), c.lat, c.lon) <= bench.NEAR
            for c in choice.candidates
        ]
        if any(right) and not all(right):
            out.append((getattr(choice, kind), right))
    return out


def _conditional_logit(groups: Sequence[Any], shares: np.ndarray) -> Linear:
    names = sorted({name for features, _ in groups for one in features for name in one})
    at = {name: n for n, name in enumerate(names)}
    starts = np.cumsum([0, *(len(features) for features, _ in groups)])[:-1]
    sizes = np.array([len(features) for features, _ in groups])
    good = np.concatenate([np.array(right) for _, right in groups])
    table = np.zeros((len(good), len(names)))
    for row, one in enumerate(one for features, _ in groups for one in features):
        for name, value in one.items():
            table[row, at[name]] = value
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    each = np.repeat(shares, sizes)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ w
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        powers = np.exp(np.maximum(scores, -60))
        rights = np.where(good, powers, 0.0)
        whole, part = np.add.reduceat(powers, starts), np.add.reduceat(rights, starts)
        total = PENALTY * float((w - prior) @ (w - prior)) / 2
        total -= float(shares @ np.log(np.maximum(part / whole, 1e-300)))
        slope = each * (powers / np.repeat(whole, sizes) - rights / np.repeat(part, sizes))
        return total, PENALTY * (w - prior) + table.T @ slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return Linear(_rounded(dict(zip(names, best.x, strict=True))))


def use(recognition: Linear, ranking: Models) -> None:
    """Let the stage use these models in this process."""
    models = {"recognise": recognition, "rank_alone": ranking[0], "rank": ranking[1]}
    for module in (linear_module, recognise, rank, find):
        module.model = models.__getitem__  # type: ignore[attr-defined]


def folds(all_cases: Sequence[Case], count: int, errors: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the counts of each document, scored by models trained on the others."""
    order = np.random.default_rng(20210726).permutation(len(all_cases))
    scored: dict[str, list[Any]] = {name: [] for name in bench.SETS}
    for part in range(count):
        held = {int(n) for n in order[part::count]}
        train = [case for n, case in enumerate(all_cases) if n not in held]
        use(recogniser(train), ranker(train))
        for number in sorted(held):
            case = all_cases[number]
            made = list(find.places(case.doc))
            scored[case.set].append(bench.score(case.row, made, case.doc, errors[case.set]))
    return scored


@contextmanager
def without_publishers(all_cases: Sequence[Case]) -> Iterator[None]:
    """Leave the publishers of the sets out of the table of publishers."""
    known = publisher.publishers()
    left = [publisher.row_of(publisher.host(case.row.get("url"))) for case in all_cases]
    rest = {host: row for host, row in known.items() if row not in left}
    publisher.publishers = lambda: rest  # type: ignore[assignment]
    publisher.home.cache_clear()
    yield
    publisher.publishers = lambda: known  # type: ignore[assignment]
    publisher.home.cache_clear()


def across(all_cases: Sequence[Case], errors: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the counts of each document, scored by models trained on the other set alone."""
    scored: dict[str, list[Any]] = {}
    for name in bench.SETS:
        train = [case for case in all_cases if case.set != name]
        use(recogniser(train), ranker(train))
        scored[name] = [
            bench.score(case.row, list(find.places(case.doc)), case.doc, errors[name])
            for case in all_cases
            if case.set == name
        ]
    return scored


BLIND = "Trained on the other set alone, the publishers of both sets not in the table of publishers"
HEAD = """# Places: figures

Made by `python training/places/train.py --folds 5 --across --report`; the measures are those of
`benchmarks/places/run.py`, whose head explains them. Every report is scored by weights that have not
seen it. Intervals: bootstrap over reports, 95 %. The sets are development halves of LGL (local news,
mostly of the United States) and GeoWebNews (news of the world); toponyms of any type that have
coordinates count, so also hospitals, streets and restaurants in GeoWebNews.

## Bars

The bars are for news of the world that was not trained on: GeoWebNews scored by weights trained on LGL alone is nearest to
that. LGL, scored by weights trained on GeoWebNews alone, is local news of another country.

"""
NOTES = """
What decided most: the rank compares names without accents ("Medellin" is Medellín) and knows the countries of datelines. A table of about
1,070 publishers (`places/data/publishers.tsv`, from common knowledge) says where papers are at home; it holds 47 of the 100
publishers of GeoWebNews and 42 of the 85 of LGL, so the last part below leaves those out. It was written after reading errors of
these sets; small papers that were met only there were not taken in. A paper that the table does not hold is of a lesser town of its
name, in a country whose papers are written in English. Priors of the weights say what the sets are too small to teach: regions,
seas and countries of the project's own tables are known to every reader, seas and not towns stand with an article ("the
Gulf"), a local paper's bare names are of its own area. Rules say which classes of names are no place (`places/doubts.py`).

What is left: papers of small towns that name their own town and nothing beside it; streets and shops of one long report
about New Orleans; bodies whose gold point is their seat or, in other reports, the middle of their country. The European Union is
its middle in GeoWebNews and Brussels in LGL: it is kept in its middle, and wrong in LGL ten times. "The West" and "Western", to
which GeoWebNews gives a point in Germany, are left without one.

The index opens and answers its first name in 1 ms of CPU (bar 0.3 s) and adds 5 MB of mapped file to the process, 31 MB after 28,572
names (bar 200 MB). The stage costs .09 of bare spaCy's CPU (see `benchmarks/actors/RESULTS.md`).
"""
BARS = (
    ("geowebnews", "end to end within 161 km", 0.65),
    ("geowebnews", "gold spans: within 161 km", 0.88),
    ("lgl", "gold spans: within 161 km", 0.88),
)
"""Set, measure and the least it should be."""
ACROSS = "Trained on the other set alone"


def bars(scored: Mapping[str, list[Any]]) -> Iterator[str]:
    """Yield the table of bars, each with its figure by weights trained on the other set, and whether it is met."""
    yield "| bar | figure | 95 % interval | met |"
    yield "|---|---|---|---|"
    for name, measure, least in BARS:
        rows = [row.strip("| ").split(" | ") for row in bench.table(name, scored[name])]
        value, interval = next((row[2], row[3]) for row in rows if row[1] == measure)
        met = "yes" if float(value) >= least else "no"
        yield f"| {name}, {measure}: at least {least:.2f} | {value} | {interval} | {met} |"


def report(parts: Mapping[str, dict[str, list[Any]]]) -> str:
    """Return the page of results."""
    lines = [HEAD + "\n".join(bars(parts[ACROSS])), NOTES] if ACROSS in parts else [HEAD]
    for title, scored in parts.items():
        lines += [
            f"## {title}",
            "",
            "| set | measure | value | 95 % interval |",
            "|---|---|---|---|",
        ]
        for name in bench.SETS:
            lines += bench.table(name, scored[name])
        shares = ", ".join(
            f"{name} {sum(s.abstained for s in scored[name])} of {sum(s.found for s in scored[name])}"
            for name in bench.SETS
        )
        lines += ["", f"Found and left without a point, with the reason: {shares}.", ""]
        lines += ["| set | score | places | mean score | within 161 km |", "|---|---|---|---|---|"]
        for name in bench.SETS:
            lines += bench.reliability(name, scored[name])
        lines.append("")
    return "\n".join(lines)


def write(name: str, model: Linear) -> None:
    """Write a table of weights into the package."""
    path = ROOT / "src" / "dateline" / "places" / "weights" / f"{name}.tsv"
    head = (
        f"# version 2; {HEADS[name]}; made by training/places/train.py from LGL (Lieberman et al. 2010) and "
        "GeoWebNews (Gritta et al. 2019), development halves; the weights are dateline's own, Apache-2.0\n"
        "# feature, weight in hundredths of a logit\n"
    )
    rows = "".join(
        f"{feature}\t{round(weight * 100)}\n" for feature, weight in model.weights.items()
    )
    path.write_text(head + rows, encoding="utf-8")


def main() -> None:
    """Train, score on folds, write."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--cache", type=Path)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--across", action="store_true", help="train on one set, score the other")
    options.add_argument("--errors", action="store_true")
    options.add_argument("--report", action="store_true", help="write benchmarks/places/RESULTS.md")
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    known = cases(asked.cache)
    parts: dict[str, dict[str, list[Any]]] = {}
    if asked.folds:
        errors = {name: bench.Errors() for name in bench.SETS}
        title = f"{asked.folds} folds, split by report over both sets"
        parts[title] = folds(known, asked.folds, errors)
        if asked.errors:
            for name in bench.SETS:
                bench.show(name, errors[name])
    if asked.across:
        errors = {name: bench.Errors() for name in bench.SETS}
        parts[ACROSS] = across(known, errors)
        with without_publishers(known):
            parts[BLIND] = across(known, errors)
    if parts:
        print(report(parts))
    if asked.report:
        (ROOT / "benchmarks" / "places" / "RESULTS.md").write_text(report(parts), encoding="utf-8")
    if asked.write:
        write("recognise", recogniser(known))
        alone, together = ranker(known)
        write("rank_alone", alone)
        write("rank", together)


if __name__ == "__main__":
    main()
