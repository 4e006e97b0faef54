from pathlib import Path

import pytest

from dateline.actors.loading import load_registry
from dateline.actors.overlay import read_overlay, remove_entry, to_toml
from dateline.errors import DataError


def mine(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_offices_own_sector_and_title_are_kept(tmp_path: Path) -> None:
    path = mine(
        tmp_path,
        '[[actor]]\nname = "Ana Ode"\nkind = "person"\ncountry = "NGA"\n'
        'offices = [{ title = "harbour warden", sector = "COP", start = "2019" }, '
        '{ title = "prime minister", start = "2020" }]\n',
    )
    registry = load_registry(path)
    entry = registry.get("user:Ana Ode")
    assert [registry.offices.sector_of(term) for term in entry.offices] == ["COP", "GOV"]
    assert [term.office for term in entry.offices] == ["harbour_warden", "head_of_government"]
    assert registry.titles["harbour warden"] == ("harbour_warden", False)
    assert 'sector = "COP"' in to_toml([entry])


def test_a_replaced_entry_is_no_longer_found_by_its_old_names(tmp_path: Path) -> None:
    path = mine(
        tmp_path, '[[actor]]\nid = "Q3874799"\nname = "Wolo Selenski"\nkind = "person"\n'
        'country = "UKR"\noffices = [{ title = "president", start = "2019-05-20" }]\n',
    )  # fmt: skip
    registry = load_registry(path)
    assert [ref.id for ref in registry.named("Wolo Selenski")] == ["Q3874799"]
    assert not registry.named("Volodymyr Zelensky")
    assert "Q3874799" not in registry.surname("zelensky")


def test_an_entry_of_the_registry_can_be_withdrawn(tmp_path: Path) -> None:
    registry = load_registry(mine(tmp_path, '[[actor]]\nid = "Q3874799"\nwithdrawn = true\n'))
    assert "Q3874799" not in registry and not registry.named("Volodymyr Zelensky")
    with pytest.raises(DataError, match="named by its id"):
        read_overlay(mine(tmp_path, '[[actor]]\nname = "X"\nwithdrawn = true\n'))


def test_a_file_that_has_changed_is_read_again(tmp_path: Path) -> None:
    path = mine(tmp_path, '[[actor]]\nname = "Coastal Front"\nkind = "group"\n')
    assert load_registry(path).named("Coastal Front")
    mine(tmp_path, '[[actor]]\nname = "Inland Front"\nkind = "group"\n')
    again = load_registry(path)
    assert again.named("Inland Front") and not again.named("Coastal Front")


def test_removing_an_entry_leaves_the_rest_letter_by_letter(tmp_path: Path) -> None:
    head = "# mine\n[[actor]]\nname = 'A' # first\n\n"
    tail = '[[actor]]\nname = "C"\n'
    left = remove_entry(head + '[[actor]]\nid = "x:b"\nname = "B"\n\n' + tail, "x:b")
    assert left == head + tail
    with pytest.raises(DataError, match="no actor"):
        remove_entry(head, "x:b")


def test_members_have_dates(tmp_path: Path) -> None:
    path = mine(
        tmp_path, '[[actor]]\nid = "x:p"\nname = "Pact"\nmembers = ["NGA 2019/2021", "GHA"]\n'
    )
    registry = load_registry(path)
    assert registry.members("x:p") == ("GHA",)
    assert 'members = ["NGA 2019/2021", "GHA"]' in to_toml([registry.get("x:p")])
