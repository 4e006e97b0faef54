"""From text to matches of the grammar: one pass for words, then patterns over their classes.

Every word becomes one character, the class it has in ``words.yaml`` (``_`` for
all others), and the rules are regular expressions over that short string. Most
of a text is ``_``, so the scan costs little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from dateline.times.cues import cues
from dateline.times.tables import Rule, tables

TOKEN = re.compile(
    r"""\s?(?:(?P<plain>[c-nq-z][^\W\d_]*)
      |(?P<ampm>(?i:[ap]\.\s?m\.|[ap]m\b))
      |(?P<era>(?i:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|B\.C\b|A\.D\b))
      |(?P<oclock>(?i:o['’]clock\b))
      |(?P<part>(?:Q[1-4]|H[12])\b)
      |(?P<zone>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d))
      |(?P<initials>(?:[ECMP]\.(?:[SD]\.)?|G\.M\.)T\.|U\.T\.C\.)
      |(?P<word>[^\W\d_]+)
      |(?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\w-]))
      |(?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d))
      |(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\d)
        |\d{1,2}\.\d{2}(?=\s?(?i:[ap]\.?m\b))
        |(?:[01]\d|2[0-3])[0-5]\d(?=\s(?:GMT|UTC|local\stime)\b)
        |(?<=[Aa][Tt]\s)(?:[01]\d|2[0-3])[0-5]\d
         (?=\s(?i:hours|hrs|gmt|utc|local|today|yesterday|on\s(?:the\s|\d|mon|tue|wed|thu|fri|sat|sun))))
      |(?P<dotted>\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?![\d.]*\d))
      |(?P<decade>['’]?\d{1,3}0['’]?s\b)
      |(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
      |(?P<fraction>\d+(?:\s1/2\b|½))
      |(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)
      |(?P<shortyear>(?<!\w)['’]\d{2}(?![\w%]|['’]s))
      |(?P<poss>['’]s\b)
      |(?P<mark>[^\w\s]|_))""",
    re.VERBOSE,
)
"""A token and the blank before it, that all the kinds are not tried there first: it costs half."""
PLAIN, WORD, MARK = (TOKEN.groupindex[kind] for kind in ("plain", "word", "mark"))
MARKS = {"-": "-", "–": "-", "—": "_", ",": "k", ".": "b", "'": "x", "’": "x"}
CAPITAL = frozenset("MWω")
MONEY = frozenset("$£€¥")
FILLER = frozenset("_kbtavjx-@6785nd↦↤ωβ:⟶")
"""Classes that make no time expression by themselves."""
HALF_DAY = re.compile(r"(?i)[ap]\.?m\b")
LONGEST = 18
"""Characters of a number; a longer one is a key or a mistake, and dates nothing."""


class Word(NamedTuple):
    """A word of the text: bounds, text, and the value of its class."""

    start: int
    end: int
    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule over words ``first`` to ``last`` (exclusive)."""

    rule: Rule
    first: int
    last: int
    groups: dict[str, tuple[Word, ...]]


def words_of(text: str) -> tuple[list[Word], str]:
    """Return the words of ``text`` and the string of their classes, of the same length."""
    table, seconds, feasts, known = tables().words, _second_words(), _first_words(), _known()
    words: list[Word] = []
    classes: list[str] = []
    behind: list[tuple[int, frozenset[str]]] = []
    feast, low = False, ""
    for match in TOKEN.finditer(text):
        kind = match.lastindex or 0
        before, word = low, match[kind]
        low = word.lower()
        char, value = "_", None
        if low in known:
            if low in seconds:
                behind.append((len(words) + 1, seconds[low]))
            if low in feasts and word[0].isupper():
                feast = True
            char, value = _class(match, table)
        elif kind == MARK:
            char = MARKS.get(word, "_")
            if char == "b" and before not in cues().abbreviated:
                char = "_"
        elif kind != PLAIN and kind != WORD:
            char, value = _class(match, table)
        words.append(_word(Word, (*match.span(kind), word, value)))
        classes.append(char)
    phrase = any(words[i].text.lower() in second for i, second in behind if i < len(words))
    if "/" in text:
        _merge_nine_eleven(words, classes)
    if "↤" in classes:
        _leave_conjunctions(words, classes)
    if feast:
        _merge_holidays(words, classes)
    if phrase:
        _merge_phrases(words, classes)
    if "N" in classes:
        _merge_spoken_years(words, classes)
    return words, "".join(classes)


_word = tuple.__new__
"""Makes a ``Word`` in a third of the time of ``Word(…)``: every word of a report becomes one."""


@cache
def _known() -> frozenset[str]:
    """Return the words with a class, and those that begin a phrase or the name of a feast."""
    return frozenset(tables().words) | _second_words().keys() | _first_words().keys()


@cache
def _second_words() -> dict[str, frozenset[str]]:
    """Return the second words of phrases by the first."""
    return {
        first: frozenset(words[1] for words, *_ in found)
        for first, found in tables().phrases.items()
    }


def _class(match: re.Match[str], table: dict[str, tuple[str, Any]]) -> tuple[str, Any]:
    kind = str(match.lastgroup)
    text = match[kind]
    if kind in ("plain", "word"):
        char, value = table.get(text.lower(), ("_", None))
        if char in CAPITAL and not text[0].isupper():
            return "_", None
        return char, value
    if kind == "mark":
        return MARKS.get(text, "_"), None
    if kind == "digits":
        return _number(text, match)
    if kind == "initials":
        return table.get(text.replace(".", "").lower(), ("_", None))
    return READERS[kind](text)


def _fraction(text: str) -> tuple[str, Any]:
    if len(text) > LONGEST:
        return "_", None
    return "n", int(re.split(r"\D", text)[0]) + 0.5


def _short_year(text: str) -> tuple[str, Any]:
    """Read "'98" as the year of the last hundred that is not far ahead."""
    two = int(text[1:])
    return "ŷ", two + (1900 if two > AHEAD else 2000)


def _dotted(text: str) -> tuple[str, Any]:
    """Read "25.12.2020", the day first."""
    day, month, year = text.split(".")
    return ("/", f"{month}/{day}/{year}") if 1 <= int(month) <= 12 else ("_", None)


AHEAD = 40
"""Two digits of a year up to this are of the 21st century."""
READERS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "iso": lambda text: ("i", text),
    "slash": lambda text: ("/", text),
    "clock": lambda text: ("c", text),
    "decade": lambda text: ("D", text),
    "poss": lambda text: ("x", text),
    "oclock": lambda text: ("©", text),
    "part": lambda text: ("ξ", text),
    "zone": lambda text: ("0", text[3:].strip()),
    "ordinal": lambda text: ("o", int(re.sub(r"\D", "", text))),
    "ampm": lambda text: ("A", 12 if text[0] in "pP" else 0),
    "era": lambda text: ("z", "BC" if text[0] in "bB" else "AD"),
    "fraction": _fraction,
    "shortyear": _short_year,
    "dotted": _dotted,
}
"""What each kind of token that is no word, mark or number gives: its class and value."""


def _number(text: str, match: re.Match[str]) -> tuple[str, Any]:
    start = match.start("digits")
    before = match.string[start - 1 : start]
    if before in MONEY or before == "#":
        return "_", None
    after = match.string[match.end() : match.end() + 1]
    if after == "%" or (before and before.isalpha()):
        return "_", None
    if (after.isalpha() or after == "_") and not HALF_DAY.match(match.string, match.end()):
        return "_", None
    if len(text) > LONGEST:
        return "_", None
    if text.isdigit() and text.isascii():
        number = int(text)
        if len(text) == 4 and 1000 <= number <= 2100:
            return "y", number
        return ("d" if 0 < number <= 31 and len(text) <= 2 else "n"), number
    try:
        return "n", float(text.replace(",", ""))
    except ValueError:
        return "_", None


def _leave_conjunctions(words: list[Word], classes: list[str]) -> None:
    """Take "before" for a part of "the year before" only where nothing follows it."""
    for i, char in enumerate(classes):
        following = words[i + 1].text.lower() if i + 1 < len(words) else ""
        if char == "↤" and following not in cues().clause_end:
            classes[i] = "_"


def _merge_nine_eleven(words: list[Word], classes: list[str]) -> None:
    """Read "9/11" as the day of that name."""
    for i in range(len(words) - 2):
        if words[i].text == "9" and words[i + 1].text == "/" and words[i + 2].text == "11":
            _join(words, classes, i, i + 3, "$", "09-11")
            return _merge_nine_eleven(words, classes)
    return None


def _merge_holidays(words: list[Word], classes: list[str]) -> None:
    """Join the words of named holidays, the longest name first."""
    names, firsts = tables().holidays, _first_words()
    i = 0
    while i < len(words):
        longest = firsts.get(words[i].text.lower(), 0) if words[i].text[0].isupper() else 0
        for size in range(min(longest, len(words) - i), 0, -1):
            name = " ".join(w.text.lower().replace("’", "'") for w in words[i : i + size])
            if name.replace(" . ", ". ") in names:
                _join(words, classes, i, i + size, "&", names[name.replace(" . ", ". ")])
                break
        i += 1


def _merge_phrases(words: list[Word], classes: list[str]) -> None:
    """Join the phrases that count as one word: "right now", "or so"."""
    phrases = tables().phrases
    i = 0
    while i < len(words):
        for phrase, char, value in phrases.get(words[i].text.lower(), ()):
            j = i + len(phrase)
            if tuple(w.text.lower() for w in words[i:j]) == phrase:
                _join(words, classes, i, j, char, value)
                break
        i += 1


def _merge_spoken_years(words: list[Word], classes: list[str]) -> None:
    """Join the words of a year: "nineteen ninety-seven", "the year two thousand"."""
    i = 0
    while i < len(words) - 1:
        if classes[i] == "N" and (found := _spoken_year(words, classes, i)) is not None:
            year, end = found
            _join(words, classes, i, end, "y", year)
        i += 1


def _spoken_year(words: list[Word], classes: list[str], i: int) -> tuple[int, int] | None:
    """Return the year spelled from word ``i`` on and where it ends."""
    head, second = words[i].value, words[i + 1]
    if head == 2 and second.text.lower() == "thousand":
        j = i + 2 + (i + 2 < len(words) and words[i + 2].text.lower() == "and")
        rest, end = _below_hundred(words, classes, j)
        if rest is None:
            return (2000, i + 2) if i and classes[i - 1] == "Y" else None
        return (2000 + rest, end) if end == len(words) or classes[end] not in "UuH-" else None
    if head not in (17, 18, 19, 20):
        return None
    rest, end = _below_hundred(words, classes, i + 1)
    if rest is None or rest < 10 or (end < len(words) and classes[end] in "UuH"):
        return None
    return head * 100 + rest, end


def _below_hundred(words: list[Word], classes: list[str], i: int) -> tuple[int | None, int]:
    """Return the number below a hundred spelled from word ``i`` on and where it ends."""
    if i >= len(words) or classes[i] != "N" or not words[i].value:
        return None, i
    first, j = int(words[i].value), i + 1
    if first < 20:
        return first, j
    k = j + (j < len(words) and classes[j] == "-")
    if k < len(words) and classes[k] == "N" and 0 < words[k].value < 10:
        return first + int(words[k].value), k + 1
    return first, j


@cache
def _first_words() -> dict[str, int]:
    sizes: dict[str, int] = {}
    for name in tables().holidays:
        parts = name.replace(". ", " . ").split()
        sizes[parts[0]] = max(sizes.get(parts[0], 0), len(parts))
    return sizes


def _join(words: list[Word], classes: list[str], i: int, j: int, char: str, value: Any) -> None:
    text = " ".join(w.text for w in words[i:j])
    words[i:j] = [Word(words[i].start, words[j - 1].end, text, value)]
    classes[i:j] = [char]


Read = TypeVar("Read")


def scan(
    text: str, read: Callable[[Found], Read | None]
) -> tuple[list[Word], str, list[tuple[Found, Read]]]:
    """Return the words, their classes and what ``read`` makes of the matches, in text order.

    The longest match wins; one that ``read`` refuses gives way to the next.
    """
    words, classes = words_of(text)
    runs = [(m.start(), m[0]) for m in RUN.finditer(classes) if not FILLER.issuperset(m[0])]
    matches = _matches({run for _, run in runs})
    candidates = [_found(match, words, at) for at, run in runs for match in matches[run]]
    candidates.sort(key=lambda f: (f.first - f.last, f.first))
    taken = bytearray(len(words))
    kept = []
    for found in candidates:
        if any(taken[found.first : found.last]):
            continue
        meaning = read(found)
        if meaning is not None:
            taken[found.first : found.last] = b"\1" * (found.last - found.first)
            kept.append((found, meaning))
    return words, classes, sorted(kept, key=lambda pair: pair[0].first)


RUN = re.compile(r"[^_]+")


class Match(NamedTuple):
    """Where a rule matches in a run of classes, and its groups there."""

    rule: Rule
    start: int
    end: int
    groups: tuple[tuple[str, int, int], ...]


def _matches(runs: Collection[str]) -> dict[str, Sequence[Match]]:
    """Return what matches in each run of words with a class, by the order of the rules.

    No rule reads over a word of no class, so that each run stands for itself: most are short and
    come again and again.
    """
    found = {run: kept for run in runs if (kept := _KEPT.get(run)) is not None}
    if len(found) < len(runs):
        new = _searched([run for run in runs if run not in found])
        found |= new
        if len(_KEPT) > MOST:
            _KEPT.clear()
        _KEPT.update((run, matches) for run, matches in new.items() if len(run) <= SHORT)
    return found


SHORT, MOST = 40, 4096
"""Words of a run whose matches are kept, and of how many runs."""
_KEPT: dict[str, Sequence[Match]] = {}


def _searched(runs: Sequence[str]) -> dict[str, Sequence[Match]]:
    """Return what matches in each run: all are searched at once, with a word of no class between."""
    found: dict[str, list[Match]] = {run: [] for run in runs}
    places = [(run, at) for run in runs for at in range(len(run) + 1)]
    text = "_".join(runs)
    for rule in tables().rules:
        for match in rule.pattern.finditer(text):
            run, at = places[match.start()]
            if match[0]:
                groups = tuple(_groups(match, match.start() - at))
                found[run].append(Match(rule, at, at + len(match[0]), groups))
    return dict(found)


def _groups(match: re.Match[str], origin: int) -> Iterator[tuple[str, int, int]]:
    for name in match.re.groupindex:
        start, end = match.span(name)
        if start >= 0:
            yield name, start - origin, end - origin


def _found(match: Match, words: list[Word], at: int) -> Found:
    """Return a match in the run that begins with word ``at``."""
    groups = {name: tuple(words[at + start : at + end]) for name, start, end in match.groups}
    return Found(match.rule, at + match.start, at + match.end, groups)
