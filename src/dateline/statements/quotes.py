"""Quotation marks: which characters of a text stand between them.

Curly, straight, doubled and angled marks, single marks as far as they can be
told from apostrophes, nested quotations, quotations that go on over several
paragraphs (each opened again, only the last one closed), and those that are
never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.statements.lexicon import lexicon

MARK = re.compile(r"''|``|[\"“”„‟«»‘’‚‛'＂]")
OPENING = {"“": "double", "„": "double", "‟": "double", "``": "double", "«": "angle"}
CLOSING = {"”": "double", "»": "angle"}
STRAIGHT = {'"': "double", "''": "double", "＂": "double"}
SINGLE = frozenset("‘’‚‛'")
MAX_OPEN = 12
"""Paragraphs; a quotation that goes on for longer is taken to have been left open by mistake."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks, in one paragraph; offsets include the marks."""

    start: int
    end: int
    level: int
    """0 for an outermost quotation, 1 for one inside it."""
    closed: bool
    """Whether a closing mark was found in this paragraph."""
    continued: bool
    """Whether it goes on from the paragraph before."""


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return the quotations of ``text``, in order of their start.

    Args:
        text: any text.
        paragraphs: start and end of each paragraph, in order.
    """
    found: list[Quote] = []
    still_open = 0
    for number, (start, end) in enumerate(paragraphs):
        here = _paragraph(text, start, end)
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        if (
            here
            and not here[-1].closed
            and (following is None or MARK.match(text, following) is None)
        ):
            here = [_cut(text, quote) for quote in here]
        outer = [quote for quote in here if quote.level == 0]
        if still_open and not (outer and outer[0].start == start):
            still_open = 0
        if still_open and outer:
            first = outer[0]
            again = Quote(first.start, first.end, 0, first.closed, True)
            here = [again if quote is first else quote for quote in here]
        found.extend(here)
        still_open = still_open + 1 if outer and not outer[-1].closed else 0
        still_open %= MAX_OPEN
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end)))


def _paragraph(text: str, start: int, end: int) -> list[Quote]:
    """Pair the marks of one paragraph."""
    quotes: list[Quote] = []
    stack: list[tuple[str, int]] = []
    for kind, opens, first, last in _marks(text, start, end):
        names = [name for name, _ in stack]
        if kind in names and opens is not True:
            at = len(names) - 1 - names[::-1].index(kind)
            quotes.append(Quote(stack[at][1], last, 0, True, False))
            del stack[at:]
        elif opens is not False and kind not in names:
            stack.append((kind, first))
    unclosed = [first for name, first in stack if name != "single"]
    if unclosed:
        quotes.append(Quote(unclosed[0], end, 0, False, False))
    return _releveled(quotes)


def _cut(text: str, quote: Quote) -> Quote:
    """End a quotation that never closes before "..., the mayor said", if it goes on like that."""
    match = _tag().search(text, quote.start, quote.end) if not quote.closed else None
    return replace(quote, end=match.start() + 1) if match else quote


@cache
def _tag() -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon().tags))
    return re.compile(
        rf"[,?!] +(?:(?:[\w.’'-]+ +){{1,6}}(?:{verbs})\b|(?:{verbs}) +[\w.’'-]+)[^,;“\"]*[.]"
    )


def _releveled(quotes: list[Quote]) -> list[Quote]:
    """Count for each quotation how many others hold it."""
    ordered = sorted(quotes, key=lambda quote: (quote.start, -quote.end))
    open_ends: list[int] = []
    out = []
    for quote in ordered:
        while open_ends and open_ends[-1] <= quote.start:
            open_ends.pop()
        out.append(Quote(quote.start, quote.end, len(open_ends), quote.closed, quote.continued))
        open_ends.append(quote.end)
    return out


def _marks(text: str, start: int, end: int) -> Iterator[tuple[str, bool | None, int, int]]:
    """Yield kind, whether it opens (``None``: cannot be told), and the bounds of each mark."""
    for match in MARK.finditer(text, start, end):
        mark = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if mark in OPENING:
            yield OPENING[mark], True, match.start(), match.end()
        elif mark in CLOSING:
            yield CLOSING[mark], False, match.start(), match.end()
        elif mark in STRAIGHT:
            yield "double", _direction(before, after), match.start(), match.end()
        elif (opens := _single(mark, before, after)) is not None:
            yield "single", opens, match.start(), match.end()


def _direction(before: str, after: str) -> bool | None:
    """Tell an opening straight mark from a closing one by the space around it."""
    opens = before.isspace() or before in "([{—–-'‘"
    closes = after.isspace() or after in ".,;:!?)]}—–-'’"
    if opens == closes:
        return None
    return opens


def _single(mark: str, before: str, after: str) -> bool | None:
    """Return whether a single mark opens or closes a quotation; ``None`` for an apostrophe."""
    opens = (before.isspace() or before in '([“"') and after.isalnum()
    closes = not before.isspace() and not after.isalnum()
    if opens and mark != "’":
        return True
    if closes and mark not in "‘‚‛":
        return False
    return None
