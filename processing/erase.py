"""Erase a page: the decision first, then the tables, then the archive. Whatever is cut short, the same call finishes.

    1 decision   news.erasures: from now on no crawl fetches the page and no load brings it back
    2 tables     one transaction; its story is made anew of the others
    3 archive    the decision there, too, for tables that are made anew; then file by file (crawlers.archive.erase)
    4 books      hashes of the files rewritten; derived work files of their crawls go
    5 end        news.erasures.finished_at

Runs as the owner of the schema: loader and reader may not erase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg2 import errors
from psycopg2.extensions import connection as Connection

from crawlers import archive as door
from crawlers.archive import Archive, Found, Scan
from processing import deduplicate, relate
from processing.crawl import PATIENCE, Place
from processing.database import (
    LOCK_DEDUPLICATE,
    LOCK_LOAD,
    LOCK_RELATE,
    OutletBusy,
    lock_transaction,
    outlet_lock,
    statement,
    transaction,
)
from processing.load import ERASED
from processing.survey import EraseError, article_pages, column, erasures, known_erased, rows

OnStep = Callable[[str], None]

_EVERYTHING = "_erasures"  # a lock beside those of the outlets; no slug begins so
_FOUND = "another address of an erased article"  # the ground, where a crawl found it after the erasure
_WORK = ("cleaned.jsonl.gz", "tags.jsonl.gz", "state.sqlite")  # what the stages leave to each other: texts, addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done; all zero when there was nothing left to do."""

    keys: tuple[str, ...]  # of the pages that are erased now
    rows: dict[str, int]  # rows deleted or emptied, by statement
    records: dict[str, int]  # archive records replaced, by kind
    files: int  # archive files rewritten
    heirs: tuple[str, ...] = ()  # keys of other pages that the same bytes came for, and whose they stay
    waiting: tuple[str, ...] = ()  # crawls in the spool that may hold it: not finished


def erase(
    connection: Connection,
    place: Place,
    key: str,
    *,
    basis: str = "",
    decided_by: str = "",
    on_step: OnStep = lambda step: None,
) -> Erased:
    """Erase a page for good, or go on where an earlier call ended. `on_step` is told when a step is done.

    Raises EraseError where the account may not, and while the outlet is crawled: the page is out of the tables by then,
    and the archive waits for the next call.
    """
    keys = article_pages(connection, key)
    [row] = rows(connection, "count_page_rows", {"key": key, "keys": keys})
    if not row["is_decided"] and not basis.strip():
        raise EraseError("say on what ground the page is erased: --basis 'a law, a request, a policy'")
    decision = {"erased_at": None, "basis": basis.strip() or row["basis"], "decided_by": decided_by.strip()}
    _decide(connection, [{"key": one, "article_key": key if one != key else None, **decision} for one in keys])
    on_step("decision")
    return _finish(connection, place, keys, on_step)


def erase_pending(connection: Connection, place: Place, on_step: OnStep = lambda step: None) -> Erased:
    """Finish all erasures that were begun, and take decisions from the archive that the tables do not know."""
    archive = Archive(place.archive)
    known = erasures(connection)
    for key in sorted(door.erased_keys(archive) - known.keys()):
        _decide(connection, [{"article_key": None, **door.read_decision(archive, key)}])
        on_step(f"decision {key}")
    for key in column(connection, "list_erased_pages", {"erased": ERASED}):
        _decide(connection, [{"key": key, "article_key": None, "erased_at": None, "basis": _FOUND, "decided_by": ""}])
        on_step(f"decision {key}")
    pending = [key for key, finished in erasures(connection).items() if not finished]
    if not pending:
        return Erased(keys=(), rows={}, records={}, files=0)
    return _finish(connection, place, pending, on_step)


def pending_keys(connection: Connection, archive: Archive) -> list[str]:
    """Return the pages whose erasure is not finished, known to the archive alone, or found to be of an erased article."""
    states = erasures(connection)
    return sorted(
        {key for key, finished in states.items() if not finished}
        | (door.erased_keys(archive) - states.keys())
        | set(column(connection, "list_erased_pages", {"erased": ERASED}))
    )


def _finish(connection: Connection, place: Place, keys: Sequence[str], on_step: OnStep) -> Erased:
    """Do all that follows the decisions; one erasure at a time, since two may rewrite the same file."""
    try:
        with outlet_lock(connection, _EVERYTHING, PATIENCE):
            return _finish_alone(connection, place, keys, on_step)
    except OutletBusy as error:
        raise EraseError(
            "the page will not be fetched or loaded again, but is not out of the archive: another erasure or a crawl of "
            f"the outlet is under way ({error}); then: bulletins erase --pending"
        ) from error


def _finish_alone(connection: Connection, place: Place, keys: Sequence[str], on_step: OnStep) -> Erased:
    archive = Archive(place.archive)
    cleared: Counter[str] = Counter()
    for key in keys:
        cleared.update(_clear_tables(connection, key))
        on_step(f"tables {key}")
        [row] = rows(connection, "count_page_rows", {"key": key, "keys": [key]})
        decision = {"key": key, "erased_at": row["erased_at"].isoformat()}
        of_article = {"article_key": row["article_key"]} if row["article_key"] else {}
        door.keep_decision(archive, {**decision, "basis": row["basis"], "decided_by": row["decided_by"], **of_article})
        on_step(f"decision in the archive {key}")
    erased = known_erased(connection, archive)
    scan = Scan(erased)
    scan.read(archive, archive.crawl_ids())
    outlets = {outlet for key in keys for outlet in column(connection, "list_outlets_of_page", {"key": key})}
    outlets |= {crawl_id.split("-", 1)[0] for crawl_id in scan.found().touched}
    with _quiet(connection, sorted(outlets)):
        scan.read(archive, archive.crawl_ids())  # what was published since
        found = scan.found()
        files = door.erase(archive, found, erased, on_step)
        for crawl_id in found.touched:
            door.clear_parts(archive, crawl_id)
        _keep_books(connection, archive, found)
        _clear_work(place, found)
        on_step("books")
        waiting = _unpublished(place, outlets)
        if not waiting:
            with transaction(connection) as cursor:
                cursor.execute(statement("update_erasure_finished"), {"keys": list(keys)})
            on_step("end")
    return Erased(
        keys=tuple(keys),
        rows={name: count for name, count in cleared.items() if count},
        records=found.counts,
        files=files,
        heirs=found.heirs,
        waiting=waiting,
    )


def _decide(connection: Connection, decisions: Sequence[dict[str, Any]]) -> None:
    try:
        with transaction(connection) as cursor:
            for decision in decisions:
                cursor.execute(statement("insert_erasure"), decision)
    except errors.InsufficientPrivilege as error:
        raise EraseError(
            "this account may not erase; connect as one with the role news_owner (`bulletins db url --role owner`)"
        ) from error


def _clear_tables(connection: Connection, key: str) -> dict[str, int]:
    """Take a page out of the tables, in one transaction; returns the rows deleted or emptied."""
    values = {"key": key, "erased": ERASED}
    counts: dict[str, int] = {}
    with transaction(connection) as cursor:
        cursor.execute(statement("lock_loads"), {"class": LOCK_LOAD})  # one under way may not know the decision
        article_id = str(UUID(key[:32]))
        lock_transaction(connection, LOCK_DEDUPLICATE, "")
        counts["copies"] = deduplicate.take_out(cursor, article_id)
        lock_transaction(connection, LOCK_RELATE, "")
        counts["stories"] = relate.take_out(cursor, article_id)
        for name, table in (
            ("delete_page_articles", "articles"),
            ("delete_page_rejections", "rejections"),
            ("update_page_links", "links"),
            ("update_page_fetches", "fetches"),
        ):
            cursor.execute(statement(name), values)
            counts[table] = cursor.rowcount
    return counts


@contextmanager
def _quiet(connection: Connection, outlets: Sequence[str]) -> Iterator[None]:
    """See to it that none of the outlets is crawled meanwhile: a crawl under way may hold the page."""
    with ExitStack() as stack:
        for outlet in outlets:
            stack.enter_context(outlet_lock(connection, outlet, PATIENCE))
        yield


def _keep_books(connection: Connection, archive: Archive, found: Found) -> None:
    """Bring the hashes of files in the tables up to their manifests."""
    with transaction(connection) as cursor:
        for crawl_id in found.touched:
            for file in archive.manifest(crawl_id).files:
                cursor.execute(statement("update_crawl_file"), {"path": file.path, "sha256": file.sha256})


def _clear_work(place: Place, found: Found) -> None:
    """Remove the work files of crawls that knew a page: they hold texts and addresses, and can be made again."""
    for crawl_id in found.touched:
        for name in _WORK:
            (place.home / "work" / crawl_id / name).unlink(missing_ok=True)


def _unpublished(place: Place, outlets: Collection[str]) -> tuple[str, ...]:
    """Return crawls of the outlets that died before they were published, and are still to be taken up."""
    spool = place.home / "spool"
    names = sorted(path.name for path in spool.iterdir()) if spool.is_dir() else []
    return tuple(name for name in names if name.split("-", 1)[0] in outlets)
