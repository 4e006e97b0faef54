"""The participants that the parse puts further off, and the reasons that come with them."""

from pathlib import Path

import pytest

from dateline import CodedReport, Coder
from dateline.errors import DataError
from dateline.events import linker

FAR = [
    ("Canada imposed tariffs on steel from Brazil on Monday.", "SANCTION", "Brazil"),
    ("Norway lifted its ban on fish imports from Chile.", "CONCEDE", "Chile"),
    ("The envoy rejected a request by Kenya.", "REJECT", "Kenya"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


def names(coded: CodedReport, ids: tuple[str, ...]) -> list[str]:
    """Return the words of participants."""
    by_id = {p.id: p for p in coded.participants}
    return [by_id[i].span.text for i in ids]


@pytest.mark.parametrize(("text", "kind", "recipient"), FAR)
def test_a_recipient_inside_the_theme_is_found(
    coder: Coder, text: str, kind: str, recipient: str
) -> None:
    coded = coder.code(text)
    (event,) = coded.events
    assert event.type == kind
    assert names(coded, event.recipients) == [recipient]


def test_a_participant_that_the_weights_put_in_says_so(coder: Coder) -> None:
    coded = coder.code(FAR[0][0])
    (why,) = [r for r in coded.events[0].why if r.rule == "linker"]
    assert why.field == "recipients"
    assert why.weight is not None and why.weight >= linker.ADDED["recipient"]
    assert [span.text for span in why.spans] == ["Brazil"]


def test_who_condemns_an_attack_has_not_carried_it_out(coder: Coder) -> None:
    coded = coder.code("Denmark condemned the attack on the embassy of Sweden.")
    attack = next(e for e in coded.events if e.type == "ASSAULT")
    assert attack.actors == ()


def test_a_weight_that_is_no_number_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "linker.tsv").write_text("# version 1; x\nactor bias\tmuch\n")
    monkeypatch.setattr(linker, "files", lambda _: tmp_path)
    linker.load_weights.cache_clear()
    try:
        with pytest.raises(DataError, match=r"linker\.tsv:2"):
            linker.load_weights()
    finally:
        linker.load_weights.cache_clear()


def test_who_reports_a_bomb_laid_none(coder: Coder) -> None:
    coded = coder.code(
        "Navy lieutenant Juan Mendoza, commander of the port, reported that a bomb exploded in the town of Yunguyo."
    )
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert event.actors == ()
