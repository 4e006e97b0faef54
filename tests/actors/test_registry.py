import pytest

from dateline.actors import load_registry
from dateline.actors.checking import check_registry
from dateline.actors.find import published_interval
from dateline.actors.loading import build_registry
from dateline.actors.model import Entry, Held, OfficeTable
from dateline.actors.names import all_words
from dateline.actors.registry import Registry
from dateline.records import ActorKind


@pytest.mark.parametrize(
    ("body", "day", "member", "belongs"),
    [
        ("NATO", "2021-07-26", "FIN", False),
        ("NATO", "2023-07-26", "FIN", True),
        ("European Union", "2019-01-01", "GBR", True),
        ("European Union", "2021-01-01", "GBR", False),
        ("UN Security Council", "2022-03-01", "KEN", True),
        ("UN Security Council", "2023-03-01", "KEN", False),
        ("OPEC", "2020-01-01", "QAT", False),
        ("BRICS", "2024-06-01", "ETH", True),
        ("G8", "2013-01-01", "RUS", True),
        ("Arab League", "2015-01-01", "SYR", False),
        ("ECOWAS", "2025-06-01", "MLI", False),
        ("Five Eyes", "2021-01-01", "NZL", True),
    ],
)
def test_members_of_a_body_on_a_day(body: str, day: str, member: str, belongs: bool) -> None:
    registry = load_registry()
    id = registry.named(body)[0].id
    assert (member in registry.members(id, published_interval(day))) is belongs


def test_the_european_union_had_27_members_after_one_left() -> None:
    registry = load_registry()
    id = registry.named("European Union")[0].id
    assert len(registry.members(id, published_interval("2021-07-26"))) == 27
    assert len(registry.members(id)) == 27


def test_what_the_registry_says_agrees_with_itself() -> None:
    assert [one for one in check_registry(load_registry()) if one.error] == []


def test_the_registry_is_as_large_as_it_should_be() -> None:
    registry = load_registry()
    kinds = [registry.get(id).kind.value for id in registry.ids()]
    assert kinds.count("person") >= 20_000
    assert kinds.count("organisation") + kinds.count("group") >= 1_000
    spoken = {
        id
        for id in registry.ids()
        for term in registry.get(id).offices
        if term.office == "spokesperson"
    }
    assert len(spoken) >= 200


@pytest.mark.parametrize(
    ("code", "cow", "gw", "until"),
    [
        ("DEU", "255", "260", ""),
        ("YEM", "679", "678", ""),
        ("SRB", "345", "340", ""),
        ("DDR", "265", "265", "1990"),
        ("CSK", "315", "315", "1993"),
        ("YMD", "680", "680", "1990"),
    ],
)
def test_codes_of_states(code: str, cow: str, gw: str, until: str) -> None:
    country = load_registry().codes[code]
    assert (country.cow, country.gw, country.end) == (cow, gw, until)


@pytest.mark.parametrize(
    ("code", "office", "day", "name"),
    [
        ("DEU", "foreign_minister", "2003-03-20", "Joschka Fischer"),
        ("GBR", "foreign_minister", "1999-04-01", "Robin Cook"),
        ("ZAF", "foreign_minister", "2005-01-01", "Nkosazana Dlamini-Zuma"),
        ("ISR", "head_of_government", "1998-01-01", "Benjamin Netanyahu"),
        ("TUR", "head_of_government", "1998-01-01", "Mesut Yılmaz"),
        ("SRB", "head_of_state", "2008-02-18", "Boris Tadić"),
        ("LVA", "head_of_state", "2004-05-01", "Vaira Vīķe-Freiberga"),
    ],
)
def test_who_held_an_office_on_a_day(code: str, office: str, day: str, name: str) -> None:
    registry = load_registry()
    terms = registry.holders(code)[office]
    held = {registry.get(id).name for term, id in terms if term.start <= day < (term.end or "9999")}
    assert name in held


def test_a_vacant_office_is_noted() -> None:
    notes = [one.what for one in check_registry(load_registry())]
    assert any("head_of_state of LBN from 2016-10-31, and nobody is known" in n for n in notes)


def test_no_code_of_a_state_stands_for_two_at_a_time() -> None:
    states = load_registry().codes.values()
    open_now = [state.cow for state in states if state.cow and not state.end]
    assert len(open_now) == len(set(open_now))


def test_every_state_of_the_lists_has_both_numbers() -> None:
    states = [s for s in load_registry().codes.values() if s.cow and not s.end]
    assert len(states) == 196
    assert [state.id for state in states if not state.gw] == ["VAT"]


@pytest.mark.parametrize("office", ["head_of_state", "foreign_minister", "ambassador"])
def test_holders_of_one_office_are_those_among_the_holders_of_all(office: str) -> None:
    rows, entries = build_registry(), build_registry()
    for country in ("FRA", "GBR", "IRQ", "UNO"):
        assert list(rows.held(country, office)) == entries.holders(country).get(office, [])


def test_words_of_a_row_are_those_of_its_entry() -> None:
    registry = build_registry()
    for id in list(registry.ids())[::50]:
        words = registry.words_of(id)
        entry = registry.get(id)
        assert words == all_words((entry.name, *entry.aliases))


def test_last_names_of_a_country_follow_what_is_added() -> None:
    registry = Registry(OfficeTable(()))
    term = Held("governor", "KEN")
    registry.add_entry(Entry("a", "Ann Ó Dálaigh", ActorKind.PERSON, "IRL", offices=(term,)))
    assert registry.last_names("KEN") == (["a"], ["dalaigh"])
    registry.add_entry(Entry("b", "Ben Otieno", ActorKind.PERSON, "KEN"))
    assert registry.last_names("KEN") == (["a", "b"], ["dalaigh", "otieno"])
    registry.withdraw("a")
    assert registry.last_names("KEN") == (["b"], ["otieno"])
