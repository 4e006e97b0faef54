from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import clean
from dateline.language.cleaning import is_furniture

ROWS = yaml.safe_load(files("dateline.language").joinpath("furniture.yaml").read_text("utf-8"))[
    "furniture"
]
NEWS = st.text(
    st.one_of(
        st.sampled_from("abc ABC .,-\n\t\r\u00a0\u00ad\u200bÃ©â€™“”’()/_–—0123456789"),
        st.characters(),
    ),
    max_size=400,
)


@pytest.mark.parametrize("line", [line for row in ROWS for line in row["takes"]])
def test_furniture_is_told_from_news(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", [line for row in ROWS for line in row["leaves"]])
def test_news_is_told_from_furniture(line: str) -> None:
    assert not is_furniture(line)


def segments(text: str) -> list[tuple[str, str]]:
    cleaned = clean(text)
    return [(s.kind, cleaned.text[s.start : s.end]) for s in cleaned.segments]


def test_a_line_that_repeats_a_word_of_furniture_is_told_at_once() -> None:
    line = "Share this" + " this" * 35
    assert is_furniture(line)
    assert not is_furniture(f"{line} bread")


def test_white_space_is_collapsed_and_wrapped_lines_are_joined() -> None:
    text = "Troops left the  town\nof Bar on Monday, the army said in\na statement.\n\n\nNext one."
    assert segments(text) == [
        ("body", "Troops left the town of Bar on Monday, the army said in a statement."),
        ("body", "Next one."),
    ]


def test_a_word_hyphenated_at_the_end_of_a_line_is_joined() -> None:
    text = "The with-\ndrawal of the last of the soldiers began on the\nfirst day of the week."
    assert "The withdrawal of" in clean(text).text


def test_mojibake_is_mended_and_keeps_its_place() -> None:
    text = "The ministerâ€™s cafÃ© was closed."
    cleaned = clean(text)
    assert cleaned.text == "The minister's café was closed." or "minister’s café" in cleaned.text
    at = cleaned.text.index("café")
    start, end = cleaned.offsets.to_report(at, at + 4)
    assert text[start:end] == "cafÃ©"


def test_title_dateline_and_body_are_told_apart() -> None:
    text = (
        "Ministers sign accord\n\nPARIS, July 26 (Example) - Ministers signed it.\n\nShare\n\nEnd."
    )
    assert segments(text) == [
        ("title", "Ministers sign accord"),
        ("dateline", "PARIS, July 26 (Example) -"),
        ("body", "Ministers signed it."),
        ("body", "End."),
    ]
    assert [span.text for span in clean(text).furniture] == ["Share"]


def test_a_dateline_may_name_its_country_in_brackets() -> None:
    assert segments("LIMA (PERU), May 3 (Example) -- Miners went on strike.")[0] == (
        "dateline",
        "LIMA (PERU), May 3 (Example) --",
    )


def test_a_dateline_may_stand_alone() -> None:
    assert segments("NAIROBI, Kenya (AP) _\n\nBombs exploded.")[0] == (
        "dateline",
        "NAIROBI, Kenya (AP) _",
    )


def test_a_paragraph_of_a_megabyte_is_cut_between_sentences() -> None:
    text = "The army left the town. " * 45_000
    found = segments(text)
    assert len(found) > 50
    assert all(piece.endswith("town.") for _, piece in found)


@given(NEWS)
def test_every_kept_character_knows_where_it_came_from(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text)
    assert list(cleaned.offsets.starts) == sorted(cleaned.offsets.starts)
    assert list(cleaned.offsets.ends) == sorted(cleaned.offsets.ends)
    for i in range(len(cleaned.text)):
        start, end = cleaned.offsets.to_report(i, i + 1)
        assert 0 <= start <= end <= len(text)


@given(NEWS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text, first_is_title=False).text
    assert "  " not in once
    assert once == once.strip()


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=60))
def test_offsets_go_there_and_back(text: str) -> None:
    cleaned = clean(text)
    for i in range(len(cleaned.text)):
        start, end = cleaned.offsets.to_report(i, i + 1)
        if start == end and cleaned.text[i] == " ":  # joins two segments; stands for no character
            continue
        assert text[start:end] == cleaned.text[i]
        assert cleaned.offsets.to_clean(start, end) == (i, i + 1)


def test_figures_that_a_scanner_read_for_letters_are_letters() -> None:
    text = "Radostin Va5ilev met S0erd on the A10 with an F16 and 5pm tea at B12."
    assert (
        clean(text).text == "Radostin Vasilev met Soerd on the A10 with an F16 and 5pm tea at B12."
    )
