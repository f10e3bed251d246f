"""Small crawls to write into an archive: made-up pages, every value fixed."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawlers.archive import Archive, CrawlFacts, CrawlWriter, publish
from crawlers.records import Fate, Fetch, FetchOutcome, Link, LinkFate, Manifest, Purpose

START = dt.datetime(2026, 1, 5, 3, 0, tzinfo=dt.UTC)
OUTLET = "sample_outlet"
CRAWL = "sample_outlet-20260105T030000Z-0a1b2c3d"
LATER_CRAWL = "sample_outlet-20260106T030000Z-0a1b2c3d"
FEED = "https://news.example/feed"


def facts(crawl_id: str = CRAWL) -> CrawlFacts:
    return CrawlFacts(
        crawl_id=crawl_id,
        outlet=OUTLET,
        started_at=START,
        code_version="0.0.1",
        outlet_sha256="0" * 64,
        user_agent="sample (+https://news.example/about)",
    )


def link(number: int, **changes: Any) -> Link:
    url = f"https://news.example/{number}?utm_source=feed"
    canonical = f"https://news.example/{number}"
    key = hashlib.sha256(canonical.encode()).hexdigest()
    made = Link(key=key, url=url, canonical=canonical, feed_url=FEED, position=number, title=f"خبر {number}")
    return replace(made, **changes)


def attempt(number: int, **changes: Any) -> Fetch:
    made = Fetch(
        crawl_id=CRAWL,
        sequence=0,
        purpose=Purpose.PAGE,
        key=link(number).key,
        url=link(number).url,
        first_url=link(number).url,
        outcome=FetchOutcome.OK,
        status=200,
        fetched_at=START + dt.timedelta(seconds=number, microseconds=123456),
        elapsed_ms=12,
        content_type="text/html",
        server_ip="192.0.2.1",
    )
    return replace(made, **changes)


def head(status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def request(number: int) -> bytes:
    return f"GET /{number}?utm_source=feed HTTP/1.1\r\nHost: news.example\r\n\r\n".encode()


def body(number: int) -> bytes:
    return (
        f"<html><title>صفحة {number}</title><p>{hashlib.sha256(str(number).encode()).hexdigest() * 8}</html>".encode()
    )


def write_page(writer: CrawlWriter, number: int, content: bytes | None = None, **changes: Any) -> Fetch:
    sent = body(number) if content is None else content
    packed = gzip.compress(sent, mtime=0)
    answer = head(Content_Type="text/html", Content_Encoding="gzip", Content_Length=str(len(packed)))
    return writer.fetch(attempt(number, **changes), request(number), answer, packed, link=link(number))


def write_feed(writer: CrawlWriter, count: int) -> Fetch:
    feed = attempt(0, purpose=Purpose.FEED, key=None, url=FEED, first_url=FEED)
    fetch = writer.fetch(feed, request(0), head(Content_Type="application/rss+xml"), b"<rss/>")
    writer.links(FEED, [link(number) for number in range(1, count + 1)], ["one item has no link"])
    return fetch


def fetched(number: int) -> LinkFate:
    return LinkFate(link=link(number), fate=Fate.FETCHED)


def write_crawl(spool: Path, count: int = 3, crawl_id: str = CRAWL, **options: Any) -> Manifest:
    """Write and close a crawl of one feed and `count` pages."""
    writer = CrawlWriter.open(spool, facts(crawl_id), **options)
    write_feed(writer, count)
    for number in range(1, count + 1):
        write_page(writer, number)
        writer.fate(fetched(number))
    return writer.close(START + dt.timedelta(hours=1), "finished", {"downloader/request_count": count + 1})


def published(tmp_path: Path, count: int = 3, root: str | None = None) -> Archive:
    """Return an archive that holds one crawl of `count` pages."""
    archive = Archive(root or tmp_path / "archive")
    write_crawl(tmp_path / "spool", count)
    publish(tmp_path / "spool", CRAWL, archive)
    return archive
