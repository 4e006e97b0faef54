"""How something was said: stance, addressee, medium and occasion, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language import notes, tokens_at
from dateline.records import TimeExpression
from dateline.statements.decode import TO_PERSON, Found
from dateline.statements.lexicon import CueGroup, lexicon
from dateline.statements.view import View

ADDRESSING = TO_PERSON | {"urge", "order", "beg", "instruct"}
OCCASION = frozenset({"in", "on", "at", "during", "after", "before", "via", "through", "over", "from", "by", "ahead", "following"})  # fmt: skip
PLACING = frozenset({"in", "at", "on", "after", "during", "before"})
"""Words that end the words for an addressee: "told reporters in Geneva"."""
NEGATIVE = frozenset({"never", "hardly", "no", "nor"})
REFUSED = frozenset({"decline", "refuse", "fail"})
SPEAKING = frozenset({"comment", "say", "speak", "answer", "respond", "confirm", "discuss", "elaborate"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the saying itself, in tokens."""

    group: CueGroup | None
    negated: bool
    addressee: tuple[int, int, int] | None
    """Root, first and last token of the addressee."""
    medium: str | None
    occasion: tuple[int, int] | None
    time: TimeExpression | None


def circumstances(view: View, found: Found) -> Circumstances:
    """Return the circumstances of an attribution."""
    heads = list(_cue_heads(view, found))
    groups = [group for i in heads if (group := _group(view, i)) is not None]
    light = view.lemma[found.cue].lower() in lexicon().light_verbs
    group = (groups[-1] if light else groups[0]) if groups else None
    medium, occasion = _medium(view, found, heads)
    return Circumstances(
        group, _negated(view, found, heads), _addressee(view, found, heads), medium, occasion,
        _time(view, found, heads),
    )  # fmt: skip


def _cue_heads(view: View, found: Found) -> Iterator[int]:
    """Yield the head of the cue and, below a light verb, its object or complement."""
    yield found.cue
    light = view.lemma[found.cue].lower() in lexicon().light_verbs
    for i in range(*found.cue_range):
        if i != found.cue and view.pos[i] in ("VERB", "NOUN", "ADJ") and view.under(i, found.cue):
            yield i
    for k in view.kids[found.cue]:
        outside = not found.cue_range[0] <= k < found.cue_range[1]
        if view.dep[k] == "dobj" and light and outside:
            yield k


def _group(view: View, i: int) -> CueGroup | None:
    prepositions = [view.lower[k] for k in view.kids[i] if view.dep[k] in ("prep", "prt")]
    return lexicon().group(view.lemma[i].lower(), view.pos[i], prepositions)


def _negated(view: View, found: Found, heads: list[int]) -> bool:
    own = any(
        view.dep[k] == "neg" or view.lower[k] in NEGATIVE for i in heads for k in view.kids[i]
    )
    refused = view.lemma[found.cue].lower() in REFUSED and any(
        view.dep[k] == "xcomp" and view.lemma[k].lower() in SPEAKING for k in view.kids[found.cue]
    )
    return own or refused


def _inside(token: int, found: Found) -> bool:
    """Return whether a token is part of content or source."""
    if found.source is not None and found.source[0] <= token < found.source[1]:
        return True
    return any(a <= token < b for a, b in found.content)


def _addressee(view: View, found: Found, heads: list[int]) -> tuple[int, int, int] | None:
    if found.addressee is not None:
        first, last = found.addressee
        place = next((t for t in range(first + 1, last) if view.lower[t] in PLACING), last)
        last = place
        tops = [t for t in range(first, last) if not first <= view.head[t] < last]
        return (tops or [last - 1])[0], first, last
    for i in heads:
        for k in view.kids[i]:
            if _inside(k, found) or view.pos[k] not in ("NOUN", "PROPN", "PRON", "ADP"):
                continue
            lemma = view.lemma[i].lower()
            if (
                view.dep[k] in ("dobj", "dative", "iobj")
                and lemma in ADDRESSING
                and view.pos[k] != "ADP"
            ):
                return k, *_phrase(view, k, found)
            if view.lower[k] == "to" and view.dep[k] in ("prep", "dative"):
                for o in view.kids[k]:
                    if view.dep[o] == "pobj" and not _inside(o, found) and _personal(view, o):
                        return o, *_phrase(view, o, found)
    return None


def _personal(view: View, i: int) -> bool:
    return view.ent[i] in ("PERSON", "ORG", "GPE", "NORP") or view.tag[i] in ("NNS", "PRP", "NN", "NNP", "NNPS")  # fmt: skip


def _phrase(view: View, root: int, found: Found) -> tuple[int, int]:
    first, last = view.left[root], view.right[root] + 1
    taken = [t for t in range(first, last) if _inside(t, found)]
    before = [t for t in taken if t > root]
    return max([first, *(t + 1 for t in taken if t < root)]), min([last, *before])


def _medium(
    view: View, found: Found, heads: list[int]
) -> tuple[str | None, tuple[int, int] | None]:
    """Return medium and occasion from the phrases that hang from the cue or open its sentence."""
    media = lexicon().media
    words: tuple[int, int] | None = None
    for i in heads:
        for k in view.kids[i]:
            if view.dep[k] not in ("prep", "advcl", "npadvmod") or _inside(k, found):
                continue
            if view.lower[k] not in OCCASION:
                continue
            for o in view.kids[k]:
                if view.dep[o] not in ("pobj", "pcomp") or _inside(o, found):
                    continue
                phrase = _phrase(view, k, found)
                name = view.lemma[o].lower()
                nouns = [name, *(view.lower[m] for m in view.kids[o] if view.dep[m] == "compound")]
                for noun in nouns:
                    if noun in media:
                        return media[noun], phrase
                if (
                    words is None
                    and view.lower[k] in ("in", "on", "at", "during")
                    and not view.ent[o]
                ):
                    words = phrase
    lemma = view.lemma[found.cue].lower()
    if lemma in ("tweet", "retweet", "post"):
        return "social_media", words
    if lemma in ("write", "email", "text"):
        return "article" if lemma == "write" else "letter", words
    return None, words


def _time(view: View, found: Found, heads: list[int]) -> TimeExpression | None:
    """Return the date of the saying: the nearest one that hangs from the cue and not from the content."""
    a, b = view.sents[view.sent[found.cue]]
    low, high = view.starts[a], view.ends[b - 1]
    best: tuple[int, TimeExpression] | None = None
    offsets = notes(view.doc).offsets
    first, last = offsets.to_report(low, high)
    for time in notes(view.doc).times:
        if time.type not in ("DATE", "TIME") or not first <= time.span.start < last:
            continue
        tokens = tokens_at(view.doc, time.span)
        if tokens is None or any(_inside(t.i, found) for t in tokens):
            continue
        ways = view.path(tokens.root.i, 6)
        if not any(h in ways for h in heads) or any(_inside(w, found) for w in ways[: ways.index(min((h for h in heads if h in ways), key=ways.index))]):  # fmt: skip
            continue
        away = abs(tokens.root.i - found.cue)
        if best is None or away < best[0]:
            best = (away, time)
    return best[1] if best else None
