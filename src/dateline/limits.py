"""A limit on the time that one report may take, in any thread and on any system."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GRACE = 5.0
"""Seconds that a worker process gets beyond its reports' own."""


class TimedOut(BaseException):
    """The time of a report is over.

    No ``Exception``, so that a stage which catches those does not catch this.
    """


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise ``TimedOut`` in the block once it has taken ``seconds``; ``None`` is no limit.

    In the main thread a signal interrupts, also inside a regular expression;
    elsewhere, and on Windows, the exception comes between two instructions.
    """
    if seconds is None:
        yield
        return
    if seconds <= 0:
        raise TimedOut
    main = threading.current_thread() is threading.main_thread()
    with _by_signal(seconds) if main and hasattr(signal, "setitimer") else _by_thread(seconds):
        yield


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    active = True

    def ring(*_: object) -> None:
        if active:
            raise TimedOut

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        active = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    lock = threading.Lock()
    thread = ctypes.c_ulong(threading.get_ident())
    active = True

    def ring() -> None:
        with lock:
            if active:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TimedOut))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            active = False
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        timer.cancel()


@contextmanager
def hard_limit(seconds: float | None, reports: int) -> Iterator[None]:
    """End this process where ``reports`` take far longer than ``seconds`` each.

    For worker processes, and for loops inside a library that nothing interrupts.
    """
    if seconds is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(
            seconds * (1 + 2 * reports) + GRACE, exit=True, file=nowhere
        )
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


class Budget:
    """The time left to one report over several steps."""

    def __init__(self, seconds: float | None, spent: float = 0.0) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds - spent

    def left(self) -> float | None:
        """Return the seconds left, 0 or less where it is over; ``None``: without limit."""
        return None if self._end is None else self._end - time.monotonic()

    def over(self) -> str:
        """Return what to say once it is over."""
        return f"TimedOut: the report took more than {self.seconds:g} s"
