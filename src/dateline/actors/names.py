"""Names: one form for lookup, sounds for blocking, and how alike two names are.

Names reach news through many transliterations (Gaddafi, Qadhafi, Kadafi) and
through machine translation (Jane Sackie for Jen Psaki). Tokens are compared by
spelling (Jaro-Winkler and Damerau-Levenshtein, rapidfuzz) and by sound (double
metaphone; a consonant skeleton in which sounds that transliterations confuse
are one letter).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from anyascii import anyascii
from metaphone import doublemetaphone
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ad",
        "as",
        "ash",
        "at",
        "an",
        "ar",
        "az",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abd",
        "abdul",
        "abdel",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "du",
        "des",
        "y",
        "e",
        "of",
        "the",
        "st",
        "saint",
        "san",
        "zu",
        "af",
        "av",
        "i",
        "wa",
        "ait",
        "ould",
        "oglu",
        "mac",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "sir",
        "lord",
        "lady",
        "dr",
        "mr",
        "mrs",
        "ms",
    ]
)
"""Parts of names that come and go between spellings."""

POSSESSIVE = re.compile(r"['`]s\b", re.IGNORECASE)
PLAIN = str.maketrans("-/&_,()", "       ", ".'`\"")
"""Separators become spaces and points are dropped; of a text that is ASCII by then."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the form names are looked up by: ASCII, lower case, no points, hyphens as spaces."""
    if text.isalpha() and text.isascii():
        return text.lower()
    if not text.isascii():
        text = anyascii(text.replace("’", "'").replace("‘", "'"))
    if "'" in text or "`" in text:
        text = POSSESSIVE.sub(" s", text)
    return " ".join(text.translate(PLAIN).lower().split())


def words(name: str) -> tuple[str, ...]:
    """Return the words of a folded name."""
    return tuple(fold(name).split())


def all_words(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words of all of somebody's names, without particles, folded."""
    found = [core(words(name)) for name in names]
    alone = {ALONE} if any(len(parts) == 1 for parts in found) else set()
    return frozenset(alone.union(*found))


ALONE = ""
"""Stands among the words of somebody with a name of one word for the given name that it lacks."""


@lru_cache(maxsize=16384)
def core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without particles, or all where nothing else is left."""
    kept = tuple(part for part in parts if part not in PARTICLES)
    return kept or parts


DIGRAPHS = (
    ("tch", "s"), ("sch", "s"), ("dzh", "j"), ("ps", "s"), ("ph", "f"), ("kh", "k"), ("gh", "k"),
    ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "j"), ("ck", "k"), ("ce", "s"),
    ("ci", "s"), ("x", "ks"),
)  # fmt: skip
SOUNDS = str.maketrans("gqckzvwpj", "kkkksffbj", "aeiouyh")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonants of a word with those that transliterations confuse made one.

    >>> skeleton("gaddafi") == skeleton("qadhafi") == skeleton("kadafi")
    True
    """
    for digraph, sound in DIGRAPHS:
        if digraph in word:
            word = word.replace(digraph, sound)
    out: list[str] = []
    for letter in word.translate(SOUNDS):
        if not out or out[-1] != letter:
            out.append(letter)
    return "".join(out)


@lru_cache(maxsize=65536)
def _sounds(word: str) -> frozenset[str]:
    return frozenset(code for code in doublemetaphone(word) if code)


BEGINS = {
    **dict.fromkeys("aeiouy", "A"), "b": "P", "c": "KSX", "d": "JT", "f": "F", "g": "JKLN", "j": "AHJ",
    "k": "KN", "l": "L", "m": "M", "n": "N", "p": "FNPSX", "q": "K", "r": "R", "s": "SX", "t": "0TX",
    "v": "F", "x": "S", "z": "JST",
}  # fmt: skip
"""What the sounds of a word that begins with a letter may begin with; of any other it may be anything."""


@lru_cache(maxsize=8192)
def _apart(word: str) -> frozenset[str]:
    """Return the first letters of words that cannot sound like ``word``."""
    heard = {code[0] for code in _sounds(word)}
    return frozenset(letter for letter, sounds in BEGINS.items() if heard.isdisjoint(sounds))


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    """Load groups of given names that stand for each other ("Bill", "William")."""
    source = files("dateline.actors").joinpath("data/given_names.tsv").read_text(encoding="utf-8")
    groups: dict[str, set[str]] = {}
    for line in source.splitlines():
        if line.startswith("same\t"):
            group = set(line.split("\t")[1].split())
            for name in group:
                groups.setdefault(name, set()).update(group)
    return {name: frozenset(group) for name, group in groups.items()}


@lru_cache(maxsize=32768)
def alike(a: str, b: str) -> float:
    """Return how alike two folded words are, 0 to 1.

    Equal words have 1; the same sounds at least 0.86; else the mean of spelling by
    Jaro-Winkler and by edits, so that one typo in six letters is about 0.89.
    """
    if a == b:
        return 1.0
    spelling = (JaroWinkler.similarity(a, b) + DamerauLevenshtein.normalized_similarity(a, b)) / 2
    if min(len(a), len(b)) < 3:
        return spelling * 0.8
    same = skeleton(a) == skeleton(b) and len(skeleton(a)) > 1
    if same or not _sounds(a).isdisjoint(_sounds(b)):
        return max(spelling, 0.86 if spelling > 0.4 else 0.7)
    return spelling


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two personal names compare. ``given`` is ``None`` where one has no given name."""

    surname: float
    given: float | None
    conflict: str = ""
    """Why they cannot be one person, whatever the scores."""

    @property
    def score(self) -> float:
        """0 to 1, the surname counting more than the given names."""
        if self.conflict:
            return 0.0
        if self.given is None:
            return 0.9 * self.surname
        return 0.6 * self.surname + 0.4 * self.given


HOPELESS = 0.6
"""Likeness of surnames below which the rest of two names is not compared."""
GIVEN = 0.68
"""Likeness of given names below which two names are not one person's."""


@lru_cache(maxsize=8192)
def compare(query: tuple[str, ...], known: tuple[str, ...]) -> Comparison:
    """Compare two folded names word by word.

    The last word of the query is its surname; it may stand anywhere in the known
    name but first (Spanish and East Asian order), or first where the known name
    has one word. Given names that are neither alike nor nicknames nor initials of
    each other are a conflict, and so are middle initials that differ.
    """
    query, known = core(query), core(known)
    best = NOTHING
    joint = "".join(query[-2:]) if len(query) > 1 else ""
    for at in range(len(known)):
        reversed_name = at == 0 and len(known) > 1 and known[0] not in EASTERN
        if reversed_name and (len(query) == 1 or len(known) > len(query)):
            continue
        if alike(query[-1], known[at]) < HOPELESS and joint != known[at]:
            continue
        found = _aligned(query, known, at)
        if (not found.conflict, found.score) > (not best.conflict, best.score):
            best = found
    if len(query) > 1 and query[0] in EASTERN:
        turned = _aligned((*query[1:], query[0]), known, 0)
        if turned.score > best.score:
            return turned
    return best


def comparable(query: tuple[str, ...], owned: Sequence[AbstractSet[str]]) -> list[bool]:
    """Tell of each of several people whether :func:`compare` can find the query to be one of their names.

    ``owned``: the words of each, as :func:`all_words` gives them. Nobody without a word like the
    surname and one like the first name need be compared; all words are looked at in a few calls.
    """
    query = core(query)
    first, last = query[0], query[-1]
    surnames = _close(last, owned, HOPELESS)
    if len(query) == 1:
        return [not surnames.isdisjoint(own) for own in owned]
    joint = query[-2] + last
    if first in EASTERN:
        surnames |= {joint, last + first} | _close(first, owned, HOPELESS)
        return [not surnames.isdisjoint(own) for own in owned]
    surnames.add(joint)
    some = [own for own in owned if not surnames.isdisjoint(own)]
    given = {ALONE, joint, first[0]} | _nicknames().get(first, set()) | _close(first, some, GIVEN)
    if len(first) == 1:
        given.update(word for own in some for word in own if word[:1] == first)
    return [not surnames.isdisjoint(own) and not given.isdisjoint(own) for own in owned]


def _close(word: str, owned: Sequence[AbstractSet[str]], bar: float) -> set[str]:
    """Return all words whose :func:`alike` reaches ``bar`` (at most 0.7, as the same sounds do), and few more."""
    others = list(frozenset().union(*owned))
    letters, edits = (
        process.cdist((word,), others, scorer=scorer, dtype=np.float64)[0]
        for scorer in (JaroWinkler.similarity, DamerauLevenshtein.normalized_similarity)
    )
    spelt = zip(others, ((letters + edits) / 2).tolist(), strict=True)
    sounds, apart = _sounds(word), _apart(word)
    bones = skeleton(word) if len(skeleton(word)) > 1 else None
    return {
        other
        for other, spelling in spelt
        if spelling >= bar
        or skeleton(other) == bones
        or (other[:1] not in apart and not sounds.isdisjoint(_sounds(other)))
    }


NOTHING = Comparison(0.0, None)
EASTERN = frozenset(
    [
        "kim",
        "park",
        "lee",
        "yi",
        "roh",
        "moon",
        "chung",
        "choi",
        "kang",
        "han",
        "hwang",
        "xi",
        "hu",
        "jiang",
        "li",
        "wang",
        "zhang",
        "wen",
        "zhu",
        "deng",
        "mao",
        "zhao",
        "chen",
        "tsai",
        "ma",
        "lin",
        "nguyen",
        "tran",
        "pham",
        "le",
        "vo",
        "phan",
        "truong",
        "yang",
        "qin",
        "liu",
        "sun",
        "hun",
        "than",
        "aung",
    ]
)
"""Surnames that stand first."""


def _aligned(query: tuple[str, ...], known: tuple[str, ...], at: int) -> Comparison:
    surname = alike(query[-1], known[at])
    joint = "".join(query[-2:]) if len(query) > 1 else ""
    if joint and joint == known[at]:
        return Comparison(1.0, None)
    if surname < HOPELESS:
        return Comparison(surname, None, "another surname")
    given = query[:-1]
    others = known[:at] + known[at + 1 :]
    if not given or not others:
        return Comparison(surname - (0.02 if at + 1 < len(known) else 0.0), None)
    conflict = _initials_conflict(given, known[:at])
    scores = [max(_given_alike(g, other) for other in others) for g in given]
    first = max(_given_alike(given[0], other) for other in others)
    if first < GIVEN and not conflict:
        conflict = f"{given[0]} is not {others[0]}"
    score = (first + sum(scores) / len(scores)) / 2
    if _given_alike(given[0], others[0]) < min(0.85, first):
        score -= 0.15
    return Comparison(surname, score, conflict)


def _given_alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    group = _nicknames().get(a)
    if group and b in group:
        return 0.95
    return alike(a, b)


def _initials_conflict(given: tuple[str, ...], known: tuple[str, ...]) -> str:
    """Tell George W. from George H. W.: both have middle initials and they differ."""
    mine = [word[0] for word in given[1:]]
    theirs = [word[0] for word in known[1:]]
    if not mine or not theirs or all(len(w) > 1 for w in (*given[1:], *known[1:])):
        return ""
    return "" if mine == theirs else f"middle initials {'.'.join(mine)} and {'.'.join(theirs)}"
