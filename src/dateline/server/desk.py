"""What all requests share: the archive, its version, and counts that are kept for a while."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dateline.archive import Archive
from dateline.archive.moments import at_one_moment
from dateline.archive.tables import changes
from dateline.server.settings import Settings

if TYPE_CHECKING:
    from dateline.archive.mirror import Mirror

logger = logging.getLogger(__name__)
KEPT = 512
"""Answers that are kept."""
BYTES = 128_000_000
"""Bytes of all answers that are kept together."""
STALE = 10.0
"""Seconds for which a count may lag behind a writer that is adding."""
OLDEST = 120.0
"""Seconds after which nobody is shown an older count while a new one is made."""
VERSION = version("dateline")


@dataclass(slots=True)
class _Kept:
    version: int
    at: float
    value: Any


class Kept:
    """Keeps what is dear to compute until the archive changes, and a little longer.

    While a writer adds reports the archive changes all the time; a count is then
    made anew every ``STALE`` seconds. Whoever asks while another computes the
    same waits for that. What can be made later is made in the background, one
    after the other, while readers see what was counted up to ``OLDEST`` seconds ago.
    """

    def __init__(self, size: int = KEPT, stale: float = STALE, most: int = BYTES) -> None:
        self._size, self._stale, self._most = size, stale, most
        self._bytes = 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._making: set[Hashable] = set()
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="counting")

    def get(
        self,
        key: Hashable,
        version: int,
        make: Callable[[], Any],
        stale: float | None = None,
        later: Callable[[], Any] | None = None,
    ) -> Any:
        """Return what ``make`` returns, or returned for this key before.

        Args:
            key: what is asked for.
            version: number of the archive.
            make: computes it now.
            stale: seconds for which it may lag behind.
            later: computes the same at any time, in another thread; ``None``: it cannot.
        """
        stale = self._stale if stale is None else stale
        if (found := self._fresh(key, version, stale)) is not None:
            return found.value
        if later is not None and (found := self._fresh(key, version, OLDEST)) is not None:
            self._make_later(key, version, later)
            return found.value
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if (found := self._fresh(key, version, stale)) is not None:
                return found.value
            try:
                value = make()
            except BaseException:
                with self._lock:
                    self._locks.pop(key, None)
                raise
            self._keep(key, version, value)
            return value

    def close(self) -> None:
        """Wait for what is being made in the background, and make nothing more."""
        self._behind.shutdown(cancel_futures=True)

    def _keep(self, key: Hashable, version: int, value: Any) -> None:
        with self._lock:
            if (old := self._kept.pop(key, None)) is not None:
                self._bytes -= _weight(old.value)
            self._kept[key] = _Kept(version, time.monotonic(), value)
            self._bytes += _weight(value)
            self._locks.pop(key, None)
            while len(self._kept) > 1 and (
                len(self._kept) > self._size or self._bytes > self._most
            ):
                self._bytes -= _weight(self._kept.popitem(last=False)[1].value)

    def _make_later(self, key: Hashable, version: int, later: Callable[[], Any]) -> None:
        with self._lock:
            if key in self._making:
                return
            self._making.add(key)

        def make() -> None:
            try:
                self._keep(key, version, later())
            except Exception:  # the next who asks makes it, and sees what is wrong
                logger.warning("a count was not made anew", exc_info=True)
            finally:
                with self._lock:
                    self._making.discard(key)

        try:
            self._behind.submit(make)
        except RuntimeError:  # closing
            with self._lock:
                self._making.discard(key)

    def clear(self) -> None:
        """Forget everything: something changed that the archive's number does not tell."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _fresh(self, key: Hashable, version: int, stale: float) -> _Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            if found.version != version and time.monotonic() - found.at > stale:
                return None
            self._kept.move_to_end(key)
            return found


def _weight(value: Any) -> int:
    """Return the bytes of an answer; numbers and lists of actors weigh nothing to speak of."""
    return len(value) if isinstance(value, bytes) else 0


class Desk:
    """An open archive and what is known of it."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self.settings = settings
        self.archive = archive
        self.kept = Kept()
        self.mirror: Mirror | None = None

    def open(self) -> None:
        """Begin to mirror the archive, if that is wanted; without a mirror it answers itself."""
        if not self.settings.mirror:
            return
        try:
            from dateline.archive.mirror import Mirror
        except ModuleNotFoundError as error:
            logger.warning("no mirror without %s; `pip install dateline[web]` has it", error.name)
            return
        self.mirror = Mirror(self.archive.engine)
        self.mirror.start()

    def close(self) -> None:
        """Stop what goes on in the background."""
        self.kept.close()
        if self.mirror is not None:
            self.mirror.close()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees the archive as it is at one moment, with the mirror beside it."""
        with at_one_moment(self.archive.engine).connect() as connection:
            if self.mirror is None:
                yield connection
            else:
                with self.mirror.beside(connection):
                    yield connection

    def counted(
        self,
        key: Hashable,
        connection: sa.Connection,
        make: Callable[[sa.Connection], Any],
        stale: float | None = None,
    ) -> Any:
        """Return what ``make`` reads from the archive, or read a moment ago."""

        def later() -> Any:
            with self.reading() as own:
                return make(own)

        return self.kept.get(key, self.version(connection), lambda: make(connection), stale, later)

    def version(self, connection: sa.Connection) -> int:
        """Return a number that grows with every change of the archive."""
        return connection.scalar(sa.select(sa.func.max(changes.c.number))) or 0

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection for writing, in a transaction that ends with the block."""
        with self.archive.engine.execution_options(writing=True).begin() as connection:
            yield connection
