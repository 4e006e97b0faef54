"""Attributions by layout: the turns of a transcript, and quotations with a name under them.

``HALL: We waited.`` in a paragraph of its own is what Hall said, where the
report names Hall elsewhere or the label is one of a transcript ("Q", "REPORTER").
``“It was loud.” — Maria Hall`` is what Maria Hall said.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.statements.decode import Found
from dateline.statements.elements import trimmed
from dateline.statements.lexicon import lexicon
from dateline.statements.view import View

SCORE = 0.9
"""Confidence of an attribution by layout."""
MAX_LABEL = 4
"""Words before the colon of a turn."""
MAX_NAME = 6
"""Words of a name under a quotation."""
MIN_SIGNED = 5
"""Tokens of a quotation that may bear a name."""
DASHES = frozenset({"-", "--", "–", "—", "―"})
MARKS = "\"'“”‘’"
NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "PUNCT", "ADP"})
NO_NAME = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "TIME"})
ENDS = frozenset({".", ",", "(", ";"})


def turns(view: View) -> Iterator[Found]:
    """Yield the turns of a transcript, each with the paragraph it stands in."""
    names: frozenset[str] | None = None
    for first, last in view.paras:
        start = first + (first < last and view.lower[first] in MARKS)
        colon = _label(view, start, last)
        if colon is None or colon + 1 >= last:
            continue
        if names is None:
            names = _names(view)
        label = view.lower[colon - 1]
        content = trimmed(view, colon + 1, last)
        if (label in names or label in lexicon().turn_labels) and content[0] < content[1]:
            yield Found(colon, (colon, colon + 1), SCORE, (start, colon), colon - 1, SCORE, (content,))  # fmt: skip


def _label(view: View, first: int, last: int) -> int | None:
    """Return the colon of a paragraph that opens with a label in capitals."""
    for i in range(first, min(first + MAX_LABEL + 1, last)):
        text = view.doc[i].text
        if text == ":":
            return i if i > first else None
        if not (text.isupper() or text == "."):
            return None
    return None


def _names(view: View) -> frozenset[str]:
    """Return the names of the report, as they are written outside labels, but those of places and times."""
    return frozenset(
        view.lower[i]
        for i in range(view.n)
        if view.pos[i] == "PROPN" and view.ent[i] not in NO_NAME and not view.doc[i].text.isupper()
    )


def signed(view: View) -> Iterator[Found]:
    """Yield quotations with a dash and a name after them."""
    if not view.quotes:
        return
    for i in [i for i, lower in enumerate(view.lower) if i and lower.strip(MARKS) in DASHES]:
        number = view.quoted[i] if view.quoted[i] >= 0 else view.quoted[i - 1]
        if number < 0:
            continue
        first, last = view.quote_tokens[number]
        opens = first == 0 or view.para[first - 1] != view.para[first] or not _goes_on(view, first)
        if last not in (i, i + 1) or last - first < MIN_SIGNED or not opens:
            continue
        name = _name(view, i + 1)
        if name is not None:
            content = trimmed(view, first, min(last, i))
            yield Found(i, (i, i + 1), SCORE, name, name[1] - 1, SCORE, (content,))


def _goes_on(view: View, first: int) -> bool:
    """Return whether a quotation stands inside a sentence that began before it."""
    before = first - 1
    return view.pos[before] != "PUNCT" and view.sent[before] == view.sent[first] and not _was_name(view, before)  # fmt: skip


def _was_name(view: View, token: int) -> bool:
    """Return whether the words before belong to the name under another quotation."""
    for i in range(token, max(token - MAX_NAME, 0), -1):
        if view.lower[i].strip(MARKS) in DASHES:
            return True
        if view.pos[i] not in NAME_POS:
            return False
    return False


def _name(view: View, first: int) -> tuple[int, int] | None:
    """Return the name that stands alone up to a quotation, a full stop or the end of the paragraph."""
    if first >= view.n or view.pos[first] != "PROPN":
        return None
    last = first
    end = view.paras[view.para[first]][1]
    while last < end and last - first < MAX_NAME and view.pos[last] == "PROPN" and view.quoted[last] < 0:  # fmt: skip
        last += 1
    stops = last == end or view.quoted[last] >= 0 or view.lower[last] in ENDS
    return (first, last) if stops and last > first else None
