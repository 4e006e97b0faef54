"""Speakers that are actors because they speak, and bodies that a noun takes up again."""

from __future__ import annotations

import pytest

from dateline import actors
from dateline.language import notes, parse
from dateline.records import Participant, Report


def found(text: str, published: str | None = None) -> tuple[Participant, ...]:
    doc = actors.stage()(parse(Report(id="t", text=text, published=published)))
    return notes(doc).participants


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Experts said the offer was fair.", "Experts"),
        ("According to analysts, the truce will hold.", "analysts"),
        ("The organisers say the march will go on.", "The organisers"),
        ("Kovac said the road was safe.", "Kovac"),
    ],
)
def test_whoever_speaks_is_a_participant(text: str, speaks: str) -> None:
    assert speaks in {p.span.text for p in found(text)}


@pytest.mark.parametrize(
    "text", ["The army built roads for experts.", "He sold users to organisers."]
)
def test_weak_nouns_that_do_not_speak_are_none(text: str) -> None:
    assert not {"experts", "users", "organisers"} & {p.head.text for p in found(text)}


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("Kraft's new label will be green. But the firm will continue to advertise.", "firm", "Kraft"),
        ("The International Energy Agency met on Monday. Prices rose. The agency said demand was weak.", "agency", "International Energy Agency"),
    ],
)  # fmt: skip
def test_a_noun_takes_up_the_body_named_before(text: str, noun: str, name: str) -> None:
    again = next(p for p in found(text) if p.head.text == noun)
    first = next(p for p in found(text) if p.name == name)
    assert again.cluster == first.cluster
    assert again.name == name


def test_the_company_alone_is_no_name() -> None:
    (company,) = (p for p in found("The company will close.") if p.head.text == "company")
    assert company.actor is None
    assert company.basis == "generic"


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("Gordon Brown met Tony Blair in London. The chancellor spoke first.", "2005-02-01", "Gordon Brown"),
        ("Olaf Scholz flew to Paris on Monday. The chancellor spoke first.", "2022-05-01", "Olaf Scholz"),
    ],
)  # fmt: skip
def test_a_chancellor_is_what_the_country_makes_of_it(text: str, published: str, name: str) -> None:
    again = next(p for p in found(text, published) if "chancellor" in p.span.text)
    assert again.name == name
