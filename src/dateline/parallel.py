"""Work spread over processes: lazy, in order, in constant memory; a process may die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Generic, TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")

# What is raised where a process is asked for and the one that it is forked from has died.
_BROKEN = (BrokenProcessPool, EOFError, ConnectionError)
# Seconds before new processes are tried: one that was killed is not gone at once.
_PAUSES = (0.0, 0.1, 0.5, 2.0)

DIED = "the process that coded it died: killed, out of memory, or stuck past its time"


@dataclass(frozen=True)
class Sizes(Generic[A]):
    """How many items a process is handed at once.

    ``first`` at the start, so that no one waits long, then twice as many up to ``most``, at which
    the work goes best; and towards the end a share of what is left, so that no process waits for
    another. Items are heavy where they weigh ``heaviest`` together, and no more are handed out then.
    """

    first: int
    most: int
    weigh: Callable[[A], int] = lambda item: 0
    heaviest: int = 1

    def deal(self, items: Iterable[A], shares: int) -> Iterator[list[A]]:
        """Yield the items in order, in batches, of which ``shares`` are read ahead."""
        pending, ahead, weight = iter(items), deque[A](), 0
        size, dealt = self.first, 0
        while True:
            while len(ahead) < shares * size and weight < shares * self.heaviest:
                more = list(islice(pending, 1))
                if not more:
                    break
                ahead += more
                weight += self.weigh(more[0])
            if not ahead:
                return
            share = max(-(-len(ahead) // shares), self.first // 2)
            batch, heavy = list[A](), 0
            while ahead and len(batch) < share and heavy < self.heaviest:
                batch.append(ahead.popleft())
                heavy += self.weigh(batch[-1])
            weight -= heavy
            yield batch
            dealt += 1
            if dealt % shares == 0:
                size = min(2 * size, self.most)


def ordered(
    work: Callable[[S, list[A]], list[B]],
    settings: S,
    items: Iterable[A],
    *,
    processes: int,
    sizes: Sizes[A],
    lost: Callable[[A, str], B],
) -> Iterator[B]:
    """Yield what ``work(settings, batch)`` returns for each batch of items, in order.

    Reads at most four batches a process ahead: two that are handed out, and as many from which
    ``sizes.deal`` sees how much is left. ``work`` must be importable and ``settings`` and items
    must pickle. Ctrl-C reaches this process alone.

    When a process dies, its batch is tried again in a new one, then item by
    item; for an item that kills a process twice ``lost(item, reason)`` is yielded.

    Raises:
        ValueError: the program came from standard input, so that no process can import it.
    """
    _check_program()
    pending = sizes.deal(items, 2 * processes)
    workers = _Workers(work, settings, processes)
    running: deque[tuple[list[A], Future[list[B]]]] = deque()
    try:
        while True:
            for batch in islice(pending, 2 * processes - len(running)):
                running.append((batch, workers.submit(batch)))
            if not running:
                return
            batch, future = running.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                workers.restart()
                yield from _carefully(workers, batch, lost)
                running = deque((todo, workers.again(todo, old)) for todo, old in running)
    finally:
        workers.end()


def _check_program() -> None:
    """Refuse a program that the processes would look for and not find, one after another."""
    program = sys.modules["__main__"]
    path = getattr(program, "__file__", None)
    if path and getattr(program, "__spec__", None) is None and not Path(path).exists():
        raise ValueError(
            f"more than one process needs a program that can be imported, and {path} is none; "
            f"write it to a file, with the work under `if __name__ == '__main__':`, or take one process"
        )


def _carefully(
    workers: _Workers[S, A, B], batch: list[A], lost: Callable[[A, str], B]
) -> Iterator[B]:
    """Yield the results of a batch in whose time a process died; nothing else runs meanwhile."""
    try:
        yield from workers.submit(batch).result()
        return
    except BrokenProcessPool:
        workers.restart()
    for item in batch:
        try:
            yield from workers.submit([item]).result()
        except BrokenProcessPool:
            workers.restart()
            yield lost(item, DIED)


def _context() -> BaseContext:
    """Return how processes begin: on Linux forked from one that has loaded what all need.

    They share its memory, and the second one begins at once. Elsewhere forking is not safe or
    not there, and each loads for itself.
    """
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "dateline.preloaded"])
    return context


class _Workers(Generic[S, A, B]):
    """A pool of processes that can be begun anew."""

    def __init__(self, work: Callable[[S, list[A]], list[B]], settings: S, processes: int) -> None:
        self._work, self._settings, self._processes = work, settings, processes
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._processes, mp_context=_context(), initializer=_begin)

    def submit(self, batch: list[A]) -> Future[list[B]]:
        """Give a batch to the next free process; a broken pool shows in the result."""
        try:
            return self._pool.submit(self._work, self._settings, batch)
        except _BROKEN as error:
            broken: Future[list[B]] = Future()
            broken.set_exception(BrokenProcessPool(str(error)))
            return broken

    def again(self, batch: list[A], old: Future[list[B]]) -> Future[list[B]]:
        """Return the old result where it is whole, else give the batch in again."""
        whole = old.done() and not old.cancelled() and old.exception() is None
        return old if whole else self.submit(batch)

    def restart(self) -> None:
        """Take new processes for those that died, and see one of them at work."""
        for pause in _PAUSES:
            self.end(at_once=True)
            time.sleep(pause)
            self._pool = self._new()
            with suppress(*_BROKEN):
                self._pool.submit(os.getpid).result()
                return

    def end(self, *, at_once: bool = False) -> None:
        """End all processes, those at work when they are done or ``at_once``.

        A pool that breaks while a process is added to it would wait for that one for ever.
        """
        if at_once or self._pool._broken:
            for process in list((self._pool._processes or {}).values()):
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


def collect_rarely() -> None:
    """Look for unreachable cycles rarely: loading makes millions of objects that all stay."""
    gc.set_threshold(50_000, 20, 100)


@cache
def keep_loaded() -> None:
    """Tell the collector, once a process, that what is there now stays: it looks no more at it.

    What loading left behind is not looked for before: that takes a third of a second, and makes
    holes in the pages that processes share.
    """
    gc.freeze()


def _begin() -> None:
    """Leave interrupts to the first process, and end when it is gone."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
