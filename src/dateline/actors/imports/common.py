"""What both imports share: reading lines, a store on disk, offices, writing and problems."""

from __future__ import annotations

import bz2
import gzip
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import IO, Any

from dateline.actors.loading import load_registry
from dateline.actors.model import Entry, Held
from dateline.actors.names import fold
from dateline.actors.overlay import to_toml
from dateline.actors.registry import Registry
from dateline.errors import InputError, OutputError

ALIASES = 12
"""Other names kept of one entry."""
KEPT = 100
"""Problems that are kept in full; more are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be taken over."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries an import takes: of these countries, and in office on or after a year."""

    countries: frozenset[str] = frozenset()
    since: str = ""

    def takes(self, entry: Entry) -> bool:
        """Tell whether an entry is wanted."""
        homes = {entry.country, *(term.country for term in entry.offices)}
        if self.countries and not homes & self.countries:
            return False
        ends = [term.end or "9999" for term in entry.offices] or [entry.end or "9999"]
        return not self.since or max(ends) >= self.since


@dataclass(slots=True)
class Outcome:
    """How an import went."""

    taken: int = 0
    passed_over: int = 0
    """Entities that are no actors, or not wanted."""
    failed: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first of what failed, with the line in the file."""

    def fail(self, line: int, what: str) -> None:
        """Count a line that could not be taken over."""
        self.failed += 1
        if len(self.problems) < KEPT:
            self.problems.append(Problem(line, what))


def opened(path: Path) -> IO[str]:
    """Open a file for reading as text, unpacked by the ending of its name (.gz, .bz2).

    Raises:
        InputError: it cannot be opened.
    """
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "rt", encoding="utf-8", errors="replace")
        if path.suffix == ".bz2":
            return bz2.open(path, "rt", encoding="utf-8", errors="replace")
        return path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def items(path: Path, outcome: Outcome | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line number and the JSON object of each line; the commas and brackets of a dump fall away.

    Lines that hold no object are told to ``outcome``, where there is one.

    Raises:
        InputError: the file cannot be read, or ends in the middle.
    """
    try:
        with opened(path) as lines:
            for number, line in enumerate(lines, 1):
                text = line.strip().rstrip(",")
                if text in ("", "[", "]"):
                    continue
                found = _object(text)
                if found is not None:
                    yield number, found
                elif outcome is not None:
                    outcome.fail(number, "is no JSON object")
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be read to its end: {error}") from error


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


class Store:
    """Values by key, several to a key, in a temporary file that is gone at the end."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("create table held (key text, value text)")
        self._indexed = False

    def add(self, key: str, value: object) -> None:
        """Keep a value."""
        self._db.execute("insert into held values (?, ?)", (key, json.dumps(value)))

    def get(self, key: str) -> list[Any]:
        """Return the values of a key, in the order they came."""
        if not self._indexed:
            self._db.execute("create index by_key on held (key)")
            self._indexed = True
        rows = self._db.execute("select value from held where key = ? order by rowid", (key,))
        return [json.loads(value) for (value,) in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


@cache
def vocabulary() -> Registry:
    """Return the registry without its people: countries and titles."""
    return load_registry(people=False)


@cache
def alpha3(code: str) -> str | None:
    """Return ISO 3166-1 alpha-3 of an alpha-2 or alpha-3 code in any case."""
    registry = vocabulary()
    upper = code.upper()
    if upper in registry.codes:
        return upper
    return next((c.id for c in registry.codes.values() if c.alpha2 == upper), None)


@cache
def office_of(title: str) -> str | None:
    """Return the office that a position's name begins with or holds, the longest of them."""
    titles = vocabulary().titles
    words = re.sub(r"\b(the|acting|interim|former)\b", " ", fold(title)).split()
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            found = titles.get(" ".join(words[at : at + size]))
            if found is not None:
                return found[0]
    return None


def held(title: str, country: str, start: str, end: str) -> Held | None:
    """Return the office of a position's name; ``None`` where the vocabulary has none like it."""
    office = office_of(title)
    if office is None:
        return None
    trade = "BUS" if BUSINESS.search(title) else ""
    return Held(vocabulary().offices.of(office, country), country, start, end, "", trade)


BUSINESS = re.compile(
    r"\b(the board|board of directors|(?<!central )bank|company|corporation|inc|ltd|llc|plc|jsc|ojsc|"
    r"oao|pao|gmbh|holdings?|shareholders?)\b",
    re.IGNORECASE,
)
"""Words of a position in business: "deputy chairman of the board"."""


def merged(terms: Iterable[Held]) -> tuple[Held, ...]:
    """Return terms in order, each once."""
    return tuple(sorted(dict.fromkeys(terms), key=lambda t: (t.start, t.office, t.end)))


def write(entries: Iterable[Entry], path: Path, outcome: Outcome, source: str) -> Outcome:
    """Write entries as a file of one's own actors, each as it comes; the file appears when it is whole.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as out:
            out.write(f"# Actors taken over from {source}.\n")
            for entry in entries:
                out.write("\n" + to_toml([replace(entry, source=source)]))
                outcome.taken += 1
        part.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return outcome


@dataclass(frozen=True, slots=True)
class Form:
    """How the items of one form of file are read."""

    refer: Callable[[dict[str, Any], Store], None]
    """Keeps of an item what other items refer to."""
    entry: Callable[[dict[str, Any], Store], Entry | None]
    """Returns the actor of an item, none where it is of no use here."""
    wrong: str
    """What an item is whose parts are not as the form has them."""
    silent: Callable[[dict[str, Any]], bool] = lambda _: False
    """Tells items that are only referred to, and count for nothing."""


class UnfitError(ValueError):
    """An item that is none of the form; the message says why."""


def imported(path: Path, output: Path, wanted: Wanted, form: Form, source: str) -> Outcome:
    """Write the actors of a file as a file of one's own actors: read once to refer, once to write.

    Raises:
        InputError: the file cannot be read.
        OutputError: the file cannot be written.
    """
    outcome, store = Outcome(), Store()
    try:
        for _, item in items(path):
            form.refer(item, store)
        return write(_taken(path, store, outcome, wanted, form), output, outcome, source)
    finally:
        store.close()


def _taken(
    path: Path, store: Store, outcome: Outcome, wanted: Wanted, form: Form
) -> Iterator[Entry]:
    for number, item in items(path, outcome):
        if form.silent(item):
            continue
        try:
            entry = form.entry(item, store)
        except UnfitError as error:
            outcome.fail(number, str(error))
            continue
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            outcome.fail(number, f"{form.wrong}: {type(error).__name__} {error}")
            continue
        if entry is None or not wanted.takes(entry):
            outcome.passed_over += 1
        else:
            yield entry
