"""Names of people: from the entity recogniser, after titles, and surnames said again."""

from __future__ import annotations

from dateline.actors.frames import find_framed
from dateline.actors.names import PARTICLES, core
from dateline.actors.phrase import FORMER, read_left, read_of
from dateline.actors.registry import Registry
from dateline.actors.scan import person_mention
from dateline.actors.view import Mention, View
from dateline.records import ActorKind

Title = tuple[int, int, str, bool]
CONNECTING = frozenset(
    [
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "ud",
        "ul",
        "ur",
        "y",
        "du",
    ]
)
HONORIFIC_WEAK = frozenset(
    [
        "private",
        "count",
        "father",
        "mother",
        "brother",
        "sister",
        "major",
        "general",
        "captain",
        "secretary",
        "marshal",
        "commander",
        "head",
        "chief",
        "director",
        "chairman",
        "member",
        "minister",
        "president",
        "king",
        "queen",
        "prince",
        "princess",
    ]
)
NOT_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mr",
        "mrs",
        "ms",
        "i",
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "in",
        "on",
        "at",
        "of",
        "and",
        "but",
    ]
)


def find_people(view: View, registry: Registry, titles: list[Title]) -> None:
    """Add a mention for each person named: after a title, by the recogniser, or again by surname."""
    ends = {end: (start, end, office, many) for start, end, office, many in titles}
    find_framed(view, registry, titles)
    for start, end, _, _ in titles:
        _after_title(view, start, end, ends)
    for start, end, label in view.entities:
        if label == "PERSON":
            _from_entity(view, registry, start, end, ends)
    _widen_names(view)
    _again(view, registry, ends)


def _after_title(view: View, start: int, end: int, ends: dict[int, Title]) -> None:
    """Take the capitalised words after a title for a name, whatever the recogniser calls them."""
    if end >= view.n or view.sent[end] != view.sent[start] or end in _inner(ends, start, end):
        return
    stop = name_end(view, end)
    if stop == end:
        return
    word = view.lower[end - 1].rstrip(".")
    if not view.capital[end - 1] and (
        word in ("count", "head", "private", "major", "father", "mother")
    ):
        return
    claimed = view.claim[end]
    if claimed is not None:
        return
    lone = view.parent[end - 1] != end and stop == end + 1 and view.entity[end] is None
    if lone and view.dep[end] not in ("appos", "compound") and not _in_name(view, end - 1, end):
        return
    view.add(person_mention(view, end, stop))


def _in_name(view: View, title: int, first: int) -> bool:
    return view.capital[title] or view.parent[title] >= first or view.parent[first] == title


def _inner(ends: dict[int, Title], start: int, end: int) -> tuple[int, ...]:
    """Return the ends of titles that hold this one ("Minister" in "Minister of Defence")."""
    return tuple(e for e, (s, _, _, _) in ends.items() if s <= start and e > end)


def name_end(view: View, start: int) -> int:
    """Return the end of the run of name words that begins at ``start``."""
    i, last = start, start
    while i < view.n and view.sent[i] == view.sent[start] and i - start < 9:
        word = view.lower[i]
        claim = view.claim[i]
        if claim is not None and claim.kind is not ActorKind.PERSON and i > start:
            break
        if view.text[i] in ("-", "–") and i > start:
            i += 1
            continue
        if word in CONNECTING and (
            i > start or view.capital[i] or word in ("al", "el", "bin", "abu")
        ):
            i += 1
            continue
        proper = view.pos[i] == "PROPN" or (view.pos[i] in ("NOUN", "ADJ", "X") and view.entity[i])
        if not (view.capital[i] and proper and _wordlike(view.text[i])) or word in NOT_NAMES:
            break
        i += 1
        last = i
    return last


def _wordlike(text: str) -> bool:
    return text[0].isalpha() and text[-1] not in ":;,!?" and not text.endswith("'s")


def _from_entity(
    view: View, registry: Registry, start: int, end: int, ends: dict[int, Title]
) -> None:
    """Take a person of the recogniser, without titles, demonyms and what is not a name."""
    for i in range(start + 1, end + 1):
        if i in ends and i < end and view.claim[i] is None:
            start = max(start, i)
    while start < end and (not view.capital[start] or not _wordlike(view.text[start])):
        if view.lower[start] in CONNECTING:
            break
        start += 1
    if end - start > 1 and view.lower[start] in ("the", "a", "an"):
        start += 1
    while end > start and not (view.capital[end - 1] and _wordlike(view.text[end - 1])):
        end -= 1
    if start >= end or view.lower[start] in NOT_NAMES:
        return
    inside = {id(m): m for m in view.claim[start:end] if m is not None}
    if any(m.kind is ActorKind.PERSON for m in inside.values()):
        return
    if inside:
        small = all(m.end - m.start == 1 and not m.plural for m in inside.values())
        first = view.claim[start]
        if not small or end - start < 2 or first is not None:
            return
        for mention in inside.values():
            view.drop(mention)
    if end - start == 1 and (end in ends or view.fold[start] in registry.titles):
        return
    if end - start == 1 and view.fold[start] in registry.generic and view.pos[start] != "PROPN":
        return
    view.add(person_mention(view, start, end))


def _widen_names(view: View) -> None:
    """Join name words that the recogniser left out: "Mustafa al-" before "Kazmi"."""
    for mention in view.mentions:
        if mention.kind is not ActorKind.PERSON or mention.people:
            continue
        stop = name_end(view, mention.start)
        if stop > mention.end and view.free(mention.end, stop):
            mention.end = mention.right = stop
            mention.head = view.head_of(mention.start, mention.end)
            for i in range(mention.start, stop):
                view.claim[i] = mention


def _again(view: View, registry: Registry, ends: dict[int, Title]) -> None:
    """Find the surnames of people named in full where they stand alone under another label."""
    surnames: dict[str, Mention] = {}
    for mention in view.mentions:
        if mention.kind is ActorKind.PERSON:
            parts = core(tuple(view.key(mention.start, mention.end).split()))
            if parts and len(parts[-1]) > 2 and parts[-1] not in PARTICLES:
                surnames.setdefault(parts[-1], mention)
    for i in range(view.n):
        open_name = view.fold[i] in surnames and view.capital[i] and view.claim[i] is None
        if open_name and (view.pos[i] == "PROPN" or view.entity[i]):
            start = i
            while (
                start > 0
                and view.text[start - 1] in ("-", "–")
                and view.lower[start - 2] in CONNECTING
            ):
                start -= 2
            view.add(person_mention(view, start, i + 1))


def dress_people(view: View, registry: Registry, titles: list[Title]) -> None:
    """Give each person the title before the name, or in apposition after it."""
    ends: dict[int, Title] = {}
    for title in titles:
        ends[title[1]] = title
    for mention in list(view.mentions):
        if mention.kind is not ActorKind.PERSON:
            continue
        before = ends.get(mention.start) or _before_comma(view, mention, ends)
        if mention.framed is not None:
            dress(view, registry, mention, mention.framed, before=mention.framed[0] < mention.start)
        elif before is not None and not before[3]:
            dress(view, registry, mention, before)
        else:
            mention.left = _bare_left(view, mention)
            after = _after_comma(view, mention, titles)
            if after is not None:
                dress(view, registry, mention, after, before=False)
            elif _rules(view, mention):
                mention.offices = ("head_of_state", "head_of_government")
        if mention.people and not mention.offices:
            mention.name = registry.get(mention.people[0]).name


RULED = frozenset({"administration", "government", "regime", "cabinet"})


def _rules(view: View, mention: Mention) -> bool:
    """Tell "the Obama administration"."""
    noun = view.parent[mention.head]
    owned = view.dep[mention.head] in ("compound", "nmod", "poss")
    return owned and mention.end <= noun <= mention.end + 2 and view.lower[noun] in RULED


def _bare_left(view: View, mention: Mention) -> int:
    left = mention.start
    while (
        left > 0
        and view.lower[left - 1] in FORMER | {"the", "late"}
        and view.sent[left - 1] == view.sent[left]
    ):
        mention.former = mention.former or view.lower[left - 1] in FORMER
        left -= 1
    return left


def _before_comma(view: View, mention: Mention, ends: dict[int, Title]) -> Title | None:
    """Return the title of "the foreign minister, Fuad Hussein"."""
    at = mention.start - 1
    if at > 0 and view.text[at] == "," and at in ends and view.sent[at] == view.sent[mention.start]:
        start = ends[at][0]
        has_article = any(
            view.lower[k] in ("the", "its", "his", "her", "their", "'s", "’s") or view.claim[k]
            for k in range(max(0, start - 4), start)
        )
        if has_article and view.dep[mention.head] in (
            "appos",
            "nsubj",
            "nsubjpass",
            "conj",
            "dobj",
            "pobj",
        ):
            return ends[at] if view.parent[mention.head] in range(start - 4, at) else None
    return None


def _after_comma(view: View, mention: Mention, titles: list[Title]) -> Title | None:
    """Return the title of "Joe Biden, the US president," or "Fuad Hussein (foreign minister)"."""
    at = mention.end
    if at >= view.n or view.text[at] not in (",", "("):
        return None
    for title in titles:
        if title[0] <= at:
            continue
        if title[0] > at + 7:
            break
        between = range(at + 1, title[0])
        plain = all(
            view.pos[k] in ("DET", "ADJ", "PROPN", "NOUN", "PART", "ADV", "PRON", "PUNCT", "NUM")
            and view.text[k] not in (",", "(", ";", "–", "--", '"', "“")
            for k in between
        )
        claims = [c for c in view.claim[at + 1 : title[0]] if c and c.kind is ActorKind.PERSON]
        if plain and not claims and view.sent[title[0]] == view.sent[at]:
            named = title[1] < view.n and view.claim[title[1]]
            if named and named.kind is ActorKind.PERSON:
                return None
            return title
        return None
    return None


def dress(
    view: View, registry: Registry, mention: Mention, title: Title, *, before: bool = True
) -> None:
    """Give a mention a title with the country and body that stand with it."""
    start, end, office, many = title
    while start > 0 and _title_part(view, start - 1, start):
        start -= 1
    mention.title = (start, end)
    left = read_left(view, mention, start)
    if before:
        mention.left = left
    read_of(view, mention, end - 1, title[0])
    inside = view.claim[end - 1]
    if mention.modifier is None and inside is not None and inside.start > title[0]:
        body = inside.kind is ActorKind.ORGANISATION and inside.end == end
        mention.modifier = inside if body else None  # "the president of Kestrel Motors, …"
    mention.offices = (registry.offices.of(office, next(iter(mention.countries), None)),)
    mention.plural = many


def _title_part(view: View, i: int, title: int) -> bool:
    """Tell whether a word is a part of the title: "Planning and Investment" Minister."""
    if view.claim[i] is not None or view.sent[i] != view.sent[title]:
        return False
    if view.dep[i] in ("compound", "nmod") and view.pos[i] in ("NOUN", "PROPN"):
        return view.parent[i] >= title - 1 and view.lower[i] not in FORMER
    return view.lower[i] in (
        "deputy",
        "vice",
        "acting",
        "assistant",
        "chief",
        "senior",
        "first",
        "interim",
    )
