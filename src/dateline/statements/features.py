"""What the models look at: features of cue, source and content candidates, as words.

Every feature is a readable string; its weight stands in a table beside the
code, so that a decision can be explained by the features that made it.
"""

from __future__ import annotations

from functools import lru_cache

from dateline.statements.lexicon import lexicon
from dateline.statements.view import NOMINAL, View

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "parataxis", "acl", "relcl", "pcomp"})
NO_HEAD = frozenset({"compound", "amod", "det", "nummod", "predet", "quantmod", "advmod", "nmod", "case", "punct", "prep", "aux", "cc", "mark", "expl"})  # fmt: skip
LINKING = frozenset({"prep", "prt", "agent", "dative"})
BESIDE = frozenset({"aux", "auxpass", "neg", "mark", "advmod", "poss", "det", "acomp", "attr"})
FRAME = frozenset({"ccomp", "dobj", "xcomp", "nsubj", "nsubjpass", "prep", "agent", "acomp", "advcl"})  # fmt: skip
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
KEPT = 10_000
"""Words with the labels of their children that are remembered."""
SOURCE_REACH = 150
"""Tokens between a cue and the head of its source, at most."""
SPEAKING_QUOTE = frozenset("\"'“”‘’`")


def shape(view: View, i: int) -> str:
    """Return what sort of word a token is: its entity type, else its part of speech."""
    return view.ent[i] or (view.lower[i] if view.pos[i] == "PRON" else view.pos[i])


def cue_features(view: View, i: int, strong: frozenset[str]) -> list[str]:
    """Return the features of a token as the head of a cue.

    Args:
        view: the report.
        i: the token.
        strong: lemma and part of speech of words that are mostly cues.
    """
    pos, dep, tag = view.pos[i], view.dep[i], view.tag[i]
    word, head = view.word[i], view.head[i]
    out = [
        "bias", f"w={word}", f"p={pos}", f"d={dep}", f"t={tag}", f"w,d={word},{dep}",
        f"w,t={word},{tag}", f"kind={view.kinds[view.para[i]]},{pos}",
    ]  # fmt: skip
    if head != i:
        above = view.word[head]
        out += [
            f"h={above}",
            f"h,d={above},{dep}",
            f"hp,d={view.pos[head]},{dep}",
            f"w,h={word},{above}",
        ]
    out += _group_features(view, i, word)
    if view.lemma[i] == ":":
        out += _colon_features(view, i)
    out += _kid_features(view, i, word)
    out += _quote_features(view, i, word)
    out += _near_features(view, i, word)
    ups = view.path(i, 8)
    for n, up in enumerate(ups[1:]):
        if view.word[up] in strong:
            by = view.dep[ups[n]]
            out += [f"over={by},{min(n, 3)}", f"over:{pos}", f"over,w={word}"]
            break
    else:
        out.append("over=no")
    return out


def _group_features(view: View, i: int, word: str) -> list[str]:
    """Return what the cue lexicon says of a word, so that rare words share weights."""
    group = lexicon().words.get(word)
    if group is None:
        return ["g=no"]
    pos, deps = view.pos[i], {view.dep[k] for k in view.kids[i]}
    clause = not deps.isdisjoint(("ccomp", "xcomp"))
    thing = not deps.isdisjoint(("dobj", "prep"))
    return [
        f"g={group.id},{pos}",
        f"g,d={group.id},{view.dep[i]}",
        f"g,frame={group.id},{pos},{clause},{thing}",
    ]


def _colon_features(view: View, i: int) -> list[str]:
    """Return what stands on both sides of a colon: "Name: We will ..." attributes, a list does not."""
    first, last = view.paras[view.para[i]]
    names = all(view.pos[t] in ("PROPN", "DET", "ADJ", "ADP") for t in range(first, i))
    after = view.lower[i + 1] if i + 1 < last else "</p>"
    quoted = i + 1 < last and view.quoted[i + 1] >= 0
    kind = view.kinds[view.para[i]]
    verb = any(view.pos[t] in ("VERB", "AUX") for t in range(i + 1, last))
    person = i > first and view.ent[i - 1] in ("PERSON", "ORG", "GPE")
    size = min(i - first, 8)
    return [
        f":names={names},{kind}", f":size={size},{names}", f":after={after}", f":quoted={quoted},{names}",
        f":all={names},{kind},{quoted},{verb},{person}", f":person={person},{size},{verb}",
    ]  # fmt: skip


def _kid_features(view: View, i: int, word: str) -> list[str]:
    out: list[str] = []
    deps: set[str] = set()
    for k in view.kids[i]:
        dep = view.dep[k]
        if dep == "punct":
            continue
        deps.add(dep)
        if dep in SUBJECTS:
            kind = shape(view, k)
            out += [f"s={kind}", f"sl={view.lemma[k]}", f"w,s={word},{kind}"]
        elif dep in LINKING:
            lower = view.lower[k]
            out += [f"k={dep},{lower}", f"w,k={word},{lower}"]
            out += [f"k,o={lower},{shape(view, o)}" for o in view.kids[k]]
        elif dep in BESIDE:
            out += [f"k={dep},{view.lower[k]}", f"w,k={word},{dep},{view.lower[k]}"]
        elif dep in CLAUSAL:
            for m in view.kids[k]:
                if m <= k and view.dep[m] in ("mark", "aux"):
                    side = "<" if k < i else ">"
                    out += [f"k={dep}{side}{view.lower[m]}", f"w,k={word},{dep}{view.lower[m]}"]
                    break
            out += [f"kl={dep},{view.lemma[k]}", f"w,q={word},{dep},{view.quoted[k] >= 0}"]
        elif dep in ("dobj", "pobj", "oprd"):
            kind, lemma = shape(view, k), view.lemma[k]
            out += [f"o={kind}", f"ol={lemma}", f"w,o={word},{kind}", f"w,ol={word},{lemma}"]
            out += [f"o,k={view.dep[m]},{view.lower[m]}" for m in view.kids[k] if view.dep[m] in ("acl", "relcl", "prep", "poss")]  # fmt: skip
    return out + _frame_features(word, view.pos[i], frozenset(deps))


@lru_cache(maxsize=KEPT)
def _frame_features(word: str, pos: str, deps: frozenset[str]) -> list[str]:
    ordered = sorted(deps)
    frame = ",".join(dep for dep in ordered if dep in FRAME)
    return [
        *(f for d in ordered for f in (f"has={d}", f"p,has={pos},{d}", f"w,has={word},{d}")),
        f"frame={pos}:{frame}",
        f"w,frame={word}:{frame}",
    ]


def _quote_features(view: View, i: int, word: str) -> list[str]:
    if view.quoted[i] >= 0:
        quote = view.quotes[view.quoted[i]]
        first, last = view.quote_tokens[view.quoted[i]]
        size = "short" if last - first < 8 else "long"
        return [f"in={size}", f"in:{view.pos[i]}", f"in,w={word}", f"in,c={quote.continued}"]
    a, b = view.sents[view.sent[i]]
    some = view.quoting[view.sent[i]]
    before = some and max(view.quoted[max(a, i - 5) : i], default=-1) >= 0
    after = some and max(view.quoted[i + 1 : min(b, i + 6)], default=-1) >= 0
    out = [f"q={before},{after},{some}", f"q,p={before},{after},{some},{view.pos[i]}"]
    if before or after:
        out.append(f"q,w={word}")
    return out


def _near_features(view: View, i: int, word: str) -> list[str]:
    lower = view.lower
    a, b = view.paras[view.para[i]]
    before = lower[i - 1] if i > a else "<s>"
    after = lower[i + 1] if i + 1 < b else "</s>"
    two = lower[i + 2] if i + 2 < b else "</s>"
    return [f"-1={before}", f"+1={after}", f"w,-1={word},{before}", f"w,+1={word},{after}", f"w,+2={word},{two}", f"+1,p={view.pos[i]},{after}", f"-1,p={view.pos[i]},{before}"]  # fmt: skip


# --------------------------------------------------------------------- sources


def source_candidates(view: View, cue: int) -> list[int]:
    """Return the heads of noun phrases that may name the speaker, in order."""
    a, b = view.sents[view.sent[cue]]
    a, b = max(a, cue - SOURCE_REACH), min(b, cue + SOURCE_REACH)
    return [
        i for i in range(a, b) if i != cue and view.pos[i] in NOMINAL and view.dep[i] not in NO_HEAD
    ]


def link(view: View, start: int, end: int, ups: list[int]) -> str:
    """Return the way through the tree from one token to another, as dependency labels."""
    down: list[str] = []
    token = end
    for _ in range(5):
        if token in ups:
            up = [view.dep[t] for t in ups[: ups.index(token)]]
            if len(up) > 4:
                return "far"
            return "^" + "^".join(up) + "/" + "/".join(reversed(down))
        down.append(view.dep[token])
        if view.head[token] == token:
            break
        token = view.head[token]
    return "far" if view.sent[start] == view.sent[end] else "other"


def source_features(view: View, cue: int, i: int, ups: list[int], rank: int) -> list[str]:
    """Return the features of token ``i`` as the head of the source of a cue."""
    way = link(view, cue, i, ups)
    word, kind = view.word[cue], shape(view, i)
    side = "<" if i < cue else ">"
    far = min(abs(i - cue), 20) // 2 if abs(i - cue) > 3 else abs(i - cue)
    quoted = f"{view.quoted[i] >= 0}{view.quoted[cue] >= 0}"
    out = [
        "bias", f"way={way}", f"way,p={way},{view.pos[cue]}", f"way,w={way},{word}", f"way,k={way},{kind}",
        f"way,d={way},{view.dep[cue]}", f"k={kind}", f"l={view.lemma[i]}", f"d={view.dep[i]}",
        f"side={side},{far}", f"side,k={side},{kind}", f"quoted={quoted}", f"quoted,way={quoted},{way}",
        f"rank={side},{min(rank, 4)}", f"k,w={kind},{word}", f"d,w={view.dep[i]},{word}",
    ]  # fmt: skip
    head = view.head[i]
    if view.dep[i] == "pobj":
        out += [f"prep={view.lower[head]}", f"prep,w={view.lower[head]},{word}", f"prep,way={view.lower[head]},{way}"]  # fmt: skip
    out += [f"kid={view.dep[k]},{view.pos[cue]}" for k in view.kids[i] if view.dep[k] in ("relcl", "acl", "poss", "appos")]  # fmt: skip
    if side == ">" and i == cue + 1:
        out.append("next")
    return out


def no_source_features(view: View, cue: int) -> list[str]:
    """Return the features of a cue as one without a source in its sentence."""
    word = view.word[cue]
    deps = sorted({view.dep[k] for k in view.kids[cue]} & (SUBJECTS | {"agent", "poss"}))
    return [
        "none", f"none,w={word}", f"none,p={view.pos[cue]}", f"none,d={view.dep[cue]},{view.pos[cue]}",
        f"none,k={','.join(deps)}", f"none,t={view.tag[cue]}", f"none,w,k={word},{','.join(deps)}",
        f"none,h={view.lemma[view.head[cue]]}", f"none,kind={view.kinds[view.para[cue]]}",
    ]  # fmt: skip
