"""Where an event happened: the place must belong to the event's own clause, not to who tells of it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.actors.model import NON_STATE
from dateline.events.arguments import names_spot
from dateline.events.reach import within_reach
from dateline.events.words import words
from dateline.language import notes, span_of
from dateline.places.nation import nation
from dateline.records import Participant, Place, Span, Statement

ON_THE_SPOT = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE"))
"""Types that happen on somebody's ground, so that the country acted upon says where."""
VERBAL = frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN"))
"""Types that a place of an earlier sentence says nothing of: words have no ground."""
PARTIES = VERBAL | frozenset(("AGREE", "AID", "CONCEDE", "COOPERATE", "SANCTION", "SUPPORT"))
"""Types whose object is a party, also by the name of its capital: "provided Kyiv with arms"."""
FINE = {"site": 0, "town": 0, "offset": 0, "admin2": 1, "admin1": 1}
"""Precision → order among the places of a clause; countries and regions come after."""
HIGHEST = 40
"""Steps up a parse that are followed, against texts built to be slow."""
ADVERBIAL = frozenset(("advcl", "xcomp", "conj", "prep", "pcomp"))
"""Clauses that share the place of the clause they hang on."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event, what it rests on, and where there is none, why."""

    place: str | None = None
    basis: str = ""
    note: str = ""


Placed = Sequence[tuple[Token, Place]]
GUESSED = "context.country"
"""Rule of a country that only the words around a party gave it."""


def focus(doc: Doc, places: Placed) -> Place | None:
    """Return the place that stands for the country a report is about, if it is about one.

    It is the first that names the whole country; where none does, the first in it.
    """
    about = nation(doc, [place for _, place in places])
    inside = [place for _, place in places if about is not None and place.country == about.country]
    return next((p for p in inside if p.precision == "country"), inside[0] if inside else None)


def locate(
    doc: Doc, token: Token, places: Placed, people: Sequence[Participant], type: str = "",
    recipients: Sequence[Participant] = (), about: Place | None = None,
    cues: Sequence[Span] | None = None,
) -> Where:  # fmt: skip
    """Return where the event of a trigger happened.

    In turn: a place in the trigger's own phrase (``argument``), in its clause or one that hangs on
    it (``sentence``), named earlier in its paragraph (``paragraph``), the country acted upon where
    the act happens on its ground (``participant``), the dateline where its country takes part
    (``dateline``), the country that the report is about where nobody of another one takes part
    (``report``). A place outside what a speaker says is not where what he tells of happened.
    ``cues``: the words that tell who says something, where the caller has them (``told_by``).
    """
    content = telling(token, notes(doc).statements)
    spot = next((p for h, p in places if h.head == token and names_spot(h)), None)
    if spot is not None:
        return Where(spot.id, "argument")
    own = [(h, p) for h, p in places if not p.associative and _allowed(h, p, content)]
    sentence = within_reach(token)
    cues = told_by(doc) if cues is None else cues
    told = {cue.start for cue in cues if type in PARTIES or cue.start != token.idx}
    here = [(h, p) for h, p in own if h.i in sentence and _stands(h, told)]
    if type in PARTIES:
        here = [(h, p) for h, p in here if h.dep_ != "dobj" or h.head != token]
    here = [(h, p) for h, p in here if not goes_to(h, token)]
    ranked = [(step, h, p) for h, p in here if (step := _attached(token, h)) is not None]
    if ranked:
        step, _, place = min(
            ranked,
            key=lambda r: (r[0], FINE.get(r[2].precision or "", 2), abs(r[1].i - token.i), r[1].i),
        )
        return Where(place.id, "argument" if step == 0 else "sentence")
    return (
        (None if type in VERBAL else _earlier(doc, token, own, cues))
        or _ground(places, recipients, type)
        or _dateline(doc, token, places, people)
        or _about(doc, places, about, people, recipients, type)
        or Where(note=_why_none(places, here, sentence))
    )


def told_by(doc: Doc) -> tuple[Span, ...]:
    """Return the words that tell who says something: the cues of the report's statements."""
    return tuple(s.cue for s in notes(doc).statements if s.cue is not None)


def telling(token: Token, statements: Sequence[Statement]) -> Statement | None:
    """Return the innermost statement that tells of the event."""
    span = span_of(token)
    cover = [
        (c.end - c.start, s.id, s)
        for s in statements
        for c in s.content
        if c.start <= span.start and span.end <= c.end
    ]
    return min(cover, key=lambda row: row[:2])[2] if cover else None


def _allowed(head: Token, place: Place, content: Statement | None) -> bool:
    """Tell whether a place is on the event's side of a statement: the speaker's own place is not.

    In the sentence of the statement's cue only what is inside the content counts.
    """
    if content is None:
        return True
    sides = [s for s in (content.cue, content.source, content.addressee_span) if s is not None]
    if any(s.start <= place.span.start and place.span.end <= s.end for s in sides):
        return False
    if any(c.start <= place.span.start and place.span.end <= c.end for c in content.content):
        return True
    sentence = span_of(head.sent[:])
    cue = content.cue
    return cue is None or not sentence.start <= cue.start < sentence.end


def _stands(head: Token, cues: Container[int]) -> bool:
    """Tell whether a place stands where something happens, and does not only name a party.

    ``cues`` are the offsets of the words that tell who says something: their objects are spoken to.
    """
    if _stood_for(head):
        return False
    if head.dep_ == "dative" or (head.dep_ == "dobj" and head.head.idx in cues):
        return False
    if head.dep_ == "pobj":
        return head.head.lower_ not in words().elsewhere
    if head.dep_ in ("conj", "appos") and head.head.dep_ == "pobj":
        return head.head.head.lower_ not in words().elsewhere
    if head.dep_ in ("conj", "appos", "npadvmod"):
        return True
    return head.dep_ in ("dobj", "compound", "poss") and head.head.pos_ in ("NOUN", "VERB")


def goes_to(head: Token, token: Token) -> bool:
    """Tell the country that something goes to in another act than the token's: "to halt gas to Finland"."""
    if head.dep_ != "pobj" or head.head.lower_ != "to":
        return False
    over = head.head.head
    if over.pos_ == "VERB" and not any(child.dep_ == "dobj" for child in over.children):
        return False
    return (
        over != token and over.lemma_.lower() not in words().going and clause(over) != clause(token)
    )


def _stood_for(head: Token) -> bool:
    """Tell "the embassies of China", which stand elsewhere."""
    first = head.conjuncts[0] if head.dep_ == "conj" and head.conjuncts else head
    if first.dep_ == "pobj" and first.head.lower_ == "of":
        return first.head.head.lemma_.lower() in words().missions
    return first.dep_ in ("compound", "poss") and first.head.lemma_.lower() in words().missions


def _attached(token: Token, head: Token) -> int | None:
    """Return how near a place is to the event: 0 its phrase, 1 its clause, 2 one that hangs on it."""
    above = _path(head)
    if token.i in {t.i for t in above}:
        return 0 if clause(head) == clause(token) or token.pos_ == "NOUN" else _below(head, token)
    mine, its = clause(token), clause(head)
    if mine == its:
        return 1
    if any(t == mine for t in above):
        return _below(head, mine)
    return 2 if _hangs(mine, its) else None


def _below(head: Token, top: Token) -> int | None:
    """Return 2 where the place is in a clause under ``top`` that is not told by somebody or of a noun."""
    at = clause(head)
    for _ in range(HIGHEST):
        if at == top or at.head == at:
            return 2
        if at.dep_ in ("ccomp", "relcl", "parataxis"):
            return None
        at = at.head
    return None


def _hangs(mine: Token, its: Token) -> bool:
    """Tell whether the event's clause hangs on the place's clause in a way that shares its place."""
    at = mine
    for _ in range(HIGHEST):
        if at == its:
            return True
        if at.dep_ not in ADVERBIAL or at.head == at:
            return False
        at = at.head
    return False


def _path(token: Token) -> list[Token]:
    found, at = [], token
    for _ in range(HIGHEST):
        if at.head == at:
            break
        at = at.head
        found.append(at)
    return found


def clause(token: Token, steps: int = HIGHEST) -> Token:
    """Return the verb of the clause that a token is in; the token itself where it is a verb.

    Without one it is the top of the sentence, or what stands ``steps`` above the token.
    """
    at = token
    for _ in range(steps):
        if at.pos_ in ("VERB", "AUX") or at.head == at:
            break
        at = at.head
    return at


def _earlier(doc: Doc, token: Token, places: Placed, told: Sequence[Span]) -> Where | None:
    """Return the last place named before in the paragraph, on the event's side of statements."""
    start, char = token.sent.start, token.idx
    segment = next((s for s in notes(doc).segments if s.start <= char < s.end), None)
    if segment is None:
        return None
    cues = {cue.start for cue in told}
    before = [(h, p) for h, p in places if segment.start <= h.idx and h.i < start]
    inside = [(h, p) for h, p in before if _stands(h, cues)]
    apart = [p for _, p in inside if not any(0 <= p.span.start - cue.end < 25 for cue in told)]
    return Where(apart[-1].id, "paragraph") if apart else None


def _ground(places: Placed, recipients: Sequence[Participant], type: str) -> Where | None:
    """Return the country acted upon, where it is named as a place and the act happens on its ground."""
    if type not in ON_THE_SPOT:
        return None
    for person in recipients:
        for _, place in places:
            inside = person.head.start <= place.span.start and place.span.end <= person.head.end
            if inside and place.basis != "demonym" and person.country == place.country:
                return Where(place.id, "participant")
    return None


def _dateline(
    doc: Doc, token: Token, places: Placed, people: Sequence[Participant]
) -> Where | None:
    """Return the place of the dateline for an event of the paragraph behind it with a party from there."""
    known = notes(doc).segments
    for number, segment in enumerate(known):
        if segment.kind != "dateline":
            continue
        end = known[number + 1].end if number + 1 < len(known) else segment.end
        if not segment.start <= token.idx < end or (
            notes(doc).statements and telling(token, notes(doc).statements)
        ):
            return None
        for head, place in places:
            local = any(person.country == place.country for person in people)
            if (
                segment.start <= head.idx < segment.end
                and place.country
                and local
                and place.precision != "country"
            ):
                return Where(place.id, "dateline")
    return None


def _about(
    doc: Doc,
    places: Placed,
    about: Place | None,
    people: Sequence[Participant],
    recipients: Sequence[Participant],
    type: str,
) -> Where | None:
    """Return the country of the report for an act on the spot, unless those who act are of others.

    Victims from abroad speak against it only where the report does not come from that country.
    """
    if about is None or type not in ON_THE_SPOT:
        return None
    harmed = {p.id for p in recipients}
    known = [p for p in people if not any(r.rule == GUESSED for r in p.why)]
    acting = {p.country for p in known if p.id not in harmed} - NON_STATE - {None}
    others = {p.country for p in known if p.id in harmed} - NON_STATE - {None}
    if about.country in acting | others or not acting | others:
        return Where(about.id, "report")
    local = any(p.country == about.country for _, p in _of_dateline(doc, places))
    return Where(about.id, "report") if local and not acting else None


def _of_dateline(doc: Doc, places: Placed) -> Placed:
    segments = [s for s in notes(doc).segments if s.kind == "dateline"]
    return [(h, p) for h, p in places if any(s.start <= h.idx < s.end for s in segments)]


def _why_none(places: Placed, here: Placed, sentence: range) -> str:
    if here:
        return "the places of the sentence belong to other clauses, or to who tells of it"
    if any(p.associative and h.i in sentence for h, p in places):
        return "places are named only for their governments or people"
    return "no phrase names it"
