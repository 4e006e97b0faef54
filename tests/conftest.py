"""Tests of an archive run on SQLite and, where its server is installed, on PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

settings.register_profile("dateline", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("dateline")

RUNUSER = shutil.which("runuser", path=os.defpath + ":/usr/sbin:/sbin")
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL server of the tests' own, on a socket in a folder; return its URL."""
    if not BINARIES or not RUNUSER:
        if os.environ.get("CI"):
            pytest.fail("CI installs PostgreSQL, and it is not there")
        pytest.skip("no PostgreSQL server is installed")
    # A short path, since a socket's may have 107 characters, in a folder that the server's
    # own user can reach.
    folder = Path(tempfile.mkdtemp(prefix="dateline-"))
    folder.chmod(0o755)
    run = [RUNUSER, "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if run:
        shutil.chown(folder, "postgres")
    control = [*run, str(BINARIES[0] / "pg_ctl"), "-D", str(folder / "data")]

    def call(*arguments: str, check: bool = True) -> None:
        done = subprocess.run([*control, *arguments], capture_output=True, text=True, cwd="/")
        assert done.returncode == 0 or not check, done.stdout + done.stderr

    call("initdb", "-o", "-A trust -U dateline -E UTF8 --locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run(
        [*control, "-w", "-l", str(folder / "log"), "-o", options, "start"],
        check=True,
        stdout=subprocess.DEVNULL,  # the server keeps the pipe open
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        yield f"postgresql://dateline@/postgres?host={folder}"
    finally:
        call("-m", "immediate", "stop", check=False)  # one that is gone already fails no test
        shutil.rmtree(folder, ignore_errors=True)


ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an archive that does not exist yet."""
    return address(request, tmp_path)


def address(request: pytest.FixtureRequest, folder: Path) -> str:
    """Return the address of an archive that does not exist yet, on the engine of the request."""
    if request.param == "sqlite":
        return str(folder / "news.dateline")
    import psycopg

    url = request.getfixturevalue("postgresql")
    name = f"a{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return str(url).replace("/postgres?", f"/{name}?")
