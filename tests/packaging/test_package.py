"""The package: built twice to the same bytes, installed with pip alone."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    "src",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "NOTICE",
    "CHANGELOG.md",
    "constraints.txt",
    "hatch_build.py",
)
FEWER = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules")


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        found: dict[str, Any] = tomllib.load(stream)["project"]
    return found


def test_all_is_every_extra_but_spark() -> None:
    """Spark is 450 MB and needs Java: who wants it names it."""
    extras = project()["optional-dependencies"]
    others = set(extras) - {"all", "dev", "spark"}
    named = re.fullmatch(r"dateline\[(.*)\]", extras["all"][0])
    assert named and set(named[1].split(",")) == others


def test_what_is_pinned_fits_what_is_required() -> None:
    from packaging.requirements import Requirement

    pins = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text().split() if "==" in line
    )
    tested = {name.lower().replace("_", "-"): version for name, version in pins.items()}
    for line in project()["dependencies"]:
        requirement = Requirement(line)
        name = requirement.name.lower().replace("_", "-")
        assert name in tested, f"{name} has no line in constraints.txt"
        assert requirement.specifier.contains(tested[name]), line


def build(folder: Path) -> dict[str, str]:
    """Build wheel and source distribution from a copy; return their digests by name."""
    source = folder / "source"
    source.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=FEWER)
        else:
            shutil.copy2(ROOT / part, source / part)
    for path in source.rglob("*"):
        os.utime(path, (time.time(), time.time()))
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600", "DATELINE_SKIP_WEB": "1"}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")],
        cwd=source, check=True, capture_output=True, env=environment,
    )  # fmt: skip
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "dist").iterdir())
    }


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="needs hatchling")
    first = build(tmp_path / "one")
    time.sleep(1.1)
    assert build(tmp_path / "two") == first
    assert len(first) == 2


@pytest.mark.slow
@pytest.mark.skipif(
    not os.environ.get("DATELINE_TEST_INSTALL"),
    reason="fetches all packages: run `make test-install`",
)
def test_the_wheel_installs_without_a_compiler(tmp_path: Path) -> None:
    build(tmp_path)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"CC": "/bin/false", "CXX": "/bin/false", "RUSTC": "/bin/false"}
    run = [str(tmp_path / "venv" / "bin" / "python"), "-m"]
    subprocess.run(
        [*run, "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)],
        check=True, env=environment, timeout=900,
    )  # fmt: skip
    done = subprocess.run(
        [*run, "dateline", "doctor", "--json"],
        capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=300,
    )  # fmt: skip
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stdout + done.stderr
    states = {check["name"]: check["state"] for check in checks}
    assert states["files"] == states["language model"] == states["tested versions"] == "ok"
    size = sum(p.stat().st_size for p in (tmp_path / "venv").rglob("*") if p.is_file()) / 1e6
    print(f"installed: {size:.0f} MB")
    assert size < 1000
