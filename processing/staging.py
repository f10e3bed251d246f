"""Records into Postgres by COPY: how each becomes a row, and a buffer that keeps memory bounded.

A row is text in COPY's own format, put together here because the driver has no writer for it. Characters that Postgres
cannot store (NUL, lone surrogates) become U+FFFD one for one, so that the offsets of tags stay right; they are counted.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.sql import SQL, Identifier
from pydantic import TypeAdapter

from crawlers.records import Fetch, LinkFate
from processing.records import Article, DateCandidate, Profile, Rejection, Tag
from processing.same_event import Report
from processing.statements.rows import COLUMNS as STATED

# One COPY per megabyte: its fixed cost vanishes, and a crawl of any size stays within it.
_BUFFER_BYTES = 1 << 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_REPORT: TypeAdapter[Report] = TypeAdapter(Report)

# The columns of each staging table (sql/queries/create_staging.sql), in the order of the functions below.
_COLUMNS = {
    "staged_fetches": """
        crawl_id, sequence, purpose, key, url, first_url, outcome, detail, status_code, fetched_at, elapsed_ms,
        content_type, etag, last_modified, redirect_to, is_conditional, server_ip, tls_verified, body_bytes, body_sha256,
        warc_file, warc_offset, payload_file, payload_offset""",
    "staged_links": """
        position_in_crawl, key, url, feed_url, title, published_raw, published_at, fate, reason, detail""",
    "staged_articles": """
        article_id, version_id, key, page_key, outlet, url, canonical_url, title, text, authors, published_at,
        published_precision, published_from, published_raw, published_timezone, modified_at, language,
        language_confidence, date_candidates, flags, word_count, content_sha256, body_sha256, crawl_id, fetch_sequence,
        fetched_at, extractor, cleaner, rules, kind, languages, passages""",
    "staged_rejections": """
        crawl_id, sequence, key, outlet, url, reason, detail, body_sha256, cleaner, fetched_at""",
    "staged_tags": """
        version_id, kind, target, field, start_offset, end_offset, matched, rule, tagger, governorate, confidence""",
    "staged_profiles": "version_id, relevance, relevance_evidence, tagger",
    "staged_reports": "version_id, about, record, tagger, fingerprint",
    "staged_parts": """
        version_id, part_number, kind, start_offset, end_offset, parent_number, header_start, header_end, governorates,
        actors, time_printed, summary_of, tagger""",
    **STATED,
}


class Staging:
    """A buffer in front of COPY for the staging tables of one transaction."""

    def __init__(self, cursor: Cursor) -> None:
        """Write through `cursor`; the staging tables exist already."""
        self._cursor = cursor
        self._buffers = {table: io.BytesIO() for table in _COLUMNS}
        self.mended = 0  # characters replaced because Postgres cannot store them

    def add(self, table: str, row: Iterable[Any]) -> None:
        """Put one row into `table`; it reaches the server at the latest with `flush`."""
        line = "\t".join(map(_field, row)) + "\n"
        try:
            data = line.encode()
        except UnicodeEncodeError:
            data = b""
        if not data or "\x00" in line:
            line, count = _UNSTORABLE.subn("\ufffd", line)
            self.mended += count
            data = line.encode()
        buffer = self._buffers[table]
        buffer.write(data)
        if buffer.tell() >= _BUFFER_BYTES:
            self._copy(table)

    def flush(self) -> None:
        """Send everything that waits."""
        for table in self._buffers:
            self._copy(table)

    def _copy(self, table: str) -> None:
        buffer = self._buffers[table]
        if not buffer.tell():
            return
        buffer.seek(0)
        self._cursor.copy_expert(SQL("copy {} ({}) from stdin").format(Identifier(table), SQL(_COLUMNS[table])), buffer)
        self._buffers[table] = io.BytesIO()


def version_id(key: str, content_sha256: str) -> str:
    """Return the id of a text of a page: 32 hex digits that Postgres reads as a UUID."""
    return hashlib.sha256((key + content_sha256).encode("ascii")).hexdigest()[:32]


def fetch_row(fetch: Fetch) -> tuple[Any, ...]:
    """Return the row of `staged_fetches` for one attempt."""
    return (
        fetch.crawl_id, fetch.sequence, fetch.purpose, fetch.key, fetch.url, fetch.first_url, fetch.outcome,
        fetch.detail, fetch.status, fetch.fetched_at, fetch.elapsed_ms, fetch.content_type, fetch.etag, fetch.last_modified,
        fetch.redirect_to, fetch.conditional, fetch.server_ip, fetch.tls_verified, fetch.body_bytes, fetch.body_sha256,
        fetch.warc_file, fetch.warc_offset, fetch.payload_file, fetch.payload_offset,
    )  # fmt: skip


def link_row(position: int, fate: LinkFate) -> tuple[Any, ...]:
    """Return the row of `staged_links` for the link that came as number `position`."""
    link = fate.link
    return (
        position, link.key, link.url, link.feed_url, link.title, link.published_raw, link.published_at, fate.fate,
        fate.reason, fate.detail,
    )  # fmt: skip


def article_row(article: Article) -> tuple[Any, ...]:
    """Return the row of `staged_articles`."""
    date = article.published
    published = (date.at, date.precision, date.origin, date.raw, date.timezone) if date else (None,) * 5
    return (
        article.key[:32], version_id(article.key, article.content_sha256), article.key, article.page_key,
        article.outlet, article.url, article.canonical, article.title, article.text, article.authors, *published,
        article.modified_at, article.language, article.language_confidence, _candidates(article.date_candidates), article.flags,
        len(article.text.split()), article.content_sha256, article.body_sha256, article.crawl_id,
        article.fetch_sequence, article.fetched_at, article.extractor, article.cleaner, article.rules, article.kind,
        _languages(article), json.dumps([dataclasses.asdict(passage) for passage in article.passages]),
    )  # fmt: skip


def rejection_row(rejection: Rejection) -> tuple[Any, ...]:
    """Return the row of `staged_rejections`."""
    return (
        rejection.crawl_id, rejection.fetch_sequence, rejection.key, rejection.outlet, rejection.url, rejection.reason,
        rejection.detail, rejection.body_sha256, rejection.cleaner, rejection.fetched_at,
    )  # fmt: skip


def tag_row(tag: Tag) -> tuple[Any, ...]:
    """Return the row of `staged_tags`."""
    return (
        version_id(tag.key, tag.content_sha256), tag.kind, tag.target, tag.field, tag.start, tag.end, tag.matched,
        tag.rule, tag.tagger, tag.governorate, tag.confidence,
    )  # fmt: skip


def profile_row(profile: Profile) -> tuple[Any, ...]:
    """Return the row of `staged_profiles`."""
    return version_id(profile.key, profile.content_sha256), profile.relevance, profile.evidence, profile.tagger


def report_row(report: Report) -> tuple[Any, ...]:
    """Return the row of `staged_reports`."""
    record = _REPORT.dump_json(report).decode()
    fingerprint = hashlib.md5(record.encode(), usedforsecurity=False).hexdigest()
    return version_id(report.key, report.content_sha256), report.about, record, report.tagger, fingerprint


def part_rows(profile: Profile) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `staged_parts`."""
    version = version_id(profile.key, profile.content_sha256)
    for number, part in enumerate(profile.parts):
        yield (
            version, number, part.kind, part.start, part.end, part.parent, *(part.header or (None, None)),
            part.governorates, part.actors, part.time, tuple(map(str, part.summary_of)), profile.tagger,
        )  # fmt: skip


def _languages(article: Article) -> tuple[str, ...]:
    """Return the languages of a text, that of most of its characters first."""
    lengths: Counter[str] = Counter()
    for passage in article.passages:
        lengths[passage.language] += passage.end - passage.start
    return tuple(code for code, _ in lengths.most_common()) or (article.language,)


def _candidates(candidates: tuple[DateCandidate, ...]) -> str:
    return json.dumps(
        [
            {
                "origin": found.origin,
                # jsonb has no NUL and no lone surrogates either, and json.dumps would hide them behind escapes
                "raw": _UNSTORABLE.sub("\ufffd", found.raw),
                "at": found.at.isoformat(),
                "precision": found.precision,
                "timezone": found.timezone,
            }
            for found in candidates
        ],
        ensure_ascii=False,
    )


def _field(value: Any) -> str:
    """Write one value as COPY's text format wants it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        items = (item.replace("\\", "\\\\").replace('"', '\\"') for item in value)
        return _field("{" + ",".join(f'"{item}"' for item in items) + "}")
    return str(value)
