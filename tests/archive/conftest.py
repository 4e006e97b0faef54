"""Every test of the archive runs on SQLite and, where its server is installed, on PostgreSQL."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

RUNUSER = shutil.which("runuser", path=os.defpath + ":/usr/sbin:/sbin")
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL server of the tests' own, on a socket in a folder; return its URL."""
    if not BINARIES or not RUNUSER:
        if os.environ.get("CI"):
            pytest.fail("CI installs PostgreSQL, and it is not there")
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgresql")
    socket = Path("/tmp") / f"dateline-{uuid4().hex[:8]}"
    socket.mkdir()
    run = [str(RUNUSER), "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if run:
        for path in (folder, socket):
            shutil.chown(path, "postgres")
        for parent in [
            p for p in folder.parents if p.owner() != "root" or p.name.startswith("pytest")
        ]:
            parent.chmod(0o755)
    control = [*run, str(BINARIES[0] / "pg_ctl"), "-D", str(folder / "data")]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*control, "initdb", "-o", "-A trust -U dateline -E UTF8"], **quiet)  # type: ignore[call-overload]
    options = f"-k {socket} -c listen_addresses='' -c fsync=off"
    subprocess.run([*control, "-w", "-l", str(folder / "log"), "-o", options, "start"], **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql://dateline@/postgres?host={socket}"
    finally:
        # A server that is gone already fails no test.
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})  # type: ignore[call-overload]
        shutil.rmtree(socket, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an archive that does not exist yet."""
    if request.param == "sqlite":
        return str(tmp_path / "news.dateline")
    import psycopg

    url = request.getfixturevalue("postgresql")
    name = f"a{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return str(url).replace("/postgres?", f"/{name}?")
