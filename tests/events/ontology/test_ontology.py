from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.events import ontology
from dateline.events.ontology import load, plover_reading, quad, reading_rule, score
from dateline.records import Status

PLOVER = load()


def test_plover_is_whole() -> None:
    assert len(PLOVER.types) == 16
    assert len(PLOVER.contexts) == 37
    assert sum(len(t.modes) for t in PLOVER.types.values()) == 67
    assert [*PLOVER.types][::15] == ["AGREE", "ASSAULT"]


def test_every_definition_says_something() -> None:
    for kind in PLOVER.types.values():
        assert len(kind.definition) > 60, kind.id
        assert kind.ambiguities, kind.id
        assert all(len(mode.definition) > 10 for mode in kind.modes.values())
    assert all(c.definition and c.examples for c in PLOVER.contexts.values())
    assert all(s.definition for s in PLOVER.sectors.values())


def test_scores_lie_on_their_side() -> None:
    for kind in PLOVER.types.values():
        for mode in (None, *kind.modes):
            assert (score(kind.id, mode) > 0) == (
                quad(kind.id) < 3 or (mode == "assist" and kind.id == "REQUEST")
            )


def test_a_mode_without_a_score_takes_the_types() -> None:
    mode = PLOVER.types["PROTEST"].modes["vandalize"]
    assert not mode.score_stated
    assert mode.score == PLOVER.types["PROTEST"].score
    assert score("ASSAULT", "no such mode") == score("ASSAULT")


def test_ambiguities_point_to_types_and_modes_that_exist() -> None:
    for kind in PLOVER.types.values():
        for ambiguity in kind.ambiguities:
            other, _, mode = ambiguity.but.partition("/")
            assert other == "nothing" or other in PLOVER.types, (kind.id, ambiguity.but)
            assert not mode or mode in PLOVER.types[other].modes, (kind.id, ambiguity.but)


@pytest.mark.parametrize("negated", [False, True])
@pytest.mark.parametrize("status", list(Status))
def test_every_act_has_one_reading(status: Status, negated: bool) -> None:
    for kind in PLOVER.types.values():
        for mode in (None, *kind.modes):
            rule = reading_rule(kind.id, mode, status, negated)
            assert rule is not None, (kind.id, mode, status, negated)
            read = plover_reading(kind.id, mode, status, negated)
            if read is not None:
                assert read[0] in PLOVER.types
                assert read[1] is None or read[1] in PLOVER.types[read[0]].modes


def test_every_reading_rule_decides_something() -> None:
    used = set()
    for kind in PLOVER.types.values():
        for mode in (None, *kind.modes):
            for status in Status:
                for negated in (False, True):
                    rule = reading_rule(kind.id, mode, status, negated)
                    used.add(rule.id if rule else "")
    assert used == {rule.id for rule in PLOVER.reading}


@pytest.mark.parametrize(
    ("act", "mode", "status", "negated", "read"),
    [
        ("CONSULT", "visit", "planned", False, ("AGREE", None)),
        ("AID", None, "proposed", False, ("AGREE", None)),
        ("RETREAT", "withdraw", "planned", False, ("CONCEDE", None)),
        ("RETREAT", "withdraw", "occurred", False, ("RETREAT", "withdraw")),
        ("CONCEDE", None, "planned", False, ("CONCEDE", None)),
        ("ASSAULT", "aerial", "threatened", False, ("THREATEN", "violence")),
        ("COERCE", "arrest", "threatened", False, ("THREATEN", "arrest")),
        ("SANCTION", "expel", "planned", False, ("THREATEN", "expel")),
        ("CONSULT", None, "demanded", False, ("REQUEST", "meet")),
        ("RETREAT", "resign", "demanded", False, ("REQUEST", "change")),
        ("ASSAULT", None, "demanded", True, ("REQUEST", "yield")),
        ("AID", None, "planned", True, ("REJECT", "assist")),
        ("ASSAULT", None, "planned", True, ("CONCEDE", None)),
        ("ASSAULT", None, "occurred", True, None),
        ("ASSAULT", None, "denied", False, None),
        ("PROTEST", "demo", "hypothetical", False, None),
    ],
)
def test_plovers_own_reading(
    act: str, mode: str | None, status: str, negated: bool, read: tuple[str, str | None] | None
) -> None:
    assert plover_reading(act, mode, status, negated) == read


def test_the_public_names_can_be_imported() -> None:
    assert all(hasattr(ontology, name) for name in ontology.__all__)


# ------------------------------------------------------------------ own ontologies

TYPE = """\
id: RALLY
label: Rally
quad: 4
score: -5
definition: People gather in the open to make a point.
roles:
  actor: {need: required, meaning: Who gathers.}
  recipient: {need: optional, meaning: Against whom.}
examples:
  positive:
    - {text: Miners rallied in Zenica.}
    - {text: Nurses rallied in Bihac.}
    - {text: Pensioners rallied in Tuzla.}
  negative:
    - {text: Shares rallied in Tokyo., why: A market term.}
    - {text: The rally car broke down., why: A sport.}
"""
HEAD = "id: own\nlabel: Own\nversion: '1'\nsource: here\nlicence: CC0\n"


def write(folder: Path, kind: str = TYPE, head: str = HEAD) -> Path:
    (folder / "types").mkdir()
    (folder / "types" / "rally.yaml").write_text(kind)
    (folder / "ontology.yaml").write_text(head)
    return folder


def test_an_ontology_of_ones_own(tmp_path: Path) -> None:
    own = load(write(tmp_path))
    assert own.score("RALLY") == -5
    assert [e.positive for e in own.examples] == [True, True, True, False, False]
    assert plover_reading("RALLY", None, "occurred", ontology=own) == ("RALLY", None)
    assert plover_reading("RALLY", None, "planned", ontology=own) is None


def test_an_ontology_in_one_file(tmp_path: Path) -> None:
    body = "types:\n  - " + TYPE.rstrip().replace("\n", "\n    ") + "\n"
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + body)
    assert list(load(path).types) == ["RALLY"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("quad: 4", "quad: 5", 3, "quad must be"),
        ("score: -5", "score: -50", 4, "between -10 and 10"),
        ("label: Rally", "labl: Rally", 1, "'label' is missing"),
        ("label: Rally", "label: Rally\nextra: 1", 3, "unknown key 'extra'"),
        ("need: optional", "need: maybe", 8, "need is one of"),
        ("    - {text: Nurses rallied in Bihac.}\n", "", 9, "it needs 3 and 2"),
        ("{text: Nurses rallied in Bihac.}", "{text: Nurses., trigger: met}", 12, "does not stand"),
        (
            "{text: Nurses rallied in Bihac.}",
            "{text: Nurses., status: gone}",
            12,
            "status is one of",
        ),
        ("{text: Nurses rallied in Bihac.}", "{text: Nurses., mode: big}", 12, "no mode 'big'"),
        ("label: Rally", "label: Rally\nlabel: Rally", 3, "stands twice"),
        ("label: Rally", "label: [", 4, "no valid YAML"),
    ],
)
def test_errors_name_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    folder = write(tmp_path, TYPE.replace(old, new))
    with pytest.raises(DataError, match=says) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{folder / 'types' / 'rally.yaml'}:{line}:"), caught.value


def test_a_missing_folder_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load(tmp_path / "nowhere")


def test_a_missing_lexicon_is_a_data_error(tmp_path: Path) -> None:
    folder = write(tmp_path, head=HEAD + "lexicon: words.yaml\n")
    with pytest.raises(DataError, match=r"ontology\.yaml:6: the lexicon 'words\.yaml'"):
        load(folder)


def test_the_protest_ontology_of_the_examples() -> None:
    own = load(Path(__file__).parents[3] / "examples" / "ontologies" / "protest")
    assert list(own.types) == ["DEMONSTRATE", "STOP-WORK", "BLOCK", "RIOT", "RESPOND"]
    assert own.score("RESPOND", "concede") == 4.5
    assert plover_reading("BLOCK", "road", "occurred", ontology=own) == ("BLOCK", "road")
    assert not own.contexts
