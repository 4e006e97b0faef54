"""From a report's text to text that a parser reads well, with the way back.

Collapses white space, joins words hyphenated at a line's end, mends mojibake,
takes out invisible characters, and tells the news from what is copied with it:
share buttons, comment links, bylines, the dateline. Nothing of the report is
changed: every character kept knows where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ftfy
from ftfy.badness import is_bad
from rapidfuzz.distance import Levenshtein

from dateline.language.notes import Segment
from dateline.language.offsets import OffsetMap
from dateline.records import Span
from dateline.yamls import load_yaml

PARAGRAPH_BREAK = re.compile(r"\n(?:[^\S\n]*\n)+[^\S\n]*")
INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
)
HYPHEN_BREAK = re.compile(r"(?<=[a-z])[-\u2010]\n[^\S\n]*(?=[a-z])")
MAX_PARAGRAPH = 5_000
"""Characters; a longer paragraph is parsed in pieces that end between sentences."""
PIECE_END = re.compile(r"[a-z\d)%][.!?][\"”’)\]]*(?=\s+[\"“‘(]?[A-Z])")
"""Where a piece may end: not behind an initial, nor before a small letter."""

DATELINE = re.compile(
    r"""(?P<place>[A-Z][A-Z.'’\-]+(?:\s[A-Z][A-Z.'’\-]+){0,3}(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2})?
         |[A-Z][\w.'’\-]+(?:\s[A-Z][\w.'’\-]+){0,2}(?:,\s[A-Z][\w.]+)?(?=,\s\w+\.?\s\d|\s?\())
        (?:\s\([A-Z][A-Za-z. ]{1,30}\)(?=,\s))?
        (?:,?\s(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][A-Za-z]{2,8})(?:,?\s\d{2,4})?))?
        (?:,?\s?[(/](?P<agency>[A-Z][\w .,/&-]{1,30})[)/])?
        \s?(?:--+|[–—_]|-(?=\s))\s*""",
    re.VERBOSE,
)
NO_PLACE = frozenset(
    ["FILE", "UPDATE", "UPDATED", "EXCLUSIVE", "WATCH", "BREAKING", "OPINION", "ANALYSIS"]
)
"""Words in capitals that stand before a dash and name no place."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned text, its map back, and what was left out."""

    text: str
    offsets: OffsetMap
    segments: tuple[Segment, ...]
    """In offsets of ``text``."""
    furniture: tuple[Span, ...]
    """In offsets of the report."""

    def moved(self, by: int) -> Cleaned:
        """Return the same for a text that stands ``by`` characters into its report."""
        furniture = tuple(
            Span(start=s.start + by, end=s.end + by, text=s.text) for s in self.furniture
        )
        return Cleaned(self.text, self.offsets.moved(by), self.segments, furniture)


def clean(text: str, *, first_is_title: bool = True) -> Cleaned:
    """Return ``text`` as it should be parsed.

    ``first_is_title``: a first paragraph that ends without a full stop is the title.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    segments: list[Segment] = []
    furniture: list[Span] = []
    length = 0
    for kind, start, end in _segments(text, first_is_title):
        if kind == "furniture":
            furniture.append(Span(start=start, end=end, text=text[start:end]))
            continue
        kept, first, last = _characters(text, start, end)
        if not kept:
            continue
        if pieces:
            pieces.append(" ")
            starts.append(ends[-1])
            ends.append(ends[-1])
            length += 1
        pieces.append(kept)
        starts.extend(first)
        ends.extend(last)
        segments.append(Segment(kind, length, length + len(kept)))
        length += len(kept)
    return Cleaned("".join(pieces), OffsetMap(starts, ends), tuple(segments), tuple(furniture))


def _segments(text: str, first_is_title: bool) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each stretch of the text, in order."""
    seen_body = False
    for start, end in _paragraphs(text):
        paragraph = text[start:end]
        if is_furniture(paragraph):
            yield "furniture", start, end
            continue
        title = first_is_title and not seen_body and _is_title(paragraph)
        if title:
            yield "title", start, end
            seen_body = True
            continue
        seen_body = True
        match = DATELINE.match(paragraph)
        if match and _is_dateline(match):
            yield "dateline", start, start + match.end()
            start += match.end()
        for first, last in _pieces(text, start, end):
            yield "body", first, last


def starts_dateline(text: str) -> bool:
    """Tell whether a text begins with a dateline: "PARIS -", "Paris, May 3 (AP) -"."""
    match = DATELINE.match(text)
    return match is not None and _is_dateline(match)


def _is_dateline(match: re.Match[str]) -> bool:
    """Tell "PARIS -" and "Paris, May 3 (AP) -" from "Iraq - a country"."""
    place = match["place"].split(",")[0]
    return bool(match["agency"] or match["date"] or (place.isupper() and place not in NO_PLACE))


def _is_title(paragraph: str) -> bool:
    words = paragraph.split()
    if not 2 < len(words) <= 30 or paragraph.rstrip()[-1] in ".;:,":
        return False
    match = DATELINE.match(paragraph)
    return not (match and match.end() == len(paragraph) and _is_dateline(match))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the paragraphs; single line breaks end one where the lines are ragged."""
    start = 0
    for match in PARAGRAPH_BREAK.finditer(text):
        end = match.start()
        while end > start and text[end - 1].isspace():
            end -= 1
        yield from _lines(text, start, end)
        start = match.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a block into lines, unless it is one paragraph that was wrapped.

    A line break inside a wrapped paragraph does not follow the end of a
    sentence, or the lines are of a like length.
    """
    block = text[start:end]
    if "\n" not in block.strip():
        yield from _trimmed(text, start, end)
        return
    lines = block.split("\n")
    longest = max(len(line) for line in lines)
    wrapped = longest <= 100 and sum(len(line) > 0.6 * longest for line in lines[:-1]) >= 0.7 * (
        len(lines) - 1
    )
    position = first = start
    for i, line in enumerate(lines):
        line_end = position + len(line)
        if i + 1 == len(lines) or _ends_here(line, lines[i + 1], wrapped):
            yield from _trimmed(text, first, line_end)
            first = line_end + 1
        position = line_end + 1


def _ends_here(line: str, following: str, wrapped: bool) -> bool:
    """Return whether a paragraph ends with ``line``."""
    if is_furniture(line) or is_furniture(following):
        return True
    return not wrapped and not following.lstrip()[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph over the limit after a full stop, a space, or anywhere."""
    while end - start > MAX_PARAGRAPH:
        last = start + MAX_PARAGRAPH
        ends = [match.end() for match in PIECE_END.finditer(text, start, last)]
        cut = ends[-1] if ends else text.rfind(" ", start + 1, last) + 1 or last
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _characters(text: str, start: int, end: int) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return what is kept of a stretch, with where each character begins and ends in the report."""
    raw = text[start:end]
    bad = not raw.isascii() and is_bad(raw)
    if raw.isprintable() and not bad and "  " not in raw and "\ufffd" not in raw:
        first = start + (len(raw) - len(raw.lstrip()))
        stripped = raw.strip()
        last = first + len(stripped)
        return _reread(stripped), range(first, last), range(first + 1, last + 1)
    kept = _kept(raw, _mended(raw) if bad else [(c, i, i + 1) for i, c in enumerate(raw)])
    return (
        _reread("".join(character for character, _, _ in kept)),
        [start + first for _, first, _ in kept],
        [start + last for _, _, last in kept],
    )


SCANNED = re.compile(r"\b[A-Z](?=[a-z015]{4,}\b)[a-z]*[015][a-z]{2,}\b")
"""A name with a figure that a scanner read for a letter: "Va5ilev". No such word stands in 5,000 news texts."""
READ_AS = str.maketrans("015", "ols")


def _reread(text: str) -> str:
    """Return the text with the letters that a scanner took for figures; its length stays."""
    return SCANNED.sub(lambda match: match[0].translate(READ_AS), text)


def _kept(raw: str, found: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the characters that are kept, white space as one space, with their bounds in ``raw``."""
    hyphens = {i for match in HYPHEN_BREAK.finditer(raw) for i in range(match.start(), match.end())}
    kept: list[tuple[str, int, int]] = []
    for character, first, last in found:
        if character in INVISIBLE or first in hyphens or character == "\ufffd":
            continue
        if character.isspace() or not character.isprintable():
            if kept and kept[-1][0] != " ":
                kept.append((" ", first, last))
        else:
            kept.append((character, first, last))
    if kept and kept[-1][0] == " ":
        kept.pop()
    return kept


def _mended(raw: str) -> list[tuple[str, int, int]]:
    """Mend mojibake and align the result with what it was made from."""
    fixed = ftfy.fix_encoding(raw)
    if fixed == raw:
        return [(c, i, i + 1) for i, c in enumerate(raw)]
    out: list[tuple[str, int, int]] = []
    for code in Levenshtein.opcodes(raw, fixed):
        source = range(code.src_start, code.src_end)
        target = fixed[code.dest_start : code.dest_end]
        for n, character in enumerate(target):
            if code.tag == "equal":
                out.append((character, source[n], source[n] + 1))
            elif n < len(source):
                last = source[-1] + 1 if n + 1 == len(target) else source[n] + 1
                out.append((character, source[n], last))
            else:
                at = source[-1] + 1 if source else code.src_start
                out.append((character, max(at - 1, 0), at if at else 1))
        if not target and out:
            character, first, _ = out[-1]
            out[-1] = (character, first, code.src_end)
    return out


@cache
def _furniture() -> re.Pattern[str]:
    """Load the patterns of web furniture; each is matched against a whole line."""
    source = files("dateline.language").joinpath("furniture.yaml").read_text(encoding="utf-8")
    patterns = [row["pattern"] for row in load_yaml(source)["furniture"]]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Return whether a line is no part of the news but copied along with it."""
    line = line.strip()
    return len(line) <= 200 and _furniture().fullmatch(line) is not None
