"""Statements: who said what to whom."""

from dateline.statements.stage import stage

__all__ = ["stage"]
