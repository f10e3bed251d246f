"""When to try again, and when to leave a host alone: Retry-After, transient failures, two more attempts."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.outcomes import TRANSIENT
from crawlers.records import FetchOutcome
from crawlers.visit import Visit, visit_of

if TYPE_CHECKING:
    from crawlers.spiders.outlet import OutletSpider

RETRIES = 2  # further attempts, so three in all


class RetryMiddleware:
    """Repeats a visit's last attempt when that may help; the host's delay holds between attempts anyway."""

    def __init__(self, spider: OutletSpider, *, longest_wait: float, rate_limit_wait: float) -> None:
        self.spider = spider
        self.longest_wait = longest_wait
        self.rate_limit_wait = rate_limit_wait
        self.waits = spider.task.replay is None  # the answers of a replay are there already

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryMiddleware:
        """Make the middleware for the spider's crawl (Scrapy calls this)."""
        spider: OutletSpider = crawler.spider  # type: ignore[assignment]
        wait = crawler.settings.getfloat
        return cls(spider, longest_wait=wait("LONGEST_WAIT"), rate_limit_wait=wait("RATE_LIMIT_WAIT"))

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the same request once more, or the response."""
        stated = response.headers.get("Retry-After")
        after = parse_retry_after(stated.decode("latin-1"), dt.datetime.now(dt.UTC)) if stated else None
        return await self._again(request, after) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the same request once more, or let the exception pass."""
        return await self._again(request, None)

    async def _again(self, request: Request, retry_after: float | None) -> Request | None:
        visit = visit_of(request)
        if visit.outcome not in TRANSIENT:
            return None
        if retry_after is not None and retry_after > self.longest_wait:
            visit.put_off = f"Retry-After: {retry_after:.0f} s"
            return None
        if visit.retries >= RETRIES:
            return None
        if self.waits:
            await self.spider.pause(self._wait(visit, retry_after))
        if self.spider.stop_reason:
            return None
        visit.retries += 1
        return visit.request(request.url)

    def _wait(self, visit: Visit, retry_after: float | None) -> float:
        if retry_after is not None:
            return retry_after
        return self.rate_limit_wait if visit.outcome is FetchOutcome.RATE_LIMITED else 0.0


def parse_retry_after(value: str, now: dt.datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, 0 for a date that has passed, None for garbage."""
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), 10**9))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):  # IndexError: email.utils on some truncated dates
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())
