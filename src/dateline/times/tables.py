"""The words and rules of time expressions, loaded once from ``words.yaml`` and ``rules.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.errors import SetupError
from dateline.times.zones import zone_of
from dateline.yamls import load_yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar: a pattern over word classes and the function that reads it."""

    id: str
    pattern: re.Pattern[str]
    build: str
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Word classes, holidays and rules."""

    version: str
    words: dict[str, tuple[str, Any]]
    """Lower-case word: the character of its class, and its value."""
    holidays: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, Any], ...]]
    """First word of a phrase: its words, the character of its class and its value."""
    rules: tuple[Rule, ...]


DAYS = re.compile(
    r"(?:E(?P<easter>[+-]\d+)|@(?P<feast>\w+)|(?P<month>\d+)-(?P<day>\d)#(?P<nth>-?\d)"
    r"|(?P<fixed>\d+-\d+))(?P<offset>[+-]\d+)?(?:\*(?P<length>\w+))?"
)
"""The days of a holiday: ``12-25``; ``E-2``, days from Easter; ``11-4#4``, the fourth Thursday of
November; ``@eid_al_fitr``, a feast of the table; then days to add, and how many days it lasts or
the feast it lasts until."""


def _read(name: str) -> dict[str, Any]:
    source = files("dateline.times").joinpath(name).read_text(encoding="utf-8")
    try:
        data = load_yaml(source)
    except yaml.YAMLError as error:
        raise SetupError(f"{name} is not valid YAML: {error}") from error
    if not isinstance(data, dict) or "version" not in data:
        raise SetupError(f"{name}: expected a mapping with a `version`")
    return data


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(3):
        for name, body in macros.items():
            pattern = pattern.replace("{" + name + "}", body)
    return pattern


NAMES = re.compile(r"\?P<\w+>")


def _rule(row: dict[str, Any], macros: dict[str, str]) -> Rule:
    missing = {"id", "pattern", "build", "examples"} - set(row)
    if missing:
        raise SetupError(f"rules.yaml: rule {row.get('id', '?')!r} lacks {sorted(missing)}")
    try:
        pattern = re.compile(_expand(row["pattern"], macros))
    except re.error as error:
        raise SetupError(f"rules.yaml: rule {row['id']!r}: {error}") from error
    if re.search(r"_|\^|(?<!\\)[.$]|\\[AbBZ]", NAMES.sub("", pattern.pattern)):
        raise SetupError(
            f"rules.yaml: rule {row['id']!r} may read over a word of no class, or ask where the "
            r"text ends: _, ., ^, $, \A, \Z, \b or \B"
        )
    examples = tuple((str(text), str(value)) for text, value in row["examples"].items())
    return Rule(row["id"], pattern, row["build"], examples)


@cache
def tables() -> Tables:
    """Return the tables, read on the first call.

    Raises:
        SetupError: a file breaks its schema; the message names the file and the entry.
    """
    words_file, rules_file = _read("words.yaml"), _read("rules.yaml")
    words: dict[str, tuple[str, Any]] = {}
    for name, entry in words_file["classes"].items():
        if len(entry["char"]) != 1:
            raise SetupError(f"words.yaml: class {name!r}: `char` must be one character")
        for word, value in entry["words"].items():
            if word is True or word is False:
                raise SetupError(f"words.yaml: class {name!r}: quote the word {word!r}")
            words.setdefault(word, (entry["char"], value))
    zones = {name: _zone(name, str(zone)) for name, zone in words_file["zones"].items()}
    words |= {name: ("0", zone) for name, zone in zones.items() if " " not in name}
    phrases = words_file["phrases"] | {n: ["zone", z] for n, z in zones.items() if " " in n}
    rules = tuple(_rule(row, rules_file["macros"]) for row in rules_file["rules"])
    holidays = {name: _days(name, str(day)) for name, day in words_file["holidays"].items()}
    return Tables(
        f"{words_file['version']}.{rules_file['version']}",
        words,
        holidays,
        _phrases(phrases, words_file["classes"]),
        rules,
    )


def _zone(name: str, zone: str) -> str:
    try:
        if zone:
            zone_of(zone)
    except (ValueError, LookupError) as error:
        raise SetupError(f"words.yaml: zone {name!r}: no zone {zone!r}: {error}") from error
    return zone


def _days(name: str, days: str) -> str:
    match = DAYS.fullmatch(days)
    if match is None:
        raise SetupError(
            f"words.yaml: holiday {name!r}: {days!r} names no days (as 12-25, E-2, 11-4#4 or @diwali do)"
        )
    columns = {match["feast"], match["length"]} - {None}
    unknown = {column for column in columns if not column.isdigit()} - set(feasts())
    if unknown:
        raise SetupError(
            f"words.yaml: holiday {name!r}: feasts.tsv has no column {unknown.pop()!r}"
        )
    return days


@cache
def feasts() -> dict[str, dict[int, tuple[date, ...]]]:
    """Return the days of movable feasts by name and year, read once.

    Raises:
        SetupError: a row of the table is broken.
    """
    text = files("dateline.times").joinpath("feasts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("# ")]
    out: dict[str, dict[int, tuple[date, ...]]] = {name: {} for name in rows[0][1:]}
    for row in rows[1:]:
        try:
            for name, cell in zip(rows[0][1:], row[1:], strict=True):
                days = [] if cell == "-" else cell.split(",")
                out[name][int(row[0])] = tuple(date.fromisoformat(f"{row[0]}-{d}") for d in days)
        except ValueError as error:
            raise SetupError(f"feasts.tsv: year {row[0]}: {error}") from error
    return out


def _phrases(
    rows: dict[str, list[Any]], classes: dict[str, Any]
) -> dict[str, tuple[tuple[tuple[str, ...], str, Any], ...]]:
    """Index the phrases by their first word, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for phrase, (name, value) in rows.items():
        if name not in classes:
            raise SetupError(f"words.yaml: phrase {phrase!r}: no class {name!r}")
        words = tuple(phrase.split())
        if len(words) < 2:
            raise SetupError(f"words.yaml: phrase {phrase!r}: one word; put it in its class")
        out.setdefault(words[0], []).append((words, classes[name]["char"], value))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in out.items()}
