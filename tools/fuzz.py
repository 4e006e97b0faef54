"""Look for texts that make a stage fail: real sentences with noise, until the time is over.

    python -m tools.fuzz --minutes 10
    python -m tools.fuzz --seed 41877          # one text again, made smaller where it fails

Every text is made from a number, so that a failure can be had again. Checked are
the reader, cleaning, every stage and the whole coder: nothing is raised, no stage
fails, every span is text of the report, ids are unique, the record goes to JSON
and back, and no text takes far longer than its length accounts for.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline import CodedReport, Coder, Report
from dateline.errors import InputError
from dateline.reading.documents import read_html, read_text
from dateline.records import spans_of

SENTENCES = (
    "Police arrested {n} protesters in Lyon on Monday, the interior ministry said.",
    "PARIS, July 26, 2021 (Example) - The foreign ministers of France and Italy signed an accord.",
    '"We will withdraw {n} soldiers by the end of August," Prime Minister Rossi told reporters.',
    "At least {n} people, including {n} children, were killed when rebels shelled Mopti on 3 May.",
    "The U.N. Security Council condemned the attack; Russia and China abstained.",
    "Between {n} and {n} demonstrators marched from Basra to Baghdad last week.",
    "He denied that the army had bombed the hospital, according to a statement on Twitter.",
    "If talks fail, Iran will not return to the deal, a senior official warned on Thursday.",
    "The ${n} billion aid package, about {n} percent more than in 2019, was agreed in Geneva.",
    "Ex-president Macron met German Chancellor Merkel, who promised help within {n} days.",
    "Share this article  ·  Post a Comment  ·  Read more: troops leave Kabul",
    "“It’s over,” said Ms. O’Neill-Khan (44), “and they — the rebels — know it”.",
    "In the early 1990s, during the Cold War, some two dozen villages north of Gao were burnt.",
    "THE ARMY SAID {n} GUERRILLAS DIED IN SAN SALVADOR ON 12 JANUARY 90.",
)
NOISE = (
    "\u200b", "\u00ad", "\ufeff", "\u202e", "\u202d", "\u2067", "\u2069", "\u200f", "\x00", "\x07", "\x1b[31m",
    "\ud83d", "\udc00", "\ufffd", "\u0301\u0301\u0301", "\u00a0", "\u2028", "\u2029", "\x85", "\r", "\r\n", "\t",
    "\n", "\n\n", "  ", "🙂", "👩‍👩‍👧", "🇮🇶", "ﷺ", "İ", "ß", "ﬁ", "Ⅻ", "½", "²", "٣", "१२", "五百", "中国", "مرحبا",
    "Привет", "Ελλάδα", "â€™", "Ã©", "&nbsp;", "&amp;#39;", "<b>", "</div>", "<![CDATA[", "{{", "}}", "[[", "]]",
    "(", ")", "((", "))", "[", "]", '"', "''", "``", "“", "”", "‘", "’", "«", "»", "-", "–", "—", "--", "...", "…", "?!",
    "/", "\\", "|", "#", "@", "$", "€", "%", "‰", "°", "+", "=", "_", "*", "~", "^", "§",
    "31 February", "29 February 2023", "32nd", "0000", "9999-99-99", "24:61", "12/25/00", "the 99th century",
    "year 0", "10 years ago yesterday", "a million million", "hundred hundred thousand", "minus zero", "1e309",
    "1,2,3", "1,000,00", ".5.5", "-1", "1/0", "∞", "999999999999999999999999", "two and a half dozen score",
    "Mr", "Mrs. Dr. Prof.", "the the the", "and and", "said said", "of of of", "U.S.", "U.N.-backed", "St.",
    "not not not", "http://a.b/c?d=e", "a@b.example", "#tag", "@user", "A" * 40, "I", "X-", "'s", "n't", "will", "that",
)  # fmt: skip
SLOW = 2.0
"""Seconds, and as many for each thousand characters, from which a text is slow."""


def text_of(seed: int) -> str:
    """Return the text of a number."""
    chance = random.Random(seed)
    parts: list[str] = []
    for _ in range(chance.choice((1, 2, 4, 8, 16))):
        sentence = chance.choice(SENTENCES)
        while "{n}" in sentence:
            sentence = sentence.replace("{n}", _number(chance), 1)
        for _ in range(chance.choice((0, 0, 1, 2, 4, 12))):
            sentence = _spoilt(sentence, chance)
        parts += [sentence, chance.choice((" ", " ", "\n", "\n\n", "", "  \n \n"))]
    text = "".join(parts)
    if chance.random() < 0.1:
        text = chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)
    return text


def _number(chance: random.Random) -> str:
    return chance.choice(
        (
            str(chance.randint(0, 40)),
            str(chance.randint(0, 10**6)),
            f"{chance.randint(1000, 10**9):,}",
            f"{chance.random() * 100:.{chance.randint(0, 9)}f}",
            "9" * chance.randint(1, 400),
            chance.choice(
                ("dozens of", "a few", "some", "half a", "no", "twenty-five", "nineteen")
            ),
        )
    )


def _spoilt(text: str, chance: random.Random) -> str:
    """Return a text with one thing done to it."""
    words = text.split(" ")
    at = chance.randrange(len(words))
    kind = chance.randrange(9)
    if kind <= 2:
        here = chance.randrange(len(text) + 1)
        return text[:here] + chance.choice(NOISE) * chance.choice((1, 1, 1, 2, 30)) + text[here:]
    if kind == 3:
        words[at] = " ".join([words[at]] * chance.choice((2, 3, 25)))
    elif kind == 4:
        del words[at]
    elif kind == 5:
        other = chance.randrange(len(words))
        words[at], words[other] = words[other], words[at]
    elif kind == 6:
        words[at] = chance.choice(NOISE)
    elif kind == 7:
        words.insert(at, chance.choice(SENTENCES).split(" ")[0])
    else:
        return text[: chance.randrange(len(text) + 1)]
    return " ".join(words)


def problems(coded: CodedReport) -> Iterator[str]:
    """Yield what is wrong with a coded report."""
    for failure in coded.failures:
        yield f"{failure.stage}: {failure.error}"
    text = coded.report.text
    for span in spans_of(coded):
        if text[span.start : span.end] != span.text or span.start >= span.end:
            yield f"span {span.start}-{span.end} is not the report's text"
    for layer in (
        "times",
        "quantities",
        "participants",
        "places",
        "statements",
        "events",
        "commitments",
    ):
        ids = [record.id for record in getattr(coded, layer)]
        if len(ids) != len(set(ids)):
            yield f"an id comes twice among the {layer}"
    for quantity in coded.quantities:
        low, value, high = quantity.low, quantity.value, quantity.high
        known = [n for n in (low, value, high) if n is not None]
        if known != sorted(known):
            yield f"quantity {quantity.id} is out of order: {low} {value} {high}"
    line = coded.to_json()
    if CodedReport.from_json(line).to_json() != line:
        yield "the record does not come back from JSON"


def tried(coder: Coder, text: str) -> list[str]:
    """Return what goes wrong with a text, in all ways it can be given."""
    found: list[str] = []
    start = time.process_time()
    try:
        coded = coder.code(text, published="2021-07-27")
        found += problems(coded)
        if coder.code(text, published="2021-07-27") != coded:
            found.append("coding it again gives something else")
        found += problems(coder.code(text))
        for read in (read_text, read_html):
            try:
                report = read(text.encode("utf-8", "surrogatepass"))
            except InputError:
                continue
            found += problems(next(coder.stream([Report(id="x", text=report.text)])))
    except Exception as error:
        found.append(f"{type(error).__name__}: {error}")
    spent = time.process_time() - start
    if spent > 4 * SLOW * (1 + len(text) / 1000):
        found.append(f"slow: {spent:.1f} s for {len(text)} characters")
    return found


def smaller(text: str, fails: Callable[[str], bool]) -> str:
    """Return a part of a text, as small as halving and trying finds, that still fails."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            less = text[:at] + text[at + size :]
            if fails(less):
                text = less
            else:
                at += size
        size //= 2
    return text


def main() -> None:
    """Try texts until the time is over; the exit code is 1 where any fails."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--first", type=int, default=0, help="number of the first text")
    options.add_argument("--seed", type=int, help="try one text alone")
    options.add_argument("--failures", type=Path, help="file to write failing texts to")
    chosen = options.parse_args()
    coder = Coder()
    coder.code(SENTENCES[0])
    seeds = (
        iter([chosen.seed]) if chosen.seed is not None else iter(range(chosen.first, sys.maxsize))
    )
    end = time.monotonic() + 60 * chosen.minutes
    number, seen = 0, set[str]()
    for seed in seeds:
        if time.monotonic() > end:
            break
        number += 1
        for problem in tried(coder, text_of(seed)):
            kind = problem.split(":")[0] + problem.split(":")[-1][:40]
            if kind in seen:
                continue
            seen.add(kind)
            head = problem.split(":")[0]
            small = smaller(
                text_of(seed),
                lambda text, head=head: any(p.startswith(head) for p in tried(coder, text)),  # type: ignore[misc]
            )
            print(f"{seed}: {problem}\n    {small!r}", flush=True)
    print(
        f"{number:,} texts, {len(seen)} kinds of failure; the next is --first {chosen.first + number}"
    )
    sys.exit(1 if seen else 0)


if __name__ == "__main__":
    main()
