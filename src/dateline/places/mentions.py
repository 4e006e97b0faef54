"""Words that may name a place: looked up in the gazetteer, or labelled so by the parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from dateline.language import columns
from dateline.language.columns import Columns
from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer
from dateline.places.names import folded

LONGEST = 6
"""Words of the longest name that is looked for."""
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
JOINING = tables.words("joining")
AREAS, WHOLES = tables.words("areas"), tables.words("wholes")
WITH_THE = tables.words("with the")
WATERS_BEFORE, WATERS_BEHIND = tables.words("waters before"), tables.words("waters behind")
SITES = tables.words("sites")
"""Last words of names of streets, buildings and other sites."""


@dataclass(slots=True)
class Mention:
    """Tokens ``start:end`` that may name a place."""

    start: int
    end: int
    name: str
    """What was looked up."""
    candidates: tuple[Entry, ...]
    source: str
    """``gazetteer``, ``demonym``, ``label`` (the parser's, unknown to the gazetteer), ``description``."""
    holder: Entry | None = None
    """What the words behind put it in: "Paris, Texas"."""
    features: dict[str, float] = field(default_factory=dict)
    probability: float = 1.0
    inner: Mention | None = None
    """The name of a place inside that of a site: "Henry County" of its courthouse."""
    is_area: bool = False
    """Said to be an area: "Aleppo province", "the state of Puebla"."""

    @property
    def is_site(self) -> bool:
        """Tell a street, a building or another site by its last word."""
        return self.name.lower().split()[-1:] != [] and self.name.lower().split()[-1] in SITES

    @property
    def key(self) -> str:
        """Return the name in the form it is compared in."""
        return folded(self.name)


def mentions(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield what may name a place, in order and apart: the longest name at each word."""
    at, read = 0, columns(doc)
    capital = "capital" in read.lower
    while at < read.n:
        found = _capital(doc, read, at, gazetteer) if capital else None
        if found is None and read.text[at][:1].isupper():
            found = _at(doc, read, at, gazetteer)
        if found is None:
            at += 1
            continue
        yield found
        at = found.end


def _at(doc: Doc, read: Columns, at: int, gazetteer: Gazetteer) -> Mention | None:
    if _before_name(read, at):
        return None
    name, adjective = _named(doc, read, at, gazetteer), _demonym(doc, read, at, gazetteer)
    site = _site(doc, read, at) or _water(doc, read, at)
    if name is not None and (adjective is None or name.end > adjective.end):
        return site if site is not None and site.end > name.end else name
    return site or adjective or _labelled(doc, read, at)


def _before_name(read: Columns, at: int) -> bool:
    """Tell "The" of "The Athens" (not of "The Hague"), and "City" of "City of Norfolk"."""
    if at + 2 >= read.n:
        return False
    if read.lower[at] == "the":
        return read.lower[at + 1] not in WITH_THE
    behind = read.text[at + 2][:1]
    return read.lower[at] in WHOLES and read.lower[at + 1] == "of" and behind.isupper()


def _named(doc: Doc, read: Columns, at: int, gazetteer: Gazetteer) -> Mention | None:
    text = read.text
    for end in range(_reach(read, at), at, -1):
        first = text[end - 1][:1]
        if not (first.isupper() or first.isdigit()):
            continue
        name = text[at] if end == at + 1 else doc[at:end].text
        if not written_so(name):
            continue
        candidates = looked_up(name, gazetteer)
        if candidates and not (end - at == 1 and read.lower[at] in SITES):
            area = _said_area(read, at, end)
            return Mention(at, end, name, tuple(candidates), "gazetteer", is_area=area)
    return None


def _said_area(read: Columns, at: int, end: int) -> bool:
    """Tell whether the words around a name say that it is an area."""
    lower = read.lower
    if end < len(lower) and lower[end] in NO_TOWNS:
        return True
    return at >= 2 and lower[at - 1] == "of" and lower[at - 2] in NO_TOWNS


NO_TOWNS = AREAS - {"city", "municipality", "township"}
"""Words for areas, without those for areas that are towns."""


def looked_up(name: str, gazetteer: Gazetteer) -> Sequence[Entry]:
    """Return the places of a name; an abbreviation ("Va.", "La.") is that of a first-order area."""
    found = gazetteer.candidates(name)
    if name in tables.abbreviations():
        return [e for e in found if e.kind == "admin1"] or found
    if name.isupper() and len(name) <= LONGEST_SHORT:
        return [e for e in found if not _plain(e, name)]
    return found


LONGEST_SHORT = 3
"""Letters up to which a name in capitals is read as an abbreviation."""


def _plain(entry: Entry, name: str) -> bool:
    """Tell a small town whose own name these letters are: "EU" is not Eu, nor "ERP" Erp; "UFA" may be Ufa."""
    own = entry.kind in ("town", "admin2") and folded(entry.name) == folded(name)
    return own and entry.population < LARGE


LARGE = 100_000
"""People from which a town is known by a name of few letters in capitals."""


def _reach(read: Columns, at: int) -> int:
    """Return where a name that begins here must end: at the sentence, a break or a small word."""
    end = at + 1
    while end < min(read.n, at + LONGEST):
        text = read.text[end]
        if read.starting[end] == 1 or text.isspace():
            break
        if not (text[:1].isupper() or text[:1].isdigit() or read.lower[end] in JOINING):
            break
        end += 1
    return end


def written_so(name: str) -> bool:
    """Tell "US" and "U.S." from "Us": abbreviations are written in capitals, or as "Va."."""
    if (len(name) > 2 and name[:3].isalpha()) or name in tables.abbreviations():
        return True
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 2 or (len(letters) == 2 and all(c.isupper() for c in letters))


def _demonym(doc: Doc, read: Columns, at: int, gazetteer: Gazetteer) -> Mention | None:
    first = folded(read.text[at]).partition(" ")[0]
    two = first in _paired() or not doc[at].whitespace_
    for end in (at + 2, at + 1) if two else (at + 1,):
        if end > read.n or not any(c.isalpha() for c in read.text[end - 1]):
            continue
        word = doc[at:end].text if end > at + 1 else read.text[at]
        plain = folded(word)
        place = _adjective(plain, gazetteer)
        if place is None and read.tag[end - 1] in ("NNS", "NNPS"):
            place = _adjective(plain.removesuffix("s"), gazetteer)
        if place is not None:
            return Mention(at, end, word, (place,), "demonym")
    return None


@cache
def _paired() -> frozenset[str]:
    """Return the first words of adjectives of two, and an article, which is left out of them."""
    words = (*tables.adjectives(), *tables.demonyms())
    return frozenset(word.partition(" ")[0] for word in words if " " in word) | {"the", ""}


def _adjective(word: str, gazetteer: Gazetteer) -> Entry | None:
    """Return the place of an adjective; a name of a place of its own is none ("Afghan", not "Georgia")."""
    name = tables.adjectives().get(word)
    found = gazetteer.candidates(name) if name else ()
    return found[0] if found else _countries().get(tables.demonyms().get(word, ""))


@cache
def _countries() -> dict[str, Entry]:
    return {named.entry.country or "": named.entry for named in tables.countries()}


def _site(doc: Doc, read: Columns, at: int) -> Mention | None:
    """Read "Elm Street" and "Lincoln High School": a site that no gazetteer knows."""
    end = at + 1
    while (
        end < read.n and end - at < 6 and read.text[end][:1].isupper() and read.starting[end] != 1
    ):
        end += 1
    for last in range(end, at + 1, -1):
        if read.lower[last - 1] in SITES:
            return Mention(at, last, doc[at:last].text, (), "label")
    return None


def _water(doc: Doc, read: Columns, at: int) -> Mention | None:
    """Read "River Arden" and "Stour River": a water that no gazetteer knows, nor the town of its name."""
    end = at + 1
    while (
        end < read.n and end - at < 4 and read.text[end][:1].isupper() and read.starting[end] != 1
    ):
        if read.pos[end] != "PROPN":
            break
        end += 1
    if end - at > 1 and read.lower[at] in WATERS_BEFORE:
        return Mention(at, at + 2, doc[at : at + 2].text, (), "label")
    for last in range(end, at + 1, -1):
        if read.lower[last - 1] in WATERS_BEHIND:
            return Mention(at, last, doc[at:last].text, (), "label")
    return None


def _labelled(doc: Doc, read: Columns, at: int) -> Mention | None:
    if read.ent[at] not in PLACE_LABELS or doc[at].ent_iob_ != "B":
        return None
    end = at + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Mention(at, end, doc[at:end].text, (), "label")


def _capital(doc: Doc, read: Columns, at: int, gazetteer: Gazetteer) -> Mention | None:
    """Read "the Iraqi capital" and "Iraq's capital", but not "the Iraqi capital, Baghdad"."""
    length = _described(read, at)
    if length is None:
        return None
    behind = doc[at + length : at + length + 2]
    following = behind[-1:] if len(behind) == 2 and behind[0].text == "," else behind[:1]
    if len(following) and following[0].text[:1].isupper():
        return None
    word = doc[at + (doc[at].lower_ == "the")].text
    entry = _adjective(folded(word), gazetteer)
    if entry is None:
        entry = next((e for e in gazetteer.candidates(word) if e.kind == "country"), None)
    capital = gazetteer.capitals().get(entry.country or "") if entry is not None else None
    if capital is None:
        return None
    return Mention(at, at + length, capital.name, (capital,), "description")


def _described(read: Columns, at: int) -> int | None:
    """Return how many tokens "the Iraqi capital" or "Iraq's capital" has from here."""
    words = read.lower[at : at + 4]
    skip = 1 if words[:1] == ["the"] else 0
    for length in (skip + 2, skip + 3):
        named_so = words[length - 1 : length] == ["capital"] and read.text[at + skip][:1].isupper()
        if named_so and (length == skip + 2 or words[skip + 1] in ("'s", "’s")):
            return length
    return None


def named(doc: Doc, start: int, end: int, text: str, gazetteer: Gazetteer) -> Mention | None:
    """Return the mention that tokens ``start:end`` are said to be; ``None`` where no place has the name."""
    word = folded(text)
    for form in (word, word.removesuffix("s")):
        place = _adjective(form, gazetteer)
        if place is not None:
            return Mention(start, end, text, (place,), "demonym")
    for name, kinds in _forms(text):
        found = [e for e in looked_up(name, gazetteer) if not kinds or e.kind in kinds]
        if found:
            area = bool(kinds) or _said_area(columns(doc), start, end)
            return Mention(start, end, name, tuple(found), "gazetteer", is_area=area)
    return Mention(start, end, text, (), "label")


AREA_KINDS = frozenset(("admin1", "admin2", "region"))


def _forms(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield a name as it stands, and without the words that say what it is, with the kinds it may be of."""
    yield text, frozenset()
    words = text.split()
    if len(words) > 1 and words[-1].lower() in AREAS:
        if words[-1].lower() in NO_TOWNS:
            yield " ".join(words[:-1]), AREA_KINDS
        yield " ".join(words[:-1]), frozenset()
    if len(words) > 1 and words[0].lower() in AREAS:
        yield " ".join(words[1:]), frozenset()
    if len(words) > 2 and words[1].lower() == "of" and words[0].lower() in WHOLES | AREAS:
        yield " ".join(words[2:]), frozenset()


def holder_behind(doc: Doc, end: int, gazetteer: Gazetteer) -> list[Entry]:
    """Return what may hold a place before token ``end``: of ", Texas", "(Texas)" and "in northern Lebanon"."""
    if end + 1 >= len(doc) or doc[end].lower_ not in (",", "in", "("):
        return []
    start = end + 1
    if doc[end].lower_ == "in":
        while start < min(end + 4, len(doc)) and doc[start].lower_ in DIRECTIONS:
            start += 1
        if start > end + 1 and start < len(doc) and not doc[start].text[:1].isupper():
            return []
    if start >= len(doc) or not doc[start].text[:1].isupper():
        return []
    for last in range(min(_reach(columns(doc), start), start + 4), start, -1):
        name = doc[start:last].text
        if written_so(name) or name.isupper():
            found = gazetteer.candidates(name)
            areas = [e for e in found if e.kind in ("country", "admin1", "admin2", "region")]
            if areas:
                return areas
    return []


DIRECTIONS = tables.words("directions")


def holds(holder: Entry, entry: Entry) -> bool:
    """Tell whether an area holds a place."""
    if holder.country != entry.country or holder == entry:
        return False
    if holder.kind == "country":
        return entry.kind != "country"
    return (holder.kind == "admin1" and holder.name == entry.admin1) or (
        holder.kind == "admin2" and holder.name == entry.admin2
    )


def apart(found: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Return mentions by the name they share."""
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(mention.key, []).append(mention)
    return groups
