"""Who speaks: the participant behind the words for a source, and what sort of speaker it is."""

from __future__ import annotations

from dateline.language import indices_at, notes
from dateline.records import ActorKind, Participant
from dateline.statements.lexicon import lexicon
from dateline.statements.view import View

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
PLURAL = frozenset({"they", "them", "their", "we", "us", "our", "many", "some", "others", "all", "both", "most", "those", "few", "several"})  # fmt: skip
IMPERSONAL = frozenset({"it", "this", "that", "which", "there", "what", "its"})


KEPT = "dateline_mentions"
"""Where a ``Doc`` keeps its participants by token."""


def mentions_of(view: View) -> Mentions:
    """Return the participants of a report by token, gathered once."""
    found, kept = notes(view.doc).participants, view.doc.user_data.get(KEPT)
    if kept is None or kept[0] is not found:
        kept = view.doc.user_data[KEPT] = (found, Mentions(view))
    mentions: Mentions = kept[1]
    return mentions


class Mentions:
    """The participants of a report by their tokens."""

    def __init__(self, view: View) -> None:
        self.by_head: dict[int, Participant] = {}
        self.by_id: dict[str, Participant] = {}
        self.ranges: list[tuple[int, int, Participant]] = []
        for participant in notes(view.doc).participants:
            self.by_id[participant.id] = participant
            own = indices_at(view.doc, participant.head)
            if not own:
                continue
            self.ranges.append((own.start, own.stop, participant))
            for i in own:
                self.by_head.setdefault(i, participant)

    def at(self, token: int) -> Participant | None:
        """Return the participant whose head holds a token."""
        return self.by_head.get(token)

    def within(self, view: View, root: int, bounds: tuple[int, int]) -> Participant | None:
        """Return the participant a noun phrase names: its head's, else its apposition's name."""
        found = self.at(root)
        named = [
            p
            for i in view.kids[root]
            if view.dep[i] in ("appos", "compound", "nmod")
            and bounds[0] <= i < bounds[1]
            and view.pos[i] == "PROPN"
            and (p := self.at(i)) is not None
            and p.kind is ActorKind.PERSON
        ]
        body = view.lemma[root] in lexicon().collectives and view.pos[root] == "NOUN"
        if (
            named
            and not (body and found is not None and found.actor is not None)
            and (found is None or found.kind is not ActorKind.PERSON)
        ):
            return named[-1]
        if found is None and view.lower[root] in ("who", "which", "that"):
            return self._antecedent(view, root)
        if found is None and is_document(view, root):
            return self._author(view, root)
        return found

    def _author(self, view: View, root: int) -> Participant | None:
        """Return whose document it is: "a survey by Gartner", "the bank's report", "figures released by"."""
        for k in view.kids[root]:
            if view.dep[k] in ("poss", "compound", "nmod") and (found := self.at(k)) is not None:
                return found
            if view.dep[k] == "prep" and view.lower[k] in ("by", "from"):
                return self._object(view, k)
            if view.dep[k] == "acl":
                agent = next((m for m in view.kids[k] if view.lower[m] == "by"), None)
                if agent is not None:
                    return self._object(view, agent)
        return None

    def _object(self, view: View, preposition: int) -> Participant | None:
        found = (self.within(view, o, (view.left[o], view.right[o] + 1)) for o in view.kids[preposition] if view.dep[o] == "pobj")  # fmt: skip
        return next((p for p in found if p is not None), None)

    def _antecedent(self, view: View, root: int) -> Participant | None:
        """Return the participant that a relative pronoun stands for."""
        for above in view.path(root, 6):
            if view.dep[above] in ("relcl", "acl"):
                noun = view.head[above]
                return self.within(view, noun, (view.left[noun], view.right[noun] + 1))
        return None


def is_document(view: View, root: int) -> bool:
    """Return whether a noun for a source is something written or shown."""
    return view.lemma[root] in lexicon().documents and view.pos[root] != "PROPN"


def speaker_class(
    view: View, root: int | None, bounds: tuple[int, int] | None, speaker: Participant | None
) -> str:
    """Return the class of a speaker, see ``Statement.speaker_class``."""
    if root is None or bounds is None:
        return "unknown"
    words = lexicon()
    lemma = view.lemma[root]
    if is_document(view, root):
        return "document"
    if lemma in words.collectives and view.pos[root] == "NOUN":
        return "collective"
    if speaker is not None and speaker.kind is ActorKind.PERSON:
        return "named"
    if view.ent[root] == "PERSON" or any(
        view.ent[i] == "PERSON" and view.dep[i] in ("appos", "compound") for i in view.kids[root]
    ):
        return "named"
    if lemma in words.anonymous and view.pos[root] != "PROPN":
        return "anonymous"
    if speaker is not None and speaker.kind is ActorKind.OFFICE:
        return "office"
    if speaker is not None and speaker.kind in (
        ActorKind.COUNTRY,
        ActorKind.ORGANISATION,
        ActorKind.GROUP,
    ):
        return "collective"
    if (
        lemma in words.collectives
        or view.ent[root] in ("ORG", "GPE", "NORP")
        or view.lower[root] in PLURAL
    ):
        return "collective"
    if speaker is not None and speaker.kind is ActorKind.GENERIC and view.tag[root] != "NNS":
        return "anonymous" if _some(view, root) else "office"
    return _by_form(view, root)


def _some(view: View, root: int) -> bool:
    return any(view.lower[k] in ("a", "an", "one", "some", "another") for k in view.kids[root])


def _by_form(view: View, root: int) -> str:
    lower = view.lower[root]
    if lower in FIRST_PERSON and view.quoted[root] < 0:
        return "author"
    if view.pos[root] == "PRON":
        return "document" if lower in IMPERSONAL else "unknown"
    if view.pos[root] == "PROPN":
        return "named"
    if view.tag[root] == "NNS":
        return "collective"
    return "anonymous" if _some(view, root) else "office"
