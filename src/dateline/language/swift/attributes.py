"""Parts of speech, morphology and lemmas from tags, once for every kind of token.

spaCy's ``attribute_ruler`` matches some 180 patterns on every text. All but a few look
at one token, at its word, tag and dependency: what they give is asked of spaCy once for
each such combination and kept. Patterns of several tokens are matched where the word
that they begin with stands. The rule lemmatizer reads no more than that either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lexeme import Lexeme
from spacy.matcher import Matcher
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

MOST = 1 << 16
"""Words that are kept."""
READ = {"TAG", "LOWER", "DEP", "IS_SPACE", "ORTH"}
"""What patterns may look at: all of it depends on word, tag and dependency."""
TESTS = {"IN", "NOT_IN", "REGEX"}
"""How patterns may look at it, beside the value itself."""
ANY = -1
"""Stands for every word, and every dependency, that no pattern names."""

Key = tuple[int, int, int]
Rules = tuple[int, ...]
Values = tuple[int, int, int]


def rules_of_words(ruler: Any) -> bool:
    """Return whether a ruler's patterns look at nothing but words, tags and dependencies."""
    tokens = [t for rule in ruler.patterns for pattern in rule["patterns"] for t in pattern]
    return all(
        {str(name) for name in token} <= READ
        and all(set(value) <= TESTS for value in token.values() if isinstance(value, dict))
        for token in tokens
    )


class Attributes:
    """Gives tokens what a ruler and a lemmatizer after it would give them.

    ``ruler`` is spaCy's ``attribute_ruler``, ``lemmatizer`` its rule lemmatizer;
    ``rules_of_words(ruler)`` holds.
    """

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._vocab = ruler.vocab
        self._one, self._several = Matcher(self._vocab), Matcher(self._vocab)
        self._first = Matcher(self._vocab)
        self._longest = 1
        self._named: set[int] = set()
        self._shapes: list[re.Pattern[str]] = []
        for number, rule in enumerate(ruler.patterns):
            self._add(str(number), rule["patterns"])
        self._words: dict[int, int] = {}
        self._fitting: dict[Key, tuple[Rules, bool]] = {}
        self._given: dict[tuple[Key, Rules], Values | None] = {}
        self._lemmas: dict[Key, int] = {}

    def _add(self, name: str, patterns: Sequence[list[dict[str, Any]]]) -> None:
        short = [pattern for pattern in patterns if len(pattern) == 1]
        long = [pattern for pattern in patterns if len(pattern) > 1]
        if short:
            self._one.add(name, short)
        if long:
            self._several.add(name, long)
            self._longest = max(self._longest, *map(len, long))
            self._first.add(name, [pattern[:1] for pattern in long])
        for token in (token for pattern in patterns for token in pattern):
            for value in token.values():
                tests: dict[str, Any] = value if isinstance(value, dict) else {"IN": [value]}
                names = [*tests.get("IN", []), *tests.get("NOT_IN", [])]
                self._named.update(self._vocab.strings.add(n) for n in names if isinstance(n, str))
                self._shapes += [re.compile(tests["REGEX"])] if "REGEX" in tests else []

    def __call__(self, doc: Doc) -> None:
        """Set part of speech, morphology and lemma of a ``Doc`` with tags and dependencies."""
        if len(self._words) > MOST or len(self._lemmas) > MOST:
            self._words.clear()
            self._lemmas.clear()
        rows: Any = doc.to_array([ORTH, TAG, DEP]).reshape(-1, 3).tolist()
        keys = [self._key(orth, tag, dep) for orth, tag, dep in rows]
        fitting = [self._fitting.get(key) or self._new(key, doc[n]) for n, key in enumerate(keys)]
        beside = self._beside(doc, [place for place, (_, begins) in enumerate(fitting) if begins])
        table: list[Values] = []
        apart: list[tuple[int, Rules]] = []
        for place, (key, (rules, _)) in enumerate(zip(keys, fitting, strict=True)):
            if place in beside:
                rules = tuple(sorted({*rules, *beside[place]}))
            if (key, rules) not in self._given:
                self._given[key, rules] = self._asked(doc[place], rules)
            given = self._given[key, rules]
            pos, morph, lemma = given or (0, 0, 0)
            if given is None:
                apart.append((place, rules))
            elif not lemma:
                lemma = self._lemma(rows[place][0], pos, morph)
            table.append((pos, morph, lemma))
        made: Any = doc
        made.from_array([POS, MORPH, LEMMA], np.array(table, dtype=np.uint64).reshape(-1, 3))
        for place, rules in apart:
            token = doc[place]
            self._set(token, rules)
            token.lemma_ = token.lemma_ or self._lemmatizer.lemmatize(token)[0]

    def _key(self, orth: int, tag: int, dep: int) -> Key:
        """Return what patterns can see of a token: its word only where one of them names it."""
        word = self._words.get(orth)
        if word is None:
            word = self._words[orth] = orth if self._seen(self._vocab[orth]) else ANY
        return word, tag, dep if dep in self._named else ANY

    def _seen(self, word: Lexeme) -> bool:
        """Return whether a pattern names a word, or is for white space."""
        return (
            word.is_space
            or not self._named.isdisjoint((word.orth, word.lower))
            or any(
                shape.search(text) for shape in self._shapes for text in (word.text, word.lower_)
            )
        )

    def _lemma(self, orth: int, pos: int, morph: int) -> int:
        """Return the lemma of a word by its part of speech and morphology."""
        key = (orth, pos, morph)
        if key not in self._lemmas:
            token: Any = Doc(self._vocab, words=[self._vocab.strings[orth]], spaces=[False])[0]
            token.pos = pos
            token.set_morph(morph)
            self._lemmas[key] = self._vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
        return self._lemmas[key]

    def _alone(self, token: Token) -> Doc:
        doc = Doc(self._vocab, words=[token.text], spaces=[False])
        doc[0].tag, doc[0].dep = token.tag, token.dep
        return doc

    def _new(self, key: Key, token: Token) -> tuple[Rules, bool]:
        """Return the rules that fit a token by itself, and whether one of several begins there."""
        alone = self._alone(token)
        matches = self._one(alone, allow_missing=True)
        rules = tuple(sorted({int(self._vocab.strings[match]) for match, _, _ in matches}))
        found = self._fitting[key] = rules, bool(self._first(alone, allow_missing=True))
        return found

    def _beside(self, doc: Doc, places: Sequence[int]) -> dict[int, Rules]:
        """Return the rules of several tokens, by the place of the token that they change."""
        found: dict[int, Rules] = {}
        for place in places:
            part = doc[place : place + self._longest]
            for match, start, end in self._several(part, allow_missing=True):
                rule = int(self._vocab.strings[match])
                if start == 0:
                    index = self._ruler.indices[rule]
                    at = place + (index if index >= 0 else end + index)
                    found[at] = (*found.get(at, ()), rule)
        return found

    def _asked(self, token: Token, rules: Rules) -> Values | None:
        """Return part of speech, morphology and lemma (0: none) by ``rules``.

        ``None``: they set more than these.
        """
        if any(self._ruler.attrs[rule].keys() - {POS, MORPH, LEMMA} for rule in rules):
            return None
        copy: Any = self._alone(token)[0]
        self._set(copy, rules)
        return copy.pos, copy.morph.key, copy.lemma

    def _set(self, token: Token, rules: Rules) -> None:
        for rule in rules:
            set_token_attrs(token, self._ruler.attrs[rule])
