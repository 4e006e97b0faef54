"""Copies and stories over a whole corpus on Spark, the same as ``dateline.merging`` finds.

Copies: every report is sketched (MinHash); reports whose sketches agree in one of
42 bands are compared. Spark's own ``MinHashLSH`` has bands of one row only, so
that on news it compares every pair with a common phrase, and its shares are not
those of the local run; the sketches here are the local ones. Stories: reports
that share a heavy term are compared, chains of alike reports form blocks, and
each block is clustered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from dateline.cluster.batches import Batches
from dateline.merging.cluster import average_linkage
from dateline.merging.duplicates import BANDS, PERMUTATIONS, sketched
from dateline.merging.duplicates import THRESHOLD as COPY
from dateline.merging.stories import CROWDED, FAINTEST, Item, alike, heaviest, item
from dateline.merging.stories import THRESHOLD as STORY

ROWS_A_BAND = PERMUTATIONS // BANDS
SKETCHES = pa.schema([("id", pa.string()), ("key", pa.binary()), ("digest", pa.list_(pa.int64()))])
BANDED = pa.schema([("id", pa.string()), ("band", pa.binary())])
PAIRS = pa.schema([("first", pa.string()), ("second", pa.string()), ("share", pa.float64())])
ITEMS = pa.schema([("id", pa.string()), ("published", pa.string()), ("terms", pa.string())])
STORIES = pa.schema([("story", pa.string()), ("id", pa.string())])
SPARK = {
    "sketches": "id string, key binary, digest array<bigint>",
    "banded": "id string, band binary",
    "pairs": "first string, second string, share double",
    "items": "id string, published string, terms string",
    "stories": "story string, id string",
}
MOST_ROUNDS = 60
"""Rounds in which a smallest id travels along a chain; longer chains do not come up."""


def duplicates(coded: Any) -> Any:
    """Return the pairs of copies: ``first``, ``second`` (ids) and the ``share`` they have in common.

    ``coded``: a data frame with ``id`` and ``text``, an id once.
    """
    from pyspark.sql import functions as F  # noqa: N812 (its usual name)

    sketches = coded.select("id", "text").mapInArrow(_sketch, SPARK["sketches"]).cache()
    banded = sketches.mapInArrow(_bands, SPARK["banded"])
    other = banded.withColumnRenamed("id", "second")
    near = banded.withColumnRenamed("id", "first").join(other, "band")
    near = near.where("first < second").select("first", "second").distinct()
    left = sketches.select(
        F.col("id").alias("first"), F.col("digest").alias("a"), F.col("key").alias("k")
    )
    right = sketches.select(
        F.col("id").alias("second"), F.col("digest").alias("b"), F.col("key").alias("l")
    )
    found = near.join(left, "first").join(right, "second")
    return found.mapInArrow(_shares, SPARK["pairs"])


def _sketch(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            key, sketch = sketched(row["text"])
            digest = np.asarray(sketch.digest(), dtype=np.uint64) if sketch is not None else None
            rows.append(
                {
                    "id": row["id"],
                    "key": key,
                    "digest": None if digest is None else digest.view(np.int64).tolist(),
                }
            )
        yield pa.RecordBatch.from_pylist(rows, schema=SKETCHES)


def _bands(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yield a row for each band of a sketch, and one for the very same words."""
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            rows.append({"id": row["id"], "band": row["key"]})
            if row["digest"] is None:
                continue
            digest = np.asarray(row["digest"], dtype=np.int64)
            for band in range(BANDS):
                part = digest[band * ROWS_A_BAND : (band + 1) * ROWS_A_BAND]
                rows.append({"id": row["id"], "band": bytes([band]) + part.tobytes()})
        yield pa.RecordBatch.from_pylist(rows, schema=BANDED)


def _shares(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            share = 1.0 if row["k"] == row["l"] else _share(row["a"], row["b"])
            if share >= COPY:
                rows.append({"first": row["first"], "second": row["second"], "share": share})
        yield pa.RecordBatch.from_pylist(rows, schema=PAIRS)


def _share(first: list[int] | None, second: list[int] | None) -> float:
    if first is None or second is None:
        return 0.0
    share = float(np.mean(np.asarray(first) == np.asarray(second)))
    return round(share, 3) if share >= COPY else 0.0


def told(coded: Any) -> Any:
    """Return the stories: ``story`` (its smallest id) and ``id`` of each report in it.

    ``coded``: a data frame with ``id``, ``text``, ``title`` and ``published``, an id once.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F  # noqa: N812

    items = (
        coded.select("id", "text", "title", "published").mapInArrow(_items, SPARK["items"]).cache()
    )
    terms = items.mapInArrow(_heaviest, "id string, term string")
    order = Window.partitionBy("term").orderBy("id")
    terms = terms.withColumn("rank", F.row_number().over(order)).where(F.col("rank") <= CROWDED + 1)
    other = terms.select(F.col("id").alias("second"), "term")
    near = terms.select(F.col("id").alias("first"), "term").join(other, "term")
    near = near.where("first < second").select("first", "second").distinct()
    left = items.select(
        F.col("id").alias("first"), F.col("terms").alias("a"), F.col("published").alias("p")
    )
    right = items.select(
        F.col("id").alias("second"), F.col("terms").alias("b"), F.col("published").alias("q")
    )
    pairs = (
        near.join(left, "first").join(right, "second").mapInArrow(_likeness, SPARK["pairs"]).cache()
    )
    blocks = components(items.select("id"), pairs)
    inside = pairs.join(blocks.select(F.col("id").alias("first"), "block"), "first")
    alone = blocks.select(
        "block", F.col("id").alias("first"), F.lit(None).cast("string").alias("second")
    )
    alone = alone.withColumn("share", F.lit(0.0))
    rows = inside.select("block", "first", "second", "share").unionByName(alone)
    return rows.groupBy("block").applyInArrow(_clustered, SPARK["stories"])


def _items(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            made = item(row["id"], row["text"], title=row["title"], published=row["published"])
            rows.append(
                {
                    "id": made.id,
                    "published": made.published.isoformat() if made.published else None,
                    "terms": json.dumps(made.terms, ensure_ascii=False),
                }
            )
        yield pa.RecordBatch.from_pylist(rows, schema=ITEMS)


def _heaviest(batches: Batches) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([("id", pa.string()), ("term", pa.string())])
    for batch in batches:
        rows = [
            {"id": row["id"], "term": term}
            for row in batch.to_pylist()
            for term in heaviest(json.loads(row["terms"]))
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _likeness(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            first = Item(row["first"], _day(row["p"]), json.loads(row["a"]))
            second = Item(row["second"], _day(row["q"]), json.loads(row["b"]))
            value = alike(first, second)
            if value >= FAINTEST:
                rows.append({"first": first.id, "second": second.id, "share": round(value, 6)})
        yield pa.RecordBatch.from_pylist(rows, schema=PAIRS)


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None


def components(ids: Any, pairs: Any) -> Any:
    """Return ``id`` and ``block``, the smallest id that a chain of pairs joins it to."""
    from pyspark.sql import functions as F  # noqa: N812

    both = (
        pairs.select(F.col("first").alias("id"), F.col("second").alias("near"))
        .union(pairs.select(F.col("second").alias("id"), F.col("first").alias("near")))
        .cache()
    )
    blocks = ids.withColumn("block", F.col("id"))
    for _ in range(MOST_ROUNDS):
        near = both.join(blocks.select(F.col("id").alias("near"), "block"), "near")
        lower = near.groupBy("id").agg(F.min("block").alias("lower"))
        moved = (
            blocks.join(lower, "id", "left")
            .select(
                "id",
                F.least("block", F.coalesce("lower", "block")).alias("block"),
                (F.col("lower") < F.col("block")).alias("moved"),
            )
            .localCheckpoint()
        )
        blocks = moved.select("id", "block")
        if moved.where("moved").limit(1).count() == 0:
            return blocks
    return blocks


def _clustered(table: pa.Table) -> pa.Table:
    """Cluster one block; a row without a second id names a report of the block."""
    rows = table.select(["first", "second", "share"]).to_pylist()
    ids = [row["first"] for row in rows if row["second"] is None]
    likeness = {(r["first"], r["second"]): r["share"] for r in rows if r["second"] is not None}
    found = average_linkage(ids, likeness, STORY)
    named = [{"story": story[0], "id": id} for story in found for id in story]
    return pa.Table.from_pylist(named, schema=STORIES)


def write_merged(spark: Any, output: str) -> tuple[int, int]:
    """Write copies and stories of a job's output; return the numbers of pairs and of stories.

    A report whose id comes again counts once, as it stands in the first source by name.
    """
    from pyspark.sql import functions as F  # noqa: N812

    from dateline.cluster.job import read_output

    coded = read_output(spark, output).where("record is not null")
    first = coded.groupBy("id").agg(
        F.min_by(F.struct("text", "title", "published"), "source").alias("r")
    )
    once = first.select("id", "r.text", "r.title", "r.published").cache()
    counts = []
    for name, found in (("duplicates", duplicates(once)), ("stories", told(once))):
        path = f"{output.rstrip('/')}/{name}"
        found.write.mode("overwrite").option("compression", "zstd").parquet(path)
        written = spark.read.parquet(path)
        counts.append(
            written.count() if name == "duplicates" else written.select("story").distinct().count()
        )
    return counts[0], counts[1]
