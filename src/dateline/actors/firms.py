"""Firms that the registry does not know, told by their context; and whose head a "chairman" is.

"Shares in Norvane", "Norvane's profits" and "the retailer Norvane" say that Norvane is a business, and
so is "the chairman of Norvane" then. The words stand in ``data/words.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.actors.registry import Registry
from dateline.actors.tables import read_data
from dateline.actors.view import Mention, View
from dateline.actors.words import word_list
from dateline.records import ActorKind, Reason

BUSINESS = ("BUS",)
NEAR = 3
"""Tokens behind a name in which what it owns stands."""
TELLING = 3
"""Words of business from which a report is one on business; two of them different."""


def find_firms(view: View, registry: Registry) -> None:
    """Give bodies that the registry does not know ``BUS`` where the report speaks of them as firms.

    A name that the recogniser took for a person's is a firm too where shares in it are spoken of.
    """
    _add_named_so(view)
    unknown = [m for m in view.mentions if _is_unknown(m) or _is_mistaken(view, registry, m)]
    places = {view.key(m.start, m.end) for m in unknown if _is_inside(view, m)}
    unknown = [m for m in unknown if view.key(m.start, m.end) not in places]
    told: dict[str, str] = {}
    for mention in unknown:
        detail = next(_signs(view, registry, mention), None)
        if detail is not None:
            told.setdefault(view.key(mention.start, mention.end), detail)
    for mention in unknown:
        detail = told.get(view.key(mention.start, mention.end))
        if detail is not None:
            mention.kind, mention.sectors = ActorKind.ORGANISATION, BUSINESS
            mention.name = view.doc[mention.start : mention.end].text
            mention.why.append(Reason(field="sectors", rule="firm.context", detail=detail))


def _is_inside(view: View, mention: Mention) -> bool:
    """Tell a name in which something happens, but for "shares in Norvane": that of a town."""
    before = mention.start - 1
    if before < 0 or view.lower[before] not in ("in", "into", "inside", "near", "around"):
        return False
    return view.lower[view.parent[before]] not in word_list("firm owns")


def _add_named_so(view: View) -> None:
    """Add the names that end as those of firms and that no recogniser found: "Kestrel Motors"."""
    for last in range(1, view.n):
        if view.lower[last] not in word_list("firm ends") or not _is_name(view, last):
            continue
        start = last
        while start and view.sent[start - 1] == view.sent[last] and _is_name(view, start - 1):
            start -= 1
        if start < last:
            mention = Mention(start, last + 1, ActorKind.ORGANISATION, "name", last)
            mention.name = view.doc[start : last + 1].text
            view.add(mention)


def _is_name(view: View, at: int) -> bool:
    free = view.claim[at] is None and not view.shouting[view.sent[at]]
    return free and view.capital[at] and view.pos[at] == "PROPN"


def _is_unknown(mention: Mention) -> bool:
    return mention.kind is ActorKind.ORGANISATION and not mention.refs and not mention.sectors


def _is_mistaken(view: View, registry: Registry, mention: Mention) -> bool:
    """Tell words that were taken for a person's name, with no title and no first name in the report."""
    if mention.kind is not ActorKind.PERSON or mention.people or mention.framed is not None:
        return False
    before = view.fold[mention.start - 1] if mention.start else ""
    if before in registry.titles or view.fold[mention.start] in given_names():
        return False
    if mention.end - mention.start > 1:
        return True
    same = view.fold[mention.start]
    full = (m for m in view.mentions if m.kind is ActorKind.PERSON and m.end - m.start > 1)
    return all(same not in view.fold[m.start : m.end] for m in full)


@cache
def given_names() -> frozenset[str]:
    """Return the given names of the table, folded."""
    rows = read_data("given_names.tsv", ("kind", "names")).rows()
    return frozenset(name for _, row in rows for name in row["names"].split())


def _signs(view: View, registry: Registry, mention: Mention) -> Iterator[str]:
    """Yield what shows that a name is that of a firm; people have shares and make profits as well."""
    yield from _ending(view, mention)
    yield from _owning(view, mention)
    yield from _owned(view, mention)
    if mention.kind is not ActorKind.PERSON or mention.end == mention.start + 1:
        yield from _sorted_as(view, registry, mention)
    if mention.kind is not ActorKind.PERSON:
        yield from _gaining(view, mention)


def _ending(view: View, mention: Mention) -> Iterator[str]:
    """Read "Kestrel Motors" and "Norvane plc"."""
    last, after = view.fold[mention.end - 1], _word(view, mention, mention.end)
    for word in (last if mention.end - mention.start > 1 else "", after):
        if word in word_list("firm ends"):
            yield word


def _owning(view: View, mention: Mention) -> Iterator[str]:
    """Read "Norvane shares", "Norvane's profits" and "Norvane chief executive"."""
    for at in range(mention.end, mention.end + NEAR):
        word = _word(view, mention, at)
        if word in ("'s", "’s") and mention.kind is ActorKind.PERSON:
            return
        if not word or view.pos[at] in ("VERB", "AUX", "PUNCT", "ADP", "CCONJ"):
            return
        if _is_owned(view, mention, at):
            yield f"{view.doc[mention.start : at + 1].text}"


def _owned(view: View, mention: Mention) -> Iterator[str]:
    """Read "shares in Norvane" and "the chief executive of Norvane"."""
    up = view.parent[mention.head]
    if view.dep[mention.head] != "pobj" or view.lower[up] not in ("in", "of", "at"):
        return
    owned = view.parent[up]
    for at in (owned, owned - 1):
        if 0 <= at < up and _is_owned(view, mention, at):
            yield f"{view.doc[at : mention.end].text}"


def _is_owned(view: View, mention: Mention, at: int) -> bool:
    word = _word(view, mention, at)
    pair = f"{word} {_word(view, mention, at + 1)}"
    person = mention.kind is ActorKind.PERSON
    owned = word in word_list("firm shares" if person else "firm owns")
    return (owned and view.pos[at] in ("NOUN", "PROPN")) or pair in word_list("firm heads")


def _sorted_as(view: View, registry: Registry, mention: Mention) -> Iterator[str]:
    """Read "the oil giant Norvane", "retailer Norvane" and "Norvane, a retailer,"."""
    before = mention.start - 1
    if before >= 0 and _is_sort(view, registry, mention, before) and view.dep[before] != "poss":
        yield f"{view.lower[before]} before it"
    if view.dep[mention.head] == "appos" and _is_sort(
        view, registry, mention, view.parent[mention.head]
    ):
        yield f"{view.lower[view.parent[mention.head]]} before it"
    for at in range(mention.end + 1, min(mention.end + 8, view.n)):
        if (
            view.dep[at] == "appos"
            and view.parent[at] == mention.head
            and _is_sort(view, registry, mention, at)
        ):
            yield f"{view.lower[at]} behind it"


def _is_sort(view: View, registry: Registry, mention: Mention, at: int) -> bool:
    word = _word(view, mention, at)
    if word != view.text[at]:
        return False  # a part of another name
    noun = registry.generic.get(view.fold[at])
    forms = ("body",) if mention.kind is ActorKind.PERSON else ("body", "person")
    business = noun is not None and noun.sectors == BUSINESS and noun.form in forms
    return word in word_list("firm sorts") or (business and view.tag[at] == "NN")


def _gaining(view: View, mention: Mention) -> Iterator[str]:
    """Read "Norvane posted a loss"."""
    if view.dep[mention.head] != "nsubj":
        return
    verb = view.parent[mention.head]
    for at in range(verb + 1, min(verb + 10, view.n)):
        if (
            view.dep[at] == "dobj"
            and view.parent[at] == verb
            and view.lower[at] in word_list("firm gains")
        ):
            yield f"{view.lower[verb]} {view.lower[at]}"


def _word(view: View, mention: Mention, at: int) -> str:
    """Return the word at a token of the mention's sentence; an empty string where there is none."""
    same = 0 <= at < view.n and view.sent[at] == view.sent[mention.start]
    return view.lower[at] if same else ""


def settle_heads(view: View) -> None:
    """Give heads of no known body what the report tells: of a firm in a report on business, else no sector.

    "Chairman Peter Alding" with no body is of a firm where the report speaks of shares and profits.
    """
    heads = [m for m in view.mentions if _is_head(view, m)]
    business = bool(heads) and _on_business(view)
    for mention in heads:
        owner = mention.modifier
        known = owner is not None and (owner.actor or owner.sectors or owner.country)
        made = owner is None and not business and _makes(view, mention)
        if known or mention.countries or (owner is None and not business and not made):
            continue
        firm = business and (owner is None or owner.kind is ActorKind.ORGANISATION)
        mention.sectors = BUSINESS if firm else ()
        detail = "the report is on business" if firm else "of no body that the report names"
        mention.why.append(Reason(field="sectors", rule="head.of", detail=detail))


def _is_head(view: View, mention: Mention) -> bool:
    """Tell a "chairman" or "director" whose body nobody knows, and whose sector is a guess therefore."""
    if mention.actor or mention.former or mention.plural or mention.basis == "coreference":
        return False
    if mention.kind is ActorKind.PERSON:
        return mention.offices == ("body_head",) and mention.sectors == ("GOV",)
    word = mention.noun.rpartition(" ")[2]
    return (
        mention.kind is ActorKind.GENERIC
        and mention.sectors == ("CVL",)
        and word in word_list("heads")
    )


def _makes(view: View, mention: Mention) -> bool:
    """Tell a director without a body, who as often makes films as heads an office."""
    title = range(*mention.title) if mention.title is not None else range(0)
    return [view.lower[i] for i in title] == ["director"]


def _on_business(view: View) -> bool:
    found = [word for word in view.lower if word in word_list("business")]
    return len(found) >= TELLING and len(set(found)) > 1
