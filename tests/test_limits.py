"""Time limits: in the main thread, in others, over several stages, in other processes."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from dateline import Coder, Report
from dateline.coder import default_stages
from dateline.limits import Budget, TimedOut, time_limit
from dateline.parallel import DIED, Sizes, ordered
from dateline.records import BlankReason
from dateline.stages import Stage
from tests.processes import children

TEXT = "PARIS - Police arrested 12 protesters in Lyon on Monday."


def forever() -> None:
    while True:
        try:
            time.sleep(0.001)
        except Exception:
            continue


def test_a_block_that_takes_too_long_is_left() -> None:
    with pytest.raises(TimedOut), time_limit(0.05):
        forever()


def test_a_regular_expression_that_never_ends_is_left() -> None:
    with pytest.raises(TimedOut), time_limit(0.1):
        re.fullmatch(r"(a|aa)+$", "a" * 60 + "b")


def test_a_block_in_time_is_not_disturbed_later() -> None:
    with time_limit(0.02):
        pass
    time.sleep(0.05)


def test_another_thread_is_limited_too() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                forever()
        except TimedOut:
            seen.append("over")
        with time_limit(0.05):
            seen.append("in time")
        time.sleep(0.1)
        seen.append("undisturbed")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert seen == ["over", "in time", "undisturbed"]


def test_a_budget_that_is_over_lets_nothing_begin() -> None:
    with pytest.raises(TimedOut), time_limit(Budget(1.0, spent=2.0).left()):
        raise AssertionError


def test_no_limit_is_no_limit() -> None:
    assert Budget(None).left() is None
    with time_limit(None):
        pass


def stages(name: str, find: Any) -> list[Stage]:
    return [
        Stage(s.name, s.reads, s.writes, find, s.data) if s.name == name else s
        for s in default_stages()
    ]


def test_a_report_that_takes_too_long_keeps_what_it_has() -> None:
    def slow(doc: Doc) -> Mapping[str, Any]:
        if "Lyon" in doc.text and "Macron" not in doc.text:
            forever()
        return {"places": ()}

    coder = Coder(stages=stages("places", slow), timeout=0.6)
    first, second = coder.stream(
        [Report(id="1", text=TEXT), Report(id="2", text="Rebels left the town.")]
    )
    assert first.quantities and first.participants
    assert [f.stage for f in first.failures] == ["places", "statements", "events", "commitments"]
    assert {f.error for f in first.failures} == {"TimedOut: the report took more than 0.6 s"}
    assert {b.field for b in first.blanks if b.reason is BlankReason.STAGE_FAILED} == {
        "places", "statements", "events", "contexts", "gist", "commitments"
    }  # fmt: skip
    assert not second.failures and second.events


def test_a_parse_that_takes_too_long_costs_that_report(monkeypatch: pytest.MonkeyPatch) -> None:
    coder = Coder(timeout=0.5)
    real = coder.nlp.make_doc

    def slow(text: str) -> Doc:
        if "Lyon" in text:
            forever()
        return real(text)

    monkeypatch.setattr(coder.nlp, "make_doc", slow)
    reports = [Report(id=str(n), text=TEXT if n == 1 else "Rebels left.") for n in range(3)]
    found = list(coder.stream(reports))
    assert [len(one.failures) for one in found] == [0, 1, 0]
    assert found[1].failures[0].stage == "parse"
    assert {b.reason for b in found[1].blanks} == {BlankReason.STAGE_FAILED}


def test_a_parse_that_fails_costs_that_report(monkeypatch: pytest.MonkeyPatch) -> None:
    coder = Coder()
    real = coder.nlp.make_doc

    def broken(text: str) -> Doc:
        if "Lyon" in text:
            raise MemoryError("no more")
        return real(text)

    monkeypatch.setattr(coder.nlp, "make_doc", broken)
    reports = [Report(id=str(n), text=TEXT if n == 1 else "Rebels left.") for n in range(3)]
    found = list(coder.stream(reports))
    assert [one.report.id for one in found] == ["0", "1", "2"]
    assert [f.error for one in found for f in one.failures] == ["MemoryError: no more"]
    assert found[2].events


def test_a_stage_that_fails_costs_its_records_alone() -> None:
    def broken(doc: Doc) -> Mapping[str, Any]:
        raise KeyError("a table")

    coded = Coder(stages=stages("quantities", broken)).code(TEXT)
    assert [(f.stage, f.error) for f in coded.failures] == [("quantities", "KeyError: 'a table'")]
    assert [(b.field, b.note) for b in coded.blanks] == [("quantities", "KeyError: 'a table'")]
    assert coded.events and coded.places


@pytest.mark.parametrize("timeout", [0, -1.0])
def test_a_limit_of_nothing_is_refused(timeout: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Coder(timeout=timeout)


def double(settings: Path, batch: list[int]) -> list[str]:
    """Work that dies on 13 always, and on 5 in its first process."""
    if 13 in batch or (5 in batch and not settings.exists()):
        settings.touch()
        os.kill(os.getpid(), 9)
    return [str(2 * n) for n in batch]


@pytest.mark.slow
def test_a_process_that_dies_costs_at_most_the_item_that_killed_it(tmp_path: Path) -> None:
    found = ordered(
        double,
        tmp_path / "died",
        range(30),
        processes=2,
        sizes=Sizes(4, 4),
        lost=lambda n, error: f"{n}: {error}",
    )
    assert list(found) == [f"13: {DIED}" if n == 13 else str(2 * n) for n in range(30)]


def servers() -> list[int]:
    """Return the children of this process that others are forked from."""
    return [
        pid
        for pid in children(os.getpid())
        if b"multiprocessing.forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("when", [{1}, {4}, {5}, {9}, {2, 6, 20}])
def test_what_processes_are_forked_from_dies_while_work_is_given_out(
    when: set[int], tmp_path: Path
) -> None:
    def items() -> Iterator[int]:
        for n in range(24):
            if n in when:
                for server in servers():
                    os.kill(server, signal.SIGKILL)
            yield n + 30

    found = ordered(
        double, tmp_path, items(), processes=2, sizes=Sizes(2, 2), lost=lambda n, error: error
    )
    assert list(found) == [str(2 * n) for n in range(30, 54)]


@pytest.mark.slow
def test_timeouts_work_in_other_processes() -> None:
    slow = "He said rebels left. " * 1500
    reports = [Report(id=str(n), text=slow if n == 2 else TEXT) for n in range(5)]
    found = list(Coder(timeout=1.0).stream(reports, processes=2))
    assert [one.report.id for one in found] == ["0", "1", "2", "3", "4"]
    assert [bool(one.failures) for one in found] == [False, False, True, False, False]
