"""The docs are true: their Python runs, and the generated pages are current."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PYTHON = re.compile(r"^```python\n(.*?)^```", re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_python_of_a_page_runs(page: Path) -> None:
    blocks = PYTHON.findall(page.read_text(encoding="utf-8"))
    exec(compile("\n".join(blocks), str(page), "exec"), {"__name__": "page"})


def test_the_generated_pages_are_current() -> None:
    from tools.reference import pages

    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, f"run `python -m tools.reference`: {path}"


def test_the_changelog_has_a_section_for_what_is_to_come() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
