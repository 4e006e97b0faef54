"""The command ``dateline ontology``: browse types, modes, contexts, sectors and CAMEO codes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = {
    "ontology": "Examples: `dateline ontology` · `dateline ontology RETREAT` · `dateline ontology modes` · "
    "`dateline ontology contexts --format json` · `dateline ontology 0871`",
}


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


What = Annotated[
    str,
    typer.Argument(
        metavar="[WHAT]",
        help="`types`, `modes`, `contexts`, `sectors`, `cameo`, the name of a type, or a CAMEO code.",
    ),
]


def ontology(
    what: What = "types",
    format: Annotated[Format, typer.Option("--format", help="Table or JSON.")] = Format.TABLE,
    file: Annotated[
        Path | None,
        typer.Option("--ontology", help="An ontology of your own instead of PLOVER."),
    ] = None,
) -> None:
    """Browse the event ontology: types, modes, contexts, sectors and CAMEO codes, with examples."""
    from dateline.cli.ontology_view import show

    show(what, file, as_json=format is Format.JSON)
