"""What a report tells in one line, whatever it is about."""

import pytest

from dateline import CodedReport, Coder
from dateline.records import DateBasis, Gist, Status


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


def gist(coder: Coder, text: str, published: str | None = "2021-07-28") -> tuple[Gist, CodedReport]:
    coded = coder.code(text, published=published)
    assert coded.gist is not None
    return coded.gist, coded


def test_news_that_is_no_act_of_the_ontology_has_a_gist(coder: Coder) -> None:
    found, _ = gist(
        coder,
        "Ferry sinks off Palawan\n\nA ferry with 80 people on board sank off Palawan on Tuesday. "
        "Divers are searching the wreck.",
    )
    assert [span.text for span in found.who] == ["Ferry"]
    assert found.what.text.startswith("sinks")
    assert found.where is not None
    assert found.where.text == "Palawan"
    assert found.interval is not None
    assert found.interval.start == "2021-07-27"
    assert found.event is None


def test_a_gist_names_the_event_that_it_is(coder: Coder) -> None:
    found, coded = gist(
        coder,
        "Police arrest 12 protesters in Lyon\n\nFrench police arrested 12 protesters in Lyon on Monday.",
    )
    event = next(event for event in coded.events if event.id == found.event)
    assert event.type == "COERCE"
    assert found.time_basis is DateBasis.TEXT


def test_who_tells_is_not_what_is_told(coder: Coder) -> None:
    found, _ = gist(
        coder, "A train left its track near Leeds and injured nine people, police said."
    )
    assert [span.text for span in found.who] == ["A train"]


def test_a_day_that_no_word_gives_is_that_of_publication(coder: Coder) -> None:
    found, _ = gist(coder, "Bakery wins prize\n\nA small bakery has won a prize for its bread.")
    assert found.time is None
    assert found.time_basis is DateBasis.PUBLISHED
    assert found.interval is not None
    assert found.interval.start == "2021-07-28"


def test_what_is_yet_to_come_is_planned(coder: Coder) -> None:
    found, _ = gist(coder, "Airline will close its Oslo base\n\nThe airline told staff on Monday.")
    assert found.status is Status.PLANNED


def test_a_headline_that_drops_its_helper_is_a_passive(coder: Coder) -> None:
    found, _ = gist(
        coder,
        "Driver arrested after lorry crash\n\nA man was taken to a police station on Sunday.",
    )
    assert "Driver" in found.who[0].text
    assert found.what.text.startswith("arrested")


def test_a_gist_without_place_or_date_says_so(coder: Coder) -> None:
    found, _ = gist(coder, "The price of bread has risen again.", published=None)
    assert {blank.field for blank in found.blanks} >= {"where"}


@pytest.mark.parametrize("text", ["", "   ", "—", "1", "?"])
def test_a_text_without_words_has_no_gist_or_one_of_its_words(coder: Coder, text: str) -> None:
    coded = coder.code(text)
    if coded.gist is not None:
        span = coded.gist.what
        assert text[span.start : span.end] == span.text


def test_the_place_of_the_act_goes_before_the_dateline(coder: Coder) -> None:
    gist = coder.code(
        "KYIV, March 3 (Example) - Russian forces shelled the port city of Mykolaiv on Thursday."
    ).gist
    assert gist is not None and gist.where is not None
    assert gist.where.text == "Mykolaiv"


def test_a_suspicion_in_a_headline_is_not_the_news(coder: Coder) -> None:
    title = "Man suspected to be the mayor's killer arrested in Lima"
    coded = coder.code(f"{title}\n\nPolice held a man on Monday.", title=title)
    assert coded.gist is not None
    assert coded.gist.what.text.startswith("arrested")


def test_a_date_read_into_who_is_left_out(coder: Coder) -> None:
    found, _ = gist(
        coder,
        "ISTANBUL, July 27 - Ukraine and Russia on Friday signed separate agreements with Turkey.",
    )
    assert [span.text for span in found.who] == ["Ukraine and Russia"]


def start(coder: Coder, text: str, published: str | None = "2021-07-28") -> str | None:
    found, _ = gist(coder, text, published)
    return found.interval.start if found.interval else None


def test_an_hour_below_the_lead_dates_what_it_tells_of(coder: Coder) -> None:
    text = (
        "Tram overturns in Leeds\n\nA tram overturned in Leeds, hurting nine people. Police were "
        "called after it left the track at around 6am."
    )
    assert start(coder, text) == "2021-07-28T06:00:00"


def test_the_day_of_another_act_is_not_the_day_of_the_news(coder: Coder) -> None:
    text = (
        "Mayor opens bridge\n\nThe mayor of Kisumu has opened a bridge. The builders have been on "
        "strike since the vote was confirmed on Monday."
    )
    found, _ = gist(coder, text)
    assert found.time_basis is DateBasis.PUBLISHED


def test_a_day_far_down_counts_where_the_same_person_does_the_same(coder: Coder) -> None:
    text = (
        "Okello blames weather for defeat\n\nMary Okello has blamed the weather for the defeat of "
        "her party. The candidate was speaking to donors in a phone call. Rain fell for weeks. The "
        "roads were closed. Shops were empty. Schools stayed shut. On Thursday the river rose. "
        "Okello told the donors in the call on Sunday that she would go on."
    )
    assert start(coder, text) == "2021-07-25"


def test_days_counted_from_another_happening_are_kept_as_words(coder: Coder) -> None:
    found, coded = gist(
        coder, "A court cleared the mayor of Lyon three days before the vote.", "2021-07-28"
    )
    time = next(time for time in coded.times if time.id == found.time)
    assert time.span.text == "three days"
    assert found.time_basis is DateBasis.PUBLISHED


def test_without_a_day_of_publication_the_words_for_when_remain(coder: Coder) -> None:
    found, coded = gist(coder, "A ferry sank off Palawan on Tuesday.", None)
    time = next(time for time in coded.times if time.id == found.time)
    assert time.span.text == "Tuesday"
    assert found.interval is None
