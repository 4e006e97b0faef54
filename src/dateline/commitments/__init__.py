"""Commitments: who is bound to what by which date."""

from dateline.commitments.stage import stage

__all__ = ["stage"]
