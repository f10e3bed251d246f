"""Write one crawl into its spool, attempt by attempt, so that a kill at any byte loses at most the one in flight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawlers.archive.root import Archive
from crawlers.archive.spool import Held
from crawlers.records import Fetch, Link, LinkFate, Manifest
from crawlers.state import KnownPage

ROTATE_BYTES = 200_000_000  # a WARC file that has reached this is followed by the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFacts:
    """What is known of a crawl when it starts; goes into the warcinfo records and the manifest."""

    crawl_id: str
    outlet: str  # slug
    started_at: dt.datetime  # a resumed crawl keeps its first one
    code_version: str
    outlet_sha256: str
    forced: bool = False
    replay: str | None = None
    user_agent: str = ""


class CrawlWriter:
    """The spool of one crawl, open for writing. Not thread-safe: the reactor thread writes."""

    @classmethod
    def open(
        cls, spool: Path, facts: CrawlFacts, *, archive: Archive | None = None, rotate_bytes: int = ROTATE_BYTES
    ) -> CrawlWriter:
        """Start the crawl in `spool`/<crawl_id>/, or take it up again where its last process died.

        `archive` is where `previous` pages are looked up before a body is left out. Raises ArchiveError when the
        spool belongs to another outlet, is closed already (publish it), or another process writes it.
        """
        raise NotImplementedError

    @property
    def facts(self) -> CrawlFacts:
        """The crawl's facts; `started_at` is that of the first process."""
        raise NotImplementedError

    @property
    def resumed(self) -> int:
        """How often the crawl was taken up again."""
        raise NotImplementedError

    def held(self) -> Held:
        """Return the attempts that were committed before this process took the crawl up; always the same object."""
        raise NotImplementedError

    def fetch(
        self,
        fetch: Fetch,
        request_head: bytes,
        response_head: bytes,
        body: bytes,
        *,
        link: Link | None = None,
        previous: KnownPage | None = None,
    ) -> Fetch:
        """Commit one attempt; returns it with sequence, body hash and size, and its place in the archive filled in.

        `body` is as received: Content-Encoding kept, chunked framing undone. Heads are whole HTTP heads; an empty
        `response_head` means that nothing came. `link` is required for purpose `page`. `previous` is what is known of
        the page: an identical payload becomes a revisit of it, and a 304 refers to it.
        The writer numbers the attempts (`sequence` as passed is not used) and decodes the body itself, since this is
        what readers will get: an `ok` attempt whose body does not decode, or is over the bound, comes back with
        outcome `decode_failed` or `too_large`. Go on with the Fetch returned, not the one passed.
        """
        raise NotImplementedError

    def links(self, feed_url: str, links: Iterable[Link], problems: Iterable[str] = ()) -> None:
        """Commit what one feed document listed and what was wrong with it; once per document.

        In a resumed crawl the links of a document that are committed already are not written again.
        """
        raise NotImplementedError

    def fate(self, fate: LinkFate) -> None:
        """Note what became of one link. Call once for every link, in any order; a resumed crawl notes all of them anew."""
        raise NotImplementedError

    def close(self, finished_at: dt.datetime, finish_reason: str, stats: Mapping[str, float] | None = None) -> Manifest:
        """Write the fates, finish the files and leave the manifest in the spool; the crawl can then be published.

        Fates are ordered by feed URL and position, whatever the order they became known in.
        """
        raise NotImplementedError

    def suspend(self) -> None:
        """Let go of the files without closing the crawl: it can be taken up again. Harmless after `close`."""
        raise NotImplementedError
