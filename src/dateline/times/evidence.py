"""What the registry knows of the people and groups a text names, as limits on when it was written.

"President" before a name says that the text is from that person's term or
later, "former President" that it is from after it; a group that is named had
been founded. Terms and years come from the actor registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from dateline.actors.loading import load_registry
from dateline.actors.model import Held
from dateline.actors.names import fold
from dateline.actors.registry import Registry
from dateline.language.notes import span_at, text_of
from dateline.records import ActorKind, Span
from dateline.times.cues import cues
from dateline.times.meaning import Mention
from dateline.times.tables import tables

RUN = re.compile(
    r"[A-Z][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?(?:\s+[A-Z][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?){1,7}"
)
"""Capitalised words in a row."""
FORMER = re.compile(r"(?i)(?:\bformer|\bex-?|\blate|\bthen|-elect)\s*-?\s*$")
POSSESSIVE = re.compile(r"['’]s$")
NAMED = 3
"""Words of a name at most."""
SHORTEST = 3
"""Letters of a name at least: "Chief L." is nobody's."""
ELECTED = timedelta(120)
"""How long before a term its holder may be given the title, being elected."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One limit on the publication date, half-open."""

    low: date | None
    high: date | None
    rule: str
    detail: str
    span: Span


def registry_constraints(doc: Doc, mentions: Sequence[Mention]) -> list[Constraint]:
    """Return the limits that offices held and groups founded set, each once.

    In a sentence that is dated to a year, a title tells of that year: the end of the
    term says nothing of the day of writing.
    """
    registry, text = load_registry(), text_of(doc)
    found: dict[str, Constraint] = {}
    told = [m.start for m in mentions if m.meaning.year or m.meaning.kind in ("ago", "shift")]
    dated = {sent.start_char for s in told if (sent := _sentence(doc, s)) is not None}
    for match in RUN.finditer(text):
        for one in (*_offices(doc, match, registry), *_groups(doc, match, registry)):
            sent = _sentence(doc, match.start())
            if one.high and sent is not None and sent.start_char in dated:
                found.setdefault(one.detail, replace(one, high=None))
            else:
                found[one.detail] = one
    return list(found.values())


def _sentence(doc: Doc, at: int) -> SpacySpan | None:
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    return span.sent if span is not None and len(span) else None


def _offices(doc: Doc, match: re.Match[str], registry: Registry) -> Iterator[Constraint]:
    words = match.group().split()
    placed = _title(words, registry)
    if placed is None:
        return
    first, last, office = placed
    before = " ".join([match.string[max(0, match.start() - 12) : match.start()], *words[:first]])
    for size in range(min(NAMED, len(words) - last), 0, -1):
        after = words[last + size].lower() if last + size < len(words) else ""
        if size == 1 and after and tables().words.get(after, ("_",))[0] not in "MW":
            return  # a surname alone, not the first name of someone unknown
        name = POSSESSIVE.sub("", " ".join(words[last : last + size])).rstrip(".")
        terms = _terms(name, office, registry)
        if terms:
            title = " ".join(words[first:last])
            constraint = _limits(terms, title, name, bool(FORMER.search(before)))
            if constraint is not None and not _acts(doc, match):
                constraint = _remembered(constraint, title, name)
            if constraint is not None:
                span = span_at(doc, match.start(), match.end())
                yield Constraint(*constraint, span)
            return


def _remembered(
    limits: tuple[date | None, date | None, str, str], title: str, name: str
) -> tuple[date | None, date | None, str, str]:
    """Return the limits that a title sets which may be remembered or looked forward to."""
    low, _, rule, _ = limits
    if low is None or rule != "dating.office":
        return limits
    low -= ELECTED
    return low, None, rule, f"{name} is, was or will be {title}: written {low} or later"


def _acts(doc: Doc, match: re.Match[str]) -> bool:
    """Tell who acts in the report from one whose title is a memory: "under President Example".

    Only the first is in office for certain; the titles of others outlast their terms. Who
    acts speaks, does something now, or stands in a sentence that names a day of the week.
    """
    span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
    if span is None or not len(span):
        return False
    if any(token.lower_ in cues().of_the_day for token in span.sent):
        return True
    root = span.root.head if span.root.dep_ == "conj" else span.root
    verb = root.head
    if root.dep_ == "nsubj":
        return verb.tag_ != "VBD" or verb.lemma_ in cues().acting
    return root.dep_ == "dobj" and verb.lemma_ == "meet"


def _title(words: list[str], registry: Registry) -> tuple[int, int, str] | None:
    """Return where the first title in a run begins and ends, and its office."""
    for first in range(len(words) - 1):
        longest = registry.title_first.get(words[first].lower(), 0)
        for size in range(min(longest, len(words) - first - 1), 0, -1):
            office = registry.titles.get(" ".join(words[first : first + size]).lower())
            if office is not None and not office[1]:
                return first, first + size, office[0]
    return None


def _terms(name: str, office: str, registry: Registry) -> list[Held]:
    """Return the terms in which people of that name held that office."""
    key = fold(name)
    if len(key) < SHORTEST:
        return []
    ids = registry.people.get(key, ()) if " " in name else registry.surname(key)
    entries = [registry.get(id) for id in ids]
    return [
        held
        for entry in entries
        for held in entry.offices
        if held.start and held.office == registry.offices.of(office, held.country)
    ]


def _limits(
    terms: list[Held], title: str, name: str, former: bool
) -> tuple[date | None, date | None, str, str] | None:
    starts = [day for t in terms if (day := first_day(t.start)) is not None]
    ends = [day_after(t.end) for t in terms]
    if not starts:
        return None
    if former:
        over = [end for end in ends if end is not None]
        if not over:
            return None
        detail = f"{name} is no longer {title}: written {min(over)} or later"
        return min(over), None, "dating.office_left", detail
    low, high = min(starts), None if None in ends else max(e for e in ends if e)
    until = f" and before {high}" if high else ""
    return low, high, "dating.office", f"{name} is {title}: written {low} or later{until}"


def _groups(doc: Doc, match: re.Match[str], registry: Registry) -> Iterator[Constraint]:
    words = [POSSESSIVE.sub("", word) for word in match.group().split()]
    for first in range(len(words)):
        longest = registry.first.get(fold(words[first]), 0)
        for size in range(min(longest, len(words) - first), 1, -1):
            name = " ".join(words[first : first + size])
            days = _founded(name, registry)
            if days:
                low = min(days)
                yield Constraint(
                    low,
                    None,
                    "dating.group",
                    f"{name} is named, active since {low.year}: written {low.year} or later",
                    span_at(doc, match.start(), match.end()),
                )
                return


def _founded(name: str, registry: Registry) -> list[date]:
    """Return the first days of the groups of that name; none where one of them has no date."""
    refs = registry.names.get(fold(name), ())
    entries = [registry.get(ref.id) for ref in refs if ref.basis == "name"]
    if not entries or any(entry.kind is not ActorKind.GROUP for entry in entries):
        return []
    days = [first_day(entry.start) for entry in entries]
    return [] if None in days else [day for day in days if day is not None]


def first_day(text: str) -> date | None:
    """Return the first day of a date to the precision known."""
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def day_after(text: str) -> date | None:
    """Return the day after the last of a date to the precision known."""
    first = first_day(text)
    if first is None:
        return None
    size = text.count("-")
    if size == 2:
        return first + timedelta(1)
    months = first.year * 12 + first.month - 1 + (1 if size else 12)
    return date(months // 12, months % 12 + 1, 1)
