"""Who may log in: a TOML file of names, roles and argon2 digests of passwords."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.errors import DataError, InputError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
SHORTEST = 10
"""Characters of a password."""


class Role(StrEnum):
    """What a user may do; each may also do what those before it may."""

    READER = "reader"
    CODER = "coder"
    """May judge records."""
    ADMIN = "admin"
    """May see who did what."""

    def covers(self, other: Role) -> bool:
        """Return whether who has this role may do what ``other`` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class User:
    """Who may log in."""

    name: str
    role: Role
    password: str = field(repr=False)
    """Argon2id digest."""


def read_users(path: Path) -> dict[str, User]:
    """Return the users of a file, by name.

    Raises:
        DataError: it is no file of users; the message names the file and what is wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    entries = data.get("users")
    if set(data) != {"users"} or not isinstance(entries, dict) or not entries:
        raise DataError(f"{path}: write a table [users.NAME] for each user, and nothing else")
    return {name: _user(path, name, entry) for name, entry in entries.items()}


def _user(path: Path, name: str, entry: object) -> User:
    if not NAME.fullmatch(name):
        raise DataError(f"{path}: {name!r} is no name of a user")
    if not isinstance(entry, dict) or set(entry) != {"role", "password"}:
        raise DataError(f"{path}: user {name} has a role and a password, and nothing else")
    if entry["role"] not in list(Role):
        raise DataError(f"{path}: the role of {name} is none of {', '.join(Role)}")
    if not str(entry["password"]).startswith("$argon2id$"):
        raise DataError(
            f"{path}: the password of {name} is no argon2id digest; "
            f"make the entry with `dateline serve-user {path} {name}`"
        )
    return User(name, Role(entry["role"]), str(entry["password"]))


def put_user(path: Path, name: str, role: Role, password: str) -> None:
    """Write a user into a file of users, in the place of one of the same name.

    Raises:
        InputError: the name or the password will not do.
        DataError: the file is there, and is no file of users.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r}: a name has 1 to 64 letters, digits and . _ @ -")
    if len(password) < SHORTEST:
        raise InputError(f"a password has at least {SHORTEST} characters")
    users = read_users(path) if path.exists() else {}
    users[name] = User(name, role, PasswordHasher().hash(password))
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(_written(users))
    new.replace(path)


def _written(users: Mapping[str, User]) -> str:
    return "\n".join(
        f"[users.{json.dumps(user.name)}]\nrole = {json.dumps(str(user.role))}\n"
        f"password = {json.dumps(user.password)}\n"
        for _, user in sorted(users.items())
    )


class Passwords:
    """Checks passwords in equal time, whether the user is there or not."""

    def __init__(self, users: Mapping[str, User]) -> None:
        self._users = users
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody") if users else ""

    def check(self, name: str, password: str) -> User | None:
        """Return the user whose name and password these are."""
        user = self._users.get(name)
        digest = user.password if user else self._nobody
        if not digest:
            return None
        try:
            self._hasher.verify(digest, password)
        except (VerificationError, InvalidHashError):
            return None
        return user
