"""Merged events and stories in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from dateline.merging.compare import said
from dateline.merging.views import Number
from dateline.merging.when import said as said_when
from dateline.records import FieldAgreement, MergedEvent, MergedNumber, MergedParty, Story


def heading(event: MergedEvent) -> Text:
    """Return a merged event on one line: when, what, who to whom, where, how often told."""
    when = said_when(event.interval) if event.interval else "no date"
    mode = f"/{event.mode}" if event.mode else ""
    line = Text(f"{when}  ")
    line.append(f"{event.type}{mode}", "bold")
    line.append(f" {'not ' if event.negated else ''}{event.status}  ")
    line.append(_names(event.actors) or "somebody")
    if event.recipients:
        line.append(f" → {_names(event.recipients)}")
    if event.place is not None:
        country = event.place.country if event.place.precision != "country" else None
        line.append(f"  {', '.join(part for part in (event.place.name, country) if part)}")
    line.append(f"  {told(event)}  {event.id}", "dim")
    return line


def told(event: MergedEvent | Story) -> str:
    """Return how many reports tell it, and how many of them are independent."""
    reports = _plural(len(event.reports), "report")
    if len(event.sources) == len(event.reports):
        return reports
    return f"{reports}, {_plural(len(event.sources), 'source')}"


def details(event: MergedEvent) -> Iterator[Text]:
    """Yield a line for each number, and for each field on which reports contradict each other."""
    for number in event.numbers:
        agree = number.role not in event.contested()
        yield Text(f"    {counted(number)}", "" if agree else "red")
    roles = {number.role for number in event.numbers}
    for field in event.fields:
        if not field.agree and field.field not in roles:
            yield Text(f"    {field.field}: {_values(field)}", "red")


def counted(number: MergedNumber) -> str:
    """Return a number with who gives which: "dead: 30 in 4 reports, 35 in 2"."""
    parts = []
    for place, one in enumerate(number.said):
        value = said(Number(role=number.role, value=one.value, low=one.low, high=one.high))
        often = str(len(one.reports)) if place else _plural(len(one.reports), "report")
        parts.append(f"{value} in {often}")
    return f"{number.role}: {', '.join(parts)}"


def story_line(story: Story) -> Text:
    """Return a story on one line: from when to when, title, how often told."""
    first, last = story.first or "no date", story.last or "no date"
    line = Text(f"{first}  " if first == last else f"{first}/{last}  ")
    line.append(story.title or story.reports[0], "bold")
    line.append(f"  {told(story)}  {story.id}", "dim")
    return line


def _values(field: FieldAgreement) -> str:
    return ", ".join(
        f"{one.value} in {_plural(len(one.reports), 'report') if not place else len(one.reports)}"
        for place, one in enumerate(field.values)
    )


def _names(parties: tuple[MergedParty, ...]) -> str:
    return ", ".join(party.name for party in parties)


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
