import json
from pathlib import Path

from tests.cli.test_code import REPORT, dateline


def test_from_an_empty_folder_to_a_search(tmp_path: Path) -> None:
    archive = tmp_path / "news.dateline"
    missing = dateline("add", archive, tmp_path)
    assert missing.returncode == 1 and "dateline init" in missing.stderr
    assert dateline("init", archive).returncode == 0
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text("")
    added = dateline("add", archive, tmp_path / "a.txt", tmp_path / "b.txt", cwd=tmp_path)
    assert added.returncode == 1
    assert "1 added" in added.stderr and "1 reports failed" in added.stderr
    assert "1 same" in dateline("add", archive, tmp_path / "a.txt").stderr
    hit = json.loads(dateline("search", archive, "protester", "--json").stdout)
    shown = json.loads(dateline("show", archive, hit["report"], "--json").stdout)
    assert shown["report"]["text"] == REPORT
    assert json.loads(dateline("stats", archive, "--json").stdout)["reports"] == 1
    assert dateline("withdraw", archive, hit["report"]).returncode == 0
    feed = dateline("changes", archive, "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in feed] == ["added", "withdrawn"]


def test_a_coded_file_is_added_as_it_is(tmp_path: Path) -> None:
    archive, coded = tmp_path / "news.dateline", tmp_path / "coded.jsonl"
    coded.write_text(dateline("code", "-", input=REPORT).stdout)
    dateline("init", archive)
    assert "1 added" in dateline("add", archive, coded).stderr
