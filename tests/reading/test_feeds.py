"""RSS and Atom feeds, whole and broken, and what must not be read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.reading import Unread, read
from dateline.reading.feeds import plain, read_feed
from dateline.records import DateBasis, Report

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Paper</title>
<entry><title>Talks &amp; tea</title><link href="/2023/talks"/><id>tag:1</id>
<published>2023-03-21T10:00:00+02:00</published><updated>2023-03-22T10:00:00Z</updated>
<author><name>A. Writer</name></author>
<content type="html">&lt;p&gt;The ministers met in Paris.&lt;/p&gt;&lt;p&gt;They agreed.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content>
</entry></feed>"""
RSS = (
    "<rss version='2.0'><channel><title>The Paper</title>"
    "<item><title>One</title><link>https://e.example/1</link><description>Police arrested two.</description></item>"
    "<item><title>Two</title><link>https://e.example/2</link><description>Rebels fled.</description></item>"
    "</channel></rss>"
)


def test_an_atom_feed() -> None:
    feed = read_feed(ATOM.encode(), url="https://e.example/atom.xml")
    (entry,) = feed.entries
    assert (feed.title, feed.broken) == ("The Paper", None)
    assert entry.url == "https://e.example/2023/talks"
    assert (entry.title, entry.authors) == ("Talks & tea", ("A. Writer",))
    assert entry.published == "2023-03-21T08:00:00+00:00"
    assert entry.updated == "2023-03-22T10:00:00+00:00"
    assert entry.text == "The ministers met in Paris.\nThey agreed."


def test_a_feed_in_a_file_gives_the_text_it_carries(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS)
    first, second = (found for found in read([tmp_path]) if isinstance(found, Report))
    assert (first.text, first.url, first.title) == (
        "Police arrested two.",
        "https://e.example/1",
        "One",
    )
    assert (second.source, second.method, second.publisher) == (f"{path}#2", "feed", "The Paper")
    assert first.sha256 and first.published_basis is DateBasis.UNKNOWN
    (tmp_path / "b.xml").write_text(RSS)
    assert len([found for found in read([tmp_path / "b.xml"]) if isinstance(found, Report)]) == 2


@pytest.mark.parametrize("cut", [0.4, 0.6, 0.8, 0.95])
def test_a_feed_that_breaks_off_gives_what_can_be_made_out(tmp_path: Path, cut: float) -> None:
    (tmp_path / "a.rss").write_text(RSS[: int(len(RSS) * cut)])
    found = list(read([tmp_path]))
    assert any(isinstance(one, Unread) and "broken" in one.error for one in found)
    assert any(isinstance(one, Report) for one in found) or cut < 0.5


def test_markup_that_is_not_closed_costs_little() -> None:
    feed = read_feed(RSS.replace("Police", "Police & <b>guards").encode())
    assert feed.broken and feed.entries[0].title == "One"


XXE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{path}">]>
<rss version="2.0"><channel><title>&x;</title><item><title>&x;</title><description>&x;</description></item></channel></rss>"""
LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("feed", [XXE, LAUGHS])
def test_entities_are_refused(tmp_path: Path, feed: str, encoding: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    path = tmp_path / "a.rss"
    path.write_bytes(feed.format(path=secret).encode(encoding))
    (found,) = read([path])
    assert isinstance(found, Unread) and "entities" in found.error


def test_an_outer_definition_is_not_fetched() -> None:
    outer = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'
    assert len(read_feed((outer + RSS).encode()).entries) == 2


@pytest.mark.parametrize(
    ("data", "served"),
    [
        (RSS.replace("Police", "Pôlice").encode("utf-8"), "iso-8859-1"),
        (RSS.replace("Police", "Pôlice").encode("latin-1"), "utf-8"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + RSS.replace("Police", "Pôlice").encode("cp1252"), None),
        (RSS.replace("Police", "Pôlice").encode("utf-16"), "ascii"),
        (RSS.replace("Police", "Pôlice").encode("utf-8"), "no-such-encoding"),
    ],
)  # fmt: skip
def test_a_false_name_of_an_encoding_does_no_harm(data: bytes, served: str | None) -> None:
    assert read_feed(data, charset=served).entries[0].text == "Pôlice arrested two."


@pytest.mark.parametrize("data", [b"", b"<html><p>A page.</p></html>", b"text", b"<rss", b"{}"])
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(InputError):
        read_feed(data)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@e.example", "data:,x"]
)
def test_only_addresses_of_the_web_are_followed(link: str) -> None:
    feed = read_feed(RSS.replace("https://e.example/1", link).encode())
    assert feed.entries[0].url is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_plain_text_has_no_marks_left_and_never_fails(text: str) -> None:
    assert isinstance(plain(text), str)
    assert "<p>" not in plain(f"<p>{text}</p>")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_input_error(data: bytes) -> None:
    try:
        read_feed(b"<rss version='2.0'><channel><item><title>" + data)
    except InputError:
        return


def test_deep_nesting_costs_no_stack() -> None:
    assert plain("<div>" * 5000 + "deep" + "</div>" * 5000).count("deep") <= 1
