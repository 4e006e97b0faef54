"""A parsed report as plain lists: what the finders of statements read, fast."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import cast

from spacy.tokens import Doc

from dateline.language import columns, notes, text_of
from dateline.language.columns import numbers
from dateline.statements.quotes import Quote, find_quotes

KEPT = "dateline_view"
"""Where a ``Doc`` keeps its view."""
LEMMAS = {
    "hopes": "hope",
    "hoped": "hope",
    "hoping": "hope",
    "retweeted": "retweet",
    "retweets": "retweet",
    "’re": "be",
    "'re": "be",
    "’m": "be",
    "'m": "be",
    "’ve": "have",
    "'ve": "have",
    "’ll": "will",
    "'ll": "will",
}
"""Lemmas that the rules of the language model get wrong, of words that matter here."""
CLITIC_S = frozenset({"'s", "’s"})
MENDED = CLITIC_S | LEMMAS.keys()
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})


class View:
    """Columns of a ``Doc``, one entry a token, with the tree and the quotations.

    Attributes:
        head: index of the head of each token; the token itself at a root.
        lemma: lemma of each token, in lower case; ``word`` has its part of speech too: ``say/VERB``.
        kids: indices of the children of each token, in order.
        left, right: first and last token of the subtree of each token.
        sent: number of the sentence of each token; ``sents`` holds their bounds.
        para: number of the paragraph of each token; ``paras`` holds their bounds.
        quoted: number of the outermost quotation that holds each token, or -1.
        quoting: whether each sentence has a quotation or a part of one.
        open_words, open_verbs: how many words and verbs outside quotations stand before each
            token, and before the end.
    """

    __slots__ = (
        "dep", "doc", "ends", "ent", "head", "kids", "kinds", "left", "lemma", "lower", "n",
        "open_verbs", "open_words", "para", "paras", "pos", "quote_tokens", "quoted", "quotes", "quoting", "right", "sent", "sents",
        "starts", "tag", "word", "words",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.n = len(doc)
        read = columns(doc)
        self.head, self.lower, self.pos, self.tag = read.head, read.lower, read.pos, read.tag
        self.dep, self.ent, self.lemma = read.dep, read.ent, list(read.base)
        self.words = read.text
        self.starts: list[int] = doc.to_array("IDX").tolist()
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self._lemmas()
        self.word = [f"{lemma}/{pos}" for lemma, pos in zip(self.lemma, self.pos, strict=True)]
        self.sents, self.sent = read.sentences, read.sentence
        self._tree()
        self._paragraphs()
        self._quotations()

    def _lemmas(self) -> None:
        for i in [i for i, lower in enumerate(self.lower) if lower in MENDED]:
            if self.lower[i] in LEMMAS:
                self.lemma[i] = LEMMAS[self.lower[i]]
            elif self.pos[i] in ("AUX", "VERB"):
                self.lemma[i] = "be"

    def _tree(self) -> None:
        """Build children and subtree bounds, from the leaves up."""
        n, head = self.n, self.head
        below = defaultdict[int, list[int]](list)
        for i, parent in enumerate(head):
            if parent != i:
                below[parent].append(i)
        self.kids: list[Sequence[int]] = [below.get(i, ()) for i in range(n)]
        self.left, self.right = left, right = list(range(n)), list(range(n))
        order = [i for i in range(n) if head[i] == i]
        for i in order:
            order += below.get(i, ())
        for i in reversed(order):
            parent = head[i]
            if left[i] < left[parent]:
                left[parent] = left[i]
            if right[i] > right[parent]:
                right[parent] = right[i]

    def _paragraphs(self) -> None:
        known = notes(self.doc)
        self.kinds = [segment.kind for segment in known.segments] or ["body"]
        bounds = [segment.start for segment in known.segments] or [0]
        begins = [bisect_left(self.starts, bound) for bound in bounds[1:]]
        self.paras = [(a, b) if a < b else (0, 0) for a, b in pairwise([0, *begins, self.n])]
        self.para = numbers(self.paras)

    def _quotations(self) -> None:
        spans = [(self.starts[a], self.ends[b - 1]) for a, b in self.paras if b > a]
        self.quotes: tuple[Quote, ...] = find_quotes(text_of(self.doc), spans)
        self.quoted = [-1] * self.n
        self.quote_tokens: list[tuple[int, int]] = []
        for number, quote in enumerate(self.quotes):
            first = bisect_right(self.ends, quote.start)
            last = bisect_right(self.starts, quote.end - 1)
            self.quote_tokens.append((first, last))
            if quote.level == 0:
                for i in range(first, last):
                    self.quoted[i] = number
        self.quoting = [max(self.quoted[a:b]) >= 0 for a, b in self.sents]
        outside = [pos if number < 0 else "PUNCT" for number, pos in zip(self.quoted, self.pos, strict=True)]  # fmt: skip
        words = [pos not in ("PUNCT", "SPACE") for pos in outside]
        self.open_words = list(accumulate(words, initial=0))
        self.open_verbs = list(accumulate([pos == "VERB" for pos in outside], initial=0))

    def path(self, token: int, limit: int = 40) -> list[int]:
        """Return the token and its ancestors, nearest first."""
        out = [token]
        while self.head[token] != token and len(out) < limit:
            token = self.head[token]
            out.append(token)
        return out

    def under(self, token: int, root: int) -> bool:
        """Return whether ``token`` is ``root`` or stands below it."""
        while token != root:
            parent = self.head[token]
            if parent == token:
                return False
            token = parent
        return True

    def subtree(self, root: int) -> list[int]:
        """Return the tokens of the subtree of ``root``, in order."""
        out = [root]
        for token in out:
            out.extend(self.kids[token])
        return sorted(out)


def view_of(doc: Doc) -> View:
    """Return the view of a document, made once; nothing in it changes afterwards."""
    known = doc.user_data.get(KEPT)
    if known is None:
        known = doc.user_data[KEPT] = View(doc)
    return cast(View, known)
