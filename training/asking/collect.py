"""Collect what ``dateline.events.asking`` learns from: what the event model says where it is asked.

    python training/asking/collect.py FILE

The reports of the development sets and a ninth of the news corpus are coded with every question
asked; no mark of a set is read. A line each question: the report it stands in, its features, and
whether the model finds a political event in it, as far as the one who asks goes by it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training" / "event_model"))

from spacy.tokens import Token  # noqa: E402

import data  # noqa: E402
from dateline import Coder, Report  # noqa: E402
from dateline.events import unlisted  # noqa: E402
from dateline.events.asking import PROMISING, SETTLED, Asking  # noqa: E402
from dateline.events.lexicon import load_lexicon  # noqa: E402
from dateline.events.model import Judge, Prediction  # noqa: E402
from dateline.events.proposals import load_table  # noqa: E402
from dateline.records import Participant  # noqa: E402

SETS = (
    "places/geo_lgl_dev", "merging/news_clusters_dev", "times/timex_timebank",
    "events/event_muc4_dev", "statements/quote_polnear_dev", "events/event_5w1h_dev",
)  # fmt: skip
NEWS, NINTH = "text/corpus_bbc2225", 9
ASKED: dict[int, Everything] = {}
"""By the number of the word, the last question about it."""


class Everything(Asking):
    """Lets every question be asked."""

    def __init__(self, token: Token, use: str, type: str = "") -> None:
        super().__init__(token, use, type)
        self.use = use
        ASKED[token.i] = self

    def chance(self, actor: Participant | None, recipient: Participant | None) -> float:
        """Return a chance at which the model is asked, and asked about other pairs."""
        return (PROMISING + SETTLED) / 2


def texts() -> Iterator[str]:
    """Yield the text of each report."""
    for name in SETS:
        for row in data.rows(f"{name}.jsonl"):
            if text := row.get("text") or row.get("body"):
                yield text
    yield from (row["text"] for row in data.rows(f"{NEWS}.jsonl")[7::NINTH])


def finds(said: Prediction, use: str, token: Token) -> bool:
    """Tell whether an answer is a yes to who asks."""
    if use != "find":
        return said.relevant >= unlisted.FILLING
    daily = token.lemma_.lower() in load_lexicon().classes["EVERYDAY"]
    return said.relevant * said.confidence >= (unlisted.EVERYDAY if daily else load_table().floor)


def main(out: Path) -> None:
    """Code the reports and write the rows."""
    ask, number = unlisted._said, 0

    def said(
        judge: Judge, token: Token, actor: Participant | None, recipient: Participant | None
    ) -> Prediction:
        answer = ask(judge, token, actor, recipient)
        one = ASKED[token.i]
        row = {
            "report": number,
            "use": one.use,
            "features": one.features(actor, recipient),
            "yes": finds(answer, one.use, token),
        }
        lines.write(json.dumps(row) + "\n")
        return answer

    unlisted._said, unlisted.Asking = said, Everything  # type: ignore[misc]
    coder = Coder()
    with out.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(texts()):
            coder.code(Report(id=str(number), text=text))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
