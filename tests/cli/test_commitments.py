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
