"""Actors: mentions found, clustered and resolved against a registry with dates."""

from dateline.actors.stage import stage

__all__ = ["stage"]
