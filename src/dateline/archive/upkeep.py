"""Backup, restore and check: one file that moves an archive anywhere, and whether one is sound.

A backup is JSON lines in Zstandard: a manifest, every coded report in the order it was added, every
judgement and every line of the audit log, and at the end how many lines there were and their SHA-256.
Tables of records, search and merged events are made again from the reports, so that a backup moves
between SQLite and PostgreSQL and between versions of the schema.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive.judging_tables import judgements
from dateline.archive.merging_tables import reports_events, stories_reports
from dateline.archive.store import Archive
from dateline.archive.tables import audit, layers, reports
from dateline.errors import InputError, OutputError
from dateline.exporting import records_of
from dateline.records import CodedReport, spans_of

FORMAT = "dateline backup 1"
LOGS = {"judgement": judgements, "audit": audit}
"""Tables that people made and nothing else can make again."""


def backup(archive: Archive, path: Path) -> Counter[str]:
    """Write an archive to a file, and read it back to see that it is whole; return counts of lines.

    The file has its name only once it is whole.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    digest, counts = hashlib.sha256(), Counter[str]()
    try:
        with (
            part.open("wb") as raw,
            zstandard.ZstdCompressor(level=9).stream_writer(raw, closefd=False) as stream,
        ):
            for kind, line in _lines(archive):
                digest.update(line)
                counts[kind] += 1
                stream.write(line)
            end = {"end": counts.total(), "sha256": digest.hexdigest()}
            stream.write((json.dumps(end) + "\n").encode())
        for _ in read(part):
            pass
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    return counts


def _lines(archive: Archive) -> Iterator[tuple[str, bytes]]:
    with archive.engine.connect() as connection:
        merged = connection.scalar(sa.select(sa.func.count()).select_from(reports_events)) or 0
    head = {"format": FORMAT, "dateline": version("dateline"), "merged": bool(merged)}
    yield "manifest", _line(head)
    for coded in archive:
        body = coded.to_json().encode("utf-8", "surrogatepass")
        yield "report", b'{"report":' + body + b"}\n"
    for kind, table in LOGS.items():
        with archive.engine.connect() as connection:
            for row in connection.execute(sa.select(table).order_by(table.c.number)).mappings():
                yield kind, _line({kind: dict(row)})


def _line(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a backup, the manifest first.

    Raises:
        InputError: it is no backup, it was cut off, or a byte of it changed. What came before has
            been yielded by then: a restore runs this to its end first.
    """
    digest, number = hashlib.sha256(), 0
    try:
        with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as stream:
            for line in _split(stream):
                value = json.loads(line)
                if "end" in value:
                    if (value["end"], value["sha256"]) != (number, digest.hexdigest()):
                        raise InputError(f"{path} is damaged: its checksum does not fit")
                    return
                if number == 0 and value.get("format") != FORMAT:
                    raise InputError(f"{path} is no backup of dateline, or of a newer one")
                digest.update(line + b"\n")
                number += 1
                yield value
    except (OSError, ValueError, zstandard.ZstdError) as error:
        raise InputError(f"{path} is no backup, or it is damaged: {error}") from error
    raise InputError(f"{path} is cut off: its end is missing; take another backup")


def _split(stream: Any) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(1 << 20):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    if rest:
        yield rest


def restore(path: Path, archive: Archive) -> Counter[str]:
    """Put a backup into an archive that holds nothing yet; return counts of lines.

    Raises:
        InputError: the archive holds reports, or the file is no whole backup; then nothing is written.
    """
    if len(archive):
        raise InputError(f"{archive.url} holds {len(archive)} reports; restore into a new archive")
    for _ in read(path):
        pass
    counts: Counter[str] = Counter()
    merged = False
    for value in read(path):
        kind = next(iter(value)) if "format" not in value else "manifest"
        counts[kind] += 1
        if kind == "report":
            archive.add(CodedReport.from_json(json.dumps(value["report"])))
        elif kind in LOGS:
            with archive.engine.execution_options(writing=True).begin() as connection:
                connection.execute(LOGS[kind].insert().values(value[kind]))
        else:
            merged = bool(value["merged"])
    _restart_numbers(archive)
    if merged:
        archive.merge()
    return counts


def _restart_numbers(archive: Archive) -> None:
    """Let PostgreSQL count on from the numbers that came with the backup."""
    if archive.engine.dialect.name != "postgresql":
        return
    with archive.engine.execution_options(writing=True).begin() as connection:
        for table in LOGS.values():
            last = connection.scalar(sa.select(sa.func.max(table.c.number)))
            if last:
                name = sa.func.pg_get_serial_sequence(table.name, "number")
                connection.execute(sa.select(sa.func.setval(name, last)))


# ------------------------------------------------------------------------ check


@dataclass(frozen=True, slots=True)
class Found:
    """What a check came to."""

    reports: int
    problems: list[str] = field(default_factory=list)
    """Each says what is wrong, where, and how to mend it."""


def check(archive: Archive) -> Found:
    """Look whether an archive is sound.

    Every report is unpacked: its digest, the words of every span, and the number of rows in each
    layer's table must fit; merged events and judgements must point at what is there.
    """
    problems: list[str] = []
    number = 0
    with archive.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            said = connection.scalar(sa.text("PRAGMA integrity_check"))
            if said != "ok":
                problems.append(f"the file is damaged: {said}; restore a backup")
        rows = {name: _rows(connection, table) for name, table in layers.items()}
        query = sa.select(reports.c.key, reports.c.id, reports.c.digest, reports.c.coded)
        result = connection.execution_options(yield_per=100).execute(query.order_by(reports.c.key))
        for key, id, digest, packed in result:
            number += 1
            counts = {name: found.get(key, 0) for name, found in rows.items()}
            problems += (f"report {id!r}: {one}" for one in _of_report(packed, digest, counts))
        problems += _dangling(connection)
    problems += (
        f"judgement {one.number} is on {one.layer} {one.report}/{one.record}, which a newer coding "
        f"no longer has; judge again or take it back with `dateline review undo`"
        for one in archive.orphans()
    )
    return Found(number, problems)


def _rows(connection: sa.Connection, table: sa.Table) -> dict[int, int]:
    query = sa.select(table.c.report, sa.func.count()).group_by(table.c.report)
    return {int(key): int(count) for key, count in connection.execute(query)}


def _of_report(packed: bytes, digest: str, counts: dict[str, int]) -> Iterator[str]:
    again = "code it again and add it: `dateline add ARCHIVE FILE`"
    try:
        data = zstandard.ZstdDecompressor().decompress(packed)
        coded = CodedReport.from_json(data)
    except (ValueError, zstandard.ZstdError) as error:
        yield f"it cannot be unpacked ({error.__class__.__name__}); {again}"
        return
    if hashlib.sha256(data).hexdigest() != digest:
        yield f"its digest does not fit what is stored; {again}"
    text = coded.report.text
    if any(text[span.start : span.end] != span.text for span in spans_of(coded)):
        yield f"a span does not fit its text; {again}"
    for name, count in counts.items():
        coded_count = len(records_of(coded, name))
        if coded_count != count:
            stored = f"{count} rows of {name}, its coding {coded_count}"
            yield f"the tables hold {stored}; {again}"


def _dangling(connection: sa.Connection) -> Iterable[str]:
    for table in (reports_events, stories_reports):
        gone = sa.select(sa.func.count()).where(~table.c.report.in_(sa.select(reports.c.id)))
        number = connection.scalar(gone.select_from(table))
        if number:
            yield (
                f"{table.name} names {number} reports that are gone; run `dateline merge ARCHIVE`"
            )
