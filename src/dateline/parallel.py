"""Work spread over processes: lazy, in order, in constant memory."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")


def ordered(
    work: Callable[[S, list[A]], list[B]],
    settings: S,
    items: Iterable[A],
    *,
    processes: int,
    size: int,
) -> Iterator[B]:
    """Yield what ``work(settings, batch)`` returns for each batch of ``size`` items, in order.

    Reads at most two batches a process ahead. ``work`` must be importable and
    ``settings`` and items must pickle. Ctrl-C reaches this process alone.
    """
    pending = iter(items)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts)
    running: deque[Future[list[B]]] = deque()
    try:
        while True:
            while len(running) < 2 * processes and (batch := list(islice(pending, size))):
                running.append(pool.submit(work, settings, batch))
            if not running:
                return
            yield from running.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
