"""Coding on a cluster: one pure function from Arrow to Arrow, and the Spark job around it.

``code_batches`` knows nothing of Spark: any engine that hands out Arrow record
batches can call it (Spark's ``mapInArrow``, Ray's and Dask's maps over Arrow).
"""

from dateline.cluster.batches import CODED, code_batches, code_table

__all__ = ["CODED", "code_batches", "code_table"]
