"""All journals by year, computed by pandas, polars or DuckDB from a CSV of the same rows: run by bench_reports."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


def peak_memory() -> int:
    """The most memory that this process held, in MB. (`ru_maxrss` would count the parent's too.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def by_pandas(path: str) -> Any:
    import pandas as pd

    rows = pd.read_csv(path, dtype={"metric": "category", "days": "int32", "journal_id": "int16"})
    rows["year"] = rows["ended_on"].str[:4].astype("int16")
    together = rows.groupby(["metric", "year"], observed=True)["days"]
    of_one = rows[rows["metric"] == "first_decision"].groupby(["journal_id", "year"])["days"]
    figures = ["count", "mean", "median", "min", "max"]
    return [groups.agg(figures).join(groups.quantile([0.8]).unstack()) for groups in (together, of_one)]


def by_polars(path: str) -> Any:
    import polars as pl

    rows = pl.scan_csv(path).with_columns(year=pl.col("ended_on").str.slice(0, 4).cast(pl.Int16))
    days = pl.col("days")
    figures = [
        pl.len().alias("n"), days.mean().alias("mean"), days.median().alias("median"), days.min().alias("min"),
        days.max().alias("max"), days.quantile(0.8, "higher").alias("p80"),
    ]  # fmt: skip
    one = rows.filter(pl.col("metric") == "first_decision").group_by("journal_id", "year").agg(figures)
    return pl.collect_all([rows.group_by("metric", "year").agg(figures), one])


def by_duckdb(path: str) -> Any:
    import duckdb

    figures = "count(*), avg(days), median(days), min(days), max(days), quantile_disc(days, 0.8)"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE rows AS SELECT *, year(ended_on) AS year FROM read_csv(?)", [path])
    whole = connection.execute(f"SELECT metric, year, {figures} FROM rows GROUP BY ALL").fetchall()
    one = f"SELECT journal_id, year, {figures} FROM rows WHERE metric = 'first_decision' GROUP BY ALL"
    return whole, connection.execute(one).fetchall()


if __name__ == "__main__":
    compute = {"pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb}[sys.argv[1]]
    started = time.perf_counter()
    compute(sys.argv[2])
    taken = 1000 * (time.perf_counter() - started)
    print(json.dumps({"ms": taken, "memory": peak_memory()}))
