import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.reading import Options, Unread, count, decode, read, read_html
from dateline.reading.dates import publication_date
from dateline.records import DateBasis, Report

PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>Talks end - The Post</title>
<meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2023-03-10T15:20:00+00:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks end</h1>
<p>The ministers of both countries agreed on Friday to end the talks that had begun in May.</p>
<p>They said that a second round would follow within two months, in a third country.</p>
</article><footer>All rights reserved</footer></body></html>"""


def one(path: Path, **options: object) -> Report | Unread:
    (found,) = read([path], Options(**options))  # type: ignore[arg-type]
    return found


def reason(path: Path, **options: object) -> str:
    found = one(path, **options)
    assert isinstance(found, Unread)
    assert found.source.startswith(str(path))
    return found.error


def report(path: Path, **options: object) -> Report:
    found = one(path, **options)
    assert isinstance(found, Report)
    return found


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_is_read_as_it_is(tmp_path: Path) -> None:
    found = report(write(tmp_path / "a.txt", "Troops  left.\r\n"), published="2021-07-27")
    assert (found.text, found.published) == ("Troops  left.\r\n", "2021-07-27")
    assert (found.published_basis, found.method) == (DateBasis.GIVEN, "text")


def test_a_page_gives_its_report_and_what_it_says_of_itself(tmp_path: Path) -> None:
    found = report(write(tmp_path / "a.html", PAGE))
    assert "second round" in found.text
    assert "All rights" not in found.text and "Home" not in found.text
    assert (found.title, found.publisher, found.published) == (
        "Talks end",
        "The Post",
        "2023-03-10",
    )
    assert found.published_basis is DateBasis.METADATA


def test_a_page_is_known_by_its_content(tmp_path: Path) -> None:
    assert report(write(tmp_path / "page", PAGE)).method == "html"


def test_a_page_without_a_report_says_so() -> None:
    with pytest.raises(InputError, match="no report was found"):
        read_html(b"<html><body><nav><a href='/'>Home</a></nav></body></html>")


@pytest.mark.parametrize("text", ["text", "event_text", "body"])
def test_json_lines_with_the_usual_names(tmp_path: Path, text: str) -> None:
    line = json.dumps({"id": 7, "date": "20210727", text: "Troops left."})
    found = report(write(tmp_path / "a.jsonl", line))
    assert (found.id, found.published, found.text) == ("7", "2021-07-27", "Troops left.")


def test_a_broken_line_costs_that_line(tmp_path: Path) -> None:
    lines = '{"text": "One."}\n{"text": \n[1]\n{"id": "x"}\n\n{"text": " "}\n{"text": "Two."}\n'
    found = list(read([write(tmp_path / "a.jsonl", lines)]))
    assert [r.text for r in found if isinstance(r, Report)] == ["One.", "Two."]
    errors = {u.source.split("#")[1]: u.error for u in found if isinstance(u, Unread)}
    assert "no JSON" in errors["2"]
    assert "no JSON object" in errors["3"]
    assert "no column with the report's text; the columns are: id" in errors["4"]
    assert "empty" in errors["6"]


def test_a_csv_with_named_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'Nr;Body;When\n1;"Troops; left.";2021-07\n2;x\n')
    found = list(read([path], Options(columns={"text": "Body", "id": "Nr", "published": "When"})))
    assert isinstance(found[0], Report)
    assert (found[0].id, found[0].text, found[0].published) == ("1", "Troops; left.", "2021-07")
    assert isinstance(found[1], Unread) and "2 cells and the header 3" in found[1].error


def test_a_row_keeps_the_digest_of_its_bytes(tmp_path: Path) -> None:
    line = '{"text": "One.",  "by": "Ada"}'
    (one,) = read([write(tmp_path / "a.jsonl", line + "\r\n")])
    rows = ['1,"Two\nlines."', "2,Three."]
    two, three = read([write(tmp_path / "a.csv", "\n".join(["id,text", *rows]) + "\n")])
    for found, raw in ((one, line), (two, rows[0]), (three, rows[1])):
        assert isinstance(found, Report)
        assert found.sha256 == hashlib.sha256(raw.encode()).hexdigest()


def test_an_unknown_column_names_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text\n1,Troops left.\n")
    assert "no column 'Body'; the columns are: id, text" in reason(path, columns={"text": "Body"})


def test_a_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["a", "b"], "text": ["One.", "Two."]}), path)
    assert [r.text for r in read([path]) if isinstance(r, Report)] == ["One.", "Two."]
    assert "no Parquet file" in reason(write(tmp_path / "b.parquet", "no"))


def test_a_folder_is_read_deep_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path / "b" / "2.txt", "Two.")
    write(tmp_path / "1.txt", "One.")
    write(tmp_path / "readme.docx", "no")
    assert [r.text for r in read([tmp_path]) if isinstance(r, Report)] == ["One.", "Two."]
    assert count([tmp_path]) == 2


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "secret.txt", "Secret.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to(outside)
    assert "leads out of the folder" in str(next(iter(read([tmp_path / "in"]))))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7 x", "a PDF file"),
        (b"PK\x03\x04rest", "a zip archive"),
        (bytes(range(256)) * 9, "a binary file"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in reason(write(tmp_path / "a.txt", data))


def test_an_empty_folder_and_a_missing_file_say_so(tmp_path: Path) -> None:
    assert "no file in this folder" in reason(tmp_path)
    assert "no such file" in reason(tmp_path / "none.txt")


def test_encodings_are_found_out() -> None:
    text = "Der Minister sagte: „Wir gehen“ und fügte hinzu, dass die Straße gesperrt bleibe."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert decode(text.encode(encoding)) == text


def test_a_wrong_encoding_says_how_to_mend_it() -> None:
    with pytest.raises(InputError, match="leave it out to have it guessed"):
        decode(b"caf\xe9", encoding="utf-8")
    with pytest.raises(InputError, match="no encoding 'latin-nope'"):
        decode(b"cafe", encoding="latin-nope")


def test_a_report_over_the_limit_is_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"id": "big", "text": "x" * (10 << 20)}))
    assert "over the limit of 1,000,000; raise it with --max-characters" in reason(
        path, max_characters=1_000_000
    )


def test_ids_that_come_again_are_numbered(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}')
    assert [r.id for r in read([path]) if isinstance(r, Report)] == ["x", "x~2"]


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2021", "2021"),
        ("2021-07", "2021-07"),
        ("2021-07-27", "2021-07-27"),
        ("20210727", "2021-07-27"),
        ("2021-07-27T00:00:00", "2021-07-27"),
        ("2021-07-27 10:30:00", "2021-07-27T10:30:00"),
        ("20210727103000", "2021-07-27T10:30:00"),
        ("2021-07-27T10:30:00Z", "2021-07-27T10:30:00+00:00"),
    ],
)
def test_dates_keep_their_precision(given: str, iso: str) -> None:
    assert publication_date(given) == iso


@pytest.mark.parametrize(
    "given", ["27/07/2021", "07-27-2021", "yesterday", "2021-13", "2021-02-30"]
)
def test_a_date_that_could_be_read_two_ways_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="write it like 2021-07-27"):
        publication_date(given)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_an_input_error(data: bytes) -> None:
    try:
        assert decode(data).strip() is not None
    except InputError as error:
        assert str(error)
