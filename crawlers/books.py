"""The books of one crawl: what became of each link and each feed, and what the process says at its end."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from crawlers.archive import CrawlWriter
from crawlers.records import DeferReason, Fate, FetchOutcome, Link, LinkFate


class ExitCode(IntEnum):
    """How `python -m crawlers` ends."""

    COMPLETE = 0
    PARTIAL = 10  # complete, but a feed or a page failed or was deferred
    TRY_AGAIN = 20  # robots.txt unreachable, no feed could be read, or the process could not write
    DO_NOT_RETRY = 30  # wrong declaration or arguments, the archive's budget is used up
    STOPPED_BY_POLICY = 40  # robots.txt denies, or the outlet is declared closed or blocked


class Books:
    """Counts links, fates and feeds while the writer keeps them."""

    def __init__(self, writer: CrawlWriter) -> None:
        self._writer = writer
        self.links = 0
        self.fates: Counter[Fate] = Counter()
        self.feeds: Counter[FetchOutcome | None] = Counter()  # feed documents; None: bytes came, but no feed
        self.left_out = 0  # links beyond the page limit

    def settle(self, link: Link, fate: Fate, reason: str = "", detail: str = "") -> None:
        """Note what became of a link; once for each."""
        self.fates[fate] += 1
        self._writer.fate(LinkFate(link=link, fate=fate, reason=reason, detail=detail))

    def leave_out(self, link: Link, limit: int) -> None:
        """Note that a link is one too many for this crawl."""
        self.left_out += 1
        self.settle(link, Fate.DEFERRED, DeferReason.CRAWL_LIMIT, f"page limit of {limit}")

    @property
    def counts(self) -> dict[str, int]:
        """Return how far the crawl is, for a progress display."""
        return {"links": self.links, "fetched": self.fates[Fate.FETCHED], "failed": self.fates[Fate.FETCH_FAILED]}

    @property
    def finish_reason(self) -> str:
        """Return the manifest's word for a crawl that was not stopped."""
        if self.feeds and not self.fates[Fate.FETCHED] and set(self.feeds) == {FetchOutcome.ROBOTS_UNREACHABLE}:
            return "robots_unreachable"
        return "page_limit" if self.left_out else "finished"

    @property
    def exit_code(self) -> ExitCode:
        """Return what the process says of a crawl that was brought to its end."""
        read = self.feeds[FetchOutcome.OK] + self.feeds[FetchOutcome.NOT_MODIFIED]
        if self.feeds and not read and not self.fates[Fate.FETCHED] and not self.fates[Fate.NOT_MODIFIED]:
            denied = set(self.feeds) == {FetchOutcome.ROBOTS_DENIED}
            return ExitCode.STOPPED_BY_POLICY if denied else ExitCode.TRY_AGAIN
        failed = self.fates[Fate.FETCH_FAILED] + self.fates[Fate.DEFERRED]
        return ExitCode.PARTIAL if failed or read < self.feeds.total() else ExitCode.COMPLETE
