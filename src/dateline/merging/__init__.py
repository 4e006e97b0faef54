"""Reports of the same happening: copies, and stories."""

from dateline.merging.duplicates import Copy, Duplicates, copies, groups
from dateline.merging.stories import Item, item, stories

__all__ = ["Copy", "Duplicates", "Item", "copies", "groups", "item", "stories"]
