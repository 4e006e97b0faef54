"""Starting the command without what it does not use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from types import ModuleType
from typing import Any, cast

import typer
from typer.core import TyperGroup

HOMES = {
    "code": "code",
    "explain": "explain",
    "fetch": "fetching",
    "commitments": "commitments",
    "export": "export",
    "ontology": "ontology",
    "evaluate": "evaluate",
    "schema": "schema",
    "serve": "serve",
    "serve-user": "serve",
    "spark": "spark",
    "doctor": "doctor",
    "info": "info",
    "init": "archive",
    "add": "archive",
    "search": "archive",
    "show": "archive",
    "stats": "archive",
    "changes": "archive",
    "withdraw": "archive",
    "backup": "archive",
    "restore": "archive",
    "check": "archive",
    "sync": "following",
    "watch": "following",
    "diff": "following",
    "merge": "merging",
    "timeline": "merging",
    "stories": "merging",
    "duplicates": "merging",
    "review": "review",
    "actors": "actors",
    "places": "places",
}
"""Module of each command: of those that are not asked for, none is imported."""


class _Commands(Mapping[str, Any]):
    """The commands by name, each made from its module when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _command(name, HOMES[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(HOMES)

    def __len__(self) -> int:
        return len(HOMES)


def _command(name: str, home: str) -> Any:
    module = import_module(f"dateline.cli.{home}")
    alone = typer.Typer(rich_markup_mode="markdown")
    if hasattr(module, "app"):
        alone.add_typer(module.app)
    else:
        function = getattr(module, name.replace("-", "_"))
        alone.command(name, epilog=module.EXAMPLES[name])(function)
    return typer.main.get_group(alone).commands[name]


class Group(TyperGroup):
    """The command ``dateline``, whose commands are imported one by one."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast(MutableMapping[str, Any], _Commands())


def one_thread() -> None:
    """Keep the linear algebra of NumPy to one thread, if the environment does not say otherwise.

    What is multiplied here is small and goes on one thread anyway, and setting up others takes
    longer than importing the rest of NumPy. It counts only before NumPy is loaded.
    """
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def skip_spacy_commands() -> None:
    """Let ``import spacy`` leave out spaCy's own command line, which takes a third of its time.

    spaCy imports all of its commands, and what they need to train, download and
    talk to servers, for the one function ``spacy.info``. It is None afterwards, so
    this is for a process that is ours: the command ``dateline``, and none that
    uses dateline as a library. Nothing happens where spaCy is loaded already.
    """
    if "spacy" in sys.modules:
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    vars(info)["info"] = None
    sys.modules[commands.__name__] = commands
    sys.modules[info.__name__] = info
