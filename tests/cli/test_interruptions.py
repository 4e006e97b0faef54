"""Runs that are cut off: nothing is lost, and ``--resume`` ends in the same bytes."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import children

FIRST = "Police arrested {} protesters in Lyon on Monday. "
LONG = "The foreign minister of Italy said rebels attacked the town of Gao, killing {} soldiers. "


def command(source: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "dateline", "code", str(source), "-o", str(out), *more]


def run(
    source: Path, out: Path, *more: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(source, out, *more), capture_output=True, text=True, timeout=300, preexec_fn=before
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty reports, a few of which cannot be read or are not in English."""
    rows = []
    for n in range(60):
        text = FIRST.format(n) + LONG.format(n) * (5 + n % 7)
        if n % 10 == 3:
            text = ""
        elif n % 10 == 7:
            text = "Le président a rencontré lundi à Paris le ministre pour discuter de la paix."
        rows.append(json.dumps({"id": str(n), "text": text}))
    path = tmp_path_factory.mktemp("source") / "news.jsonl"
    path.write_text("\n".join(rows))
    return path


@pytest.fixture(scope="module")
def whole(source: Path) -> Path:
    out = source.with_name("whole.jsonl")
    assert run(source, out).returncode == 1
    return out


def errors(out: Path) -> bytes:
    return out.with_name(out.name + ".errors.jsonl").read_bytes()


def resumed(source: Path, out: Path, whole: Path) -> None:
    """Check that the run goes on to the same output and the same errors."""
    kept = out.read_bytes()
    assert whole.read_bytes().startswith(kept[: kept.rfind(b"\n") + 1])
    done = run(source, out, "--resume")
    assert "Traceback" not in done.stderr
    assert out.read_bytes() == whole.read_bytes()
    assert errors(out) == errors(whole)


def cut_by_signal(source: Path, out: Path, number: int, *more: str) -> tuple[int, str]:
    running = subprocess.Popen(command(source, out, *more), stderr=subprocess.PIPE, text=True)
    while not out.exists() or out.stat().st_size == 0:
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(number)
    _, said = running.communicate(timeout=120)
    return running.returncode, said


@pytest.mark.slow
def test_told_to_end(source: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, said = cut_by_signal(source, out, signal.SIGTERM)
    assert code == 143
    assert "go on with --resume" in said
    assert out.read_bytes().endswith(b"\n")
    resumed(source, out, whole)


@pytest.mark.slow
def test_killed(source: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, _ = cut_by_signal(source, out, signal.SIGKILL)
    assert code == -signal.SIGKILL
    resumed(source, out, whole)


@pytest.mark.slow
def test_the_file_may_grow_no_further(tmp_path: Path) -> None:
    source, whole, out = (tmp_path / name for name in ("a.jsonl", "whole.jsonl", "out.jsonl"))
    rows = [{"id": str(n), "text": FIRST.format(n) + LONG.format(n) * 9} for n in range(20)]
    source.write_text("\n".join(map(json.dumps, rows)))
    assert run(source, whole).returncode == 0
    size = whole.stat().st_size // 3
    done = run(source, out, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode == 1
    assert "go on with --resume" in done.stderr and "Traceback" not in done.stderr
    assert out.stat().st_size == size
    assert run(source, out, "--resume").returncode == 0
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.slow
def test_the_disk_is_full(source: Path, whole: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a small file system can be mounted by root alone")
    try:
        done = run(source, disk / "out.jsonl")
        kept = (disk / "out.jsonl").read_bytes()
        listed = errors(disk / "out.jsonl")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert done.returncode == 1
    assert "No space left" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / "out.jsonl").write_bytes(kept)
    (tmp_path / "out.jsonl.errors.jsonl").write_bytes(listed)
    resumed(source, tmp_path / "out.jsonl", whole)


@pytest.mark.slow
@pytest.mark.parametrize("which", ["a worker", "the one that workers are forked from"])
def test_a_worker_is_killed(which: str, source: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    running = subprocess.Popen(command(source, out, "--processes", "2"))
    while not out.exists() or out.stat().st_size == 0:
        assert running.poll() is None
        time.sleep(0.02)
    try:
        servers = {pid: workers for pid in children(running.pid) if (workers := children(pid))}
        ((server, workers),) = servers.items()
    except BaseException:
        running.kill()
        raise
    os.kill(workers[-1] if which == "a worker" else server, signal.SIGKILL)
    assert running.wait(300) == 1
    assert out.read_bytes() == whole.read_bytes()
    assert errors(out) == errors(whole)


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(source: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, "--processes", "2")
    assert out.read_bytes() == whole.read_bytes()
    assert errors(out) == errors(whole)


def test_a_read_only_output_says_so(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(FIRST.format(3))
    if not Path("/proc/version").exists():
        pytest.skip("this system has no folder that nobody may write to")
    done = run(source, Path("/proc/out.jsonl"))
    assert done.returncode == 1
    assert "cannot write /proc/out.jsonl" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_time_limit_lists_the_report(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    rows = [FIRST.format(n) if n != 1 else "He said rebels left. " * 1500 for n in range(3)]
    source.write_text("\n".join(json.dumps({"id": str(n), "text": t}) for n, t in enumerate(rows)))
    done = run(source, out, "--timeout", "1")
    assert done.returncode == 1
    assert "1 report failed" in done.stderr
    assert len(out.read_bytes().splitlines()) == 3
    assert b"took more than 1 s" in errors(out)
