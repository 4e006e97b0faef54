"""A layout: its columns, which happenings it takes, and how it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from dateline.exporting.layouts.happening import Happening

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout, as its codebook page shows it."""

    name: str
    kind: str
    """``text``, ``integer``, ``number`` or ``date``."""
    means: str
    """What stands there, and where dateline has it from."""
    make: Callable[[Happening], Cell] = field(compare=False)
    blank: str = ""
    """When and why it is left empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which happenings a layout may take."""

    all_statuses: bool = False
    """Also what is planned, threatened, denied or only supposed."""
    min_confidence: float = 0.0


@dataclass(slots=True)
class Written:
    """What became of the happenings."""

    rows: int = 0
    left: Counter[str] = field(default_factory=Counter)
    """Those left out, by reason."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of rows."""

    name: str
    title: str
    suffix: str
    source: str
    """Where the layout is described."""
    columns: tuple[Column, ...]
    refuses: Callable[[Happening, Choice], str | None]
    """Why a happening has no row; ``None`` where it has one."""
    expand: Callable[[Happening], Iterator[Happening]] | None = None
    """More than one row for a happening, where the layout wants them."""
    delimiter: str = "\t"
    header: bool = True
    missing: str = ""
    """The word for no value."""
    notes: str = ""

    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [column.name for column in self.columns]

    def rows(
        self,
        happenings: Iterable[Happening],
        choice: Choice,
        written: Written,
        left: Callable[[Happening, str], None] | None = None,
    ) -> Iterator[list[str]]:
        """Yield the cells of each row as text, and count what is left out."""
        for one in happenings:
            reason = self.refuses(one, choice)
            if reason is None and one.confidence < choice.min_confidence:
                reason = "less sure than asked for"
            if reason is not None:
                written.left[reason] += 1
                if left is not None:
                    left(one, reason)
                continue
            for part in self.expand(one) if self.expand else (one,):
                written.rows += 1
                yield [self.cell(column.make(part)) for column in self.columns]

    def cell(self, value: Any) -> str:
        """Return a value as one line of text."""
        if value is None or value == "":
            return self.missing
        if isinstance(value, float):
            return f"{value:.10g}"
        return " ".join(str(value).split())

    def write(
        self,
        happenings: Iterable[Happening],
        stream: IO[str],
        choice: Choice | None = None,
        left: Callable[[Happening, str], None] | None = None,
    ) -> Written:
        """Write the rows; return how many there are and what was left out, by reason."""
        written = Written()
        rows = self.rows(happenings, choice or Choice(), written, left)
        if self.header:
            stream.write(self.line(self.names()))
        for row in rows:
            stream.write(self.line(row))
        return written

    def line(self, cells: Iterable[str]) -> str:
        """Return cells as a line: quoted for commas, with nothing to quote for tabs."""
        if self.delimiter == "\t":
            return "\t".join(cells) + "\n"
        return self.delimiter.join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in ',"\n\r'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def told_as_fact(one: Happening, choice: Choice) -> str | None:
    """Refuse what did not happen, for layouts without a column that says so."""
    if choice.all_statuses or one.happened:
        return None
    return "negated" if one.negated else one.status.value


def on_a_day(one: Happening, most: int = 1) -> str | None:
    """Refuse what no day is known of: the layout has no column for a longer time."""
    if one.days is None:
        return "no day known"
    first, last = one.days
    return None if (last - first).days < most else "known to more than a day"


def first_of(*reasons: str | None) -> str | None:
    """Return the first reason that there is."""
    return next((reason for reason in reasons if reason is not None), None)
