"""Count in how many news reports each word stands, for the weights of story terms.

Reads the news corpus of the gold data (``DATELINE_EVAL``) and keeps a table of
words and counts, none of the text. The clustered reports are left out, so that
stories are measured on reports the table has not seen.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from dateline.merging.terms import words

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "dateline" / "merging" / "frequencies.tsv"
SETS = (
    "text/corpus_bbc2225.jsonl",
    "statements/quote_polnear_train.jsonl",
    "times/timex_timebank.jsonl",
    "times/timex_aquaint.jsonl",
    "places/geo_lgl_dev.jsonl",
    "places/geo_geowebnews_dev.jsonl",
)
FEWEST = 3


def main() -> None:
    """Write the table."""
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
    counts: Counter[str] = Counter()
    reports = 0
    for name in SETS:
        for line in (folder / name).open(encoding="utf-8"):
            counts.update(set(words(json.loads(line)["text"])))
            reports += 1
    rows = sorted((word, n) for word, n in counts.items() if n >= FEWEST)
    head = (
        "# In how many news reports a word stands; made by tools/build_frequencies.py.\n"
        "# A word that is not here stands in fewer than "
        f"{FEWEST}. version: 1\n# reports\t{reports}\n"
    )
    TARGET.write_text(head + "".join(f"{w}\t{n}\n" for w, n in rows), encoding="utf-8")
    print(f"wrote {len(rows)} words of {reports} reports to {TARGET}")


if __name__ == "__main__":
    main()
