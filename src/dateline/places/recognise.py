"""Which of the words that may name a place do: a logistic regression over readable features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from dateline.language import columns, indices_at, notes, tokens_at
from dateline.language.casing import small_words
from dateline.language.columns import Columns
from dateline.places import tables
from dateline.places.doubts import without_doubtful
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer
from dateline.places.linear import model
from dateline.places.mentions import (
    DIRECTIONS,
    PLACE_LABELS,
    SITES,
    WATERS_BEFORE,
    WATERS_BEHIND,
    Mention,
    apart,
    holder_behind,
    holds,
    mentions,
)

THRESHOLD = 0.45
"""Probability from which a mention is taken for a place; chosen on held-out folds."""
SITE_THRESHOLD = 0.3
"""Probability from which a site of the project's own table is taken: the sets hold few of them."""
AREA_THRESHOLD = 0.2
"""Probability from which a first-order area is taken that is said to be one: "Oruzgan province"."""
SEAT_THRESHOLD = 0.02
"""Probability from which a seat of the table is taken where it stands for who sits there: "the Kremlin said"."""
SMALL = tables.words("small")
KINDS = tables.words("kinds")
FOLLOWING = tables.words("following")
TAILS = tables.words("tails")


def recognised(doc: Doc, gazetteer: Gazetteer, *, threshold: float = THRESHOLD) -> list[Mention]:
    """Return the mentions that name a place, in order."""
    found = candidates(doc, gazetteer)
    weights = model("recognise")
    for mention in found:
        if mention.source != "description":
            mention.probability = weights.probability(mention.features)
    seats = _seats(doc)

    def least(mention: Mention) -> float:
        if mention.is_area and any(e.kind == "admin1" for e in mention.candidates):
            return min(threshold, AREA_THRESHOLD)
        if not _own_site(mention):
            return threshold
        return SEAT_THRESHOLD if (mention.start, mention.end) in seats else SITE_THRESHOLD

    return without_doubtful(doc, [m for m in found if m.probability >= least(m)])


def _seats(doc: Doc) -> frozenset[tuple[int, int]]:
    """Return the tokens of names that the actors' stage knows to stand for a government or a body."""
    tokens = (
        tokens_at(doc, p.span)
        for p in notes(doc).participants
        if p.actor and p.basis in ("metonym", "name")
    )
    return frozenset((t.start, t.end) for t in tokens if t is not None)


def _own_site(mention: Mention) -> bool:
    """Tell a landmark or a base of the project's own table, which is better known than its namesakes."""
    first = mention.candidates[0] if mention.candidates else None
    return (
        mention.source == "gazetteer"
        and first is not None
        and first.kind == "site"
        and first.geonameid is None
    )


def candidates(doc: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """Return all that may name a place, with the features it is judged by."""
    found = list(mentions(doc, gazetteer))
    view = View(doc, found, gazetteer)
    for mention in found:
        mention.holder = view.holder(mention)
    for mention in found:
        mention.features = dict(view.features(mention))
    return found


class View:
    """What a report says about its words, looked up once."""

    def __init__(self, doc: Doc, found: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer = doc, gazetteer
        self.people, self.parts = _participants(doc)
        self.read = columns(doc)
        ents = doc.ents
        self.ents = {i: ent for ent in ents for i in range(ent.start, ent.end)}
        self.labels: dict[str, Counter[str]] = {
            key: Counter(self.read.ent[m.end - 1] for m in group)
            for key, group in apart(found).items()
        }
        self.datelines = [(s.start, s.end) for s in notes(doc).segments if s.kind == "dateline"]
        self.surnames = {
            self.read.lower[e.end - 1] for e in ents if e.label_ == "PERSON" and e.end - e.start > 1
        }

    def holder(self, mention: Mention) -> Entry | None:
        """Return the area that the words behind put a mention in."""
        if mention.source != "gazetteer":
            return None
        for area in holder_behind(self.doc, mention.end, self.gazetteer):
            if any(holds(area, entry) for entry in mention.candidates):
                return area
        return None

    def features(self, mention: Mention) -> Iterator[tuple[str, float]]:
        """Yield the features of a mention."""
        best = mention.candidates[0] if mention.candidates else None
        kind = best.kind if best else "none"
        source = f"{mention.source}:{kind}"
        yield "bias", 1.0
        yield f"source={source}", 1.0
        for name in (*self._name(mention, best), *self._around(mention), *self._labels(mention)):
            yield name, 1.0
        yield f"label={self._label(mention)}|source={source}", 1.0

    def _name(self, mention: Mention, best: Entry | None) -> Iterator[str]:
        words = mention.end - mention.start
        yield f"words={min(words, 4)}"
        if best is not None and mention.source == "gazetteer":
            yield f"people={int(math.log10(best.population + 1)) if best.kind == 'town' else best.kind}"
            yield f"primary={best.name.lower() == mention.name.lower()}"
        key = mention.name.lower()
        words_of = key.split() or [""]
        if words == 1 and key in small_words():
            yield "word=small"
            yield f"word=small|label={self._label(mention)}"
        if mention.name.isupper():
            yield f"capitals={min(len(mention.name), 5)}"
        if self.read.lower[mention.end - 1] in SITES:
            yield "site"
        if {words_of[0], words_of[-1]} & (WATERS_BEFORE | WATERS_BEHIND) and words > 1:
            yield f"water|known={best is not None}"
        if words == 1 and key in self.surnames:
            yield "surname"
        if mention.holder is not None:
            yield f"holder={mention.holder.kind}"

    def _around(self, mention: Mention) -> Iterator[str]:
        read, start, last, end = self.read, mention.start, mention.end - 1, mention.end
        before = read.lower[start - 1] if start else ""
        after = read.lower[end] if end < read.n else ""
        begins = read.starting[start] == 1
        yield f"before={_shown(read, start - 1) if start and not begins else 'edge'}"
        yield f"after={_shown(read, end) if end < read.n else 'edge'}"
        yield f"pos={read.pos[last]}"
        yield f"role={read.dep[last]}"
        if begins:
            yield "begins"
        if before == "of" and start > 1:
            kind = read.lower[start - 2] in KINDS
            yield "before=KIND of" if kind else f"before={_shape(read, start - 2)} of"
        if before in KINDS or before in DIRECTIONS:
            yield "before=kind"
        if after in FOLLOWING:
            yield f"following={after}"
        if self.datelines and self._in_dateline(self.doc[start].idx):
            yield "dateline"
        if read.dep[last] in ("pobj", "compound", "nsubj", "poss", "conj", "appos"):
            yield f"head={_headword(read, read.head[last])}"

    def _in_dateline(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.datelines)

    def _labels(self, mention: Mention) -> Iterator[str]:
        last = mention.end - 1
        yield f"label={self._label(mention)}"
        ent = self.ents.get(last)
        if ent is not None:
            tail = self.read.lower[ent.end - 1]
            if ent.end > mention.end or ent.start < mention.start:
                yield f"inside={ent.label_}"
                yield f"inside={ent.label_}|source={mention.source}"
                if tail in TAILS:
                    yield f"tail={tail}"
                yield f"inside={ent.label_}|{'start' if ent.start >= mention.start else 'end' if ent.end <= mention.end else 'middle'}"
        seen = self.labels[mention.key]
        total = seen.total()
        if total > 1:
            placed = sum(seen[label] for label in PLACE_LABELS) / total
            yield f"elsewhere={'place' if placed >= 0.7 else 'some' if placed > 0 else 'none'}"
            if seen["PERSON"]:
                yield "elsewhere=person"
        if mention.start in self.people:
            yield "person"
        for part in sorted(
            {self.parts[i] for i in range(mention.start, mention.end) if i in self.parts}
        ):
            yield f"participant={part}"

    def _label(self, mention: Mention) -> str:
        return self.read.ent[mention.end - 1] or "none"


def _participants(doc: Doc) -> tuple[frozenset[int], dict[int, str]]:
    """Return the tokens of people's names, and what the actors' stage made of each token."""
    people: set[int] = set()
    parts: dict[int, str] = {}
    for participant in notes(doc).participants:
        own = indices_at(doc, participant.head)
        if not own or participant.basis == "coreference":
            continue
        several = len(own) > 1
        known = "known" if participant.actor else "new"
        part = f"{participant.kind}:{known}:{'more' if several else 'one'}"
        parts.update(dict.fromkeys(own, part))
        if several and participant.kind == "person":
            people.update(own)
    return frozenset(people), parts


def _shown(read: Columns, i: int) -> str:
    return read.lower[i] if read.lower[i] in SMALL else _shape(read, i)


def _shape(read: Columns, i: int) -> str:
    if read.text[i][:1].isupper():
        return f"Cap:{read.ent[i] or read.pos[i]}"
    return read.pos[i]


@cache
def _heads() -> frozenset[str]:
    return frozenset(KINDS | FOLLOWING)


def _headword(read: Columns, head: int) -> str:
    known = read.lower[head] in _heads() or read.lower[head] in SMALL
    return read.base[head] if known else read.pos[head]
