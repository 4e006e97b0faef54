"""Look places up in the gazetteer by hand: what ``dateline places`` shows."""

from __future__ import annotations

from itertools import islice

from rapidfuzz import fuzz, process

from dateline.errors import InputError
from dateline.places import tables
from dateline.places.entry import RESOLUTION, Entry
from dateline.places.entry import rank as order
from dateline.places.gazetteer import Gazetteer, load
from dateline.places.index import GazetteerFile
from dateline.places.mentions import holds
from dateline.places.names import folded

KINDS = frozenset(RESOLUTION) | {"region", "water"}
BEGINNING = 200
"""Names that begin as asked which are looked at where none is as asked."""
LIKE = 3
"""Names spelt nearly as asked that an error proposes."""
LIKENESS = 80.0
"""Likeness of spelling from which a name is proposed, 0 to 100 (rapidfuzz's ratio)."""


def search(
    name: str,
    *,
    country: str | None = None,
    kind: str | None = None,
    limit: int | None = 20,
    gazetteer: Gazetteer | None = None,
) -> list[Entry]:
    """Return the places that bear a name, the best known first.

    Args:
        name: the name; it may be followed by what holds the place ("Paris, Texas" and
            "Tripoli, Lebanon"). Where no place has it, those are returned whose names begin so.
        country: what they must be in: a country's name, or its ISO 3166-1 code of two or three letters.
        kind: what they must be: ``country``, ``admin1``, ``admin2``, ``town``, ``region``,
            ``water`` or ``site``.
        limit: how many at most, 1 or more; all where it is ``None``.
        gazetteer: the source; the one that ships where it is not given.

    Raises:
        InputError: the name has no letter or figure, or the kind or the country is unknown.
        ValueError: ``limit`` is below 1.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be 1 or more, not {limit}")
    if kind is not None and kind not in KINDS:
        raise InputError(f"no kind of place is called {kind!r}; known: {', '.join(sorted(KINDS))}")
    if not folded(name):
        raise InputError(f"{name!r} is no name; give a place's name, or how it begins")
    code = country_code(country) if country is not None else None
    source = gazetteer or load()
    found = list(source.candidates(name)) or _held(name, source) or _beginning(name, source)
    fit = (
        entry for entry in found
        if (code is None or entry.country == code) and (kind is None or entry.kind == kind)
    )  # fmt: skip
    return list(islice(fit, limit))


def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country, by its code or name.

    Raises:
        InputError: no country is called so.
    """
    code = text.strip().upper()
    code = tables.alpha3().get(code, code)
    if tables.country_name(code):
        return code
    wanted = folded(text)
    for named in tables.countries():
        if wanted in {folded(one) for one in (named.entry.name, *named.aliases)}:
            return named.entry.country or code
    raise InputError(f"no country is called {text!r}; give its name or its ISO 3166-1 code, as UKR")


def _held(name: str, source: Gazetteer) -> list[Entry]:
    own, comma, holder = name.partition(",")
    holders = source.candidates(holder) if comma else ()
    return [e for e in source.candidates(own) if any(holds(h, e) for h in holders)]


def _beginning(name: str, source: Gazetteer) -> list[Entry]:
    if not isinstance(source, GazetteerFile):
        return []
    names = islice(source.names(name), BEGINNING)
    found = dict.fromkeys(entry for one in names for entry in source.candidates(one))
    return sorted(found, key=order)


def nowhere(name: str, **filters: str | None) -> InputError:
    """Return the error for a search that finds nothing: filtered out, or spelt like other names."""
    said = " and ".join(f"{key} {value}" for key, value in filters.items() if value)
    if said and (rest := search(name, limit=None)):
        some = "; ".join(_called(entry) for entry in rest[:LIKE])
        return InputError(f"no place named {name!r} has {said}; without that: {some}")
    like = _spelt_like(name)
    if like:
        return InputError(f"no place is named {name!r}; spelt like it: {'; '.join(like)}")
    return InputError(f"no place is named {name!r}, nor begins a name so")


def _spelt_like(name: str) -> list[str]:
    """Return places whose names are spelt nearly so, beginning with the same letter, the likest first."""
    source, wanted = load(), folded(name)
    names = source.names(wanted[:1])
    near = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=10 * LIKE)
    best = {source.candidates(one)[0]: score for one, score, _ in reversed(near)}
    ranked = sorted(best, key=lambda entry: (-best[entry], order(entry)))
    return [_called(entry) for entry in ranked[:LIKE]]


def _called(entry: Entry) -> str:
    return f"{entry.geonameid or entry.key} ({entry.described()})"


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
    name = str(id)
    if not folded(name):
        raise InputError(f"{name!r} is no name; give a GeoNames id or a place's name")
    exact = list(source.candidates(name)) or _held(name, source)
    if len(exact) == 1:
        return exact[0]
    several = exact or search(name, limit=BEGINNING)
    if not several:
        raise InputError(f"{nowhere(name)}; look for it with `dateline places search`")
    what = "is a name of" if exact else "is no place's name, but begins those of"
    some = "; ".join(_called(entry) for entry in several[:5])
    raise InputError(f"{name!r} {what} {len(several)} places; give an id: {some}")


def names_of(entry: Entry) -> list[str]:
    """Return the names that a place of the gazetteer is found by, as they are compared: without case and accents."""
    return load().names_of(entry)
