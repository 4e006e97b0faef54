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


def test_the_main_event_has_the_day_and_place_that_the_lead_tells(coder: Coder) -> None:
    text = (
        "Rebels attack army post\n\nRebels attacked an army post. The raid was in Goma at around "
        "6am on Tuesday, residents said."
    )
    coded = coder.code(text, published="2021-07-28")
    event = next(event for event in coded.events if event.main)
    assert event.interval is not None and event.interval.start == "2021-07-27T06:00:00"


def test_what_a_former_minister_says_is_news(coder: Coder) -> None:
    text = (
        "Former Prime Minister John Major accused the government of deceit. "
        "He spoke to reporters in London."
    )
    event = main_event(coder, text)
    assert event is not None and event.type == "ACCUSE" and not event.historical


def test_a_side_remark_is_not_the_news_of_a_report_on_something_else(coder: Coder) -> None:
    text = (
        "Bakery wins prize\n\nA small bakery in Lyon has won a prize for its bread. It opened in "
        "2015. The baker blamed the government for the price of flour."
    )
    assert main_event(coder, text) is None
