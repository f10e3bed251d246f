"""robots.txt: asked before the first request to a host, obeyed to the letter, also when it cannot be had.

answer                                         means
200                                            its rules; Crawl-delay raises the host's delay
404, 410, 401, 403, other 4xx, no content,     no rules: everything is allowed (RFC 9309, 2.3.1.3)
  a redirect that leads nowhere
5xx, timeout, cut off, no connection, no DNS   unreachable: nothing is allowed, the links are deferred (2.3.1.4)
429, or Retry-After beyond what a crawl waits  the same; the links are deferred
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from crawlers.archive import decode
from crawlers.outcomes import NoAnswer
from crawlers.records import FetchOutcome, Purpose
from crawlers.visit import Visit, header_pairs, visit_of

if TYPE_CHECKING:
    from crawlers.spiders.outlet import OutletSpider

# By this a robots.txt names us. Never the whole user agent: the contact in it could match somebody else's group.
ROBOT = "syria-bulletins"
MAX_BYTES = 512 * 1024  # what stands behind is not read; RFC 9309 asks for 500 KiB at least

_NO_RULES = frozenset(
    {
        FetchOutcome.EMPTY,
        FetchOutcome.NOT_FOUND,
        FetchOutcome.GONE,
        FetchOutcome.FORBIDDEN,
        FetchOutcome.CLIENT_ERROR,
        FetchOutcome.UNEXPECTED_STATUS,
        FetchOutcome.REDIRECT_LIMIT,
        FetchOutcome.REDIRECT_OFFSITE,
        FetchOutcome.BAD_URL,
        FetchOutcome.NOT_IN_REPLAY,
        # The host itself is refused then; its pages shall say so under their own names.
        FetchOutcome.ADDRESS_BLOCKED,
    }
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A robots.txt that could not be had, and why."""

    why: str


class RobotsMiddleware:
    """Lets a request pass only if its host's robots.txt, asked once per crawl, allows it."""

    def __init__(self, spider: OutletSpider, *, longest_delay: float) -> None:
        self.spider = spider
        self.longest_delay = longest_delay
        self.rules: dict[str, Protego | Unreachable | None] = {}  # by scheme and host; None: no rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Make the middleware for the spider's crawl (Scrapy calls this)."""
        return cls(crawler.spider, longest_delay=crawler.settings.getfloat("LONGEST_CRAWL_DELAY"))  # type: ignore[arg-type]

    async def process_request(self, request: Request) -> None:
        """Raise NoAnswer(robots_denied or robots_unreachable) unless the request may go."""
        if visit_of(request).purpose is Purpose.ROBOTS:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            self.rules[origin] = await self._ask(origin)
        rules = self.rules[origin]
        if isinstance(rules, Unreachable):
            raise NoAnswer(FetchOutcome.ROBOTS_UNREACHABLE, f"{origin}/robots.txt: {rules.why}")
        if rules is not None:
            self._slow_down(request, rules)
            if not rules.can_fetch(request.url, ROBOT):
                raise NoAnswer(FetchOutcome.ROBOTS_DENIED, f"denied by {origin}/robots.txt")

    async def _ask(self, origin: str) -> Protego | Unreachable | None:
        visit = Visit(purpose=Purpose.ROBOTS, first_url=f"{origin}/robots.txt")
        response = await self.spider.ask(visit)
        if visit.outcome is FetchOutcome.OK and response is not None:
            return _parse(response)
        if visit.put_off:
            return Unreachable(visit.put_off)
        if visit.outcome in _NO_RULES:
            return None
        return Unreachable(visit.outcome or "interrupted")

    def _slow_down(self, request: Request, rules: Protego) -> None:
        """Hold the Crawl-delay of `rules` for the request's host: never faster than our own delay."""
        stated = rules.crawl_delay(ROBOT)
        host = urlsplit(request.url).hostname or ""
        if stated and self.spider.task.replay is None:
            self.spider.hosts.slow_down(host, min(float(stated), self.longest_delay), self.spider.engine.downloader)


def _parse(response: Response) -> Protego | None:
    body = decode(response.body, header_pairs(response)).body[:MAX_BYTES]
    # utf-8-sig: a byte order mark would otherwise hide the first group.
    rules: Protego = Protego.parse(body.decode("utf-8-sig", "ignore"))
    return rules


class PoliteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, which never goes below a host's Crawl-delay."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        spider: OutletSpider = self.crawler.spider  # type: ignore[assignment]
        slot.delay = max(slot.delay, spider.hosts.crawl_delay(urlsplit(response.url).hostname or ""))
