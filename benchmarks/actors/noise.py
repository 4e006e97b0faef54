"""Noisy spellings of names: typos, transliteration by rule, sounds misheard, words left out or turned,
capitals, scanners' mistakes and bytes read in the wrong encoding.

Each function takes the words of a name and a random generator, and returns the name as a
report may print it, or ``None`` where the noise cannot be had from it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from anyascii import anyascii

Noise = Callable[[list[str], random.Random], str | None]
KEYS = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "ol",
    "a": "sq", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "k", "z": "xa",
    "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n",
}  # fmt: skip
"""Neighbours on a keyboard."""
ROMANISED = [
    ("kh", "h"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("dh", "z"), ("th", "t"), ("q", "k"), ("q", "g"), ("ei", "ay"),
    ("ei", "ai"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("i", "y"), ("ph", "f"), ("f", "ph"), ("ck", "k"),
    ("w", "v"), ("v", "w"), ("sh", "ch"), ("sch", "sh"), ("zh", "j"), ("j", "dj"), ("x", "ks"), ("tz", "ts"), ("ts", "c"),
    ("ya", "ia"), ("yu", "iu"), ("iy", "y"), ("ov", "off"), ("ev", "eff"), ("aa", "a"), ("a", "aa"), ("u", "ou"),
    ("sky", "skiy"), ("ski", "sky"), ("ll", "l"), ("ss", "s"), ("mm", "m"), ("l", "ll"), ("h", ""), ("c", "k"), ("k", "c"),
    ("ch", "tch"), ("tch", "ch"), ("ij", "y"), ("oe", "o"), ("ue", "u"), ("ae", "e"), ("x", "sh"), ("cz", "ch"),
]  # fmt: skip
"""One romanisation for another."""
MISHEARD = [
    ("ps", "s"), ("p", "b"), ("b", "p"), ("v", "f"), ("f", "v"), ("g", "k"), ("k", "g"), ("d", "t"), ("t", "d"),
    ("z", "s"), ("s", "z"), ("e", "i"), ("i", "e"), ("o", "u"), ("u", "o"), ("a", "e"), ("e", "a"), ("c", "k"),
    ("k", "ck"), ("y", "ie"), ("i", "ie"), ("th", "s"), ("j", "g"), ("ch", "sh"), ("ea", "ee"), ("er", "ar"),
    ("gh", ""), ("w", "u"), ("ou", "o"), ("ll", "l"), ("tt", "t"), ("nn", "n"), ("ph", "b"), ("x", "s"),
]  # fmt: skip
"""What machine translation makes of a name that went through another script: like sounds for each other."""


def typo(words: list[str], rng: random.Random) -> str | None:
    """Mistype one letter of the surname, or two of a long one."""
    surname = words[-1]
    if len(surname) < 5:
        return None
    for _ in range(2 if len(surname) > 8 and rng.random() < 0.3 else 1):
        surname = _slip(surname, rng)
    return " ".join([*words[:-1], surname])


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.choice(("swap", "drop", "double", "neighbour"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at:]
    letter = rng.choice(KEYS.get(word[at], word[at]))
    return word[:at] + letter + word[at + 1 :]


def romanised(words: list[str], rng: random.Random) -> str | None:
    """Write the name by another romanisation: one or two rules over any of its words."""
    return _changed(words, ROMANISED, rng, rng.choice((1, 2)))


def misheard(words: list[str], rng: random.Random) -> str | None:
    """Write the name as it came back from another script: two or three sounds of its words."""
    return _changed(words, MISHEARD, rng, rng.choice((2, 3)))


def _changed(
    words: list[str], rules: list[tuple[str, str]], rng: random.Random, times: int
) -> str | None:
    name = " ".join(words).lower()
    done = 0
    for old, new in rng.sample(rules, len(rules)):
        spots = [
            m.start() for m in re.finditer(old, name) if m.start() and name[m.start() - 1] != " "
        ]
        if spots and done < times:
            at = rng.choice(spots)
            name = name[:at] + new + name[at + len(old) :]
            done += 1
    return " ".join(part.capitalize() for part in name.split()) if done == times else None


def surname(words: list[str], rng: random.Random) -> str | None:
    """Leave out the first name; the office stands before the surname."""
    return words[-1] if len(words) > 1 else None


def turned(words: list[str], rng: random.Random) -> str | None:
    """Put the surname first."""
    return " ".join([words[-1], *words[:-1]]) if len(words) == 2 else None


def initial(words: list[str], rng: random.Random) -> str | None:
    """Shorten the first name to its initial."""
    return " ".join([f"{words[0][0]}.", *words[1:]]) if len(words) > 1 else None


def misspelt_surname(words: list[str], rng: random.Random) -> str | None:
    """Leave out the first name and misspell the surname."""
    return romanised(words[-1:], rng) if len(words) > 1 and len(words[-1]) > 5 else None


def as_written(words: list[str], rng: random.Random) -> str | None:
    """Leave the name as it is, for comparison."""
    return " ".join(words)


SEEN = [
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("i", "l"), ("l", "i"), ("e", "c"), ("c", "e"), ("o", "0"),
    ("h", "b"), ("b", "h"), ("u", "ii"), ("n", "ri"), ("s", "5"), ("v", "y"), ("ii", "u"), ("vv", "w"), ("w", "vv"),
]  # fmt: skip
"""What a scanner takes for each other."""


def scanned(words: list[str], rng: random.Random) -> str | None:
    """Misread one letter of the surname, as a scanner does."""
    surname = words[-1]
    spots = [
        (m.start(), old, new) for old, new in SEEN for m in re.finditer(old, surname) if m.start()
    ]
    if len(surname) < 5 or not spots:
        return None
    at, old, new = rng.choice(spots)
    return " ".join([*words[:-1], surname[:at] + new + surname[at + len(old) :]])


def capitals(words: list[str], rng: random.Random) -> str | None:
    """Write the name in capitals, in a sentence in capitals."""
    return " ".join(words).upper()


def mojibake(words: list[str], rng: random.Random) -> str | None:
    """Read the UTF-8 of a name with other letters than ASCII as Windows-1252."""
    try:
        return " ".join(words).encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return None


KINDS: dict[str, Noise] = {
    "as written": as_written,
    "typo": typo,
    "another romanisation": romanised,
    "misheard": misheard,
    "surname alone": surname,
    "surname alone, misspelt": misspelt_surname,
    "surname first": turned,
    "initial": initial,
    "capitals": capitals,
    "scanned": scanned,
    "mojibake": mojibake,
}


def noisy(name: str, kind: str, seed: str) -> str | None:
    """Return a noisy spelling of ``name``, the same for the same seed."""
    plain = name if kind == "mojibake" else anyascii(name)
    words = plain.replace("'", "").replace('"', "").split()
    found = KINDS[kind](words, random.Random(f"{seed}|{kind}"))
    return found if found and (kind == "as written" or found != " ".join(words)) else None
