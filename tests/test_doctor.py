"""``dateline doctor``: what it finds, and what it says to do."""

from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from dateline import doctor
from dateline.doctor import State, examine, verify


def test_this_installation_can_work(tmp_path: Path) -> None:
    checks = list(examine(folder=tmp_path))
    assert [check.name for check in checks if check.state is State.FAILED] == []
    names = {check.name for check in checks}
    assert names >= {"Python", "packages", "files", "language model", "SQLite", "memory", "disk"}


def test_what_fails_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "0.1")
    checks = list(examine("no_such_model", tmp_path / "nowhere"))
    failed = {check.name: check for check in checks if check.state is State.FAILED}
    assert failed["spacy"].found == "0.1 is installed, <3.9,>=3.8 is needed"
    assert failed["spacy"].mend.startswith("pip install 'spacy")
    assert {"language model", "disk", "writing"} <= failed.keys()
    assert all(check.mend for check in failed.values())


def test_little_memory_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "free_memory", lambda: 0.5)
    found = next(check for check in doctor._memory())
    assert found.state is State.NOTE and "--processes 1" in found.mend


def test_a_file_that_was_changed_is_found(tmp_path: Path) -> None:
    import base64
    import hashlib

    (tmp_path / "dateline").mkdir()
    for name in ("good.txt", "bad.txt"):
        (tmp_path / "dateline" / name).write_text(name)
    info = tmp_path / "dateline-1.dist-info"
    info.mkdir()
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).rstrip(b"=").decode()
        for name in ("good.txt", "bad.txt", "gone.txt")
    }
    rows = [f"dateline/{name},sha256={digest},8" for name, digest in digests.items()]
    (info / "RECORD").write_text("\n".join([*rows, "dateline-1.dist-info/RECORD,,"]))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dateline\nVersion: 1\n")
    assert verify(PathDistribution(info)) == (3, ["dateline/gone.txt"])
    (tmp_path / "dateline" / "bad.txt").write_text("changed")
    checked, broken = verify(PathDistribution(info))
    assert checked == 3 and sorted(broken) == ["dateline/bad.txt", "dateline/gone.txt"]


def test_the_pins_are_read() -> None:
    assert doctor.pins()["pyarrow"]
