"""From scores to attributions: which cues, who is their source, what is their content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dateline.statements.elements import Element, element_features, elements, trimmed
from dateline.statements.features import (
    SUBJECTS,
    cue_features,
    no_source_features,
    source_candidates,
    source_features,
)
from dateline.statements.lexicon import lexicon
from dateline.statements.linear import Linear
from dateline.statements.model import CueReader
from dateline.statements.view import View
from dateline.weights import sigmoid

TO_PERSON = frozenset({"tell", "inform", "assure", "warn", "remind", "advise", "brief", "promise", "notify", "persuade", "convince", "ask"})  # fmt: skip
CLAUSE_WORDS = frozenset({"that", "whether", "if", "how", "why", "what", "where", "when"})
FIRST_PERSON = frozenset({"i", "we", "our", "us", "my", "me"})
OBJECTIVE = frozenset({"him", "me", "us", "them"})
THAT = frozenset({"that", "whether"})
PHRASE_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART", "CCONJ", "PUNCT", "ADP"})  # fmt: skip
SURE = 0.6
"""Score from which a cue inside the content of another one stands."""
SURE_BELOW = 0.45
"""The same where it hangs from the other cue by no clause of what was said: a coordination, an adverbial clause."""
SURE_APART = 0.8
"""The same where it does not hang from the other cue at all."""
MAX_ADDRESSEE = 14
"""Tokens."""
LEFT_OF_CUE = frozenset({"aux", "auxpass", "neg", "advmod"})
RIGHT_OF_CUE = frozenset({"prt", "acomp", "advmod"})


@dataclass(frozen=True, slots=True)
class Models:
    """The three models and the word lists they need."""

    cue: Linear
    source: Linear
    content: Linear
    strong: frozenset[str]
    """Words that are mostly cues, as ``lemma/POS``."""
    words: frozenset[str]
    """Words other than verbs that may be cues, as ``lemma/POS``."""
    accept: float = 0.38
    """Probability from which a word is taken for a cue."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in tokens: ranges without their last token."""

    cue: int
    cue_range: tuple[int, int]
    score: float
    source: tuple[int, int] | None
    source_root: int | None
    source_score: float
    content: tuple[tuple[int, int], ...]
    parts: tuple[tuple[Element, float], ...] = field(default=())
    addressee: tuple[int, int] | None = None
    """Where a noun phrase for the addressee was split from the content."""
    read: float | None = None
    """What the cue reader said of the cue, in logits, where it was asked."""
    features: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Features of the cue, where its model was asked."""


def cue_candidates(view: View, models: Models) -> list[int]:
    """Return the tokens that may be the head of a cue."""
    words = models.words
    return [
        i
        for i in range(view.n)
        if view.pos[i] == "VERB"
        or (view.pos[i] == "AUX" and view.dep[i] not in ("aux", "auxpass"))
        or view.lower[i] == ":"
        or view.word[i] in words
    ]


class Weighed(NamedTuple):
    """A candidate for a cue with what speaks for it."""

    token: int
    features: list[str]
    linear: float
    """Logit of the linear model."""
    read: float | None = None
    """Logit of the cue reader, where it was asked."""
    joint: float | None = None
    """Logit of both."""

    @property
    def probability(self) -> float:
        """Return the probability that it is a cue."""
        return sigmoid(self.linear if self.joint is None else self.joint)


def weighed(view: View, models: Models, reader: CueReader | None = None) -> list[Weighed]:
    """Return the candidates of a report with their scores.

    The ``reader`` reads the sentences in which the linear model leaves a candidate open.
    """
    rows = [
        Weighed(i, features := cue_features(view, i, models.strong), models.cue.score(features))
        for i in cue_candidates(view, models)
    ]
    if reader is None:
        return rows
    weighing = reader.weighing
    open_sentences = {view.sent[row.token] for row in rows if weighing.unsure(row.linear)}
    asked: dict[int, list[int]] = {sentence: [] for sentence in sorted(open_sentences)}
    for row in rows:
        if view.sent[row.token] in asked:
            asked[view.sent[row.token]].append(row.token)
    read: dict[int, float] = {}
    for sentence, tokens in asked.items():
        read |= reader.read(view, *view.sents[sentence], tokens)
    return [
        row._replace(read=known, joint=weighing.joint(row.linear, known))
        if (known := read.get(row.token)) is not None
        else row
        for row in rows
    ]


def attributions(view: View, models: Models, reader: CueReader | None = None) -> list[Found]:
    """Return the attributions of a report that do not stand inside one another.

    ``reader``: the encoder that is asked where the linear model of cues is not sure; ``None``: it alone.
    """
    accept = models.accept if reader is None else reader.weighing.accept
    found = [
        attribution(view, models, row.token, probability, row.read, tuple(row.features))
        for row in weighed(view, models, reader)
        if (probability := row.probability) >= accept
    ]
    return continued(view, _flat(view, [a for a in found if a.content]))


def continued(view: View, found: list[Found]) -> list[Found]:
    """Let a speaker go on: "He said that our role is ... And we will ...".

    A sentence outside quotation marks in which somebody says "we" or "I" goes
    on with the reported speech before it in the paragraph, where that too has
    a first person outside quotation marks, and no other cue stands between.
    """
    busy = {view.sent[t] for one in found for t in (one.cue, *(a for a, _ in one.content))}
    out = []
    for one in found:
        last = max(b for _, b in one.content) - 1
        sentence = view.sent[last]
        more = []
        if view.sent[one.cue] == sentence and _first_person(view, one.content):
            while sentence + 1 < len(view.sents) and sentence + 1 not in busy:
                sentence += 1
                bounds = view.sents[sentence]
                if view.para[bounds[0]] != view.para[last] or not _first_person(view, (bounds,)):
                    break
                more.append(trimmed(view, *bounds))
                busy.add(sentence)
        out.append(replace(one, content=(*one.content, *more)) if more else one)
    return out


def _first_person(view: View, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(
        view.lower[t] in FIRST_PERSON and view.quoted[t] < 0
        for first, last in ranges
        for t in range(first, last)
    )


def attribution(
    view: View,
    models: Models,
    cue: int,
    score: float,
    read: float | None = None,
    features: tuple[str, ...] = (),
) -> Found:
    """Return source and content of a cue; ``read`` and ``features`` are kept as they are."""
    root, source_score = _source(view, models, cue)
    source = _source_range(view, root, cue) if root is not None else None
    parts = _content(view, models, cue, source)
    cue_range = _cue_range(view, cue, source, parts)
    content = _ranges(view, cue_range, source, parts, cue) or _introduced(view, cue)
    content = _going_on(view, _beside(view, cue, source, content))
    content = _own_clause(view, cue, source, content)
    content = tuple(_after_time(view, cue, *bounds) for bounds in content)
    content, addressee = split_addressee(view, cue, content)
    return Found(
        cue, cue_range, score, source, root, source_score, content, tuple(parts), addressee, read,
        features,
    )  # fmt: skip


def _beside(
    view: View,
    cue: int,
    source: tuple[int, int] | None,
    content: tuple[tuple[int, int], ...],
) -> tuple[tuple[int, int], ...]:
    """Add the quotation right before: "“Was it you?” the judge asked the driver"."""
    if source is None or view.lower[cue] not in lexicon().tags or view.quoted[cue] >= 0:
        return content
    first = min(source[0], cue)
    if first == 0 or view.quoted[first - 1] < 0 or view.para[first - 1] != view.para[cue]:
        return content
    start, end = view.quote_tokens[view.quoted[first - 1]]
    opens = start == view.paras[view.para[cue]][0] or view.lower[start - 1] in (".", "!", "?")
    if end != first or not opens or any(view.quoted[a] >= 0 for a, _ in content):
        return content
    return ((start, end), *content)


def _going_on(view: View, content: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Add the paragraphs over which an open quotation goes on."""
    more: list[tuple[int, int]] = []
    for _, last in content:
        number = view.quoted[last - 1]
        while 0 <= number < len(view.quotes) - 1 and not view.quotes[number].closed:
            number = next(
                (n for n in range(number + 1, len(view.quotes)) if view.quotes[n].level == 0), -1
            )
            if number < 0 or not view.quotes[number].continued:
                break
            first, end = view.quote_tokens[number]
            if not any(a < end and first < b for a, b in content):
                more.append(trimmed(view, first, end))
    return (*content, *dict.fromkeys(more))


def _own_clause(
    view: View, cue: int, source: tuple[int, int] | None, content: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Keep a participle that opens the sentence to its clause: "Asked why, the premier said ..."."""
    if source is not None or view.dep[cue] != "advcl" or view.head[cue] < cue:
        return content
    last = view.right[cue] + 1
    cut = tuple(trimmed(view, a, min(b, last)) for a, b in content if a < last)
    return tuple((a, b) for a, b in cut if a < b) or content


def _after_time(view: View, cue: int, first: int, last: int) -> tuple[int, int]:
    """Return a content without when it was said: "agreed [in April] to change the rule"."""
    if first <= cue or view.lower[first] not in ("in", "on") or view.quoted[first] >= 0:
        return first, last
    t = first + 1
    while t < last and view.ent[t] in ("DATE", "TIME"):
        t += 1
    opens = first + 1 < t < last and view.lower[t] in ("to", "that", "not")
    return (t, last) if opens else (first, last)


def split_addressee(
    view: View, cue: int, content: tuple[tuple[int, int], ...]
) -> tuple[tuple[tuple[int, int], ...], tuple[int, int] | None]:
    """Split "told [lawmakers] [that ...]" where the parse makes one phrase of both.

    Of other verbs the words before "that" are left out: "denied on Sunday that ...".
    """
    to_person = view.lemma[cue] in TO_PERSON
    spared = _spared(view, cue, content) if to_person else None
    if spared is not None:
        return tuple(r for r in content if r != spared), spared
    words = CLAUSE_WORDS if to_person else THAT
    for n, (first, last) in enumerate(content):
        if first <= cue or (not to_person and view.pos[first] not in ("ADP", "PROPN", "ADV")):
            continue
        if to_person and last - first > 2 and _is_object(view, first):
            return (*content[:n], (first + 1, last), *content[n + 1 :]), (first, first + 1)
        for t in range(first, min(last, first + MAX_ADDRESSEE)):
            opens = to_person and view.quoted[t] >= 0 and view.quoted[first] < 0
            if t > first and (view.lower[t] in words or opens):
                rest = trimmed(view, t, last)
                split = (*content[:n], rest, *content[n + 1 :])
                return split, trimmed(view, first, t) if to_person else None
            if view.pos[t] not in PHRASE_POS:
                break
        break
    return content, None


def _spared(view: View, cue: int, content: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    """Return the object beside a quotation: "“It is over,” the colonel warned [the rebels]"."""
    if not any(view.quoted[a] >= 0 for a, _ in content):
        return None
    for first, last in content:
        root = next((k for k in view.kids[cue] if first <= k < last), None)
        bare = all(view.quoted[t] < 0 and view.pos[t] != "VERB" for t in range(first, last))
        if bare and root is not None and view.dep[root] in ("dobj", "dative"):
            return first, last
    return None


def _is_object(view: View, i: int) -> bool:
    """Return whether a pronoun at the head of a content is whom it was told: "told her the ..."."""
    if view.lower[i] == "her":
        return view.pos[i + 1] in ("DET", "PRON", "PROPN") and view.tag[i + 1] != "POS"
    return view.lower[i] in OBJECTIVE and view.dep[i] in ("dobj", "dative", "iobj", "nsubj")


def _source(view: View, models: Models, cue: int) -> tuple[int | None, float]:
    ups = view.path(cue, 6)
    best, best_score = None, models.source.score(no_source_features(view, cue))
    for n, i in enumerate(source_candidates(view, cue)):
        score = models.source.score(source_features(view, cue, i, ups, n))
        if score > best_score:
            best, best_score = i, score
    if best is None:
        named = _after_cue(view, cue)
        named = _quoted_one(view, cue) if named is None else named
        if named is not None:
            return named, SURE
    return best, sigmoid(best_score)


def _after_cue(view: View, cue: int) -> int | None:
    """Return the name right after a cue, up to a comma or the end: "..., said Mr Trainor, ..."."""
    last = view.sents[view.sent[cue]][1]
    end = cue + 1
    while end < last and view.pos[end] == "PROPN":
        end += 1
    stops = end == last or view.lower[end] in (",", ".", ";")
    said = view.lower[cue] in lexicon().tags and view.dep[cue] not in ("aux", "amod")
    subject = any(view.dep[k] in SUBJECTS and k < cue for k in view.kids[cue])
    return end - 1 if end > cue + 1 and stops and said and not subject else None


def _quoted_one(view: View, cue: int) -> int | None:
    """Return who "was quoted as saying"."""
    passive = view.tag[cue] == "VBN" and view.lemma[cue] in lexicon().quoting - {"report"}
    subjects = (k for k in view.kids[cue] if view.dep[k] == "nsubjpass")
    return next(subjects, None) if passive else None


def _source_range(view: View, root: int, cue: int) -> tuple[int, int]:
    first, last = view.left[root], view.right[root] + 1
    if first <= cue < last:
        first, last = _without(view, root, cue)
    last = _before_time(view, root, _before_occasion(view, root, last), cue)
    if view.quoted[root] < 0 and view.lower[root + 1 : root + 2] == [","]:
        last = next((t for t in range(root + 1, last) if view.quoted[t] >= 0), last)
    while last - 1 > root and view.lower[last - 1] in (",", ".", ";", ":", "-", "–", "—"):
        last -= 1
    while first < root and view.pos[first] == "PUNCT" and view.quoted[first] < 0:
        first += 1
    return first, last


def _before_time(view: View, root: int, last: int, cue: int) -> int:
    """Return where a source ends before a day and its cue: "the premier [on Monday] signed"."""
    beside = last <= cue and all(view.dep[t] in LEFT_OF_CUE for t in range(last, cue))
    start = last
    while beside and start - 1 > root and view.ent[start - 1] in ("DATE", "TIME"):
        start -= 1
    if start < last and view.lower[start - 1] == "on" and start - 1 > root:
        return start - 1
    return start if view.lower[start:last] and view.lower[start].endswith("day") else last


def _before_occasion(view: View, root: int, last: int) -> int:
    """Return where a source ends before "..., in a video posted online,"."""
    media = lexicon().media
    for k in view.kids[root]:
        apart = root < k < last and view.lower[k - 1] == "," and view.dep[k] == "prep"
        told = any(view.lemma[o] in media for o in view.kids[k])
        if apart and told and view.lower[k] in ("in", "on", "at", "during"):
            return k
    return last


def _without(view: View, root: int, cue: int) -> tuple[int, int]:
    """Return the noun phrase up to the part that holds the cue."""
    first = last = root
    for k in reversed([k for k in view.kids[root] if k < root]):
        if view.left[k] <= cue <= view.right[k]:
            break
        first = view.left[k]
    for k in view.kids[root]:
        if k > root:
            if view.left[k] <= cue <= view.right[k]:
                break
            last = view.right[k]
    return first, last + 1


def _content(
    view: View, models: Models, cue: int, source: tuple[int, int] | None
) -> list[tuple[Element, float]]:
    candidates = [e for e in elements(view, cue, source) if not _bare(view, e)]
    kinds = frozenset(element.kind for element in candidates)
    scored = [
        (e, models.content.probability(element_features(view, cue, e, source, kinds)))
        for e in candidates
    ]
    kept = [(e, p) for e, p in scored if p >= 0.5]
    if not kept and scored:
        kept = [row for row in [max(scored, key=lambda row: row[1])] if row[1] >= 0.1]
    return kept


def _bare(view: View, element: Element) -> bool:
    """Return whether a candidate is nothing but punctuation."""
    return view.pos[element.first : element.last].count("PUNCT") == element.last - element.first


def _introduced(view: View, cue: int) -> tuple[tuple[int, int], ...]:
    """Return the paragraph after one that ends in a colon: "The governor added:"."""
    last = view.paras[view.para[cue]][1]
    following = view.para[cue] + 1
    if view.lower[last - 1] != ":" or view.sent[last - 1] != view.sent[cue] or following >= len(view.paras):  # fmt: skip
        return ()
    first, last = trimmed(view, *view.paras[following])
    return ((first, last),) if first < last else ()


def _cue_range(
    view: View, cue: int, source: tuple[int, int] | None, parts: Sequence[tuple[Element, float]]
) -> tuple[int, int]:
    first, last = cue, cue + 1
    kids = view.kids[cue]
    while first - 1 in kids and view.dep[first - 1] in LEFT_OF_CUE:
        first -= 1
    if source is not None and last < view.n and last in kids and source[0] == last + 1:
        last += view.dep[last] in ("prep", "agent")
    starts = [e.first for e, _ in parts if e.first > cue and view.under(e.root, cue)]
    while last < view.n and last in kids and view.dep[last] in RIGHT_OF_CUE and last not in starts:
        last += 1
    if starts:
        start = min(starts)
        between = range(last, start)
        if len(between) <= 3 and all(
            view.under(t, cue)
            and view.pos[t] != "PUNCT"
            and not (source and source[0] <= t < source[1])
            and view.dep[t]
            in (
                "prep",
                "agent",
                "xcomp",
                "aux",
                "prt",
                "dobj",
                "attr",
                "acomp",
                "advmod",
                "dative",
                "det",
                "amod",
            )
            for t in between
        ):
            last = start
    return first, last


def _ranges(
    view: View,
    cue_range: tuple[int, int],
    source: tuple[int, int] | None,
    parts: Sequence[tuple[Element, float]],
    cue: int,
) -> tuple[tuple[int, int], ...]:
    """Join the accepted parts, leave out cue and source, and trim the ends."""
    inside: set[int] = set()
    for element, _ in parts:
        tokens = set(range(element.first, element.last))
        if cue in tokens:
            below = {t for e, _ in parts if view.under(e.root, cue) for t in range(e.first, e.last)}
            tokens -= set(range(view.left[cue], view.right[cue] + 1)) - below
        inside |= tokens
    inside -= set(range(*cue_range))
    if source is not None:
        inside -= set(range(*source))
    runs: list[tuple[int, int]] = []
    for t in sorted(inside):
        if runs and runs[-1][1] == t and not _parted(view, t):
            runs[-1] = (runs[-1][0], t + 1)
        else:
            runs.append((t, t + 1))
    cleaned = [trimmed(view, a, b) for a, b in runs]
    kept = [(a, b) for a, b in cleaned if any(view.pos[t] != "PUNCT" for t in range(a, b))]
    bare = [(a, b) for a, b in kept if b - a > 1 or view.lower[a] != "it" or b > cue]
    return tuple(bare or kept)


def _parted(view: View, t: int) -> bool:
    """Return whether a content is two spans here: at a paragraph, and at a quotation that opens a sentence."""
    if view.para[t] != view.para[t - 1]:
        return True
    return view.sent[t] != view.sent[t - 1] and view.quoted[t] != view.quoted[t - 1]


def _flat(view: View, found: list[Found]) -> list[Found]:
    """Drop an attribution inside the content of a surer one, unless it is sure enough itself."""
    ordered = sorted(found, key=lambda one: one.cue)
    cues = [one.cue for one in ordered]
    dropped: set[int] = set()
    for other in found:
        for first, last in other.content:
            for one in ordered[bisect_left(cues, first) : bisect_left(cues, last)]:
                surer = one.score < other.score
                if surer and one.score < _needed(view, one.cue, other.cue):
                    dropped.add(id(one))
    return [one for one in found if id(one) not in dropped]


def _needed(view: View, inner: int, outer: int) -> float:
    """Return the score that a cue needs to stand inside the content of another one.

    Trees tell whether it is a part of what was said or beside it: measured on the folds of the training set.
    """
    ups = view.path(inner, 8)
    if outer not in ups:
        return SURE_APART
    between = [view.dep[t] for t in ups[: ups.index(outer)]]
    said = "relcl" in between or (between[-1] == "ccomp" and len(between) > 1)
    return SURE if said else SURE_BELOW
