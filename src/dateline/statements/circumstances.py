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
NOBODY = frozenset({"neither", "nobody", "none"})
REFUSED = frozenset({"decline", "refuse", "fail"})
ORDERED = "to"
"""Stands for an infinitive among the words that go with a cue: "told them to leave"."""
HOLDING_FORTH = frozenset({"speak", "talk", "address", "write"})
"""Verbs of a clause that tells the occasion: "Speaking to reporters, the minister said ..."."""
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
    light = view.lemma[found.cue] in lexicon().light_verbs
    group = (groups[-1] if light else groups[0]) if groups else None
    medium, occasion = _medium(view, found, heads)
    return Circumstances(
        group, _negated(view, found, heads), _addressee(view, found, heads), medium, occasion,
        _time(view, found, heads),
    )  # fmt: skip


def _cue_heads(view: View, found: Found) -> Iterator[int]:
    """Yield the head of the cue and, below a light verb, its object or complement."""
    yield found.cue
    light = view.lemma[found.cue] in lexicon().light_verbs
    for i in range(*found.cue_range):
        if i != found.cue and view.pos[i] in ("VERB", "NOUN", "ADJ") and view.under(i, found.cue):
            yield i
    for k in view.kids[found.cue]:
        outside = not found.cue_range[0] <= k < found.cue_range[1]
        if view.dep[k] == "dobj" and light and outside:
            yield k


def _group(view: View, i: int) -> CueGroup | None:
    prepositions = [view.lower[k] for k in view.kids[i] if view.dep[k] in ("prep", "prt")]
    if any(_infinitive(view, k) for k in view.kids[i] if k > i):
        prepositions.append(ORDERED)
    return lexicon().group(view.lemma[i], view.pos[i], prepositions)


def _infinitive(view: View, k: int) -> bool:
    return view.tag[k] == "VB" and any(view.lower[m] == "to" for m in view.kids[k])


def _negated(view: View, found: Found, heads: list[int]) -> bool:
    own = any(
        (view.dep[k] == "neg" or view.lower[k] in NEGATIVE) and not _inside(k, found)
        for i in heads
        for k in view.kids[i]
    )
    refused = view.lemma[found.cue] in REFUSED and any(
        view.dep[k] == "xcomp" and view.lemma[k] in SPEAKING for k in view.kids[found.cue]
    )
    nobody = found.source is not None and view.lower[found.source[0]] in NOBODY
    return own or refused or nobody


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
            lemma = view.lemma[i]
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
    return _ordered(view, found) or _audience(view, found)


def _ordered(view: View, found: Found) -> tuple[int, int, int] | None:
    """Return who is to do what is said, in the content itself: "told [his troops] to hold the line"."""
    cue = found.cue
    if view.lemma[cue] not in ADDRESSING:
        return None
    for k in view.kids[cue]:
        objects = [k, *(m for m in view.kids[k] if view.dep[m] == "nsubj" and _infinitive(view, k))]
        for o in objects:
            leads = any(a == view.left[o] < b for a, b in found.content) and o > cue
            after = any(_infinitive(view, t) for t in (*view.kids[cue], *view.kids[o]) if t > o)
            if leads and after and view.dep[o] in ("dobj", "dative", "nsubj"):
                last = next(
                    (t for t in range(o + 1, view.right[o] + 1) if view.lower[t] == "to"), None
                )
                return o, view.left[o], last or view.right[o] + 1
    return None


def _audience(view: View, found: Found) -> tuple[int, int, int] | None:
    """Return whom the speaker addressed: "Speaking to reporters", "Addressing parliament"."""
    for k in _forth(view, found):
        for m in view.kids[k]:
            if view.lemma[k] == "address" and view.dep[m] == "dobj":
                return _unplaced(view, m, found)
            if view.lower[m] in ("to", "with") and view.dep[m] in ("prep", "dative"):
                for o in view.kids[m]:
                    if view.dep[o] == "pobj" and _personal(view, o):
                        return _unplaced(view, o, found)
    return None


def _unplaced(view: View, root: int, found: Found) -> tuple[int, int, int]:
    """Return a phrase without where it was: "reporters in Nairobi"."""
    first, last = _phrase(view, root, found)
    ends = (k for k in view.kids[root] if k > root and view.lower[k] in PLACING)
    return root, first, next(ends, last)


def _forth(view: View, found: Found) -> Iterator[int]:
    """Yield the participles beside a cue that tell its occasion."""
    for k in view.kids[found.cue]:
        forth = view.tag[k] == "VBG" and view.lemma[k] in HOLDING_FORTH
        if forth and view.dep[k] in ("advcl", "prep", "csubj") and not _inside(k, found):
            yield k


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
    beside = [found.source_root] if found.source_root is not None else []
    for i in (*heads, *beside):
        for k in view.kids[i]:
            if view.dep[k] not in ("prep", "advcl", "npadvmod") or _inside(k, found):
                continue
            if view.lower[k] not in OCCASION:
                continue
            for o in view.kids[k]:
                if view.dep[o] not in ("pobj", "pcomp") or _inside(o, found):
                    continue
                phrase = _phrase(view, k, found)
                name = view.lemma[o]
                nouns = [name, *(view.lower[m] for m in view.kids[o] if view.dep[m] == "compound")]
                for noun in nouns:
                    if noun in media:
                        return media[noun], phrase
                if (
                    words is None
                    and i in heads
                    and view.lower[k] in ("in", "on", "at", "during")
                    and not view.ent[o]
                ):
                    words = phrase
    for k in _forth(view, found):
        first, last = _phrase(view, k, found)
        named = [media.get(view.lemma[t]) for t in range(first, last) if view.pos[t] != "VERB"]  # fmt: skip
        spoken = "speech" if view.lemma[k] == "address" else None
        return next((medium for medium in named if medium), spoken), (first, last)
    lemma = view.lemma[found.cue]
    if lemma in ("tweet", "retweet", "post"):
        return "social_media", words
    if lemma in ("write", "email", "text"):
        return "article" if lemma == "write" else "letter", words
    return None, words


def _next_to_cue(view: View, found: Found, first: int, last: int) -> bool:
    """Return whether a time stands between source or content and cue: "the premier on Monday signed"."""
    first -= view.pos[first - 1] == "ADP" and first > 0
    if found.source is not None and found.source[1] == first and last == found.cue_range[0]:
        return True
    return first == found.cue_range[1] and any(a == last for a, _ in found.content)


def _other_act(view: View, token: int) -> bool:
    """Tell a verb beside the cue's: "vowed to act and *declared* Sunday a day of mourning"."""
    return view.dep[token] == "conj" and view.pos[token] in ("VERB", "AUX")


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
        if _next_to_cue(view, found, tokens.start, tokens.end):
            return time
        ways = view.path(tokens.root.i, 6)
        top = next((n for n, w in enumerate(ways) if w in heads), None)
        if top is None or any(_inside(w, found) or _other_act(view, w) for w in ways[:top]):
            continue
        away = abs(tokens.root.i - found.cue)
        if best is None or away < best[0]:
            best = (away, time)
    return best[1] if best else None
