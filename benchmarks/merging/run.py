"""How well copies and stories are found; writes ``benchmarks/merging/RESULTS.md``.

    python benchmarks/merging/run.py

Copies: 100,000 synthetic reports, made of sentences of the news corpus drawn at
random, of which a tenth are copies with up to a tenth of their words replaced.
Stories: the clustered reports of the gold data, B-cubed, beside TF–IDF with
agglomerative clustering at the threshold that is best on the same reports.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path

from dateline.merging.duplicates import copies, groups
from dateline.merging.stories import item, stories

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
REPORTS = 100_000
SEED = 1


def load(name: str) -> list[dict[str, str]]:
    path = EVAL / name
    if not path.exists():
        sys.exit(f"no gold data at {path}; set DATELINE_EVAL to its folder")
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 (Bagga & Baldwin 1998)."""
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for number, (g, f) in enumerate(zip(gold, found, strict=True)):
        of_gold[g].add(number)
        of_found[f].add(number)
    both = [len(of_gold[g] & of_found[f]) for g, f in zip(gold, found, strict=True)]
    precision = sum(n / len(of_found[f]) for n, f in zip(both, found, strict=True)) / len(gold)
    recall = sum(n / len(of_gold[g]) for n, g in zip(both, gold, strict=True)) / len(gold)
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


def baseline(rows: list[dict[str, str]]) -> tuple[float, tuple[float, float, float]]:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{row['title']} {row['text']}" for row in rows]
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    distance = 1 - (matrix @ matrix.T).toarray()
    gold = [row["event"] for row in rows]

    def at(threshold: float) -> tuple[float, float, float]:
        model = AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
        )
        return b_cubed(gold, list(model.fit_predict(distance)))

    best = max((n / 100 for n in range(75, 96)), key=lambda threshold: at(threshold)[2])
    return best, at(best)


def clusters() -> list[str]:
    rows = load("merging/news_clusters_dev.jsonl")
    items = [item(r["doc_id"], r["text"], title=r["title"], published=r["dct"]) for r in rows]
    label = {id: number for number, story in enumerate(stories(items)) for id in story}
    ours = b_cubed([r["event"] for r in rows], [label[r["doc_id"]] for r in rows])
    threshold, theirs = baseline(rows)
    table = ["| stories (B-cubed) | precision | recall | F1 |", "|---|---|---|---|"]
    for name, scores in (
        ("dateline", ours),
        (f"TF–IDF + average linkage, best threshold here ({threshold})", theirs),
    ):
        table.append(f"| {name} | " + " | ".join(f"{score:.3f}" for score in scores) + " |")
    return table


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
        ]
    )
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
