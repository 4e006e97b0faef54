"""A parsed report as plain lists, and the mentions found in it so far.

Token attributes are read once: a list is several times faster than a ``Token``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from dateline.actors.names import fold
from dateline.actors.registry import Ref
from dateline.language import columns
from dateline.language.mending import FINITE
from dateline.records import ActorKind, Interval, Reason

FOLLOWED = frozenset(("prep", "pobj", "acl", "conj"))
"""Relations that are kept by the token they hang on."""
NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "PRON", "X"))


@dataclass(slots=True, eq=False)
class Mention:
    """Tokens that name an actor. Private to the stage; a ``Participant`` is made of it."""

    start: int
    """First token of the name or head noun."""
    end: int
    kind: ActorKind | None
    basis: str
    head: int
    """The token other stages reach it by."""
    refs: tuple[Ref, ...] = ()
    people: tuple[str, ...] = ()
    """Ids of registry people of this full name."""
    left: int = -1
    """First token of the whole noun phrase."""
    right: int = -1
    """Token after the whole noun phrase."""
    name: str = ""
    title: tuple[int, int] | None = None
    """Tokens of the title or office."""
    offices: tuple[str, ...] = ()
    body: str = ""
    """Name of the body whose office it is."""
    framed: tuple[int, int, str, bool] | None = None
    """The office whose commas frame the name."""
    countries: tuple[str, ...] = ()
    """Countries of the modifiers, nearest first."""
    apart: bool = False
    """Named only in what somebody is for or against: "anti-Syria"."""
    ground: str | None = None
    """Country of the place where it is said to be."""
    modifier: Mention | None = None
    """The organisation or group that it belongs to."""
    former: bool = False
    plural: bool = False
    definite: bool = False
    gender: str = ""
    noun: str = ""
    form: str = ""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    actor: str | None = None
    score: float | None = None
    runner_up: str | None = None
    cluster: Mention | None = None
    antecedent: Mention | None = None
    members: tuple[Mention, ...] = ()
    ambiguous: bool = False
    """Several readings were good and none clearly best."""
    inferred: bool = False
    """The country was inferred from the report, not said by the phrase."""
    why: list[Reason] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.left < 0:
            self.left = self.start
        if self.right < 0:
            self.right = self.end


class View:
    """The tokens of a ``Doc`` as lists, with a claim on each by the mention it belongs to."""

    def __init__(self, doc: Doc, when: Interval | None) -> None:
        self.doc = doc
        self.when = when
        self.n = len(doc)
        read = columns(doc)
        self.text, self.lower, self.tag, self.pos = read.text, read.lower, read.tag, read.pos
        self.dep, self.parent = read.dep, read.head
        self.fold = [fold(text) if text != "-" else "" for text in self.text]
        self.sentences, self.sent = read.sentences, read.sentence
        loud = [text.isupper() for text in self.text]
        self.shouting = [
            sum(loud[start:end]) > 3 and _shouting(self.text[start:end])
            for start, end in self.sentences
        ]
        self.capital = [text[:1].isupper() or text[1:2].isupper() for text in self.text]
        self.entity: list[tuple[int, int, str] | None] = [None] * self.n
        self.entities = [(e.start, e.end, e.label_) for e in doc.ents]
        for entity in self.entities:
            for i in range(entity[0], entity[1]):
                self.entity[i] = entity
        self.claim: list[Mention | None] = [None] * self.n
        self.mentions: list[Mention] = []
        self.of_sentence: dict[int, list[Mention]] = {}
        """Mentions by the sentence they begin in, in the order they were found."""
        self.attached: dict[int, list[int]] = {}
        """Prepositions by the token they hang on."""
        self.objects: dict[int, int] = {}
        """Object of each preposition."""
        self.coordinated: dict[int, list[int]] = {}
        self.clauses: dict[int, list[int]] = {}
        """Participles by the noun they describe: "rebels based …"."""
        self.grounds: dict[int, str] = {}
        """Countries of tokens that name a town or province."""
        for i, dep in enumerate(self.dep):
            if dep not in FOLLOWED:
                continue
            if dep == "prep":
                self.attached.setdefault(self.parent[i], []).append(i)
            elif dep == "pobj":
                self.objects.setdefault(self.parent[i], i)
            elif dep == "acl":
                self.clauses.setdefault(self.parent[i], []).append(i)
            elif dep == "conj":
                self.coordinated.setdefault(self.parent[i], []).append(i)

    def first_of_sentence(self, i: int) -> bool:
        """Return whether token ``i`` begins its sentence."""
        return self.sentences[self.sent[i]][0] == i

    def add(self, mention: Mention) -> Mention:
        """Keep a mention and claim its tokens; earlier claims stay."""
        self.mentions.append(mention)
        self.of_sentence.setdefault(self.sent[mention.start], []).append(mention)
        for i in range(mention.start, mention.end):
            if self.claim[i] is None:
                self.claim[i] = mention
        return mention

    def free(self, start: int, end: int) -> bool:
        """Return whether no mention claims any of the tokens."""
        return not any(self.claim[start:end])

    def drop(self, mention: Mention) -> None:
        """Take a mention back."""
        self.forget(mention)
        for i in range(mention.start, mention.end):
            if self.claim[i] is mention:
                self.claim[i] = None

    def forget(self, mention: Mention) -> None:
        """Take a mention back, but not its claim to its tokens."""
        self.mentions.remove(mention)
        self.of_sentence[self.sent[mention.start]].remove(mention)

    def key(self, start: int, end: int) -> str:
        """Return the folded words of a stretch."""
        return " ".join(word for word in self.fold[start:end] if word)

    def head_of(self, start: int, end: int) -> int:
        """Return the token of a stretch that the rest hangs on; the last where there are several."""
        for i in range(end - 1, start - 1, -1):
            outside = not start <= self.parent[i] < end or self.parent[i] == i
            if outside and self.pos[i] in NOMINAL:
                return i
        return end - 1

    def owner(self, mention: Mention) -> Mention | None:
        """Return whose a name is: the court of "Ivory Coast's Supreme Court"."""
        at = mention.start - 1
        if at < 1 or self.lower[at] not in ("'s", "’s", "'", "’"):
            return None
        owner = self.claim[at - 1]
        return owner if owner is not None and self.sent[owner.start] == self.sent[at] else None

    def left_edge(self, head: int, start: int) -> int:
        """Return where the noun phrase of ``head`` begins: its left edge, cut at verbs and brackets."""
        edge = min(self.doc[head].left_edge.i, start)
        edge = max(edge, self.sentences[self.sent[head]][0], start - 12)
        for i in range(start - 1, edge - 1, -1):
            if self.tag[i] in FINITE or self.text[i] in _CUT or self.dep[i] == "prep":
                return i + 1
        return edge


_CUT = frozenset('()[]:;"“”')


def _shouting(words: list[str]) -> bool:
    """Tell a sentence in capitals: more than three words, and more than four in five of them."""
    letters = [word for word in words if word.isalpha()]
    loud = sum(word.isupper() for word in letters)
    return len(letters) > 3 and loud > 0.8 * len(letters)
