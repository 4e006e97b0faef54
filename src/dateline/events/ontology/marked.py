"""YAML whose every value knows its line, for errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml

from dateline.errors import DataError

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MISSING: Any = object()


class Item:
    """A value of a YAML file, with the file and the line it stands in.

    ``value`` is a plain scalar, a list of ``Item`` or a dict of ``Item`` by
    key. The readers (``text``, ``number``, …) check what they return and note
    the keys that were asked for, so that ``done`` can refuse unknown ones.
    """

    __slots__ = ("file", "line", "seen", "value")

    def __init__(self, file: str, line: int, value: Any) -> None:
        self.file = file
        self.line = line
        self.value = value
        self.seen: set[str] = set()

    def fail(self, message: str) -> NoReturn:
        """Raise a ``DataError`` that begins with this item's file and line."""
        raise DataError(f"{self.file}:{self.line}: {message}")

    # ------------------------------------------------------------- structure

    def mapping(self) -> Mapping[str, Item]:
        """Return the items by key; fails where this is no mapping."""
        if not isinstance(self.value, dict):
            self.fail("expected a mapping of names to values")
        return self.value

    def sequence(self) -> list[Item]:
        """Return the items of a list; fails where this is no list."""
        if not isinstance(self.value, list):
            self.fail("expected a list")
        return self.value

    def get(self, key: str) -> Item | None:
        """Return the item at ``key``; ``None`` where it is absent or null."""
        self.seen.add(key)
        found = self.mapping().get(key)
        return None if found is None or found.value is None else found

    def need(self, key: str) -> Item:
        """Return the item at ``key``; fails where it is absent or null."""
        found = self.get(key)
        if found is None:
            self.fail(f"{key!r} is missing")
        return found

    def items(self, key: str) -> list[Item]:
        """Return the list at ``key``; empty where it is absent."""
        found = self.get(key)
        return [] if found is None else found.sequence()

    def pairs(self, key: str) -> Iterator[tuple[str, Item]]:
        """Yield the pairs of the mapping at ``key``; none where it is absent."""
        found = self.get(key)
        if found is not None:
            yield from found.mapping().items()

    def done(self) -> None:
        """Fail where a key is left that no reader asked for."""
        for key, item in self.mapping().items():
            if key not in self.seen:
                item.fail(f"unknown key {key!r}; known here: {', '.join(sorted(self.seen))}")

    # --------------------------------------------------------------- scalars

    def as_text(self) -> str:
        """Return the text of a non-empty scalar string."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("expected a non-empty text (quote numbers and yes/no)")
        return " ".join(self.value.split())

    def text(self, key: str, default: str = MISSING) -> str:
        """Return the text at ``key``."""
        if default is not MISSING and self.get(key) is None:
            return default
        return self.need(key).as_text()

    def maybe(self, key: str) -> str | None:
        """Return the text at ``key``, or ``None``."""
        found = self.get(key)
        return None if found is None else found.as_text()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of the list at ``key``; empty where it is absent."""
        return tuple(item.as_text() for item in self.items(key))

    def number(self, key: str, default: float = MISSING) -> float:
        """Return the number at ``key``."""
        if default is not MISSING and self.get(key) is None:
            return default
        found = self.need(key)
        if isinstance(found.value, bool) or not isinstance(found.value, int | float):
            found.fail(f"{key!r} must be a number")
        return float(found.value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return the true or false at ``key``."""
        found = self.get(key)
        if found is None:
            return default
        if not isinstance(found.value, bool):
            found.fail(f"{key!r} must be true or false")
        return found.value


def read(path: Path) -> Item:
    """Read one YAML file.

    Raises:
        DataError: it cannot be read, is no YAML, or repeats a key.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}:1: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DataError(f"{path}:{line}: no valid YAML: {error}") from error
    if node is None:
        raise DataError(f"{path}:1: the file is empty")
    return _item(node, str(path), yaml.constructor.SafeConstructor())


def _item(node: Any, file: str, make: Any) -> Item:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Item(file, line, make.construct_object(node))
    if isinstance(node, yaml.SequenceNode):
        return Item(file, line, [_item(child, file, make) for child in node.value])
    found: dict[str, Item] = {}
    for key, child in node.value:
        name = str(make.construct_object(key))
        if name in found:
            raise DataError(f"{file}:{key.start_mark.line + 1}: the key {name!r} stands twice")
        found[name] = _item(child, file, make)
        found[name].line = key.start_mark.line + 1
    return Item(file, line, found)
