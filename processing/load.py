"""Load one crawl into the tables, in one transaction; the same crawl loaded again changes nothing.

Records arrive in staging tables by COPY and are merged by one statement per table, each of which leaves out what is
there already: on 10,000 known rows that costs a third of what ON CONFLICT alone costs, because a rejected row's search
index is never computed. The statements are files in sql/queries; this module says in which order they run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import psycopg2
from psycopg2 import errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from crawlers.records import BulletinsError, Fetch, LinkFate, Manifest, Page
from processing import deduplicate, relate
from processing.database import (
    LOCK_DEDUPLICATE,
    LOCK_LOAD,
    LOCK_RELATE,
    lock_transaction,
    statement,
    transaction,
)
from processing.noise import Printed, is_same_text
from processing.records import Article, DateOrigin, Profile, Quarantine, Rejection, Tag
from processing.reference import load_outlets, load_reference
from processing.same_event import Report
from processing.staging import (
    Staging,
    article_row,
    fetch_row,
    link_row,
    part_rows,
    profile_row,
    rejection_row,
    report_row,
    tag_row,
    version_id,
)
from processing.statements.records import Statement
from processing.statements.rows import statement_rows

__all__ = ["ERASED", "LinkOutcome", "LoadCounts", "LoadError", "load_crawl", "load_outlets", "load_reference"]

ERASED = "erased"  # the reason of a link whose page must never be loaded again (table erasures)

Entries = Callable[[], Iterable[Fetch | LinkFate | Page]]
Results = Callable[[], Iterable[Article | Rejection]]
Tags = Callable[[], Iterable[Tag | Profile | Statement | Report]]

_ATTEMPTS = 5
_MERGE = (  # in this order: what a statement refers to is there before it
    "stage_left",
    "insert_fetches",
    "insert_articles",
    "update_fetches_articles",
    "insert_article_versions",
    "delete_left_versions",
    "update_versions_metadata",
    "stage_confirmed",
    "update_versions_seen",
    "update_version_numbers",
    "delete_stale_tags",
    "insert_tags",
    "delete_stale_article_parts",
    "insert_article_parts",
    "delete_stale_statements",
    "insert_statements",
    "insert_statement_roles",
    "insert_statement_sites",
    "insert_statement_numbers",
    "insert_statement_citations",
    "delete_stale_reports",
    "insert_reports",
    "delete_stale_rejections",
    "insert_rejections",
    "stage_current",
    "update_articles_text",
    "update_articles",
    "stage_link_outcomes",
    "insert_links",
    "update_links",
)


class LoadError(BulletinsError):
    """Records that contradict one another or the tables; nothing of the crawl was loaded."""


class LinkOutcome(StrEnum):
    """What became of a link in the end. The only values of `links.outcome`."""

    LOADED_NEW = "loaded_new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    ALREADY_KNOWN = "already_known"
    DUPLICATE_LINK = "duplicate_link"
    NOT_MODIFIED = "not_modified"
    REJECTED = "rejected"
    ROBOTS_DENIED = "robots_denied"
    FETCH_FAILED = "fetch_failed"
    QUARANTINED = "quarantined"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """One crawl's accounting as it stands in the tables, and what this load wrote to get there."""

    discovered: int  # links, as the manifest says
    outcomes: dict[str, int]  # links by LinkOutcome; all of them, also the zeros
    reasons: dict[str, int]  # links by "<outcome> <reason>", where there is a reason
    written: dict[str, int] = field(default_factory=dict)  # rows by statement; empty when nothing changed
    mended: int = 0  # characters that Postgres cannot store, replaced by U+FFFD

    @property
    def silent_losses(self) -> int:
        """Links without an outcome, or outcomes without a link; must be 0."""
        return abs(self.discovered - sum(self.outcomes.values()))

    def as_dict(self) -> dict[str, int]:
        """Return one flat dict for a log or a table: the left side, every term, its reasons, the losses."""
        return {"links": self.discovered, **self.outcomes, **self.reasons, "silent_losses": self.silent_losses}


def load_crawl(
    connection: Connection,
    manifest: Manifest,
    *,
    entries: Entries,
    results: Results,
    tags: Tags,
    airflow_run_id: str | None = None,
    erased: Iterable[str] = (),
) -> LoadCounts:
    """Load a crawl and return its accounting; raises LoadError when its records do not fit together.

    `erased` are keys of pages that the archive knows to be erased, beside those of the table.
    The three functions are called once per attempt: a deadlock or serialization failure starts the transaction anew.
    Loads of one outlet wait for each other.
    """
    attempts = Retrying(
        retry=retry_if_exception_type((errors.DeadlockDetected, errors.SerializationFailure)),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.2, max=5),
        reraise=True,
    )
    try:
        return attempts(_load, connection, manifest, (entries, results, tags), airflow_run_id, sorted(erased))
    except (psycopg2.IntegrityError, psycopg2.DataError) as error:
        raise LoadError(f"crawl {manifest.crawl_id} was not loaded: {' '.join(str(error).split())}") from error


def _load(
    connection: Connection,
    manifest: Manifest,
    records: tuple[Entries, Results, Tags],
    airflow_run_id: str | None,
    erased: list[str],
) -> LoadCounts:
    parameters = {
        "crawl_id": manifest.crawl_id,
        "origins": [str(origin) for origin in DateOrigin],  # best first
        "quarantines": [str(reason) for reason in Quarantine],
        "erased": ERASED,
    }
    with transaction(connection) as cursor:
        lock_transaction(connection, LOCK_LOAD, manifest.outlet)
        cursor.execute(statement("create_staging"))
        mended = _stage(cursor, *records)
        cursor.execute(statement("settle_staged"), {"erased_keys": erased})
        _leave_out_noise(cursor)
        cursor.execute(statement("stage_outcomes"))
        written = {"upsert_crawl": _load_manifest(cursor, manifest, airflow_run_id)}
        for name in _MERGE:
            cursor.execute(statement(name), parameters)
            if not name.startswith("stage_"):
                written[name] = cursor.rowcount
        if written["delete_left_versions"]:
            written["delete_left_articles"] = _drop_left(connection, cursor)
        cursor.execute(statement("count_links"), parameters)
        counted: list[tuple[str, str, int]] = cursor.fetchall()
    outcomes = {outcome.value: 0 for outcome in LinkOutcome}
    for outcome, _, count in counted:
        if outcome in outcomes:
            outcomes[outcome] += count
    return LoadCounts(
        discovered=manifest.links,
        outcomes=outcomes,
        reasons={f"{outcome} {reason}": count for outcome, reason, count in counted if reason},
        written={name: count for name, count in written.items() if count},
        mended=mended,
    )


def _stage(cursor: Cursor, entries: Entries, results: Results, tags: Tags) -> int:
    """Send all records to the staging tables; returns the number of characters that had to be replaced."""
    staging = Staging(cursor)
    position = 0
    for entry in entries():
        if isinstance(entry, LinkFate):
            staging.add("staged_links", link_row(position, entry))
            position += 1
        else:
            staging.add("staged_fetches", fetch_row(entry.fetch if isinstance(entry, Page) else entry))
    for result in results():
        if isinstance(result, Article):
            staging.add("staged_articles", article_row(result))
        else:
            staging.add("staged_rejections", rejection_row(result))
    for found in tags():
        if isinstance(found, Tag):
            staging.add("staged_tags", tag_row(found))
        elif isinstance(found, Statement):
            for table, row in statement_rows(found, version_id(found.key, found.content_sha256)):
                staging.add(table, row)
        elif isinstance(found, Report):
            staging.add("staged_reports", report_row(found))
        else:
            staging.add("staged_profiles", profile_row(found))
            for row in part_rows(found):
                staging.add("staged_parts", row)
    staging.flush()
    return staging.mended


def _leave_out_noise(cursor: Cursor) -> None:
    """Take texts that are a known version but for counters and the day's date for that version, seen again."""
    cursor.execute(statement("select_alike"))
    same: dict[str, str] = {}  # staged version -> known version
    for staged_id, title, text, at, version, known_title, known_text, known_at in cursor:
        staged, known = Printed(title, text, at), Printed(known_title, known_text, known_at)
        if staged_id not in same and is_same_text(staged, known):
            same[staged_id] = version
    if same:
        cursor.execute(statement("stage_sightings"), {"staged_ids": list(same), "version_ids": list(same.values())})


def _drop_left(connection: Connection, cursor: Cursor) -> int:
    """Delete articles whose last text went to the one that they are known to be; returns how many."""
    cursor.execute(statement("list_left_articles"))
    article_ids = [article_id for (article_id,) in cursor.fetchall()]
    if article_ids:
        lock_transaction(connection, LOCK_DEDUPLICATE, "")
        lock_transaction(connection, LOCK_RELATE, "")
    for article_id in article_ids:
        deduplicate.take_out(cursor, article_id)
        relate.take_out(cursor, article_id)
    cursor.execute(statement("delete_left_articles"), {"article_ids": article_ids})
    return cursor.rowcount


def _load_manifest(cursor: Cursor, manifest: Manifest, airflow_run_id: str | None) -> int:
    """Store the crawl and its files; returns the number of rows written."""
    row = {
        "crawl_id": manifest.crawl_id,
        "outlet": manifest.outlet,
        "started_at": manifest.started_at,
        "finished_at": manifest.finished_at,
        "finish_reason": manifest.finish_reason,
        "resumed_count": manifest.resumed,
        "is_forced": manifest.forced,
        "replay": manifest.replay,
        "code_version": manifest.code_version,
        "declaration_sha256": manifest.outlet_sha256,
        "links_discovered": manifest.links,
        "link_fates": Json(manifest.fates),
        "fetch_outcomes": Json(manifest.fetches),
        "stats": Json({name: value for name, value in manifest.stats.items() if math.isfinite(value)}),
        "airflow_run_id": airflow_run_id,
    }
    cursor.execute(statement("upsert_crawl"), row)
    written = cursor.rowcount
    for file in sorted(manifest.files, key=lambda file: file.path):
        cursor.execute(
            statement("upsert_crawl_file"),
            {
                "path": file.path,
                "crawl_id": manifest.crawl_id,
                "size_bytes": file.size,
                "sha256": file.sha256,
                "record_count": file.records,
            },
        )
        written += cursor.rowcount
    return written
