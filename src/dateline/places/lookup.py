"""Look places up in the gazetteer by hand: what ``dateline places`` shows."""

from __future__ import annotations

from itertools import islice

from dateline.errors import InputError
from dateline.places.entry import PRECISION, RESOLUTION, Entry
from dateline.places.entry import rank as order
from dateline.places.gazetteer import Gazetteer, load
from dateline.places.index import GazetteerFile
from dateline.places.mentions import holds

KINDS = frozenset(RESOLUTION) | frozenset(PRECISION) | {"region"}
SIMILAR = 200
"""Names that begin as asked which are looked at where none is as asked."""


def search(
    name: str,
    *,
    country: str | None = None,
    kind: str | None = None,
    limit: int = 20,
    gazetteer: Gazetteer | None = None,
) -> list[Entry]:
    """Return the places that bear a name, the best known first.

    Args:
        name: the name; it may be followed by what holds the place ("Paris, Texas" and
            "Tripoli, Lebanon"). Where no place has it, those are returned whose names begin so.
        country: ISO 3166-1 alpha-3 that they must be in.
        kind: what they must be: ``country``, ``admin1``, ``admin2``, ``town``, ``region``,
            ``water`` or ``site``.
        limit: how many at most, 1 or more.
        gazetteer: the source; the one that ships where it is not given.

    Raises:
        InputError: the kind is unknown.
        ValueError: ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be 1 or more, not {limit}")
    if kind is not None and kind not in KINDS:
        raise InputError(f"no kind of place is called {kind!r}; known: {', '.join(sorted(KINDS))}")
    source = gazetteer or load()
    found = list(source.candidates(name)) or _held(name, source) or _beginning(name, source)
    fit = (
        entry for entry in found
        if (country is None or entry.country == country.upper()) and (kind is None or entry.kind == kind)
    )  # fmt: skip
    return list(islice(fit, limit))


def _held(name: str, source: Gazetteer) -> list[Entry]:
    own, comma, holder = name.partition(",")
    holders = source.candidates(holder) if comma else ()
    return [e for e in source.candidates(own) if any(holds(h, e) for h in holders)]


def _beginning(name: str, source: Gazetteer) -> list[Entry]:
    if not isinstance(source, GazetteerFile):
        return []
    names = islice(source.names(name), SIMILAR)
    found = dict.fromkeys(entry for one in names for entry in source.candidates(one))
    return sorted(found, key=order)


def place(id: int | str) -> Entry:
    """Return a place by its GeoNames id, or by a name that only one place has.

    Raises:
        InputError: there is none, or several places have the name.
    """
    source = load()
    if str(id).isdigit():
        entry = source.by_id(int(id))
        if entry is None:
            raise InputError(
                f"the gazetteer holds no place {id}; look for it with `dateline places search`"
            )
        return entry
    found = search(str(id))
    exact = list(source.candidates(str(id))) or found
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise InputError(f"no place is named {id!r}; look for it with `dateline places search`")
    several = "; ".join(f"{e.geonameid or e.key} ({e.described()})" for e in exact[:5])
    raise InputError(f"{id!r} is a name of {len(exact)} places; give an id: {several}")


def names_of(entry: Entry) -> list[str]:
    """Return the names that a place of the gazetteer is found by, as they are compared: without case and accents."""
    return load().names_of(entry)
