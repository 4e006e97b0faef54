"""Reads the lexicon: a YAML file a type, and ``classes.yaml`` for the word classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.events.ontology import load as load_ontology
from dateline.events.ontology.marked import Item, read

PLACES = frozenset(["actor", "recipient", "theme", "instrument", "none"])
"""What an argument may be in an event."""
NEEDS = frozenset(["none", "actor", "political", "both"])
"""What stands beside an ambiguous word: nothing, any participant, a political one, two of them."""
SPECIAL = frozenset(["ACTOR", "STATE", "PERSON", "NAMED", "BIDDEN", "FORETOLD"])
"""Classes that look at the participant instead of the word."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that name an act where the frame fits."""

    id: str
    type: str
    mode: str | None
    verbs: tuple[str, ...]
    """Lemmas, with a particle or preposition after a blank: ``pull out``."""
    nouns: tuple[str, ...]
    """Lemmas, with a modifier before a blank: ``car bomb``."""
    frame: Mapping[str, tuple[str, ...]]
    """What must stand at an argument: word classes or lemmas, one of them."""
    roles: Mapping[str, str]
    """Arguments whose part differs from the usual one."""
    need: str
    reciprocal: bool
    matrix: bool
    """A verb of saying or deciding: the act in its clause is the event."""
    description: str
    positive: str
    negative: str
    plover: str | None = None
    """PLOVER's own type of the act where it has happened and differs from ``type``."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, and the words they begin with."""

    version: str
    entries: tuple[Entry, ...]
    verbs: Mapping[str, tuple[tuple[str, Entry], ...]]
    """By verb lemma: the particle (or nothing) and the entry."""
    nouns: Mapping[str, tuple[tuple[str, Entry], ...]]
    """By noun lemma: the modifier (or nothing) and the entry."""
    classes: Mapping[str, frozenset[str]]


def _words(item: Item, key: str) -> tuple[str, ...]:
    found = item.maybe(key)
    return tuple(w.strip() for w in found.split(",") if w.strip()) if found else ()


def read_classes(path: Path) -> dict[str, frozenset[str]]:
    """Read the word classes.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    for key in ("version", "source", "licence"):
        head.text(key)
    found = {name: frozenset(item.as_text().split()) for name, item in head.pairs("classes")}
    head.done()
    return {n: frozenset(w.replace("_", " ") for w in words) for n, words in found.items()}


def read_entries(path: Path, classes: Mapping[str, frozenset[str]]) -> list[Entry]:
    """Read one file of entries.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    for key in ("version", "source", "licence"):
        head.text(key)
    kind = head.text("type")
    known = load_ontology().types
    if kind not in known:
        head.fail(f"no such type: {kind!r}")
    entries = [_entry(item, kind, classes) for item in head.items("entries")]
    head.done()
    return entries


def _plover(item: Item) -> str | None:
    name = item.maybe("plover")
    if name is not None and name not in load_ontology().types:
        item.fail(f"no such type: {name!r}")
    return name


def _entry(item: Item, kind: str, classes: Mapping[str, frozenset[str]]) -> Entry:
    mode = item.maybe("mode")
    if mode is not None and mode not in load_ontology().types[kind].modes:
        item.fail(f"{kind} has no mode {mode!r}")
    frame = {k: _filler(v, classes) for k, v in item.pairs("frame")}
    roles = {k: v.as_text() for k, v in item.pairs("roles")}
    for wrong in sorted(set(roles.values()) - PLACES):
        item.fail(f"no such role: {wrong!r}; known: {', '.join(sorted(PLACES))}")
    need = item.text("need", "actor")
    if need not in NEEDS:
        item.fail(f"need is {need!r}; known: {', '.join(sorted(NEEDS))}")
    entry = Entry(
        id=f"{kind}/{item.text('id')}",
        type=kind,
        mode=mode,
        verbs=_words(item, "verbs"),
        nouns=_words(item, "nouns"),
        frame=frame,
        roles=roles,
        need=need,
        reciprocal=item.flag("reciprocal"),
        matrix=item.flag("matrix"),
        description=item.text("description", ""),
        positive=item.text("positive"),
        negative=item.text("negative", ""),
        plover=_plover(item),
    )
    if not entry.verbs and not entry.nouns:
        item.fail("an entry has verbs or nouns")
    item.done()
    return entry


def _filler(item: Item, classes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    words = tuple(item.as_text().split())
    for word in words:
        name = word.lstrip("!")
        if name.isupper() and name not in classes and name not in SPECIAL:
            item.fail(f"no such word class: {name!r}")
    return words


def read_lexicon(folder: Path) -> Lexicon:
    """Read a folder of entries and its ``classes.yaml``.

    Raises:
        DataError: a file breaks its schema, or an id is used twice.
    """
    classes = read_classes(folder / "classes.yaml")
    entries: list[Entry] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("[A-Z]*.yaml")):
        for entry in read_entries(path, classes):
            if entry.id in seen:
                read(path).fail(f"the id {entry.id!r} is used twice")
            seen.add(entry.id)
            entries.append(entry)
    verbs: dict[str, list[tuple[str, Entry]]] = {}
    nouns: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries:
        for verb in entry.verbs:
            first, _, rest = verb.partition(" ")
            verbs.setdefault(first, []).append((rest, entry))
        for noun in entry.nouns:
            rest, _, last = noun.rpartition(" ")
            nouns.setdefault(last, []).append((rest, entry))
    version = read(folder / "classes.yaml").text("version")
    return Lexicon(
        version,
        tuple(entries),
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        classes,
    )


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that comes with the package."""
    return read_lexicon(Path(str(files("dateline.events.lexicon"))))
