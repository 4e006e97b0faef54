"""Scores the event coder on gold data: types, participants, status, and false events.

    python benchmarks/events/run.py [--limit N] [--errors plv]

The gold data is found by DATELINE_EVAL; a set that is absent is skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from dateline import CodedReport, Coder, events
from dateline.coder import default_stages
from dateline.events import linker
from dateline.events.model import (
    Candidate,
    EventModel,
    Judge,
    Judgement,
    LexiconOnly,
    Prediction,
    Reading,
    WithModel,
)
from dateline.events.model.confidence import calibrated
from dateline.events.ontology import quad
from dateline.records import Event
from dateline.weights import read_weights

rescoring = import_module("dateline.events.model.rescore")
EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval"))
Row = dict[str, Any]
Spans = list[tuple[int, int]]


PRONOUNS = frozenset(
    ["he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "who", "which"]
)


def rows(name: str, limit: int | None) -> list[Row]:
    """Return the rows of a gold file, none where it is absent."""
    path = EVAL / name
    if not path.exists():
        print(f"skipped: {path} is absent")
        return []
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if FOLDS.only is not None:
        found = [row for row in found if FOLDS.number(row["text"]) == FOLDS.only]
    return found[:limit]


def interval(values: Sequence[Any], score: Callable[[Sequence[Any]], float]) -> str:
    """Return a score with its 95 % bootstrap interval over the items."""
    rng = random.Random(1)
    drawn = sorted(score(rng.choices(values, k=len(values))) for _ in range(300))
    return f"{score(values):.3f} [{drawn[7]:.3f}, {drawn[292]:.3f}]"


def rate(values: Sequence[float]) -> float:
    """Return the mean."""
    return sum(values) / len(values)


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """Return the mean F1 over the gold labels of (gold, found) pairs."""
    labels = sorted({gold for gold, _ in pairs})
    scores = []
    for label in labels:
        hit = sum(g == f == label for g, f in pairs)
        total = sum(g == label for g, _ in pairs) + sum(f == label for _, f in pairs)
        scores.append(2 * hit / total if total else 0.0)
    return sum(scores) / len(scores)


SHARES = 5
"""Folds of the model's training."""


class Folds:
    """A judge that asks the model which has not learnt from the sentence at hand.

    The tables of the linker that stand beside the models are taken in the same way.
    """

    def __init__(self, folder: Path | None, only: int | None = None) -> None:
        self.only = only
        found = sorted(folder.glob("fold?")) if folder else []
        found = [path for path in found if (path / "event_model.onnx").exists()]
        self._judges: list[Judge] = [
            WithModel(EventModel(card, (path / "event_model.onnx").read_bytes(), words))
            for path in found
            for card in [json.loads((path / "card.json").read_text())]
            for words in [(path / "vocabulary.txt").read_text().splitlines()]
        ] or [LexiconOnly()]
        self._now = self._judges[0]
        tables = sorted(folder.glob("fold?/linker.tsv")) if folder else []
        self._links = [read_weights(path) for path in tables]

    @property
    def asks(self) -> bool:
        """Whether there is a model to ask."""
        return self._now.asks

    def turn_to(self, text: str) -> None:
        """Take the model of the fold in which a sentence stands."""
        number = self.number(text) if len(self._judges) == SHARES else 0
        self._now = self._judges[number]
        if self._links:
            linker.load_weights = lambda: self._links[self.number(text)]

    def number(self, text: str) -> int:
        """Return the fold of a text."""
        key = re.sub(r"[^a-z0-9]+", "", text.lower())
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % SHARES

    def judge(self, cases: Sequence[tuple[Candidate, Reading]]) -> list[Judgement]:
        """Return the judgements of the model at hand."""
        return self._now.judge(cases)

    def propose(self, candidates: Sequence[Candidate]) -> list[Prediction | None]:
        """Return the predictions of the model at hand."""
        return self._now.propose(candidates)


FOLDS = Folds(None)


class Evidence:
    """What the confidence of each event rests on, with whether the event is right."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._now: list[dict[str, float]] = []
        self._by_id: dict[int, list[dict[str, float]]] = {}

    def calibrated(self, found: dict[str, float]) -> float:
        """Keep the evidence of an event and return its confidence."""
        self._now.append(found)
        return calibrated(found)

    def keep(self, coded: CodedReport) -> None:
        """Keep the evidence of the events of a report; the stage weighs them in their order."""
        self._by_id[id(coded)], self._now = self._now, []

    def add(self, name: str, coded: CodedReport, event: Event, *, right: bool) -> None:
        """Add a row of an event whose verdict is known."""
        found = self._by_id[id(coded)][coded.events.index(event)]
        fold = FOLDS.number(coded.report.text)
        self.rows.append({"set": name, "fold": fold, "found": found, "right": right})


EVIDENCE = Evidence()


def code(coder: Coder, texts: Iterable[str]) -> list[CodedReport]:
    """Return the coded sentences, each a report of its own."""
    found = []
    for text in texts:
        FOLDS.turn_to(text)
        coded = coder.code(text)
        EVIDENCE.keep(coded)
        found.append(coded)
    return found


def sides(coded: CodedReport, event: Event) -> tuple[Spans, Spans]:
    """Return the spans of actors and recipients; a reciprocal event has all on both sides."""
    actors, others = (_mentions(coded, ids) for ids in (event.actors, event.recipients))
    others += [(t.start, t.end) for t in event.themes]
    return (actors, others + actors) if event.reciprocal else (actors, others)


def named(coded: CodedReport, event: Event) -> tuple[Spans, Spans]:
    """Return the spans of actors and recipients; themes only where nobody is acted upon."""
    actors, others = (_mentions(coded, ids) for ids in (event.actors, event.recipients))
    others = others or [(t.start, t.end) for t in event.themes[:1]]
    return (actors, actors) if event.reciprocal else (actors, others)


def _mentions(coded: CodedReport, ids: Sequence[str]) -> Spans:
    """Return the spans of participants; of a pronoun, those of what it stands for as well."""
    by_id = {p.id: p for p in coded.participants}
    found = [by_id[i] for i in ids if i in by_id]
    clusters = {p.cluster for p in found if p.span.text.lower() in PRONOUNS} - {None}
    named = [p for p in coded.participants if p.cluster in clusters]
    return [(p.span.start, p.span.end) for p in (*found, *named)]


def overlap(left: Spans, right: Iterable[Sequence[int]]) -> bool:
    """Tell whether any two spans share a character."""
    return any(a < end and start < b for a, b in left for start, end in right)


def folded(kind: str | None) -> str | None:
    """Return the root as the set has it: CONCEDE and RETREAT are one."""
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def touching(coded: CodedReport, row: Row) -> list[tuple[int, Event]]:
    """Return the events by how many of the two marked sides they touch."""
    found = []
    for event in coded.events:
        actors, others = sides(coded, event)
        touch = overlap(actors, row["source_spans"]) + overlap(others, row["target_spans"])
        found.append((int(touch), event))
    return found


def plv(coder: Coder, limit: int | None, errors: bool) -> None:
    """PLV: the right root with source and target, and the best root given the pair."""
    gold = rows("events/event_zsp_plv_train.jsonl", limit)
    whole, pairs, quads, any_event = [], [], [], []
    for row, coded in zip(gold, code(coder, (r["text"] for r in gold)), strict=True):
        found = touching(coded, row)
        roots = [folded(e.plover_type) for n, e in found if n == 2]
        whole.append(float(row["root"] in roots))
        for touch, event in found:
            if touch == 2 or (touch and len(found) == 1):
                right = folded(event.plover_type) == row["root"]
                EVIDENCE.add("plv", coded, event, right=right)
        any_event.append(float(row["root"] in [folded(e.plover_type) for _, e in found]))
        best = max(
            found, key=lambda f: (f[0], f[1].plover_type is not None, f[1].confidence), default=None
        )
        kind = best[1].plover_type if best else None
        pairs.append((row["root"], folded(kind)))
        gold_quad = str(int(row["penta"])) if row.get("penta") is not None else "?"
        quads.append((gold_quad, str(quad(kind)) if kind else None))
        if errors and not whole[-1]:
            brief = [(n, e.type, e.plover_type, e.status.value, e.trigger.text) for n, e in found]
            print(row["root"], "|", row["source"], "|", row["target"], "|", row["text"], "|", brief)
    if gold:
        print(f"PLV root, source and target: {interval(whole, rate)}")
        print(f"PLV root among the events:   {interval(any_event, rate)}")
        print(f"PLV root of the pair, macro-F1: {interval(pairs, macro_f1)}")
        print(f"PLV quad of the pair, macro-F1: {interval(quads, macro_f1)}")


def aw(coder: Coder, limit: int | None, errors: bool) -> None:
    """AW: conflict (1) or cooperation (0) of the pair; no event counts as wrong."""
    gold = rows("events/event_zsp_aw_train.jsonl", limit)
    pairs = []
    for row, coded in zip(gold, code(coder, (r["text"] for r in gold)), strict=True):
        best = max(touching(coded, row), key=lambda f: (f[0], f[1].confidence), default=None)
        side = None if best is None else ("1" if quad(best[1].type) > 2 else "0")
        pairs.append((str(row["gold_binary"]), side))
        if errors and side != pairs[-1][0]:
            print(pairs[-1], row["event_type"], row["trigger"], "|", row["text"][:300])
    if gold:
        print(f"AW conflict or cooperation, macro-F1: {interval(pairs, macro_f1)}")
        print(f"AW with any event: {rate([float(f is not None) for _, f in pairs]):.3f}")


OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Types of the set that later versions of PLOVER renamed."""


OLDER_MODES = {
    "strike-hun": "hunger", "strike-gen": "strike", "riot-spon": "riot", "riot-org": "riot",
    "demo-org": "demo", "demo-spon": "demo", "assassinate": "targeted", "host": "visit",
    "confiscate": "seize", "ban": "restrict", "detain": "arrest",
}  # fmt: skip
"""Modes of the set that later versions of PLOVER renamed."""
LOST_MODES = frozenset(["", "other", "political"])
"""Modes of the set that are none, or that PLOVER has dropped."""


def moded(row: Row, wanted: str, coded: CodedReport) -> float | None:
    """Return whether an event of the type has the mode; ``None`` where set or coder lack either."""
    mode = row.get("mode")
    if not mode or mode in LOST_MODES:
        return None
    found = [e for e in coded.events if wanted in (e.type, e.plover_type)]
    modes = {m for e in found for m in (e.mode, e.plover_mode)}
    return float(OLDER_MODES.get(mode, mode) in modes) if found else None


def gsr(coder: Coder, limit: int | None, errors: bool) -> None:
    """GSR: the type is among the events found; the first one is of the type."""
    gold = rows("events/event_plover_gsr.jsonl", limit)
    among, first = [], []
    modes: list[float] = []
    for row, coded in zip(gold, code(coder, (r["text"] for r in gold)), strict=True):
        wanted = OLDER.get(row["event"], row["event"])
        kinds = [e.plover_type for e in coded.events] + [e.type for e in coded.events]
        among.append(float(wanted in kinds))
        if (mode := moded(row, wanted, coded)) is not None:
            modes.append(mode)
            if errors and not mode:
                print("mode", row["mode"], [(e.type, e.mode) for e in coded.events], row["text"])
        main = next((e for e in coded.events if e.main), None)
        first.append(float(main is not None and wanted in (main.plover_type, main.type)))
        if len(coded.events) == 1:
            EVIDENCE.add("gsr", coded, coded.events[0], right=bool(first[-1]))
        if errors and not among[-1]:
            print(row["event"], row["eventText"], "|", row["text"][:200], "|", kinds)
    if gold:
        print(f"GSR type among the events: {interval(among, rate)}")
        print(f"GSR type of the main event: {interval(first, rate)}")
        print(f"GSR mode where the type is found, of {len(modes)}: {interval(modes, rate)}")


def actors(coder: Coder, limit: int | None, errors: bool) -> None:
    """Source and target spans by overlap: micro F1.

    The set marks the one event of a sentence, so the main event is scored as well as all of
    them. Who acts on each other (``R``) is both source and target, as in the records.
    """
    gold = rows("events/event_cameo_actors_train.jsonl", limit)
    every, main = [], []
    for row, coded in zip(gold, code(coder, (r["text"] for r in gold)), strict=True):
        all_sides = [named(coded, e) for e in coded.events]
        one = [named(coded, e) for e in coded.events if e.main]
        every.append([_matched(row, all_sides, number) for number in (0, 1)])
        main.append([_matched(row, one, number) for number in (0, 1)])
        if errors and not all_sides:
            print(row["text"])
    for label, counts in (("of the main event", main), ("of all events", every)):
        for number, name in enumerate(("source", "target")):
            if counts:
                part = [c[number] for c in counts]
                print(f"cameo_actors {name} F1 {label}: {interval(part, _f1)}")


def _matched(row: Row, found: list[tuple[Spans, Spans]], number: int) -> tuple[int, int, int, int]:
    wanted = [(a["start"], a["end"]) for a in row["actors"] if a["role"] in ("ST"[number], "R")]
    have = sorted({span for one in found for span in one[number]})
    right = sum(overlap([span], wanted) for span in have)
    reached = sum(overlap([span], have) for span in wanted)
    return right, len(have), reached, len(wanted)


def _f1(counts: Sequence[tuple[int, int, int, int]]) -> float:
    right, have, reached, wanted = (sum(c[i] for c in counts) for i in range(4))
    precision, recall = right / max(have, 1), reached / max(wanted, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


SETS = {"plv": plv, "aw": aw, "gsr": gsr, "actors": actors}


def main() -> None:
    """Run the sets asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only", choices=SETS)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--folds", type=Path, help="folder of fold0, fold1, …: exported models")
    parser.add_argument("--fold", type=int, help="score this fold alone")
    parser.add_argument("--evidence", type=Path, help="file for what confidences rest on")
    options = parser.parse_args()
    rescoring.calibrated = EVIDENCE.calibrated  # type: ignore[assignment]
    FOLDS.__init__(options.folds, options.fold)  # type: ignore[misc]
    stages = [events.stage(FOLDS) if s.name == "events" else s for s in default_stages()]
    coder = Coder(stages=stages)
    for name, run in SETS.items():
        if options.only in (None, name):
            run(coder, options.limit, options.errors)
    if options.evidence:
        lines = (json.dumps(row) + "\n" for row in EVIDENCE.rows)
        options.evidence.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
