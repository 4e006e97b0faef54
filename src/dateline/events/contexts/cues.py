"""The cue lexicon of contexts: reading it, and finding its cues in a parsed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.tokens import Doc, Token

from dateline.events.ontology import load
from dateline.events.ontology.marked import Item, read
from dateline.events.words import words
from dateline.language import Columns, columns


@dataclass(frozen=True, slots=True)
class Cue:
    """A sequence of words that speaks for contexts; for none where it masks."""

    words: tuple[str, ...]
    contexts: tuple[tuple[str, float], ...]
    """Context and weight."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What a type, mode or sector says about contexts."""

    id: str
    weight: float
    contexts: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Cues:
    """The lexicon: cues by their first word, the longest first."""

    version: str
    threshold: float
    fallback: float
    """Weight from which an event's strongest context stands though none reaches the threshold."""
    first: Mapping[str, tuple[Cue, ...]]
    acts: Mapping[str, tuple[Prior, ...]]
    """By ``TYPE`` or ``TYPE/mode``."""
    sectors: Mapping[str, tuple[Prior, ...]]
    between_states: Prior
    attribution: float
    """Factor for cues in the words for a speaker."""
    general: Mapping[str, float]
    """Contexts that stand behind more special ones: the factor of their weight in the order."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at tokens ``start`` to ``end``."""

    cue: Cue
    start: int
    end: int
    factor: float = 1.0


@cache
def load_cues(path: Path | None = None) -> Cues:
    """Read the lexicon, once a process.

    Raises:
        DataError: the file breaks its schema; the message names file and line.
    """
    item = read(path or Path(str(files("dateline.events.contexts").joinpath("cues.yaml"))))
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for mask in item.items("masks"):
        mask.text("why")
        found |= {split(phrase): {} for phrase in mask.texts("phrases")}
        mask.done()
    for context, groups in item.pairs("contexts"):
        _check_context(context, groups)
        for group in groups.sequence():
            _add_group(context, group, found)
    cues = Cues(
        version=item.text("version"),
        threshold=item.number("threshold"),
        fallback=item.number("fallback"),
        first=_by_first(found),
        acts=_priors(item.items("acts"), "types"),
        sectors=_priors(item.items("sectors"), "sectors"),
        between_states=_prior(item.need("between_states"), "between-states"),
        general=_general(item.need("general")),
        attribution=_factor(item.need("attribution")),
    )
    item.done()
    return cues


def split(phrase: str) -> tuple[str, ...]:
    """Split a cue into words as the tokenizer does: hyphens and clitics stand alone."""
    return tuple(phrase.replace("-", " - ").replace("'s ", " 's ").replace("s' ", "s ' ").split())


def _check_context(name: str, item: Item) -> None:
    if name not in load().contexts:
        item.fail(f"no such context: {name!r}")


def _add_group(context: str, group: Item, found: dict[tuple[str, ...], dict[str, float]]) -> None:
    weight = group.number("weight")
    group.text("why")
    for cue in group.items("cues"):
        known = found.setdefault(split(cue.as_text()), {})
        known[context] = max(weight, known.get(context, 0.0))
    group.done()


def _by_first(found: Mapping[tuple[str, ...], Mapping[str, float]]) -> dict[str, tuple[Cue, ...]]:
    first: dict[str, list[Cue]] = {}
    for form, weights in found.items():
        first.setdefault(form[0], []).append(Cue(form, tuple(sorted(weights.items()))))
    return {
        word: tuple(sorted(cues, key=lambda c: (-len(c.words), c.words)))
        for word, cues in first.items()
    }


def _priors(items: list[Item], key: str) -> dict[str, tuple[Prior, ...]]:
    found: dict[str, tuple[Prior, ...]] = {}
    for item in items:
        for name in item.texts(key):
            found[name] = (*found.get(name, ()), _prior(item, name, key))
    return found


def _general(item: Item) -> dict[str, float]:
    names = item.texts("contexts")
    for name in names:
        _check_context(name, item)
    return dict.fromkeys(names, _factor(item))


def _factor(item: Item) -> float:
    item.text("why")
    factor = item.number("factor")
    item.done()
    return factor


def _prior(item: Item, name: str, key: str = "why") -> Prior:
    item.get(key)
    prior = Prior(name, item.number("weight"), item.texts("contexts"), item.text("why"))
    for context in prior.contexts:
        _check_context(context, item)
    item.done()
    return prior


def hits(doc: Doc, start: int, end: int, cues: Cues | None = None) -> Iterator[Hit]:
    """Yield the cues in ``doc[start:end]``, left to right, none inside another."""
    known, all_of = cues or load_cues(), columns(doc)
    first, text, lower, base = known.first, all_of.text, all_of.lower, all_of.base
    at = start
    while at < end:
        cue = None
        if text[at] in first or lower[at] in first or base[at] in first:
            cue = _longest(all_of, at, end, first)
        if cue is None:
            at += 1
            continue
        if cue.contexts:
            factor = known.attribution if _speaks(doc[at]) else 1.0
            yield Hit(cue, at, at + len(cue.words), factor)
        at += len(cue.words)


SPEAKER = frozenset({"compound", "amod", "poss", "appos", "nmod", "flat", "det", "prep", "pobj"})


def _speaks(token: Token) -> bool:
    """Tell whether a word belongs to the subject of a verb of saying."""
    for _ in range(6):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return token.head.lemma_ in words().saying
        if token.dep_ not in SPEAKER:
            return False
        token = token.head
    return False


def _longest(
    tokens: Columns, at: int, end: int, first: Mapping[str, tuple[Cue, ...]]
) -> Cue | None:
    best: Cue | None = None
    for form in dict.fromkeys((tokens.text[at], tokens.lower[at], tokens.base[at])):
        for cue in first.get(form, ()):
            if best is not None and len(cue.words) <= len(best.words):
                break
            if _matches(tokens, at, end, cue.words):
                best = cue
    return best


def _matches(tokens: Columns, at: int, end: int, wanted: tuple[str, ...]) -> bool:
    if at + len(wanted) > end:
        return False
    return all(
        word in (tokens.text[n], tokens.lower[n], tokens.base[n])
        for n, word in enumerate(wanted, at)
    )
