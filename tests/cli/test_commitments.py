import json
from pathlib import Path

from dateline.archive import Archive, Judgement
from dateline.batch import read_coded
from tests.cli.test_code import dateline

CODED = Path(__file__).parents[1] / "data" / "export" / "coded.jsonl"


def listed(*words: str | Path) -> list[dict[str, object]]:
    done = dateline("commitments", *words, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_archive_lists_as_its_coded_file_does(tmp_path: Path) -> None:
    path = tmp_path / "news.dateline"
    with Archive(path, create=True) as archive:
        archive.add_all(read_coded(CODED))
    assert listed(path) == listed(CODED) != []
    due = listed(path, "--due-before", "2023-06-30", "--actor", "DEU")
    assert [one["what"] for one in due] == ["send 200 soldiers to Lithuania in June"]
    assert listed(path, "--evidence")[0]["evidence"] == []
    dated = dateline("commitments", path, "--due-before", "soon")
    assert dated.returncode == 2 and "soon" in dated.stderr


def test_a_verdict_closes_a_commitment(tmp_path: Path) -> None:
    path = tmp_path / "news.dateline"
    with Archive(path, create=True) as archive:
        archive.add_all(read_coded(CODED))
    one = listed(path, "--actor", "DEU", "--due-before", "2023-06-30")[0]
    assert one["state"] != "closed"
    report, record = str(one["report"]), str(one["id"])
    with Archive(path) as archive:
        archive.judge(Judgement("ana", "kept", "commitments", report, record, note="they came"))
    closed = listed(path, "--state", "closed")
    assert [(c["id"], c["verdict"], c["judged_by"], c["note"]) for c in closed] == [
        (record, "kept", "ana", "they came")
    ]
    overdue = listed(path, "--state", "overdue", "--as-of", "2024-01-01")
    assert record not in {c["id"] for c in overdue} and overdue
    assert "kept" in dateline("commitments", path).stdout


REPORTS = [
    {"id": "r1", "published": "2021-02-20", "text": "The United States agreed to withdraw all its troops from Afghanistan by May 1, 2021."},
    {"id": "r2", "published": "2021-04-14", "text": "The United States will withdraw its troops from Afghanistan by September 11, 2021, and not by May 1."},
    {"id": "r3", "published": "2021-08-31", "text": "The United States withdrew its last troops from Afghanistan on Monday."},
    {"id": "r4", "published": "2021-09-20", "text": "Rain fell on the town."},
]  # fmt: skip


def code_reports(folder: Path) -> Path:
    source, coded = folder / "reports.jsonl", folder / "coded.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in REPORTS), encoding="utf-8")
    done = dateline("code", source, "-o", coded)
    assert done.returncode == 0, done.stderr
    return coded


def test_versions_evidence_and_verdict_are_shown(tmp_path: Path) -> None:
    coded = code_reports(tmp_path)
    first, second = listed(coded, "--revisions", "--evidence")
    assert first["revised_by"] == [
        {"report": "r2", "id": second["id"], "published": "2021-04-14", "changes": second["revises"]["changes"]}  # type: ignore[index]
    ]  # fmt: skip
    assert second["revises"]["changes"]["deadline"] == {"was": "2021-05-01", "is": "2021-09-11"}  # type: ignore[index]
    assert [(e["report"], e["direction"]) for e in second["evidence"]] == [("r3", "for")]  # type: ignore[attr-defined]
    path = tmp_path / "news.dateline"
    with Archive(path, create=True) as archive:
        archive.add_all(read_coded(coded))
    key = f"r2/{second['id']}"
    done = dateline("review", "verdict", path, key, "kept", "--coder", "ana", "--note", "they left")
    assert done.returncode == 0, done.stderr
    for source in (coded, path):
        table = " ".join(
            dateline("commitments", source, "--revisions", "--evidence").stdout.split()
        )
        assert "deadline 2021-05-01 → 2021-09-11" in table
        assert "withdrew its last troops" in table
    assert "kept, says ana: they left" in table


def test_the_day_is_that_of_the_latest_report_of_all(tmp_path: Path) -> None:
    coded = code_reports(tmp_path)
    states = {one["due"]: one["state"] for one in listed(coded, "--due-before", "2021-12-31")}
    assert states == {"2021-05-01": "overdue", "2021-09-11": "overdue"}
