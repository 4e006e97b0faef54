"""From attributions in tokens to ``Statement`` records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.language import notes, span_at, tokens_at
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
from dateline.statements.features import SUBJECTS, cue_features
from dateline.statements.speakers import (
    FIRST_PERSON,
    Mentions,
    is_document,
    mentions_of,
    speaker_class,
)
from dateline.statements.view import View

QUOTED_SHARE = 0.9
BY_AGE = re.compile(r"the \d+-year-old\b", re.IGNORECASE)
TAKES_UP = frozenset({"report", "study", "document"})
"""Nouns that take up any document named before: "a survey by ... The study said"."""
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
    holders = [_holder(one, found) for one in found]
    parents = [None if n is None else ids[n] for n in holders]
    speakers = Speakers(view, mentions).all(found, holders)
    return tuple(
        _statement(view, models, one, name, parent, mentions, speaker)
        for one, name, parent, speaker in zip(found, ids, parents, speakers, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks, of what class, and how it was told where the words alone do not say."""

    participant: Participant | None
    sort: str
    rule: str = ""


class Speakers:
    """Finds the speakers of a report's statements, in order.

    "He added" after a person's statement is that person, where the pronoun was
    not resolved otherwise and no more than two sentences lie between. "I" and
    "we" inside a statement are its speaker. "The report said" takes its author
    from the words for the report, or from where it was named before.
    """

    def __init__(self, view: View, mentions: Mentions) -> None:
        self.view, self.mentions = view, mentions
        self.last: tuple[int, Participant] | None = None
        self.authors: dict[str, Participant] = {}

    def all(self, found: Sequence[Found], holders: Sequence[int | None]) -> list[Spoken]:
        """Return the speaker of each attribution; ``holders`` numbers those that hold them."""
        out = [self._one(one) for one in found]
        for n, one in enumerate(found):
            holder = holders[n]
            if holder is not None and out[n].participant is None and self._first_person(one):
                out[n] = replace(out[holder], rule="first person of the statement that holds it")
        return out

    def _first_person(self, one: Found) -> bool:
        return one.source_root is not None and self.view.lower[one.source_root] in FIRST_PERSON

    def _one(self, one: Found) -> Spoken:
        view, root = self.view, one.source_root
        speaker, rule = self._named(one), ""
        sentence = view.sent[one.cue]
        if root is not None and _is_he_or_she(view, one):
            if speaker is not None and self._only_inside(one, speaker):
                speaker, rule = self._before(one), "named before what is said"
            near = self.last is not None and sentence - self.last[0] <= GOES_ON
            if speaker is None and near and self.last is not None:
                speaker, rule = self.last[1], "goes on from the statement before"
            elif speaker is None:
                speaker, rule = self._before(one, alone=True), "the only person named just before"
        elif root is not None and is_document(view, root):
            speaker, rule = self._author(root, speaker)
        elif speaker is None and root is not None and self._by_age(one):
            speaker, rule = self._subject_before(one), "told by age after being named"
        elif speaker is None and root is not None and view.doc[root].text[0].isupper():
            speaker, rule = self._alike(root), "the same name elsewhere in the report"
        if speaker is not None and speaker.kind in (ActorKind.PERSON, ActorKind.OFFICE):
            self.last = (max([sentence, *(view.sent[b - 1] for _, b in one.content)]), speaker)
        elif one.source is not None:
            self.last = None
        return Spoken(speaker, speaker_class(view, root, one.source, speaker), rule)

    def _named(self, one: Found) -> Participant | None:
        if one.source is None or one.source_root is None:
            return None
        return self.mentions.within(self.view, one.source_root, one.source)

    def _only_inside(self, one: Found, speaker: Participant) -> bool:
        """Return whether the one a pronoun was taken for is named in what it says alone."""
        spans = [_span(self.view, bounds) for bounds in one.content]
        before = [
            p
            for p in self.mentions.by_id.values()
            if p.cluster == speaker.cluster and p.basis != "coreference"
            and p.span.start < speaker.span.start
        ]  # fmt: skip
        return bool(before) and all(
            any(c.start <= p.span.start < c.end for c in spans) for p in before
        )

    def _by_age(self, one: Found) -> bool:
        """Return whether a speaker is told by age: "the 25-year-old"."""
        return (
            one.source is not None and BY_AGE.match(_span(self.view, one.source).text) is not None
        )

    def _subject_before(self, one: Found) -> Participant | None:
        """Return the person who was the last subject before an attribution."""
        people = self._people_before(one)
        subjects = [p for p in people if self._is_subject(p)]
        return max(subjects or people, key=lambda p: p.span.start, default=None)

    def _is_subject(self, participant: Participant) -> bool:
        tokens = tokens_at(self.view.doc, participant.head)
        return tokens is not None and self.view.dep[tokens.root.i] in SUBJECTS

    def _alike(self, root: int) -> Participant | None:
        """Return the one person of the report whose last name a name is that was no participant."""
        name = self.view.doc[root].text
        alike = [
            p
            for p in self.mentions.by_id.values()
            if p.kind is ActorKind.PERSON and " " in p.name and p.name.split()[-1] == name
        ]
        return alike[0] if len({p.cluster or p.id for p in alike}) == 1 else None

    def _before(self, one: Found, alone: bool = False) -> Participant | None:
        """Return the person named last before an attribution, in its sentence or the two before.

        ``alone``: only where no other person is named there.
        """
        people = self._people_before(one)
        if alone and len({p.cluster or p.id for p in people}) > 1:
            return None
        return max(people, key=lambda p: p.span.start, default=None)

    def _people_before(self, one: Found) -> list[Participant]:
        """Return the people named before an attribution, in its sentence or the two before."""
        first = min(a for a, _ in (one.cue_range, *one.content))
        sentence = self.view.sent[first]
        near = self.view.starts[self.view.sents[max(sentence - GOES_ON, 0)][0]]
        low, high = (
            span_at(self.view.doc, at, at + 1).start for at in (near, self.view.starts[first])
        )
        return [
            p
            for p in self.mentions.by_id.values()
            if p.kind is ActorKind.PERSON and low <= p.span.start < high
        ]

    def _author(self, root: int, named: Participant | None) -> tuple[Participant | None, str]:
        lemma = self.view.lemma[root]
        definite = any(self.view.lower[k] in ("the", "this") for k in self.view.kids[root])
        if named is not None and self.mentions.at(root) is None:
            self.authors[lemma] = self.authors[""] = named
            return named, "author of the document"
        if named is None and definite:
            known = self.authors.get(lemma) or self.authors.get("" if lemma in TAKES_UP else lemma)
            return known, "author of the document named before" if known else ""
        return named, ""


def _is_he_or_she(view: View, one: Found) -> bool:
    return one.source_root is not None and view.lower[one.source_root] in ("he", "she")


def _span(view: View, bounds: tuple[int, int]) -> Span:
    return span_at(view.doc, view.starts[bounds[0]], view.ends[bounds[1] - 1])


def _holder(one: Found, found: Sequence[Found]) -> int | None:
    """Return the number of the smallest attribution whose content holds the cue."""
    holders = [
        (b - a, n)
        for n, other in enumerate(found)
        if other is not one
        for a, b in other.content
        if a <= one.cue < b and not _holds(one, other.cue)
    ]
    return min(holders)[1] if holders else None


def _holds(one: Found, token: int) -> bool:
    return any(a <= token < b for a, b in one.content)


def _statement(
    view: View,
    models: Models,
    one: Found,
    name: str,
    parent: str | None,
    mentions: Mentions,
    spoken: Spoken,
) -> Statement:
    around = circumstances(view, one)
    speaker = spoken.participant
    addressee = mentions.within(view, around.addressee[0], around.addressee[1:]) if around.addressee else None  # fmt: skip
    interval, basis = _when(around)
    cue = _span(view, one.cue_range)
    source = _span(view, one.source) if one.source else None
    return Statement(
        id=name,
        kind=kind(view, one),
        content=tuple(_span(view, bounds) for bounds in one.content),
        cue=cue,
        source=source,
        speaker=speaker.id if speaker else None,
        speaker_class=spoken.sort,
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
        why=(*_why(view, models, one, around, cue, source), *_carried(spoken)),
        blanks=_blanks(view, one, speaker, around),
    )


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
    verbal = view.pos[one.cue] in ("VERB", "AUX") and view.lemma[one.cue] != "accord"
    return "reported" if verbal or view.lower[one.cue] == ":" else "attribution"


def _why(
    view: View, models: Models, one: Found, around: Circumstances, cue: Span, source: Span | None
) -> tuple[Reason, ...]:
    reasons = [
        Reason(field="cue", rule=f"cue:{feature}", weight=weight, spans=(cue,))
        for feature, weight in models.cue.top(
            one.features or cue_features(view, one.cue, models.strong)
        )
    ]
    if one.read is not None:
        reasons.append(Reason(field="cue", rule="cue reader", weight=one.read, spans=(cue,)))
    if source is not None:
        reasons.append(Reason(field="source", rule="source model", weight=round(one.source_score, 3), spans=(source,)))  # fmt: skip
    reasons += [
        Reason(field="content", rule=f"element:{element.kind}", weight=round(score, 3))
        for element, score in one.parts
    ]
    if around.group is not None:
        reasons.append(Reason(field="stance", rule=f"cues:{around.group.id}", detail=around.group.description, spans=(cue,)))  # fmt: skip
    return tuple(reasons)


def _carried(spoken: Spoken) -> tuple[Reason, ...]:
    if spoken.participant is None or not spoken.rule:
        return ()
    return (Reason(field="speaker", rule=spoken.rule, spans=(spoken.participant.span,)),)


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
    elif root is not None and view.lower[root] in FIRST_PERSON and view.quoted[root] < 0:
        note = "the author speaks"
    elif root is not None and view.pos[root] == "PRON":
        note = f"the pronoun {view.doc[root].text!r} was not resolved"
    else:
        note = "the words for the speaker name no participant"
    return Blank(field="speaker", reason=BlankReason.UNRESOLVED, note=note)
