"""Reading an ontology from YAML, and checking that it holds together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.events.ontology.marked import Item, read
from dateline.events.ontology.schema import (
    Ambiguity,
    Context,
    Decision,
    EventType,
    Example,
    Mode,
    Ontology,
    ReadingRule,
    Role,
    Sector,
)
from dateline.records import Status

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
NEEDS = ("required", "optional", "none")
RANKS = ("primary", "secondary", "international")
STATUSES = tuple(status.value for status in Status)
MIN_POSITIVE = 3
MIN_NEGATIVE = 2


@cache
def packaged(name: str = "plover") -> Path:
    """Return the folder of an ontology that comes with dateline."""
    return Path(str(files("dateline.events.ontology").joinpath("data", name)))


def load(path: str | Path | None = None) -> Ontology:
    """Read an ontology, once a process for each path.

    Args:
        path: a folder with ``ontology.yaml``, ``types/*.yaml`` and, where
            wanted, ``contexts.yaml``, ``sectors.yaml`` and ``reading.yaml``;
            or one YAML file that holds them all under those names;
            ``None``: PLOVER, as it comes with dateline.

    Raises:
        DataError: a file is missing or breaks the schema; the message begins
            with file and line.
    """
    return _load(packaged() if path is None else Path(path))


@cache
def _load(path: Path) -> Ontology:
    main = path / "ontology.yaml" if path.is_dir() else path
    head = read(main)
    folder = path if path.is_dir() else None
    contexts: dict[str, Context] = _by_id(_context(i) for i in _part(head, folder, "contexts"))
    sectors: dict[str, Sector] = _by_id(_sector(i) for i in _part(head, folder, "sectors"))
    types: dict[str, EventType] = _by_id(_type(i, set(contexts)) for i in _types(head, folder))
    if not types:
        head.fail("an ontology needs at least one type (types/*.yaml, or a list 'types')")
    ontology = Ontology(
        id=head.text("id"),
        label=head.text("label"),
        version=head.text("version"),
        source=head.text("source"),
        licence=head.text("licence"),
        types=types,
        contexts=contexts,
        sectors=sectors,
        reading=tuple(_rule(i, types) for i in _part(head, folder, "reading")),
        decisions=tuple(_decision(i) for i in head.items("decisions")),
        lexicon=_lexicon(head, main.parent),
        file=str(main),
    )
    head.done()
    _check_examples(ontology)
    return ontology


def _part(head: Item, folder: Path | None, name: str) -> list[Item]:
    """Return the list ``name`` of the main file, or of its own file in the folder."""
    here = head.get(name)
    if here is not None:
        return here.sequence()
    path = folder / f"{name}.yaml" if folder else None
    if path is None or not path.exists():
        return []
    own = read(path)
    own.maybe("version")
    found = own.items(name)
    own.done()
    return found


def _types(head: Item, folder: Path | None) -> list[Item]:
    here = head.get("types")
    if here is not None:
        return here.sequence()
    paths = sorted((folder / "types").glob("*.yaml")) if folder else []
    items = [read(path) for path in paths]
    order = {name: n for n, name in enumerate(head.texts("order"))}
    return sorted(items, key=lambda i: (order.get(i.text("id"), len(order)), i.text("id")))


def _by_id(found: Iterable[Any]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for one in found:
        if one.id in known:
            where = getattr(one, "file", "") or "ontology"
            raise DataError(f"{where}:1: the id {one.id!r} stands twice")
        known[one.id] = one
    return known


def _lexicon(head: Item, folder: Path) -> Path | None:
    name = head.maybe("lexicon")
    if name is None:
        return None
    path = folder / name
    if not path.exists():
        head.need("lexicon").fail(f"the lexicon {name!r} is not beside the ontology")
    return path


# ---------------------------------------------------------------------- types


def _type(item: Item, contexts: set[str]) -> EventType:
    name = item.text("id")
    quad = int(item.number("quad"))
    if quad not in QUADS:
        item.need("quad").fail("quad must be 1, 2, 3 or 4")
    modes = {key: _mode(key, value, item, contexts) for key, value in item.pairs("modes")}
    roles = {key: _role(value) for key, value in item.pairs("roles")}
    if set(roles) != {"actor", "recipient"}:
        item.fail("roles must name an actor and a recipient (need: none where there is none)")
    found = EventType(
        id=name,
        label=item.text("label"),
        definition=item.text("definition"),
        quad=quad,
        score=_score(item),
        requires_recipient=item.flag("requires_recipient"),
        roles=roles,
        modes=modes,
        ambiguities=tuple(_ambiguity(i) for i in item.items("ambiguities")),
        examples=_examples(item, name),
        file=item.file,
    )
    item.done()
    if found.requires_recipient != (roles["recipient"].need == "required"):
        item.need("roles").fail("requires_recipient and the recipient's need disagree")
    return found


def _score(item: Item) -> float:
    score = item.number("score")
    if not -10 <= score <= 10:
        item.need("score").fail("a score lies between -10 and 10")
    return score


def _mode(name: str, item: Item, parent: Item, contexts: set[str]) -> Mode:
    stated = item.get("score") is not None
    found = Mode(
        id=name,
        definition=item.text("definition"),
        score=_score(item) if stated else _score(parent),
        score_stated=stated,
        contexts=item.texts("contexts"),
    )
    for context in item.items("contexts"):
        if context.as_text() not in contexts:
            context.fail(f"no such context: {context.as_text()!r}")
    item.done()
    return found


def _role(item: Item) -> Role:
    role = Role(need=item.text("need"), meaning=item.text("meaning"))
    if role.need not in NEEDS:
        item.need("need").fail(f"need is one of {', '.join(NEEDS)}")
    item.done()
    return role


def _ambiguity(item: Item) -> Ambiguity:
    found = Ambiguity(
        when=item.text("when"), but=item.text("but"), example=item.text("example", "")
    )
    item.done()
    return found


def _examples(item: Item, name: str) -> tuple[Example, ...]:
    both = item.need("examples")
    positive = tuple(_example(i, name, True) for i in both.items("positive"))
    negative = tuple(_example(i, name, False) for i in both.items("negative"))
    both.done()
    if len(positive) < MIN_POSITIVE or len(negative) < MIN_NEGATIVE:
        both.fail(
            f"{name} has {len(positive)} positive and {len(negative)} negative examples; "
            f"it needs {MIN_POSITIVE} and {MIN_NEGATIVE}"
        )
    return (*positive, *negative)


def _example(item: Item, of: str, positive: bool) -> Example:
    own = of if positive else None
    found = Example(
        text=item.text("text"),
        type=item.text("type", own) if own else item.maybe("instead"),
        mode=item.maybe("mode"),
        status=item.maybe("status"),
        negated=item.flag("negated"),
        trigger=item.maybe("trigger"),
        actors=item.texts("actors"),
        recipients=item.texts("recipients"),
        contexts=item.texts("contexts"),
        positive=positive,
        of=of,
        why=item.text("why") if not positive else item.text("why", ""),
        file=item.file,
        line=item.line,
    )
    item.done()
    if found.status is not None and found.status not in STATUSES:
        item.need("status").fail(f"status is one of {', '.join(STATUSES)}")
    for words in (found.trigger, *found.actors, *found.recipients):
        if words is not None and words not in found.text:
            item.fail(f"{words!r} does not stand in the example's text")
    return found


# -------------------------------------------------------- contexts and sectors


def _context(item: Item) -> Context:
    name = item.text("id")
    found = Context(
        id=name,
        label=item.text("label"),
        definition=item.text("definition"),
        excludes=item.text("excludes", ""),
        examples=tuple(_context_example(i, name) for i in item.items("examples")),
    )
    item.done()
    return found


def _context_example(item: Item, name: str) -> Example:
    return Example(
        text=item.as_text(), type=None, contexts=(name,), of=name, file=item.file, line=item.line
    )


def _sector(item: Item) -> Sector:
    found = Sector(
        id=item.text("id"),
        label=item.text("label"),
        definition=item.text("definition"),
        rank=item.text("rank"),
    )
    if found.rank not in RANKS:
        item.need("rank").fail(f"rank is one of {', '.join(RANKS)}")
    item.done()
    return found


def _decision(item: Item) -> Decision:
    found = Decision(
        id=item.text("id"),
        conflict=item.text("conflict"),
        decision=item.text("decision"),
        reason=item.text("reason"),
    )
    item.done()
    return found


# --------------------------------------------------------------------- reading


def _rule(item: Item, types: Mapping[str, EventType]) -> ReadingRule:
    to = item.get("reads")
    modes = item.get("modes")
    found = ReadingRule(
        id=item.text("id"),
        types=item.texts("types"),
        modes=None if modes is None else tuple(_mode_name(i) for i in modes.sequence()),
        statuses=item.texts("status"),
        negated=item.flag("negated"),
        to_type=None if to is None else to.maybe("type"),
        to_mode=None if to is None else to.maybe("mode"),
        why=item.text("why"),
        example=item.text("example"),
    )
    if to is not None:
        to.done()
    item.done()
    _check_rule(item, found, types)
    return found


def _mode_name(item: Item) -> str | None:
    return None if item.as_text() == "none" else item.as_text()


def _check_rule(item: Item, rule: ReadingRule, types: Mapping[str, EventType]) -> None:
    for status in rule.statuses:
        if status not in STATUSES:
            item.need("status").fail(f"no such status: {status!r}")
    for name in rule.types:
        if name not in types:
            item.need("types").fail(f"no such type: {name!r}")
    if rule.to_type not in (None, "=") and rule.to_type not in types:
        item.need("reads").fail(f"no such type: {rule.to_type!r}")
    modes = types[rule.to_type].modes if rule.to_type and rule.to_type in types else {}
    if rule.to_type in types and rule.to_mode not in (None, "=", *modes):
        item.need("reads").fail(f"{rule.to_type} has no mode {rule.to_mode!r}")


# -------------------------------------------------------------------- examples


def _check_examples(ontology: Ontology) -> None:
    shown: set[tuple[str, str]] = set()
    for example in ontology.examples:
        where = f"{example.file}:{example.line}"
        if example.type is not None and example.type not in ontology.types:
            raise DataError(f"{where}: no such type: {example.type!r}")
        modes = ontology.types[example.type].modes if example.type else {}
        if example.mode is not None and example.mode not in modes:
            raise DataError(f"{where}: {example.type} has no mode {example.mode!r}")
        if example.positive and example.mode and example.type:
            shown.add((example.type, example.mode))
    for kind in ontology.types.values():
        for mode in kind.modes:
            if (kind.id, mode) not in shown:
                raise DataError(f"{kind.file}:1: the mode {mode!r} has no positive example")
