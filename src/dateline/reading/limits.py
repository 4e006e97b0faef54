"""How to fetch what is on the web: what a user can set."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Limits:
    """How to fetch."""

    allow_private: bool = False
    """Whether machines may be asked that are not on the open internet."""
    robots: bool = True
    """Whether robots.txt is asked and obeyed."""
    max_bytes: int = 20_000_000
    """Bytes of one answer, unpacked."""
    seconds: float = 30.0
    """Time for one answer, from the look-up of the name to the last byte."""
    pause: float = 2.0
    """Seconds between two requests to a host."""
    redirects: int = 5
    patience: float = 60.0
    """Seconds to wait for a host that asks for it; beyond that the request fails for now."""
    tries: int = 3
    """Times that a request is sent which fails for now."""
    contact: str | None = None
    """Address or page of whoever fetches; it goes into the name that hosts see."""

    @property
    def agent(self) -> str:
        """Name that hosts see."""
        return f"dateline/{version('dateline')}" + (f" ({self.contact})" if self.contact else "")


NICE = Limits()
"""The limits that hold where nothing is said."""


def is_address(text: str) -> bool:
    """Return whether a source is an address of the web."""
    return text.lower().startswith(("http://", "https://"))
