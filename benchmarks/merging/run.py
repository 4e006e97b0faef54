"""How well copies and stories are found; writes ``benchmarks/merging/RESULTS.md``.

    python benchmarks/merging/run.py [CODED [POSTGRESQL]]

``CODED`` is the news corpus as `dateline code` wrote it, to save the time of coding it;
``POSTGRESQL`` the address of an empty database, in which a fifth of it is added twice.
Copies: 100,000 synthetic reports, made of sentences of the news corpus drawn at
random, of which a tenth are copies with up to a tenth of their words replaced.
Stories: the clustered reports of the gold data, B-cubed, beside TF–IDF with
agglomerative clustering. Events: ECB+, see ``coref.py``. Archive: what adding
the news corpus twice, and as copies, makes of stories and merged events.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path

import coref

from dateline import CodedReport, Coder, Report
from dateline.archive import Added, Archive, upkeep
from dateline.batch import read_coded
from dateline.merging.duplicates import copies, groups
from dateline.merging.stories import THRESHOLD, item, stories

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
REPORTS = 100_000
SEED = 1
Labels = Sequence[Hashable]
Shares = Sequence[tuple[float, float]]
"""Precision and recall of each report, 0 to 1."""


def load(name: str) -> list[dict[str, str]]:
    path = EVAL / name
    if not path.exists():
        sys.exit(f"no gold data at {path}; set DATELINE_EVAL to its folder")
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def shares(gold: Labels, found: Labels) -> Shares:
    """Return for each report its B-cubed precision and recall (Bagga & Baldwin 1998)."""
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for number, (g, f) in enumerate(zip(gold, found, strict=True)):
        of_gold[g].add(number)
        of_found[f].add(number)
    both = [len(of_gold[g] & of_found[f]) for g, f in zip(gold, found, strict=True)]
    return [
        (n / len(of_found[f]), n / len(of_gold[g]))
        for n, g, f in zip(both, gold, found, strict=True)
    ]


def f1(of: Shares) -> tuple[float, float, float]:
    """Return mean precision and recall, and F1."""
    precision, recall = (sum(one[n] for one in of) / len(of) for n in (0, 1))
    return precision, recall, 2 * precision * recall / (precision + recall)


def synthetic() -> tuple[list[str], list[int]]:
    """Return texts, and for each the number of the text it was first copied from."""
    rng = random.Random(SEED)
    corpus = [row["text"] for row in load("text/corpus_bbc2225.jsonl")]
    sentences = [s for t in corpus for s in re.split(r"(?<=[.!?])\s+", t) if len(s.split()) > 5]
    vocabulary = [word for text in corpus for word in text.split()]
    texts: list[str] = []
    origin: list[int] = []
    for number in range(REPORTS):
        if number and rng.random() < 0.1:
            of, share = rng.randrange(number), rng.random() * 0.1
            words = texts[of].split()
            changed = [rng.choice(vocabulary) if rng.random() < share else w for w in words]
            texts.append(" ".join(changed))
            origin.append(origin[of])
        else:
            texts.append(" ".join(rng.choice(sentences) for _ in range(rng.randint(8, 25))))
            origin.append(number)
    return texts, origin


def duplicates() -> list[str]:
    texts, origin = synthetic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    pairs = copies((f"{n:06}", text) for n, text in enumerate(texts))
    joined = groups(pairs)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    right = sum(origin[int(pair.first)] == origin[int(pair.second)] for pair in pairs)
    made = [number for number, of in enumerate(origin) if of != number]
    found = sum(joined.get(f"{n:06}", "") == joined.get(f"{origin[n]:06}", "-") for n in made)
    return [
        "| copies | figure |",
        "|---|---|",
        f"| reports, of which copies | {REPORTS:,}, {len(made):,} |",
        f"| precision of {len(pairs):,} pairs | {right / len(pairs):.4f} |",
        f"| recall of copies (joined to what they were copied from) | {found / len(made):.4f} |",
        f"| time | {seconds:.0f} s |",
        f"| memory added at the peak | {(after - before) / 1024:.0f} MB |",
    ]


THRESHOLDS = {
    "dateline": [n / 200 for n in range(10, 31)],
    "TF–IDF": [n / 100 for n in range(75, 96)],
}
FOLDS = 5


def labelled(rows: list[dict[str, str]]) -> dict[str, Callable[[float], Labels]]:
    """Return for each method how it labels the reports at a threshold."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    items = [item(r["doc_id"], r["text"], title=r["title"], published=r["dct"]) for r in rows]

    def ours(threshold: float) -> Labels:
        label = {id: n for n, story in enumerate(stories(items, threshold)) for id in story}
        return [label[row["doc_id"]] for row in rows]

    texts = [f"{row['title']} {row['text']}" for row in rows]
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    distance = 1 - (matrix @ matrix.T).toarray()

    def theirs(threshold: float) -> Labels:
        model = AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
        )
        return list(model.fit_predict(distance))

    return {"dateline": ours, "TF–IDF": theirs}


def folded(gold: Labels, at: Callable[[float], Labels], thresholds: Sequence[float]) -> Shares:
    """Return the shares of each report, at the threshold that is best on the other folds."""
    fold = {event: n % FOLDS for n, event in enumerate(sorted(set(gold), key=str))}
    made = {threshold: shares(gold, at(threshold)) for threshold in thresholds}
    found: dict[int, tuple[float, float]] = {}
    for number in range(FOLDS):
        inside = [n for n, event in enumerate(gold) if fold[event] == number]
        others = [n for n, event in enumerate(gold) if fold[event] != number]
        best = max(
            thresholds,
            key=lambda threshold, others=others: f1([made[threshold][n] for n in others])[2],
        )
        found.update((n, made[best][n]) for n in inside)
    return [found[n] for n in range(len(gold))]


def spread(gold: Labels, of: Shares, times: int = 1000) -> str:
    """Return the 95 % interval of F1 over gold events drawn with replacement."""
    by_event: dict[Hashable, list[tuple[float, float]]] = defaultdict(list)
    for event, one in zip(gold, of, strict=True):
        by_event[event].append(one)
    events, rng = sorted(by_event, key=str), random.Random(SEED)
    samples = ([one for _ in events for one in by_event[rng.choice(events)]] for _ in range(times))
    drawn = sorted(f1(sample)[2] for sample in samples)
    return f"{drawn[int(0.025 * times)]:.3f} to {drawn[int(0.975 * times)]:.3f}"


def clusters() -> list[str]:
    rows = load("merging/news_clusters_dev.jsonl")
    gold = [row["event"] for row in rows]
    methods = labelled(rows)
    theirs = methods["TF–IDF"]
    best = max(THRESHOLDS["TF–IDF"], key=lambda t: f1(shares(gold, theirs(t)))[2])
    found = {
        "dateline, as it comes": shares(gold, methods["dateline"](THRESHOLD)),
        f"TF–IDF + average linkage, best threshold here ({best})": shares(gold, theirs(best)),
    }
    for name, at in methods.items():
        label = f"{name}, threshold of the other {FOLDS - 1} of {FOLDS} folds of events"
        found[label] = folded(gold, at, THRESHOLDS[name])
    table = ["| stories (B-cubed) | precision | recall | F1 | 95 % |", "|---|---|---|---|---|"]
    for name, each in found.items():
        scores = " | ".join(f"{score:.3f}" for score in f1(each))
        table.append(f"| {name} | {scores} | {spread(gold, each)} |")
    return table


def _news() -> list[CodedReport]:
    """Return the news corpus coded: from a file of `dateline code` where one is given."""
    if len(sys.argv) > 1:
        return list(read_coded(Path(sys.argv[1])))
    rows = load("text/corpus_bbc2225.jsonl")
    reports = [Report(id=f"{n:05}", text=row["text"]) for n, row in enumerate(rows)]
    return list(Coder().stream(reports))


def twice() -> list[str]:
    """Add the news corpus to an archive, again, and again under other ids, merging each time."""
    coded = _news()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        lines = _adding("archive of the news corpus", str(path), coded)
        size = path.stat().st_size / 1024 / len(coded)
        lines += ["", f"The file has {size / 2:.1f} KB a report at the end, of {len(coded) * 2:,}."]
    if len(sys.argv) > 2:
        lines += ["", *_adding("PostgreSQL, a fifth of it", sys.argv[2], coded[::5])]
    return lines


def _adding(name: str, where: str, coded: Sequence[CodedReport]) -> list[str]:
    """Return the table of what each adding did to an archive."""
    again = [replace(one, report=replace(one.report, id=f"{one.report.id}b")) for one in coded]
    lines = [
        f"| {name} | added, changed | reports | lines of the change feed | pairs compared | stories | "
        "merged events | s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with Archive(where, create=True) as archive:
        for step, given in (
            ("added", coded), ("added again", coded), ("one report more", again[:1]),
            ("all as copies, with other ids", again),
        ):  # fmt: skip
            counts = archive.add_all(given)
            start = time.perf_counter()
            done = archive.merge()
            seconds = time.perf_counter() - start
            lines.append(
                f"| {step} | {counts[Added.ADDED]:,}, {counts[Added.CHANGED]:,} | "
                f"{len(archive):,} | {_feed(archive):,} | {done.pairs:,} | {done.stories:,} | "
                f"{done.events:,} | {seconds:.1f} |"
            )
        sources = sum(len(event.sources) for event in archive.merged())
        problems = upkeep.check(archive).problems
    return [
        *lines,
        "",
        f"Independent reports of all merged events, copies counted once: {sources:,}. "
        f"Problems that `dateline check` finds: {len(problems)}.",
    ]


def _feed(archive: Archive) -> int:
    last, total = 0, 0
    while lines := archive.changed_since(last):
        last, total = lines[-1].number, total + len(lines)
    return total


def main() -> None:
    text = "\n".join(
        [
            "# Merging: figures",
            "",
            "Made by `python benchmarks/merging/run.py`.",
            "",
            *duplicates(),
            "",
            *clusters(),
            "",
            *coref.report(EVAL / "merging" / "coref_ecbplus_train_dev.jsonl"),
            *twice(),
            "",
        ]
    )
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
