"""Write the reference pages of the ontologies from their data: ``python -m tools.ontology_pages``."""

from __future__ import annotations

from pathlib import Path

from dateline.events.ontology.pages import markdown

DOCS = Path(__file__).parent.parent / "docs" / "reference"


def main() -> None:
    """Write the pages."""
    for name, text in markdown().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
