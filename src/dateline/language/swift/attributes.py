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
NOTHING: Values = (0, 0, 0)
Known = tuple[Values, Rules, bool]
"""What a word gets, the rules that fit it, and whether nothing beside it can change that."""


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
        self._known: dict[Key, Known] = {}

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
        if max(len(self._words), len(self._lemmas), len(self._known)) > MOST:
            self._words.clear()
            self._lemmas.clear()
            self._known.clear()
        rows: Any = list(map(tuple, doc.to_array([ORTH, TAG, DEP]).reshape(-1, 3).tolist()))
        known = self._known
        found = [known.get(row) or self._learnt(row, doc[at]) for at, row in enumerate(rows)]
        table = [values for values, _, _ in found]
        apart = {at: rules for at, (_, rules, alone) in enumerate(found) if not alone}
        beginning = [at for at in apart if self._fitting[self._key(*rows[at])][1]]
        for at, more in self._beside(doc, beginning).items() if beginning else ():
            apart[at] = tuple(sorted({*found[at][1], *more}))
        asked = {at: self._values(rows[at], rules, doc[at]) for at, rules in apart.items()}
        for at, values in asked.items():
            table[at] = values or NOTHING
        made: Any = doc
        made.from_array([POS, MORPH, LEMMA], np.array(table, dtype=np.uint64).reshape(-1, 3))
        for at in (at for at, values in asked.items() if values is None):
            token = doc[at]
            self._set(token, apart[at])
            token.lemma_ = token.lemma_ or self._lemmatizer.lemmatize(token)[0]

    def _learnt(self, row: Key, token: Token) -> Known:
        """Return what a word with its tag and dependency gets, and keep it."""
        key = self._key(*row)
        rules, begins = self._fitting.get(key) or self._new(key, token)
        values = None if begins else self._values(row, rules, token)
        found = self._known[row] = values or NOTHING, rules, values is not None
        return found

    def _values(self, row: Key, rules: Rules, token: Token) -> Values | None:
        """Return part of speech, morphology and lemma by ``rules``; ``None``: they set more than these."""
        key = self._key(*row)
        if (key, rules) not in self._given:
            self._given[key, rules] = self._asked(token, rules)
        given = self._given[key, rules]
        if given is None or given[2]:
            return given
        pos, morph, _ = given
        return pos, morph, self._lemma(row[0], pos, morph)

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
