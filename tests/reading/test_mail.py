"""Newsletters in mailboxes."""

import gzip
import io
import mailbox
import tempfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.reading import Options, Unread, read
from dateline.reading.mail import messages, read_message
from dateline.records import Report


def message(text: str, html: str | None = None, **headers: str) -> bytes:
    made = EmailMessage()
    for name, value in {
        "From": "The Paper <news@e.example>",
        "Subject": "Talks end",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made.as_bytes()


def mbox(*messages: bytes) -> bytes:
    return b"".join(
        b"From news@e.example Tue Mar 21 10:00:00 2023\n" + one + b"\n" for one in messages
    )


def test_a_mailbox_gives_a_report_a_message(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    html = "<html><body><p>The ministers met in Côte d'Ivoire on Friday.</p></body></html>"
    path.write_bytes(
        mbox(
            message("Police arrested two men in Lyon.", Date="Tue, 21 Mar 2023 10:00:00 +0100"),
            message("plain", html, Archived_At="<https://e.example/7>"),
            message(""),
        )
    )
    first, second, third = read([path])
    assert isinstance(first, Report) and isinstance(second, Report)
    assert first.text == "Police arrested two men in Lyon."
    assert (first.title, first.publisher) == ("Talks end", "The Paper")
    assert (first.published, first.method) == ("2023-03-21T10:00:00+01:00", "mail")
    assert first.source == f"{path}#1" and len(first.sha256 or "") == 64
    assert "Côte d'Ivoire" in second.text and second.url == "https://e.example/7"
    assert isinstance(third, Unread) and "no text" in third.error


@pytest.mark.parametrize("name", ["a.mbox.gz", "a.mbox.zst", "a.zip"])
def test_a_packed_mailbox_is_read_as_what_is_inside(tmp_path: Path, name: str) -> None:
    box = mbox(
        message("Police arrested two men in Lyon."), message("Ministers met in Paris on Friday.")
    )
    path = tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("b/news.mbox", box)
    else:
        path.write_bytes((gzip.compress if name.endswith("gz") else zstandard.compress)(box))
    first, second = read([tmp_path])
    assert isinstance(first, Report) and isinstance(second, Report)
    assert second.text == "Ministers met in Paris on Friday."
    assert (second.source or "").endswith("#2")


def test_a_packed_mailbox_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    one = message("Police arrested two men in Lyon, said the prefect.")
    whole = gzip.compress(mbox(*[one.replace(b"two", b"%d" % n) for n in range(2, 3000)]))
    (tmp_path / "a.mbox.gz").write_bytes(whole[: len(whole) // 2])
    *found, last = read([tmp_path])
    assert len(found) > 100 and all(isinstance(report, Report) for report in found)
    assert isinstance(last, Unread) and "broken" in last.error


def test_a_mailbox_of_another_name(tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    path.write_bytes(mbox(message("Police arrested two men in Lyon."), message("")))
    first, second = read([path], Options(format="mail"))
    assert isinstance(first, Report) and isinstance(second, Unread)


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"Police met in Lyon.\n", b"\n", b">From x\n", b"a\r\n"])))
def test_messages_are_split_as_the_standard_library_splits_them(lines: list[bytes]) -> None:
    box = mbox(b"Subject: a\n\n" + b"".join(lines), b"Subject: b\n\nb\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mbox"
        path.write_bytes(box)
        theirs = mailbox.mbox(path, create=False)
        expected = [theirs.get_bytes(key) for key in theirs.iterkeys()]
        theirs.close()
    assert [data for _, data in messages(io.BytesIO(box), "a")] == expected


def test_a_single_message_and_what_is_no_mailbox(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message("Police arrested two men in Lyon."))
    (tmp_path / "b.mbox").write_bytes(b"no mailbox")
    first, second = read([tmp_path])
    assert isinstance(first, Report) and first.method == "mail"
    assert isinstance(second, Unread) and "no mailbox" in second.error


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_an_input_error(data: bytes) -> None:
    for head in (b"", b"Subject: =?utf-8?q?x?=\nDate: ", b"Content-Type: text/html; charset="):
        try:
            read_message(head + data)
        except InputError:
            continue
