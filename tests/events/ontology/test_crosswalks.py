from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.events.ontology import acled_for, load, ucdp_for
from dateline.events.ontology.crosswalks import load_acled, load_ucdp

ACLED = load_acled()


def test_acled_is_whole() -> None:
    assert len(ACLED.events) == 6
    assert sum(len(subs) for subs in ACLED.events.values()) == 25


def test_every_sub_event_but_other_can_be_reached() -> None:
    reached = {rule.event for rule in ACLED.rules}
    assert {s for subs in ACLED.events.values() for s in subs} - reached == {"Other"}


@pytest.mark.parametrize(
    ("kind", "mode", "actors", "recipients", "cues", "sub"),
    [
        ("ASSAULT", "firearms", ["MIL"], ["REB"], [], "Armed clash"),
        ("ASSAULT", "firearms", ["REB"], ["CVL"], [], "Attack"),
        (
            "ASSAULT",
            "firearms",
            ["COP"],
            ["CVL"],
            ["protester"],
            "Excessive force against protesters",
        ),
        ("ASSAULT", "crowd-control", ["COP"], ["CVL"], [], "Protest with intervention"),
        ("ASSAULT", None, ["MIL"], ["REB"], ["retake", "town"], "Government regains territory"),
        ("COERCE", "seize", ["REB"], [], ["seize", "town"], "Non-state actor overtakes territory"),
        ("ASSAULT", "explosives", ["REB"], ["MIL"], [], "Remote explosive/landmine/IED"),
        ("ASSAULT", "drone", ["MIL"], ["REB"], [], "Air/drone strike"),
        ("ASSAULT", "abduct", ["REB"], ["CVL"], [], "Abduction/forced disappearance"),
        ("PROTEST", "demo", ["CVL"], [], [], "Peaceful protest"),
        ("PROTEST", "riot", ["CVL"], [], [], "Violent demonstration"),
        ("RETREAT", "ceasefire", ["REB"], [], [], "Agreement"),
        ("COERCE", "arrest", ["COP"], ["OPP"], [], "Arrests"),
    ],
)
def test_acled(
    kind: str, mode: str | None, actors: Sequence[str], recipients: Sequence[str],
    cues: Sequence[str], sub: str,
) -> None:  # fmt: skip
    found = acled_for(kind, mode, actors=actors, recipients=recipients, cues=cues)
    assert found == (ACLED.event_type(sub), sub)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PROTEST", "strike"), ("CONSULT", None), ("AID", None)]
)
def test_what_acled_leaves_out(kind: str, mode: str | None) -> None:
    assert acled_for(kind, mode) is None


def test_every_act_has_an_answer() -> None:
    for kind in load().types.values():
        for mode in (None, *kind.modes):
            acled_for(kind.id, mode)
            ucdp_for(kind.id, mode)


@pytest.mark.parametrize(
    ("actors", "recipients", "deaths", "violence"),
    [
        (["MIL"], ["REB"], 3, 1),
        (["REB"], ["COP"], None, 1),
        (["MIL"], ["MIL"], 1, 1),
        (["REB"], ["REB"], 5, 2),
        (["REB"], ["CVL"], 2, 3),
        (["MIL"], ["CVL"], 2, 3),
        (["MIL"], ["REB"], 0, None),
        (["UAF"], ["CVL"], 2, None),
        (["CRM"], ["CVL"], 2, None),
        (["MIL"], [], 2, None),
    ],
)
def test_ucdp(
    actors: Sequence[str], recipients: Sequence[str], deaths: float | None, violence: int | None
) -> None:
    found = ucdp_for("ASSAULT", "firearms", actors=actors, recipients=recipients, deaths=deaths)
    assert found == violence


def test_ucdp_counts_armed_force_only() -> None:
    assert set(load_ucdp().classes) == {1, 2, 3}
    assert ucdp_for("COERCE", "arrest", actors=["MIL"], recipients=["CVL"]) is None
    assert ucdp_for("ASSAULT", "beat", actors=["MIL"], recipients=["CVL"]) is None


def test_a_broken_crosswalk_is_a_data_error(tmp_path: Path) -> None:
    path = tmp_path / "acled.yaml"
    path.write_text(
        "version: '1'\nsectors: {}\nevents: {Riots: [Mob violence]}\n"
        "rules:\n  - {acts: [PROTEST], event: Dancing, why: none}\n"
    )
    with pytest.raises(DataError, match=r"acled\.yaml:5: ACLED has no sub-event type 'Dancing'"):
        load_acled(path)
