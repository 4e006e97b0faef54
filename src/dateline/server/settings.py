"""How a desk is set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from dateline.errors import SetupError
from dateline.server.users import User

ROOT = re.compile(r"(/[A-Za-z0-9._~-]+)+")
"""How a path is written under which the desk is shown."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client may ask for."""

    rate: float = 100.0
    """Requests a second, over time."""
    burst: int = 400
    """Requests at once."""
    code_rate: float = 0.5
    """Texts to code a second, over time."""
    code_burst: int = 10
    login_rate: float = 5 / 60
    """Attempts to log in a second, over time, of one address and on one name."""
    login_burst: int = 5
    body: int = 2_000_000
    """Bytes of a request."""
    code_seconds: float = 60.0
    """How long coding one text may take."""
    session_hours: float = 12.0
    """A session without a request ends after this."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a desk listens, and who may come in.

    Raises:
        SetupError: it listens beyond this machine and asks nobody who they are.
    """

    archive: str
    """A file, or ``postgresql://…``."""
    host: str = "127.0.0.1"
    port: int = 8017
    token: str | None = field(default=None, repr=False)
    """Who shows it is let in as a coder."""
    users: Mapping[str, User] = field(default_factory=dict, repr=False)
    """Who may log in, by name."""
    hosts: tuple[str, ...] = ()
    """Names under which the desk is reached, beside those of this machine."""
    root: str = ""
    """Path under which a proxy shows the desk, as ``/desk``; empty: it has a name of its own."""
    behind_proxy: bool = False
    """A proxy in front is believed about addresses and scheme."""
    certificate: Path | None = None
    """TLS certificate, PEM: with it the desk itself speaks TLS."""
    key: Path | None = None
    mirror: bool = True
    """Keep a mirror of the slim tables, with which counting is cheap."""
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if not self.is_local and not self.needs_login:
            raise SetupError(
                f"{self.host} can be reached from other machines; say who may come in with "
                "--users FILE or --token, or listen on 127.0.0.1"
            )
        if self.root and not ROOT.fullmatch(self.root):
            raise SetupError(
                f"{self.root!r} is no path to show the desk under; write it as /desk, without a / at its end"
            )
        if (self.certificate is None) != (self.key is None):
            raise SetupError("TLS needs both --certificate and --key")
        if self.token is not None and len(self.token) < 16:
            raise SetupError(
                "a token has at least 16 characters; make one with `openssl rand -hex 16`"
            )

    @property
    def needs_login(self) -> bool:
        """Whether a reader must say who they are."""
        return bool(self.token or self.users)

    @property
    def is_bare(self) -> bool:
        """Whether other machines reach the desk without TLS."""
        return not (self.is_local or self.behind_proxy or self.certificate)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the desk."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
