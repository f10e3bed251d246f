"""What a crawl has learnt of the hosts it asks: how often each may be asked, and which want to be left alone."""

from __future__ import annotations

import logging
from collections import Counter

from scrapy.core.downloader import Downloader

from crawlers.outcomes import TRANSIENT
from crawlers.records import FetchOutcome
from crawlers.visit import Visit

LIMITED_IN_A_ROW = 3  # visits that end in 429 before a host is left alone

logger = logging.getLogger(__name__)


class Hosts:
    """The hosts of one live crawl."""

    def __init__(self) -> None:
        self.failures = 0  # pages in a row that failed as if the outlet were down
        self._crawl_delays: dict[str, float] = {}
        self._put_off: dict[str, str] = {}  # what a host said when it wanted to be left alone
        self._limited: Counter[str] = Counter()  # visits in a row that ended in 429

    def slow_down(self, host: str, delay: float, downloader: Downloader) -> None:
        """Let at least `delay` seconds pass between two requests to `host`."""
        if delay <= self._crawl_delays.get(host, 0.0):
            return
        logger.info("%s asks for %.1f s between two requests", host, delay)
        self._crawl_delays[host] = delay
        downloader.per_slot_settings[host] = {
            "delay": delay
        }  # for a new slot: Scrapy drops one that idles for a minute
        if host in downloader.slots:
            downloader.slots[host].delay = max(delay, downloader.slots[host].delay)

    def crawl_delay(self, host: str) -> float:
        """Return the seconds that must lie between two requests to `host`, as far as its robots.txt says."""
        return self._crawl_delays.get(host, 0.0)

    def put_off(self, host: str) -> str:
        """Return what `host` said when it wanted to be left alone for longer than this crawl; empty when it did not."""
        return self._put_off.get(host, "")

    def note(self, host: str, visit: Visit) -> None:
        """Learn from how the visit of a page ended."""
        limited = visit.outcome is FetchOutcome.RATE_LIMITED
        self._limited[host] = self._limited[host] + 1 if limited else 0
        if visit.put_off or self._limited[host] >= LIMITED_IN_A_ROW:
            self._put_off[host] = visit.put_off or f"{LIMITED_IN_A_ROW} pages in a row ended in 429"
        self.failures = self.failures + 1 if visit.outcome in TRANSIENT else 0
