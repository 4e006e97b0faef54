"""Crosswalks from PLOVER acts to the schemes of ACLED and UCDP.

Both are for acts that occurred: a threatened attack has no place in either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.events.ontology.cameo import Act, act
from dateline.events.ontology.loader import load
from dateline.events.ontology.marked import Item, read


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledRule:
    """One row of the crosswalk; the first that fits decides."""

    acts: tuple[Act, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    cues: frozenset[str]
    event: str | None
    """Sub-event type; ``None``: ACLED codes nothing."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acled:
    """ACLED's types and the rules that lead to them."""

    version: str
    events: Mapping[str, tuple[str, ...]]
    """Sub-event types by event type."""
    rules: tuple[AcledRule, ...]

    def event_type(self, sub_event: str) -> str:
        """Return the event type of a sub-event type."""
        return next(kind for kind, subs in self.events.items() if sub_event in subs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ucdp:
    """UCDP's classes of violence."""

    version: str
    classes: Mapping[int, tuple[str, str]]
    """Name and definition by class."""
    state: frozenset[str]
    armed: frozenset[str]
    acts: frozenset[Act]
    excluded: frozenset[Act]


def _data(name: str) -> Path:
    return Path(str(files("dateline.events.ontology").joinpath("data", name)))


# ------------------------------------------------------------------------ ACLED


@cache
def load_acled(path: Path | None = None) -> Acled:
    """Read the crosswalk to ACLED, once a process.

    Raises:
        DataError: the file breaks its schema; the message names file and line.
    """
    item = read(path or _data("acled.yaml"))
    sectors = {
        name: frozenset(i.as_text() for i in v.sequence()) for name, v in item.pairs("sectors")
    }
    events = {name: tuple(i.as_text() for i in v.sequence()) for name, v in item.pairs("events")}
    found = Acled(
        version=item.text("version"),
        events=events,
        rules=tuple(_rule(i, sectors, events) for i in item.items("rules")),
    )
    item.done()
    return found


def _rule(
    item: Item, sectors: Mapping[str, frozenset[str]], events: Mapping[str, tuple[str, ...]]
) -> AcledRule:
    found = AcledRule(
        acts=tuple(_act(i) for i in item.items("acts")),
        actors=_sectors(item, "actors", sectors),
        recipients=_sectors(item, "recipients", sectors),
        cues=frozenset(item.texts("cues")),
        event=item.maybe("event"),
        why=item.text("why"),
    )
    if found.event is not None and not any(found.event in subs for subs in events.values()):
        item.need("event").fail(f"ACLED has no sub-event type {found.event!r}")
    item.done()
    return found


def _act(item: Item) -> Act:
    kind, mode = act(item.as_text())
    types = load().types
    if kind not in types or (mode is not None and mode not in types[kind].modes):
        item.fail(f"PLOVER has no {item.as_text()}")
    return kind, mode


def _sectors(item: Item, key: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    name = item.maybe(key)
    if name is None:
        return frozenset()
    if name not in known:
        item.need(key).fail(f"no such group of sectors: {name!r}")
    return known[name]


def acled_for(
    type: str,
    mode: str | None = None,
    *,
    actors: Collection[str] = (),
    recipients: Collection[str] = (),
    cues: Collection[str] = (),
) -> tuple[str, str] | None:
    """Return ACLED's event type and sub-event type of an act that occurred.

    Args:
        type: PLOVER type of the act.
        mode: its mode.
        actors: PLOVER sectors of those who act.
        recipients: PLOVER sectors of those acted upon.
        cues: lemmas of the clause.

    Returns:
        ``None`` where the act is outside ACLED's scope.
    """
    acled = load_acled()
    for rule in acled.rules:
        if _fits(rule, type, mode, actors, recipients, cues):
            return None if rule.event is None else (acled.event_type(rule.event), rule.event)
    return None


def _fits(
    rule: AcledRule,
    type: str,
    mode: str | None,
    actors: Collection[str],
    recipients: Collection[str],
    cues: Collection[str],
) -> bool:
    if (type, mode) not in rule.acts and (type, None) not in rule.acts:
        return False
    wanted = ((rule.actors, actors), (rule.recipients, recipients), (rule.cues, cues))
    return all(not want or not want.isdisjoint(have) for want, have in wanted)


# ------------------------------------------------------------------------- UCDP


@cache
def load_ucdp(path: Path | None = None) -> Ucdp:
    """Read the crosswalk to UCDP, once a process.

    Raises:
        DataError: the file breaks its schema; the message names file and line.
    """
    item = read(path or _data("ucdp.yaml"))
    classes = {}
    for row in item.items("classes"):
        classes[int(row.text("id"))] = (row.text("name"), row.text("definition"))
        row.done()
    found = Ucdp(
        version=item.text("version"),
        classes=classes,
        state=frozenset(item.texts("state")),
        armed=frozenset(item.texts("armed")),
        acts=frozenset(_act(i) for i in item.items("acts")),
        excluded=frozenset(_act(i) for i in item.items("excluded")),
    )
    item.done()
    return found


def ucdp_for(
    type: str,
    mode: str | None = None,
    *,
    actors: Collection[str] = (),
    recipients: Collection[str] = (),
    deaths: float | None = None,
) -> int | None:
    """Return UCDP's type of violence of an act that occurred: 1, 2 or 3.

    Args:
        type: PLOVER type of the act.
        mode: its mode.
        actors: PLOVER sectors of those who act.
        recipients: PLOVER sectors of those acted upon.
        deaths: deaths the report gives; ``None``: it gives none.

    Returns:
        ``None`` where the act is outside UCDP's scope: no armed force, no
        deaths, an actor that is not identified, or nobody acted upon.
    """
    ucdp = load_ucdp()
    scope = (type, mode) in ucdp.acts or (type, None) in ucdp.acts
    if not scope or (type, mode) in ucdp.excluded or deaths == 0:
        return None
    by, on = _party(ucdp, actors), _party(ucdp, recipients)
    if by is None or by == "civil" or on is None:
        return None
    if on == "civil":
        return 3
    return 1 if "state" in (by, on) else 2


def _party(ucdp: Ucdp, sectors: Collection[str]) -> str | None:
    if not sectors or not set(sectors) - {"UAF", "UNK"}:
        return None
    if not ucdp.state.isdisjoint(sectors):
        return "state"
    return "civil" if ucdp.armed.isdisjoint(sectors) else "armed"
