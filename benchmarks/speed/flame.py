"""Draw the samples of ``run.py --folded`` as a flame graph: a static SVG, a tip on each bar.

    python benchmarks/speed/run.py --folded coder.folded
    python benchmarks/speed/flame.py coder.folded benchmarks/speed/flame.svg

A bar is a function, as wide as its share of the samples; those it calls stand on it. Stacks
begin where a report is coded, so that the samples of starting are not drawn.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LETTER = 1200, 17, 6.2
"""Pixels: of the picture, of a bar, of a letter."""
LEAST = 0.002
"""Share of all samples below which a bar is left out."""
ROOT = "dateline/coder.Coder._stream"


@dataclass
class Bar:
    """A function on the stack it was called from."""

    name: str
    samples: int = 0
    above: dict[str, Bar] = field(default_factory=dict)


def read(lines: Iterator[str]) -> Bar:
    """Return the tree of folded stacks, ``a;b;c 12`` a line, from where reports are coded."""
    root = Bar(ROOT)
    for line in lines:
        stack, _, number = line.rpartition(" ")
        names = stack.split(";")
        if ROOT not in names:
            continue
        bar = root
        bar.samples += int(number)
        for name in names[names.index(ROOT) + 1 :]:
            bar = bar.above.setdefault(name, Bar(name))
            bar.samples += int(number)
    return root


def bars(bar: Bar, total: int, left: int = 0, level: int = 0) -> Iterator[tuple[Bar, int, int]]:
    """Yield bars with the samples left of them and their level, callers first."""
    if bar.samples < LEAST * total:
        return
    yield bar, left, level
    for one in sorted(bar.above.values(), key=lambda one: (-one.samples, one.name)):
        yield from bars(one, total, left, level + 1)
        left += one.samples


def drawn(root: Bar) -> str:
    """Return the SVG of a tree."""
    total = root.samples
    found = list(bars(root, total))
    high = (1 + max(level for _, _, level in found)) * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" '
        f'height="{high}" font-family="monospace" font-size="10.5" role="img">',
        f"<title>Where the time of coding goes: {total:,} samples</title>",
        f'<rect width="{WIDTH}" height="{high}" fill="#fff"/>',
    ]
    for bar, left, level in found:
        x, wide = WIDTH * left / total, WIDTH * bar.samples / total
        y = high - (level + 1) * HEIGHT
        letters = int((wide - 4) / LETTER)
        text = bar.name if len(bar.name) <= letters else f"{bar.name[: letters - 1]}…"
        parts.append(
            f'<g><rect x="{x:.1f}" y="{y}" width="{max(wide - 0.5, 0.3):.1f}" height="{HEIGHT - 1}" '
            f'fill="{colour(bar.name)}"><title>{escape(bar.name)}: {bar.samples / total:.1%}</title></rect>'
        )
        if letters > 2:
            parts.append(
                f'<text x="{x + 2:.1f}" y="{y + 12}" pointer-events="none">{escape(text)}</text>'
            )
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def colour(name: str) -> str:
    """Return a light colour of a package, the same every time."""
    number = hashlib.sha256(name.partition("/")[0].encode()).digest()[0]
    return f"hsl({number * 360 // 256} 60% 78%)"


def main() -> None:
    """Draw a file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folded", type=Path)
    options.add_argument("svg", type=Path)
    chosen = options.parse_args()
    with chosen.folded.open(encoding="utf-8") as lines:
        chosen.svg.write_text(drawn(read(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
