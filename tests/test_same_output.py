"""The same reports give the same bytes in every process, in whatever order Python keeps its sets."""

import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
BALANCED = (
    "President Clinton says he and Blair will stand together not just on Iraq but also on "
    "arresting the terrorists suspected of blowing up the flight over Scotland."
)
"""What speaks for an arrest and against it adds up to nothing, so that the last digit decides its sign."""


def test_every_order_of_sets_gives_the_same_bytes(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "balanced.txt").write_text(BALANCED, encoding="utf-8")
    found = set()
    for seed in "125":
        out = tmp_path / f"{seed}.jsonl"
        subprocess.run(
            [sys.executable, "-m", "dateline", "code", str(EXAMPLES), str(reports), "-o", str(out)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        found.add(out.read_bytes())
    assert len(found) == 1
    assert b'"factuality":0.0' in found.pop().replace(b": ", b":")
