"""Whether this installation can work: what is checked, what was found, and how to mend it."""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from importlib.resources import files
from pathlib import Path

from packaging.requirements import Requirement

from dateline.defaults import DEFAULT_MODEL

LEAST_PYTHON = (3, 11)
MEMORY = 2.0
"""Gigabytes that one process needs free, with some to spare."""
DISK = 1.0
"""Gigabytes that should be free where the output goes."""
TEXT = "PARIS - Police arrested 12 protesters in Lyon on Monday."


class State(StrEnum):
    """How a check went."""

    OK = "ok"
    NOTE = "note"
    """Works, but not as it was tested, or less well."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    found: str
    mend: str = ""
    """What to do about it; empty where it is fine."""


def examine(model: str = DEFAULT_MODEL, folder: Path = Path()) -> Iterator[Check]:
    """Yield the checks one by one; none of them raises.

    ``folder``: where output is to go.
    """
    looks: list[tuple[str, Callable[[], Iterator[Check]]]] = [
        ("Python", _python),
        ("packages", _packages),
        ("tested versions", _pins),
        ("files", _digests),
        ("language model", lambda: _model(model)),
        ("SQLite", _sqlite),
        ("memory", _memory),
        ("disk", lambda: _disk(folder)),
        ("writing", lambda: _writing(folder)),
        ("temporary files", lambda: _writing(Path(tempfile.gettempdir()), "temporary files")),
        ("Spark", _spark),
    ]
    for name, look in looks:
        try:
            yield from look()
        except Exception as error:
            yield Check(
                name,
                State.FAILED,
                f"{type(error).__name__}: {error}",
                "install dateline anew: pip install --force-reinstall dateline",
            )


def _python() -> Iterator[Check]:
    found = f"{platform.python_implementation()} {platform.python_version()} on {platform.platform(terse=True)} {platform.machine()}"
    if sys.version_info < LEAST_PYTHON:
        yield Check("Python", State.FAILED, found, "install Python 3.11 or newer")
    elif platform.python_implementation() != "CPython":
        yield Check("Python", State.NOTE, found, "dateline is tested with CPython alone")
    else:
        yield Check("Python", State.OK, found)


def _needed() -> list[Requirement]:
    """Return what the plain install requires."""
    found = [Requirement(line) for line in distribution("dateline").requires or []]
    return [r for r in found if r.marker is None or r.marker.evaluate({"extra": ""})]


def _packages() -> Iterator[Check]:
    needed = _needed()
    wrong = [(requirement, said) for requirement in needed if (said := _unfit(requirement))]
    if not wrong:
        yield Check("packages", State.OK, f"all {len(needed)} are installed and fit")
    for requirement, said in wrong:
        name = str(requirement).split(";")[0].strip()
        yield Check(requirement.name, State.FAILED, said, f"pip install '{name}'")


def _unfit(requirement: Requirement) -> str:
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return "not installed"
    fits = requirement.specifier.contains(found, prereleases=True)
    return "" if fits else f"{found} is installed, {requirement.specifier} is needed"


def pins() -> dict[str, str]:
    """Return the versions that dateline is tested with, by package; empty where they are not shipped."""
    shipped = files("dateline").joinpath("constraints.txt")
    beside = Path(__file__).parents[2] / "constraints.txt"
    if not shipped.is_file() and not beside.is_file():
        return {}
    text = (shipped if shipped.is_file() else beside).read_text(encoding="utf-8")
    return dict(line.split("==") for line in text.splitlines() if "==" in line)


def _pins() -> Iterator[Check]:
    tested = {name.lower().replace("_", "-"): number for name, number in pins().items()}
    differ = []
    for requirement in _needed():
        name = requirement.name.lower().replace("_", "-")
        if name in tested and not _unfit(requirement) and version(name) != tested[name]:
            differ.append(f"{requirement.name} {version(name)} (tested: {tested[name]})")
    if not tested:
        yield Check("tested versions", State.NOTE, "this installation does not say", "")
    elif differ:
        yield Check(
            "tested versions",
            State.NOTE,
            "; ".join(differ),
            "results may differ; for the same ones: pip install -c constraints.txt dateline",
        )
    else:
        yield Check("tested versions", State.OK, "the packages are those dateline is tested with")


def _digests() -> Iterator[Check]:
    installed = distribution("dateline")
    checked, broken = verify(installed)
    if broken:
        yield Check(
            "files",
            State.FAILED,
            f"changed or missing: {', '.join(broken[:5])}",
            "pip install --force-reinstall dateline",
        )
    elif checked == 0:
        yield Check("files", State.NOTE, "an editable install; no digests to check")
    else:
        yield Check("files", State.OK, f"{checked} code and data files are as they were built")


def verify(installed: Distribution) -> tuple[int, list[str]]:
    """Return how many files of a package were checked, and those that are not as built."""
    checked, broken = 0, []
    for path in installed.files or []:
        if path.hash is None or path.parts[0] != "dateline":
            continue
        checked += 1
        place = Path(str(path.locate()))
        if not place.is_file() or not _matches(place, path.hash.mode, path.hash.value):
            broken.append(str(path))
    return checked, broken


def _matches(path: Path, mode: str, value: str) -> bool:
    digest = hashlib.new(mode, path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == value


def _model(model: str) -> Iterator[Check]:
    from dateline.coder import Coder  # loading it is what is checked

    coded = Coder(model).code(TEXT, published="2021-07-27")
    if coded.failures or not coded.events:
        failed = "; ".join(f"{f.stage}: {f.error}" for f in coded.failures)
        yield Check(
            "language model",
            State.FAILED,
            f"a test report was not coded: {failed or 'no event was found'}",
            "pip install --force-reinstall dateline",
        )
    else:
        yield Check("language model", State.OK, f"{coded.versions.model}; codes a test report")


def _sqlite() -> Iterator[Check]:
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
        except sqlite3.OperationalError:
            yield Check(
                "SQLite",
                State.FAILED,
                f"{sqlite3.sqlite_version} without full-text search (FTS5)",
                "use a Python whose SQLite has FTS5, or keep archives in PostgreSQL",
            )
            return
    yield Check("SQLite", State.OK, f"{sqlite3.sqlite_version} with full-text search")


def free_memory() -> float | None:
    """Return the gigabytes of memory that a new process can have; ``None`` where unknown."""
    known = Path("/proc/meminfo")
    if not known.exists():
        return None
    for line in known.read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 1e6
    return None


def _memory() -> Iterator[Check]:
    free, cores = free_memory(), os.cpu_count() or 1
    if free is None:
        yield Check("memory", State.NOTE, "this system does not say how much is free")
    elif free < MEMORY:
        yield Check(
            "memory",
            State.NOTE,
            f"{free:.1f} GB free",
            f"a process needs about {MEMORY:g} GB; end others, or code with --processes 1",
        )
    else:
        most = max(1, min(cores, int(free / MEMORY)))
        yield Check("memory", State.OK, f"{free:.1f} GB free, {cores} cores: --processes {most}")


def _disk(folder: Path) -> Iterator[Check]:
    free = shutil.disk_usage(folder).free / 1e9
    state = State.OK if free >= DISK else State.NOTE
    mend = "" if state is State.OK else "free some space, or name another folder with --output"
    yield Check("disk", state, f"{free:.1f} GB free in {folder.resolve()}", mend)


def _writing(folder: Path, name: str = "writing") -> Iterator[Check]:
    try:
        with tempfile.TemporaryFile(dir=folder) as stream:
            stream.write(b"dateline")
            stream.flush()
    except OSError as error:
        mend = "name another folder with --output" if name == "writing" else "set TMPDIR"
        yield Check(name, State.FAILED, f"{folder.resolve()}: {error.strerror}", mend)
    else:
        yield Check(name, State.OK, f"{folder.resolve()} can be written to")


def _spark() -> Iterator[Check]:
    try:
        found = version("pyspark")
    except PackageNotFoundError:
        return
    java = shutil.which("java") or os.environ.get("JAVA_HOME")
    if java:
        yield Check("Spark", State.OK, f"{found} with {java}")
    else:
        mend = "install Java 17 (Debian, Ubuntu: apt install default-jre-headless)"
        yield Check("Spark", State.NOTE, f"{found} without Java", mend)
