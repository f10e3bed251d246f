"""One night over the sample web for the tests, and the tables as they stand after it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from bulletins.sample.build import NEXT_DAY, OUTLETS, SAMPLE_WEB
from processing import nightly

WHEN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)

# What may differ between two runs that did the same: the clock, where in which file a record stands, and rows that record
# attempts (fetches, crawls and their files).
CLOCK = {"created_at", "updated_at", "fetched_at", "first_seen_at", "last_seen_at", "loaded_at", "first_loaded_at"}
RUN = {"crawl_id", "fetch_sequence", "sequence"}
RECORDS_OF_ATTEMPTS = {"fetches", "crawls", "crawl_files", "schema_migrations", "schema_views"}


@contextmanager
def environment(home: Path, url: str) -> Iterator[None]:
    """Point the stages at a folder and a database of the test's own."""
    values = {"BULLETINS_HOME": str(home), "BULLETINS_DATABASE_URL": url}
    before = {name: os.environ.get(name) for name in (*values, "BULLETINS_ARCHIVE", "BULLETINS_OUTLETS")}
    for name in before:
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def parameters(*, next_day: bool = False, force: bool = False) -> dict[str, object]:
    """The DAG's parameters for the sample web."""
    return {"outlets": str(OUTLETS), "only": [], "replay": str(NEXT_DAY if next_day else SAMPLE_WEB), "force": force}


def night(name: str, *, next_day: bool = False, force: bool = False, when: dt.datetime = WHEN) -> list[str]:
    """Run every task of `nightly_crawl` over the sample web; returns the crawls' ids. Harmless to call again."""
    params, run = parameters(next_day=next_day, force=force), (name, when)
    slugs = nightly.chosen(params)
    crawl_ids = []
    for slug in slugs:
        crawl_id = nightly.crawl(slug, params, run)
        nightly.clean(slug, crawl_id, params)
        nightly.tag(slug, crawl_id, params)
        nightly.load(slug, crawl_id, params)
        crawl_ids.append(crawl_id)
    nightly.deduplicate()
    nightly.check(slugs, run)
    return crawl_ids


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


if __name__ == "__main__":
    # As a process of its own, so that a test can kill it: python -m tests.nights NAME
    night(sys.argv[1])
