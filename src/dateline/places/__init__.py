"""Places: toponyms recognised and resolved to GeoNames."""

from dateline.places.gazetteer import Entry, Gazetteer, MemoryGazetteer, load
from dateline.places.lookup import names_of, place, search
from dateline.places.stage import stage

__all__ = [
    "Entry",
    "Gazetteer",
    "MemoryGazetteer",
    "load",
    "names_of",
    "place",
    "search",
    "stage",
]
