"""``dateline evaluate``: how right the coder is on gold of yours, or of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli import options

if TYPE_CHECKING:
    from dateline.evaluating import Evaluation

EXAMPLES = {
    "evaluate": "Examples: `dateline evaluate gold.jsonl` · "
    "`dateline evaluate gold.jsonl --coded coded.jsonl --mistakes 20`",
}


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold reports, JSON lines.", exists=True)],
    coded: Annotated[
        Path | None,
        typer.Option(
            "--coded", help="Output of `dateline code` on the same texts; else coded now."
        ),
    ] = None,
    mistakes: Annotated[
        int, typer.Option("--mistakes", "-m", min=0, help="Mistakes to list a layer.")
    ] = 0,
    floor: Annotated[
        Path | None, typer.Option("--floor", help="File of lowest scores; exit code 1 below one.")
    ] = None,
    set_floor: Annotated[
        bool, typer.Option("--set-floor", help="Set the floors to today's scores.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why a floor may sink, or the gold has changed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Scores as JSON.")] = False,
    model: options.Model = options.DEFAULT,
) -> None:
    """Score coded reports against gold ones: precision, recall, F1 and its 95 % interval."""
    from dateline.evaluating import Floors, read_gold
    from dateline.evaluating.evaluate import evaluate as score
    from dateline.evaluating.floors import digest
    from dateline.evaluating.pairs import pairs

    made = score(pairs(list(read_gold(gold)), coded, model))
    if as_json:
        typer.echo(json.dumps(rows(made), indent=2))
    else:
        _show(made, mistakes)
    if floor is None:
        return
    floors = Floors.read(floor) if floor.exists() else Floors(digest(gold), {})
    if set_floor:
        floors.moved(gold, made.f1(), reason).write(floor)
        return
    problems = floors.problems(gold, made.f1())
    for problem in problems:
        typer.secho(f"dateline: {problem}", err=True, fg="red")
    if problems:
        raise typer.Exit(1)


def rows(made: Evaluation) -> list[dict[str, object]]:
    """Return the scores as plain rows."""
    return [
        {
            "layer": score.layer,
            "measure": score.measure,
            "precision": round(score.counts.precision, 4),
            "recall": round(score.counts.recall, 4),
            "f1": round(score.counts.f1, 4),
            "low": round(score.low, 4),
            "high": round(score.high, 4),
            "gold": score.counts.right + score.counts.missed,
            "reports": score.reports,
        }
        for score in made.scores
    ]


def _show(made: Evaluation, mistakes: int) -> None:
    console = Console()
    table = Table(box=None)
    for name in ("layer", "measure", "precision", "recall", "F1", "95 %", "gold", "reports"):
        table.add_column(name, justify="left" if name in ("layer", "measure") else "right")
    for row in rows(made):
        figures = [f"{row[name]:.3f}" for name in ("precision", "recall", "f1")]
        span = f"{row['low']:.3f}–{row['high']:.3f}"
        table.add_row(
            str(row["layer"]),
            str(row["measure"]),
            *figures,
            span,
            str(row["gold"]),
            str(row["reports"]),
        )
    console.print(table)
    for layer in dict.fromkeys(score.layer for score in made.scores):
        for wrong in [one for one in made.mistakes if one.layer == layer][:mistakes]:
            said = (
                f"{wrong.field} {wrong.gold} ← {wrong.found}"
                if wrong.kind == "wrong"
                else wrong.gold
            )
            line = Text(f"{layer} {wrong.kind} {said} [{wrong.report}] {wrong.context}")
            console.print(line, soft_wrap=True)
