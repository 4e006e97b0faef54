"""The Spark job: Parquet, JSON lines or WARC files in, Parquet of coded reports out.

The input is divided into chunks of files. Each chunk is one Spark job that
writes one folder, and Spark commits a folder whole or not at all, so that an
executor that dies costs its tasks, a driver that dies costs its chunk, and
``resume`` goes on with the chunks that are missing. A chunk that fails is coded
file by file; a file that fails by itself is listed with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

import pyarrow as pa

from dateline.cluster.batches import (
    CODED,
    Batches,
    Reader,
    coded_batches,
    read_crawls,
    read_lines,
    read_rows,
)
from dateline.cluster.files import READ, Files, form_of, place
from dateline.coder import Settings, cached_coder
from dateline.errors import InputError, OutputError
from dateline.reading import Options

SCHEMA = (
    "source string, id string, published string, title string, text string, record string, "
    "errors array<string>"
)
"""``CODED`` as Spark writes it."""
ARROW_ROWS = 64
"""Rows that Spark hands to Python at once: bounds memory where reports are long."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to code, how, and where to."""

    sources: tuple[str, ...]
    output: str
    settings: Settings = field(default_factory=Settings)
    options: Options = field(default_factory=Options)
    files: int = 64
    """Files a chunk."""
    partitions: int | None = None
    """Tasks a chunk; three for each core where ``None``, so that long reports even out."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files of one form that are coded in one Spark job."""

    name: str
    form: str
    files: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """How a job went."""

    chunks: int = 0
    skipped: int = 0
    """Chunks that were there already."""
    reports: int = 0
    errors: int = 0


def run(spark: Any, job: Job, *, resume: bool = False) -> Outcome:
    """Code all chunks that are not there yet.

    Raises:
        InputError: a source is missing, or holds nothing to read.
        OutputError: the output is there already, or was made from something else.
    """
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(ARROW_ROWS))
    files = Files(spark)
    chunks = plan(files, job)
    _claim(files, job, chunks, resume)
    outcome = Outcome(chunks=len(chunks))
    for chunk in chunks:
        if files.exists(f"{folder(job, chunk)}/_SUCCESS"):
            outcome.skipped += 1
        else:
            _code(spark, files, job, chunk)
    coded = read_output(spark, job.output)
    outcome.reports = coded.where("record is not null").count()
    outcome.errors = coded.where("size(errors) > 0").count()
    if outcome.errors:
        lines = coded.orderBy("source").selectExpr("explode(errors) as value")
        lines.coalesce(1).write.mode("overwrite").text(f"{job.output.rstrip('/')}/errors")
    return outcome


def plan(files: Files, job: Job) -> list[Chunk]:
    """Return the chunks of a job, always the same for the same files.

    Raises:
        InputError: nothing to read.
    """
    forms = [
        (job.options.format or form_of(one), one)
        for source in job.sources
        for one in files.listed(source)
    ]
    known = [(form, one) for form, one in forms if form in READ]
    if not known:
        raise InputError(
            "no file to read in these sources; the cluster reads .parquet, .jsonl and .warc "
            "files, also packed, or name the form with --input"
        )
    chunks: list[Chunk] = []
    for form, group in groupby(known, key=lambda pair: str(pair[0])):
        names = [one for _, one in group]
        for at in range(0, len(names), job.files):
            taken = tuple(names[at : at + job.files])
            chunks.append(Chunk(f"chunk={len(chunks):05}", form, taken))
    return chunks


def folder(job: Job, chunk: Chunk) -> str:
    """Return where a chunk is written."""
    return f"{job.output.rstrip('/')}/coded/{chunk.name}"


def read_output(spark: Any, output: str) -> Any:
    """Return the coded reports of a job's output as a data frame of the columns of ``CODED``."""
    frame = spark.read.schema(SCHEMA).parquet(f"{output.rstrip('/')}/coded/chunk=*")
    return frame.select(*CODED.names)


def _claim(files: Files, job: Job, chunks: list[Chunk], resume: bool) -> None:
    """Write down what the output is made of, or check that it is made of the same."""
    path = f"{job.output.rstrip('/')}/job.json"
    plan = {
        "settings": asdict(job.settings),
        "versions": asdict(cached_coder(job.settings).versions),
        "chunks": [asdict(chunk) for chunk in chunks],
    }
    text = json.dumps(plan, indent=1)
    if not files.exists(path):
        files.write(path, text)
    elif not resume:
        raise OutputError(f"{job.output} is there already; go on with --resume, or choose another")
    elif json.loads(files.read(path)) != json.loads(text):
        raise OutputError(
            f"{job.output} was made from other files, versions or settings; choose another output"
        )


def _code(spark: Any, files: Files, job: Job, chunk: Chunk) -> None:
    """Write a chunk; where it fails, its files one by one."""
    try:
        _write(_coded(spark, job, chunk), folder(job, chunk))
        return
    except Exception as error:
        reason = _reason(error)
    if len(chunk.files) == 1:
        from dateline.batch import error_line

        line = error_line(place(chunk.files[0]), "reading", reason)
        broken = spark.createDataFrame(
            [(place(chunk.files[0]), [line])], "source string, errors array<string>"
        )
        empty = spark.createDataFrame([], SCHEMA)
        _write(empty.unionByName(broken, allowMissingColumns=True), folder(job, chunk))
        return
    for number, one in enumerate(chunk.files):
        part = Chunk(f"{chunk.name}-{number:04}", chunk.form, (one,))
        if not files.exists(f"{folder(job, part)}/_SUCCESS"):
            _code(spark, files, job, part)


def _reason(error: Exception) -> str:
    """Return the line of a Java or Python traceback that says what is wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("Caused by:") or "Error:" in line]
    return (told or lines or [type(error).__name__])[-1][:500]


def _write(frame: Any, path: str) -> None:
    frame.write.mode("overwrite").option("compression", "zstd").parquet(path)


def _coded(spark: Any, job: Job, chunk: Chunk) -> Any:
    """Return the data frame of a chunk's coded reports."""
    frame, reader = FRAMES[chunk.form](spark, chunk.files)
    tasks = job.partitions or 3 * spark.sparkContext.defaultParallelism
    read = partial(reader, options=job.options)
    return frame.repartition(tasks).mapInArrow(
        partial(_map, read=read, settings=job.settings), SCHEMA
    )


def _map(batches: Batches, read: Reader, settings: Settings) -> Iterator[pa.RecordBatch]:
    yield from coded_batches(read(batches), cached_coder(settings))


def _named(frame: Any) -> Any:
    from pyspark.sql import functions as F  # noqa: N812 (its usual name)
    from pyspark.sql.types import StringType

    name = F.udf(place, StringType())
    return frame.withColumn(
        "_source", F.concat(name("_file"), F.lit("#"), F.col("_number").cast("string"))
    ).drop("_file", "_number")


def _parquet(spark: Any, names: tuple[str, ...]) -> tuple[Any, Any]:
    """A row a report; rows are numbered as they stand in their file."""
    parts = []
    for name in names:
        frame = spark.read.parquet(name)
        rows = frame.select("*", "_metadata.file_path", "_metadata.row_index")
        rows = rows.withColumnRenamed("file_path", "_file")
        rows = rows.withColumn("_number", rows["row_index"] + 1).drop("row_index")
        parts.append(_named(rows))
    found = parts[0]
    for part in parts[1:]:
        found = found.unionByName(part, allowMissingColumns=True)
    return found, read_rows


def _jsonl(spark: Any, names: tuple[str, ...]) -> tuple[Any, Any]:
    """A line a report; each block of a file is counted first, so that lines have their numbers."""
    from pyspark.sql import functions as F  # noqa: N812

    lines = (
        spark.read.option("lineSep", "\n")
        .text(list(names))
        .select(
            F.col("value").cast("binary").alias("line"),
            F.col("_metadata.file_path").alias("_file"),
            F.col("_metadata.file_block_start").alias("_block"),
            F.monotonically_increasing_id().alias("_at"),
        )
    )
    blocks = lines.groupBy("_file", "_block").agg(
        F.count(F.lit(1)).alias("lines"), F.min("_at").alias("first")
    )
    starts, before = [], 0
    last = None
    for row in blocks.orderBy("_file", "_block").collect():
        before = before if row["_file"] == last else 0
        last = row["_file"]
        starts.append((row["_file"], row["_block"], before - row["first"] + 1))
        before += row["lines"]
    if not starts:
        return spark.createDataFrame([], "line binary, _source string"), read_lines
    shift = spark.createDataFrame(starts, "_file string, _block long, _shift long")
    numbered = lines.join(F.broadcast(shift), ["_file", "_block"])
    numbered = numbered.withColumn("_number", F.col("_at") + F.col("_shift"))
    return _named(numbered.select("line", "_file", "_number")), read_lines


def _warc(spark: Any, names: tuple[str, ...]) -> tuple[Any, Any]:
    """A crawl a row: a file is read in one task."""
    from pyspark.sql import functions as F  # noqa: N812
    from pyspark.sql.types import StringType

    name = F.udf(place, StringType())
    frame = spark.read.format("binaryFile").load(list(names))
    return frame.select(name("path").alias("_source"), "content"), read_crawls


FRAMES = {"parquet": _parquet, "jsonl": _jsonl, "warc": _warc}
