"""Nobody among the victims, and no bystander, is taken for who did it."""

import pytest

from dateline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize(
    "text",
    [
        "Union leaders mourned ten members who were killed in a blast in Lima on Monday.",
        "Two reporters of a Dutch television station were killed in Lima.",
        "Twelve guerrillas and one soldier were killed in Lima on Monday.",
    ],
)
def test_who_is_left_out_is_not_guessed(coder: Coder, text: str) -> None:
    coded = coder.code(text, published="2024-05-07")
    assert [e.actors for e in coded.events if e.type == "ASSAULT"] == [()]


def test_who_is_named_behind_by_acts(coder: Coder) -> None:
    coded = coder.code("Two reporters of a Dutch television station were killed by rebels.")
    by_id = {p.id: p.span.text for p in coded.participants}
    assert [[by_id[i] for i in e.actors] for e in coded.events if e.type == "ASSAULT"] == [
        ["rebels"]
    ]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("President Macron warned that France could run short of gas.", None),
        ("President Macron warned that rebels were near the capital of Mali.", None),
        ("President Macron warned that France would strike back.", []),
        ("President Modi warned Pakistan that India would strike back.", ["Pakistan"]),
    ],
)
def test_a_warning_goes_to_others(coder: Coder, text: str, recipients: list[str] | None) -> None:
    coded = coder.code(text, published="2024-05-07")
    by_id = {p.id: p.span.text for p in coded.participants}
    threats = [e for e in coded.events if e.type == "THREATEN"]
    wanted = [] if recipients is None else [recipients]
    assert [[by_id[i] for i in e.recipients] for e in threats] == wanted


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("The killing of ten farmers by soldiers in Lima was denounced.", "dead", 10),
        ("Thousands mourned ten farmers who were killed by soldiers in Lima.", "dead", 10),
        ("The arrest of twelve students by police in Lima was denounced.", "arrested", 12),
    ],
)
def test_victims_behind_a_noun_are_counted(coder: Coder, text: str, role: str, number: int) -> None:
    coded = coder.code(text, published="2024-05-07")
    values = {q.id: q.value for q in coded.quantities}
    assert (role, number) in [(s.role, values[s.quantity]) for e in coded.events for s in e.sizes]


def test_an_area_is_no_actor(coder: Coder) -> None:
    text = "A Dutch reporter was killed on Monday in Berlin, Usulutan Department, in El Salvador."
    coded = coder.code(text, published="2024-05-07")
    assert [e.actors for e in coded.events if e.type == "ASSAULT"] == [()]
