"""Coded reports to flat tables: Arrow, data frames, CSV and Parquet."""

from dateline.exporting.tables import LAYERS, columns, frame, records_of, rows, table

__all__ = ["LAYERS", "columns", "frame", "records_of", "rows", "table"]
