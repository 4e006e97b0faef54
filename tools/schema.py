"""Write the next migration of the archive from what its tables are now.

    python -m tools.schema "Gists of reports"

Archives that exist are brought up to date by it, so a migration that has landed
is never changed. Look at what it wrote, and fill new tables from the coded
records where they have what they need (0004 does).
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
    """Write the migration."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    message = sys.argv[1]
    number = f"{1 + max(int(path.name[:4]) for path in VERSIONS.glob('[0-9]*.py')):04}"
    before = set(VERSIONS.glob("*.py"))
    with sa.create_engine("sqlite://").begin() as connection:
        migrate.upgrade(connection)
        config = migrate._config(connection)
        command.revision(config, message=message, autogenerate=True, rev_id=number)
    (path,) = set(VERSIONS.glob("*.py")) - before
    text = re.sub(r" *# ###.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    for action in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *action, str(path)], check=True)
    print(path)


if __name__ == "__main__":
    main()
