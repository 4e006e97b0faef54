"""Who "he", "the minister", "the ministry", "the group" and "the NATO chief" are."""

import pytest

from dateline import Coder, Report
from dateline.records import Participant

CODER = Coder()


def said(text: str, words: str, day: str = "2016-03-10") -> Participant:
    coded = CODER.code(Report(id="1", text=text, published=day))
    assert not coded.failures
    return next(p for p in reversed(coded.participants) if p.span.text == words)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("NATO secretary general warned Russia.", "NATO secretary general", "Jens Stoltenberg"),
        ("The head of the IAEA visited Tehran.", "The head of the IAEA", "Yukiya Amano"),
        (
            "OPEC's secretary general spoke.",
            "OPEC's secretary general",
            "Abdalla Salem El-Badri",
        ),
        ("The World Bank president spoke in Lima.", "The World Bank president", "Jim Yong Kim"),
        ("The UN chief condemned the raid.", "The UN chief", "Ban Ki-moon"),
    ],
)
def test_who_heads_a_body_of_no_state_is_known_by_the_day(text: str, words: str, name: str) -> None:
    assert said(text, words).name == name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2003-01-15", "George Robertson"),
        ("2012-01-15", "Anders Fogh Rasmussen"),
        ("2025-01-15", "Mark Rutte"),
    ],
)
def test_the_holder_changes_with_the_day(day: str, name: str) -> None:
    assert said("The NATO chief met reporters.", "The NATO chief", day).name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The deputy head of the IMF spoke.", "The deputy head of the IMF"),
        ("The former NATO secretary general spoke.", "The former NATO secretary general"),
        ("A NATO official spoke.", "A NATO official"),
    ],
)
def test_others_of_a_body_are_not_its_head(text: str, words: str) -> None:
    assert said(text, words).actor is None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Boko Haram raided a town. The group killed ten men.", "The group", "Boko Haram"),
        ("Boko Haram raided a town. It killed ten men.", "It", "Boko Haram"),
        (
            "Defence Minister Tomas Odeh resigned. The minister gave no reason.",
            "The minister",
            "Tomas Odeh",
        ),
        (
            "Defence Minister Tomas Odeh resigned. He gave no reason.",
            "He",
            "Tomas Odeh",
        ),
        (
            "Ukraine's Defence Ministry lost two men. The ministry blamed shelling.",
            "The ministry",
            "Defence Ministry",
        ),
        (
            "NATO secretary general Jens Stoltenberg flew to Kabul. The NATO chief met soldiers.",
            "The NATO chief",
            "Jens Stoltenberg",
        ),
    ],
)
def test_what_is_taken_up_again_is_the_same(text: str, words: str, name: str) -> None:
    found = said(text, words)
    assert (found.name, found.basis) == (name, "coreference")


def test_a_group_is_not_chosen_among_two() -> None:
    text = "The Taliban fought Boko Haram. The group fled."
    assert said(text, "The group").actor is None


@pytest.mark.parametrize(
    ("text", "words", "sector"),
    [
        ("Unidentified gunmen shot a mayor.", "Unidentified gunmen", "UAF"),
        ("Unknown attackers fled.", "Unknown attackers", "UAF"),
        ("Unidentified aircraft bombed a village.", "Unidentified aircraft", "UAF"),
        ("Unknown persons burned a bus.", "Unknown persons", "UNK"),
        ("Unidentified people burned a bus.", "Unidentified people", "UNK"),
    ],
)
def test_the_unidentified_are_armed_or_unknown(text: str, words: str, sector: str) -> None:
    assert said(text, words).sectors == (sector,)


@pytest.mark.parametrize(
    ("text", "words", "sectors"),
    [
        ("Germany's coalition government fell. The coalition had lasted.", "The coalition", ("GOV",)),
        ("The opposition coalition called for votes.", "The opposition coalition", ("OPP",)),
        ("The coalition led by Canada bombed a depot.", "The coalition", ("MIL",)),
        ("A coalition of charities urged calm.", "A coalition of charities", ("SOC",)),
        ("The coalition praised the plan.", "The coalition", ()),
    ],
)  # fmt: skip
def test_a_coalition_is_what_its_context_tells(
    text: str, words: str, sectors: tuple[str, ...]
) -> None:
    assert said(text, words).sectors == sectors


def test_a_coalition_is_known_by_who_leads_it_at_the_time() -> None:
    text = "The coalition led by Saudi Arabia bombed Sanaa. Its jets hit a market."
    assert said(text, "The coalition").name == "Saudi-led coalition"
    assert said(text, "Its").name == "Saudi-led coalition"
    assert said(text, "The coalition", "2010-03-10").actor is None


def test_the_premier_is_the_one_named_last() -> None:
    text = "Italian Premier Matteo Renzi spoke. Japan's prime minister listened. The premier left."
    assert said(text, "The premier").name == "Shinzo Abe"


def test_a_delegation_is_of_the_country_of_whose_it_is() -> None:
    text = "Angela Merkel and her delegation left. Iran, France and Cuba kept silent."
    assert said(text, "her delegation").country == "DEU"
