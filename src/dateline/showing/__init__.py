"""A coded report for the eye: in the terminal and in a notebook."""

from dateline.showing.html import as_html
from dateline.showing.terminal import show

__all__ = ["as_html", "show"]
