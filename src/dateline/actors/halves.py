"""Divided countries: "the North" and "the South" of a report that names North Korea."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

from dateline.actors.registry import Ref, Registry
from dateline.actors.tables import read_data
from dateline.actors.view import Mention, View
from dateline.errors import DataError
from dateline.records import ActorKind, Reason


class Half(NamedTuple):
    """A country that is called by its side of the world."""

    country: str
    """ISO 3166-1 alpha-3."""
    named: str
    """The country that the report must name."""


@cache
def halves() -> dict[str, tuple[Half, ...]]:
    """Return the countries of each word, in small letters.

    Raises:
        DataError: a row lacks a word, or a country is no ISO 3166-1 alpha-3 code.
    """
    table = read_data("halves.tsv", ("word", "country", "named"))
    found: dict[str, tuple[Half, ...]] = {}
    for number, row in table.rows():
        word, half = row["word"].lower(), Half(row["country"], row["named"])
        if not word or any(len(code) != 3 or not code.isupper() for code in half):
            raise DataError(
                f"{table.name}:{number}: a row has a word and two ISO 3166-1 alpha-3 codes, as 'North PRK PRK'"
            )
        found[word] = (*found.get(word, ()), half)
    return found


def find_halves(view: View, registry: Registry) -> None:
    """Add a mention for each "the North" that is a country which the report names."""
    countries = (m.refs[0].id for m in view.mentions if m.kind is ActorKind.COUNTRY and m.refs)
    named = Counter(countries)
    if not any(named[half.named] for known in halves().values() for half in known):
        return
    for i in range(1, view.n):
        known = halves().get(view.lower[i])
        if known is None or not _stands_alone(view, i):
            continue
        fit = [half for half in known if named[half.named]]
        if fit:
            _add(view, registry, i, max(fit, key=lambda half: named[half.named]))


def _stands_alone(view: View, i: int) -> bool:
    """Tell "the North" from "the North Sea", "the north of Mali" and "the North's"."""
    if not view.capital[i] or view.lower[i - 1] != "the" or view.claim[i] is not None:
        return False
    after = i + 1
    if after < view.n and view.sent[after] == view.sent[i]:
        name = view.capital[after] and view.pos[after] == "PROPN"
        return not name and view.lower[after] not in ("of", "-", "–")
    return True


def _add(view: View, registry: Registry, i: int, half: Half) -> None:
    mention = Mention(i, i + 1, ActorKind.COUNTRY, "name", i, left=i - 1)
    mention.refs = (Ref(half.country, "name"),)
    detail = f"the report names {registry.get(half.named).name}"
    mention.why.append(Reason(field="actor", rule="half.named", detail=detail))
    view.add(mention)
