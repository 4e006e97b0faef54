"""How sure it is that an act happened, −3 to +3, by a linear model over readable features.

The scale is that of FactBank's readers: +3 it certainly happened, 0 it is open, −3 it certainly
did not. Features are the status that the rules give, the words that govern the act with their
negation, helpers, markers, determiners and the word itself. The weights stand in
``factuality.tsv`` and come from ``training/factuality/train.py``.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from dateline.events.status import Found, load_cues
from dateline.events.words import words
from dateline.language import span_of
from dateline.records import Reason
from dateline.weights import read_version, read_weights

STEPS = 5
"""Most words upwards that are looked at."""
BOUND = 3.0
TOLD = 3
"""Features that an explanation names."""


def factuality(token: Token, found: Found) -> tuple[float, tuple[Reason, ...]]:
    """Return the score of the act that ``token`` names, and the features that weigh most.

    ``found`` is its status by the rules.
    """
    weights = load_weights()
    present = [name for name in features(token, found) if name in weights]
    present.sort(key=lambda name: (-abs(weights[name]), name))
    total = math.fsum((weights["bias"], *(weights[name] for name in present)))
    why = tuple(
        Reason(
            field="factuality",
            rule=f"factuality/{name}",
            spans=(span_of(token),),
            weight=round(weights[name], 2),
        )
        for name in present[:TOLD]
    )
    return round(max(-BOUND, min(BOUND, total)), 2) + 0.0, why  # no -0.0


OPEN = 0.5
"""A score above which a negation that the rules found is one of something else."""


def weighed(token: Token, found: Found) -> tuple[Found, float]:
    """Return a status with what the model says of it, and the score.

    A negation stands only where the score does not speak against it.
    """
    score, why = factuality(token, found)
    if found.negated and score > OPEN:
        kept = tuple(reason for reason in found.why if reason.field != "negated")
        found = replace(found, negated=False, why=kept)
    return replace(found, why=(*found.why, *why)), score


def features(token: Token, found: Found) -> set[str]:
    """Return the features of an act by name."""
    named = {
        f"status={found.status.value}",
        f"status={found.status.value},negated={int(found.negated)}",
        f"tag={token.tag_}", f"pos={token.pos_}", f"word={token.lemma_.lower()}",
        f"dep={token.dep_}",
    }  # fmt: skip
    named.update(
        f"{c.dep_}={c.lower_}" for c in token.children if c.dep_ in ("det", "amod", "poss")
    )
    named.update(f"has={c.lower_}" for c in token.children if c.dep_ == "prep")
    at = token
    for step in range(STEPS):
        named.update(_beside(at, step))
        head = at.head
        if head == at:
            named.add(f"root@{min(step, 2)}")
            break
        no = int(_no(head))
        above = f"{at.dep_}<{head.lemma_.lower()}"
        named.update((above, f"{above},no={no}", f"{above}@{min(step, 2)}"))
        named.add(f"{at.dep_}<{head.pos_},no={no}@{step}")
        if step == 0:
            named.add(f"{token.pos_}:{at.dep_}<{head.tag_}")
            named.add(f"{token.tag_}:{at.dep_}<{head.tag_},status={found.status.value}")
        if at.dep_ == "relcl":
            named.add("in relative clause")
        at = head
    if any(word.text == "?" for word in token.sent[-2:]):
        named.add("question")
    return named


def _beside(at: Token, step: int) -> set[str]:
    """Return the features of the words that hang on a word ``step`` steps up."""
    near = min(step, 2)
    named = {f"no@{step}"} if _no(at) else set()
    for child in at.children:
        word = child.lower_
        if child.dep_ in ("aux", "auxpass"):
            named.update((f"aux={word}@{min(step, 1)}", f"aux={word},tag={at.tag_}@{near}"))
        elif child.dep_ == "mark" or (child.dep_ == "advmod" and word in words().marks):
            named.add(f"mark={word}@{near}")
        elif child.dep_ in ("nsubj", "nsubjpass") and step < 2:
            if word in words().open_subjects:
                named.add(f"subject={word}@{step}")
            if any(c.lower_ in ("no", "neither", "any") for c in child.children):
                named.add(f"subject negated@{step}")
    return named


def _no(token: Token) -> bool:
    return any(
        c.dep_ in ("neg", "det", "preconj", "cc", "advmod")
        and c.lower_ in load_cues().lists["negations"]
        for c in token.children
    )


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each feature by its name.

    Raises:
        DataError: a row of the table is not a feature and a whole number.
    """
    path = files("dateline.events").joinpath("factuality.tsv")
    return read_weights(path)


def version() -> str:
    """Return the version of the weights, from the first line of their table."""
    return read_version(files("dateline.events").joinpath("factuality.tsv"))
