"""The gazetteer's file: arrays and two blobs of names, mapped into memory and read in place.

Nothing is unpacked: opening costs about a millisecond, processes share the pages, and only
those that are asked for are read. Layout: ``MAGIC``, the length of the header (4 bytes), the
header as JSON (version, sources, tables of codes, and each section's start, length and type),
and the sections, each aligned to 8 bytes. Numbers are little-endian.
"""

from __future__ import annotations

import json
import mmap
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.places.entry import Entry, rank
from dateline.places.names import folded

MAGIC = b"DLGAZ1\n\0"
MOST = 120
"""Places of one name that are looked at; the file holds them best known first."""
EACH = 1024
"""Names from one that is kept in memory to the next."""
NONE = 0xFFFFFFFF
DEGREES = 1e5
"""Coordinates are kept as integers, in hundred-thousandths of a degree."""


class GazetteerFile:
    """A gazetteer in a file that is mapped into memory.

    Raises:
        DataError: the file is no gazetteer of this version.
    """

    longest = 6
    """Words of the longest name that is looked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC or sys.byteorder != "little":
            raise DataError(f"{path}: not a gazetteer file; build it with tools/build_gazetteer.py")
        size = int.from_bytes(self._map[8:12], "little")
        self.header: Mapping[str, Any] = json.loads(self._map[12 : 12 + size])
        self._view = memoryview(self._map)
        self._sections = {
            name: self._view[start : start + length].cast(kind)
            for name, (start, length, kind) in self.header["sections"].items()
        }
        self._name_starts = self._sections["name_starts"]
        self._names_at: int = self.header["sections"]["names"][0]
        self._cache: dict[str, tuple[Entry, ...]] = {}

    @property
    def version(self) -> str:
        """Return the version of the data."""
        return str(self.header["version"])

    def candidates(self, name: str) -> Sequence[Entry]:
        """Return the places that bear a name, countries and regions first, then by people."""
        key = folded(name)
        found = self._cache.get(key)
        if found is None:
            found = tuple(self._entry(number) for number in self._numbers(key))
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[key] = found
        return found

    def names(self, start: str) -> Iterator[str]:
        """Yield the folded names that begin so, in order."""
        wanted = folded(start).encode()
        at = self._position(wanted)
        while at < self._count and (name := self._name(at)).startswith(wanted):
            yield name.decode()
            at += 1

    def by_id(self, geonameid: int) -> Entry | None:
        """Return the place of a GeoNames id; ``None`` where the file has none."""
        ids = self._sections["id"].tolist()
        return self._entry(ids.index(geonameid)) if geonameid and geonameid in ids else None

    def names_of(self, entry: Entry) -> list[str]:
        """Return the folded names that a place is found by, in order."""
        known = [n for n, id in enumerate(self._sections["id"]) if id == (entry.geonameid or 0)]
        numbers = {n for n in known if self._entry(n) == entry}
        starts = self._sections["posting_starts"].tolist()
        at = (n for n, posted in enumerate(self._sections["postings"]) if posted in numbers)
        return [self._name(bisect_right(starts, n) - 1).decode() for n in at]

    def capitals(self) -> Mapping[str, Entry]:
        """Return the capital of each country, by ISO 3166-1 alpha-3."""
        return self._capitals

    @cached_property
    def _capitals(self) -> dict[str, Entry]:
        found = (self._entry(number) for number in self._sections["capitals"])
        return {entry.country or "": entry for entry in found}

    @cached_property
    def _count(self) -> int:
        return len(self._sections["name_starts"]) - 1

    def _numbers(self, key: str) -> Sequence[int]:
        wanted = key.encode()
        at = self._position(wanted)
        if not wanted or at >= self._count or self._name(at) != wanted:
            return ()
        starts = self._sections["posting_starts"]
        return self._sections["postings"][starts[at] : min(starts[at + 1], starts[at] + MOST)]

    def _position(self, wanted: bytes) -> int:
        """Return the number of the first name that does not come before ``wanted``."""
        behind = bisect_left(self._some, wanted) * EACH
        first, last = max(0, behind - EACH), min(behind, self._count)
        return bisect_left(range(self._count), wanted, first, last, key=self._name)

    @cached_property
    def _some(self) -> list[bytes]:
        """Every so manieth name: what is looked for stands between two of them."""
        return [self._name(at) for at in range(0, self._count, EACH)]

    def _name(self, at: int) -> bytes:
        starts = self._name_starts
        return self._map[self._names_at + starts[at] : self._names_at + starts[at + 1]]

    def _label(self, number: int) -> str:
        starts = self._sections["label_starts"]
        return str(self._sections["labels"][starts[number] : starts[number + 1]], "utf-8")

    def _entry(self, number: int) -> Entry:
        part = self._sections
        kind, code = self.header["codes"][part["code"][number]]
        id = part["id"][number]
        country = self.header["countries"][part["country"][number]]
        admin1, admin2 = part["admin1"][number], part["admin2"][number]
        return Entry(
            name=self._label(number),
            kind=kind,
            country=country or None,
            lat=part["lat"][number] / DEGREES,
            lon=part["lon"][number] / DEGREES,
            geonameid=id if id else None,
            key=None if id else self._label(number),
            admin1=None if admin1 == NONE else self._label(admin1),
            admin2=None if admin2 == NONE else self._label(admin2),
            population=part["population"][number],
            code=code,
            capital=code == "PPLC",
        )


def pack(
    entries: Sequence[Entry],
    names: Mapping[str, Iterable[int]],
    held: Sequence[tuple[int | None, int | None]],
    *,
    version: str,
    sources: Sequence[str],
    digest: str,
) -> bytes:
    """Return the bytes of a gazetteer file; the same input gives the same bytes.

    Args:
        entries: the places.
        names: folded name → numbers of its places.
        held: for each place the numbers of its first- and second-order areas.
        version: version of the data.
        sources: where the data comes from, with licences.
        digest: digest of the project's own tables that went into it.
    """
    import numpy as np

    def array(values: Iterable[int], kind: str) -> bytes:
        return np.fromiter(
            values, dtype={"I": "<u4", "i": "<i4", "H": "<u2", "B": "u1"}[kind]
        ).tobytes()

    def blob(texts: Sequence[bytes]) -> tuple[bytes, bytes]:
        ends = np.cumsum([0, *map(len, texts)])
        return b"".join(texts), array(ends.tolist(), "I")

    codes = sorted({(e.kind, e.feature_code) for e in entries})
    countries = sorted({e.country or "" for e in entries})
    code_at = {code: n for n, code in enumerate(codes)}
    country_at = {country: n for n, country in enumerate(countries)}
    keys = sorted(names)
    postings = [sorted(set(names[key]), key=lambda n: (rank(entries[n]), n)) for key in keys]
    name_blob, name_starts = blob([key.encode() for key in keys])
    label_blob, label_starts = blob([e.name.encode() for e in entries])
    sections = {
        "label_starts": (label_starts, "I"),
        "name_starts": (name_starts, "I"),
        "posting_starts": (array(np.cumsum([0, *map(len, postings)]).tolist(), "I"), "I"),
        "postings": (array((n for some in postings for n in some), "I"), "I"),
        "id": (array((e.geonameid or 0 for e in entries), "I"), "I"),
        "population": (array((e.population for e in entries), "I"), "I"),
        "lat": (array((round(e.lat * DEGREES) for e in entries), "i"), "i"),
        "lon": (array((round(e.lon * DEGREES) for e in entries), "i"), "i"),
        "admin1": (array((NONE if a is None else a for a, _ in held), "I"), "I"),
        "admin2": (array((NONE if b is None else b for _, b in held), "I"), "I"),
        "capitals": (
            array((n for n, e in enumerate(entries) if e.feature_code == "PPLC"), "I"), "I",
        ),
        "country": (array((country_at[e.country or ""] for e in entries), "H"), "H"),
        "code": (array((code_at[e.kind, e.feature_code] for e in entries), "B"), "B"),
        "labels": (label_blob, "B"),
        "names": (name_blob, "B"),
    }  # fmt: skip
    head = {"version": version, "sources": list(sources), "tables": digest, "codes": codes, "countries": countries}  # fmt: skip
    return _joined(head, sections)


def _joined(head: dict[str, Any], sections: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Lay the sections out behind the header; their places depend on its length, so twice."""
    where: dict[str, tuple[int, int, str]] = {}
    for _ in range(3):
        header = json.dumps({**head, "sections": where}, sort_keys=True).encode()
        at = _aligned(12 + len(header))
        for name, (data, kind) in sections.items():
            where[name] = (at, len(data), kind)
            at = _aligned(at + len(data))
        if len(json.dumps({**head, "sections": where}, sort_keys=True).encode()) == len(header):
            break
    header = json.dumps({**head, "sections": where}, sort_keys=True).encode()
    parts = [MAGIC, len(header).to_bytes(4, "little"), header]
    size = 12 + len(header)
    for name, (data, _) in sections.items():
        parts += [b"\0" * (where[name][0] - size), data]
        size = where[name][0] + len(data)
    return b"".join(parts)


def _aligned(at: int) -> int:
    return (at + 7) // 8 * 8
