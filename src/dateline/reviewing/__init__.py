"""Review: what to look at next, how coders agree, and what the machine got right."""

from dateline.reviewing.agreement import Agreement, agreement, alpha, kappa
from dateline.reviewing.files import export_judgements, import_judgements
from dateline.reviewing.gold import gold_rows
from dateline.reviewing.machine import FieldScore, machine
from dateline.reviewing.queue import ORDERS, Item, Progress, progress, queue

__all__ = [
    "ORDERS",
    "Agreement",
    "FieldScore",
    "Item",
    "Progress",
    "agreement",
    "alpha",
    "export_judgements",
    "gold_rows",
    "import_judgements",
    "kappa",
    "machine",
    "progress",
    "queue",
]
