"""The one spider for every declared outlet: its links are discovered first, then their pages fetched, one by one.

Every link ends in exactly one fate, whatever happens: an outlet that is down, a limit, a signal.
"""

from __future__ import annotations

import asyncio
import logging
import resource
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.core.engine import ExecutionEngine
from scrapy.http import Response

from crawlers.books import Books
from crawlers.discover import Discovery
from crawlers.hosts import Hosts
from crawlers.outcomes import fate_of, one_line
from crawlers.records import DeferReason, Fate, Link, LinkReason, Purpose
from crawlers.task import CrawlTask
from crawlers.visit import NotRequestable, Visit

logger = logging.getLogger(__name__)


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
        self._discovery = Discovery(self)
        self._queue: deque[Link] = deque()  # page_limit links at most; the first is being fetched

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
                await self._discovery.read(feed)
            self._discovery.take_due()
            self._queue = self._discovery.selection.drain()
            while self._queue and not self.stop_reason:
                await self._visit(self._queue[0])
                self._queue.popleft()
        except asyncio.CancelledError:
            self._defer_rest()
            raise
        self._defer_rest()

    async def _visit(self, link: Link) -> None:
        """Fetch one page and settle its link."""
        host = urlsplit(link.url).hostname or ""
        if why := self.hosts.put_off(host):
            self.books.settle(link, Fate.DEFERRED, DeferReason.RATE_LIMITED, why)
            return
        known = self.task.state.page(link.key)
        conditional = self.task.is_conditional(known)
        visit = Visit(purpose=Purpose.PAGE, first_url=link.url, link=link, known=known, conditional=conditional)
        try:
            await self.ask(visit)
        except NotRequestable as error:
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
        for link in (*self._queue, *self._discovery.selection.drain()):
            self.books.settle(link, Fate.DEFERRED, reason, self.stop_reason.replace("_", " "))
        self._queue.clear()

    async def ask(self, visit: Visit) -> Response | None:
        """Make a visit, through all its retries and redirects, until its outcome stands; returns the answer, if any.

        Raises NotRequestable, and whatever keeps the archive from being written.
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

    def _limit(self, setting: str) -> float:
        return self.settings.getfloat(setting)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.task.report(self.books.counts)
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > self._limit("MEMORY_LIMIT_MB") * 1024:
                self.stop("error_limit")
