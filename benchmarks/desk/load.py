"""Read every page of the desk at once while reports are added; time each route, watch memory.

    python benchmarks/desk/load.py large.dateline                  # one minute
    python benchmarks/desk/load.py large.dateline --minutes 30     # the long run
    python benchmarks/desk/load.py large.dateline --minutes 30 --results benchmarks/desk/RESULTS.md

The archive is served by `dateline serve` on this machine alone, in a process of its own.
Twenty readers ask for the routes of all pages in an order of their own, each waiting for its
answer and then as long as a person would (`--think`, in seconds). They begin once the desk has its mirror. A writer adds copies of the
archive's own reports the whole time, and takes them out again at the end. What is printed:
for each route the number of answers, the median, the 95th percentile and the slowest, in
milliseconds as a reader sees them; errors; the server's CPU time, and its memory at the start and the end.
The command fails where a bar is missed: 200 ms at the median, 500 ms at the 95th percentile,
no error, and no more than 20 % more memory in the second half of the run.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline import CodedReport
from dateline.archive import Archive

MEDIAN, P95, GROWTH = 200.0, 500.0, 0.20


@dataclass
class Seen:
    """What the readers saw."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, route: str, ms: float, error: str | None) -> None:
        """Note an answer."""
        with self.lock:
            self.times[route].append(ms)
            if error:
                self.errors.append(f"{route}: {error}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def served(archive: Path, port: int) -> Iterator[int]:
    """Serve an archive; give the process id."""
    words = [sys.executable, "-m", "dateline", "serve", str(archive), "--port", str(port)]
    with subprocess.Popen(words) as server:
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    if of(port, "/health.json")["mirrored"]:
                        break
                time.sleep(1)
            yield server.pid
        finally:
            server.terminate()


def ask(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def of(port: int, path: str) -> Any:
    status, body = ask(port, path)
    if status != 200:
        sys.exit(f"{path} answered {status}: {body[:200]!r}")
    return json.loads(body)


def routes(port: int) -> dict[str, list[str]]:
    """Return the addresses of every page, by route, with what this archive holds."""
    return addresses(lambda path: of(port, path))


def addresses(get: Callable[[str], Any]) -> dict[str, list[str]]:
    """Return the addresses of every page, by route; ``get`` gives the JSON of one."""
    reports = [quote(r["id"], safe="") for r in get("/reports.json?limit=200")["items"]]
    events = get("/events.json?limit=200")["items"]
    bound = get("/commitments.json?limit=50")["items"]
    actors = [quote(a["id"], safe="") for a in get("/actors.json?limit=60")["items"]]
    places = [p["geonameid"] for p in get("/places.json?limit=60")["items"]]
    merged = [m["id"] for m in get("/merged.json?limit=50")["items"]]
    stories = [s["id"] for s in get("/stories.json?limit=50")["items"]]
    facets = get("/events/facets.json")

    def values(name: str, most: int = 8) -> list[str]:
        return [quote(str(one["value"])) for one in facets[name][:most]]

    filters = [
        "",
        *(f"type={v}" for v in values("type")),
        *(f"country={v}" for v in values("country")),
        *(f"actor={v}" for v in values("actor")),
        *(f"place={v}" for v in values("place", 5)),
        *(f"context={v}" for v in values("context", 4)),
        *(f"sector={v}" for v in values("sector", 4)),
        "q=minister", "q=government+tax", "since=2004-06&until=2005-06", "min_confidence=0.8",
        "type=" + "&type=".join(values("type", 2)) + "&country=" + values("country", 1)[0],
    ]  # fmt: skip
    sorts = ["", "sort=-published", "sort=confidence", "sort=type", "sort=actor_name"]
    found = {
        "overview": ["/overview.json"],
        "events": [f"/events.json?{f}&{s}".rstrip("&?") for f in filters for s in sorts],
        "events/facets": [f"/events/facets.json?{f}" for f in filters],
        "events/counts": [
            f"/events/counts.json?{f}&bucket={b}" for f in filters for b in ("day", "week", "month")
        ],
        "events/map": [f"/events/map.json?{f}" for f in filters],
        "events/timeline": [
            f"/events/timeline.json?{f}&lane={lane}"
            for f in filters
            for lane in ("actor", "type", "place")
        ],
        "events/network": [f"/events/network.json?{f}" for f in filters],
        "events/one": [f"/events/{quote(e['report_id'], safe='')}/{e['id']}.json" for e in events],
        "reports": [f"/reports.json?{f}" for f in filters],
        "reports/one": [f"/reports/{r}.json" for r in reports],
        "compare": [
            f"/compare.json?a={a}&b={b}" for a, b in zip(reports[::2], reports[1::2], strict=False)
        ],
        "search": [f"/search.json?q={q}" for q in ("minister", "tax", "%22prime+minister%22", "x")],
        "statements": [f"/statements.json?{f}" for f in filters]
        + [f"/statements.json?who={a}" for a in actors[:20]],
        "statements/facets": [f"/statements/facets.json?{f}" for f in filters],
        "commitments": [
            f"/commitments.json?state={s}"
            for s in ("open", "due_soon", "overdue", "closed", "no_deadline")
        ]
        + ["/commitments.json", *(f"/commitments.json?holder={a}" for a in actors[:20])],
        "commitments/board": ["/commitments/board.json"],
        "commitments/evidence": [
            f"/commitments/evidence.json?of={quote(c['report_id'], safe='')}/{c['id']}"
            for c in bound
        ],
        "commitments/one": [
            f"/commitments/{quote(c['report_id'], safe='')}/{c['id']}.json" for c in bound
        ],
        "actors": [f"/actors.json?q={q}" for q in ("", "min", "tony", "uni")],
        "actors/one": [f"/actors/{a}.json" for a in actors],
        "places": [f"/places.json?q={q}" for q in ("", "lon", "new")],
        "places/one": [f"/places/{p}.json" for p in places],
        "merged": ["/merged.json", "/merged.json?contested=true"],
        "merged/one": [f"/merged/{quote(m, safe='')}.json" for m in merged],
        "stories": ["/stories.json"],
        "stories/one": [f"/stories/{quote(s, safe='')}.json" for s in stories],
        "review/queue": ["/review/queue.json", "/review/queue.json?order=value"],
        "review/progress": ["/review/progress.json"],
        "judgements": ["/judgements.json"],
    }
    return {name: addresses for name, addresses in found.items() if addresses}


def read(
    port: int, number: int, todo: dict[str, list[str]], think: float, until: float, seen: Seen
) -> None:
    """Read pages until the time is up."""
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    names = list(todo)
    while time.monotonic() < until:
        chance.shuffle(names)
        for name in names:
            if time.monotonic() >= until:
                break
            path, start, error = chance.choice(todo[name]), time.perf_counter(), None
            try:
                connection.request("GET", path, headers={"Accept": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    error = f"{answer.status} {path} {body[:120]!r}"
            except (OSError, http.client.HTTPException) as failure:
                error = f"{failure!r} {path}"
                connection.close()
            seen.add(name, 1000 * (time.perf_counter() - start), error)
            time.sleep(think * chance.uniform(0.5, 1.5))
    connection.close()


def write(where: Path, until: float, pause: float, written: list[str]) -> None:
    """Add reports until the time is up, and take them out again."""
    with Archive(where) as archive:
        with contextlib.closing(iter(archive)) as reports:
            some = list(itertools.islice(reports, 200))
        for number in itertools.count():
            if time.monotonic() >= until:
                break
            one = copy_of(some[number % len(some)], number)
            archive.add(one)
            written.append(one.report.id)
            time.sleep(pause)


def copy_of(one: CodedReport, number: int) -> CodedReport:
    """Return a report under another id and address."""
    id = f"load-{number}"
    return replace(one, report=replace(one.report, id=id, url=f"https://load.example/{id}"))


def spent(pid: int) -> float:
    """Return the seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the megabytes a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0


def shown(
    seen: Seen, memories: list[float], cpu: float, written: int, settings: str
) -> tuple[str, bool]:
    """Return a table, and whether every bar is met."""
    lines = [settings, "", "| route | answers | median, ms | p95, ms | slowest, ms |", "|---|---|---|---|---|"]  # fmt: skip
    good = not seen.errors
    for name, times in sorted(seen.times.items()):
        ordered = sorted(times)
        median, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
        good = good and median < MEDIAN and p95 < P95
        mark = "" if median < MEDIAN and p95 < P95 else " **above the bar**"
        lines.append(
            f"| {name} | {len(ordered)} | {median:.0f} | {p95:.0f}{mark} | {ordered[-1]:.0f} |"
        )
    every = sorted(itertools.chain.from_iterable(seen.times.values()))
    half = memories[len(memories) // 2 :]
    grown = max(half) / half[0] - 1
    good = good and grown <= GROWTH
    lines += [
        "",
        f"{len(every)} answers, {len(seen.errors)} errors, {written} reports added meanwhile; "
        f"all routes together: median {statistics.median(every):.0f} ms, p95 "
        f"{every[int(0.95 * (len(every) - 1))]:.0f} ms.",
        f"CPU of the server: {1000 * cpu / len(every):.0f} ms an answer, {cpu:.0f} s in all.",
        f"Memory of the server: {memories[0]:.0f} MB at the start, {half[0]:.0f} MB half-way, "
        f"{memories[-1]:.0f} MB at the end.",
        *sorted(set(seen.errors))[:20],
    ]
    return "\n".join(lines) + "\n", good


def main() -> int:
    """Run the load; return whether a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--pause", type=float, default=0.5, help="between two reports added")
    parser.add_argument("--results", type=Path, help="write the table to this file as well")
    wanted = parser.parse_args()
    port, seen, written = free_port(), Seen(), list[str]()
    with served(wanted.archive, port) as pid:
        todo = routes(port)
        number = of(port, "/overview.json")["counts"]["reports"]
        start = spent(pid)
        until = time.monotonic() + 60 * wanted.minutes
        threads = [
            threading.Thread(target=read, args=(port, n, todo, wanted.think, until, seen))
            for n in range(wanted.readers)
        ]
        threads.append(
            threading.Thread(target=write, args=(wanted.archive, until, wanted.pause, written))
        )
        for thread in threads:
            thread.start()
        memories = [memory(pid)]
        while any(thread.is_alive() for thread in threads):
            time.sleep(2)
            memories.append(memory(pid))
        cpu = spent(pid) - start
    with Archive(wanted.archive) as archive:
        for id in written:
            archive.withdraw(id)
    settings = (
        f"{number} reports, {wanted.readers} readers with {wanted.think:g} s between two pages, "
        f"{wanted.minutes:g} minutes."
    )
    table, good = shown(seen, memories, cpu, len(written), settings)
    print(table)
    if wanted.results:
        wanted.results.write_text(table, encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
