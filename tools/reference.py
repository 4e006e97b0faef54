"""Write the reference pages that are made from the code: the command line and the records."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import typer

from dateline import records
from dateline.cli import app
from dateline.exporting.layouts import LAYOUTS, Document, Layout

DOCS = Path(__file__).parent.parent / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Return the path and text of every generated page."""
    found = {DOCS / "cli.md": cli_page(), DOCS / "records.md": records_page()}
    layouts = [one for one in LAYOUTS.values() if isinstance(one, Layout)]
    documents = [one for one in LAYOUTS.values() if isinstance(one, Document)]
    return (
        found
        | {DOCS / f"export-{one.name}.md": layout_page(one) for one in layouts}
        | {DOCS / "export-documents.md": documents_page(documents)}
    )


def layout_page(layout: Layout) -> str:
    """Return the codebook of a layout."""
    sign = {"\t": "tabs", ",": "commas"}[layout.delimiter]
    head = "a header" if layout.header else "no header"
    missing = f"the word `{layout.missing}`" if layout.missing else "nothing between the signs"
    rows = [
        f"| {n} | `{c.name}` | {c.kind} | {_cell(c.means)} | {_cell(c.blank)} |"
        for n, c in enumerate(layout.columns, 1)
    ]
    return (
        "\n\n".join(
            [
                f"# The {layout.title} layout",
                f"`dateline export SOURCE --layout {layout.name} -o events{layout.suffix}` writes "
                f"{len(layout.columns)} columns, set apart by {sign}, with {head}, in UTF-8; where there "
                f"is no value stands {missing}. They are {layout.source}.",
                layout.notes,
                "\n".join(
                    [
                        "| | column | type | what | left empty where |",
                        "|---|---|---|---|---|",
                        *rows,
                    ]
                ),
            ]
        )
        + "\n"
    )


def documents_page(documents: list[Document]) -> str:
    """Return the page of the layouts that are a document."""
    parts = [
        "# Layouts that are one document",
        "`dateline export SOURCE --layout NAME -o FILE` writes each of them.",
    ]
    for one in documents:
        parts += [
            f"## {one.title}",
            f"`--layout {one.name}`, `{one.suffix}`; {one.source}.",
            one.notes,
        ]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def cli_page() -> str:
    """Return the page of the command line: every command, argument and option."""
    group = typer.main.get_command(app)
    parts = [
        "# The command line",
        "Exit codes: 0 all done; 1 some reports failed, or the output could not be written; "
        "2 the command was used in a way it does not understand; 130 interrupted; 143 told to end.",
        "`dateline --install-completion` installs completion for the shell in use.",
    ]
    for path, command in _commands(group, "dateline"):
        parts += list(_command(path, command))
    return "\n\n".join(parts) + "\n"


def _commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name in sorted(group.commands):
        command = group.commands[name]
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _command(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}"
    yield inspect.cleandoc(command.help or "")
    rows = [_parameter(p) for p in command.params if p.name != "help" and not _hidden(p)]
    if rows:
        yield "\n".join(["| argument or option | what |", "|---|---|", *rows])
    if command.epilog:
        yield command.epilog


def _hidden(parameter: Any) -> bool:
    return bool(getattr(parameter, "hidden", False))


def _parameter(parameter: Any) -> str:
    name = ", ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        name = f"`{(parameter.name or '').upper()}`"
    text = (getattr(parameter, "help", "") or "").replace("|", "\\|")
    default = parameter.default
    if isinstance(default, (str, int, float)) and not isinstance(default, bool):
        text += f" Default: `{default}`."
    return f"| {name} | {text} |"


def records_page() -> str:
    """Return the page of the records: every class and field with its type and doc."""
    tree = ast.parse(inspect.getsource(records))
    parts = ["# The records, field by field", inspect.cleandoc(records.__doc__ or "")]
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            parts += list(_record(node, getattr(records, node.name)))
    return "\n\n".join(parts) + "\n"


def _record(node: ast.ClassDef, cls: type) -> Iterator[str]:
    yield f"## {node.name}"
    yield inspect.cleandoc(ast.get_docstring(node) or "")
    docs = dict(_field_docs(node))
    if dataclasses.is_dataclass(cls):
        rows = [
            f"| `{part.name}` | `{_escaped(str(part.type))}` | {docs.get(part.name, '')} |"
            for part in dataclasses.fields(cls)
        ]
        yield "\n".join(["| field | type | what |", "|---|---|---|", *rows])
    else:
        rows = [f"| `{value}` | {docs.get(value.name, '')} |" for value in cls]  # type: ignore[attr-defined]
        yield "\n".join(["| value | what |", "|---|---|", *rows])


def _field_docs(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for item, following in zip(node.body, [*node.body[1:], None], strict=True):
        match item, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"wrote {path}")


if __name__ == "__main__":
    main()
