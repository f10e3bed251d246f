"""Discover the links of one crawl: feeds are read, each link gets its fate at once or a place in the selection.

feeds ─▶ links ─┬─▶ rejected, duplicate_link, already_known     no request
                └─▶ selection (page limit) ─▶ pages to fetch
state ─▶ pages due for a re-visit ──┘
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import deque
from itertools import takewhile
from typing import TYPE_CHECKING

from scrapy.http import Response

from crawlers.archive import decode
from crawlers.feeds import FeedContent, read_feed
from crawlers.identity import canonical_of, identify
from crawlers.outcomes import one_line
from crawlers.records import Fate, Feed, FeedError, FeedKind, FetchOutcome, Link, Purpose
from crawlers.selection import Selection, newest_first
from crawlers.state import KnownPage
from crawlers.urls import allowed, judge
from crawlers.visit import NotRequestable, Visit, header_pairs

if TYPE_CHECKING:
    from crawlers.spiders.outlet import OutletSpider

DUE = "state:due"  # stands for the feed of a link that comes from the state: a page due for a re-visit

logger = logging.getLogger(__name__)


class Discovery:
    """The links of one crawl; `selection` holds those to be fetched."""

    def __init__(self, spider: OutletSpider) -> None:
        self.spider = spider
        self.task = spider.task
        self.books = spider.books
        self.selection = Selection(self.task.page_limit)
        self._seen: set[bytes] = set()  # keys of the crawl's links: all that grows with the crawl
        self._documents: set[str] = set()  # feed documents read, by where they were found

    async def read(self, feed: Feed) -> None:
        """Read one declared feed and, within its limit, the documents it leads to."""
        left = feed.max_pages + (feed.kind is FeedKind.SITEMAP)  # a sitemap index is not one of its own children
        urls, known = deque([feed.url]), {feed.url}
        while urls and left > 0 and not self.spider.stop_reason:
            left -= 1
            content = await self._read_document(feed, urls.popleft())
            children = [url for url in content.child_feeds if url not in known and allowed(url, self.task.outlet)]
            known.update(children)
            urls.extend(children[: max(0, left - len(urls))])

    def take_due(self) -> None:
        """Add pages that are due and that no feed lists, as many as find a place.

        They come in the selection's own order: where one finds none, none after it does.
        """
        if self.spider.stop_reason:
            return
        due = (page for page in self.task.state.due() if bytes.fromhex(page.key) not in self._seen)
        # A page that the declaration has come to exclude is left as it is.
        fit = (page for page in due if judge(page.url, self.task.outlet) is None)
        links: list[Link] = []
        left_out: list[Link] = []
        for page in takewhile(self.selection.would_take, fit):
            link = self._due_link(page, len(links))
            links.append(link)
            if pushed := self.selection.offer(link, link.position, page):
                left_out.append(pushed)
        if links:
            self.task.writer.links(DUE, links)
        self.books.links += len(links)
        self._seen.update(bytes.fromhex(link.key) for link in links)
        for link in left_out:
            self.books.leave_out(link, self.task.page_limit)

    def _due_link(self, page: KnownPage, position: int) -> Link:
        canonical = canonical_of(page.url, self.task.outlet)
        return Link(key=page.key, url=page.url, canonical=canonical, feed_url=DUE, position=position)

    async def _read_document(self, feed: Feed, url: str) -> FeedContent:
        known = self.task.state.feed(url)
        visit = Visit(purpose=Purpose.FEED, first_url=url, known=known, conditional=self.task.is_conditional(known))
        try:
            response = await self.spider.ask(visit)
        except NotRequestable as error:
            return self._note_failure(url, FetchOutcome.BAD_URL, str(error))
        if response is not None and visit.outcome is FetchOutcome.OK:
            return self._read_links(feed, response)
        if visit.outcome is FetchOutcome.NOT_MODIFIED:
            logger.info("feed %s: not modified", url)
            self.books.feeds[visit.outcome] += 1
            return FeedContent()
        # Without an outcome the crawl was stopped before the first attempt ended.
        return self._note_failure(url, visit.outcome, visit.put_off) if visit.outcome else FeedContent()

    def _note_failure(self, url: str, outcome: FetchOutcome, detail: str) -> FeedContent:
        logger.warning("feed %s: %s %s", url, outcome, detail)
        self.books.feeds[outcome] += 1
        return FeedContent()

    def _read_links(self, feed: Feed, response: Response) -> FeedContent:
        """Read a feed document and decide on each of its links; one that two feeds lead to is read once."""
        if response.url in self._documents:
            self.books.feeds[FetchOutcome.OK] += 1
            return FeedContent()
        self._documents.add(response.url)
        headers = header_pairs(response)
        try:
            body = decode(response.body, headers).body
            content = read_feed(feed, body, url=response.url, headers=dict(headers), now=dt.datetime.now(dt.UTC))
        except Exception as error:  # a feed that breaks its reader must not take the other feeds with it
            logger.warning("feed %s: %s", response.url, error, exc_info=not isinstance(error, FeedError))
            self.books.feeds[None] += 1
            self.task.writer.links(response.url, (), (one_line(f"{type(error).__name__}: {error}"),))
            return FeedContent()
        self.books.feeds[FetchOutcome.OK] += 1
        links = tuple(identify(link, self.task.outlet) for link in content.links)
        self.task.writer.links(response.url, links, content.problems)
        for place, link in enumerate(newest_first(links)):
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
        if known and not known.due:  # in a forced crawl the state calls all pages due but erased ones
            self.books.settle(link, Fate.ALREADY_KNOWN)
        elif left_out := self.selection.offer(link, place, known):
            self.books.leave_out(left_out, self.task.page_limit)
