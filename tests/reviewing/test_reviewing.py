from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import Coder, Report
from dateline.archive import Archive, Judgement
from dateline.cli import app
from dateline.errors import InputError
from dateline.evaluating import read_gold
from dateline.reviewing import (
    agreement,
    alpha,
    export_judgements,
    gold_rows,
    import_judgements,
    kappa,
    machine,
    progress,
    queue,
)

TEXTS = {
    "one": "France condemned Belarus on Monday. Rebels killed 12 soldiers near Mopti.",
    "two": "Police arrested 42 protesters in Minsk. Norway pledged aid to Mali.",
}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def filled(where: str, coder: Coder) -> Archive:
    archive = Archive(where, create=True)
    for id, text in TEXTS.items():
        archive.add(coder.code(Report(id=id, text=text, published="2024-05-06")))
    return archive


def said(archive: Archive, action: str, item: int = 0, coder: str = "ada", **more: object) -> int:
    chosen = sorted((i.report, i.event) for i in queue(archive, "nobody"))[item]
    made = archive.judge(Judgement(coder, action, "events", *chosen, **more))  # type: ignore[arg-type]
    assert made.number is not None
    return made.number


def test_a_judged_event_leaves_the_queue_of_its_coder_alone(where: str, coder: Coder) -> None:
    with filled(where, coder) as archive:
        before = len(queue(archive, "ada"))
        said(archive, "accept")
        assert len(queue(archive, "ada")) == before - 1
        assert len(queue(archive, "bob")) == before
        assert progress(archive).by_coder == {"ada": 1}


def test_undo_keeps_both_rows_and_works_once(where: str, coder: Coder) -> None:
    with filled(where, coder) as archive:
        number = said(archive, "reject")
        archive.undo(number, "bob", "too hasty")
        assert archive.judgements() == []
        assert [j.undoes for j in archive.judgements(standing=False)] == [None, number]
        with pytest.raises(InputError, match="already"):
            archive.undo(number, "bob")


@pytest.mark.parametrize(
    ("judgement", "message"),
    [
        (Judgement("ada", "adore", "events", "one", "x"), "there is no action"),
        (Judgement("ada", "accept", "moods", "one", "x"), "there is no layer"),
        (Judgement("ada", "kept", "events", "one", "x"), "said of commitments"),
        (Judgement("ada", "correct", "events", "one", "x"), "needs the field"),
        (Judgement("ada", "merge", "events", "one", "x"), "needs two events"),
        (Judgement("", "accept", "events", "one", "x"), "needs the name"),
        (Judgement("ada", "accept", "events", "one", "x"), "no 'x' among the events"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(
    tmp_path: Path, coder: Coder, judgement: Judgement, message: str
) -> None:
    with filled(str(tmp_path / "a.db"), coder) as archive, pytest.raises(InputError, match=message):
        archive.judge(judgement)


def test_coding_again_keeps_judgements_and_tells_orphans(where: str, coder: Coder) -> None:
    with filled(where, coder) as archive:
        said(archive, "accept")
        archive.add(coder.code(Report(id="one", text=TEXTS["one"], published="2024-05-07")))
        assert len(archive.judgements()) == 1 and archive.orphans() == []
        archive.add(coder.code(Report(id="one", text="Nothing happened.", published="2024-05-07")))
        assert [j.report for j in archive.orphans()] == ["one"]


def test_the_last_word_on_a_pair_of_events_binds_merging(tmp_path: Path, coder: Coder) -> None:
    with filled(str(tmp_path / "a.db"), coder) as archive:
        keys = sorted((i.report, i.event) for i in queue(archive, "x"))
        (one, two) = keys[0], keys[-1]
        for action in ("merge", "split"):
            archive.judge(Judgement("ada", action, "events", *one, other="/".join(two)))
        (constraint,) = archive.constraints()
        assert not constraint.together
        archive.merge()
        assert archive.merged_of(*one) != archive.merged_of(*two)


def test_judgements_travel_once(tmp_path: Path, coder: Coder) -> None:
    with (
        filled(str(tmp_path / "a.db"), coder) as first,
        filled(str(tmp_path / "b.db"), coder) as second,
    ):
        said(first, "accept")
        first.undo(said(first, "correct", 1, field="type", value="AID"), "ada")
        lines = list(export_judgements(first))
        assert import_judgements(second, lines) == {"added": 3}
        assert import_judgements(second, lines) == {"same": 3}
        assert [j.action for j in second.judgements()] == ["accept"]
        with pytest.raises(InputError, match="line 1"):
            import_judgements(second, ["{}"])


def test_machine_and_gold_say_what_people_said(tmp_path: Path, coder: Coder) -> None:
    with filled(str(tmp_path / "a.db"), coder) as archive:
        items = sorted((i.report, i.event) for i in queue(archive, "x"))
        for n in range(len(items)):
            said(archive, "reject" if n == 0 else "accept", n)
        said(archive, "correct", 1, field="type", value="AID")
        scores = {score.field: score for score in machine(archive)}
        assert scores["event"].right == len(items) - 1
        assert scores["type"].right == len(items) - 2
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in gold_rows(archive)), encoding="utf-8")
        golds = list(read_gold(path))
        assert sum(len(gold.layers["events"]) for gold in golds) == len(items) - 1
        assert "AID" in {row["type"] for gold in golds for row in gold.layers["events"]}


def test_alpha_is_krippendorffs() -> None:
    """The worked example of Krippendorff (2011), four observers, nominal data: .743."""
    table = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    coders = [{n: v for n, v in enumerate(row) if v is not None} for row in table]
    assert alpha(coders) == pytest.approx(0.743, abs=5e-4)
    assert alpha([{1: "a"}, {1: "a"}]) is None


def test_kappa_is_cohens() -> None:
    first = dict(enumerate(["y"] * 25 + ["n"] * 25))
    second = dict(enumerate(["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15))
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa({}, second) is None


def test_two_coders_agree_in_part(tmp_path: Path, coder: Coder) -> None:
    with filled(str(tmp_path / "a.db"), coder) as archive:
        for item in range(3):
            said(archive, "accept", item, "ada")
            said(archive, "accept" if item else "reject", item, "bob")
        (verdict, *_) = agreement(archive)
        assert (verdict.question, verdict.units) == ("verdict", 3)
        assert verdict.kappas["ada", "bob"] == pytest.approx(0.0)


def test_review_on_the_command_line(tmp_path: Path, coder: Coder) -> None:
    where = str(tmp_path / "a.db")
    filled(where, coder).close()
    run = CliRunner().invoke
    shown = run(app, ["review", "next", where, "--coder", "ada", "--json", "--limit", "1"])
    row = json.loads(shown.stdout)
    key = f"{row['report']}/{row['event']}"
    assert run(app, ["review", "accept", where, key, "--coder", "ada"]).exit_code == 0
    assert run(app, ["review", "correct", where, key, "type", "AID", "-c", "bob"]).exit_code == 0
    assert "1 of" in run(app, ["review", "progress", where]).stdout
    assert "verdict" in run(app, ["review", "agreement", where]).stdout
    assert len(run(app, ["review", "export", where]).stdout.splitlines()) == 2
    assert run(app, ["review", "undo", where, "1", "-c", "ada"]).exit_code == 0
    assert key in run(app, ["review", "next", where, "--coder", "ada", "-l", "99"]).stdout
