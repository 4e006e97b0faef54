"""Parts of a report that may belong to what was said, seen from a cue, with their features."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.statements.view import View

SKIPPED = frozenset(
    {"punct", "aux", "auxpass", "neg", "prt", "cc", "det", "expl", "mark", "predet"}
)
CLAUSE_PARTS = frozenset({"ccomp", "dobj", "xcomp", "prep"})
BELOW = {
    "xcomp": CLAUSE_PARTS,
    "advcl": CLAUSE_PARTS,
    "conj": CLAUSE_PARTS,
    "acl": CLAUSE_PARTS,
    "dobj": frozenset({"relcl", "acl", "appos"}),
}
"""Grandchildren that are candidates of their own, by the dependency of the child."""
NO_START = frozenset({",", ".", ";", ":", "-", "–", "—", "--", ")"})
NO_END = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "("})
FRAME = frozenset({"ccomp", "dobj", "xcomp", "quote", "prep:pobj", "up1:ccomp", "parataxis"})
"""Kinds of elements that tell what else may be the content of a cue."""
KEPT = 4096
"""Sets of kinds that are remembered."""
PARAGRAPHS_ON = 4
"""How many paragraphs a quotation is followed for."""
QUOTE_REACH = 400
"""Tokens between a cue and a quotation that it may attribute, at most."""


class Element(NamedTuple):
    """A run of tokens that a cue may attribute: ``first`` to ``last``, the latter excluded."""

    kind: str
    first: int
    last: int
    root: int


def elements(view: View, cue: int, source: tuple[int, int] | None) -> list[Element]:
    """Return the candidates for content of a cue, in a fixed order."""
    found: dict[tuple[int, int], Element] = {}
    for element in _all(view, cue, source):
        if element.first < element.last:
            found.setdefault((element.first, element.last), element)
    return list(found.values())


def _all(view: View, cue: int, source: tuple[int, int] | None) -> Iterator[Element]:
    yield from _below(view, cue, source)
    yield from _marked(view, cue)
    yield from _above(view, cue)
    yield from _quoted(view, cue)
    yield from _remainders(view, cue, source)


def _holds(source: tuple[int, int] | None, token: int) -> bool:
    return source is not None and source[0] <= token < source[1]


def _below(view: View, cue: int, source: tuple[int, int] | None) -> Iterator[Element]:
    for k in view.kids[cue]:
        dep = view.dep[k]
        if dep in SKIPPED or _holds(source, k):
            continue
        if dep in ("prep", "agent", "dative") and view.kids[k]:
            for o in view.kids[k]:
                if view.dep[o] != "punct" and not _holds(source, o):
                    yield Element(f"{dep}:{view.dep[o]}", view.left[o], view.right[o] + 1, o)
            continue
        yield Element(dep, view.left[k], view.right[k] + 1, k)
        for o in view.kids[k]:
            if view.dep[o] in BELOW.get(dep, ()):
                yield Element(f"{dep}>{view.dep[o]}", view.left[o], view.right[o] + 1, o)


def _marked(view: View, cue: int) -> Iterator[Element]:
    """Yield clauses with "that" further down: "said in reply to a question that ..."."""
    for i in range(cue + 1, min(view.right[cue] + 1, cue + 60)):
        if view.lower[i] in ("that", "whether") and view.dep[i] == "mark":
            root = view.head[i]
            if view.head[root] != cue and root != cue:
                yield Element(f"marked:{view.dep[root]}", i, max(view.right[root] + 1, i + 1), root)


def _above(view: View, cue: int) -> Iterator[Element]:
    below = cue
    for n, above in enumerate(view.path(cue, 4)[1:], start=1):
        kind = f"up{n}:{view.dep[below]}"
        yield Element(kind, view.left[above], view.right[above] + 1, above)
        for k in view.kids[above]:
            if k != below and view.dep[k] not in SKIPPED:
                yield Element(f"{kind}:{view.dep[k]}", view.left[k], view.right[k] + 1, k)
        below = above


def _quoted(view: View, cue: int) -> Iterator[Element]:
    para = view.para[cue]
    holder = view.quoted[cue]
    for number in range(bisect_left(view.quote_tokens, (cue - QUOTE_REACH,)), len(view.quotes)):
        quote, (first, last) = view.quotes[number], view.quote_tokens[number]
        if first > cue + QUOTE_REACH:
            break
        if quote.level or number == holder or first >= last:
            continue
        away = view.para[first] - para
        if away < -1 or away > PARAGRAPHS_ON:
            if away > PARAGRAPHS_ON:
                break
            continue
        yield Element(f"quote{away:+d}" if away else "quote", first, last, first)


def _remainders(view: View, cue: int, source: tuple[int, int] | None) -> Iterator[Element]:
    """Yield what is left of the sentence on both sides of cue and source."""
    a, b = view.sents[view.sent[cue]]
    low, high = cue, cue + 1
    if source is not None and a <= source[0] < b:
        low, high = min(low, source[0]), max(high, min(source[1], b))
    yield Element("rest<", a, low, cue)
    yield Element("rest>", high, b, cue)
    if view.lower[cue] == ":":
        first, last = view.paras[view.para[cue]]
        yield Element("colon>", cue + 1, last, cue)
        yield Element("colon<", first, low, cue)
        if cue + 1 == last and view.para[cue] + 1 < len(view.paras):
            first, last = view.paras[view.para[cue] + 1]
            yield Element("colon+1", first, last, cue)


def trimmed(view: View, first: int, last: int) -> tuple[int, int]:
    """Return the range without the punctuation at its ends that is not a quotation mark."""
    while first < last and view.lower[first] in NO_START:
        first += 1
    while last > first and view.lower[last - 1] in NO_END:
        last -= 1
    return first, last


def element_features(
    view: View, cue: int, element: Element, source: tuple[int, int] | None, kinds: frozenset[str]
) -> list[str]:
    """Return the features of an element as content of a cue.

    ``kinds`` holds the kinds of all elements of the cue.
    """
    first, last = trimmed(view, element.first, element.last)
    first, last = (first, last) if first < last else (element.first, element.last)
    kind, root = element.kind, element.root
    word = view.word[cue]
    size = len(bin(last - first))
    quoted = f"{view.quoted[first] >= 0}{view.quoted[last - 1] >= 0}"
    side = "<" if last <= cue else ">" if first > cue else "o"
    gap = (first - cue - 1) if side == ">" else (cue - last) if side == "<" else 0
    near = min(gap, 12) // 3 if gap > 2 else gap
    holds = source is not None and first <= source[0] < last
    frame = _frame(kinds)
    out = [
        f"e={kind}", f"e,w={kind},{word}", f"e,d={kind},{view.dep[cue]}", f"e,p={kind},{view.pos[cue]}",
        f"e,size={kind},{size}", f"e,q={kind},{quoted}", f"e,q,w={kind},{quoted},{word}",
        f"e,near={kind},{side},{near}", f"e,holds={kind},{holds}", f"e,frame={kind},{frame}",
        f"e,first={kind},{view.lower[first]}", f"e,root={kind},{view.pos[root]},{view.tag[root]}",
        f"e,rl={kind},{view.lemma[root]}", f"e,in={kind},{view.quoted[cue] >= 0}",
        f"e,w,first={kind},{word},{view.lower[first]}", f"e,ent={kind},{view.ent[root]}",
        f"e,wd={kind},{word},{view.dep[cue]}", f"side={side},{near},{quoted}", f"e,src={kind},{source is None}",
    ]  # fmt: skip
    if kind.startswith(("rest", "colon", "up")):
        verb = any(view.pos[t] in ("VERB", "AUX") for t in range(first, last))
        lead = view.dep[first] if view.head[first] == cue else ""
        out += [f"verb={kind},{verb},{frame}", f"lead={kind},{lead},{view.pos[first]}", f"lead,w={kind},{lead},{word}", f"v,w={kind},{verb},{word}"]  # fmt: skip
    if kind.startswith(("prep", "agent", "dative")):
        prep = view.lower[view.head[root]]
        out += [f"prep={prep}", f"prep,w={prep},{word}", f"prep,frame={prep},{frame}"]
    if kind.startswith("quote"):
        out += _quote_element(view, cue, element, kind, word)
    elif kind.startswith("up"):
        lemma = view.lemma[root]
        out += [
            f"up={kind},{lemma}",
            f"up,w={kind},{word},{view.pos[root]}",
            f"up,tag={kind},{view.tag[cue]}",
        ]
    return out


@lru_cache(maxsize=KEPT)
def _frame(kinds: frozenset[str]) -> str:
    return ",".join(sorted(kinds & FRAME))


def _quote_element(view: View, cue: int, element: Element, kind: str, word: str) -> list[str]:
    first, last = element.first, element.last
    quote = view.quotes[view.quoted[first]] if view.quoted[first] >= 0 else None
    a, b = view.sents[view.sent[cue]]
    same = a < last and first < b
    lone = view.paras[view.para[first]] == (first, last) or view.paras[view.para[first]][0] == first
    start, end = min(last, cue), max(first, cue)
    open_words = view.open_words[end] - view.open_words[start]
    verbs = view.open_verbs[end] > view.open_verbs[start]
    size = "short" if last - first < 6 else "mid" if last - first < 12 else "long"
    key = f"{kind},{same},{size}"
    out = [
        f"q={key}", f"q,lone={key},{lone}", f"q,open={key},{min(open_words, 12) // 2}", f"q,verbs={key},{verbs}",
        f"q,w={key},{word}", f"q,p={key},{view.pos[cue]},{view.dep[cue]}",
        f"q,end={key},{view.lower[b - 1]},{b <= first}",
        f"q,stop={key},{view.lower[last - 2] if last - first > 1 else ''}",
        f"q,side={key},{last <= cue},{verbs},{lone}",
        f"q,cue_quoted={view.quoted[cue] >= 0},{kind}",
    ]  # fmt: skip
    if quote is not None:
        out.append(f"q,cont={kind},{quote.continued},{quote.closed}")
    return out
