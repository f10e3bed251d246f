"""What there is of a page that someone wants erased: in the tables, in the archive, in exported files. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection

from crawlers.archive import Archive, Found, Scan, erased_keys
from crawlers.identity import key_among
from crawlers.records import BulletinsError, Outlet
from processing.database import statement, transaction


class EraseError(BulletinsError):
    """A page that cannot be erased, or whose erasure cannot be finished now; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What there is of a page, before or while it is erased."""

    key: str
    rows: dict[str, Any]  # of count_page_rows.sql
    exports: tuple[dict[str, Any], ...]  # files that hold it, or may: path, made_at, made_by, sha256, is_certain
    sharing: tuple[dict[str, Any], ...]  # other articles, key and url, whose fetches under the same pages go as well
    found: Found | None  # in the archive; None: not looked for

    @property
    def is_known(self) -> bool:
        """Whether anything has ever heard of the page: what the archive holds of other erased pages is not it."""
        tables = ("article_id", "fetches", "links", "rejections", "is_decided")
        return bool(self.found and self.key in self.found.known) or any(self.rows[name] for name in tables)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        left = ("article_id", "fetches", "links", "rejections")
        found = self.found is not None and not self.found.changes
        return found and self.rows["finished_at"] is not None and not any(map(self.rows.get, left))


def find_key(connection: Connection, name: str, outlets: Mapping[str, Outlet]) -> str:
    """Return the key of the page that an article_id, a key or an address means; raises EraseError when none is clear.

    A whole key, and an address, need not be known to the tables: the archive may hold more than they do.
    """
    digits = name.strip().replace("-", "").lower()
    is_digits = re.fullmatch("[0-9a-f]{32}|[0-9a-f]{64}", digits) is not None
    if not is_digits and not re.match("https?://", name.strip(), re.IGNORECASE):
        raise EraseError(
            f"{name!r} is no article_id (32 digits), key (64 digits) or address (https://…); give one of them"
        )
    key = digits if is_digits else key_among(name.strip(), outlets)
    found = column(connection, "find_page_keys", {"key": key, "url": None})
    if not found and not is_digits:
        found = column(connection, "find_page_keys", {"key": None, "url": name.strip()})
    if len(found) > 1:
        raise EraseError(f"{name!r} means more than one page; give the key")
    if found:  # the page may be another address of an article
        return next(iter(column(connection, "find_article_key", {"key": found[0]})), found[0])
    if len(key) < 64:
        raise EraseError(
            f"no article {name!r} in the tables; give its key or its address to look for it in the archive, too"
        )
    return key


def survey(connection: Connection, archive: Archive, key: str, name: str = "", *, deep: bool = True) -> Survey:
    """Look for a page everywhere, and change nothing; raises EraseError when nothing knows it.

    Not `deep`, the archive is read only when the tables do not know the page.
    """
    seen = _survey(connection, key, None)
    if seen.is_known and not deep:
        return seen
    scan = Scan({*known_erased(connection, archive), *article_pages(connection, key)})
    scan.read(archive, archive.crawl_ids())
    seen = _survey(connection, key, scan.found())
    if not seen.is_known:
        raise EraseError(
            f"no article {name or key!r} in tables or archive; give an article_id, a key, or the address of a page that "
            "was crawled"
        )
    return seen


def _survey(connection: Connection, key: str, found: Found | None) -> Survey:
    pages = article_pages(connection, key)
    [row] = rows(connection, "count_page_rows", {"key": key, "keys": pages})
    exports = tuple(rows(connection, "list_exports_with", {"key": key}))
    sharing = tuple(rows(connection, "list_sharing_articles", {"key": key, "keys": pages}))
    return Survey(key=key, rows=row, exports=exports, sharing=sharing, found=found)


def article_pages(connection: Connection, key: str) -> list[str]:
    """Return the keys that an erasure takes: an article's own, those of all pages that led to it; the given one first."""
    return [key, *sorted(set(column(connection, "list_article_pages", {"key": key})) - {key})]


def known_erased(connection: Connection, archive: Archive) -> frozenset[str]:
    """Return the keys of all pages that tables or archive know to be erased."""
    return erased_keys(archive) | erasures(connection).keys()


def erasures(connection: Connection) -> dict[str, bool]:
    """Return the erasures of the tables by key, and whether each is finished."""
    return {row["key"]: row["is_finished"] for row in rows(connection, "list_erasures", {})}


def column(connection: Connection, name: str, values: dict[str, Any]) -> list[str]:
    """Return the first column of a statement's rows."""
    return [next(iter(row.values())) for row in rows(connection, name, values)]


def rows(connection: Connection, name: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a statement by column."""
    with transaction(connection) as cursor:
        cursor.execute(statement(name), values)
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor]
