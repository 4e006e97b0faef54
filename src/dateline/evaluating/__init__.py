"""How right the coder is: a user's gold, or ours, against what was found."""

from dateline.evaluating.bootstrap import Counts, interval
from dateline.evaluating.evaluate import Evaluation, Mistake, Score, evaluate
from dateline.evaluating.floors import Floors
from dateline.evaluating.gold import Gold, read_gold

__all__ = [
    "Counts",
    "Evaluation",
    "Floors",
    "Gold",
    "Mistake",
    "Score",
    "evaluate",
    "interval",
    "read_gold",
]
