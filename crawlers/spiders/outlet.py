"""The one spider for every declared outlet: its feeds first, then the pages they lead to, one request at a time.

feeds ─▶ links ─┬─▶ rejected, duplicate_link, already_known          no request
                └─▶ selection (page limit) ─▶ pages ─▶ archive       every link ends in exactly one fate
state ─▶ pages due for a re-visit ──┘
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import resource
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.core.engine import ExecutionEngine
from scrapy.http import Response

from crawlers.archive import CrawlWriter, decode
from crawlers.books import Books
from crawlers.feeds import FeedContent, read_feed
from crawlers.hosts import Hosts
from crawlers.outcomes import fate_of, one_line
from crawlers.records import (
    DeferReason,
    Fate,
    Feed,
    FeedError,
    FeedKind,
    FetchOutcome,
    Link,
    LinkReason,
    Outlet,
    Purpose,
)
from crawlers.selection import Selection, newest_first
from crawlers.state import CrawlState, KnownFeed, KnownPage
from crawlers.urls import allowed, canonical, judge
from crawlers.visit import Visit, header_pairs

DUE = "state:due"  # stands for the feed of a link that comes from the state: a page due for a re-visit
FULL_FETCH_AFTER = dt.timedelta(days=7)  # some servers keep an ETag after a change; once a week we do not believe it

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTask:
    """What one crawl works on and with."""

    outlet: Outlet
    writer: CrawlWriter
    state: CrawlState
    page_limit: int
    replay: Path | None = None
    forced: bool = False  # everything again, without validators
    report: Callable[[dict[str, int]], None] = lambda counts: None  # called once a second


class OutletSpider(Spider):
    """Crawls one outlet. `stop` ends it early, with every link accounted for all the same."""

    name = "outlet"

    def __init__(self, task: CrawlTask, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task = task
        self.books = Books(task.writer)
        self.hosts = Hosts()
        self.stop_reason = ""  # a Manifest.finish_reason, once the crawl is to stop
        self.abandoned = False  # the attempt in flight was given up: nothing is committed any more
        self.error: Exception | None = None  # what broke the crawl, a full disk for example
        self._stopped = asyncio.Event()
        self._work: asyncio.Task[None] | None = None
        self._selection = Selection(task.page_limit)
        self._queue: deque[Link] = deque()  # page_limit links at most; the first is being fetched
        self._seen: set[bytes] = set()  # keys of the crawl's links: all that grows with the crawl
        self._documents: set[str] = set()  # feed documents read, where they were found

    async def start(self) -> AsyncIterator[Any]:
        """Crawl (Scrapy calls this). Requests go out from here one by one; Scrapy's scheduler has nothing to do."""
        self._work = asyncio.ensure_future(self._crawl())
        ticker = asyncio.ensure_future(self._tick())
        timer = asyncio.get_running_loop().call_later(self._limit("CRAWL_SECONDS"), self.stop, "time_limit")
        try:
            await self._work
        except asyncio.CancelledError:
            logger.warning("gave up the attempt in flight")
        except Exception as error:
            logger.exception("the crawl broke off")
            self.error = error
        finally:
            timer.cancel()
            ticker.cancel()
            self.task.report(self.books.counts)
        return
        yield  # Scrapy wants an asynchronous generator

    def stop(self, reason: str) -> None:
        """End the crawl soon: the attempt in flight may finish within GRACE_SECONDS, all other links are deferred."""
        if self.stop_reason:
            return
        logger.warning("stopping: %s", reason)
        self.stop_reason = reason
        self._stopped.set()
        asyncio.get_running_loop().call_later(self._limit("GRACE_SECONDS"), self._abandon)

    def _abandon(self) -> None:
        if self._work is not None and not self._work.done():
            self.abandoned = True
            self._work.cancel()

    async def _crawl(self) -> None:
        try:
            for feed in self.task.outlet.feeds:
                await self._read(feed)
            self._take_due()
            self._queue = self._selection.drain()
            while self._queue and not self.stop_reason:
                await self._visit(self._queue[0])
                self._queue.popleft()
        except asyncio.CancelledError:
            self._defer_rest()
            raise
        self._defer_rest()

    async def _read(self, feed: Feed) -> None:
        """Read one declared feed and, within its limit, the documents it leads to."""
        left = feed.max_pages + (feed.kind is FeedKind.SITEMAP)  # a sitemap index is not one of its own children
        urls, known = deque([feed.url]), {feed.url}
        while urls and left > 0 and not self.stop_reason:
            left -= 1
            content = await self._read_document(feed, urls.popleft())
            children = [url for url in content.child_feeds if url not in known and allowed(url, self.task.outlet)]
            known.update(children)
            urls.extend(children[: max(0, left - len(urls))])

    async def _read_document(self, feed: Feed, url: str) -> FeedContent:
        known = self.task.state.feed(url)
        visit = Visit(purpose=Purpose.FEED, first_url=url, known=known, conditional=self._is_conditional(known))
        try:
            response = await self.ask(visit)
        except ValueError as error:  # no request can be made of this URL
            logger.warning("feed %s: %s", url, error)
            self.books.feeds[FetchOutcome.BAD_URL] += 1
            return FeedContent()
        if response is not None and visit.outcome is FetchOutcome.OK:
            return self._read_links(feed, response)
        if visit.outcome is not None:
            self.books.feeds[visit.outcome] += 1
            logger.log(
                logging.INFO if visit.outcome is FetchOutcome.NOT_MODIFIED else logging.WARNING,
                "feed %s: %s",
                url,
                visit.outcome,
            )
        return FeedContent()

    def _read_links(self, feed: Feed, response: Response) -> FeedContent:
        """Read a feed document and decide on each of its links; one that two feeds lead to is read once."""
        if response.url in self._documents:
            self.books.feeds[FetchOutcome.OK] += 1
            return FeedContent()
        self._documents.add(response.url)
        headers = header_pairs(response)
        try:
            content = read_feed(feed, decode(response.body, headers).body, url=response.url, headers=dict(headers))
        except Exception as error:
            logger.warning("feed %s: %s", response.url, error, exc_info=not isinstance(error, FeedError))
            self.books.feeds[None] += 1
            self.task.writer.links(response.url, (), (one_line(f"{type(error).__name__}: {error}"),))
            return FeedContent()
        self.books.feeds[FetchOutcome.OK] += 1
        self.task.writer.links(response.url, content.links, content.problems)
        for place, link in enumerate(newest_first(content.links)):
            self._take(link, place)
        return content

    def _take(self, link: Link, place: int) -> None:
        """Decide on one discovered link: its fate at once, or a place in the selection."""
        self.books.links += 1
        key = bytes.fromhex(link.key)
        if reason := judge(link.url, self.task.outlet):
            self.books.settle(link, Fate.REJECTED, reason)
            return
        if key in self._seen:
            self.books.settle(link, Fate.DUPLICATE_LINK)
            return
        self._seen.add(key)
        known = self.task.state.page(link.key)
        if known and not known.due and not self.task.forced:
            self.books.settle(link, Fate.ALREADY_KNOWN)
        elif left_out := self._selection.offer(link, place, is_known=known is not None):
            self.books.leave_out(left_out, self.task.page_limit)

    def _take_due(self) -> None:
        """Add pages that are due for a re-visit and that no feed lists, as many as there is room for."""
        if self.stop_reason or not self._selection.room:
            return
        due = (page for page in self.task.state.due() if bytes.fromhex(page.key) not in self._seen)
        # A page that the declaration has come to exclude is left as it is.
        fit = (page for page in due if judge(page.url, self.task.outlet) is None)
        links = [
            Link(key=page.key, url=page.url, canonical=canonical(page.url), feed_url=DUE, position=position)
            for position, page in enumerate(islice(fit, self._selection.room))
        ]
        if links:
            self.task.writer.links(DUE, links)
        for link in links:
            self._take(link, link.position)

    async def _visit(self, link: Link) -> None:
        """Fetch one page and settle its link."""
        host = urlsplit(link.url).hostname or ""
        if why := self.hosts.put_off(host):
            self.books.settle(link, Fate.DEFERRED, DeferReason.RATE_LIMITED, why)
            return
        known = self.task.state.page(link.key)
        conditional = self._is_conditional(known)
        visit = Visit(purpose=Purpose.PAGE, first_url=link.url, link=link, known=known, conditional=conditional)
        try:
            await self.ask(visit)
        except ValueError as error:  # no request can be made of this URL
            self.books.settle(link, Fate.REJECTED, LinkReason.BAD_URL, one_line(str(error)))
            return
        if visit.put_off:
            self.books.settle(link, Fate.DEFERRED, DeferReason.RATE_LIMITED, visit.put_off)
        elif visit.last is not None:
            self.books.settle(link, *fate_of(visit.last.outcome), visit.last.detail)
        if self.task.replay is None:  # a recorded host can be asked again without harm
            self.hosts.note(host, visit)
            if self.hosts.failures >= self._limit("FAILURES_IN_A_ROW"):
                self.stop("error_limit")

    def _defer_rest(self) -> None:
        reason = DeferReason.INTERRUPTED if self.stop_reason == "interrupted" else DeferReason.CRAWL_LIMIT
        for link in (*self._queue, *self._selection.drain()):
            self.books.settle(link, Fate.DEFERRED, reason, self.stop_reason.replace("_", " "))
        self._queue.clear()

    async def ask(self, visit: Visit) -> Response | None:
        """Make a visit, through all its retries and redirects, until its outcome stands; returns the answer, if any.

        Raises ValueError when the URL cannot be requested, and whatever keeps the archive from being written.
        """
        request = visit.request(visit.first_url)
        visit.first_url = request.url
        try:
            return await self.engine.download_async(request)
        except Exception as error:
            if error is not visit.failure:
                raise
            return None

    async def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the crawl is to stop."""
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), seconds)

    @property
    def engine(self) -> ExecutionEngine:
        """Return the engine that runs this spider."""
        assert self.crawler.engine is not None  # noqa: S101 - a spider that runs has one
        return self.crawler.engine

    def _is_conditional(self, known: KnownPage | KnownFeed | None) -> bool:
        """Tell whether to send validators: there are some, and the last full answer is less than a week old."""
        if known is None or self.task.forced or known.last_full_at is None or not (known.etag or known.last_modified):
            return False
        return dt.datetime.now(dt.UTC) - known.last_full_at < FULL_FETCH_AFTER

    def _limit(self, setting: str) -> float:
        return self.settings.getfloat(setting)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.task.report(self.books.counts)
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > self._limit("MEMORY_LIMIT_MB") * 1024:
                self.stop("error_limit")
