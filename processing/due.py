"""Hand a spider what the tables know of its outlet: which pages it has, and which of them to visit again.

Which page is due is decided in sql/queries/select_known_pages.sql, one rule with its reasons.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from crawlers.state import KnownFeed, KnownPage, write_state
from processing.database import statement, transaction

_ROWS_AT_A_TIME = 2000


def export_state(
    connection: Connection,
    slug: str,
    path: Path,
    forced: bool = False,
    *,
    now: dt.datetime | None = None,
    erased: Iterable[str] = (),
) -> None:
    """Write the state file of outlet `slug` to `path`, whole or not at all.

    `forced` makes every page due but the erased ones. `now` (aware) is the moment the rule is applied at; by default
    the present. `erased` are keys that the archive knows to be erased, beside those of the table.
    Memory does not grow with the number of pages.
    """
    wanted = {"outlet": slug, "forced": forced, "now": now or dt.datetime.now(dt.UTC), "erased": sorted(erased)}
    with transaction(connection):  # one snapshot for both, and the life of the cursors
        write_state(
            path,
            (KnownPage(**row) for row in _rows(connection, "select_known_pages", wanted)),
            (
                KnownFeed(
                    url=row["first_url"],
                    **{k: row[k] for k in ("etag", "last_modified")},
                    last_full_at=row["fetched_at"],
                )
                for row in _rows(connection, "select_known_feeds", wanted)
            ),
        )


def _rows(connection: Connection, name: str, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a statement's rows from a cursor on the server, so that they are never all here at once."""
    with connection.cursor(name=f"due_{uuid.uuid4().hex}") as cursor:
        cursor.itersize = _ROWS_AT_A_TIME
        cursor.execute(statement(name), parameters)
        for row in cursor:
            yield dict(zip([column.name for column in cursor.description or ()], row, strict=True))


def stale_crawls(connection: Connection, tagger: str) -> list[str]:
    """Return the crawls whose articles were tagged by another version of rules and vocabulary than `tagger`, in order."""
    with transaction(connection) as cursor:
        cursor.execute(statement("list_stale_crawls"), {"tagger": tagger})
        return [row[0] for row in cursor]
