"""Attributions by fixed turns of phrase, which the models see too seldom to learn.

"In the view of X, ...", "in X's view, ...", "X's view is that ...", "as X put
it, ...", headlines "X: we will ...", "quoted X as saying ...", and the layouts of `turns`. What they find takes the place
of what the models make of the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.language import notes, span_at
from dateline.records import ActorKind
from dateline.statements.decode import Found
from dateline.statements.elements import trimmed
from dateline.statements.lexicon import lexicon
from dateline.statements.turns import signed, turns
from dateline.statements.view import View

SCORE = 0.9
"""Confidence of an attribution by a turn of phrase."""
FIRST_PERSON = frozenset({"i", "we", "our", "my"})
BEFORE_COLON = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP"})
MAX_BEFORE_COLON = 6
"""Tokens."""


def with_patterns(view: View, found: Sequence[Found]) -> list[Found]:
    """Return the attributions with those of fixed turns of phrase, which win over others there."""
    laid = [*turns(view), *signed(view)]
    fixed = [*laid, *_views(view), *_own_views(view), *_put(view), *_colons(view), *_heads(view)]
    kept = [
        one
        for one in found
        if not any(one.cue_range[0] < f.cue_range[1] and f.cue_range[0] < one.cue_range[1] for f in fixed)
    ]  # fmt: skip
    own = _own_quotations(view, sorted([*kept, *fixed], key=lambda one: one.cue))
    return _followed(view, own)


def _followed(view: View, found: list[Found]) -> list[Found]:
    """Add the quotation that follows: "“We waited,” said Karim Haddad, 43. “Nobody came.”"."""
    busy = {t for one in found for a, b in one.content for t in range(a, b)}
    cues = {view.sent[one.cue] for one in found}
    out = []
    for one in found:
        quoted = any(view.quoted[a] >= 0 and b <= one.cue for a, b in one.content)
        last = view.sents[view.sent[one.cue]][1]
        while last < view.n and view.pos[last - 1] != "PUNCT":
            last = view.sents[view.sent[last]][1]
        number = view.quoted[last] if last < view.n else -1
        free = number >= 0 and last not in busy and view.para[last] == view.para[one.cue]
        if quoted and free and view.quoted[one.cue] < 0 and view.sent[last] not in cues:
            span = view.quote_tokens[number]
            if span[0] == last:
                busy.update(range(*span))
                one = replace(one, content=(*one.content, span))
        out.append(one)
    return out


def _made(
    cue: int,
    cue_range: tuple[int, int],
    source: tuple[int, int],
    root: int,
    content: Sequence[tuple[int, int]],
) -> Found:
    return Found(cue, cue_range, SCORE, source, root, SCORE, tuple(content))


def _views(view: View) -> Iterator[Found]:
    """Yield "in the view of the ministry, the talks have failed"."""
    words = lexicon().views
    for i in [i for i, lower in enumerate(view.lower) if i and lower in words]:
        if view.lower[view.head[i]] != "in":
            continue
        first = view.head[i]
        of = next((k for k in view.kids[i] if view.lower[k] == "of" and k > i), None)
        root = next((o for o in view.kids[of] if view.dep[o] == "pobj"), None) if of else None
        if of is None or root is None or first >= i:
            continue
        source = (view.left[root], view.right[root] + 1)
        rest = _outside(view, i, (first, source[1]))
        if rest:
            yield _made(i, (first, of + 1), trimmed(view, *source), root, rest)


def _own_views(view: View) -> Iterator[Found]:
    """Yield "in the army's view, the war is over", "the firm's view is that the contract has ended"."""
    words = lexicon().views
    for i in [i for i, lemma in enumerate(view.lemma) if i and lemma in words]:
        if view.pos[i] != "NOUN":
            continue
        up = _named(view, i)
        root = next((k for k in (*view.kids[i], *view.kids[up]) if view.dep[k] == "poss"), None)
        if root is None or view.quoted[i] != view.quoted[root]:
            continue
        source = (view.left[root], view.right[root] + 1)
        head = view.head[up]
        if view.lower[head] in ("in", "from") and view.dep[up] == "pobj":
            rest = _outside(view, i, (head, max(view.right[up], i) + 1))
            apart = view.sents[view.sent[i]][0] == head or view.lower[head - 1] == ","
            if rest and apart:
                yield _made(i, (source[1], max(up, i) + 1), source, root, rest)
        elif view.lemma[head] == "be" and view.dep[up] == "nsubj":
            clause = next((k for k in view.kids[head] if view.dep[k] == "ccomp" and k > head), None)
            that = clause is not None and any(view.lower[m] == "that" for m in view.kids[clause])
            if clause is not None and that:
                content = trimmed(view, view.left[clause], view.right[clause] + 1)
                yield _made(i, (max(up, i), head + 1), source, root, [content])


def _named(view: View, i: int) -> int:
    """Return the head of "point of view" for its "view", else the word itself."""
    of = view.head[i]
    point = view.head[of]
    return point if view.lower[of] == "of" and view.lemma[point] == "point" else i


def _outside(view: View, i: int, taken: tuple[int, int]) -> list[tuple[int, int]]:
    """Return what is left of a sentence on both sides of a range, without bare punctuation."""
    first, last = view.sents[view.sent[i]]
    sides = [trimmed(view, first, taken[0]), trimmed(view, taken[1], last)]
    return [(a, b) for a, b in sides if any(view.pos[t] not in ("PUNCT", "SPACE") for t in range(a, b))]  # fmt: skip


def _put(view: View) -> Iterator[Found]:
    """Yield "as the minister put it, the road is long"."""
    for i in [i for i, word in enumerate(view.word) if i and word == "put/VERB"]:
        marked = any(view.lower[k] == "as" and k < i for k in view.kids[i])
        it = next((k for k in view.kids[i] if view.lower[k] == "it" and k == i + 1), None)
        root = next((k for k in view.kids[i] if view.dep[k] == "nsubj"), None)
        if not marked or it is None or root is None:
            continue
        rest = _outside(view, i, (view.left[i], max(view.right[it], i + 1) + 1))
        if rest:
            yield _made(i, (i, i + 2), (view.left[root], view.right[root] + 1), root, rest)


def _colons(view: View) -> Iterator[Found]:
    """Yield the headline "Premier: We will rebuild the port"."""
    for first, last in view.paras:
        colon = next((t for t in range(first, min(first + MAX_BEFORE_COLON + 1, last)) if view.lower[t] == ":"), None)  # fmt: skip
        if colon is None or colon == first or colon + 2 > last:
            continue
        names = all(view.pos[t] in BEFORE_COLON and view.quoted[t] < 0 for t in range(first, colon))
        after = colon + 1 + (view.pos[colon + 1] == "PUNCT")
        speaks = any(
            view.lower[t] in FIRST_PERSON and (t == after or view.dep[t] == "nsubj") for t in range(after, min(after + 3, last))
        )  # fmt: skip
        verb = any(view.pos[t] in ("VERB", "AUX") for t in range(colon + 1, last))
        if names and speaks and verb:
            content = trimmed(view, colon + 1, last)
            to = next((t for t in range(first + 1, colon - 1) if view.lower[t] == "to"), None)
            stop = colon if to is None else to
            made = _made(colon, (colon, colon + 1), (first, stop), stop - 1, [content])
            yield made if to is None else replace(made, addressee=(to + 1, colon))


def _heads(view: View) -> Iterator[Found]:
    """Yield the headline "UN: Drought threatens millions", where a body or a person says it."""
    bodies = (ActorKind.ORGANISATION, ActorKind.PERSON, ActorKind.GROUP)
    mentions = {p.head.start: p for p in notes(view.doc).participants if p.kind in bodies}
    for number, (first, last) in enumerate(view.paras):
        if view.kinds[number] != "title":
            continue
        colon = next((t for t in range(first, min(first + MAX_BEFORE_COLON + 1, last)) if view.lower[t] == ":"), None)  # fmt: skip
        if colon is None or colon == first:
            continue
        span = span_at(view.doc, view.starts[first], view.ends[colon - 1])
        known = next((p for p in mentions.values() if span.start <= p.head.start < span.end), None)
        named = known is not None and known.head.end == span.end
        verb = any(view.pos[t] == "VERB" and view.dep[t] in ("ROOT", "ccomp") for t in range(colon + 1, last))  # fmt: skip
        if named and verb:
            yield _made(colon, (colon, colon + 1), (first, colon), colon - 1, [trimmed(view, colon + 1, last)])  # fmt: skip


def quoted_as_saying(view: View, outer: Sequence[Found]) -> Iterator[Found]:
    """Yield the inner statement of "Reuters quoted a spokesman as saying that ..."."""
    for one in outer:
        root = next((k for k in view.kids[one.cue] if view.dep[k] == "dobj"), None)
        if root is None or view.lemma[one.cue] not in lexicon().quoting:
            continue
        for prep in view.kids[one.cue]:
            verb = next((k for k in view.kids[prep] if view.tag[k] == "VBG"), None)
            if view.lower[prep] != "as" or verb is None:
                continue
            group = lexicon().words.get(f"{view.lemma[verb]}/VERB")
            last = max((b for _, b in one.content), default=0)
            content = trimmed(view, verb + 1, max(last, view.right[verb] + 1))
            if group is not None and content[0] < content[1]:
                source = (view.left[root], min(view.right[root] + 1, prep))
                yield _made(verb, (prep, verb + 1), source, root, [content])


def _own_quotations(view: View, found: list[Found]) -> list[Found]:
    """Leave a quotation to the cue of its own sentence: "... ,” she added" is not of the cue before."""
    out = []
    for one in found:
        kept = [
            r
            for r in one.content
            if view.sent[r[0]] == view.sent[one.cue]
            or not any(_claims(view, other, r) for other in found if other is not one)
        ]
        out.append(replace(one, content=tuple(kept)) if kept and len(kept) < len(one.content) else one)  # fmt: skip
    return out


def _claims(view: View, other: Found, content: tuple[int, int]) -> bool:
    """Return whether a cue right beside a quotation has it as its own content."""
    touching = other.cue_range[0] >= content[1] and other.cue_range[0] - content[1] <= 6
    return content in other.content and touching and view.para[other.cue] == view.para[content[0]]
