"""Whether a noisy name finds its person among all of the registry, and like names stay apart.

    python benchmarks/actors/holders.py [ROWS]

Each row of ``kb_officeholders_everypolitician.jsonl`` (office, country, person, term) gives one
sentence for each kind of noise: country, office and the noisy name, published on a day of the
term. Twice: by the resolver alone, told the name, office, country and day; and the whole way, from
the sentence to its participant. Prints what ``run.py`` writes.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from make_people import country_of, office_of
from noise import KINDS, noisy

from dateline import Report
from dateline.actors import stage
from dateline.actors.find import published_interval
from dateline.actors.loading import load_registry
from dateline.actors.names import fold, words
from dateline.actors.registry import Registry
from dateline.actors.resolver import Query, resolve
from dateline.actors.tables import DATE, read_path
from dateline.evaluating import Counts, interval
from dateline.language import load, notes, parse
from dateline.records import ActorKind, DateBasis, Participant

ROOT = Path(__file__).resolve().parents[2]
KB = Path(os.environ.get("DATELINE_KB", ROOT / ".." / "shared" / "kb"))
SOURCE = KB / "kb_officeholders_everypolitician.jsonl"
LIKE = Path(__file__).parent / "lookalikes.tsv"
ROWS = 250
APOSTROPHE = ("'s", "'")
FRAMES = (
    "{place}{office} {name} spoke to reporters on Monday.",
    "{name}, {place}{office}, spoke to reporters on Monday.",
    "{place}{office}, {name}, spoke to reporters on Monday.",
)
"""How news puts a name and an office together; the first only with short offices."""


@dataclass(frozen=True)
class Case:
    """A sentence with a noisy name, and what it says."""

    text: str
    day: str
    name: str
    wikidata: str
    office: str
    country: str


@dataclass(frozen=True)
class Answer:
    """What became of one sentence."""

    person: str
    resolved: bool
    right: bool
    words: str


def _day(start: str, end: str, rng: random.Random) -> str | None:
    """Return a day within the term: of its first full year, where it is known to the year."""
    if not DATE.fullmatch(start or "") or start < "1990":
        return None
    if len(start) == 10:
        last = end if len(end) == 10 else f"{int(start[:4]) + 1}-01-01"
        inside = f"{start[:8]}{min(int(start[8:]) + rng.choice((0, 1, 2)), 28):02d}"
        return inside if start <= inside < last else None
    first, final = int(start[:4]), int(end[:4]) if end else int(start[:4]) + 2
    return f"{(first + final) // 2}-07-01" if final - first >= 2 else None


def _text(row: dict[str, str], place: str, name: str, rng: random.Random) -> str:
    """Return a sentence that names a person with country and office."""
    office = re.sub(r"\s*\(.*?\)", "", row["position"])
    short = len(office.split()) < 4
    frame = rng.choice(FRAMES if short else FRAMES[1:])
    owner = f"{place}{APOSTROPHE[place.endswith('s')]} " if place else "the "
    if re.match("United|Central|Dem|Philip|Czech Rep|Neth|Dominican", place):
        owner = f"the {owner}"
    text = frame.format(place=owner, office=office, name=name)
    return re.sub("^the", "The", text)


def cases(registry: Registry, rows: int) -> Iterator[tuple[str, Case]]:
    """Yield (kind of noise, case) for a sample of the rows, the same at each run."""
    lines = [json.loads(line) for line in SOURCE.open(encoding="utf-8")]
    random.Random(7).shuffle(lines)
    ids = {registry.get(id).wikidata for id in registry.ids()}
    titles = {title: o.id for o in registry.offices.all for title in o.titles}
    countries = {fold(entry.name): entry.id for entry in registry.countries()}
    taken = 0
    for row in lines:
        rng = random.Random(f"{row['qid']}{row['position']}")
        day = _day(row["start"] or "", row["end"] or "", rng)
        country = country_of(row, countries)
        name = re.sub(r"\s*\(.*?\)|,.*$", "", row["person"]).strip()
        if day is None or country is None or row["qid"] not in ids or len(name.split()) < 2:
            continue
        place = registry.get(country).name if country in registry else ""
        office = office_of(row["position"], titles, country)
        for kind in KINDS:
            spelt = noisy(name, kind, row["qid"])
            if spelt:
                text = _text(row, place, spelt, rng)
                text = text.upper() if kind == "capitals" else text
                yield kind, Case(text, day, spelt, row["qid"], office, country)
        taken += 1
        if taken >= rows:
            return


class Finder:
    """The stage over single sentences."""

    def __init__(self) -> None:
        self.model, self.stage, self.registry = load(), stage(), load_registry()

    def named(self, text: str, day: str, name: str) -> Participant | None:
        """Return the person that ``name`` in ``text`` is taken for."""
        basis = DateBasis.GIVEN if day else DateBasis.UNKNOWN
        report = Report(id="noise", text=text, published=day or None, published_basis=basis)
        doc = parse(report, self.model)
        self.stage(doc)
        at = text.index(name)
        near = [p for p in notes(doc).participants if p.kind is ActorKind.PERSON]
        held = [p for p in near if p.span.start < at + len(name) and at < p.span.end]
        return max(held, key=lambda p: p.head.end - p.head.start, default=None)

    def read(self, case: Case) -> str | None:
        """Return the Wikidata id (else the id) of whom a sentence names."""
        one = self.named(case.text, case.day, case.name)
        return self._wikidata(one.actor if one else None)

    def asked(self, case: Case) -> str | None:
        """Return whom the resolver finds, told name, office, country and day."""
        query = Query(
            name=words(case.name),
            offices=(self.registry.offices.of(case.office, case.country),),
            countries=(case.country,),
            when=published_interval(case.day),
        )
        best = resolve(self.registry, query).best
        return self._wikidata(best.entry.id if best else None)

    def _wikidata(self, id: str | None) -> str | None:
        entry = self.registry.get(id) if id else None
        return (entry.wikidata or entry.id) if entry else None


def holders(
    found: list[tuple[str, Case]], ask: Callable[[Case], str | None]
) -> dict[str, list[Answer]]:
    """Return the answers by kind of noise."""
    out: dict[str, list[Answer]] = defaultdict(list)
    for kind, case in found:
        got = ask(case)
        note = f"{case.day} {case.text} {case.wikidata} {got}"
        out[kind].append(Answer(case.wikidata, got is not None, got == case.wikidata, note))
    return dict(out)


def lookalikes(finder: Finder) -> list[tuple[str, bool, str]]:
    """Return (sentence, whether it is right, who was found) of the control set."""
    out = []
    for _, row in read_path(LIKE, ("text", "date", "name", "is")).rows():
        one = finder.named(row["text"], row["date"], row["name"])
        entry = finder.registry.get(one.actor) if one and one.actor else None
        found = entry.name if entry else ""
        out.append((row["text"], found == row["is"], found))
    return out


def strangers(finder: Finder, size: int = 400) -> tuple[int, int]:
    """Return how many made-up namesakes were taken for someone, and how many there were.

    The first name of one person and the surname of another, no office: nobody the registry has.
    """
    rng = random.Random(11)
    people = [n for n in sorted(finder.registry.people) if n.count(" ") == 1]
    merged = asked = 0
    while asked < size:
        first, last = rng.choice(people).split()[0], rng.choice(people).split()[1]
        name = f"{first} {last}".title()
        if name.lower() in finder.registry.people or min(len(first), len(last)) < 3:
            continue
        asked += 1
        one = finder.named(f"{name} spoke to reporters on Monday.", "2015-03-02", name)
        merged += one is not None and one.actor is not None
    return merged, asked


def table(answers: dict[str, list[Answer]]) -> list[str]:
    """Return the rows of a Markdown table: precision and recall of each kind, and of all noise."""
    lines = [
        "| noise | sentences | precision | 95 % | recall | 95 % |",
        "|---|---|---|---|---|---|",
    ]
    noise = [a for kind, found in answers.items() if kind != "as written" for a in found]
    for kind, found in [*answers.items(), ("all noise", noise)]:
        by_person: dict[str, list[Answer]] = defaultdict(list)
        for answer in found:
            by_person[answer.person].append(answer)
        counts = [
            Counts(
                sum(a.right for a in mine),
                sum(a.resolved and not a.right for a in mine),
                sum(not a.right for a in mine),
            )
            for mine in by_person.values()
        ]
        total = sum(counts, Counts())
        low, high = interval(counts, lambda t: t[..., 0] / (t[..., 0] + t[..., 1]))
        floor, top = interval(counts, lambda t: t[..., 0] / (t[..., 0] + t[..., 2]))
        lines.append(
            f"| {kind} | {len(found)} | {total.precision:.3f} | {low:.3f}–{high:.3f} "
            f"| {total.recall:.3f} | {floor:.3f}–{top:.3f} |"
        )
    return lines


def section(rows: int = ROWS) -> list[str]:
    """Return the lines of the results."""
    finder = Finder()
    alike = lookalikes(finder)
    merged, asked = strangers(finder)
    wrong = [f"- {text} (found: {name or 'nobody'})" for text, right, name in alike if not right]
    sample = list(cases(finder.registry, rows))
    return [
        "The resolver, told name, office, country and day:",
        "",
        *table(holders(sample, finder.asked)),
        "",
        "The whole way from a sentence:",
        "",
        *table(holders(sample, finder.read)),
        "",
        f"Like names told apart (`lookalikes.tsv`): {sum(r for _, r, _ in alike)} of {len(alike)}.",
        *wrong,
        "",
        f"Made-up namesakes without an office that were taken for someone: {merged} of {asked}.",
    ]


def main(rows: int) -> None:
    """Print the figures of each kind, and what went wrong."""
    finder = Finder()
    sample = list(cases(finder.registry, rows))
    for title, ask in (("resolver", finder.asked), ("sentence", finder.read)):
        found = holders(sample, ask)
        print("\n".join([title, *table(found)]))
        for kind, answers in found.items():
            for answer in [a for a in answers if not a.right]:
                print(title, kind, "WRONG" if answer.resolved else "none", answer.words)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
