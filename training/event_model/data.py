"""The training sentences, read from the gold files, with folds that share no sentence.

Nothing of their text is kept in the project: `DATELINE_EVAL` names the folder
that holds them. `DATA.md` says what each set is and whose.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.events.model.encoding import Candidate, Offsets
from dateline.events.ontology import load as ontology

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
OLD_TYPES = {
    "DEMAND": "REQUEST",
    "FIGHT": "ASSAULT",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
}
"""PLOVER's names of 2016 and what they became."""
AW_TYPES = (
    (r"Conflict.*Attack|Life.(Die|Injure)", "ASSAULT"),
    (r"Contact.*(Meet|Phone)|Contact.Contact", "CONSULT"),
    (r"Demonstrate", "PROTEST"),
    (r"Arrest|Justice.Extradite", "COERCE"),
    (r"Sue|Charge|Investigate|Trial|Convict", "ACCUSE"),
)
"""ACE event types that name one PLOVER type beyond doubt."""


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate and what is known of it; ``None`` where the set does not say."""

    candidate: Candidate
    set: str
    fold: int
    types: tuple[str, ...] = ()
    """One type, or several of which one is right."""
    conflict: float | None = None
    certainty: float | None = None
    """-3 (certainly not) to 3 (certainly so)."""
    future: float | None = None
    relevant: float | None = None
    """1: an event of the ontology; 0: general news that is none."""
    weight: float = 1.0


def root() -> Path:
    """Return the folder of gold data."""
    return Path(os.environ.get("DATELINE_EVAL", "../shared/eval"))


def rows(name: str) -> list[dict]:
    with (root() / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(text: str, folds: int = 5) -> int:
    """Return the fold of a sentence: equal sentences, whatever their set, share one."""
    key = re.sub(r"[^a-z0-9]+", "", text.lower())
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % folds


def first(spans: list) -> Offsets | None:
    return (spans[0][0], spans[0][1]) if spans else None


def plv() -> Iterator[Example]:
    for row in rows("events/event_zsp_plv_train.jsonl"):
        types = ("CONCEDE", "RETREAT") if row["root"] == "YIELD" else (row["root"],)
        text = row["text"]
        candidate = Candidate(text, first(row["source_spans"]), first(row["target_spans"]))
        yield Example(candidate, "plv", fold_of(text), types, relevant=1.0)


def aw() -> Iterator[Example]:
    for row in rows("events/event_zsp_aw_train.jsonl"):
        text = row["text"]
        at = text.find(row["trigger"] or "\0")
        trigger = (at, at + len(row["trigger"])) if at >= 0 else None
        spans = first(row["source_spans"]), first(row["target_spans"])
        conflict = float(row["gold_binary"])
        types = tuple(t for pattern, t in AW_TYPES if re.search(pattern, row["event_type"]))[:1]
        if (types == ("CONSULT",)) == bool(conflict):
            types = ()
        yield Example(
            Candidate(text, *spans, trigger),
            "aw",
            fold_of(text),
            types,
            conflict,
            relevant=1.0 if types else None,
        )


def gsr() -> Iterator[Example]:
    for row in rows("events/event_plover_gsr.jsonl"):
        text = row["text"]
        spans = (_find(text, row.get("source")), _find(text, row.get("target")))
        at = text.find(row["eventText"].split(" ... ")[0])
        trigger = (at, at + len(row["eventText"].split(" ... ")[0])) if at >= 0 else _marked(row)
        kind = OLD_TYPES.get(row["event"], row["event"])
        yield Example(Candidate(text, *spans, trigger), "gsr", fold_of(text), (kind,), relevant=1.0)


def _find(text: str, actors: object) -> Offsets | None:
    for actor in actors if isinstance(actors, list) else ():
        at = text.find(actor.get("actorText") or "\0")
        if at >= 0:
            return at, at + len(actor["actorText"])
    return None


def _marked(row: dict) -> Offsets | None:
    found = re.search(r"\(EVT: ([^)]+)\)", row["textInfo"].get("markup") or "")
    at = row["text"].find(found[1]) if found else -1
    return (at, at + len(found[1])) if found and at >= 0 else None


def uw(part: str) -> Iterator[Example]:
    for row in rows(f"status/factuality_uw_{part}.jsonl"):
        offsets = _offsets(row["text"].split(" "))
        for target in row["targets"]:
            start, end = target["span1"]
            trigger = (offsets[start][0], offsets[end - 1][1])
            candidate = Candidate(row["text"], trigger=trigger)
            yield Example(candidate, f"uw_{part}", fold_of(row["text"]), certainty=target["label"])


CERTAINTY = {"CERTAIN": 3.0, "PROBABLE": 2.0, "POSSIBLE": 1.0}


def meantime() -> Iterator[Example]:
    for doc in rows("status/meantime_dev.jsonl"):
        for sentence in doc["sentences"]:
            offsets, text = _offsets(sentence["tokens"]), " ".join(sentence["tokens"])
            for event in sentence["events"]:
                trigger = (offsets[event["tok"][0]][0], offsets[event["tok"][-1]][1])
                sure = CERTAINTY.get(event["certainty"], 0.5)
                sign = {"POS": 1.0, "NEG": -1.0}.get(event["polarity"], 0.2)
                future = {"FUTURE": 1.0, "NON_FUTURE": 0.0}.get(event["time"])
                yield Example(
                    Candidate(text, trigger=trigger), "meantime", fold_of(doc["doc_id"]),
                    certainty=sure * sign, future=future,
                )  # fmt: skip


def _offsets(tokens: list[str]) -> list[Offsets]:
    at, out = 0, []
    for token in tokens:
        out.append((at, at + len(token)))
        at += len(token) + 1
    return out


def swap(example: Example, names: list[str], rng) -> Example:
    """Put another sentence's participants in, so that the names decide nothing."""
    text, c = example.candidate.text, example.candidate
    order = sorted(
        (r for r in ("source", "target") if getattr(c, r)), key=lambda r: -getattr(c, r)[0]
    )
    spans = {r: getattr(c, r) for r in ("source", "target", "trigger")}
    for role in order:
        start, end = spans[role]
        if any(o and r != role and o[0] < end and start < o[1] for r, o in spans.items()):
            return example
        name = names[rng.randrange(len(names))]
        text = text[:start] + name + text[end:]
        shift = start + len(name) - end
        spans = {
            r: (o[0] + shift, o[1] + shift) if o and o[0] >= end else o for r, o in spans.items()
        }
        spans[role] = (start, start + len(name))
    return replace(example, candidate=Candidate(text, **spans))


SLOTS = {"S": "source", "T": "target", "E": "trigger"}


def own() -> Iterator[Example]:
    """Yield the sentences written for this: `sentences.txt` and the ontology's examples."""
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, marked = line.split("\t")
            yield _own(kind, _unmarked(marked))
    for kind in ontology().types.values():
        for example in (
            e for e in kind.examples if e.status in (None, "occurred") and not e.negated
        ):
            spans = (_among(example.text, words) for words in (example.actors, example.recipients))
            at = example.text.find(example.trigger or "\0")
            trigger = (at, at + len(example.trigger)) if at >= 0 else None
            yield _own(example.type or "NONE", Candidate(example.text, *spans, trigger))


def _own(kind: str, candidate: Candidate) -> Example:
    known = {} if kind == "NONE" else {"types": (kind,)}
    return Example(candidate, "own", -1, relevant=float(kind != "NONE"), **known)


def _unmarked(marked: str) -> Candidate:
    text, spans = "", {}
    for part in re.split(r"(\[[STE] [^\]]+\])", marked):
        if part.startswith("["):
            spans[SLOTS[part[1]]] = (len(text), len(text) + len(part) - 4)
            part = part[3:-1]
        text += part
    return Candidate(text, **spans)


def _among(text: str, words: tuple[str, ...]) -> Offsets | None:
    at = text.find(words[0]) if words else -1
    return (at, at + len(words[0])) if at >= 0 else None


def pairs(path: Path) -> Iterator[Example]:
    """Yield pairs of participants, of the event and of none, found by `pairs.py`."""
    for _, text, source, target, trigger, one in json.loads(path.read_text()):
        spans = (tuple(o) if o else None for o in (source, target, trigger))
        yield Example(Candidate(text, *spans), "pair", fold_of(text), relevant=one)


def general(path: Path) -> Iterator[Example]:
    """Yield verbs of general news without politics, found by `triggers.py`."""
    for row in json.loads(path.read_text()):
        candidate = Candidate(row[0], *(tuple(o) if o else None for o in row[1:]))
        yield Example(candidate, "general", fold_of(row[0]), relevant=0.0)
