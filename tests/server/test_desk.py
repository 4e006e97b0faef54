"""What is dear to count is kept, and made anew behind the readers' backs."""

import threading

from dateline.server.desk import Kept


def test_a_count_is_kept_until_the_archive_changes() -> None:
    kept = Kept(stale=0)
    assert kept.get("a", 1, lambda: "first") == "first"
    assert kept.get("a", 1, lambda: "second") == "first"
    assert kept.get("a", 2, lambda: "second") == "second"
    kept.clear()
    assert kept.get("a", 2, lambda: "third") == "third"


def test_a_count_that_lags_is_shown_while_a_new_one_is_made() -> None:
    kept, begun, go = Kept(stale=0), threading.Event(), threading.Event()

    def later() -> str:
        begun.set()
        assert go.wait(10)
        return "new"

    def never() -> str:
        raise AssertionError("nobody waits for it")

    kept.get("a", 1, lambda: "old")
    assert kept.get("a", 2, never, later=later) == "old"
    assert begun.wait(10)
    assert kept.get("a", 2, never, later=later) == "old"
    go.set()
    kept.close()
    assert kept.get("a", 2, never) == "new"


def test_a_count_that_fails_in_the_background_is_made_by_the_next_who_asks() -> None:
    kept = Kept(stale=0)
    kept.get("a", 1, lambda: "old")
    assert kept.get("a", 2, lambda: "unused", later=lambda: 1 / 0) == "old"
    kept.close()
    assert kept.get("a", 3, lambda: "made") == "made"


def test_answers_are_kept_up_to_a_weight() -> None:
    kept = Kept(most=250)
    for key in "abc":
        assert kept.get(key, 1, lambda key=key: key.encode() * 100) == key.encode() * 100  # type: ignore[misc]
    assert kept.get("c", 1, lambda: b"new") == b"c" * 100
    assert kept.get("a", 1, lambda: b"new") == b"new"
    kept.clear()
    assert kept.get("b", 1, lambda: b"x" * 900) == b"x" * 900
    assert kept.get("b", 1, lambda: b"new") == b"x" * 900
    kept.close()
