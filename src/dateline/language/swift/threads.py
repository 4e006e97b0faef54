"""NumPy's products on one thread while texts are annotated, and as before afterwards."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import Any

from threadpoolctl import ThreadpoolController


class OneThread:
    """Entered by any number of threads: the first one sets the limit, the last one takes it back.

    The products are small, so that more threads would only wait for each other; and what a sum's
    last bits are may depend on how it is shared out.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._limit: Any = None

    @cached_property
    def _libraries(self) -> ThreadpoolController:
        return ThreadpoolController()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limit = self._libraries.limit(limits=1, user_api="blas")
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limit.restore_original_limits()


ONE_THREAD = OneThread()
"""The one that all coders of a process share."""
