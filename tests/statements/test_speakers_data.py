from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data" / "bbc_speakers.tsv"


def test_holds_offsets_and_names_of_100_statements() -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) == 100
    assert all(len(row) == 4 and 0 < int(row[2]) - int(row[1]) < 20 for row in rows)
    assert len({row[0] for row in rows}) == 100
