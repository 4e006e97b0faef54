"""The report's own news against its background."""

import pytest

from dateline import Coder
from dateline.records import Event


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def main_event(coder: Coder, text: str) -> Event | None:
    found = [e for e in coder.code(text, published="2024-05-07").events if e.main]
    assert len(found) <= 1
    return found[0] if found else None


def test_the_main_event_is_that_of_the_gist(coder: Coder) -> None:
    text = (
        "Kenya and Sudan sign border agreement\n\n"
        "NAIROBI, May 7 (Example) - Kenya and Sudan signed a border agreement on Tuesday. "
        "Rebels killed three Kenyan soldiers last month."
    )
    event = main_event(coder, text)
    assert event is not None and event.type == "AGREE"
    gist = coder.code(text, published="2024-05-07").gist
    assert gist is not None and gist.event == event.id


def test_history_is_background(coder: Coder) -> None:
    text = (
        "Rebels killed 40 people in Goma in 1998. On Monday rebels attacked an army post in Goma, "
        "the army said."
    )
    event = main_event(coder, text)
    assert event is not None and event.trigger.text == "attacked"


def test_what_is_told_far_below_the_lead_is_no_main_event(coder: Coder) -> None:
    text = (
        "Mangoes are cheap this year. Farmers are glad. Buyers are glad as well. The rain was good. "
        "Prices fell by half. Rebels attacked an army post in Goma on Monday."
    )
    assert main_event(coder, text) is None
