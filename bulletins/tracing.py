"""From a row back to the bytes: every step is done again, not read off."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection

from crawlers.archive import Archive
from crawlers.identity import key_among
from crawlers.records import BulletinsError, Outlet, Page
from crawlers.urls import digest, key
from processing.clean import CleanHints, clean
from processing.crawl import Place, learned_order
from processing.database import statement
from processing.records import Article


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way; `sound` says whether what was made again equals what the row says (None: nothing to compare)."""

    step: str
    value: str
    sound: bool | None = None


def trace(connection: Connection, name: str, outlets: Mapping[str, Outlet]) -> tuple[Step, ...]:
    """Follow an article (id, key or URL) from its current version to the WARC record, hashing and cleaning again.

    `outlets` are the declarations by slug: a page of an outlet that is not among them is not cleaned again.
    Raises BulletinsError when there is no such article, ArchiveError when its file is gone.
    """
    row = _row(connection, name, outlets)
    archive = Archive(Place.from_environment().archive)
    page = archive.page(row["warc_file"], row["warc_offset"])
    body = hashlib.sha256(page.body).hexdigest()
    steps = [
        Step("article", f"{row['article_id']}  {row['title']}"),
        Step("link", f"{row['link_url']}  in {row['feed_url']}"),
        Step("page", row["page_key"], _is_key_of(row["page_key"], row["link_url"], outlets)),
        Step("identity", row["canonical_url"], row["key"] == digest(row["canonical_url"])),
        Step("crawl", f"{row['crawl_id']}, attempt {row['fetch_sequence']}"),
        Step("fetched", f"{row['fetched_at']:%Y-%m-%d %H:%M:%S} UTC from {row['url']}", page.fetch.url == row["url"]),
        Step("record", f"{row['warc_file']} at byte {row['warc_offset']}"),
        Step("bytes", f"{len(page.body)} bytes, SHA-256 {body}", body == row["body_sha256"]),
        *_cleaned_again(archive, page, row, outlets),
        Step("published", f"{row['published_at']} ({row['published_precision']}, from {row['published_from']})"),
        Step(
            "version", f"{row['version_number']} of {row['version_count']}, {row['extractor']}, rules {row['cleaner']}"
        ),
    ]
    return tuple(steps)


def wanted(name: str, outlets: Mapping[str, Outlet]) -> dict[str, str | None]:
    """Return the parameters that find an article by its id, its key or a URL of its page, by its outlet's own rules."""
    if re.fullmatch(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", name):
        return {"article_id": name, "key": None}
    return {"article_id": None, "key": name if re.fullmatch("[0-9a-f]{64}", name) else key_among(name, outlets)}


def _is_key_of(known: str, url: str, outlets: Mapping[str, Outlet]) -> bool:
    """Say whether an address gives a key: by its outlet's rules of today, or by none, as before those were declared."""
    return known in (key_among(url, outlets), key(url))


def _row(connection: Connection, name: str, outlets: Mapping[str, Outlet]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement("trace_article"), wanted(name, outlets))
        found = cursor.fetchone()
        if found is None:
            raise BulletinsError(f"no article {name!r}; give an article_id, a key or the URL of a page that was loaded")
        return dict(zip([column.name for column in cursor.description or ()], found, strict=True))


def _cleaned_again(
    archive: Archive, page: Page, row: dict[str, Any], outlets: Mapping[str, Outlet]
) -> tuple[Step, ...]:
    """Clean the page with today's rules; a text that differs is no damage when the rules are newer."""
    if row["outlet"] not in outlets:
        return (Step("text", f"not cleaned again: outlet {row['outlet']} is not declared here (--outlets)"),)
    outlet = outlets[row["outlet"]]
    order = outlet.clean.day_order or learned_order(archive, row["crawl_id"])
    again = clean(page, outlet, CleanHints(day_order=order))
    if not isinstance(again, Article):
        return (Step("text", f"today's rules reject the page: {again.reason}", False),)
    if again.cleaner != row["cleaner"] or again.extractor != row["extractor"]:
        return (Step("text", f"cleaned by {row['cleaner']}, today's rules are {again.cleaner}; `bulletins process`"),)
    is_same = (again.key, again.content_sha256) == (row["key"], row["content_sha256"])
    if not is_same and outlet.declaration_sha256 != row["declaration_sha256"]:
        return (Step("text", "another today: the outlet's declaration changed after the crawl; `bulletins process`"),)
    return (Step("text", f"SHA-256 {again.content_sha256}", is_same),)
