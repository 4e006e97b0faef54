"""Texts coded while someone waits, in a process of its own that can be stopped.

The process starts with the first text and loads the language model once; one
that takes too long, or dies, is replaced.
"""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from typing import Any

from dateline.errors import InputError

WAIT = 120.0
"""Seconds for the language model to load."""


class TooLongError(Exception):
    """Coding took longer than allowed."""


class BusyError(Exception):
    """Others are waiting already."""


class CodingDesk:
    """Codes one text after the other.

    Args:
        seconds: how long coding one may take.
        queue: how many may wait.
    """

    def __init__(self, seconds: float, queue: int = 8) -> None:
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(queue + 1)
        self._turn = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def code(self, job: dict[str, Any]) -> bytes:
        """Return the JSON of the coded report.

        ``job`` holds ``text`` or ``html``, and ``title``, ``published`` and ``publisher`` or ``None``.

        Raises:
            InputError: there is no report in it.
            TooLongError: it took too long.
            BusyError: too many are waiting.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            with self._turn:
                return self._ask(job)
        finally:
            self._places.release()

    def close(self) -> None:
        """Stop the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _ask(self, job: dict[str, Any]) -> bytes:
        pipe = self._started()
        try:
            pipe.send(job)
            if not pipe.poll(self._seconds):
                self.close()
                raise TooLongError
            kind, answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise RuntimeError("the process that codes texts died") from error
        if kind == "refused":
            raise InputError(str(answer))
        if kind == "failed":
            raise RuntimeError(str(answer))
        assert isinstance(answer, bytes)
        return answer

    def _started(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not self._pipe.poll(WAIT) or self._pipe.recv() != "ready":
            self.close()
            raise TooLongError
        return self._pipe


def _work(pipe: Connection) -> None:
    """Code what comes through the pipe until it is closed."""
    import signal

    from dateline.coder import Coder

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    coder = Coder()
    pipe.send("ready")
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(("coded", coder.code(_report(job)).to_json().encode("utf-8", "replace")))
        except InputError as error:
            pipe.send(("refused", str(error)))
        except Exception as error:  # the next text may be another's
            pipe.send(("failed", f"{type(error).__name__}: {error}"))


def _report(job: dict[str, Any]) -> Any:
    from dataclasses import replace

    from dateline.reading import read_html, read_text

    data = (job["html"] if job["html"] is not None else job["text"]).encode("utf-8")
    read = read_html if job["html"] is not None else read_text
    report = read(data, encoding="utf-8", published=job["published"], source="<pasted>")
    given = {name: job[name] for name in ("title", "publisher") if job[name]}
    return replace(report, **given)
