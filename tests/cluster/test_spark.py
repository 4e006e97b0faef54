"""The Spark job: the same bytes as the local run, whatever dies on the way."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline import Coder, Report
from dateline.batch import ErrorFile, JsonLines, code_batch
from dateline.merging import copies, item, stories
from dateline.reading import read

pytest.importorskip("pyspark", reason="needs dateline[spark]: run `make test-spark`")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17 (Debian: default-jre-headless)", allow_module_level=True)
pytestmark = pytest.mark.slow

EVENT = "Police arrested {} protesters in {} on Monday. "
MORE = "The foreign minister of Italy said rebels attacked the town of {}, killing {} soldiers. "
TOWNS = ["Lyon", "Gao", "Basra", "Kharkiv", "Mopti"]


def rows(number: int, first: int = 0) -> list[dict[str, str]]:
    made = []
    for n in range(first, first + number):
        town = TOWNS[n % 5]
        text = EVENT.format(n, town) + MORE.format(town, n // 4 * 3) * (2 + n % 3)
        if n % 11 == 5:
            text = "Le président a rencontré lundi à Paris le ministre pour parler de la paix."
        made.append({"id": f"r{n:03}", "text": text, "date": f"2021-07-{10 + n // 20:02}"})
    return made


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tables, two files of lines with broken ones, and one skewed file."""
    folder = tmp_path_factory.mktemp("news input")
    for n in range(2):
        pq.write_table(
            pa.Table.from_pylist(rows(12, 12 * n)), folder / f"{n}.parquet", row_group_size=5
        )
    lines = [json.dumps(row) for row in rows(9, 30)]
    lines[3:3] = ["", "{broken", '{"id": "none"}']
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "bad-bytes.jsonl").write_bytes(
        b'{"text": "caf\xe9 riots"}\n{"text": "Rebels left Gao."}\n'
    )
    long = rows(1, 50)[0] | {"text": EVENT.format(3, "Lyon") * 300}
    (folder / "skewed.jsonl").write_text(json.dumps(long) + "\n")
    return folder


@pytest.fixture(scope="module")
def local(source: Path) -> tuple[dict[str, str], list[str]]:
    """What the local run gives: records by source, and the lines of the errors file."""
    out, errors = source.parent / "local.jsonl", ErrorFile(source.parent / "local.errors")
    with out.open("w", encoding="utf-8") as stream:
        for _ in code_batch(read([source]), Coder(), JsonLines(stream), errors):
            pass
    errors.close()
    records = {
        json.loads(line)["report"]["source"]: line
        for line in out.read_text(encoding="utf-8").splitlines()
    }
    return records, sorted(errors.path.read_text(encoding="utf-8").splitlines())


def environment() -> dict[str, str]:
    return os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SUBMIT_OPTS": "-Dspark.ui.enabled=false -Dspark.sql.shuffle.partitions=4",
    }


def command(source: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "dateline", "spark", str(source), "-o", str(out), *more]


def spark(source: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(source, out, *more), capture_output=True, text=True, timeout=500, env=environment()
    )


def coded(out: Path) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    errors: list[str] = []
    for path in sorted((out / "coded").rglob("*.parquet")):
        for row in pq.ParquetFile(path).read().to_pylist():
            errors += row["errors"]
            if row["record"] is not None:
                assert row["source"] not in found
                found[row["source"]] = row["record"]
    return found, sorted(errors)


def same(out: Path, local: tuple[dict[str, str], list[str]]) -> None:
    records, errors = coded(out)
    assert records.keys() == local[0].keys()
    assert records == local[0]
    assert errors == local[1]


def test_local_mode_gives_the_bytes_of_the_local_run(
    source: Path, local: tuple[dict[str, str], list[str]], tmp_path: Path
) -> None:
    done = spark(source, tmp_path / "out", "--master", "local[2]", "--files", "3")
    assert done.returncode == 1, done.stderr[-3000:]
    same(tmp_path / "out", local)
    assert "reports coded in 2 chunks" in done.stderr
    listed = (tmp_path / "out" / "errors").glob("part-*")
    assert sorted(line for one in listed for line in one.read_text().splitlines()) == local[1]
    again = spark(source, tmp_path / "out", "--master", "local[2]", "--files", "3")
    assert again.returncode == 1 and "go on with --resume" in again.stderr
    merged(tmp_path / "out", local[0])


def merged(out: Path, records: dict[str, str]) -> None:
    """Check that copies and stories are those of the local run."""
    reports = [json.loads(line)["report"] for line in records.values()]
    pairs = [(c.first, c.second, c.share) for c in copies((r["id"], r["text"]) for r in reports)]
    found = pq.read_table(out / "duplicates").to_pylist()
    assert sorted((r["first"], r["second"], r["share"]) for r in found) == pairs and pairs
    told = stories(
        item(r["id"], r["text"], title=r["title"], published=r["published"]) for r in reports
    )
    rows = pq.read_table(out / "stories").to_pylist()
    by_story: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["id"])):
        by_story.setdefault(row["story"], []).append(row["id"])
    assert sorted(by_story.values()) == told


def test_a_driver_that_is_killed_goes_on_with_the_chunks_that_are_missing(
    source: Path, local: tuple[dict[str, str], list[str]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = ("--master", "local[2]", "--files", "1", "--no-merge")
    running = subprocess.Popen(
        command(source, out, *options), env=environment(), stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    while not list(out.glob("coded/chunk=*/_SUCCESS")):
        assert running.poll() is None
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait(30)
    kept = {p: p.stat().st_mtime_ns for p in out.glob("coded/chunk=*/_SUCCESS")}
    assert len(kept) < 5
    done = spark(source, out, *options, "--resume")
    assert "were there already" in done.stderr, done.stderr[-3000:]
    assert all(path.stat().st_mtime_ns == at for path, at in kept.items())
    same(out, local)


def test_a_broken_file_costs_that_file(
    source: Path, local: tuple[dict[str, str], list[str]], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    (copy / "5.parquet").write_bytes(b"PAR1 and then nothing of the kind PAR1")
    whole = (copy / "0.parquet").read_bytes()
    (copy / "6.parquet").write_bytes(whole[:900] + bytes(200) + whole[1100:])
    done = spark(copy, tmp_path / "out", "--master", "local[2]", "--no-merge")
    assert done.returncode == 1, done.stderr[-3000:]
    records, errors = coded(tmp_path / "out")
    expected = {key.replace(str(source), str(copy)): value for key, value in local[0].items()}
    assert expected.keys() <= records.keys()
    assert any("5.parquet" in line for line in errors)


def test_a_crawl_is_read(tmp_path: Path) -> None:
    page = "<html><head><title>Police arrest 12</title></head><body><article><p>{}</p></article></body></html>"
    body = page.format(EVENT.format(12, "Lyon") * 5).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{}\r\n"
        "WARC-Date: 2021-07-27T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{}>\r\n"
        "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
    )
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        b"".join(head.format(n, n, len(http)).encode() + http + b"\r\n\r\n" for n in range(3))
    )
    (tmp_path / "broken.warc").write_bytes(b"no crawl")
    done = spark(tmp_path, tmp_path / "out", "--master", "local[2]", "--no-merge")
    assert done.returncode == 1, done.stderr[-3000:]
    records, errors = coded(tmp_path / "out")
    found = [one for one in read([path]) if isinstance(one, Report)]
    expected = {str(one.report.source): one.to_json() for one in Coder().stream(found)}
    assert records == expected and len(records) == 3
    assert len(errors) == 1 and "broken.warc" in errors[0]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and two workers of a stand-alone cluster, on this machine."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    run = [str(home / "bin" / "spark-class")]
    deploy, here = "org.apache.spark.deploy", ["--host", "127.0.0.1", "--webui-port", "0"]

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*run, *arguments],
            env=environment(),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    started = [start(f"{deploy}.master.Master", *here, "--port", str(port))]
    size = ["--cores", "1", "--memory", "1g"]
    for n in range(2):
        folder = str(tmp_path / f"worker{n}")
        started.append(start(f"{deploy}.worker.Worker", *here, *size, "--work-dir", folder, master))
    time.sleep(6)
    yield master, started
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def test_two_workers_one_of_which_is_killed(
    source: Path,
    local: tuple[dict[str, str], list[str]],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
) -> None:
    master, processes = cluster
    out = tmp_path / "out"
    options = ("--master", master, "--files", "2", "--no-merge")
    running = subprocess.Popen(
        command(source, out, *options), env=environment(), stderr=subprocess.PIPE, text=True
    )
    while not list(out.glob("coded/chunk=*/_SUCCESS")):
        assert running.poll() is None
        time.sleep(0.1)
    os.killpg(processes[-1].pid, signal.SIGKILL)
    _, said = running.communicate(timeout=500)
    assert running.returncode == 1, said[-3000:]
    same(out, local)
