from __future__ import annotations

import json
from pathlib import Path

import icalendar as icalendar_package
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli.commitments import commitments as command
from dateline.commitments import (
    Held,
    chains,
    commitments_in,
    evidence,
    icalendar,
    revisions,
    select,
    state,
)
from dateline.commitments.calendar import escape, fold
from dateline.records import (
    ActorKind,
    CodedReport,
    Commitment,
    DateBasis,
    Dating,
    Event,
    Granularity,
    Interval,
    Participant,
    Report,
    Span,
    Status,
    Versions,
)


def day(text: str) -> Interval:
    return Interval(start=None, end=text, granularity=Granularity.DAY)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def coded(
    name: str,
    published: str,
    text: str,
    *,
    what: str | None = None,
    end: str | None = None,
    done: str | None = None,
    negated: bool = False,
    holder: str = "Norway",
) -> CodedReport:
    """A report by hand, with one commitment or one event."""
    who = Participant(
        id="p0", span=span(text, holder), head=span(text, holder), kind=ActorKind.COUNTRY, name=holder,
        actor=holder, country="NOR" if holder == "Norway" else None,
    )  # fmt: skip
    made: tuple[Commitment, ...] = ()
    if what is not None:
        made = (
            Commitment(
                id="c0", kind="promise", strength="vowed", span=span(text, what), holders=("p0",),
                what=span(text, what), deadline=day(end) if end else None,
            ),
        )  # fmt: skip
    events: tuple[Event, ...] = ()
    if done is not None:
        events = (
            Event(
                id="e0", type="RETREAT", status=Status.OCCURRED, trigger=span(text, done),
                sentence=span(text, text), actors=("p0",), negated=negated,
                themes=(span(text, "troops"), span(text, "Chad")),
            ),
        )  # fmt: skip
    return CodedReport(
        report=Report(id=name, text=text, published=published, published_basis=DateBasis.GIVEN),
        versions=Versions(dateline="0"),
        dating=Dating(interval=None, basis=DateBasis.UNKNOWN),
        participants=(who,),
        commitments=made,
        events=events,
    )


FIRST = coded("a", "2021-02-01", "Norway vowed to withdraw troops from Chad by May 1.", what="withdraw troops from Chad", end="2021-05-02")  # fmt: skip
MOVED = coded("b", "2021-04-20", "Norway will withdraw troops from Chad by September 11.", what="withdraw troops from Chad", end="2021-09-12")  # fmt: skip
DONE = coded("c", "2021-09-05", "Norway has withdrawn its last troops from Chad.", done="withdrawn")
OTHER = coded("d", "2021-03-01", "Peru vowed to withdraw troops from Chad.", what="withdraw troops from Chad", holder="Peru")  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2021-03-01", "open"), ("2021-04-20", "due soon"), ("2021-05-01", "due soon"), ("2021-05-02", "overdue")],
)  # fmt: skip
def test_states_by_date(as_of: str, expected: str) -> None:
    assert state(FIRST.commitments[0], as_of) == expected


def test_without_a_deadline() -> None:
    assert state(OTHER.commitments[0], "2021-05-02") == "no deadline"


def test_a_state_needs_a_date() -> None:
    with pytest.raises(ValueError, match="2021-12-31"):
        state(FIRST.commitments[0], "soon")
    with pytest.raises(ValueError, match="as_of"):
        select([], wanted="open")
    with pytest.raises(ValueError, match="none of"):
        select([], wanted="kept", as_of="2021-01-01")


def test_selects_by_deadline_actor_and_state() -> None:
    held = commitments_in([MOVED, FIRST, OTHER])
    assert [h.coded.report.id for h in select(held)] == ["a", "b", "d"]
    assert [h.coded.report.id for h in select(held, due_before="2021-05-01")] == ["a"]
    assert [h.coded.report.id for h in select(held, actor="NOR")] == ["a", "b"]
    found = select(held, wanted="overdue", as_of="2021-06-01")
    assert [h.coded.report.id for h in found] == ["a"]


def test_a_moved_deadline_is_a_revision() -> None:
    (found,) = revisions(commitments_in([MOVED, OTHER, FIRST]))
    assert (found.before.coded.report.id, found.after.coded.report.id) == ("a", "b")
    assert ("deadline", "2021-05-01", "2021-09-11") in found.changes


def test_chains_join_versions() -> None:
    groups = chains(commitments_in([MOVED, OTHER, FIRST]))
    assert [[h.coded.report.id for h in group] for group in groups] == [["a", "b"], ["d"]]


def test_evidence_is_ranked_and_explained() -> None:
    held = Held(FIRST, FIRST.commitments[0])
    (found,) = evidence(held, [FIRST, MOVED, DONE, OTHER])
    assert (found.report, found.direction) == ("c", "for")
    assert {reason.field for reason in found.why} == {"actor", "words"}


def test_a_denial_speaks_against() -> None:
    text = "Norway has not withdrawn its troops from Chad."
    denied = coded("e", "2021-06-01", text, done="withdrawn", negated=True)
    (found,) = evidence(Held(FIRST, FIRST.commitments[0]), [denied])
    assert found.direction == "against"


def test_calendar_holds_the_last_day() -> None:
    text = icalendar(commitments_in([FIRST, OTHER]))
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20210501\r\n" in text
    assert "SUMMARY:Norway: withdraw troops from Chad\r\n" in text


def test_calendar_is_read_back() -> None:
    calendar = icalendar_package.Calendar.from_ical(
        icalendar(commitments_in([FIRST, MOVED, OTHER]))
    )
    events = calendar.walk("VEVENT")
    assert not calendar.errors
    assert [not event.errors for event in events] == [True, True]
    assert [event.decoded("DTSTART").isoformat() for event in events] == [
        "2021-05-01",
        "2021-09-11",
    ]
    assert [event.decoded("DTEND").isoformat() for event in events] == ["2021-05-02", "2021-09-12"]
    assert str(events[0]["SUMMARY"]) == "Norway: withdraw troops from Chad"
    assert len({str(event["UID"]) for event in events}) == 2
    assert {"VERSION", "PRODID"} <= set(calendar)


@given(st.text(max_size=80).filter(lambda text: text.strip()))
def test_calendar_text_is_read_back(text: str) -> None:
    words = text.encode("utf-8", "ignore").decode()
    report = coded("x", "2021-02-01", f"Norway {words}", what=words, end="2021-05-02")
    (event,) = icalendar_package.Calendar.from_ical(icalendar(commitments_in([report]))).walk(
        "VEVENT"
    )
    assert not event.errors
    shown = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    assert str(event["SUMMARY"]) == f"Norway: {shown}".strip()


@given(st.text(max_size=300))
def test_lines_fold_without_loss(text: str) -> None:
    line = "SUMMARY:" + escape(text.encode("utf-8", "ignore").decode())
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert "\n" not in line


def test_command(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text(f"{FIRST.to_json()}\n{MOVED.to_json()}\n{DONE.to_json()}\n", encoding="utf-8")
    app = typer.Typer()
    app.command()(command)
    run = CliRunner().invoke
    options = ["--state", "overdue", "--as-of", "2021-06-01", "--format", "jsonl", "--evidence"]
    result = run(app, [str(path), *options])
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (row["report"], row["due"], row["state"]) == ("a", "2021-05-01", "overdue")
    assert row["evidence"][0]["report"] == "c"
    assert "Norway" in run(app, [str(path)]).stdout
    assert run(app, [str(path), "--format", "ics"]).stdout.startswith("BEGIN:VCALENDAR")
    assert run(app, [str(path), "--due-before", "soon"]).exit_code == 2


def test_what_a_government_promised_its_army_does() -> None:
    from dateline.coder import Coder

    reports = [
        Report(id="a", text="President Joe Biden announced the withdrawal of all US troops from Afghanistan by the end of August.", published="2021-07-27"),
        Report(id="b", text="The United States said that all troops would leave Afghanistan by September 11.", published="2021-08-20"),
        Report(id="c", text="US troops withdrew from Afghanistan on Saturday, the Pentagon said.", published="2021-09-12"),
    ]  # fmt: skip
    promised, moved, done = Coder().stream(reports)
    (first,) = commitments_in([promised])
    (found,) = [one for one in evidence(first, [done]) if one.direction == "for"]
    assert "withdrew" in found.sentence
    assert select(commitments_in([moved]), actor="USA")
    (revision,) = revisions(commitments_in([promised, moved]))
    assert ("deadline", "2021-08-31", "2021-09-11") in revision.changes
