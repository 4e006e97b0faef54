"""The cue lexicon: words that attribute, with stance and strength, read from ``cues.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.errors import DataError
from dateline.yamls import load_yaml

STANCES = frozenset(
    [
        "assert",
        "claim",
        "deny",
        "promise",
        "threaten",
        "demand",
        "hope",
        "doubt",
        "warn",
        "welcome",
        "accuse",
        "ask",
    ]
)
GROUP_FIELDS = frozenset(
    ["id", "stance", "strength", "speech", "description", "words", "positive", "negative"]
)


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Cue words with the same stance."""

    id: str
    stance: str
    strength: float
    """0 to 1: how firmly the speaker stands behind the content."""
    speech: bool
    """Whether something is uttered; else a state of mind is reported."""
    description: str
    words: frozenset[str]
    """As ``lemma/POS``; ``lemma_preposition/POS`` where a preposition decides."""
    positive: str
    negative: str


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All of ``cues.yaml``."""

    version: str
    groups: tuple[CueGroup, ...]
    words: dict[str, CueGroup]
    """Group of each word."""
    light_verbs: frozenset[str]
    media: dict[str, str]
    """Medium of each noun."""
    anonymous: frozenset[str]
    generic_modifiers: frozenset[str]
    documents: frozenset[str]
    collectives: frozenset[str]
    views: frozenset[str]
    """Nouns of "in the view of"."""
    tags: frozenset[str]
    """Forms of verbs that follow a quotation: "..., the mayor said"."""
    turn_labels: frozenset[str]
    """Labels of the turns of a transcript, in lower case, that are no names."""
    quoting: frozenset[str]
    """Verbs of "quoted a spokesman as saying"."""

    def group(self, lemma: str, pos: str, prepositions: list[str]) -> CueGroup | None:
        """Return the group of a cue word; a preposition that goes with it comes first."""
        for preposition in prepositions:
            found = self.words.get(f"{lemma}_{preposition}/{pos}")
            if found is not None:
                return found
        return self.words.get(f"{lemma}/{pos}")


def _group(row: dict[str, object], line: str) -> CueGroup:
    if set(row) != GROUP_FIELDS:
        wrong = sorted(set(row) ^ GROUP_FIELDS)
        raise DataError(f"{line}: a cue group has the fields {sorted(GROUP_FIELDS)}; check {wrong}")
    if row["stance"] not in STANCES:
        raise DataError(f"{line}: stance {row['stance']!r} is none of {sorted(STANCES)}")
    strength = float(str(row["strength"]))
    if not 0 <= strength <= 1:
        raise DataError(f"{line}: strength {strength} is not between 0 and 1")
    words = frozenset(str(row["words"]).split())
    for word in words:
        if word.count("/") != 1:
            raise DataError(f"{line}: write {word!r} as lemma/POS")
    return CueGroup(
        str(row["id"]), str(row["stance"]), strength, bool(row["speech"]),
        str(row["description"]), words, str(row["positive"]), str(row["negative"]),
    )  # fmt: skip


def read_lexicon(source: str, name: str = "cues.yaml") -> CueLexicon:
    """Read the text of a cue lexicon.

    Raises:
        DataError: a group or a list is missing or malformed; names file and group.
    """
    data = load_yaml(source)
    words: dict[str, CueGroup] = {}
    groups = []
    for number, row in enumerate(data["groups"], start=1):
        group = _group(row, f"{name}, group {number} ({row.get('id', 'no id')})")
        groups.append(group)
        for word in sorted(group.words):
            if word in words:
                raise DataError(f"{name}: {word!r} is in {words[word].id!r} and {group.id!r}")
            words[word] = group
    lists = {
        key: frozenset(str(data[key]).split())
        for key in (
            "light_verbs",
            "anonymous",
            "generic_modifiers",
            "documents",
            "collectives",
            "views",
            "quoting",
            "tags",
            "turn_labels",
        )
    }
    media = {noun: medium for medium, nouns in data["media"].items() for noun in nouns.split()}
    return CueLexicon(
        version=str(data["version"]), groups=tuple(groups), words=words, media=media, **lists
    )


@cache
def lexicon() -> CueLexicon:
    """Return the lexicon that comes with the package."""
    source = files("dateline.statements").joinpath("cues.yaml").read_text(encoding="utf-8")
    return read_lexicon(source)
