"""Count how words of news are cased, and write the table that the truecaser reads.

Reads the texts of the gold data (``DATELINE_EVAL``), counts each word where a
sentence has already begun, and keeps words, not text: those mostly written
small, and those mostly written in capitals. Every tenth report is held out;
``--score`` measures on those how many words get their case back.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "dateline" / "language" / "casing.txt"
SETS = (
    "text/corpus_bbc2225.jsonl",
    "statements/quote_polnear_train.jsonl",
    "merging/news_clusters_dev.jsonl",
    "times/timex_timebank.jsonl",
    "events/event_zsp_aw_train.jsonl",
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PAIR = re.compile(r"(?=\b([^\W\d_]{2,}) ([^\W\d_]{2,})\b)")
INSIDE = re.compile(r"[a-z,;'’\"”)] \(?$")
FEWEST = 3

HEADER = """\
# How words are cased in English news, for texts that come in capitals alone.
# `l` words are mostly written small, `u` words mostly in capitals (acronyms), `n` pairs of
# words mostly part of a name; all other words are taken for names. Counted over news text where a sentence has already begun, by
# tools/build_casing.py; a list of words, with none of the text.
# version: 1
"""


def texts(held_out: bool) -> Iterator[str]:
    """Yield the training texts, or the held-out ones."""
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
    for name in SETS:
        with (folder / name).open(encoding="utf-8") as stream:
            for number, line in enumerate(stream):
                if (number % 10 == 0) == held_out:
                    yield json.loads(line)["text"]


def pairs() -> tuple[Counter[str], Counter[str]]:
    """Return how often two words follow each other both capitalised, and otherwise."""
    names: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for text in texts(held_out=False):
        for match in PAIR.finditer(text):
            first, second = match.groups()
            if not INSIDE.search(text[max(0, match.start() - 3) : match.start()]):
                continue
            both = first[0].isupper() and second[0].isupper()
            (names if both else others)[f"{first} {second}".lower()] += 1
    return names, others


def counts() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how often each word is small, in capitals, and capitalised, inside a sentence."""
    small: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for text in texts(held_out=False):
        for match in WORD.finditer(text):
            if not INSIDE.search(text[max(0, match.start() - 3) : match.start()]):
                continue
            word = match.group()
            kind = small if word.islower() else capitals if word.isupper() else names
            if len(word) > 1 or word in "aI":
                kind[word.lower()] += 1
    return small, capitals, names


def main() -> None:
    """Write the table, or score it with ``--score``."""
    if "--score" in sys.argv:
        score()
        return
    small, capitals, names = counts()
    rows = []
    for word in sorted({*small, *capitals}):
        s, c, n = small[word], capitals[word], names[word]
        if s >= FEWEST and s >= c + n:
            rows.append(f"l {word}")
        elif c >= FEWEST and c > s + n:
            rows.append(f"u {word}")
    small_words = {row[2:] for row in rows if row.startswith("l ")}
    both, others = pairs()
    for pair in sorted(both):
        told = any(word in small_words for word in pair.split())
        if told and both[pair] >= FEWEST and both[pair] > others[pair]:
            rows.append(f"n {pair}")
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"wrote {len(rows)} words to {TARGET}")


def score() -> None:
    """Print the share of held-out words whose case comes back, by how they were written."""
    from dateline.language.casing import truecase

    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text in texts(held_out=True):
        back = truecase(text.upper()) if len(text.upper()) == len(text) else text
        for match in WORD.finditer(text):
            word, found = match.group(), back[match.start() : match.end()]
            kind = "small" if word.islower() else "capitals" if word.isupper() else "name"
            total[kind] += 1
            right[kind] += word == found
    for kind in total:
        print(f"{kind:9} {right[kind] / total[kind]:.3f} of {total[kind]}")


if __name__ == "__main__":
    main()
