"""Actors: mentions found, clustered and resolved against a registry with dates."""

from dateline.actors.index import participant_at, participants_within
from dateline.actors.loading import load_registry
from dateline.actors.registry import Registry
from dateline.actors.stage import stage

__all__ = ["Registry", "load_registry", "participant_at", "participants_within", "stage"]
