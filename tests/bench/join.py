"""The peer of bud-diff: an outer join of two years in DuckDB, two threads.

  python3 join.py OLD NEW OUT
"""
import sys

import duckdb

OLD, NEW, OUT = sys.argv[1:4]
KEY = ["entity", "item", "fund", "function", "economic", "nature", "unit"]
COLUMNS = {k: "VARCHAR" for k in ["type", "kind"] + KEY} | {"year": "INTEGER", "value": "BIGINT", "quantum": "BIGINT"}

db = duckdb.connect()
db.execute("SET threads = 2")
db.execute("SET preserve_insertion_order = false")


def facts(path):
    columns = ", ".join(f"'{k}': '{v}'" for k, v in COLUMNS.items())
    return (f"(SELECT * FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}}) "
            "WHERE type = 'fact' AND kind = 'level')")


on = " AND ".join(f"a.{k} IS NOT DISTINCT FROM b.{k}" for k in KEY)
keys = ", ".join(f"coalesce(a.{k}, b.{k}) AS {k}" for k in KEY)
db.execute(f"""COPY (
    SELECT {keys}, a.year AS from_year, a.value AS from_value, b.year AS to_year, b.value AS to_value,
           b.value - a.value AS delta,
           CASE WHEN a.value > 0 THEN (b.value - a.value)::HUGEINT * 1000000 // a.value END AS growth,
           CASE WHEN a.type IS NULL THEN 'added' WHEN b.type IS NULL THEN 'removed' ELSE 'changed' END AS status
    FROM {facts(OLD)} a FULL JOIN {facts(NEW)} b ON {on}
    WHERE a.value IS DISTINCT FROM b.value
) TO '{OUT}' (FORMAT json)""")
