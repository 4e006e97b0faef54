import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPORT = "PARIS - Hundreds of protesters marched on Monday.\n\nPost a Comment\n"


def dateline(
    *arguments: str | Path, input: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        input=input,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
    )


def test_one_report_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    done = dateline("code", tmp_path / "a.txt", "--date", "2021-07-27", "--format", "table")
    assert done.returncode == 0, done.stderr
    assert "Hundreds of protesters marched" in done.stdout
    assert "How the report was dated" in done.stdout


def test_a_pipe_gives_json_lines_and_nothing_else(tmp_path: Path) -> None:
    done = dateline("code", "-", input=REPORT)
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["report"]["text"] == REPORT


def test_some_failed_is_exit_code_1_with_a_file_of_reasons(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "Troops left."}\n{"id": "2"}\nno\n')
    out = tmp_path / "out.jsonl"
    done = dateline("code", tmp_path / "a.jsonl", "-o", out)
    assert done.returncode == 1
    assert "2 reports failed; see" in done.stderr
    reasons = (tmp_path / "out.jsonl.errors.jsonl").read_text().splitlines()
    assert [json.loads(line)["source"].split("#")[1] for line in reasons] == ["2", "3"]
    assert len(out.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code"], "Missing argument"),
        (["code", "x.txt", "--date", "27/07/2021"], "write it like 2021-07-27"),
        (["code", "x.txt", "--format", "parquet"], "parquet needs a file"),
        (["code", "x.txt", "--resume"], "add -o FILE.jsonl"),
        (["code", "x.txt", "--column", "txt=Body"], "FIELD is one of"),
        (["code", "x.txt", "--layer", "evnts"], "one of events"),
        (["code", "x.txt", "--input", "docx"], "one of text"),
        (["cod"], "No such command"),
    ],
)
def test_a_wrong_use_is_exit_code_2_and_says_what(arguments: list[str], words: str) -> None:
    done = dateline(*arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())


def test_an_unwritable_output_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    done = dateline("code", tmp_path / "a.txt", "-o", tmp_path / "no" / "out.jsonl")
    assert done.returncode == 1
    assert "cannot write" in done.stderr and "--output" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_stops_with_a_clear_word(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full to write to")
    (tmp_path / "a.txt").write_text(REPORT)
    done = dateline("code", tmp_path / "a.txt", "-o", "/dev/full", "-f", "jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert "No space left" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_interrupted_run_leaves_whole_lines_and_goes_on(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": str(n), "text": f"Police arrested {n} men. " * 30}) for n in range(150)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "dateline", "code", str(tmp_path / "a.jsonl"), "-o", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not out.exists() or out.stat().st_size == 0:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "go on with --resume" in said
    lines = out.read_bytes().split(b"\n")
    assert lines[-1] == b"" and all(json.loads(line)["report"]["id"] for line in lines[:-1])
    assert 0 < len(lines) - 1 < 150
    done = dateline("code", tmp_path / "a.jsonl", "-o", out, "--resume")
    assert done.returncode == 0
    ids = [json.loads(line)["report"]["id"] for line in out.read_text().splitlines()]
    assert ids == [str(n) for n in range(150)]


def test_csv_to_a_pipe(tmp_path: Path) -> None:
    done = dateline("code", "-", "-f", "csv", "--layer", "quantities", input=REPORT)
    assert done.returncode == 0
    assert done.stdout.startswith("report_id,published,")


def test_the_schema_is_json() -> None:
    assert json.loads(dateline("schema").stdout)["title"] == "CodedReport"


def test_info_names_versions_and_licences() -> None:
    found = json.loads(dateline("info", "--json").stdout)
    assert {"dateline", "language model", "spacy"} <= {row["name"] for row in found["versions"]}
    assert all(row["licence"] for row in found["data"])


def test_explain_of_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    done = dateline("explain", tmp_path / "a.txt", "--event", "e999-1000")
    assert done.returncode == 1
    assert "no record 'e999-1000'" in done.stderr


def test_every_command_has_help_with_an_example() -> None:
    import typer

    from dateline.cli import app

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if not hasattr(command, "commands"):
            assert command.help, name
            assert "xample" in (command.epilog or ""), name
