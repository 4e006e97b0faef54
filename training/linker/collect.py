"""Collect what the linker of events learns from: participants of gold sentences beside the hits.

    python training/linker/collect.py FILE

One line a hit of the lexicon: the fold of the sentence, and for each participant its features and
whether it is a source and a target. The hit that the set means is, for PLV and the gold standard
records, the first of its type; for AW the one at the set's trigger; where a set says neither
(cameo_actors) the first. Beside it stand the other hits of the sentence, of which only this is taken
for known: whoever has no role by their entry has none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training" / "event_model"))

from spacy.tokens import Doc  # noqa: E402

import data  # noqa: E402
from dateline import Coder  # noqa: E402
from dateline.coder import default_stages  # noqa: E402
from dateline.events.detect import Hit, detect  # noqa: E402
from dateline.events.linker import linked  # noqa: E402
from dateline.events.participants import parts_of  # noqa: E402
from dateline.stages import Stage  # noqa: E402

Spans = list[tuple[int, int]]
Gold = tuple[str, str, Spans, Spans, tuple[str, ...], tuple[int, int] | None]
HITS: list[tuple[Hit, list[dict[str, Any]]]] = []


def gold() -> Iterator[Gold]:
    """Yield set, text, sources, targets, types and trigger."""
    for e in [*data.plv(), *data.gsr(), *data.aw()]:
        c = e.candidate
        if c.source and c.target:
            trigger = c.trigger if e.set == "aw" else None
            yield e.set, c.text, [c.source], [c.target], e.types, trigger
    for row in data.rows("events/event_cameo_actors_train.jsonl"):
        by = {r: [(a["start"], a["end"]) for a in row["actors"] if a["role"] == r] for r in "STR"}
        if by["T"] or by["R"]:
            yield "cameo", row["text"], by["S"] + by["R"], by["T"] + by["R"], (), None


def keep(doc: Doc) -> Mapping[str, Any]:
    """Keep the participants beside each hit of a report."""
    HITS.clear()
    hits = detect(doc)
    acts = {hit.token.i: hit.entry.type for hit in hits}
    for hit in hits:
        parts = parts_of(doc, hit)
        own = {s: {p.id for p in side} | {m for p in side for m in p.members}
               for s, side in (("S", parts.actors), ("T", parts.recipients))}  # fmt: skip
        people = [
            {"span": [one.person.span.start, one.person.span.end], "features": one.features,
             "own": [one.person.id in own[s] for s in "ST"]}
            for one in linked(doc, hit, parts, acts)
        ]  # fmt: skip
        HITS.append((hit, people))
    return {"events": (), "contexts": (), "gist": None}


def of_gold(one: Gold) -> list[tuple[Hit, list[dict[str, Any]]]]:
    """Return the hits that are the event of the set."""
    name, _, _, _, types, trigger = one
    if trigger is not None:
        return [h for h in HITS if trigger[0] <= h[0].token.idx < trigger[1]]
    if name == "cameo":
        return [h for h in HITS if not h[0].entry.reciprocal][:1]
    return [h for h in HITS if h[0].entry.type in types][:1]


def shares(span: list[int], others: Spans) -> bool:
    """Tell whether a span shares a character with others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def row(one: Gold, hit: Hit, people: list[dict[str, Any]], *, known: bool) -> dict[str, Any]:
    """Return the line of a hit; where the set does not mean it, of those without a role alone."""
    for person in people:
        found = [shares(person["span"], one[n]) for n in (2, 3)]
        person["gold"] = found if known else [False, False]
    kept = [p for p in people if known or not any(p["own"])]
    return {"set": one[0], "text": one[1], "fold": data.fold_of(one[1]), "type": hit.entry.type,
            "meant": known, "people": kept}  # fmt: skip


def main(out: Path) -> None:
    """Code the sentences and write the rows."""
    stage = Stage("events", (), ("events", "contexts", "gist"), keep, {})
    coder = Coder(stages=[stage if s.name == "events" else s for s in default_stages()])
    with out.open("w", encoding="utf-8") as lines:
        for one in gold():
            coder.code(one[1])
            meant = of_gold(one)
            ours = {hit.token.i for hit, _ in meant}
            for hit, people in HITS if meant and one[0] != "cameo" else meant:
                if not hit.entry.reciprocal:
                    told = row(one, hit, people, known=hit.token.i in ours)
                    lines.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
