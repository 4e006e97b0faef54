"""The words of ``cues.yaml``, by which the grammar decides what their class cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.errors import SetupError
from dateline.yamls import load_yaml

NAME = "cues.yaml"


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of words, all in lower case."""

    counted_after: frozenset[str]
    """What a number before it counts, so that it is no year."""
    number_before: frozenset[str]
    """Words and signs before a number that is no year."""
    year_before: frozenset[str]
    """Words before a year so far off that a bare number is none without them."""
    month_or_word: frozenset[str]
    """Names of months that are words or names of people too."""
    month_abbreviated: frozenset[str]
    """Months that need the full stop when shortened, being words or names without it."""
    month_before: frozenset[str]
    """Words after which such a name is the month."""
    after_month: frozenset[str]
    """Words that may follow a month; any other makes May and March verbs and June a name."""
    units_before: frozenset[str]
    """Words before bare units that say how long: for years, within weeks."""
    fine_units_before: frozenset[str]
    """The same for seconds, minutes and quarters, which count other things too."""
    units_after: frozenset[str]
    """Words after bare units that say how long: hours into the flight, days after the vote."""
    fine_units: frozenset[str]
    """Bare units that count other things too."""
    unit_before: frozenset[str]
    """Words before the day that make it a time: in the day."""
    awarded: frozenset[str]
    """What is called the one "of the year" or "of the century"."""
    no_duration: frozenset[str]
    """A unit with an article or number that dates nothing."""
    rates: frozenset[str]
    """A unit with an article that is a rate after a count: five a day."""
    rate_before: frozenset[str]
    """Words before a unit with an article that make it a rate."""
    some_day_before: frozenset[str]
    """Words before a "one day" that lies some time ahead."""
    not_marked: frozenset[str]
    """Words of the class of references that are left out: they tell an order and no time."""
    season_names: frozenset[str]
    """Words after a season that make it a name: Winter Olympics."""
    speeds: frozenset[str]
    """Words before "per hour" that make it a speed."""
    not_before_day: frozenset[str]
    """Parts of the day that belong to no day of the week right after them: a good night Tuesday."""
    day_names: frozenset[str]
    """Words that make a day of the week a name: Bloody Sunday."""
    hour_before: frozenset[str]
    """Words before "a quarter to ten" that make it a time of day."""
    feast_things: frozenset[str]
    """What a feast only gives its name to: Christmas trees."""
    achieved: frozenset[str]
    """Adjectives whose infinitive has come true where they are past: was able to leave."""
    season_before: frozenset[str]
    """Words after which a bare "spring" or "fall" is the season."""
    age_before: frozenset[str]
    """Words before a decade that is an age or a degree: "in her 30s", "in the low 90s"."""
    longer_after: frozenset[str]
    """Words before an "over" that says longer than, and not through which time."""
    of_today: frozenset[str]
    """What "today's" only calls modern."""
    news_only: frozenset[str]
    """References that news marks and a history does not."""
    narrative_only: frozenset[str]
    """Attributes that a history marks and news does not."""
    clause_end: frozenset[str]
    """What follows a "before" that has nothing after it: the year before."""
    weekends_before: frozenset[str]
    """Words before "weekends" that make them a set."""
    not_bare: frozenset[str]
    """Parts of the day that date nothing after a bare "at": "at night" is any night."""
    abbreviated: frozenset[str]
    """Months and weekdays that a full stop follows when shortened."""
    acting: frozenset[str]
    """Verbs of who speaks or acts in the news of the day, and so holds the office still."""
    of_the_day: frozenset[str]
    """Words of a sentence that tells news of the day."""
    from_text: frozenset[str]
    """Words that count from the date last named in the text."""
    near: frozenset[str]
    """Words that stay at the date last named."""
    planned_before: frozenset[str]
    """Words before a year that may lie ahead, whatever the tense."""
    future_modals: frozenset[str]
    """Auxiliaries of what is to come."""
    ahead_heads: frozenset[str]
    """Verbs and nouns whose infinitive lies ahead even where they are past."""
    planned: frozenset[str]
    """Verbs whose past participle tells a plan."""
    put_off: frozenset[str]
    """Verbs after which "until" lies ahead: postponed until Tuesday."""
    timetable: frozenset[str]
    """Verbs whose present tells what is to come: "the ministers meet Friday"."""
    occasions: frozenset[str]
    """What "is on Friday" when it is still to come."""
    ahead_before: frozenset[str]
    """Words before a time that lies ahead."""
    back_before: frozenset[str]
    """Words before a time that lies behind."""
    ranks: frozenset[str]
    """Words that make "in two decades" a look back: the first in two decades."""


@cache
def cues() -> Cues:
    """Return the lists, read on the first call.

    Raises:
        SetupError: the file breaks its schema; the message names the file, the line and the list.
    """
    return read_cues(files("dateline.times").joinpath(NAME).read_text(encoding="utf-8"))


def read_cues(text: str) -> Cues:
    """Read the lists from the text of ``cues.yaml``.

    Raises:
        SetupError: the text breaks the schema; the message names the line and the list.
    """
    try:
        data = load_yaml(text)
    except yaml.YAMLError as error:
        raise SetupError(f"{NAME} is not valid YAML: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("cues"), dict):
        raise SetupError(f"{NAME}: expected a mapping with `version` and `cues`")
    lists, known = data["cues"], set(Cues.__slots__)
    for name in sorted(known ^ set(lists), key=str):
        what = (
            "is missing: add it" if name in known else "is not one that dateline reads: remove it"
        )
        raise SetupError(f"{_place(text, name)}: the list {name!r} {what}")
    return Cues(**{name: _words(text, name, entry) for name, entry in lists.items()})


def _words(text: str, name: str, entry: Any) -> frozenset[str]:
    """Return the words of one list, checked."""
    place = f"{_place(text, name)}: the list {name!r}"
    if not isinstance(entry, dict) or set(entry) != {"about", "words"}:
        raise SetupError(f"{place} needs `about` and `words`, and nothing else")
    words = entry["words"]
    if not isinstance(words, list) or not words or not str(entry["about"]).strip():
        raise SetupError(f"{place} needs a sentence in `about` and a list in `words`")
    for word in words:
        if not isinstance(word, str):
            raise SetupError(f"{place}: quote the word {word!r}")
        if word != word.lower().strip():
            raise SetupError(f"{place}: {word!r} must be in lower case, without blanks around it")
    twice = {word for word in words if words.count(word) > 1}
    if twice:
        raise SetupError(f"{place} names {sorted(twice)} twice")
    return frozenset(words)


def _place(text: str, name: object) -> str:
    """Return the file and the line on which a list begins."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith(f"{name}:"):
            return f"{NAME}, line {number}"
    return NAME
