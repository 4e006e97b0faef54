"""What coding costs beside the bare spaCy pipeline and other libraries, in one run.

    python benchmarks/speed/run.py                      # writes RESULTS.md; about 15 minutes
    python benchmarks/speed/run.py --most 100000        # the cost curve further
    python benchmarks/speed/run.py --only "The whole" Stages
    python benchmarks/speed/run.py --folded coder.folded   # samples for a flame graph, no tables

Seconds are CPU seconds of one thread, so that other work on the machine changes
little; rounds alternate, so that what changes changes both sides. Texts come from
``DATELINE_EVAL``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import multiprocessing
import os
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

os.environ.setdefault("OMP_NUM_THREADS", "1")

from dateline import Coder, Report
from dateline.defaults import DEFAULT_MODEL
from dateline.language import parse_all
from dateline.parallel import collect_rarely

ROOT = Path(__file__).resolve().parents[2]
LENGTHS = (60, 600, 6_000, 60_000, 200_000, 1_000_000)
"""Characters of a report in the cost curve by length: 10 words to a megabyte."""
TURN = 120
"""Reports that one side codes before the other side's turn comes: batches of 8, 16, 32 and 64."""
SLICE = 0.25
"""Seconds that a process works before the next one's turn comes: long beside what its caches cost to fill."""
SIDES = {
    "spacy": "bare spaCy, batches as it sets them (1,000 texts)",
    "spacy120": "bare spaCy, batches of 120 texts",
    "dateline": "dateline: everything, to JSON",
    "lexicon": "dateline with `--lexicon-only`",
}
"""What is measured side by side on one core, and how the table names it."""
PAIRS = ("one", "two", "one spacy", "two spacy")
"""What is measured side by side by the clock: the coder and bare spaCy, in one process and in two."""


def corpus() -> list[str]:
    """Return the texts of the news corpus, spread over its sections."""
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
    path = folder / "text" / "corpus_bbc2225.jsonl"
    if not path.exists():
        sys.exit(f"no corpus at {path}; set DATELINE_EVAL to the folder with the gold data")
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    return [text for start in range(37) for text in texts[start::37]]


def reports(texts: Iterable[str]) -> list[Report]:
    return [Report(id=str(n), text=text) for n, text in enumerate(texts)]


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@cache
def bare_spacy() -> Language:
    """Return the pipeline as spaCy loads it."""
    return spacy.load(DEFAULT_MODEL)


def drain(work: Iterable[object]) -> None:
    for _ in work:
        pass


def beside_spacy(texts: list[str], rounds: int) -> Iterator[str]:
    """Yield the table of the whole coder beside bare spaCy, with and without the event model.

    Each has a process of its own and does all of the work in one go. They take turns of a
    quarter of a second on one core, so that what slows the machine slows all of them alike:
    the same program twice in one round differs by less than a hundredth.
    """
    words = sum(len(text.split()) for text in texts)
    runs = [in_slices(list(SIDES), len(texts)) for _ in range(rounds)]
    yield f"| {len(texts)} reports, {words:,} words | reports/s | words/s | ratio | peak memory |"
    yield "|---|---|---|---|---|"
    for n, name in enumerate(SIDES.values()):
        best = min(run[n].cpu for run in runs)
        factor = statistics.median(run[n].cpu / run[0].cpu for run in runs)
        peak = min(run[n].peak for run in runs)
        yield (
            f"| {name} | {len(texts) / best:.1f} | {words / best:,.0f} | {factor:.3f} | {peak:,.0f} MB |"
        )
    yield ""
    for n, name in enumerate(SIDES.values()):
        each = ", ".join(f"{run[n].cpu / run[0].cpu:.3f} ({run[n].cpu:.1f} s)" for run in runs)
        yield f"- {name}, each round: {each}."
    yield f"\nThe machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."


class Spent(NamedTuple):
    """What a side took for its work, without loading."""

    cpu: float
    """CPU seconds of its first process."""
    wall: float
    """Seconds by the clock while it had its turn."""
    peak: float
    """Peak memory of its first process in MB."""


def in_slices(kinds: list[str], number: int, turn: float = SLICE) -> list[Spent]:
    """Return what each kind of work takes; they run one at a time, and are stopped and let go on in turn."""
    command = [sys.executable, __file__, "--reports", str(number), "--alone"]
    hands = []
    for kind in kinds:
        hand = subprocess.Popen([*command, kind], stdout=subprocess.PIPE, start_new_session=True)
        os.waitid(os.P_PID, hand.pid, os.WSTOPPED)  # loaded
        hands.append(hand)
    going, wall = list(hands), dict.fromkeys(hands, 0.0)
    while going:
        for hand in list(going):
            start = time.perf_counter()
            os.killpg(hand.pid, signal.SIGCONT)
            try:
                hand.wait(turn)
                going.remove(hand)
            except subprocess.TimeoutExpired:
                os.killpg(hand.pid, signal.SIGSTOP)
            wall[hand] += time.perf_counter() - start
    found = []
    for kind, hand in zip(kinds, hands, strict=True):
        told = hand.communicate()[0].split()
        if hand.returncode:
            sys.exit(f"the work of {kind!r} ended with {hand.returncode}")
        found.append(Spent(float(told[-2]), wall[hand], float(told[-1])))
    return found


def work_alone(kind: str, texts: list[str]) -> None:
    """Load, stop until the parent lets go on, work, and print CPU seconds and peak memory."""
    collect_rarely()
    coder = None if "spacy" in kind else Coder(event_model=kind != "lexicon")
    number = 2 if kind.startswith("two") else 1

    def work(some: list[str]) -> None:
        if kind in PAIRS and coder is None:
            in_halves(some, number)
        elif coder is None:
            drain(bare_spacy().pipe(some, batch_size=None if kind == "spacy" else TURN))
        else:
            drain(one.to_json() for one in coder.stream(reports(some), processes=number))

    if coder is None:
        drain(bare_spacy().pipe(texts[:1]))
    work(texts[:1])
    if kind not in PAIRS:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.kill(os.getpid(), signal.SIGSTOP)
    print(cpu(lambda: work(texts)), _peak())


def stages(coder: Coder, texts: list[str]) -> Iterator[str]:
    """Yield what each stage costs, as a share of bare spaCy on the same texts."""
    spent: dict[str, float] = defaultdict(float)
    for start in range(0, len(texts), TURN):
        part, docs = texts[start : start + TURN], list[object]()
        spent["bare"] += cpu(lambda part=part: drain(bare_spacy().pipe(part)))  # type: ignore[misc]
        name = "cleaning and parse, paragraph by paragraph"
        made = reports(part)
        spent[name] += cpu(lambda made=made, docs=docs: docs.extend(parse_all(made, coder.nlp)))  # type: ignore[misc]
        for stage in coder.stages:
            spent[stage.name] += cpu(lambda stage=stage, docs=docs: drain(map(stage, docs)))  # type: ignore[misc]
    yield "| stage | share of bare spaCy |\n|---|---|"
    bare = spent.pop("bare")
    for name, seconds in spent.items():
        yield f"| {name} | {seconds / bare:.1%} |"


def peers(coder: Coder, texts: list[str], others: list[str]) -> Iterator[str]:
    """Yield the cost of a stage beside libraries that do a like task, where they are installed.

    The whole coder takes ``others``: of texts that it knows it remembers what the model said.
    """
    docs = list(parse_all(reports(texts), coder.nlp))
    own = {stage.name: cpu(lambda stage=stage: drain(map(stage, docs))) for stage in coder.stages}  # type: ignore[misc]
    yield "| task | dateline's stage | library | ratio |\n|---|---|---|---|"
    for task, name, run in (
        ("times", "dateparser (search_dates)", _dateparser),
        ("quantities", "quantulum3", _quantulum),
    ):
        try:
            run(texts[:1])
            spent = cpu(lambda run=run: run(texts))  # type: ignore[misc]
        except ImportError:
            yield f"| {task} | {own[task]:.2f} s | {name}: not installed | |"
            continue
        yield f"| {task} | {own[task]:.2f} s | {name}: {spent:.2f} s | {spent / own[task]:.0f} × |"
    pages = [
        f"<html><head><title>News</title></head><body><nav>Home</nav><article>{''.join(f'<p>{p}</p>' for p in t.splitlines())}</article></body></html>"
        for t in texts
    ]
    third = len(pages) // 3  # trafilatura remembers pages, and loads much for its first ones
    _trafilatura(pages[:third])
    alone = cpu(lambda: _trafilatura(pages[third : 2 * third]))
    whole = cpu(lambda: _read(pages[2 * third : 3 * third]))
    yield (
        f"| reading HTML | {whole:.2f} s | trafilatura alone: {alone:.2f} s | "
        f"{alone / whole:.2f} × |"
    )
    yield from _coders(coder, others)
    yield "\nThe stages read a parse, which is not counted here; the libraries read plain text."


def _coders(coder: Coder, texts: list[str]) -> Iterator[str]:
    """Yield the row of the whole coder beside triples of subject, verb and object on bare spaCy."""
    spent = cpu(lambda: drain(coder.stream(reports(texts))))
    name = "spaCy with textacy's triples of subject, verb and object"
    try:
        from textacy.extract import subject_verb_object_triples as triples
    except ImportError:
        yield f"| who did what to whom | {spent:.2f} s (whole coder) | {name}: not installed | |"
        return
    drain(bare_spacy().pipe(texts[:1]))
    found = cpu(lambda: [list(triples(doc)) for doc in bare_spacy().pipe(texts)])
    yield (
        f"| who did what to whom | {spent:.2f} s (whole coder, with the parse) "
        f"| {name}: {found:.2f} s | {found / spent:.2f} × |"
    )


def _dateparser(texts: list[str]) -> None:
    from dateparser.search import search_dates

    for text in texts:
        search_dates(text, languages=["en"])


def _quantulum(texts: list[str]) -> None:
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its pickled classifier needs one version of scikit-learn
    for text in texts:
        parser.parse(text)


def _trafilatura(pages: list[str]) -> None:
    import trafilatura

    for page in pages:
        trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, include_tables=False
        )


def _read(pages: list[str]) -> None:
    from dateline.reading.documents import read_html

    for page in pages:
        read_html(page.encode())


def by_number(coder: Coder, texts: list[str], most: int) -> Iterator[str]:
    """Yield the cost curve over the number of reports."""
    yield "| reports | seconds | a report, ms | slope | memory now, MB |\n|---|---|---|---|---|"
    before: tuple[int, float] | None = None
    number = 1
    while number <= most:
        some = itertools.islice(itertools.cycle(texts), number)
        made = (Report(id=str(n), text=text) for n, text in enumerate(some))
        spent = cpu(lambda made=made: drain(coder.stream(made)))  # type: ignore[misc]
        slope = _slope(before, number, spent)
        yield f"| {number:,} | {spent:.2f} | {1000 * spent / number:.0f} | {slope} | {_now():,.0f} |"
        before, number = (number, spent), number * 10


def by_length(coder: Coder, texts: list[str]) -> Iterator[str]:
    """Yield the cost curve over the length of one report."""
    text = "\n\n".join(texts)
    text = text * (1 + LENGTHS[-1] // len(text))
    yield "| characters | seconds | a thousand characters, ms | slope |\n|---|---|---|---|"
    before: tuple[int, float] | None = None
    for length in LENGTHS:
        part = text[:length]
        times = 5 if length < 10_000 else 1
        spent = cpu(lambda part=part, times=times: [coder.code(part) for _ in range(times)]) / times  # type: ignore[misc]
        slope = _slope(before, length, spent)
        yield f"| {length:,} | {spent:.3f} | {1e6 * spent / length:.0f} | {slope} |"
        before = (length, spent)


def _slope(before: tuple[int, float] | None, size: int, spent: float) -> str:
    """Return the exponent by which the cost grew: 1 is in proportion, 2 is the square."""
    if before is None:
        return ""
    return f"{math.log(spent / before[1]) / math.log(size / before[0]):.2f}"


def _peak() -> float:
    """Return this process's peak memory in MB; ``ru_maxrss`` would count its parent's as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _now() -> float:
    status = Path("/proc/self/statm")
    if not status.exists():
        return float("nan")
    return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6


def processes(texts: list[str], rounds: int) -> Iterator[str]:
    """Yield wall-clock seconds in one process and in two; the models are loaded before.

    They take turns as the whole coder does, with both cores for each. Beside them stands bare spaCy,
    whose processes have half of the texts each and send nothing back: what the machine gives.
    """
    runs = [[one.wall for one in in_slices(list(PAIRS), len(texts), 1.0)] for _ in range(rounds)]
    yield f"| {len(texts)} reports | one process | two | ratio |\n|---|---|---|---|"
    for run in runs:
        one, two, bare, halved = run
        yield f"| bare spaCy | {bare:.1f} s | {halved:.1f} s | {bare / halved:.2f} × |"
        yield f"| dateline | {one:.1f} s | {two:.1f} s | {one / two:.2f} × |"
    yield f"\nThe machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."


def in_halves(texts: list[str], number: int) -> None:
    """Annotate with bare spaCy, the texts dealt out to ``number`` processes."""
    fork = multiprocessing.get_context("fork")
    hands = [
        fork.Process(target=drain, args=(bare_spacy().pipe(texts[first::number], batch_size=TURN),))
        for first in range(number)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def start_up() -> Iterator[str]:
    """Yield the seconds from starting a process to its first coded report."""
    command = [sys.executable, "-m", "dateline", "code", "-", "--format", "jsonl"]
    # As after an installation: with the compiled modules that pip leaves behind.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    spent, wall = [], []
    for _ in range(4):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            command, input="Police arrested 12 protesters in Lyon on Monday.", text=True,
            check=True, capture_output=True, env=kept,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - start)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    yield (
        f"From starting `dateline code` to the end of its first report: {min(spent):.2f} s of CPU, "
        f"{min(wall):.2f} s by the clock (best of 4)."
    )


def folded(coder: Coder, texts: list[str], path: Path) -> None:
    """Sample the stack a few hundred times a second and write it as flame graph tools read it."""
    seen: Counter[str] = Counter()
    main, over = threading.get_ident(), threading.Event()

    def sample() -> None:
        while not over.wait(0.003):
            frame, names = sys._current_frames().get(main), list[str]()
            while frame is not None:
                path = Path(frame.f_code.co_filename)
                names.append(f"{path.parent.name}/{path.stem}.{frame.f_code.co_qualname}")
                frame = frame.f_back
            seen[";".join(reversed(names))] += 1

    watcher = threading.Thread(target=sample, daemon=True)
    watcher.start()
    drain(coder.stream(reports(texts)))
    over.set()
    watcher.join()
    path.write_text("".join(f"{stack} {n}\n" for stack, n in sorted(seen.items())))


def main() -> None:
    """Write the results, or do the part that an option names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--most", type=int, default=10_000, help="reports in the cost curve")
    options.add_argument(
        "--characters", type=int, help="of each report in the cost curve, from its start; all else"
    )
    options.add_argument("--output", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    options.add_argument("--folded", type=Path)
    options.add_argument("--lexicon-only", action="store_true", help="leave the event model out")
    options.add_argument("--only", nargs="+", help="first words of the titles of the parts to do")
    options.add_argument(
        "--alone", choices=(*SIDES, *PAIRS), help="do one side's work, for the others"
    )
    chosen = options.parse_args()
    everything = corpus()
    texts = everything[: chosen.reports]
    if chosen.alone:
        work_alone(chosen.alone, texts)
        return
    collect_rarely()  # as the command line does
    coder = Coder(event_model=not chosen.lexicon_only)
    drain(coder.stream(reports(texts[:30])))
    if chosen.folded:
        folded(coder, texts, chosen.folded)
        return
    leads = [text[: chosen.characters] for text in everything]
    parts = {
        "The whole coder": beside_spacy(texts, chosen.rounds),
        "Stages": stages(coder, texts),
        "Parts beside other libraries": peers(coder, everything[-60:], everything[-180:-60]),
        "By number of reports": by_number(coder, leads, chosen.most),
        "By length of a report": by_length(coder, everything),
        "Two processes": processes(texts, chosen.rounds),
        "The first result": start_up(),
    }
    command = " ".join(["python benchmarks/speed/run.py", *sys.argv[1:]])
    lines = [
        "# Speed: figures\n",
        f"Made by `{command}`, without a graphics card. Seconds are CPU seconds of one thread if not\n"
        "said otherwise; the ratios count, not the seconds.\n",
    ]
    for title, part in parts.items():
        if chosen.only and not title.startswith(tuple(chosen.only)):
            continue
        print(f"\n## {title}\n", flush=True)
        lines.append(f"\n## {title}\n")
        for line in part:
            print(line, flush=True)
            lines.append(line)
    chosen.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
