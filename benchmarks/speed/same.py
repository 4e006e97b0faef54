"""Whether the coder's own way through the pipeline gives what spaCy gives, on the news corpus.

    python benchmarks/speed/same.py --every 10       # every tenth report
    python benchmarks/speed/same.py                  # all of them; about ten minutes

Compares tag, part of speech, morphology, lemma, head, dependency, sentence starts and
entities of every token with those of the pipeline as spaCy loads it, and prints what
differs and the CPU seconds of both. Texts come from ``DATELINE_EVAL``.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

import spacy
from spacy.tokens import Doc, Token

from dateline.defaults import DEFAULT_MODEL
from dateline.language import clean, load
from dateline.language.swift import Backbone
from run import corpus

FIELDS = ("tag_", "pos_", "morph", "lemma_", "dep_", "is_sent_start", "ent_iob_", "ent_type_")
REPORTS = 25
"""Reports that are annotated at once."""


def values(token: Token) -> dict[str, str]:
    found = {field: str(getattr(token, field)) for field in FIELDS}
    return found | {"head": str(token.head.i)}


def differences(ours: Doc, theirs: Doc) -> Counter[str]:
    found: Counter[str] = Counter()
    for one, other in zip(ours, theirs, strict=True):
        first, second = values(one), values(other)
        found.update(name for name in first if first[name] != second[name])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--every", type=int, default=1)
    texts = corpus()[:: parser.parse_args().every]
    swift, stock = Backbone(load()), spacy.load(DEFAULT_MODEL)
    spent, found, tokens = [0.0, 0.0], Counter[str](), 0
    for start in range(0, len(texts), REPORTS):
        cleaned = [clean(text) for text in texts[start : start + REPORTS]]
        parts = [c.text[s.start : s.end] for c in cleaned for s in c.segments]
        docs = []
        for number, pipe in enumerate((swift, stock)):
            began = time.process_time()
            docs.append(list(pipe.pipe(parts, batch_size=128)))
            spent[number] += time.process_time() - began
        for ours, theirs in zip(*docs, strict=True):
            tokens += len(ours)
            found += differences(ours, theirs)
    print(f"{len(texts)} reports, {tokens:,} tokens; differences: {dict(found) or 'none'}")
    print(f"{spent[0]:.1f} s beside {spent[1]:.1f} s of spaCy: {spent[0] / spent[1]:.2f}")


if __name__ == "__main__":
    main()
