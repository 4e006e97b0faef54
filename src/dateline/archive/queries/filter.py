"""The filter that all lists and views share: what a query string may say, checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from dateline.records import Status

MOST = 100
"""Values of one repeated name."""
LARGEST = 2**31 - 1


def _plain(text: str) -> str:
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise ValueError("no control characters or lone surrogates, please")
    return text


def _blank_is_none(value: Any) -> Any:
    """Read ``?since=`` as if it were not there, as a form sends it."""
    return None if value == "" else value


def _no_blanks(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [one for one in value if one != ""]
    return value


def _day(text: str) -> str:
    """Check a date to the year, month or day; ``2021`` and ``2021-07`` are dates too."""
    parts = text.split("-")
    try:
        date(*[*(int(part) for part in parts), 1, 1][:3])
    except (ValueError, TypeError) as error:
        raise ValueError(f"{text!r} is no date; write it as 2021-07-26, 2021-07 or 2021") from error
    return text


Text = Annotated[str, Field(max_length=400), AfterValidator(_plain)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_day)]
Country = Annotated[str, Field(max_length=8, pattern=r"^[A-Za-z]*$")]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Optional = BeforeValidator(_blank_is_none)
Several = BeforeValidator(_no_blanks)


def many(what: str, **more: Any) -> Any:
    """Return the field of a name that may be repeated."""
    return Field(default=[], max_length=MOST, description=what, **more)


class Filter(BaseModel):
    """What to keep. Names differ in meaning by *and*, values of one name by *or*.

    Lists of reports, statements and commitments keep what stands in a report
    with at least one event that fits the names that are about events.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Annotated[Text | None, Optional] = Field(
        None,
        description='Words that must all be in the report\'s text, title or names; "…" is a phrase.',
        examples=["ceasefire"],
    )
    type: Annotated[list[Text], Several] = many("PLOVER type of the act.", examples=[["PROTEST"]])
    mode: Annotated[list[Text], Several] = many("PLOVER mode of the act.")
    status: Annotated[list[Status], Several] = many("Whether it happened, by the report's words.")
    country: Annotated[list[Country], Several] = many(
        "Country of the place, ISO 3166-1 alpha-3.", examples=[["IRQ"]]
    )
    actor: Annotated[list[Text], Several] = many(
        "Name or registry id of one who takes part, as actor or recipient.", examples=[["USA"]]
    )
    recipient: Annotated[list[Text], Several] = many(
        "Name or registry id of one who is acted upon."
    )
    actor_country: Annotated[list[Country], Several] = many("Country or code of an actor.")
    recipient_country: Annotated[list[Country], Several] = many("Country or code of a recipient.")
    sector: Annotated[list[Text], Several] = many("PLOVER sector of an actor or recipient.")
    context: Annotated[list[Text], Several] = many("PLOVER context of the event.")
    place: Annotated[list[Id], Several] = many("GeoNames id of the place.")
    publisher: Annotated[list[Text], Several] = many("Who published the report.")
    min_confidence: Annotated[float | None, Optional] = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="Least confidence of the record."
    )
    since: Annotated[Day | None, Optional] = Field(
        None, description="First day of what happened.", examples=["2021-07-01"]
    )
    until: Annotated[Day | None, Optional] = Field(
        None, description="Day after the last: the stretch is half open."
    )
    negated: Annotated[bool | None, Optional] = Field(
        None, description="Whether the report says that it did not happen."
    )
    main: Annotated[bool | None, Optional] = Field(
        None, description="Whether it is the report's own news."
    )
    report: Annotated[Text | None, Optional] = Field(None, description="Id of a report.")
    story: Annotated[Text | None, Optional] = Field(None, description="Id of a story.")
    reviewed: Literal["any", "yes", "no"] = Field(
        "any", description="Whether a person has judged the record."
    )

    def about_events(self) -> bool:
        """Return whether a name is set that only events have."""
        return any(
            (
                self.type, self.mode, self.status, self.country, self.actor, self.recipient,
                self.actor_country, self.recipient_country, self.sector, self.context, self.place,
                self.main is not None,
            )
        )  # fmt: skip


class ListFilter(Filter):
    """A filter, and which page of what fits it."""

    sort: Annotated[Text | None, Optional] = Field(
        None, description="Field to sort by, `-` first for descending.", examples=["-published"]
    )
    limit: int = Field(50, ge=1, le=500, description="Items on a page.")
    cursor: Annotated[
        Annotated[str, Field(max_length=2000, pattern=r"^[A-Za-z0-9_-]*$")] | None, Optional
    ] = Field(None, description="`next` of the page before.")
