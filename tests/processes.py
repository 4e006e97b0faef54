"""The processes that others have begun, for tests that kill some of them."""

from pathlib import Path

import pytest


def children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has begun and not yet seen the end of."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("this system does not list the children of a process")
    return [int(child) for child in listed.read_text().split()]
