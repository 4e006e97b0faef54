"""The words of the calendar, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.errors import DataError


@dataclass(frozen=True, slots=True)
class Words:
    """Tables from small words to what they mean."""

    version: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    seasons: Mapping[str, str]
    parts: Mapping[str, str]
    numbers: Mapping[str, float]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    holidays: Mapping[str, str]
    ramadan: Mapping[int, str]
    references: Mapping[str, tuple[str, ...]]
    frequencies: Mapping[str, str]


@cache
def words() -> Words:
    """Return the tables.

    Raises:
        DataError: one is missing or malformed.
    """
    text = files("dateline.times").joinpath("data", "words.yaml").read_text(encoding="utf-8")
    rows: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    try:
        rows["references"] = {name: tuple(found) for name, found in rows["references"].items()}
        return Words(**rows)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"times/data/words.yaml: a table is missing or malformed: {error}"
        ) from error
