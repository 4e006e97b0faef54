"""The spaCy pipeline: reports in, parsed documents out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

from dateline.defaults import DEFAULT_MODEL
from dateline.errors import SetupError
from dateline.language.casing import shouted, title_cased, truecase, untitle
from dateline.language.cleaning import Cleaned, clean
from dateline.language.joining import joined
from dateline.language.mending import mend
from dateline.language.notes import Notes, Segment, text_of
from dateline.language.swift import Backbone
from dateline.records import Report

PARAGRAPHS = 256
"""Paragraphs that the pipeline takes at once."""


@cache
def load(model: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline by the name of its package or its path, once a process.

    Raises:
        SetupError: it is not installed, or it has no parser or no entity recogniser.
    """
    try:
        nlp = _own() if model == DEFAULT_MODEL else spacy.load(model)
    except OSError as error:
        raise SetupError(
            f"the spaCy pipeline {model!r} is not installed; install it with "
            f"`pip install {model}`, or name another with --model"
        ) from error
    missing = [name for name in ("parser", "ner", "tagger") if name not in nlp.pipe_names]
    if missing:
        raise SetupError(
            f"the spaCy pipeline {model!r} has no {', '.join(missing)}; "
            f"choose an English pipeline with a parser, a tagger and an entity recogniser"
        )
    return nlp


def _own() -> Language:
    """Load the packaged pipeline without building the tokenizer that its own files then replace."""
    tokenizer = {"nlp.tokenizer": {"@tokenizers": BARE_TOKENIZER}}
    nlp = spacy.load(DEFAULT_MODEL, config=tokenizer)
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "spacy.Tokenizer.v1"}
    return nlp


BARE_TOKENIZER = "dateline.BareTokenizer.v1"
"""A tokenizer without rules: the rules of a language take a tenth of a second to build."""


def _bare() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers(BARE_TOKENIZER, func=_bare)


def model_version(nlp: Language) -> str:
    """Return name and version of a pipeline, with the library's own version."""
    meta = nlp.meta
    return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}, spaCy {version('spacy')}"


@cache
def backbone(nlp: Language) -> Backbone:
    """Return what annotates texts as ``nlp`` would."""
    return Backbone(nlp)


def parse(report: Report, nlp: Language | None = None) -> Doc:
    """Return the parsed ``Doc`` of one report, with its notes."""
    return next(parse_all([report], nlp))


def parse_part(report: Report, start: int, end: int, nlp: Language | None = None) -> Doc:
    """Return the parsed ``Doc`` of ``report.text[start:end]``; spans are of the whole report."""
    nlp = nlp or load()
    text = clean(report.text[start:end], first_is_title=start == 0).moved(start)
    parts = list(backbone(nlp).pipe(_paragraphs([text]), batch_size=PARAGRAPHS))
    return _join(report, text, parts, nlp)


def parse_all(
    reports: Iterable[Report], nlp: Language | None = None, *, batch: int = 32
) -> Iterator[Doc]:
    """Yield the parsed ``Doc`` of each report, in order, reading ``batch`` reports ahead.

    Paragraphs are parsed apart, so that a headline never leans on the line
    below it, and joined to one ``Doc`` with a space between them.
    """
    nlp = nlp or load()
    pending = iter(reports)
    while reports_now := list(islice(pending, batch)):
        cleaned = [clean(report.text) for report in reports_now]
        parsed = backbone(nlp).pipe(_paragraphs(cleaned), batch_size=PARAGRAPHS)
        for report, text in zip(reports_now, cleaned, strict=True):
            yield _join(report, text, list(islice(parsed, len(text.segments))), nlp)


def _paragraphs(cleaned: Iterable[Cleaned]) -> Iterator[str]:
    return (_readable(c.text[s.start : s.end], s) for c in cleaned for s in c.segments)


def _readable(text: str, segment: Segment) -> str:
    """Return a segment in the case a parser knows, of the same length."""
    if shouted(text):
        return truecase(text)
    return untitle(text) if segment.kind == "title" and title_cased(text) else text


def _join(report: Report, text: Cleaned, parts: list[Doc], nlp: Language) -> Doc:
    doc = joined(parts) if parts else Doc(nlp.vocab)
    if len(text_of(doc).rstrip()) != len(text.text.rstrip()):
        raise AssertionError(f"the parsed text of {report.id} is not as long as its cleaned text")
    mend(doc)
    doc._.dateline = Notes(report, text.offsets, text.segments, text.furniture)
    return doc
