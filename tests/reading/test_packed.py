import gzip
import zipfile
from pathlib import Path

import pytest
import zstandard

from dateline.reading import Unread, packed, read
from dateline.records import Report


def texts(*paths: Path) -> list[str]:
    return [found.text for found in read(paths) if isinstance(found, Report)]


def errors(*paths: Path) -> list[str]:
    return [found.error for found in read(paths) if isinstance(found, Unread)]


def test_gzip_and_zstandard_are_read_as_what_is_inside(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(b"Three."))
    assert texts(tmp_path) == ["One.", "Two.", "Three."]


def test_a_zip_archive_is_read_member_by_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/2.txt", "Two.")
        archive.writestr("1.txt", "One.")
        archive.writestr("empty.txt", "")
        archive.writestr("__MACOSX/1.txt", "no")
    assert texts(tmp_path / "a.zip") == ["One.", "Two."]
    assert "empty" in errors(tmp_path / "a.zip")[0]


def test_a_bomb_costs_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_BYTES", 1 << 16)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"0" * (1 << 22)))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * (1 << 22))
    assert all("unfolds to more than 65,536 bytes" in error for error in errors(tmp_path))
    assert len(errors(tmp_path)) == 2


def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"text": "Report %d of it."}\n' % n for n in range(9000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert len(texts(tmp_path)) > 100
    assert "broken" in errors(tmp_path)[0]


@pytest.mark.parametrize(("name", "words"), [("a.warc", "WARC"), ("a.zip", "no zip archive")])
def test_what_is_not_what_its_name_says(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(b"something else")
    assert words in errors(tmp_path / name)[0]
