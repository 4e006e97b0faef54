"""Quantities in a parsed report: numbers with bounds, units and what they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc, Token

from dateline.language import columns, notes, span_at, tokens_at
from dateline.quantities.ages import AGE, age_end
from dateline.quantities.counted import counted_head, counted_tokens, counts_people, is_people
from dateline.quantities.earlier import with_earlier
from dateline.quantities.names import is_quantity, is_result, ranges_years
from dateline.quantities.numbers import DIGIT, HYPHENS, Number, number_at
from dateline.quantities.single import singles
from dateline.quantities.tables import load
from dateline.records import Blank, BlankReason, Quantity, make_id


@dataclass(frozen=True, slots=True)
class Found:
    """A number with its bounds, in tokens ``start:end`` of the document."""

    start: int
    end: int
    last: int
    """The token behind which the unit or the counted noun stands."""
    value: float | None
    low: float | None
    high: float | None
    approximation: str
    rule: str
    currency: str | None = None
    unit: str | None = None
    rate: str | None = None
    """What it is for each of."""


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the quantities of a report."""
    found = list(quantities(doc))
    starts = {q.counted.end for q in found if q.counted is not None}
    one = [q for q in singles(doc, {q.id for q in found}) if q.span.end not in starts]
    ordered = sorted([*found, *one], key=lambda q: (q.span.start, q.span.end))
    return {"quantities": tuple(ordered)}


def quantities(doc: Doc) -> Iterator[Quantity]:
    """Yield the quantities of a report, in order."""
    words, dated = columns(doc).lower, _dated(doc)
    previous: Quantity | None = None
    noun: Quantity | None = None
    taken: set[str] = set()
    free = 0
    for at in openings(words):
        if at < free:
            continue
        found = None if at in dated and not _counts_time(words, at) else _number(doc, words, at)
        if found is None:
            free = at + 3 if is_result(doc, at) else at
            continue
        made = _quantity(doc, words, found, taken)
        made = with_earlier(doc, made, found, previous, noun)
        noun = made if made.counted is not None or made.kind == "money" else noun
        taken.add(made.id)
        previous = made
        yield made
        free = found.end


def openings(words: Sequence[str]) -> list[int]:
    """Return the places of the words that a number may begin with: with a digit, or in the tables."""
    opening = load().opening
    return [
        at
        for at, word in enumerate(words)
        if word in opening or (not word.isalpha() and DIGIT.search(word) is not None)
    ]


def _dated(doc: Doc) -> frozenset[int]:
    """Return the tokens of dates and times, whose numbers count nothing."""
    inside: set[int] = set()
    for time in notes(doc).times:
        tokens = tokens_at(doc, time.span) if time.type in ("DATE", "TIME") else None
        if tokens is not None:
            inside.update(token.i for token in tokens)
    return frozenset(inside)


def _counts_time(words: Sequence[str], at: int) -> bool:
    """Tell "18 years ago" from "May 18"."""
    number = number_at(words, at)
    if number is None:
        return False
    following = [w for w in words[number.end : number.end + 2] if w not in HYPHENS]
    return bool(following) and following[0] in load().times


def _number(doc: Doc, words: Sequence[str], at: int) -> Found | None:
    found = _vague(words, at)
    if found is None:
        number = number_at(words, at)
        if number is None:
            return None
        found = _share(words, number) or _ranged(doc, words, number)
        aged = age_end(doc, words, number.start, number.end, number.value)
        if found is None and not aged and not is_quantity(doc, words, number):
            return None
        found = found or Found(
            number.start, number.end, number.end, number.value, number.value, number.value,
            "exact", "number", number.currency, number.unit,
        )  # fmt: skip
    found = _bounded(words, _with_money_before(words, found))
    end = age_end(doc, words, found.start, found.last, found.value)
    if end and not found.currency and not found.unit:
        return replace(found, end=end, last=end, unit=AGE)
    return _with_rate(words, _with_unit(words, found))


def _share(words: Sequence[str], number: Number) -> Found | None:
    """Read "one in four" and "nine out of ten" as ratios."""
    for joint in (("in",), ("out", "of")):
        at = number.end + len(joint)
        if tuple(words[number.end : at]) != joint or at >= len(words):
            continue
        whole = number_at(words, at)
        small = whole is not None and 0 < number.value < whole.value <= 1000
        if whole is None or not small or whole.unit or whole.currency or number.unit:
            continue
        if joint == ("in",) and number.value != 1 and whole.value not in (3, 4, 5, 10, 100):
            continue
        share = round(number.value / whole.value, 6)
        return Found(
            number.start, whole.end, whole.end, share, share, share, "exact", "share",
            unit="fraction",
        )  # fmt: skip
    return None


def _vague(words: Sequence[str], at: int) -> Found | None:
    """Read "dozens", "several hundred", "tens of thousands"."""
    tables = load()
    for row in tables.vague_by_word.get(words[at], ()):
        end = at + len(row.words)
        if tuple(words[at:end]) != row.words:
            continue
        low, high, value = row.low, row.high, row.value
        if (
            words[end : end + 1] == ["of"]
            and words[end + 1 : end + 2]
            and _plural_scale(words[end + 1])
        ):
            scale, end = _plural_scale(words[end + 1]), end + 2
        elif row.words in (("several",), ("a", "few"), ("a", "couple")):
            skip = 1 if words[end : end + 1] == ["of"] else 0
            word = words[end + skip] if end + skip < len(words) else ""
            scale = tables.scales.get(word, 0) if len(word) > 2 else 0
            end = end + skip + 1 if scale else end
        else:
            scale = 0
        if scale:
            low, high = low * scale, None if high is None else (high + 1) * scale - 1
            value = None
        exact = value is not None
        rule = f"vague.{'_'.join(row.words)}"
        return Found(at, end, end, value, low, high, "exact" if exact else "vague", rule)
    return None


def _plural_scale(word: str) -> float:
    return load().scales.get(word[:-1], 0) if word.endswith("s") else 0


def _ranged(doc: Doc, words: Sequence[str], number: Number) -> Found | None:
    """Read "20 to 30", "between 20 and 30", "two or three"."""
    if number.end >= len(words):
        return None
    joint = words[number.end]
    start = number.start
    opener = words[start - 1] if start else ""
    if opener in load().currencies and _is_sign(opener) and start > 1:
        number = replace(number, currency=load().currencies[opener])
        start, opener = start - 1, words[start - 2]
    if not (joint in ("to", "or", *HYPHENS) or (joint == "and" and opener == "between")):
        return None
    second = _second(words, number.end + 1)
    if second is None or not _alike(words, number, second, opener):
        return None
    low, high = number.value, second.value
    if (
        low < 1000 <= high
        and high % 1000 == 0
        and number.end == number.start + 1
        and low * 1000 < high
    ):
        low = low * _scale_of(high)
    if low >= high:
        return None
    if joint == "or" and high > 12 and high > 1.5 * low:
        return None
    start = start - 1 if opener in ("between", "from") else start
    currency = number.currency or second.currency
    if is_result(doc, number.start) or ranges_years(doc, number, second):
        return None
    return Found(
        start, second.end, second.end, None, low, high, "range", "range", currency, second.unit
    )


def _alike(words: Sequence[str], first: Number, second: Number, opener: str) -> bool:
    """Tell "20 to 30" from "rose by 5 to 30" and "rose 5% to 30"."""
    tables = load()
    following = words[second.end : second.end + 1]
    if first.unit == "percent" and second.unit != "percent" and following != ["percent"]:
        return False
    marked = first.currency or first.unit
    return not (marked and words[first.end] == "to" and opener in ("by", *tables.changed))


def _second(words: Sequence[str], at: int) -> Number | None:
    if at < len(words) and words[at] in load().currencies and at + 1 < len(words):
        at += 1
    return number_at(words, at) if at < len(words) else None


def _scale_of(value: float) -> float:
    return next(scale for scale in (1e12, 1e9, 1e6, 1e3) if value >= scale)


def _with_money_before(words: Sequence[str], found: Found) -> Found:
    """Take in a currency sign before the number: "$ 3.5"."""
    tables = load()
    start = found.start
    sign = words[start - 1] if start else ""
    if found.currency is None and sign in tables.currencies and _is_sign(sign):
        start, found = start - 1, replace(found, start=start - 1, currency=tables.currencies[sign])
    if found.currency and start and words[start - 1] in tables.prefixes:
        code = tables.prefixes[words[start - 1]]
        return replace(found, start=start - 1, currency=code)
    return found


def _is_sign(word: str) -> bool:
    """Tell what is written before a number ("$", "Rs", "USD") from a word ("won four")."""
    return not word.isalpha() or word in ("rs", "usd", "eur", "gbp", "jpy")


def _bounded(words: Sequence[str], found: Found) -> Found:
    """Take in the words before and after that make a bound of the number."""
    tables = load()
    for length in (5, 4, 3, 2, 1):
        phrase = tuple(words[max(0, found.start - length) : found.start])
        if len(phrase) == length and phrase in tables.before:
            how = tables.before[phrase]
            bounded = _apply(
                replace(found, start=found.start - length), how, phrase in tables.close
            )
            return replace(bounded, rule=f"{found.rule}+{'_'.join(phrase)}")
    for length in (3, 2, 1):
        phrase = tuple(words[found.end : found.end + length])
        if len(phrase) == length and phrase in tables.after and (length > 1 or phrase == ("odd",)):
            bounded = _apply(replace(found, end=found.end + length), tables.after[phrase], False)
            return replace(bounded, last=found.end, rule=f"{found.rule}+{'_'.join(phrase)}")
    return found


def _apply(found: Found, how: str, close: bool) -> Found:
    low, high = found.low, found.high
    if found.approximation == "vague" and how == "about":
        return found
    if how in ("at_least", "more_than"):
        high = None
    elif how in ("at_most", "less_than"):
        low = round(0.9 * high, 6) if close and high is not None else None
        value = found.value
        return replace(found, value=value, low=low, approximation=how)
    if found.approximation == "range":
        how = "range"
    return replace(found, low=low, high=high, approximation=how)


def _with_unit(words: Sequence[str], found: Found) -> Found:
    """Take in a unit behind the number: "percent", "km", "euros", "-year"."""
    tables = load()
    if found.unit in ("percent", "fraction") or found.end > found.last:
        return found
    at = (
        found.last + 1
        if words[found.last : found.last + 1] and words[found.last] in HYPHENS
        else found.last
    )
    if found.currency:
        end = at + 1 if words[at : at + 1] and tables.currencies.get(words[at]) else found.end
        return replace(found, end=end)
    for length in (3, 2, 1):
        phrase = tuple(words[at : at + length])
        unit = tables.units.get(phrase) if len(phrase) == length else None
        if unit and not (unit == "metre" and words[at] == "m" and at != found.last):
            return replace(found, end=at + length, last=at + length, unit=unit)
    return _money_behind(words, found, at)


def _money_behind(words: Sequence[str], found: Found, at: int) -> Found:
    """Read "five million Egyptian pounds", "ten cents"."""
    tables = load()
    nation = tables.nations.get(words[at]) if at < len(words) else None
    noun = at + 1 if nation else at
    word = words[noun] if noun < len(words) else ""
    if nation and word in tables.national:
        return replace(found, end=noun + 1, last=noun + 1, currency=nation)
    if word == "lakh" or word not in tables.currencies or len(word) < 3:
        return found
    return replace(found, end=noun + 1, last=noun + 1, currency=nation or tables.currencies[word])


def _with_rate(words: Sequence[str], found: Found) -> Found:
    """Take in what a price or measure is for each of: "$58 per barrel", "5 percent a year"."""
    tables = load()
    name = found.currency or found.unit
    if not name or name in ("fraction", AGE) or not words[found.end : found.end + 1]:
        return found
    joint, each = words[found.end], words[found.end + 1 : found.end + 2]
    if not each or joint not in ("per", "a", "an", "/", "each"):
        return found
    noun = tables.times.get(each[0]) or tables.units.get((each[0],))
    if noun is None and joint == "per" and each[0].isalpha():
        noun = each[0]
    if noun is None or (joint in ("a", "an") and noun == "degree"):
        return found
    return replace(found, end=found.end + 2, last=found.end + 2, rate=noun)


def _quantity(doc: Doc, words: Sequence[str], found: Found, taken: set[str]) -> Quantity:
    head = counted_head(doc, found.start, found.last)
    kind, unit = _kind(doc, words, found, head)
    first, last = doc[found.start], doc[found.end - 1]
    span = span_at(doc, first.idx, last.idx + len(last))
    counted = None
    if head is not None and kind in ("count", "ratio", "percent"):
        tokens = counted_tokens(doc, head, found.end)
        if tokens:
            counted = span_at(doc, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    blanks: tuple[Blank, ...] = ()
    if counted is None and kind == "count":
        blanks = (Blank(field="counted", reason=BlankReason.NOT_MENTIONED),)
    return Quantity(
        id=make_id("q", span, taken),
        span=span,
        value=found.value,
        low=found.low,
        high=found.high,
        kind=kind,
        unit=unit,
        approximation=found.approximation,
        counted=counted,
        change=_change(doc, found, kind),
        rule=found.rule,
        blanks=blanks,
    )


def _kind(
    doc: Doc, words: Sequence[str], found: Found, head: Token | None
) -> tuple[str, str | None]:
    tables = load()
    per = f" per {found.rate}" if found.rate else ""
    if found.currency:
        return "money", found.currency + per
    if found.unit == "percent":
        return "percent", "percent" + per
    if found.unit in tables.coins:
        return "money", found.unit + per
    if found.unit == "fraction":
        return "ratio", None
    if found.unit:
        return "measure", found.unit + per
    at = (
        found.last + 1
        if words[found.last : found.last + 1] and words[found.last] in HYPHENS
        else found.last
    )
    if at < len(words) and words[at] in tables.times:
        return "duration", tables.times[words[at]]
    if head is not None and head.lower_ in tables.times:
        return "duration", tables.times[head.lower_]
    if head is None:
        return "count", "person" if counts_people(doc, found.start, found.last) else None
    return "count", "person" if is_people(head) else head.lemma_.lower()


def _change(doc: Doc, found: Found, kind: str) -> str | None:
    tables = load()
    before = doc[found.start - 1] if found.start else None
    if before is None or kind == "duration":
        return None
    if kind == "count" and before.lower_ not in ("up", "down", "by"):
        return None
    for direction, words in (("up", tables.up), ("down", tables.down)):
        if before.lower_ in words and before.lower_ in ("up", "down"):
            return direction
        verb = before.head if before.lower_ == "by" else before
        if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in words:
            return direction
    return None


def quantity_at(doc: Doc, token: Token) -> Quantity | None:
    """Return the quantity whose number or counted noun holds ``token``; ``None`` if there is none."""
    return _index(doc).get(token.i)


def _index(doc: Doc) -> Mapping[int, Quantity]:
    records = notes(doc).quantities
    cached = doc.user_data.get("dateline_quantity_index")
    if cached is not None and cached[0] is records:
        found: Mapping[int, Quantity] = cached[1]
        return found
    index: dict[int, Quantity] = {}
    for quantity in records:
        for span in (quantity.counted, quantity.span):
            tokens = tokens_at(doc, span) if span else None
            for token in tokens or ():
                index[token.i] = quantity
    doc.user_data["dateline_quantity_index"] = (records, index)
    return index
