"""Every report is coded without an exception, whatever was done to it.

    python benchmarks/robustness/run.py                  # all reports, and 60 in each disguise
    python benchmarks/robustness/run.py --disguised 300

Codes all news reports and all upper-case reports of the gold data
(``DATELINE_EVAL``), then reports in disguise: mojibake, capitals, no spaces, one
line, emoji, text that runs from right to left, invisible characters, markup,
other scripts. Checks that no stage failed, that every span is text of its
report, that ids are unique, and that the record goes to JSON and back.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline import CodedReport, Coder, Report
from dateline.records import spans_of

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("times", "quantities", "participants", "places", "statements", "events", "commitments")
SCRIPTS = {
    "Arabic": "قال الرئيس يوم الاثنين إن القوات ستنسحب من المدينة بحلول نهاية العام. ",
    "Hebrew": "הנשיא אמר ביום שני כי הכוחות ייסוגו מהעיר עד סוף השנה. ",
    "Russian": "Президент заявил в понедельник, что войска покинут город к концу года. ",
    "Greek": "Ο πρόεδρος δήλωσε τη Δευτέρα ότι τα στρατεύματα θα αποχωρήσουν. ",
    "Chinese": "总统星期一表示，军队将在年底前撤出该市。",
    "Japanese": "大統領は月曜日、年末までに軍を撤退させると述べた。",
    "Korean": "대통령은 월요일 연말까지 군대를 철수하겠다고 밝혔다. ",
    "Hindi": "राष्ट्रपति ने सोमवार को कहा कि सैनिक वर्ष के अंत तक शहर छोड़ देंगे। ",
    "Thai": "ประธานาธิบดีกล่าวเมื่อวันจันทร์ว่าทหารจะถอนตัวออกจากเมืองภายในสิ้นปี ",
    "Amharic": "ፕሬዚዳንቱ ሰኞ ዕለት ወታደሮች እስከ ዓመቱ መጨረሻ ከተማዋን እንደሚለቁ ተናገሩ። ",
    "French": "Le président a déclaré lundi que les troupes quitteront la ville d'ici la fin de l'année. ",
}


def mojibake(text: str, chance: random.Random) -> str:
    """Read UTF-8 as Windows-1252, once or twice."""
    text = text.replace("'", "’").replace('"', "“")
    for _ in range(chance.randint(1, 2)):
        text = text.encode("utf-8").decode("cp1252", "replace")
    return text


def sprinkled(marks: str) -> Callable[[str, random.Random], str]:
    """Return a disguise that puts one of ``marks`` before every few words."""

    def disguise(text: str, chance: random.Random) -> str:
        return " ".join(
            chance.choice(marks) + word if chance.random() < 0.3 else word
            for word in text.split(" ")
        )

    return disguise


def markup(text: str, chance: random.Random) -> str:
    """Wrap each paragraph in tags that nest up to twenty deep."""
    tags = ("div", "p", "b", "span class='a'", "blockquote", "td")
    out = []
    for paragraph in text.split("\n"):
        depth = [chance.choice(tags) for _ in range(chance.randint(1, 20))]
        closing = (f"</{tag.split()[0]}>" for tag in reversed(depth))
        out.append("".join(f"<{tag}>" for tag in depth) + paragraph + "".join(closing))
    return "&nbsp;\n".join(out)


def mixed(text: str, chance: random.Random) -> str:
    """Put a sentence in another script between the paragraphs."""
    return "\n".join(
        f"{paragraph}\n{chance.choice(list(SCRIPTS.values()))}" for paragraph in text.split("\n")
    )


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "mojibake": mojibake,
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "Every Word Capitalised": lambda text, _: text.title(),
    "no spaces": lambda text, _: "".join(text.split()),
    "one line": lambda text, _: " ".join(text.split()),
    "a word a line": lambda text, _: "\n".join(text.split()),
    "emoji": sprinkled("🙂💥🇮🇶👩‍👩‍👧🏳️‍🌈"),
    "right to left": sprinkled("\u202e\u202d\u2067\u2069\u200f"),
    "invisible": sprinkled("\u200b\u00ad\ufeff\u2060\x00\x07"),
    "quotation marks": sprinkled("\"'“”‘’«»„"),
    "brackets": sprinkled("()[]{}<>"),
    "figures": sprinkled("0123456789$%.,:/"),
    "markup": markup,
    "other scripts between": mixed,
}


def corpus(folder: Path, pattern: str) -> Iterator[Report]:
    """Yield the reports of the gold files that match a pattern."""
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                text = json.loads(line)["text"]
                yield Report(id=f"{path.stem}-{number}", text=text, published="2004-06-01")


def foreign() -> Iterator[Report]:
    """Yield reports in other scripts and languages."""
    for name, sentence in SCRIPTS.items():
        for times in (1, 5, 100):
            yield Report(id=f"{name}-{times}", text=sentence * times)


def problems(coded: CodedReport) -> Iterator[str]:
    """Yield what is wrong with a coded report."""
    for failure in coded.failures:
        yield f"{failure.stage}: {failure.error}"
    text = coded.report.text
    for span in spans_of(coded):
        if text[span.start : span.end] != span.text:
            yield f"span {span.start}-{span.end} is not the report's text"
    for layer in LAYERS:
        ids = [record.id for record in getattr(coded, layer)]
        if len(ids) != len(set(ids)):
            yield f"an id comes twice among the {layer}"
    if CodedReport.from_json(coded.to_json()) != coded:
        yield "the record does not come back from JSON"


def check(name: str, reports: Iterator[Report], coder: Coder) -> int:
    """Code the reports, print a row, and return how many had a problem."""
    number = characters = 0
    found: Counter[str] = Counter()
    for coded in coder.stream(reports):
        number += 1
        characters += len(coded.report.text)
        for problem in problems(coded):
            found[problem] += 1
            print(f"{coded.report.id}: {problem}", file=sys.stderr)
    print(f"| {name} | {number:,} | {characters:,} | {found.total()} |", flush=True)
    return found.total()


def main() -> None:
    """Print a table; the exit code is 1 where anything failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--disguised", type=int, default=60, help="reports a disguise")
    options.add_argument("--disguises-only", action="store_true")
    chosen = options.parse_args()
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
    if not folder.is_dir():
        sys.exit(f"no gold data at {folder}; set DATELINE_EVAL to its folder")
    coder = Coder()
    print("| reports | number | characters | problems |\n|---|---|---|---|")
    failed = 0
    if not chosen.disguises_only:
        failed += check("news", corpus(folder, "text/corpus_bbc2225.jsonl"), coder)
        failed += check("in capitals", corpus(folder, "events/event_muc4_*.jsonl"), coder)
    plain = list(corpus(folder, "text/corpus_bbc2225.jsonl"))
    plain = random.Random(1).sample(plain, min(chosen.disguised, len(plain)))
    for name, disguise in DISGUISES.items():
        disguised = (
            Report(
                id=f"{name}-{r.id}",
                text=disguise(r.text, random.Random(r.id)),
                published=r.published,
            )
            for r in plain
        )
        failed += check(name, disguised, coder)
    failed += check("other scripts and languages", foreign(), coder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
