"""``dateline schema``: the JSON schema of a coded report."""

from __future__ import annotations

import json

import typer

EXAMPLES = {"schema": "Example: `dateline schema > coded-report.schema.json`"}


def schema() -> None:
    """Print the JSON schema (2020-12) of a coded report, every field described."""
    from dateline.records import CodedReport

    typer.echo(json.dumps(CodedReport.schema(), indent=2, ensure_ascii=False))
