"""Numbers that count nothing: years, names, labels, clock times, results."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dateline.language import columns
from dateline.quantities.numbers import HYPHENS, Number
from dateline.quantities.tables import load

INSIDE = ("PRODUCT", "LAW", "FAC", "EVENT", "WORK_OF_ART", "ORG")
"""Entities whose inner numbers are part of the name: "S&P 500", "Article 5"."""
OPENING = ("PRODUCT", "LAW", "EVENT", "WORK_OF_ART")
"""Entities whose first number is part of the name: "787 Dreamliner"."""
CLOCK = ("a.m.", "p.m.", "am", "pm", "gmt", "o'clock", "a.m", "p.m")
RANKS = ("top", "bottom", "final", "last")
AMOUNTS = ("average", "total", "maximum", "minimum", "distance", "sum")
FIRST_YEAR, LAST_YEAR = 1400, 2100


def is_quantity(doc: Doc, words: Sequence[str], number: Number) -> bool:
    """Tell numbers that count from those that name, date or label something."""
    token = doc[number.start]
    before = words[number.start - 1] if number.start else ""
    after = words[number.end] if number.end < len(words) else ""
    if before in load().labels or before in ("/", ":", "#") or after in (":", "/", *CLOCK):
        return _is_ratio_sign(words, number)
    if token.lower_ == "one" and number.end == number.start + 1:
        return _counts_one(token, after)
    if looks_like_year(token, number):
        return _counts_things(doc, number)
    return not (
        _is_named(doc, number)
        or _is_dated(doc, number)
        or _is_joined(doc, number)
        or _is_ranked(doc, before, number)
        or is_result(doc, number.start)
    )


def looks_like_year(token: Token, number: Number) -> bool:
    """Return whether a number is written as years are: four figures, no comma, no sign."""
    return (
        len(token.text) == 4
        and token.text.isdecimal()
        and FIRST_YEAR <= number.value <= LAST_YEAR
        and number.end == number.start + 1
        and not number.currency
        and not number.unit
    )


def _is_ratio_sign(words: Sequence[str], number: Number) -> bool:
    """Tell "$5/barrel" and "40 km/h" from "9/11"."""
    after = words[number.end] if number.end < len(words) else ""
    behind = words[number.end + 1] if number.end + 1 < len(words) else ""
    return after == "/" and bool(number.currency or number.unit) and behind.isalpha()


def _counts_one(token: Token, after: str) -> bool:
    """Tell "one soldier" and "one of the soldiers" from "no one" and "one can see"."""
    if after == "of":
        return token.i == 0 or token.nbor(-1).lower_ not in ("no", "any", "every", "each", "this")
    return token.dep_ == "nummod" and token.head.i > token.i


def _counts_things(doc: Doc, number: Number) -> bool:
    """Tell "1500 troops" from "the 1988 horror film" and "2019 review - pictures"."""
    at = number.end
    if any(doc[max(0, number.start - 2) : number.start].text.lower() == f"{w} of" for w in AMOUNTS):
        return True
    if at < len(doc) and (doc[at].lower_,) in load().units:
        return True
    if _after_date(doc, number.start) or _beside_year(doc, number):
        return False
    while at < len(doc) and doc[at].pos_ in ("ADJ", "NOUN", "PROPN") and at < number.end + 4:
        if doc[at].tag_ in ("NNS", "NNPS") or doc[at].lower_ in load().people:
            return not _is_plural_name(doc, number)
        at += 1
    return False


def _after_date(doc: Doc, at: int) -> bool:
    """Tell the year of "9 March 2018" and "March 9 2018" from a count."""
    before = [token.lower_.rstrip(".") for token in doc[max(0, at - 2) : at]]
    return any(word in load().months for word in before)


def _beside_year(doc: Doc, number: Number) -> bool:
    """Tell "between 1600 and 1900" from two counts."""
    for joint, other in ((number.start - 1, number.start - 2), (number.end, number.end + 1)):
        if other < 0 or other >= len(doc) or doc[joint].lower_ not in ("and", "to", *HYPHENS):
            continue
        token = doc[other]
        if len(token.text) == 4 and token.text.isdecimal():
            return int(token.text) <= LAST_YEAR
    return False


def ranges_years(doc: Doc, first: Number, second: Number) -> bool:
    """Tell "between 1914 and 1918" and "in 2018 to 3.9 million" from "1500 to 2000 people"."""
    if not looks_like_year(doc[first.start], first):
        return False
    following = doc[second.end] if second.end < len(doc) else None
    if second.value > 100 * first.value:
        return True
    counting = following is not None and (
        following.tag_ == "NNS" or (following.lower_,) in load().units
    )
    return not counting and looks_like_year(doc[second.start], second)


def _is_plural_name(doc: Doc, number: Number) -> bool:
    """Tell "the 2020 elections" from "1500 troops": the year follows a determiner."""
    before = doc[number.start - 1] if number.start else None
    return before is not None and (
        before.pos_ == "DET" or before.dep_ == "poss" or before.tag_ in ("POS", "PRP$")
    )


def _is_named(doc: Doc, number: Number) -> bool:
    token = doc[number.start]
    if number.currency or number.unit:
        return False
    if token.ent_type_ in INSIDE and token.ent_iob_ == "I":
        return True
    if token.ent_type_ in OPENING and number.end < len(doc) and doc[number.end].pos_ == "PROPN":
        return True
    if _is_model(doc, number):
        return True
    before = doc[number.start - 1] if number.start else None
    if before is None or before.pos_ != "PROPN":
        return False
    if token.is_title and not token.is_sent_start and before.is_title:
        return True
    return token.dep_ in ("nummod", "appos", "punct") and token.head.i < token.i


def _is_model(doc: Doc, number: Number) -> bool:
    """Tell "its 787 Dreamliner" from "300 Taliban"."""
    if number.end >= len(doc) or not doc[number.start].text.isdecimal() or number.value < 100:
        return False
    name = doc[number.end]
    return (
        name.tag_ in ("NNP", "NN")
        and name.is_title
        and name.dep_ != "compound"
        and name.ent_type_ in ("", "PRODUCT")
    )


def _is_dated(doc: Doc, number: Number) -> bool:
    """Tell "Mar 9 2018" and "9 March" from a count, where the dates were not found."""
    months, at = load().months, number.start
    if not (number.value <= 31 and doc[at].text.isdecimal()):
        return False
    after = doc[number.end].lower_ if number.end < len(doc) else ""
    before = doc[at - 1].lower_.rstrip(".") if at else ""
    if before in months and before != "may":
        return not (number.end < len(doc) and doc[number.end].tag_ == "NNS")
    return after.rstrip(".") in months and (after != "may" or doc[number.end].text == "May")


def _is_joined(doc: Doc, number: Number) -> bool:
    """Tell the "four" of "all-four-door" and the "09" of "2019-09-01" from a count."""
    at = number.start
    if at < 2 or doc[at - 1].text not in HYPHENS or doc[at - 1].whitespace_:
        return False
    head = doc[at - 2]
    if head.whitespace_ or number.currency:
        return False
    return (head.is_alpha and not head.like_num) or (head.text.isdecimal() and len(head.text) == 4)


def _is_ranked(doc: Doc, before: str, number: Number) -> bool:
    """Tell "the bottom three" and "the last 16" from "the top three seeds"."""
    if before not in RANKS:
        return False
    after = doc[number.end] if number.end < len(doc) else None
    return after is None or not (after.pos_ in ("NOUN", "ADJ", "PROPN") or after.text in HYPHENS)


def is_result(doc: Doc, at: int) -> bool:
    """Tell a result ("won 3-1") or a telephone number from a range ("20-30 people")."""
    texts = columns(doc).text
    if at + 2 >= len(texts) or texts[at + 1] not in HYPHENS:
        return False
    first, second = doc[at].text, doc[at + 2]
    if first.isdecimal() and second.text.isdecimal() and len(first) == 3 and len(second) == 4:
        return at + 3 >= len(doc) or doc[at + 3].pos_ not in ("NOUN", "PROPN", "ADJ", "SYM")
    if not (first.isdecimal() and second.text.isdecimal() and len(first) < 3 and len(second) < 3):
        return False
    counting = at + 3 < len(doc) and doc[at + 3].pos_ in ("NOUN", "PROPN", "ADJ", "SYM")
    return int(second.text) <= int(first) or not counting
