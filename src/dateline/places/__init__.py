"""Places: toponyms recognised and resolved to GeoNames."""

from dateline.places.gazetteer import Entry, Gazetteer, MemoryGazetteer, load, search
from dateline.places.stage import stage

__all__ = ["Entry", "Gazetteer", "MemoryGazetteer", "load", "search", "stage"]
