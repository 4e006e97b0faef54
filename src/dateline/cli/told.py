"""What the command line tells of work that goes on below it."""

from __future__ import annotations

import logging

import typer


class _Shown(logging.Handler):
    """Writes what is told to standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        typer.echo(f"dateline: {record.getMessage()}", err=True)


def show_migrations() -> None:
    """Show what is done where an archive is brought to a newer schema."""
    told = logging.getLogger("dateline.archive.migrate")
    if not any(isinstance(one, _Shown) for one in told.handlers):
        told.addHandler(_Shown())
        told.setLevel(logging.INFO)
        told.propagate = False
