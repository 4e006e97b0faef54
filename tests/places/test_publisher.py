"""Where publishers are at home."""

from pathlib import Path

import pytest

from dateline import Coder, Report
from dateline.errors import DataError
from dateline.places import load, tables
from dateline.places.publisher import home, publishers, town_of

CODER = Coder()


def test_every_town_of_the_table_is_in_the_gazetteer() -> None:
    lost = [row for row in publishers().values() if row.place and town_of(row, load()) is None]
    assert not lost
    assert all(row.country in set(tables.alpha3().values()) for row in publishers().values())


@pytest.mark.parametrize(
    ("url", "country", "town"),
    [
        ("https://www.oregonlive.com/news/1", "USA", "Portland"),
        ("https://pressherald.com/", "USA", "Portland"),
        ("https://english.ahram.org.eg/News/2", "EGY", None),
        ("https://news.example.ie/", "IRL", None),
        ("https://example.com/", None, None),
        (None, None, None),
    ],
)
def test_a_publisher_is_at_home_where_its_host_says(
    url: str | None, country: str | None, town: str | None
) -> None:
    found = home(url)
    assert found.country == country
    assert (found.places[0].name if found.known else None) == town


@pytest.mark.parametrize(
    ("url", "area"),
    [("https://www.oregonlive.com/a", "Oregon"), ("https://www.pressherald.com/a", "Maine")],
)
def test_a_bare_name_is_of_the_area_of_a_local_paper(url: str, area: str) -> None:
    text = "The mayor of Portland opened a new bridge on Monday. Police closed two streets."
    place = next(p for p in CODER.code(Report(id="1", text=text, url=url)).places)
    assert (place.name, place.admin1) == ("Portland", area)


@pytest.mark.parametrize(
    "row",
    ["example\tUSA\t\t", "example.com\tUS\t\t", "https://example.com/\tUSA\t\t"],
)
def test_a_bad_row_of_publishers_names_its_line(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "publishers.tsv").write_text(f"host\tcountry\tadmin1\tplace\n{row}\n")
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    with pytest.raises(DataError, match=r"publishers\.tsv:2"):
        list(tables.publishers())
