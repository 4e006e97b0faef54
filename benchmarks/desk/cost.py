"""Time each route of the desk alone: CPU an answer, the first time and again.

    python benchmarks/desk/cost.py large.dateline
    python benchmarks/desk/cost.py large.dateline --only events/network --each 20

The desk runs in this process and answers one request at a time, so that what is counted is the
CPU time of this process and of nothing else. ``first``: the median and the slowest of addresses
not asked for before; ``again``: the same addresses once more, with nothing changed meanwhile.
A few milliseconds of each are the client's.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

from load import addresses
from starlette.testclient import TestClient

from dateline.server.app import create_app
from dateline.server.settings import Limits, Settings

BOUNDLESS = Limits(rate=1e6, burst=1_000_000)


def timed(client: TestClient, path: str) -> float:
    """Return the milliseconds of CPU that an answer takes."""
    start = time.process_time()
    answer = client.get(path)
    spent = 1000 * (time.process_time() - start)
    if answer.status_code != 200:
        print(f"{answer.status_code} {path}: {answer.text[:200]}", file=sys.stderr)
    return spent


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--each", type=int, default=12, help="addresses of each route")
    parser.add_argument("--only", default="", help="routes whose name begins so")
    parser.add_argument("--bare", action="store_true", help="without the mirror of slim tables")
    wanted = parser.parse_args()
    settings = Settings(str(wanted.archive), limits=BOUNDLESS, mirror=not wanted.bare)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        if desk.mirror is not None and not wanted.bare:
            start = time.process_time()
            desk.mirror.wait()
            print(f"mirror made in {time.process_time() - start:.1f} CPU seconds\n", flush=True)
        todo = addresses(lambda path: client.get(path).json())
        desk.kept.clear()
        print("| route | first, ms | slowest | again, ms | slowest |\n|---|---|---|---|---|")
        for name, paths in sorted(todo.items()):
            if name.startswith(wanted.only):
                chosen = [paths[0], *random.Random(1).sample(paths[1:], min(len(paths) - 1, wanted.each))]  # fmt: skip
                first = [timed(client, path) for path in chosen]
                again = [timed(client, path) for path in chosen]
                cells = [f(times) for times in (first, again) for f in (statistics.median, max)]
                print(f"| {name} |", " | ".join(f"{cell:.0f}" for cell in cells), "|", flush=True)


if __name__ == "__main__":
    main()
