"""A text that someone pastes, coded at once and kept nowhere."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from starlette.responses import Response

from dateline.archive.queries.filter import Text
from dateline.server.answers import TheDesk, problems
from dateline.server.coding import BusyError, CodingDesk, TooLongError
from dateline.server.guard import client_of
from dateline.server.problems import ProblemError
from dateline.server.sessions import READERS

router = APIRouter(tags=["code"], dependencies=READERS, responses=problems(400, 401, 413, 422, 503))
LONGEST = 400_000
"""Characters of a text; a page may have four times as many."""


def _storable(text: str) -> str:
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise ValueError("the text has half of a character")
    return text


Pasted = Annotated[str, AfterValidator(_storable)]


class Paste(BaseModel):
    """A report to code: its text or its page."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "Police arrested 12 protesters in Cairo.", "published": "2021-07-26"}
            ]
        },
    )

    text: Pasted | None = Field(None, min_length=1, max_length=LONGEST)
    html: Pasted | None = Field(None, min_length=1, max_length=4 * LONGEST)
    title: Text | None = None
    published: str | None = Field(
        None,
        max_length=40,
        description="ISO 8601, to the precision known.",
        examples=["2021-07-26"],
    )
    publisher: Text | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Paste:
        """Check that there is a text or a page."""
        if (self.text is None) == (self.html is None):
            raise ValueError("give either text or html")
        return self


class CodedAnswer(BaseModel):
    """What came out."""

    coded: dict[str, Any] = Field(description="A coded report; `dateline schema` describes it.")


@router.post("/code", response_model=CodedAnswer)
def code(request: Request, desk: TheDesk, paste: Paste) -> Response:
    """Code a text or a page at once; nothing is kept. The first one waits for the language model."""
    if wait := request.app.state.code_buckets.take(client_of(request.scope)):
        detail = "too many texts at once; wait a moment"
        raise ProblemError(429, detail, headers={"Retry-After": str(int(wait) + 1)})
    coding: CodingDesk = request.app.state.coding
    job = paste.model_dump() | {"published": paste.published or None}
    try:
        coded = coding.code(job)
    except TooLongError as error:
        detail = f"coding took more than {desk.settings.limits.code_seconds:g} seconds"
        raise ProblemError(503, detail) from error
    except BusyError as error:
        detail = "others are waiting already; try again"
        raise ProblemError(503, detail, headers={"Retry-After": "10"}) from error
    return Response(b'{"coded":' + coded + b"}", media_type="application/json")
