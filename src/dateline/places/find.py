"""Toponyms in a parsed report: found by name and context, and resolved."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from dateline.language import notes, span_at, tokens_at
from dateline.places.gazetteer import Entry, MemoryGazetteer, demonyms, folded, load
from dateline.records import Blank, BlankReason, Place, Reason, make_id

PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "near",
        "to",
        "from",
        "into",
        "outside",
        "inside",
        "of",
        "across",
        "around",
        "over",
        "toward",
        "towards",
        "through",
        "off",
        "on",
        "between",
        "via",
        "for",
        "against",
    ]
)
CLASSES = {
    "country": ("A", "PCLI", 1), "admin1": ("A", "ADM1", 2), "town": ("P", "PPL", 4),
    "region": ("L", "RGN", None), "water": ("H", "SEA", None), "site": ("S", "BLDG", 5),
}  # fmt: skip
"""Kind → GeoNames feature class and code, and PLOVER's resolution."""
COMMON = frozenset(
    [
        "march",
        "may",
        "general",
        "young",
        "bush",
        "reading",
        "nice",
        "mobile",
        "split",
        "police",
        "union",
        "victoria",
        "orange",
        "hope",
        "enterprise",
        "independence",
        "progress",
        "liberty",
        "santa",
        "van",
        "most",
        "of",
        "of",
        "the",
        "and",
        "university",
        "bank",
        "park",
        "republic",
        "republican",
        "congress",
        "central",
        "south",
        "north",
        "east",
        "west",
        "english",
        "man",
        "male",
        "female",
        "university",
        "media",
        "sale",
        "sales",
        "post",
        "best",
        "battle",
        "normal",
        "male",
        "nine",
        "six",
        "seven",
        "date",
        "marina",
        "parliament",
        "same",
        "gas",
        "born",
        "both",
        "hit",
        "asia",
        "minor",
        "side",
        "come",
        "lead",
        "much",
        "wells",
        "cabinet",
        "castle",
        "deal",
    ]
)
"""Names of towns that are mostly other words."""
CAPITAL = frozenset({"capital"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``start:end`` that may name a place, with the places of that name."""

    start: int
    end: int
    name: str
    candidates: tuple[Entry, ...]
    rule: str


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the places of a report."""
    return {"places": tuple(places(doc))}


def places(doc: Doc) -> Iterator[Place]:
    """Yield the places of a report, in order."""
    found = list(_mentions(doc, load()))
    countries = _countries(doc, found)
    senses: dict[str, Entry] = {}
    taken: set[str] = set()
    for mention in found:
        entry, basis, score, runner_up = _chosen(doc, mention, countries, senses, found)
        if entry.kind == "town":
            senses.setdefault(folded(mention.name), entry)
        first, last = doc[mention.start], doc[mention.end - 1]
        span = span_at(doc, first.idx, last.idx + len(last))
        made = _place(doc, mention, entry, basis, score, runner_up, make_id("l", span, taken))
        taken.add(made.id)
        yield made


def _mentions(doc: Doc, gazetteer: MemoryGazetteer) -> Iterator[Mention]:
    people = _people(doc)
    at = 0
    while at < len(doc):
        found = _capital(doc, at) or _named(doc, at, gazetteer, people)
        if found is None:
            at += 1
            continue
        yield found
        at = found.end


def _people(doc: Doc) -> frozenset[int]:
    """Return the tokens of names of people and organisations, which are no places."""
    inside: set[int] = set()
    for participant in notes(doc).participants:
        if participant.kind in ("person", "organisation", "group") and participant.basis not in (
            "metonym",
            "coreference",
        ):
            tokens = tokens_at(doc, participant.head)
            if tokens is not None and (participant.actor or len(tokens) > 1):
                inside.update(token.i for token in tokens)
    for ent in doc.ents:
        if ent.label_ == "PERSON" and len(ent) > 1:
            inside.update(token.i for token in ent)
    return frozenset(inside)


def _capital(doc: Doc, at: int) -> Mention | None:
    """Read "the Iraqi capital" and "Iraq's capital"."""
    token = doc[at]
    if token.lower_ not in CAPITAL or at == 0:
        return None
    behind = doc[at + 1].text if at + 1 < len(doc) else ""
    after = doc[at + 2].text if behind == "," and at + 2 < len(doc) else behind
    if after[:1].isupper():
        return None
    for back in (1, 2):
        if at - back < 0:
            break
        word = folded(doc[at - back].text)
        iso3 = _demonyms().get(word) or next(
            (e.country for e in load().candidates(word) if e.kind == "country"), None
        )
        capital = _capitals().get(iso3 or "")
        if capital is not None:
            start = at - back - (at - back > 0 and doc[at - back - 1].lower_ == "the")
            return Mention(start, at + 1, capital.name, (capital,), "description")
    return None


@cache
def _demonyms() -> Mapping[str, str]:
    return demonyms()


@cache
def _capitals() -> Mapping[str, Entry]:
    return load().capitals()


def _named(doc: Doc, at: int, gazetteer: MemoryGazetteer, people: frozenset[int]) -> Mention | None:
    token = doc[at]
    if not token.text[:1].isupper() or token.pos_ in ("VERB", "PRON", "AUX") or at in people:
        return None
    for length in range(min(5, gazetteer.longest, len(doc) - at), 0, -1):
        end = at + length
        last = doc[end - 1]
        if last.i in people or not last.text[:1].isupper():
            continue
        name = doc[at:end].text.removesuffix("'s").removesuffix("’s").strip()
        candidates = tuple(gazetteer.candidates(name))
        if candidates and _is_place(doc, at, end, name, candidates):
            return Mention(at, end, name, candidates, "gazetteer")
    return None


def _is_place(doc: Doc, at: int, end: int, name: str, candidates: Sequence[Entry]) -> bool:
    """Tell a place from a word, a person or part of a longer name."""
    best, token = candidates[0], doc[at]
    if best.kind in ("country", "region", "water", "site"):
        return not _continues(doc, at, end) or best.kind == "site"
    if len(name) < 3 or (name.isupper() and len(name) <= 5 and not _in_dateline(doc, at)):
        return False
    labelled = any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in doc[at:end])
    cued = at > 0 and doc[at - 1].lower_ in PREPOSITIONS - {"of", "for", "against", "on"}
    if folded(name) in COMMON:
        return labelled and cued and end - at > 1
    if _continues(doc, at, end):
        return False
    large = best.population >= 300_000 or best.kind == "admin1"
    sentence_start = token.is_sent_start and not labelled
    if labelled or _in_dateline(doc, at):
        return True
    return (cued and best.population >= 15_000) or (
        large and not sentence_start and token.ent_type_ != "PERSON"
    )


def _in_dateline(doc: Doc, at: int) -> bool:
    return any(s.kind == "dateline" and s.start <= doc[at].idx < s.end for s in notes(doc).segments)


def _continues(doc: Doc, at: int, end: int) -> bool:
    """Tell "George Washington University" and "Paris Hilton" from places."""
    before = doc[at - 1] if at else None
    after = doc[end] if end < len(doc) else None
    first = (
        before is not None
        and before.pos_ == "PROPN"
        and before.text[:1].isupper()
        and before.dep_ == "compound"
    )
    first = (
        first
        and before is not None
        and before.ent_type_ in ("PERSON", "ORG")
        and before.head.i >= at
    )
    last = (
        after is not None
        and after.pos_ == "PROPN"
        and after.text[:1].isupper()
        and doc[end - 1].dep_ == "compound"
    )
    return bool(
        first
        or (
            last
            and after is not None
            and after.ent_type_ in ("ORG", "PERSON", "WORK_OF_ART", "EVENT", "PRODUCT")
        )
    )


def _countries(doc: Doc, found: Sequence[Mention]) -> Counter[str]:
    """Count the countries that a report names, by place and by people."""
    counts: Counter[str] = Counter()
    for mention in found:
        best = mention.candidates[0]
        if best.country and (best.kind != "town" or best.capital or best.population > 1_000_000):
            counts[best.country] += 2 if best.kind == "country" else 1
    for participant in notes(doc).participants:
        if participant.country and participant.kind is not None and len(participant.country) == 3:
            counts[participant.country] += 1
    return counts


def _chosen(
    doc: Doc,
    mention: Mention,
    countries: Counter[str],
    senses: Mapping[str, Entry],
    found: Sequence[Mention],
) -> tuple[Entry, str, float, Entry | None]:
    """Return the place meant, what decided, how sure, and the second best."""
    if mention.rule == "description":
        return mention.candidates[0], "description", 0.95, None
    held = _containing(doc, mention)
    known = senses.get(folded(mention.name))
    if known is not None and held is None:
        return known, "sense", 0.9, None
    total = sum(countries.values()) or 1

    def weight(entry: Entry) -> float:
        value = math.log10(entry.population + 10) / 7
        value += 2.0 if entry.kind in ("country", "region", "water", "site") else 0.0
        value += 0.5 if entry.capital else 0.0
        value += 1.2 * min(1.0, 2 * countries[entry.country or ""] / total)
        if held is not None:
            value += 3.0 if held in (entry.admin1, entry.country) and entry.name != held else -0.5
        return value + (0.25 if folded(entry.name) == folded(mention.name) else 0.0)

    ranked = sorted(mention.candidates, key=lambda e: (-weight(e), e.geonameid or 0))
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    margin = weight(best) - (weight(second) if second else 0.0)
    score = round(1 / (1 + math.exp(-2 * margin)), 3)
    basis = "admin" if held else "country" if countries[best.country or ""] else "population"
    return best, basis, score, second


def _containing(doc: Doc, mention: Mention) -> str | None:
    """Return what "Paris, Texas" and "Tripoli in northern Lebanon" put a town in."""
    at = mention.end
    if at + 1 >= len(doc) or doc[at].text not in (",", "in"):
        return None
    for start in range(at + 1, min(at + 4, len(doc))):
        if not doc[start].text[:1].isupper():
            continue
        for length in (3, 2, 1):
            for entry in load().candidates(doc[start : start + length].text):
                if entry.kind == "country":
                    return entry.country
                if entry.kind == "admin1":
                    return entry.name
        return None
    return None


def _place(
    doc: Doc,
    mention: Mention,
    entry: Entry,
    basis: str,
    score: float,
    runner_up: Entry | None,
    id: str,
) -> Place:
    feature, code, resolution = CLASSES[entry.kind]
    first, last = doc[mention.start], doc[mention.end - 1]
    span = span_at(doc, first.idx, last.idx + len(last))
    hierarchy = [entry.name, entry.admin1, entry.country]
    blanks = []
    if entry.geonameid is None:
        blanks.append(Blank(field="geonameid", reason=BlankReason.NOT_IN_GAZETTEER))
    return Place(
        id=id,
        span=span,
        name=entry.name,
        geonameid=entry.geonameid,
        region=entry.name if entry.geonameid is None else None,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1 if entry.kind == "town" else None,
        feature_class=feature,
        feature_code="PPLC" if entry.capital else code,
        precision=entry.kind if entry.kind != "water" else "region",
        resolution=resolution,
        hierarchy=tuple(dict.fromkeys(part for part in hierarchy if part)),
        associative=_is_associative(first, last),
        score=score,
        runner_up=_words(runner_up) if runner_up else None,
        basis=basis,
        why=(
            Reason(
                field="name", rule=f"places.{mention.rule}", detail=_words(entry), spans=(span,)
            ),
        ),
        blanks=tuple(blanks),
    )


LONGEST_LIST = 50
"""Names joined by "and" or commas that are followed up to the first."""


def _is_associative(first: Token, last: Token) -> bool:
    """Tell a place that stands for its people: a subject, or before a noun."""
    head = last
    for _ in range(LONGEST_LIST):
        if head.dep_ != "conj":
            break
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass", "agent", "poss", "compound", "amod", "nmod"):
        return True
    return head.dep_ == "pobj" and head.head.dep_ == "agent"


def _words(entry: Entry) -> str:
    return ", ".join(part for part in (entry.name, entry.admin1, entry.country) if part)
