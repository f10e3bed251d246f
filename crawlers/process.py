"""Scrapy in this process: run one spider to its end, with signals and the tether to the parent turned into `stop`."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawlers.books import ExitCode
from crawlers.spiders.outlet import OutletSpider
from crawlers.task import CrawlTask

ORPHANED = "orphaned"  # a stop that leaves the crawl to be taken up again; never a finish_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedCrawl:
    """A spider at its end, all links accounted for."""

    spider: OutletSpider
    stats: dict[str, float]  # Scrapy's counters

    @property
    def finish_reason(self) -> str:
        """Return the manifest's word for how the crawl ended."""
        return self.spider.stop_reason or self.spider.books.finish_reason

    @property
    def exit_code(self) -> ExitCode:
        """Return what the process shall say."""
        return ExitCode.PARTIAL if self.spider.stop_reason else self.spider.books.exit_code


def run_spider(task: CrawlTask, settings: Mapping[str, Any], *, tethered: bool) -> FinishedCrawl:
    """Run the outlet spider; once per process, for a reactor does not start twice.

    `tethered`: standard input is a pipe that the parent holds open; when it ends, the crawl stops as ORPHANED.
    Raises whatever broke the crawl off.
    """
    project = Settings()
    project.setmodule("crawlers.settings", priority="project")
    project.setdict(dict(settings), priority="cmdline")
    process = AsyncCrawlerProcess(project)
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # cheaper than to filter a line for each request
    crawler = process.create_crawler(OutletSpider)
    _listen(asyncio.get_event_loop(), crawler, tethered=tethered)
    running = process.crawl(crawler, task=task)
    process.start(install_signal_handlers=False)
    if (failure := running.exception()) is not None:
        raise failure
    spider = crawler.spider
    assert isinstance(spider, OutletSpider)  # noqa: S101 - for the type checker
    if spider.error is not None:
        raise spider.error
    stats = crawler.stats.get_stats() if crawler.stats else {}
    return FinishedCrawl(
        spider=spider, stats={name: float(n) for name, n in stats.items() if isinstance(n, int | float)}
    )


def _listen(loop: asyncio.AbstractEventLoop, crawler: Crawler, *, tethered: bool) -> None:
    def stop(reason: str) -> None:
        if isinstance(crawler.spider, OutletSpider):
            crawler.spider.stop(reason)

    def on_input() -> None:
        if not os.read(sys.stdin.fileno(), 1024):
            loop.remove_reader(sys.stdin.fileno())
            stop(ORPHANED)

    loop.add_signal_handler(signal.SIGTERM, stop, "interrupted")
    loop.add_signal_handler(signal.SIGINT, stop, "interrupted")
    if tethered:
        loop.add_reader(sys.stdin.fileno(), on_input)
