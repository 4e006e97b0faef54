"""Copies of a report: the same text, syndicated or edited, under several addresses.

Texts are compared by the share of four-word sequences they have in common
(Jaccard), estimated by MinHash; locality-sensitive hashing finds the pairs
worth comparing, so that the cost grows with the number of reports and not with
its square (Broder 1997; Leskovec, Rajaraman & Ullman, Mining of Massive
Datasets, ch. 3). Changing a tenth of the words leaves about half the
sequences, and reports of one event written apart share next to none.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

WORD = re.compile(r"\w+")
SHINGLE = 4
"""Words in a sequence."""
PERMUTATIONS = 126
BANDS = 42
"""With three rows a band, 99.6 % of pairs that share half their sequences are compared."""
SEED = 20210726
THRESHOLD = 0.42
"""Estimated share of common sequences from which a text is a copy."""
FEWEST_WORDS = 20
"""A shorter text is a copy only of the very same words."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports with the same text, or nearly."""

    first: str
    second: str
    """Ids of the reports, in order."""
    share: float
    """Estimated share of common four-word sequences, 0 to 1."""


def sketched(text: str) -> tuple[bytes, RMinHash | None]:
    """Return the digest of a text's words, and their MinHash; ``None`` for a short text."""
    words = WORD.findall(text.lower())
    key = sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()
    if len(words) < FEWEST_WORDS:
        return key, None
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return key, sketch


def sketch(text: str) -> str:
    """Return what two texts are compared by: a MinHash, or of a short text its words' digest."""
    key, made = sketched(text)
    if made is None:
        return "=" + key.hex()
    return b64encode(np.asarray(made.digest(), dtype="<u4").tobytes()).decode("ascii")


def share(first: str, second: str) -> float:
    """Return the estimated share of word sequences that two sketches have in common, 0 to 1."""
    if first.startswith("=") or second.startswith("="):
        return float(first == second)
    a, b = (np.frombuffer(b64decode(one), dtype="<u4") for one in (first, second))
    return round(float(np.mean(a == b)), 3)


class Duplicates:
    """Finds copies among reports as they come; what is found does not depend on their order."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold
        self._ids: list[str] = []
        self._digests: list[NDArray[np.uint32] | None] = []
        self._exact: dict[bytes, list[int]] = defaultdict(list)
        self._near = RMinHashLSH(threshold, PERMUTATIONS, BANDS)

    def add(self, id: str, text: str) -> list[Copy]:
        """Take a report in and return the earlier ones it is a copy of."""
        number = len(self._ids)
        self._ids.append(id)
        key, sketch = sketched(text)
        found = dict.fromkeys(self._exact[key], 1.0)
        self._exact[key].append(number)
        if sketch is not None:
            found = self._near_copies(number, sketch) | found
        else:
            self._digests.append(None)
        return [self._copy(id, other, share) for other, share in sorted(found.items())]

    def _near_copies(self, number: int, sketch: RMinHash) -> dict[int, float]:
        digest = np.asarray(sketch.digest(), dtype=np.uint32)
        self._digests.append(digest)
        found = {}
        for other in self._near.query(sketch):
            theirs = self._digests[other]
            share = float(np.mean(digest == theirs)) if theirs is not None else 0.0
            if share >= self.threshold:
                found[other] = round(share, 3)
        self._near.insert(number, sketch)
        return found

    def _copy(self, id: str, other: int, share: float) -> Copy:
        first, second = sorted((id, self._ids[other]))
        return Copy(first, second, share)


def copies(texts: Iterable[tuple[str, str]], threshold: float = THRESHOLD) -> list[Copy]:
    """Return all pairs of copies among ids and texts, in order.

    Finds what ``Duplicates`` finds, in about 600 bytes a report: the bands of all sketches are sorted one
    after another, so that no index of them is held.
    """
    ids: list[str] = []
    near: list[int] = []
    sketches = bytearray()
    exact: dict[bytes, list[int]] = defaultdict(list)
    for id, text in texts:
        key, sketch = sketched(text)
        exact[key].append(len(ids))
        if sketch is not None:
            near.append(len(ids))
            sketches += np.asarray(sketch.digest(), dtype=np.uint32).tobytes()
        ids.append(id)
    rows = np.frombuffer(sketches, dtype=np.uint32).reshape(-1, PERMUTATIONS)
    shares = {(near[a], near[b]): share for a, b, share in _alike(rows, threshold)}
    for same in exact.values():
        shares.update(((a, b), 1.0) for n, b in enumerate(same) for a in same[:n])
    found = []
    for (a, b), share in shares.items():
        first, second = sorted((ids[a], ids[b]))
        found.append(Copy(first, second, share))
    return sorted(found, key=lambda copy: (copy.first, copy.second))


def _alike(rows: NDArray[np.uint32], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield the numbers of rows that have a band in common, with the share of columns in common."""
    width = PERMUTATIONS // BANDS
    told: set[tuple[int, int]] = set()
    for start in range(0, BANDS * width, width):
        band = np.ascontiguousarray(rows[:, start : start + width])
        keys = band.view(np.dtype((np.void, band.itemsize * width))).ravel()
        order = np.argsort(keys, kind="stable")
        begin = np.flatnonzero(np.r_[True, keys[order[1:]] != keys[order[:-1]]][: len(order)])
        end = np.r_[begin[1:], len(order)]
        for first_of, last_of in zip(*(x[end - begin > 1] for x in (begin, end)), strict=True):
            same = order[first_of:last_of]
            for n in range(1, len(same)):
                second = int(same[n])
                shares = (rows[same[:n]] == rows[second]).mean(axis=1)
                for first, share in zip(same[:n].tolist(), shares.tolist(), strict=True):
                    if share >= threshold and (first, second) not in told:
                        told.add((first, second))
                        yield first, second, round(share, 3)


def groups(pairs: Iterable[Copy]) -> Mapping[str, str]:
    """Return for each id in a pair the smallest id it is joined to, directly or by others."""
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    for pair in pairs:
        first, second = sorted((root(pair.first), root(pair.second)))
        parent[second] = first
    return {id: root(id) for id in sorted(parent)}
