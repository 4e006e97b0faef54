"""The words that bind, read from ``cues.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.errors import DataError
from dateline.yamls import load_yaml

KINDS = frozenset(["promise", "plan", "agreement", "order", "threat", "acceptance"])
STRENGTHS = frozenset(["obliged", "agreed", "vowed", "will", "plans", "intends", "hopes", "may"])
FIELDS = frozenset(["id", "kind", "strength", "words", "description", "positive", "negative"])
LISTS = (
    "modals", "scheduled", "acts", "effects", "ended", "ending_of_subject", "hedges", "nobody",
    "vague", "conditions", "agents", "not_agents", "passive_effects", "occasions", "before", "starting", "saying", "setting", "rumours", "confident", "outcomes", "entitled", "enabling", "spoken", "achieving",
    "moving", "missed", "facing", "purposes", "done", "settled", "foreseeing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that bind in the same way."""

    id: str
    kind: str
    strength: str
    words: frozenset[str]
    """As ``lemma/POS``."""
    description: str
    positive: str
    negative: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of ``cues.yaml``."""

    version: str
    entries: tuple[Entry, ...]
    words: dict[str, Entry]
    """Entry of each word."""
    lists: dict[str, frozenset[str]]
    """The other word lists, by name."""


def read_lexicon(source: str, name: str = "cues.yaml") -> Lexicon:
    """Read the text of a lexicon.

    Raises:
        DataError: an entry or a list is missing or malformed; names file and entry.
    """
    data = load_yaml(source)
    missing = [key for key in ("version", "entries", *LISTS) if key not in data]
    if missing:
        raise DataError(f"{name}: add {', '.join(missing)}")
    words: dict[str, Entry] = {}
    entries = []
    for number, row in enumerate(data["entries"], start=1):
        entry = _entry(row, f"{name}, entry {number} ({row.get('id', 'no id')})")
        entries.append(entry)
        for word in sorted(entry.words):
            if words.setdefault(word, entry) is not entry:
                raise DataError(f"{name}: {word!r} is in {words[word].id!r} and {entry.id!r}")
    lists = {key: frozenset(str(data[key]).split()) for key in LISTS}
    return Lexicon(str(data["version"]), tuple(entries), words, lists)


def _entry(row: dict[str, str], where: str) -> Entry:
    if set(row) != FIELDS:
        wrong = sorted(set(row) ^ FIELDS)
        raise DataError(f"{where}: an entry has the fields {sorted(FIELDS)}; check {wrong}")
    if row["kind"] not in KINDS:
        raise DataError(f"{where}: kind {row['kind']!r} is none of {sorted(KINDS)}")
    if row["strength"] not in STRENGTHS:
        raise DataError(f"{where}: strength {row['strength']!r} is none of {sorted(STRENGTHS)}")
    return Entry(
        row["id"], row["kind"], row["strength"], frozenset(row["words"].split()),
        row["description"], row["positive"], row["negative"],
    )  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that comes with the package."""
    source = files("dateline.commitments").joinpath("cues.yaml").read_text(encoding="utf-8")
    return read_lexicon(source)
