"""What only the words around a match can tell: years from counts, months from verbs, rates from durations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dateline.times.cues import cues
from dateline.times.meaning import Meaning, Mention
from dateline.times.tables import tables


def filtered(mention: Mention, text: str) -> Mention | None:
    """Drop or retype what only the words around it can tell."""
    if mention.rule in TITLED and title_case(text):
        return None
    test = FILTERS.get(mention.rule)
    return mention if test is None else test(mention, text)


TITLED = frozenset({"rel_unit", "rel_units", "duration", "this_part", "vague_dur", "ref"})


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
    near, following = _beside(mention)
    if following in cues().counted_after or near in cues().number_before:
        return None
    if following in ("-", "/") and len(mention.after) > 1 and mention.after[1].isalpha():
        return None
    return mention if 1500 <= int(text) <= 2050 or near in cues().year_before else None


def _beside(mention: Mention) -> tuple[str, str]:
    """Return the word before and the word after, empty where there is none."""
    near = mention.before[-1] if mention.before else ""
    return near, mention.after[0] if mention.after else ""


def _month(mention: Mention, text: str) -> Mention | None:
    """Tell the month May or March from the verb and the name."""
    name = text.split()[-1].lower().rstrip(".")
    near, _ = _beside(mention)
    if (near, name) == ("long", "march"):
        return None
    if name in cues().month_abbreviated and not text.endswith("."):
        return None
    if near in ("a", "an", "the") and name != "march" and not name.startswith("ma"):
        return mention
    if name not in cues().month_or_word or near in cues().month_before or name != text.lower():
        return mention
    verb = name == "may" or (name != "jan" and _runs_on(mention))
    return None if verb else mention


def _runs_on(mention: Mention) -> bool:
    """Tell whether a word follows that continues a verb or a name."""
    _, following = _beside(mention)
    return following.isalpha() and following not in cues().after_month


def _bare_units(mention: Mention, text: str) -> Mention | None:
    near, following = _beside(mention)
    fine = text.lower() in cues().fine_units
    fitting = cues().fine_units_before if fine else cues().units_before
    return mention if near in fitting or following in cues().units_after else None


def _over_units(mention: Mention, text: str) -> Mention | None:
    """Keep "the years" of "over the years"."""
    return mention if _beside(mention)[0] == "over" else None


def _holiday(mention: Mention, text: str) -> Mention | None:
    """Drop the feast that a thing is called after: "Christmas trees"."""
    return None if _beside(mention)[1] in cues().feast_things else mention


def _the_unit(mention: Mention, text: str) -> Mention | None:
    unit, (near, _) = mention.meaning.unit, _beside(mention)
    if unit == "WE":
        return mention if text.lower().startswith("the") or near in ("this", "last") else None
    if unit in ("Q", "W"):
        return mention
    if near == "of" and not cues().awarded.isdisjoint(mention.before[-2:-1]):
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
    return mention if near in cues().unit_before and mention.after[:1] != ("of",) else None


def _duration(mention: Mention, text: str) -> Mention | None:
    """Read "$5 a day" and "twice a year" as sets; drop "a second"."""
    mention = _over(mention, text)
    low = text.lower()[len(text) - (mention.end - mention.start) :]
    near, _ = _beside(mention)
    if low in cues().no_duration:
        return None
    if low == "one day" and near in cues().some_day_before:
        return replace(mention, meaning=Meaning("ref", value="FUTURE_REF", word=low))
    if low.endswith("quarters") and "three" in low and mention.after[:1] == ("of",):
        return None
    if low.endswith(("second", "a quarter")) and mention.meaning.mod:
        return None
    if low in cues().rates:
        digits = any(ch.isdigit() for ch in near)
        if digits or near in cues().rate_before or _counted(mention):
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
    low, (near, following) = text.lower(), _beside(mention)
    if low == "soon" and (near == "as" or following in ("after", "as")):
        return None
    if low == "now" and following == "that":
        return None
    return None if low in cues().not_marked or _name(mention, text) else mention


def _name(mention: Mention, text: str) -> bool:
    """Tell the paper of a name like "Example Daily" from a rate."""
    return mention.meaning.kind == "set" and text[:1].isupper() and mention.follows_name


def _season(mention: Mention, text: str) -> Mention | None:
    low, (near, following) = text.lower(), _beside(mention)
    if low in ("the fall", "the spring") and following == "of":
        return None
    if low in ("fall", "spring") and (near not in cues().season_before or _runs_on(mention)):
        return None
    return None if following in cues().season_names else mention


def _decade(mention: Mention, text: str) -> Mention | None:
    """Drop an age: "in his 30s"."""
    near, _ = _beside(mention)
    return None if near in cues().age_before else mention


def _over(mention: Mention, text: str) -> Mention:
    """Leave "over" out where it says through which time, not that it was longer."""
    first, _, rest = text.partition(" ")
    near, _ = _beside(mention)
    if first.lower() != "over" or near in cues().longer_after:
        return mention
    return replace(
        mention,
        start=mention.end - len(rest.lstrip()),
        meaning=replace(mention.meaning, mod=None),
        before=(*mention.before[-2:], first.lower()),
    )


def _deictic(mention: Mention, text: str) -> Mention | None:
    """Drop the "today" of "today's world", which is no day."""
    after = mention.after
    of_now = after[:1] in (("'s",), ("’s",)) and not cues().of_today.isdisjoint(after[1:])
    title = text == "Today" and mention.follows_name
    return None if title or (text.lower() == "today" and of_now) else mention


def _day_more(mention: Mention, text: str) -> Mention | None:
    """Drop what counts things after a day: "on May 3 and 5 people"."""
    return None if _beside(mention)[1] in cues().counted_after else mention


def _clock_from(mention: Mention, text: str) -> Mention | None:
    """Keep the first hour of "from 3 to 5 p.m." and "3-5 p.m.", not of "4 and 5 p.m."."""
    near, following = _beside(mention)
    return mention if following in ("-", "–") or near in ("from", "between") else None


def _rel_unit(mention: Mention, text: str) -> Mention | None:
    """Read "the last week of the campaign" as a length: it is not the week before the report."""
    low, (_, following) = text.lower(), _beside(mention)
    unit = mention.meaning.unit
    if not low.startswith("the last ") or following != "of" or unit not in LENGTHS:
        return mention
    return replace(mention, meaning=Meaning("duration", value=f"P1{unit}"))


LENGTHS = frozenset({"D", "W", "M"})


def _month_nth(mention: Mention, text: str) -> Mention | None:
    """Keep "the 25th" of "on the 25th."; "on the 25th floor" is none."""
    near, following = _beside(mention)
    return mention if near == "on" and following in cues().clause_end else None


def _short_year(mention: Mention, text: str) -> Mention | None:
    """Keep "'98" after "in" and "since" where no word of its own follows: it may open a quotation."""
    near, following = _beside(mention)
    fits = near in ("in", "since", "of") and following in cues().clause_end
    return mention if fits else None


def _weekends(mention: Mention, text: str) -> Mention | None:
    return mention if _beside(mention)[0] in cues().weekends_before else None


def _per(mention: Mention, text: str) -> Mention | None:
    """Drop speeds: "30 miles per hour", "a trillion operations per second"."""
    fast = text.lower().endswith("second") or _beside(mention)[0] in cues().speeds
    return None if fast else mention


def _weekday(mention: Mention, text: str) -> Mention | None:
    """Drop the day of a name: "Bloody Sunday"."""
    named = mention.follows_name and _beside(mention)[0] in cues().day_names
    return None if named else mention


def _past_hour(mention: Mention, text: str) -> Mention | None:
    """Keep "at a quarter to ten"; "rose a quarter to ten dollars" is none."""
    told = text.split()[-1].lower() not in ("past", "to") and mention.meaning.kind != "context_day"
    return mention if told or _beside(mention)[0] in cues().hour_before else None


FILTERS: dict[str, Callable[[Mention, str], Mention | None]] = {
    "weekends": _weekends,
    "deictic": _deictic,
    "decade": _decade,
    "year": _year,
    "month": _month,
    "vague_dur": _bare_units,
    "over_units": _over_units,
    "holiday": _holiday,
    "past_hour": _past_hour,
    "per": _per,
    "weekday": _weekday,
    "weekdays": _weekday,
    "clock_from": _clock_from,
    "month_nth": _month_nth,
    "short_year": _short_year,
    "rel_unit": _rel_unit,
    "day_more": _day_more,
    "the_unit": _the_unit,
    "duration": _duration,
    "ref": _ref,
    "season": _season,
}
