"""Write the archive's first migration anew from its tables.

Until the first release nobody has an archive to keep, so there is one
migration, and it is made again whenever the tables change.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from dateline.archive import migrate

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


def main() -> None:
    """Write ``0001_first_schema.py``."""
    path = VERSIONS / "0001_first_schema.py"
    path.unlink(missing_ok=True)
    with sa.create_engine("sqlite://").begin() as connection:
        command.revision(
            migrate._config(connection), message="First schema", autogenerate=True, rev_id="0001"
        )
    text = re.sub(r" *# ###.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    for action in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *action, str(path)], check=True)


if __name__ == "__main__":
    main()
