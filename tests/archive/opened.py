"""A crawl closed and published, and its files as other tools read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawlers.archive import Archive, CrawlWriter, publish
from crawlers.records import Fetch
from crawlers.state import KnownPage
from tests.sample_crawl import (
    START,
)


def finish(writer: CrawlWriter, tmp_path: Path, root: Path | None = None) -> Archive:
    """Close and publish the crawl of `writer`."""
    writer.close(START, "finished")
    archive = Archive(root or tmp_path / "archive")
    publish(tmp_path / "spool", writer.facts.crawl_id, archive)
    return archive


def warcs(archive: Archive) -> list[Path]:
    return sorted(Path(archive.root).rglob("*.warc.gz"))


def records(file: Path) -> list[tuple[dict[str, str], bytes]]:
    """Read a file with warcio: WARC headers and raw block of each record."""
    with file.open("rb") as stream:
        return [(dict(record.rec_headers.headers), record.raw_stream.read()) for record in WarcioIterator(stream, True)]


def known(fetch: Fetch, **changes: object) -> KnownPage:
    page = KnownPage(
        key=str(fetch.key),
        url=fetch.url,
        first_seen_at=START,
        last_fetched_at=START,
        body_sha256=fetch.body_sha256,
        warc_file=fetch.warc_file,
        warc_offset=fetch.warc_offset,
    )
    return replace(page, **changes)
