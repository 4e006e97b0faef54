"""Find the time expressions of a parsed report and read their words, before any is dated."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline.language.notes import notes, text_of
from dateline.times.build import meaning_of
from dateline.times.meaning import Meaning
from dateline.times.scan import Found, Word, scan
from dateline.times.tables import tables
from dateline.times.values import SEASONS

MONTH_VERBS = frozenset({"may", "march"})
COUNT_AFTER = frozenset(
    {
        "percent",
        "troops",
        "people",
        "soldiers",
        "men",
        "feet",
        "miles",
        "kilometers",
        "km",
        "dollars",
        "points",
        "shares",
        "votes",
        "killed",
        "wounded",
        "tons",
        "acres",
        "other",
        "others",
        "yards",
        "meters",
        "metres",
        "aircraft",
        "tanks",
        "ships",
        "men,",
        "prisoners",
        "casualties",
        "square",
        "pounds",
        "seats",
        "million",
        "billion",
        "jobs",
        "workers",
    }
)
SOME_DAY = frozenset({"will", "would", "could", "may", "might", "can", "that", "to"})
"""Words before a "one day" that lies some time ahead."""
RATE_BEFORE = frozenset(
    {"once", "twice", "times", "percent", "dollars", "million", "billion", "cents", "hours", "days"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression in the parsed text: bounds in ``doc.text``, rule and meaning."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    before: tuple[str, ...]
    """Up to three words before it, lower case, the nearest last."""
    after: tuple[str, ...]
    follows_name: bool = False
    """The word before it, in the same line, is capitalised."""


NEWS_ONLY = frozenset({"soon", "Soon"})
NARRATIVE_ONLY = frozenset({"former", "future", "recent", "this time"})
"""Attributes that TIMEX2 marks in histories and TIMEX3 does not in news."""


def fitting(mentions: list[Mention], *, narrative: bool) -> list[Mention]:
    """Drop the words that only the other kind of text marks as times."""
    unfit = NEWS_ONLY if narrative else NARRATIVE_ONLY
    refs = ("ref", "this_time")
    return [m for m in mentions if m.rule not in refs or m.meaning.word not in unfit]


def recognise(doc: Doc) -> list[Mention]:
    """Return the mentions of a report, in order."""
    out: list[Mention] = []
    text = text_of(doc)
    for segment in notes(doc).segments:
        out.extend(recognise_text(text[segment.start : segment.end], segment.start))
    return out


def recognise_text(text: str, offset: int = 0) -> list[Mention]:
    """Return the mentions of one stretch of text; ``offset`` is added to their bounds."""
    words, _, matches = scan(text, meaning_of)
    out = []
    for found, meaning in matches:
        mention = _mention(found, meaning, words, text)
        if mention is not None:
            out.append(replace(mention, start=mention.start + offset, end=mention.end + offset))
    return shared(out, text, offset)


SHARING = re.compile(r"\s*(?:-|–|—|,|/|to|and|or|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)
RANGE = re.compile(r"\s*(?:-|–|—|to|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)


def shared(mentions: list[Mention], text: str, offset: int = 0) -> list[Mention]:
    """Give dates of a list or range the year that its last one names: "May to July 1954"."""
    out = list(mentions)
    for i in range(len(out) - 2, -1, -1):
        first, second = out[i].meaning, out[i + 1].meaning
        gap = text[out[i].end - offset : out[i + 1].start - offset]
        if first.kind != "date" or second.kind != "date" or not SHARING.fullmatch(gap):
            continue
        if not (_yearless(first) and second.year and (second.month or second.season)):
            continue
        back = int(_position(first) > _position(second))
        if back and not RANGE.fullmatch(gap):
            continue
        year = second.year + back if second.bc else second.year - back
        out[i] = replace(out[i], meaning=replace(first, year=year, bc=second.bc))
    return out


def _yearless(meaning: Meaning) -> bool:
    return (
        bool(meaning.month or meaning.season)
        and meaning.year is None
        and meaning.shift is None
        and meaning.value is None
    )


def _position(meaning: Meaning) -> tuple[int, int]:
    start = meaning.month or SEASONS.get(str(meaning.season), (1, 1))[0]
    return start, meaning.day or 0 if meaning.month else 0


def _mention(found: Found, meaning: Meaning, words: list[Word], text: str) -> Mention | None:
    before = tuple(w.text.lower() for w in words[max(0, found.first - 3) : found.first])
    after = tuple(w.text.lower() for w in words[found.last : found.last + 2])
    if found.rule.id == "holiday" and _named_after(words, found.last):
        return None
    chosen = words[found.first : found.last]
    mention = Mention(
        chosen[0].start,
        chosen[-1].end,
        found.rule.id,
        meaning,
        before,
        after,
        follows_name=_after_capital(words, found.first, text),
    )
    return _filtered(mention, text[mention.start : mention.end])


def _after_capital(words: list[Word], at: int, text: str) -> bool:
    """Tell whether a capitalised word stands one blank before the word ``at``."""
    if not at or not words[at - 1].text[:1].isupper():
        return False
    return text[words[at - 1].end : words[at].start] == " "


def _named_after(words: list[Word], end: int) -> bool:
    """Tell the "Easter" of "Easter Island" and the "Tet" of "the Tet Offensive"."""
    following = words[end].text if end < len(words) and words[end].value is None else ""
    return following.istitle() and len(following) > 1


def _filtered(mention: Mention, text: str) -> Mention | None:
    """Drop or retype what only the words around it can tell."""
    if mention.rule in TITLED and title_case(text):
        return None
    test = FILTERS.get(mention.rule)
    return mention if test is None else test(mention, text)


TITLED = frozenset({"rel_unit", "rel_units", "duration", "this_part", "vague_dur"})


def title_case(text: str) -> bool:
    """Tell the name of a programme or a paper ("This Week") from a time."""
    first, _, rest = text.partition(" ")
    last = rest.rsplit(" ", 1)[-1]
    return bool(rest) and last.istitle() and (first[0].isdigit() or first.istitle())


def _year(mention: Mention, text: str) -> Mention | None:
    """Keep a bare four-digit number where it can be a year."""
    if text[:1].isalpha() and text.split()[-1].isdigit() and mention.meaning.mod == "APPROX":
        return mention if text.split()[0].lower() == "around" else None
    if not text.isdigit():
        return mention
    near = mention.before[-1] if mention.before else ""
    following = mention.after[0] if mention.after else ""
    if following in COUNT_AFTER or near in (
        "$",
        "£",
        "€",
        "no",
        "#",
        "number",
        "flight",
        "about",
        "than",
        "nearly",
        "some",
        "least",
        "room",
        "over",
        "/",
        ":",
    ):
        return None
    if following in ("-", "/") and len(mention.after) > 1 and mention.after[1].isalpha():
        return None
    number = int(text)
    if number < 1500 or number > 2050:
        return (
            mention
            if near in ("in", "of", "since", "from", "until", "by", "and", "to", "year")
            else None
        )
    return mention


def _month(mention: Mention, text: str) -> Mention | None:
    """Tell the month May or March from the verb and the name."""
    name = text.split()[-1].lower().rstrip(".")
    near = mention.before[-1] if mention.before else ""
    if (near, name) == ("long", "march"):
        return None
    if name in ("jan", "mar", "jun", "jul") and not text.endswith("."):
        return None
    if near in ("a", "an", "the") and name != "march" and not name.startswith("ma"):
        return mention
    if name in ("may", "march", "april", "june", "august", "jan"):
        good = near in (
            "in",
            "of",
            "by",
            "since",
            "until",
            "last",
            "early",
            "late",
            "mid",
            "from",
            "to",
            "through",
            "and",
            "or",
            "between",
            "this",
            "next",
            "-",
            "until",
            "during",
            "for",
            ",",
            "before",
            "after",
            "each",
            "till",
            "'s",
            "at",
            "on",
        )
        if (not good and name != text.lower()) or good:
            return mention
        if name == "may" or (name == "march" and following_name(mention)):
            return None
        return (
            mention
            if name in ("march",) and not mention.before
            else None
            if name in ("june", "april", "august") and following_name(mention)
            else mention
        )
    return mention


def following_name(mention: Mention) -> bool:
    """Tell whether a verb-like or name-like word follows."""
    return (
        bool(mention.after)
        and mention.after[0].isalpha()
        and mention.after[0]
        not in (
            "and",
            "to",
            "the",
            "when",
            "after",
            "with",
            "for",
            "as",
            "but",
            "in",
            "at",
            "or",
            "by",
            "that",
            "before",
        )
    )


def _bare_units(mention: Mention, text: str) -> Mention | None:
    near = mention.before[-1] if mention.before else ""
    if text.lower() in ("seconds", "minutes", "quarters") and near not in ("for", "in", "within"):
        return None
    return (
        mention
        if near in ("for", "in", "within", "of", "the", "took", "take", "after", "by", "over", "or")
        else None
    )


def _the_unit(mention: Mention, text: str) -> Mention | None:
    unit, near = mention.meaning.unit, mention.before[-1] if mention.before else ""
    if unit == "WE":
        return mention if text.lower().startswith("the") or near in ("this", "last") else None
    if unit in ("Q", "W"):
        return mention
    if unit == "Y" and near == "of" and mention.before[-2:-1] and mention.before[-2] in AWARDED:
        return None
    if unit == "Y":
        value = replace(mention.meaning, kind="duration", value="P1Y")
        return (
            replace(mention, meaning=value)
            if mention.after[:1] in (("ended",), ("ending",))
            else mention
        )
    if unit in ("DE", "CE", "L", "M"):
        return mention
    return (
        mention
        if near in ("of", "for", "on", "in", "during") and mention.after[:1] != ("of",)
        else None
    )


def _duration(mention: Mention, text: str) -> Mention | None:
    """Read "$5 a day" and "twice a year" as sets; drop "a second"."""
    mention = _over(mention, text)
    low = text.lower()[len(text) - (mention.end - mention.start) :]
    near = mention.before[-1] if mention.before else ""
    if low in (
        "a second",
        "one second",
        "a quarter",
        "one quarter",
        "the one",
        "a minute",
        "an year",
    ):
        return None if "second" in low or "quarter" in low else mention
    if low == "one day" and near in SOME_DAY:
        return replace(mention, meaning=Meaning("ref", value="FUTURE_REF", word=low))
    if low.endswith("quarters") and "three" in low and mention.after[:1] == ("of",):
        return None
    if low.endswith(("second", "a quarter")) and mention.meaning.mod:
        return None
    if low in ("a day", "a week", "a month", "a year", "an hour", "a night", "a quarter"):
        digits = any(ch.isdigit() for ch in near)
        if digits or near in RATE_BEFORE or near in ("day", "week", "month") or _counted(mention):
            value = replace(mention.meaning, kind="set")
            return replace(mention, meaning=value)
    return mention


def _counted(mention: Mention) -> bool:
    """Tell the rate of "four flights a week"."""
    if len(mention.before) < 2 or not mention.before[-1].endswith("s"):
        return False
    number, thing = mention.before[-2:]
    classes = tables().words
    counts = number[:1].isdigit() or classes.get(number, ("_",))[0] in ("N", "H", "f")
    return counts and classes.get(thing, ("_",))[0] not in ("u", "U")


def _ref(mention: Mention, text: str) -> Mention | None:
    low, following = text.lower(), mention.after[0] if mention.after else ""
    near = mention.before[-1] if mention.before else ""
    if low == "shortly" or (low == "soon" and (near == "as" or following in ("after", "as"))):
        return None
    if low == "now" and following in ("that", ","):
        return None if following == "that" else mention
    if low in ("annual", "quarterly", "previously", "formerly"):
        return None
    if low == "the last" or _name(mention, text):
        return None
    return mention


def _name(mention: Mention, text: str) -> bool:
    """Tell the paper of a name like "Example Daily" from a rate."""
    return mention.meaning.kind == "set" and text[:1].isupper() and mention.follows_name


def _season(mention: Mention, text: str) -> Mention | None:
    low, following = text.lower(), mention.after[0] if mention.after else ""
    if low in ("the fall", "the spring") and following == "of":
        return None
    return None if following in ("olympics", "games", "street", "palace") else mention


def _decade(mention: Mention, text: str) -> Mention | None:
    """Drop an age: "in his 30s"."""
    near = mention.before[-1] if mention.before else ""
    return None if near in ("his", "her", "their", "my", "our", "your") else mention


def _over(mention: Mention, text: str) -> Mention:
    """Leave "over" out where it says through which time, not that it was longer."""
    first, _, rest = text.partition(" ")
    near = mention.before[-1] if mention.before else ""
    if first.lower() != "over" or near in LONGER_AFTER:
        return mention
    return replace(
        mention,
        start=mention.end - len(rest.lstrip()),
        meaning=replace(mention.meaning, mod=None),
        before=(*mention.before[-2:], first.lower()),
    )


LONGER_AFTER = frozenset(
    {"for", "just", "in", "of", "after", "well", "by", "to", "from", "a", "took", "take", "takes"}
    | {"last", "lasted", "lasts", "lasting", "spent", "waited", "little", "than"}
)


def _deictic(mention: Mention, text: str) -> Mention | None:
    """Drop the "today" of "today's world", which is no day."""
    of_now = mention.after[:1] in (("'s",), ("’s",)) and mention.after[1:] in AGE
    title = text == "Today" and mention.follows_name
    return None if title or (text.lower() == "today" and of_now) else mention


AWARDED = frozenset(
    {"album", "song", "record", "person", "man", "woman", "player", "team", "coach", "manager"}
    | {"book", "film", "word", "artist", "driver", "rookie", "car", "sportsman", "sportswoman"}
    | {"personality", "teacher", "photo", "picture", "game", "company", "newcomer", "athlete"}
    | {"footballer", "entrepreneur", "businessman", "businesswoman", "citizen", "goal"}
)
"""What a prize "of the year" is given to."""
AGE = frozenset(
    (word,)
    for word in ("world", "society", "youth", "generation", "children", "economy", "standards")
)


def _weekends(mention: Mention, text: str) -> Mention | None:
    return mention if mention.before[-1:] in (("on",), ("at",)) else None


FILTERS = {
    "weekends": _weekends,
    "deictic": _deictic,
    "decade": _decade,
    "year": _year,
    "month": _month,
    "vague_dur": _bare_units,
    "the_unit": _the_unit,
    "duration": _duration,
    "ref": _ref,
    "season": _season,
}
