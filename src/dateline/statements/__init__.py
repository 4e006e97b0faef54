"""Statements: who said what to whom."""

from dateline.statements.lookup import statement_at
from dateline.statements.stage import stage

__all__ = ["stage", "statement_at"]
