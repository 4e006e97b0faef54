"""A floor under every score: it may rise freely, and sink only for a reason that is written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.errors import DataError


@dataclass(frozen=True, slots=True)
class Floors:
    """The lowest F1 allowed for each score on a gold file, whose digest is pinned."""

    gold: str
    """SHA-256 of the gold file."""
    floors: Mapping[str, float]
    lowered: tuple[str, ...] = ()
    """Why a floor was lowered, each time."""

    @classmethod
    def read(cls, path: Path) -> Floors:
        """Return the floors in a JSON file.

        Raises:
            DataError: it is not one.
        """
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            return cls(row["gold"], row["floors"], tuple(row.get("lowered", ())))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: no file of floors: {error}") from error

    def write(self, path: Path) -> None:
        """Write the floors as JSON."""
        row = {
            "gold": self.gold,
            "floors": dict(sorted(self.floors.items())),
            "lowered": list(self.lowered),
        }
        path.write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")

    def problems(self, gold: Path, scores: Mapping[str, float]) -> list[str]:
        """Return what is wrong: another gold file, a score that fell or is gone."""
        found = []
        if digest(gold) != self.gold:
            found.append(
                f"{gold} is not the gold that the floors were set on; set them again with "
                f"--set-floor and a reason"
            )
        for name, floor in self.floors.items():
            if name not in scores:
                found.append(f"{name} is not scored any more; its floor is {floor:.3f}")
            elif scores[name] < floor - 5e-4:
                found.append(f"{name} fell to {scores[name]:.3f}; its floor is {floor:.3f}")
        return found

    def moved(self, gold: Path, scores: Mapping[str, float], reason: str | None) -> Floors:
        """Return the floors at today's scores.

        Raises:
            DataError: one would sink, or the gold has changed, and there is no reason.
        """
        problems = self.problems(gold, scores)
        if problems and not reason:
            raise DataError(f"{problems[0]}; say why with --reason")
        now = {name: round(score, 3) for name, score in scores.items()}
        lowered = (*self.lowered, reason) if problems and reason else self.lowered
        return replace(self, gold=digest(gold), floors=now, lowered=lowered)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
