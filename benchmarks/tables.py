"""The tables as they stand, so that two runs can be compared row for row; for benchmarks and tests."""

from __future__ import annotations

import hashlib
from contextlib import closing

import psycopg2

# What may differ between two runs that did the same: the clock, where in which file a record stands, and rows that record
# attempts (fetches, crawls and their files).
CLOCK = {"created_at", "updated_at", "fetched_at", "first_seen_at", "last_seen_at", "loaded_at", "first_loaded_at"}
RUN = {"crawl_id", "fetch_sequence", "sequence"}
RECORDS_OF_ATTEMPTS = {"fetches", "crawls", "crawl_files", "schema_migrations", "schema_views"}


def tables(url: str, *, clock: bool = False) -> dict[str, list[str]]:
    """Return all rows of all tables as sorted texts; without what may differ between two runs unless `clock`."""
    found = {}
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY column_name) FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'news' AND table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1"
        )
        for table, columns in cursor.fetchall():
            if not clock and table in RECORDS_OF_ATTEMPTS:
                continue
            kept = [column for column in columns if clock or column not in CLOCK | RUN]
            cursor.execute(f"SELECT ROW({', '.join(kept)})::text FROM news.{table}")
            found[table] = sorted(row[0] for row in cursor.fetchall())
    return found


def digest(rows: dict[str, list[str]]) -> dict[str, str]:
    """Return a short hash and the number of rows by table, for messages that can be read."""
    return {
        table: f"{len(lines)} rows {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:12]}"
        for table, lines in rows.items()
    }
