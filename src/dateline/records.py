"""The record model: what dateline says about a report, and the words it says it from.

Every record is a frozen, slotted dataclass. Offsets are Python string offsets
into ``Report.text``, which never changes: for every span of every record
``report.text[span.start:span.end] == span.text`` holds.

Records refer to each other by id. An id is made from the kind of the record
and the offsets of its words (``e112-118`` is the event whose trigger stands at
112 to 118), so that the same report gives the same ids again, and a change in
one layer does not renumber the others.

A field without a value is ``None`` (or empty), and ``blanks`` says why.
Intervals are half-open and keep their granularity: ``2021-07`` is never padded
to a day. This module imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "1"
"""Version of the record model; it goes into every coded report."""

T = TypeVar("T")

_CONFIG: dict[str, Any] = {"extra": "forbid"}
"""How pydantic reads the records at the edge; ``_adapter`` switches the field docs on."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make ``cls`` a frozen, slotted, keyword-only dataclass whose field docs reach its schema."""
    cls.__pydantic_config__ = _CONFIG  # type: ignore[attr-defined]
    return _light(dataclass(frozen=True, slots=True, kw_only=True)(cls))


def _light(cls: type[T]) -> type[T]:
    """Let records of ``cls`` travel between processes for two thirds of what a dataclass takes.

    A dataclass asks for its fields anew at each record, and a coded report has about 700 of them.
    """
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    put = [getattr(cls, name).__set__ for name in names]
    get = attrgetter(*names)

    def state(self: T) -> tuple[Any, ...]:
        return get(self) if len(names) > 1 else (get(self),)

    def restore(self: T, values: tuple[Any, ...]) -> None:
        for setter, value in zip(put, values, strict=True):
            setter(self, value)

    cls.__getstate__ = state  # type: ignore[assignment]
    cls.__setstate__ = restore  # type: ignore[attr-defined]
    return cls


# ----------------------------------------------------------------- vocabulary


class Status(StrEnum):
    """Whether an event happened, by the words of the report."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PROPOSED = "proposed"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class BlankReason(StrEnum):
    """Why a field has no value."""

    NOT_MENTIONED = "not_mentioned"
    """The report does not say."""
    AMBIGUOUS = "ambiguous"
    """Several readings are left and none is clearly better."""
    NOT_IN_GAZETTEER = "not_in_gazetteer"
    NOT_IN_REGISTRY = "not_in_registry"
    NO_ANCHOR = "no_anchor"
    """A relative expression without a date to count from."""
    TOO_VAGUE = "too_vague"
    UNRESOLVED = "unresolved"
    """Mentioned, but what it refers to was not found."""
    NOT_APPLICABLE = "not_applicable"
    OTHER_LANGUAGE = "other_language"
    """The report is not in English, and was not coded."""
    STAGE_FAILED = "stage_failed"
    """The stage that fills the field failed on this report; see ``failures``."""


class Granularity(StrEnum):
    """The unit an interval is known to."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAYPART = "daypart"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"
    OPEN = "open"
    """One side or both have no bound."""


class DateBasis(StrEnum):
    """Where a date came from. A fallback is never written as if the text had said it."""

    TEXT = "text"
    DATELINE = "dateline"
    GIVEN = "given"
    """Given with the report by whoever read it in."""
    METADATA = "metadata"
    """Found in the page's own metadata, or in its address."""
    PUBLISHED = "published"
    """Taken from the report's publication date for want of a date in the text."""
    INFERRED = "inferred"
    """From constraints in the text; the reasons are listed."""
    UNKNOWN = "unknown"


class ActorKind(StrEnum):
    """What sort of entity an actor is."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"
    """An armed group, party or movement."""
    PERSON = "person"
    OFFICE = "office"
    """An office or body named by its role, without a known holder."""
    GENERIC = "generic"
    """People named by a common noun: troops, protesters, officials."""


# ---------------------------------------------------------------- foundations


@record
class Span:
    """Words of the report: ``report.text[start:end] == text``."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    text: str
    """The characters between them."""


@record
class Blank:
    """Why a field of a record has no value."""

    field: str
    """Name of the empty field."""
    reason: BlankReason
    note: str = ""
    """What was tried, in words."""


@record
class Reason:
    """One step of an explanation: what made a field what it is."""

    field: str
    """Name of the field that is explained."""
    rule: str
    """Id of the lexicon entry, rule, registry row or model feature."""
    detail: str = ""
    """The comparison, in words a user can read."""
    spans: tuple[Span, ...] = ()
    """The words that matched."""
    weight: float | None = None
    """What it contributed, where the method has weights."""


@record
class Interval:
    """A stretch of time, half-open: ``start`` belongs to it, ``end`` does not."""

    start: str | None
    """ISO 8601 date or date-time; ``None`` where it is open."""
    end: str | None
    """First moment after it; ``None`` where it is open. The year 2021 ends ``2022-01-01``."""
    granularity: Granularity


# --------------------------------------------------------------------- report


@record
class Report:
    """One news report as read. ``text`` never changes after reading."""

    id: str
    """Given, or made from the URL and the text."""
    text: str
    title: str | None = None
    """Title apart from the text; ``None`` where the first line of the text is the title."""
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """Publication date, ISO 8601, to the precision known; ``None`` where not given or found."""
    published_basis: DateBasis = DateBasis.UNKNOWN
    """``given`` or ``metadata`` where ``published`` is set."""
    language: str | None = None
    """ISO 639-1 code, given or identified."""
    source: str | None = None
    """Where it was read from: a path, a URL, ``<stdin>``; with ``#n`` for the nth row."""
    sha256: str | None = None
    """Digest (SHA-256) of the original bytes: of the file, page, message, or line of a table without
    its line end; of the text, in UTF-8, where a row of a Parquet file has no bytes of its own."""
    retrieved_at: str | None = None
    """When a report from the network was fetched, ISO 8601 with zone."""
    method: str | None = None
    """How it was read: ``text``, ``html``, ``jsonl``, …"""


@record
class Dating:
    """When the report was published, and how that is known."""

    interval: Interval | None
    basis: DateBasis
    reasons: tuple[Reason, ...] = ()
    """The constraints that led to it, each with its words."""
    blanks: tuple[Blank, ...] = ()

    @property
    def date(self) -> str | None:
        """The date as ISO 8601, a year or a month where no day is known.

        ``None`` where it is unknown or where only bounds are known, as from offices held.
        """
        interval = self.interval
        if interval is None or interval.start is None or interval.granularity is Granularity.OPEN:
            return None
        return interval.start[
            : {Granularity.YEAR: 4, Granularity.MONTH: 7}.get(interval.granularity, 10)
        ]


# ---------------------------------------------------------------------- times


@record
class TimeExpression:
    """A TIMEX3 expression and the interval it denotes."""

    id: str
    span: Span
    type: str
    """TIMEX3 type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``."""
    value: str | None
    """TIMEX3 value: ``2021-07-26``, ``2021-W29``, ``P18Y``, ``PAST_REF``, …"""
    mod: str | None = None
    """TIMEX3 modifier: ``MORE_THAN``, ``APPROX``, ``START``, ``END``, ``ON_OR_BEFORE``, …"""
    freq: str | None = None
    quant: str | None = None
    interval: Interval | None = None
    """What it denotes; for a duration the stretch it covers, where that can be told."""
    utc_offset: str | None = None
    """Offset from UTC of a time of day whose zone the report names: ``-05:00``."""
    utc: Interval | None = None
    """The time of day in UTC, where the report names its zone."""
    bound: str | None = None
    """How the interval limits what it dates: ``by``, ``until``, ``since``, ``after``,
    ``before``, ``within``, ``for``; ``None``: at some time in it."""
    anchor: str | None = None
    """What it is counted from: ``published``, ``dateline``, or the id of another expression."""
    direction: str | None = None
    """``past``, ``future`` or ``same``, for expressions that leave it to the context."""
    basis: DateBasis = DateBasis.TEXT
    rule: str = ""
    """Id of the rule that recognised it."""
    blanks: tuple[Blank, ...] = ()


# ----------------------------------------------------------------- quantities


@record
class Quantity:
    """A number of something: ``low`` ≤ ``value`` ≤ ``high``."""

    id: str
    span: Span
    value: float | None
    """Best value; ``None`` where only bounds are known."""
    low: float | None
    """Lower bound; ``None``: open."""
    high: float | None
    """Upper bound; ``None``: open."""
    kind: str
    """``count``, ``money``, ``percent``, ``ratio``, ``measure``, ``duration`` or ``rank``."""
    unit: str | None = None
    """Normalised unit: ``person``, ``USD``, ``percent``, ``kilometre``, …"""
    approximation: str = "exact"
    """``exact``, ``about``, ``at_least``, ``more_than``, ``at_most``, ``less_than``,
    ``range`` or ``vague``."""
    counted: Span | None = None
    """The words for what is counted."""
    change: str | None = None
    """``up`` or ``down`` where the number is a change."""
    part_of: str | None = None
    """Id of the quantity this one is part of ("30 people, including 12 children")."""
    rule: str = ""
    """Id of the rule; for vague words, of the row that states their range and its source."""
    blanks: tuple[Blank, ...] = ()


# --------------------------------------------------------- actors and mentions


@record
class Office:
    """An office held by a person between two dates."""

    title: str
    country: str | None = None
    """ISO 3166-1 alpha-3, or the PLOVER code of an organisation (``UNO``, ``EUR``, ``IGO``)."""
    sector: str | None = None
    start: str | None = None
    end: str | None = None
    """First day, month or year out of office; ``None``: still held, as far as known."""


@record
class Actor:
    """An entity of the registry, as it stood on the date of the report."""

    id: str
    """``Q…`` (Wikidata) where known, else the registry's own id."""
    name: str
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-3, or a PLOVER code for what has no country (``IGO``, ``NGO``, ``IMG``, …)."""
    sectors: tuple[str, ...] = ()
    """PLOVER sectors, the primary one first."""
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()
    """Offices held on the date of the report."""


@record
class Participant:
    """A mention of an actor, resolved or not."""

    id: str
    span: Span
    """The whole noun phrase that names it, without its clause."""
    head: Span
    """The name or head noun alone."""
    kind: ActorKind | None = None
    name: str = ""
    """Name to show: the actor's where resolved, else the fullest mention in the report."""
    actor: str | None = None
    """Id of the ``Actor`` it is resolved to."""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    """PLOVER sectors, the primary one first."""
    title: str | None = None
    """Title or office as written."""
    cluster: str | None = None
    """Id of the first mention of the same entity in this report."""
    members: tuple[str, ...] = ()
    """Ids of the parts of a compound ("Hungarian and Romanian officials")."""
    count: str | None = None
    """Id of the quantity that counts it."""
    score: float | None = None
    """0 to 1: how sure the resolution is."""
    runner_up: str | None = None
    """Id of the second-best actor, where there was one."""
    basis: str = ""
    """``name``, ``office``, ``variant``, ``metonym``, ``demonym``, ``generic``, ``coreference`` or ``user``."""
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


@record
class Place:
    """A toponym, resolved to GeoNames or to a region of the project's own, or not."""

    id: str
    span: Span
    name: str
    """Name of the place resolved to; the mention where it is not."""
    geonameid: int | None = None
    region: str | None = None
    """Id in the project's own table for regions, waters and sites without a GeoNames id."""
    lat: float | None = None
    """Degrees north, WGS 84."""
    lon: float | None = None
    """Degrees east, WGS 84."""
    country: str | None = None
    """ISO 3166-1 alpha-3; ``None`` for waters and regions across borders."""
    admin1: str | None = None
    admin2: str | None = None
    feature_class: str | None = None
    """GeoNames feature class (``P`` town, ``A`` area, ``H`` water, ``T`` mountain, ``L`` region, ``S`` site)."""
    feature_code: str | None = None
    precision: str | None = None
    """``site``, ``town``, ``admin2``, ``admin1``, ``country``, ``region`` or ``offset`` ("30 km north of …")."""
    resolution: int | None = None
    """PLOVER: 5 within a town, 4 town, 3 district, 2 province, 1 country."""
    hierarchy: tuple[str, ...] = ()
    """Names from the place up to the country."""
    associative: bool = False
    """A demonym or metonym: the place stands for its people or government."""
    score: float | None = None
    runner_up: str | None = None
    """The second-best candidate, in words."""
    basis: str = ""
    """What decided: ``country``, ``admin``, ``capital``, ``population``, ``context``, ``description``, …"""
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


# ----------------------------------------------------------------- statements


@record
class Statement:
    """Who said what to whom."""

    id: str
    kind: str
    """``direct``, ``reported``, ``mixed`` or ``attribution`` ("according to")."""
    content: tuple[Span, ...]
    """What was said; several spans where the cue interrupts it."""
    cue: Span | None = None
    """The words that attribute it."""
    source: Span | None = None
    """The words for the speaker."""
    speaker: str | None = None
    """Id of the ``Participant`` who said it."""
    speaker_class: str = "unknown"
    """``named``, ``office``, ``anonymous``, ``collective``, ``document``, ``author`` or ``unknown``."""
    addressee: str | None = None
    """Id of the ``Participant`` it was said to."""
    addressee_span: Span | None = None
    stance: str = "assert"
    """``assert``, ``claim``, ``deny``, ``promise``, ``threaten``, ``demand``, ``hope``,
    ``doubt``, ``warn``, ``welcome``, ``accuse`` or ``ask``."""
    negated: bool = False
    """It was said not to have been said, or not said."""
    medium: str | None = None
    """``interview``, ``social_media``, ``press_conference``, ``statement``, ``speech``, ``report``, …"""
    occasion: Span | None = None
    """The words for the medium or occasion."""
    time: str | None = None
    """Id of the ``TimeExpression`` that dates the saying."""
    interval: Interval | None = None
    time_basis: DateBasis = DateBasis.UNKNOWN
    parent: str | None = None
    """Id of the statement inside whose content this one stands."""
    confidence: float = 1.0
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


# --------------------------------------------------------------------- events


@record
class EventSize:
    """A quantity and what it measures in an event."""

    role: str
    """``dead``, ``injured``, ``arrested``, ``abducted``, ``displaced``, ``participants``,
    ``troops``, ``weapons`` or ``money``."""
    quantity: str
    """Id of the ``Quantity``."""


@record
class Event:
    """Who did what to whom, where, when, in which mode and context, with which status."""

    id: str
    type: str
    """The act, a PLOVER type: an announced withdrawal is ``RETREAT`` with status ``planned``."""
    mode: str | None = None
    """PLOVER mode of the act."""
    contexts: tuple[str, ...] = ()
    """PLOVER contexts, the strongest first."""
    status: Status
    negated: bool = False
    """The report says that it did not happen."""
    factuality: float | None = None
    """How sure the words make it that it happened: 3 it did, 0 it is open, −3 it did not."""
    historical: bool = False
    """Long before the report, told as background."""
    main: bool = False
    """The report's own news."""
    plover_type: str | None = None
    """PLOVER's own reading, in which future cooperation is ``AGREE`` or ``CONCEDE``;
    ``None`` where PLOVER codes nothing."""
    plover_mode: str | None = None
    quad: int | None = None
    """Of ``plover_type``: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    scale: float | None = None
    """Conflict–cooperation score of ``plover_type`` and mode, −10 to 10."""
    cameo: str | None = None
    """CAMEO code of the act."""
    goldstein: float | None = None
    """Goldstein score of the CAMEO code."""
    trigger: Span
    """The words that name the act."""
    sentence: Span
    """The sentence of the trigger."""
    mentions: tuple[Span, ...] = ()
    """Triggers of all mentions of this event in the report, the first one ``trigger``."""
    actors: tuple[str, ...] = ()
    """Ids of the participants who act; in a meeting all who meet."""
    recipients: tuple[str, ...] = ()
    """Ids of the participants acted upon."""
    reciprocal: bool = False
    instruments: tuple[Span, ...] = ()
    themes: tuple[Span, ...] = ()
    """What was agreed, withdrawn, demanded, …"""
    place: str | None = None
    """Id of the ``Place`` where it happened."""
    place_basis: str = ""
    """``argument``, ``sentence``, ``lead``, ``paragraph``, ``participant``, ``dateline`` or ``report``.

    ``lead``: the place that the report's gist has, for the main event.
    """
    time: str | None = None
    """Id of the ``TimeExpression`` that dates it."""
    interval: Interval | None = None
    """When it happened, or is to happen."""
    time_basis: DateBasis = DateBasis.UNKNOWN
    sizes: tuple[EventSize, ...] = ()
    claim: str | None = None
    """Id of the ``Statement`` whose speaker says so; ``None``: the report's author."""
    confidence: float = 1.0
    """0 to 1: how full the frame is that was matched; not a probability."""
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


@record
class Gist:
    """What a report tells in one line, from its headline and lead: of the ontology or not."""

    id: str
    sentence: Span
    """The headline or sentence that it is taken from."""
    who: tuple[Span, ...] = ()
    """The words for who does it, and of a passive also by whom."""
    participants: tuple[str, ...] = ()
    """Ids of the participants named in ``who``."""
    what: Span
    """The verb with what belongs to it; of a headline without a verb the whole of it."""
    where: Span | None = None
    """The words for where: also a site that is in no gazetteer."""
    place: str | None = None
    """Id of the ``Place`` of these words, or the one it stands in."""
    place_basis: str = ""
    """``sentence``, ``dateline`` or ``report``."""
    time: str | None = None
    """Id of the ``TimeExpression`` that dates it."""
    interval: Interval | None = None
    time_basis: DateBasis = DateBasis.UNKNOWN
    status: Status = Status.OCCURRED
    negated: bool = False
    event: str | None = None
    """Id of the ``Event`` that is the same act; ``None`` where the ontology has none."""
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


# ---------------------------------------------------------------- commitments


@record
class Commitment:
    """An actor bound itself, or is bound, to do something."""

    id: str
    kind: str
    """``promise``, ``plan``, ``agreement``, ``order``, ``threat`` or ``acceptance``."""
    strength: str
    """``obliged``, ``agreed``, ``vowed``, ``will``, ``plans``, ``intends``, ``hopes`` or ``may``."""
    span: Span
    """The clause that binds."""
    holders: tuple[str, ...] = ()
    """Ids of the participants who are bound."""
    holder_text: Span | None = None
    """The words for who is bound, also where they name no participant."""
    beneficiaries: tuple[str, ...] = ()
    """Ids of the participants to whom."""
    what: Span | None = None
    """What is to be done."""
    event: str | None = None
    """Id of the event that would keep it."""
    statement: str | None = None
    """Id of the statement it was made in."""
    negated: bool = False
    """Bound not to do it."""
    deadline: Interval | None = None
    """When it is to be done; its end is the deadline."""
    time: str | None = None
    """Id of the ``TimeExpression`` behind the deadline."""
    deadline_text: Span | None = None
    """The words that set the deadline: a date, or an event without one ("the election")."""
    condition: Span | None = None
    specific: bool = False
    verifiable: bool = False
    dated: bool = False
    attributable: bool = False
    confidence: float = 1.0
    why: tuple[Reason, ...] = ()
    blanks: tuple[Blank, ...] = ()


# ---------------------------------------------------------------- coded report


@record
class Versions:
    """What made a coded report: the same versions give the same bytes."""

    dateline: str
    schema: str = SCHEMA_VERSION
    model: str = ""
    """spaCy pipeline, with its version."""
    data: tuple[tuple[str, str], ...] = ()
    """Name and version of each data source, by name: ontology, lexicon, registry, gazetteer, …"""


@record
class Failure:
    """A stage that failed on this report; the other stages' records stand."""

    stage: str
    error: str
    """Class and message of the error."""


@record
class CodedReport:
    """A report with all its records."""

    report: Report
    versions: Versions
    dating: Dating
    sentences: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    """Text that is no part of the news: share buttons, comment links, bylines, datelines."""
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[Actor, ...] = ()
    """The registry's entities that the participants are resolved to."""
    participants: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contexts: tuple[str, ...] = ()
    """PLOVER contexts of the whole report."""
    gist: Gist | None = None
    """What the report tells in one line."""
    failures: tuple[Failure, ...] = ()
    blanks: tuple[Blank, ...] = ()

    def to_json(self) -> str:
        """Return the whole record as one line of JSON.

        Half a surrogate pair, which no JSON holds, becomes U+FFFD; offsets stand.
        """
        return _line(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record as dicts, lists, strings, numbers and ``None``."""
        found: dict[str, Any] = _adapter(CodedReport).dump_python(self, mode="json")
        return found

    @classmethod
    def from_json(cls, data: str | bytes) -> CodedReport:
        """Return the record in a line of JSON.

        Raises:
            pydantic.ValidationError: it is no coded report; the error names each field.
        """
        found: CodedReport = _adapter(CodedReport).validate_json(data)
        return found

    @staticmethod
    def schema() -> dict[str, Any]:
        """Return the JSON schema (2020-12) of a coded report, with every field described."""
        return _adapter(CodedReport, documented=True).json_schema()

    def _repr_html_(self) -> str:
        """Show the report with its highlights in a notebook."""
        from dateline.showing.html import as_html  # only a notebook pays for it

        return as_html(self)


# ------------------------------------------------------------ merged over reports


class _Json:
    """To JSON and back, for the records that stand on their own beside a coded report."""

    __slots__ = ()

    def to_json(self) -> str:
        """Return the record as one line of JSON; half a surrogate pair becomes U+FFFD."""
        return _line(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as dicts, lists, strings, numbers and ``None``."""
        found: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return found

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """Return the record in a line of JSON.

        Raises:
            pydantic.ValidationError: it is no such record; the error names each field.
        """
        found: Self = _adapter(cls).validate_json(data)
        return found

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Return the JSON schema (2020-12) of the record, with every field described."""
        return _adapter(cls, documented=True).json_schema()


@record
class Story(_Json):
    """The reports of one happening; a report that tells it alone is a story too."""

    id: str
    """Made from the id of its first report."""
    title: str | None
    """Title, or first line, of the report closest to all others."""
    reports: tuple[str, ...]
    """Ids of its reports, by date of publication, then by id."""
    first: str | None = None
    """Earliest publication date of its reports; ``None`` where no report has one."""
    last: str | None = None
    """Latest publication date of its reports."""
    copies: tuple[tuple[str, ...], ...] = ()
    """Groups of two or more reports with the same text, or nearly."""
    sources: tuple[str, ...] = ()
    """Ids of the independent reports: of each group of copies the first one."""


@record
class MergedParty:
    """An actor or recipient of a merged event."""

    name: str
    """Name most reports give."""
    country: str | None = None
    """ISO 3166-1 alpha-3, or the PLOVER code of an organisation."""
    sector: str | None = None
    """Primary PLOVER sector."""
    wikidata: str | None = None
    actor: str | None = None
    """Id in the registry, where resolved."""
    reports: tuple[str, ...] = ()
    """Ids of the reports that name it."""


@record
class MergedPlace:
    """Where a merged event happened: the most precise place that most reports agree on."""

    name: str
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    admin1: str | None = None
    lat: float | None = None
    """Degrees north, WGS 84."""
    lon: float | None = None
    """Degrees east, WGS 84."""
    geonameid: int | None = None
    precision: str | None = None
    """``site``, ``town``, ``admin2``, ``admin1``, ``country``, ``region`` or ``offset``."""


@record
class SaidNumber:
    """A number as some reports give it."""

    value: float | None
    """Best value; ``None`` where only bounds are given."""
    low: float | None
    """Lower bound; ``None``: open."""
    high: float | None
    """Upper bound; ``None``: open."""
    reports: tuple[str, ...]
    """Ids of the reports that say so."""
    sources: int = 1
    """Independent reports among them: copies counted once."""


@record
class MergedNumber:
    """A number of a merged event over all its reports: "30 dead in 4 reports, 35 in 2"."""

    role: str
    """``dead``, ``injured``, ``arrested``, … as in ``EventSize``."""
    best: float | None
    """Value that most independent reports give; of equals the one reported last."""
    low: float | None
    """Lowest value or lower bound that any report gives."""
    high: float | None
    """Highest value or upper bound that any report gives; ``None`` where none gives one."""
    said: tuple[SaidNumber, ...] = ()
    """What was said by whom, most reports first."""


@record
class FieldValue:
    """A value of a field and the reports that give it."""

    value: str
    reports: tuple[str, ...]
    """Ids of the reports."""
    sources: int = 1
    """Independent reports among them: copies counted once."""


@record
class FieldAgreement:
    """How far the reports of a merged event agree on a field."""

    field: str
    """``type``, ``mode``, ``status``, ``interval``, ``place``, ``actors``, ``recipients`` or a
    number's role."""
    values: tuple[FieldValue, ...]
    """The values, those of most independent reports first."""
    agree: bool
    """No two values contradict each other: a town agrees with its country, a day with its month."""


@record
class EventLink:
    """An event of a report that is part of a merged event, and why."""

    report: str
    event: str
    score: float
    """How sure it is that it belongs here, 0 to 1: the mean of its scores with the others."""
    why: tuple[Reason, ...] = ()
    """Comparison with the event it is most like: each part with its weight, in log-odds."""


@record
class MergedEvent(_Json):
    """The events of one or several reports that are one happening."""

    id: str
    """Made from the first of its events, by date of publication and id."""
    type: str
    """PLOVER type that most independent reports give to the act."""
    plover_type: str | None = None
    """PLOVER's own reading, by the status that is merged."""
    mode: str | None = None
    cameo: str | None = None
    """CAMEO code that most independent reports give, where there is one."""
    status: Status
    """What most independent reports say; of equals the one reported last."""
    negated: bool = False
    interval: Interval | None = None
    """When: the finest interval that most independent reports agree with."""
    place: MergedPlace | None = None
    actors: tuple[MergedParty, ...] = ()
    recipients: tuple[MergedParty, ...] = ()
    numbers: tuple[MergedNumber, ...] = ()
    fields: tuple[FieldAgreement, ...] = ()
    """Agreement on every field that any report fills."""
    links: tuple[EventLink, ...] = ()
    """The events it was made from."""
    reports: tuple[str, ...] = ()
    """Ids of the reports that tell it, by date of publication, then by id."""
    sources: tuple[str, ...] = ()
    """Ids of the independent reports: of each group of copies the first one."""
    story: str | None = None
    """Id of the story most of its reports belong to."""
    first: str | None = None
    """Earliest publication date of its reports."""
    last: str | None = None
    """Latest publication date of its reports."""
    confidence: float = 1.0
    """0 to 1: the surest of its events, less what the links leave in doubt."""

    def contested(self) -> tuple[str, ...]:
        """Return the fields on which reports contradict each other."""
        return tuple(field.field for field in self.fields if not field.agree)


# --------------------------------------------------------------------- helpers


def _adapter(kind: Any, *, documented: bool = False) -> TypeAdapter[Any]:
    """Return what turns records of ``kind`` to JSON and back; reading the field docs takes time."""
    return _made_adapter(kind, documented)


@cache
def _made_adapter(kind: Any, documented: bool) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # not needed to hold records

    _CONFIG["use_attribute_docstrings"] = documented
    return TypeAdapter(kind)


def _line(value: Any) -> str:
    adapter = _adapter(type(value))
    try:
        return adapter.dump_json(value).decode("utf-8")
    except ValueError:
        whole = adapter.validate_json(_without_surrogates(adapter.dump_python(value)))
        return adapter.dump_json(whole).decode("utf-8")


def _without_surrogates(value: Any) -> str:
    import json  # hardly ever needed
    import re

    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", line)


def make_id(kind: str, span: Span, taken: Iterable[str] = ()) -> str:
    """Return the id of a record of ``kind`` (a letter) at ``span``, numbered if it is taken."""
    base = f"{kind}{span.start}-{span.end}"
    if not isinstance(taken, (set, frozenset, dict)):
        taken = set(taken)
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}.{n}"
    return name


def spans_of(value: Any) -> Iterable[Span]:
    """Yield every ``Span`` inside a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from spans_of(getattr(value, part.name))
