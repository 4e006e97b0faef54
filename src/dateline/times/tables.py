"""The words and rules of time expressions, loaded once from ``words.yaml`` and ``rules.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.errors import SetupError
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
    ramadan: dict[int, str]
    """Year: month and day of the first day."""
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, Any], ...]]
    """First word of a phrase: its words, the character of its class and its value."""
    rules: tuple[Rule, ...]


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


def _rule(row: dict[str, Any], macros: dict[str, str]) -> Rule:
    missing = {"id", "pattern", "build", "examples"} - set(row)
    if missing:
        raise SetupError(f"rules.yaml: rule {row.get('id', '?')!r} lacks {sorted(missing)}")
    try:
        pattern = re.compile(_expand(row["pattern"], macros))
    except re.error as error:
        raise SetupError(f"rules.yaml: rule {row['id']!r}: {error}") from error
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
    rules = tuple(_rule(row, rules_file["macros"]) for row in rules_file["rules"])
    holidays = {name: str(day) for name, day in words_file["holidays"].items()}
    return Tables(
        f"{words_file['version']}.{rules_file['version']}",
        words,
        holidays,
        {int(year): str(day) for year, day in words_file["ramadan"].items()},
        _phrases(words_file["phrases"], words_file["classes"]),
        rules,
    )


def _phrases(
    rows: dict[str, list[Any]], classes: dict[str, Any]
) -> dict[str, tuple[tuple[tuple[str, ...], str, Any], ...]]:
    """Index the phrases by their first word, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for phrase, (name, value) in rows.items():
        if name not in classes:
            raise SetupError(f"words.yaml: phrase {phrase!r}: no class {name!r}")
        words = tuple(phrase.split())
        out.setdefault(words[0], []).append((words, classes[name]["char"], value))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in out.items()}
