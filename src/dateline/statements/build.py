"""From attributions in tokens to ``Statement`` records."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import notes, span_at
from dateline.records import (
    ActorKind,
    Blank,
    BlankReason,
    DateBasis,
    Dating,
    Interval,
    Participant,
    Reason,
    Span,
    Statement,
    make_id,
)
from dateline.statements.circumstances import Circumstances, circumstances
from dateline.statements.decode import Found, Models
from dateline.statements.features import cue_features
from dateline.statements.speakers import Mentions, mentions_of, speaker_class
from dateline.statements.view import View

QUOTED_SHARE = 0.9
GOES_ON = 2
"""Sentences over which "he added" goes on from the statement before, at most."""


def statements_of(
    view: View, models: Models, found: Sequence[Found], dating: Dating
) -> tuple[Statement, ...]:
    """Return the records of the attributions, in order, each with the id of the one that holds it."""
    mentions = mentions_of(view)
    taken: set[str] = set()
    ids: list[str] = []
    for one in found:
        name = make_id("s", _span(view, one.cue_range), taken)
        taken.add(name)
        ids.append(name)
    parents = [_parent(one, found, ids) for one in found]
    speakers = _speakers(view, found, mentions)
    return tuple(
        _statement(view, models, one, name, parent, mentions, speaker)
        for one, name, parent, speaker in zip(found, ids, parents, speakers, strict=True)
    )


def _speakers(
    view: View, found: Sequence[Found], mentions: Mentions
) -> list[tuple[Participant | None, bool]]:
    """Return the speaker of each, and whether it goes on from the statement before.

    "He added" after a person's statement is that person, where the pronoun was
    not resolved otherwise and no more than two sentences lie between.
    """
    out: list[tuple[Participant | None, bool]] = []
    last: tuple[int, Participant] | None = None
    for one in found:
        speaker, went_on = _speaker(view, one, mentions), False
        sentence = view.sent[one.cue]
        if speaker is None and last is not None and _is_he_or_she(view, one) and 0 <= sentence - last[0] <= GOES_ON:  # fmt: skip
            speaker, went_on = last[1], True
        if speaker is not None and speaker.kind in (ActorKind.PERSON, ActorKind.OFFICE):
            last = (sentence, speaker)
        elif one.source is not None:
            last = None
        out.append((speaker, went_on))
    return out


def _is_he_or_she(view: View, one: Found) -> bool:
    return one.source_root is not None and view.lower[one.source_root] in ("he", "she")


def _span(view: View, bounds: tuple[int, int]) -> Span:
    return span_at(view.doc, view.starts[bounds[0]], view.ends[bounds[1] - 1])


def _parent(one: Found, found: Sequence[Found], ids: Sequence[str]) -> str | None:
    """Return the id of the smallest statement whose content holds the cue."""
    holders = [
        (b - a, n)
        for n, other in enumerate(found)
        if other is not one
        for a, b in other.content
        if a <= one.cue < b and not _holds(one, other.cue)
    ]
    return ids[min(holders)[1]] if holders else None


def _holds(one: Found, token: int) -> bool:
    return any(a <= token < b for a, b in one.content)


def _statement(
    view: View,
    models: Models,
    one: Found,
    name: str,
    parent: str | None,
    mentions: Mentions,
    spoken: tuple[Participant | None, bool],
) -> Statement:
    around = circumstances(view, one)
    speaker, went_on = spoken
    sort = speaker_class(view, one.source_root, one.source, speaker)
    addressee = mentions.within(view, around.addressee[0], around.addressee[1:]) if around.addressee else None  # fmt: skip
    interval, basis = _when(around)
    return Statement(
        id=name,
        kind=kind(view, one),
        content=tuple(_span(view, bounds) for bounds in one.content),
        cue=_span(view, one.cue_range),
        source=_span(view, one.source) if one.source else None,
        speaker=speaker.id if speaker else None,
        speaker_class=sort,
        addressee=addressee.id if addressee else None,
        addressee_span=_span(view, around.addressee[1:]) if around.addressee else None,
        stance=around.group.stance if around.group else "assert",
        negated=around.negated,
        medium=around.medium,
        occasion=_span(view, around.occasion) if around.occasion else None,
        time=around.time.id if around.time else None,
        interval=interval,
        time_basis=basis,
        parent=parent,
        confidence=round(one.score, 3),
        why=(*_why(view, models, one, around), *_carried(speaker, went_on)),
        blanks=_blanks(view, one, speaker, around),
    )


def _speaker(view: View, one: Found, mentions: Mentions) -> Participant | None:
    if one.source is None or one.source_root is None:
        return None
    return mentions.within(view, one.source_root, one.source)


def _when(around: Circumstances) -> tuple[Interval | None, DateBasis]:
    if around.time is None or around.time.interval is None:
        return None, DateBasis.UNKNOWN
    return around.time.interval, DateBasis.TEXT


def kind(view: View, one: Found) -> str:
    """Return ``direct``, ``mixed``, ``reported`` or ``attribution``."""
    words = [
        t for a, b in one.content for t in range(a, b) if view.pos[t] not in ("PUNCT", "SPACE")
    ]
    holder = view.quoted[one.cue]
    quoted = sum(view.quoted[t] >= 0 and view.quoted[t] != holder for t in words)
    if words and quoted >= QUOTED_SHARE * len(words):
        return "direct"
    if quoted:
        return "mixed"
    verbal = view.pos[one.cue] in ("VERB", "AUX") and view.lemma[one.cue].lower() != "accord"
    return "reported" if verbal or view.lower[one.cue] == ":" else "attribution"


def _why(view: View, models: Models, one: Found, around: Circumstances) -> tuple[Reason, ...]:
    cue = _span(view, one.cue_range)
    reasons = [
        Reason(field="cue", rule=f"cue:{feature}", weight=weight, spans=(cue,))
        for feature, weight in models.cue.top(cue_features(view, one.cue, models.strong))
    ]
    if one.source is not None:
        reasons.append(Reason(field="source", rule="source model", weight=round(one.source_score, 3), spans=(_span(view, one.source),)))  # fmt: skip
    reasons += [
        Reason(field="content", rule=f"element:{element.kind}", weight=round(score, 3))
        for element, score in one.parts
    ]
    if around.group is not None:
        reasons.append(Reason(field="stance", rule=f"cues:{around.group.id}", detail=around.group.description, spans=(cue,)))  # fmt: skip
    return tuple(reasons)


def _carried(speaker: Participant | None, went_on: bool) -> tuple[Reason, ...]:
    if speaker is None or not went_on:
        return ()
    return (
        Reason(field="speaker", rule="goes on from the statement before", spans=(speaker.span,)),
    )


def _blanks(
    view: View, one: Found, speaker: Participant | None, around: Circumstances
) -> tuple[Blank, ...]:
    blanks = []
    if one.source is None:
        blanks.append(Blank(field="source", reason=BlankReason.NOT_MENTIONED, note="no words for the speaker in the sentence"))  # fmt: skip
        blanks.append(Blank(field="speaker", reason=BlankReason.NOT_MENTIONED))
    elif speaker is None:
        blanks.append(_no_speaker(view, one))
    if around.time is None:
        blanks.append(Blank(field="time", reason=BlankReason.NOT_MENTIONED))
    elif around.time.interval is None:
        blanks.append(Blank(field="interval", reason=BlankReason.UNRESOLVED))
    if around.group is None:
        blanks.append(Blank(field="stance", reason=BlankReason.UNRESOLVED, note="the cue is not in the lexicon; taken as assert"))  # fmt: skip
    return tuple(blanks)


def _no_speaker(view: View, one: Found) -> Blank:
    root = one.source_root
    if not notes(view.doc).participants:
        note = "no participants were found in the report"
    elif root is not None and view.pos[root] == "PRON":
        note = f"the pronoun {view.doc[root].text!r} was not resolved"
    else:
        note = "the words for the speaker name no participant"
    return Blank(field="speaker", reason=BlankReason.UNRESOLVED, note=note)
