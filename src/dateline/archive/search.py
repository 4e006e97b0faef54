"""Full-text search, without accents and with highlights: FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa
from anyascii import anyascii

WORD = re.compile(r'"[^"]+"|\S+')
MARKS = ("\ue000", "\ue001")
"""Private characters around a hit; whoever shows it puts its own marks."""

MOST = 40_000
"""Reports that are ranked; of words that more have, the newest of them: the rank of such words says little."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found."""

    report: str
    title: str | None
    published: str | None
    snippet: str
    """Words around the hits; each hit stands between ``MARKS``."""
    rank: float
    """The better the smaller."""


def create(connection: sa.Connection) -> None:
    """Make the search index."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            sa.text(
                "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, text, who, "
                "tokenize = 'porter unicode61 remove_diacritics 2')"
            )
        )
        return
    connection.execute(
        sa.text(
            "CREATE TABLE IF NOT EXISTS search (rowid INTEGER PRIMARY KEY REFERENCES reports(key) "
            "ON DELETE CASCADE, title TEXT, text TEXT, who TEXT, words TSVECTOR)"
        )
    )
    connection.execute(sa.text("CREATE INDEX IF NOT EXISTS ix_search ON search USING gin(words)"))


def put(connection: sa.Connection, key: int, title: str | None, text: str, who: str) -> None:
    """Index a report in place of what was there."""
    remove(connection, key)
    row = {"key": key, "title": title or "", "text": text.replace("\0", " "), "who": who}
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO search(rowid, title, text, who) VALUES (:key, :title, :text, :who)"
    else:
        row["plain"] = anyascii(f"{title or ''} {text} {who}").replace("\0", " ")
        statement = (
            "INSERT INTO search(rowid, title, text, who, words) VALUES "
            "(:key, :title, :text, :who, to_tsvector('english', :plain))"
        )
    connection.execute(sa.text(statement), row)


def remove(connection: sa.Connection, key: int) -> None:
    """Take a report out of the index."""
    connection.execute(sa.text("DELETE FROM search WHERE rowid = :key"), {"key": key})


def find(connection: sa.Connection, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return the reports with all words of ``query``, best first; "…" is a phrase.

    Of more than ``MOST``, the newest are ranked.
    """
    words = [word.strip('"') for word in WORD.findall(query) if word.strip('"')]
    if not words:
        return []
    sqlite = connection.dialect.name == "sqlite"
    rows = connection.execute(
        sa.text(_SQLITE if sqlite else _POSTGRESQL),
        {
            "query": _fts5(words) if sqlite else _tsquery(words),
            "limit": limit,
            "most": MOST,
            "offset": offset,
        },
    )
    return [
        Hit(row.id, row.title, row.published, snippet(row.text, words), row.rank) for row in rows
    ]


def matching(query: str, dialect: str) -> sa.Select[int]:
    """Return a statement for the keys of the reports with all words of ``query``.

    A query without words matches nothing.
    """
    words = [word.strip('"') for word in WORD.findall(query) if word.strip('"')]
    key: sa.ColumnElement[int] = sa.column("rowid", sa.Integer)
    found = sa.select(key).select_from(sa.table("search"))
    if not words:
        return found.where(sa.false())
    if dialect == "sqlite":
        test, asked = "search MATCH :fts", _fts5(words)
    else:
        test, asked = "words @@ websearch_to_tsquery('english', :fts)", _tsquery(words)
    # Each its own name: a filter may ask for words twice.
    value: sa.BindParameter[str] = sa.bindparam("fts", asked, unique=True)
    return found.where(sa.text(test).bindparams(value))


def snippet(text: str, words: list[str], *, around: int = 12) -> str:
    """Return the words around the first hit, each hit between ``MARKS``.

    A hit is a word that begins as a word of the query does, without accents,
    but for an ending of up to two letters.
    """
    stems = tuple(_stem(word) for phrase in words for word in re.findall(r"\w+", phrase))
    tokens = list(re.finditer(r"\w+", text))
    hits = {
        i for i, token in enumerate(tokens) if anyascii(token.group()).lower().startswith(stems)
    }
    first = max(0, min(hits, default=0) - around)
    last = min(len(tokens), first + 2 * around)
    if first >= last:
        return ""
    out, at = ["…"] if first else [], tokens[first].start()
    for i in range(first, last):
        start, end = tokens[i].span()
        out.append(
            text[at:start]
            + (f"{MARKS[0]}{text[start:end]}{MARKS[1]}" if i in hits else text[start:end])
        )
        at = end
    return "".join([*out, "…" if last < len(tokens) else text[at:]])


def _stem(word: str) -> str:
    plain = anyascii(word).lower()
    return plain[: max(3, len(plain) - 2)]


def _fts5(words: list[str]) -> str:
    return " AND ".join('"' + word.replace('"', " ") + '"' for word in words)


def _tsquery(words: list[str]) -> str:
    return " ".join(f'"{anyascii(word)}"' for word in words)


_SQLITE = """
SELECT reports.id, reports.title, reports.published, reports.text, hits.rank
FROM (SELECT hit, rank FROM
        (SELECT rowid AS hit, bm25(search, 4.0, 1.0, 2.0) AS rank FROM search
         WHERE search MATCH :query ORDER BY rowid DESC LIMIT :most)
      ORDER BY 2, 1 LIMIT :limit OFFSET :offset) AS hits
JOIN reports ON reports.key = hits.hit ORDER BY hits.rank, hits.hit
"""
_POSTGRESQL = """
SELECT reports.id, reports.title, reports.published, reports.text, hits.rank
FROM (SELECT hit, rank FROM
        (SELECT rowid AS hit, -ts_rank(words, q) AS rank
         FROM search, websearch_to_tsquery('english', :query) AS q
         WHERE words @@ q ORDER BY rowid DESC LIMIT :most) AS newest
      ORDER BY 2, 1 LIMIT :limit OFFSET :offset) AS hits
JOIN reports ON reports.key = hits.hit ORDER BY hits.rank, hits.hit
"""
