"""Write the golden files of the export layouts from the coded reports beside them.

    python -m tools.goldens

Look at the difference before committing it: these files are what users' scripts read.
"""

from __future__ import annotations

import io
from pathlib import Path

from dateline.batch import read_coded
from dateline.exporting.layouts import LAYOUTS, Choice, of_reports

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "export"
CODED = FOLDER / "coded.jsonl"


def golden(name: str) -> tuple[Path, str]:
    """Return the path of a layout's golden file, and what it should hold."""
    layout = LAYOUTS[name]
    stream = io.StringIO()
    layout.write(of_reports(read_coded(CODED)), stream, Choice())
    return FOLDER / f"{name}{layout.suffix}", stream.getvalue()


if __name__ == "__main__":
    for name in LAYOUTS:
        path, text = golden(name)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path}")
