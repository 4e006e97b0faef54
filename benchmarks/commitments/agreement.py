"""Compare the kept annotation of commitments with an independent reading of the same sentences.

    python benchmarks/commitments/agreement.py

Alike are two marks whose cues touch. Whether a sentence has a commitment is
compared by Cohen's kappa (Cohen 1960), kind, negation and deadline on the marks
that both have. Needs no gold data: both readings are offsets without text.
"""

from __future__ import annotations

from score import SAMPLES, Bounds, Gold, Mark, read_independent, read_labels

from dateline.reviewing.agreement import kappa


def touch(first: Bounds | None, second: Bounds | None) -> bool:
    """Return whether two bounds share a character, or both are missing."""
    if first is None or second is None:
        return first is second
    return first[0] < second[1] and second[0] < first[1]


def pairs(first: Gold, second: Gold) -> list[tuple[Mark, Mark]]:
    """Return the marks of a sentence that both readings have, each once."""
    left = list(second.marks)
    found = []
    for mark in first.marks:
        other = next((m for m in left if touch(mark.cue, m.cue)), None)
        if other is not None:
            left.remove(other)
            found.append((mark, other))
    return found


def report(sample: str, both: list[tuple[Gold, Gold]]) -> str:
    """Return the agreement on one sample in a few lines."""
    has = [{str(i): str(bool(pair[side].marks)) for i, pair in enumerate(both)} for side in (0, 1)]
    alike = sum(bool(a.marks) == bool(b.marks) for a, b in both)
    matched = [pair for a, b in both for pair in pairs(a, b)]
    counts = [sum(len(pair[side].marks) for pair in both) for side in (0, 1)]
    return "\n".join(
        (
            f"{sample}: {len(both)} sentences",
            f"  a commitment or none: alike in {alike}, kappa {kappa(has[0], has[1]):.3f}",
            f"  marks: {counts[0]} kept, {counts[1]} independent, {len(matched)} alike",
            f"  kind alike in {sum(a.kind == b.kind for a, b in matched)}, "
            f"negation in {sum(a.negated == b.negated for a, b in matched)}, "
            f"deadline in {sum(touch(a.deadline, b.deadline) for a, b in matched)} "
            f"({sum(a.deadline is not None for a, _ in matched)} with one)",
        )
    )


def main() -> None:
    both = list(zip(read_labels(), read_independent(), strict=True))
    for sample in SAMPLES:
        print(report(sample, [pair for pair in both if pair[0].sample == sample]))


if __name__ == "__main__":
    main()
