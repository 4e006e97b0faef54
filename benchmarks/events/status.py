"""Scores whether acts happened: MEANTIME's certainty, polarity and time, UW's factuality.

    python benchmarks/events/status.py [--errors]

The status is asked of every event that the gold marks, at the gold's own word, whether dateline
codes such acts or not, so that the status alone is measured.

MEANTIME (60 articles): each mention is certain, probable, possible or underspecified; positive or
negative; in the future or not. ``meantime`` says how status and factuality are read so. Macro-F1 is
over the values of the gold, for each question and for the three joined.

UW (sentences of FactBank, each word rated by readers from −3, it did not happen, to +3, it did):
Pearson's r and the mean absolute error of ``factuality`` on the development part, by weights from the
training part (``training/factuality/train.py`` has the figures of five folds).
"""

from __future__ import annotations

import argparse
import ast
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from dateline.events.factuality import weighed
from dateline.events.status import Found, status_of
from dateline.language import load
from dateline.records import Status

EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval")) / "status"
AHEAD = frozenset(
    [Status.PLANNED, Status.PROPOSED, Status.DEMANDED, Status.THREATENED, Status.HYPOTHETICAL]
)
ROUNDS = 1000
Rated = tuple[Doc, list[tuple[Token, float]]]
Marked = tuple[str, list[tuple[Token, tuple[str, str, str]]]]
QUESTIONS = ("certainty", "polarity", "time")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of the gold data, or end with one line where it is absent."""
    path = EVAL / f"{name}.jsonl"
    if not path.exists():
        raise SystemExit(f"skipped: {path} is absent")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rated(part: str) -> Iterator[Rated]:
    """Yield the sentences of UW with the word of each act and its rating."""
    found = rows(f"factuality_uw_{part}")
    for row, doc in zip(found, load().pipe(r["text"] for r in found), strict=True):
        yield doc, [(_token(doc, row["text"], *t["span1"]), t["label"]) for t in row["targets"]]


def _token(doc: Doc, text: str, first: int, last: int) -> Token:
    """Return the head of the words of a text that is cut at spaces."""
    words = text.split(" ")
    start = sum(len(word) + 1 for word in words[:first])
    end = start + len(" ".join(words[first:last]))
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no words at {start}-{end} of {text!r}")
    return span.root


def marked() -> Iterator[Marked]:
    """Yield the articles of MEANTIME with the word of each event and its values."""
    nlp = load()
    for row in rows("meantime_dev"):
        sentences = row["sentences"]
        if isinstance(sentences, str):
            sentences = ast.literal_eval(sentences)
        words = [word for s in sentences for word in s["tokens"]]
        starts = [n == 0 for s in sentences for n in range(len(s["tokens"]))]
        doc = Doc(nlp.vocab, words=words, sent_starts=starts)
        for _, part in nlp.pipeline:
            doc = part(doc)
        events: list[tuple[Token, tuple[str, str, str]]] = []
        before = 0
        for sentence in sentences:
            for event in sentence["events"]:
                span = doc[before + min(event["tok"]) : before + max(event["tok"]) + 1]
                values = (event["certainty"], event["polarity"], event["time"])
                events.append((span.root, values))
            before += len(sentence["tokens"])
        yield row["doc_id"], events


def meantime(found: Found, score: float) -> tuple[str, str, str]:
    """Return a status in the values of MEANTIME."""
    ahead = found.status in AHEAD
    if found.status in (Status.HYPOTHETICAL, Status.THREATENED, Status.PROPOSED):
        certainty = "POSSIBLE"
    elif found.status is Status.DEMANDED:
        certainty = "UNDERSPECIFIED"
    else:
        certainty = "CERTAIN"
    open_ = ahead and not found.negated and score < UNSAID
    polarity = "NEG" if found.negated else "UNDERSPECIFIED" if open_ else "POS"
    if open_ and found.status is Status.PLANNED:
        certainty = "UNDERSPECIFIED"
    return certainty, polarity, "FUTURE" if ahead else "NON_FUTURE"


UNSAID = 1.3
"""A score of what is ahead below which it is left open whether it will be."""


def macro(gold: Sequence[Any], found: Sequence[Any]) -> tuple[float, dict[Any, float]]:
    """Return macro-F1 over the values of the gold, and F1 of each."""
    right = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    wanted, given = Counter(gold), Counter(found)
    each = {v: 2 * right[v] / (wanted[v] + given[v]) for v in sorted(wanted)}
    return sum(each.values()) / len(each), each


def bounds(groups: Sequence[Any], measure: Callable[[list[Any]], float]) -> str:
    """Return a measure of groups with its bootstrap 95 % interval over them."""
    rng = np.random.default_rng(0)
    drawn = [
        measure([groups[i] for i in rng.integers(0, len(groups), len(groups))])
        for _ in range(ROUNDS)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{measure(list(groups)):.3f} [{low:.3f}, {high:.3f}]"


def score_meantime(errors: bool) -> None:
    """Print the table of MEANTIME."""
    articles: list[list[tuple[tuple[str, ...], tuple[str, ...]]]] = []
    for name, events in marked():
        pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        for token, gold in events:
            said = meantime(*weighed(token, status_of(token.doc, token)))
            pairs.append((gold, said))
            if errors and gold != said:
                print(name, gold, said, f"«{token}»", token.sent)
        articles.append(pairs)
    print(f"MEANTIME dev, {len(articles)} articles, {sum(map(len, articles))} mentions: macro-F1")

    def of(part: Callable[[tuple[str, ...]], Any]) -> Callable[[list[Any]], float]:
        def measure(groups: list[Any]) -> float:
            pairs = [pair for group in groups for pair in group]
            return macro([part(g) for g, _ in pairs], [part(s) for _, s in pairs])[0]

        return measure

    for n, question in enumerate(QUESTIONS):
        pairs = [(g[n], s[n]) for group in articles for g, s in group]
        each = macro([g for g, _ in pairs], [s for _, s in pairs])[1]
        line = ", ".join(f"{value.lower()} {f1:.2f}" for value, f1 in each.items())
        print(f"{question:10} {bounds(articles, of(lambda v, n=n: v[n]))}  {line}")
    joined = [(g, s) for group in articles for g, s in group]
    right = sum(g == s for g, s in joined) / len(joined)
    print(f"joint      {bounds(articles, of(lambda v: v))}  right {right:.3f}")


def score_uw(part: str) -> None:
    """Print r and the mean absolute error on a part of UW, by sentence."""
    groups: list[list[tuple[float, float, float]]] = []
    for doc, acts in rated(part):
        group = []
        for token, rating in acts:
            found = status_of(doc, token)
            group.append((rating, weighed(token, found)[1], plain(found)))
        groups.append(group)

    def r(column: int) -> Callable[[list[Any]], float]:
        def measure(drawn: list[Any]) -> float:
            table = np.array([row for group in drawn for row in group])
            return float(np.corrcoef(table[:, 0], table[:, column])[0, 1])

        return measure

    def error(column: int) -> Callable[[list[Any]], float]:
        def measure(drawn: list[Any]) -> float:
            table = np.array([row for group in drawn for row in group])
            return float(np.abs(table[:, 0] - table[:, column]).mean())

        return measure

    print(f"UW {part}, {len(groups)} sentences, {sum(map(len, groups))} acts: r, mean error")
    for name, column in (("factuality", 1), ("status alone", 2)):
        print(f"{name:12} {bounds(groups, r(column))}  {bounds(groups, error(column))}")


PLAIN = {
    Status.OCCURRED: 2.7, Status.ONGOING: 2.7, Status.PLANNED: 1.8, Status.PROPOSED: 1.8,
    Status.DEMANDED: 1.5, Status.THREATENED: 1.3, Status.HYPOTHETICAL: 1.3, Status.DENIED: 1.0,
}  # fmt: skip
"""Mean rating of the training part for each status that is not negated."""


def plain(found: Found) -> float:
    """Return a status without the model as a number: its mean rating."""
    value = PLAIN[found.status]
    return -0.8 * value if found.negated else value


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    score_meantime(options.errors)
    score_uw("dev")


if __name__ == "__main__":
    main()
