"""Places: toponyms recognised and resolved to GeoNames."""

from dateline.places.stage import stage

__all__ = ["stage"]
