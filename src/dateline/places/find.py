"""Toponyms in a parsed report: found by name and context, and resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from dateline.language import notes, span_at
from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer, load
from dateline.places.linear import model
from dateline.places.mentions import Mention
from dateline.places.nation import with_country
from dateline.places.offsets import Offset, offset_before
from dateline.places.publisher import home
from dateline.places.rank import Choice, choices, key_of
from dateline.places.recognise import recognised
from dateline.places.sites import WATERS, Surroundings, inner
from dateline.records import Blank, BlankReason, Place, Reason, Span, make_id

UNSURE = 0.35
"""Probability below which no candidate is taken: the name stays ambiguous."""

HELD = 0.97
"""Chance that the gazetteer holds the place meant at all, as measured on held-out folds."""

LONGEST_LIST = 50
"""Names joined by "and" or commas that are followed up to the first."""


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the places of a report."""
    return {"places": with_country(doc, tuple(places(doc)))}


def places(doc: Doc, gazetteer: Gazetteer | None = None) -> Iterator[Place]:
    """Yield the places of a report, in order."""
    source = gazetteer or load()
    found = recognised(doc, source)
    here = surroundings(doc, found, source)
    taken: set[str] = set()
    for mention in found:
        if mention.candidates or not mention.is_site or here.of(mention):
            place = _Maker(doc, mention, here).place(taken)
            taken.add(place.id)
            yield place


def resolve(
    doc: Doc, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer | None = None
) -> list[Place | None]:
    """Resolve toponyms that are given, as offsets of the report; ``None`` where no place has the name.

    For toponyms from elsewhere, and to measure resolution apart from recognition.
    """
    source = gazetteer or load()
    found = [_given(doc, start, end, source) for start, end in spans]
    known = [m for m in found if m is not None]
    here, taken, out = surroundings(doc, known, source), set[str](), list[Place | None]()
    for mention in found:
        place = _Maker(doc, mention, here, given=True).place(taken) if mention is not None else None
        taken.update([place.id] if place else [])
        out.append(place)
    return out


def surroundings(doc: Doc, found: Sequence[Mention], source: Gazetteer) -> Surroundings:
    """Return the names of a report, weighed, with the places inside the names of its sites."""
    named = {m.key for m in found if m.candidates}
    for mention in found:
        if not mention.candidates:
            mention.inner = inner(mention, source, named)
    inside = [m.inner for m in found if m.inner is not None]
    publisher = home(notes(doc).report.url)
    town = publisher.places[0] if publisher.known else None
    return Surroundings(found, choices(doc, [*found, *inside]), town)


def _given(doc: Doc, start: int, end: int, source: Gazetteer) -> Mention | None:
    from dateline.places.mentions import holder_behind, holds, named

    clean = notes(doc).offsets.to_clean(start, end)
    tokens = doc.char_span(*clean, alignment_mode="expand") if clean else None
    if tokens is None:
        return None
    mention = (
        named(doc, tokens.start, tokens.end, doc.text[clean[0] : clean[1]], source)
        if clean
        else None
    )
    if mention is not None:
        for area in holder_behind(doc, mention.end, source):
            if any(holds(area, e) for e in mention.candidates):
                mention.holder = area
                break
    return mention


def span_of_mention(doc: Doc, mention: Mention) -> Span:
    """Return the span of a mention in the report."""
    return span_at(doc, doc[mention.start].idx, _end(doc[mention.end - 1]))


def _end(last: Token) -> int:
    """Return where a name ends that punctuation may cling to: "(DPRK)" without its bracket."""
    whole = last.text.count(".") > 1 or last.text in tables.abbreviations()
    text = last.text if whole else last.text.removesuffix(".")
    return last.idx + max(1, len(text.rstrip(")],;:\"”’'")))


class _Maker:
    """Makes the record of a mention."""

    def __init__(self, doc: Doc, mention: Mention, here: Surroundings, given: bool = False) -> None:
        self.doc, self.mention, self.here, self.given = doc, mention, here, given
        first, last = doc[mention.start], doc[mention.end - 1]
        self.last = last
        self.offset = offset_before(doc, mention.start) if mention.source == "gazetteer" else None
        self.associative = mention.source == "demonym" or (
            self.offset is None and is_associative(last) and mention.source != "description"
        )
        start = doc[self.offset.start].idx if self.offset else first.idx
        self.span = span_at(doc, start, _end(last))

    def place(self, taken: set[str]) -> Place:
        """Return the record."""
        id = make_id("l", self.span, taken)
        if not self.mention.candidates:
            return self._unknown(id)
        choice = self.here.weighed[key_of(self.mention)]
        order = choice.order
        best, chance = choice.candidates[order[0]], choice.sure
        second = choice.second
        if chance < UNSURE and second is not None:
            return self._ambiguous(id, choice)
        return _record(
            id, self.span, best,
            offset=self.offset,
            associative=self.associative,
            score=round(HELD * chance, 3),
            runner_up=second.described() if second else None,
            basis=_basis(self.mention, choice, order[0]),
            why=(self._found(), self._chosen(choice, order[0])),
        )  # fmt: skip

    def _unknown(self, id: str) -> Place:
        """Return a name that is not in the gazetteer: a site is put into the town it was named with."""
        blank = Blank(field="geonameid", reason=BlankReason.NOT_IN_GAZETTEER)
        site = self.here.of(self.mention) if self._is_placed() else None
        if site is None:
            blanks = (blank, Blank(field="lat", reason=BlankReason.NOT_IN_GAZETTEER))
            return Place(
                id=id, span=self.span, name=self.mention.name, associative=self.associative, basis="label",
                why=(self._found(),), blanks=blanks,
            )  # fmt: skip
        held = site.entry
        detail = f"not in the gazetteer; the point of {held.described()}, {site.how} it"
        return Place(
            id=id, span=self.span, name=self.mention.name, lat=held.lat, lon=held.lon, country=held.country,
            admin1=held.name if held.kind == "admin1" else held.admin1, admin2=held.admin2,
            feature_class="H" if self._is_water() else "S", precision=held.precision,
            resolution=held.resolution, hierarchy=(self.mention.name, *held.hierarchy),
            associative=self.associative, score=site.score, basis="context",
            why=(self._found(), Reason(field="lat", rule="places.site_in_town", detail=detail, spans=(self.span,))),
            blanks=(blank,),
        )  # fmt: skip

    def _is_water(self) -> bool:
        words = self.mention.name.lower().split()
        return bool({words[0], words[-1]} & WATERS)

    def _is_placed(self) -> bool:
        """Tell a site, a water or a name that the words behind put somewhere: such a name is near what holds it."""
        known = self.mention.is_site or self._is_water() or self.mention.holder is not None
        return self.given or known

    def _ambiguous(self, id: str, choice: Choice) -> Place:
        names = "; ".join(choice.candidates[n].described() for n in choice.order[:4])
        note = f"no candidate is likelier than {UNSURE}: {names}"
        return Place(
            id=id, span=self.span, name=self.mention.name, associative=self.associative, basis="ambiguous",
            score=round(HELD * choice.sure, 3), runner_up=choice.second.described() if choice.second else None,
            why=(self._found(),),
            blanks=tuple(
                Blank(field=f, reason=BlankReason.AMBIGUOUS, note=note) for f in ("geonameid", "lat", "country")
            ),
        )  # fmt: skip

    def _found(self) -> Reason:
        top = model("recognise").top(self.mention.features, 4)
        detail = f"p={self.mention.probability:.2f}; " + ", ".join(f"{n} {w:+.2f}" for n, w in top)
        return Reason(
            field="span", rule=f"places.{self.mention.source}", detail=detail, spans=(self.span,)
        )

    def _chosen(self, choice: Choice, number: int) -> Reason:
        top = model("rank").top(choice.features[number], 4)
        detail = f"{choice.candidates[number].described()}; " + ", ".join(
            f"{n} {w:+.2f}" for n, w in top
        )
        return Reason(field="name", rule="places.rank", detail=detail, spans=(self.span,))


def _record(
    id: str,
    span: Span,
    entry: Entry,
    *,
    offset: Offset | None,
    associative: bool,
    score: float,
    runner_up: str | None,
    basis: str,
    why: tuple[Reason, ...],
) -> Place:
    lat, lon = (entry.lat, entry.lon) if offset is None else offset.point(entry.lat, entry.lon)
    if offset is not None:
        why = (
            *why,
            Reason(
                field="lat", rule="places.offset", detail=offset.detail(entry.name), spans=(span,)
            ),
        )
    missing = entry.geonameid is None
    return Place(
        id=id, span=span,
        name=entry.name if offset is None else offset.name(entry.name),
        geonameid=entry.geonameid if offset is None else None,
        region=(entry.key or entry.name) if missing else None,
        lat=round(lat, 5), lon=round(lon, 5), country=entry.country,
        admin1=entry.admin1 if entry.kind != "admin1" else None,
        admin2=entry.admin2 if entry.kind != "admin2" else None,
        feature_class=entry.feature_class, feature_code=entry.feature_code,
        precision="offset" if offset is not None else entry.precision,
        resolution=3 if offset is not None else entry.resolution,
        hierarchy=entry.hierarchy, associative=associative, score=score, runner_up=runner_up,
        basis=basis, why=why,
        blanks=(Blank(field="geonameid", reason=BlankReason.NOT_IN_GAZETTEER),) if missing and offset is None else
        (Blank(field="geonameid", reason=BlankReason.NOT_APPLICABLE, note="an area beside the place named"),) if offset is not None else (),
    )  # fmt: skip


def _basis(mention: Mention, choice: Choice, number: int) -> str:
    """Return what decided, in a word."""
    if mention.source in ("demonym", "description"):
        return mention.source
    if len(choice.candidates) == 1:
        return "name"
    features = choice.features[number]
    if any(name.startswith("held by") for name in features):
        return "admin"
    if features.get("number near") or features.get("number in its area", 0.0) > 0.5:
        return "context"
    if features.get("country named"):
        return "country"
    return "population"


WITHIN = tables.words("areas") | tables.words("parts")
"""Words for an area of a name, or for a part of one."""


def is_associative(last: Token) -> bool:
    """Tell a place that stands for its people or government: a subject, or before a noun.

    Before a word for an area or a part of it ("Kano state", "Nigeria's northeast") it stands for itself.
    """
    head = last
    for _ in range(LONGEST_LIST):
        part = head.dep_ in ("poss", "compound", "nmod") and head.head.lower_ in WITHIN
        if head.dep_ != "conj" and not part:
            break
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass", "agent", "poss", "compound", "amod", "nmod"):
        return True
    return head.dep_ == "pobj" and head.head.dep_ == "agent"


@cache
def version() -> str:
    """Return the versions of the data behind places."""
    return load().version
