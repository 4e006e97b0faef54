"""Score commitments on two sets that were annotated for something near to them.

    python benchmarks/commitments/proxies.py [--errors]

MEANTIME marks each event by time (future or not), certainty and polarity. An
event to come that is certain is often what somebody is bound to do, but also
what is only foreseen, and a plan may be marked as less than certain; so the
table says how often each sort of event is an act of a commitment.

PLV gives each sentence a PLOVER root. Of sentences with AGREE the share with
any commitment, of those with THREATEN the share with a threat, and the same
for the sentences of other roots. AGREE sentences report promises and accords,
THREATEN ones also warnings without an act of the speaker. Intervals: bootstrap
over documents (MEANTIME) and sentences (PLV), 1,000 draws, 95 %.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.coder import Coder
from dateline.records import CodedReport, Report

ROOT = Path(__file__).resolve().parents[2]
Cell = tuple[int, int]
"""Found, of how many."""


def eval_dir() -> Path:
    """Return the folder of gold data, from ``DATELINE_EVAL``."""
    return Path(os.environ.get("DATELINE_EVAL", ROOT.parent / "shared" / "eval"))


def rows(name: str) -> Iterator[dict[str, object]]:
    """Yield the rows of a file of gold data."""
    for line in (eval_dir() / name).open(encoding="utf-8"):
        yield json.loads(line)


def share(cells: Sequence[Cell]) -> str:
    """Return a share with its interval, and its counts."""
    rng = random.Random(0)
    found, total = (sum(column) for column in zip(*cells, strict=True))
    draws = []
    for _ in range(1000):
        sample = [cells[rng.randrange(len(cells))] for _ in cells]
        draws.append(sum(f for f, _ in sample) / max(sum(n for _, n in sample), 1))
    draws.sort()
    return f"{found / max(total, 1):.2f} ({draws[25]:.2f} to {draws[974]:.2f}) | {found} of {total}"


# ------------------------------------------------------------------- MEANTIME


def joined(sentences: list[dict[str, list]]) -> tuple[str, list[list[int]]]:
    """Return the text of a document and the offset of each token, by sentence."""
    text, starts = "", []
    for sentence in sentences:
        here = []
        for token in sentence["tokens"]:
            here.append(len(text))
            text += token + " "
        starts.append(here)
        text = text.rstrip() + "\n"
    return text, starts


def acts(coded: CodedReport) -> list[tuple[int, int]]:
    """Return what is to be done of each commitment, in offsets."""
    return [(c.what.start, c.what.end) for c in coded.commitments if c.what]


def meantime(coder: Coder, errors: bool) -> str:
    """Return the table of MEANTIME: by time and certainty the share bound, and the other way."""
    cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    precision: list[Cell] = []
    for row in rows("status/meantime_dev.jsonl"):
        text, starts = joined(row["sentences"])  # type: ignore[arg-type]
        coded = coder.code(Report(id=str(row["doc_id"]), text=text))
        bound = acts(coded)
        here: dict[tuple[str, str], Cell] = {}
        future: list[tuple[int, int]] = []
        for places, sentence in zip(starts, row["sentences"], strict=True):  # type: ignore[call-overload]
            for event in sentence["events"]:
                start = places[event["tok"][0]]
                key = (event["time"], event["certainty"])
                hit = any(a <= start < b for a, b in bound)
                f, n = here.get(key, (0, 0))
                here[key] = (f + hit, n + 1)
                future += [(start, start + 1)] * (event["time"] == "FUTURE")
                if errors and key == ("FUTURE", "CERTAIN") and not hit:
                    print("NOT BOUND", event["words"], "|", " ".join(sentence["tokens"]))
        for key, cell in here.items():
            cells[key].append(cell)
        right = sum(any(a <= s < b for s, _ in future) for a, b in bound)
        precision.append((right, len(bound)))
    lines = ["| MEANTIME events | inside what a commitment is to do | |", "|---|---|---|"]
    lines += [f"| {t.lower()}, {c.lower()} | {share(cells[t, c])} |" for t, c in sorted(cells)]
    lines.append(f"| commitments with an event to come inside | {share(precision)} |")
    return "\n".join(lines)


# ------------------------------------------------------------------------ PLV


def plv(coder: Coder, errors: bool) -> str:
    """Return the table of PLV: share of sentences with a commitment, by root."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for row in rows("events/event_zsp_plv_train.jsonl"):
        root = str(row["root"])
        coded = coder.code(Report(id=str(row["id"]), text=str(row["text"])))
        threat = any(c.kind == "threat" for c in coded.commitments)
        binding = any(c.kind != "threat" for c in coded.commitments)
        side = root if root in ("AGREE", "THREATEN") else "others"
        cells[f"{side}: a promise, plan, agreement, order or acceptance"].append((binding, 1))
        cells[f"{side}: a threat"].append((threat, 1))
        if errors and ((root == "AGREE" and not binding) or (root == "THREATEN" and not threat)):
            print(root, "|", row["text"])
    lines = ["| PLV sentences | with one | |", "|---|---|---|"]
    lines += [f"| {name} | {share(cells[name])} |" for name in sorted(cells)]
    return "\n".join(lines)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not (eval_dir() / "status").exists():
        print(f"skipped: no gold data in {eval_dir()}; set DATELINE_EVAL")
        return
    coder = Coder()
    print(meantime(coder, options.errors), end="\n\n")
    print(plv(coder, options.errors))


if __name__ == "__main__":
    main()
