import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import parse
from dateline.language.casing import shouted, title_cased, truecase, untitle
from dateline.records import Report


@pytest.mark.parametrize(
    ("shout", "said"),
    [
        (
            "THE ARMY DENIED TODAY THAT REBELS ATTACKED THE WHITE HOUSE.",
            "The army denied today that rebels attacked the White House.",
        ),
        ("PRESIDENT SUAREZ SAID SO ON 3 MAY.", "President Suarez said so on 3 May."),
        ("THE FRONT [XYZQ] MAY LEAVE.", "The front [XYZQ] may leave."),
    ],
)
def test_case_comes_back(shout: str, said: str) -> None:
    assert shouted(shout)
    assert truecase(shout) == said


def test_a_headline_in_title_case_reads_as_a_sentence() -> None:
    headline = "Several Soldiers Killed After Bomb Hits Market In Northern Mali"
    assert title_cased(headline)
    assert untitle(headline) == "Several soldiers killed after bomb hits market in northern Mali"


@pytest.mark.parametrize("text", ["US, Iraq agree to end combat mission", "NATO", "EU and UN"])
def test_other_text_is_left_alone(text: str) -> None:
    assert not shouted(text) and not title_cased(text)


def test_spans_keep_the_words_as_written() -> None:
    text = "THE REBELS LEFT THE TOWN OF BAR ON MONDAY, THE ARMY SAID."
    doc = parse(Report(id="r", text=text))
    assert [t.text for t in doc if t.pos_ == "VERB"] == ["left", "said"]
    assert "Monday" in [ent.text for ent in doc.ents]


@given(st.text(max_size=200))
def test_the_length_never_changes(text: str) -> None:
    assert len(truecase(text)) == len(untitle(text)) == len(text)
