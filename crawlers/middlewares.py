"""Between Scrapy's engine and its downloader: what every request of every spider goes through.

    engine ▸ robots ▸ retry ▸ redirect ▸ archive ▸ downloader (network, or replay)

`ArchiveMiddleware` stands next to the downloader. It commits each attempt to the archive under its outcome, exactly as
it came, before anything else acts on it; the ones above it look at that outcome alone.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.archive import parse_head
from crawlers.outcomes import NoAnswer, Verdict, judge_answer, judge_failure, judge_redirect
from crawlers.records import Fetch, FetchOutcome
from crawlers.visit import Visit, visit_of

if TYPE_CHECKING:
    from crawlers.spiders.outlet import OutletSpider

logger = logging.getLogger(__name__)


class ArchiveMiddleware:
    """Commits every attempt to the archive; answers from there what an interrupted crawl has committed already."""

    def __init__(self, spider: OutletSpider) -> None:
        self.spider = spider
        self.writer = spider.task.writer
        self.outlet = spider.task.outlet
        self.live = spider.task.replay is None
        self.held = self.writer.held()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Make the middleware for the spider's crawl (Scrapy calls this)."""
        return cls(crawler.spider)  # type: ignore[arg-type]

    def process_request(self, request: Request) -> Response | None:
        """Answer from the spool what this crawl asked before it was interrupted; let all else pass."""
        visit = visit_of(request)
        exchange = self.held.take(visit.purpose, request.url, visit.key)
        if exchange is None:
            return None
        request.meta["held"] = exchange.fetch
        if not exchange.response_head:
            raise NoAnswer(exchange.fetch.outcome, exchange.fetch.detail)
        start_line, headers = parse_head(exchange.response_head)
        status = int(start_line.split(" ", 2)[1])
        return Response(request.url, status, _grouped(headers), exchange.body)

    def process_response(self, request: Request, response: Response) -> Response:
        """Commit an answer, whatever its status."""
        verdict = self._judge(request, response)
        self._commit(request, verdict, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Commit an attempt that brought no answer, also one that robots.txt forbade."""
        if self.spider.abandoned:  # the crawl has been stopped over it, its link is deferred
            return
        verdict = judge_failure(exception)
        if verdict.outcome is FetchOutcome.CONNECTION_FAILED:
            logger.debug("%s", request.url, exc_info=exception)
        self._commit(request, verdict, None)
        visit_of(request).failure = exception

    def _judge(self, request: Request, response: Response) -> Verdict:
        visit = visit_of(request)
        location = _text(response, "Location")
        verdict = judge_answer(response.status, location, empty=not response.body, conditional=visit.conditional)
        if verdict.outcome is FetchOutcome.REDIRECTED and location:
            return judge_redirect(request.url, location, hops=visit.hops, outlet=self.outlet)
        return verdict

    def _commit(self, request: Request, verdict: Verdict, response: Response | None) -> None:
        visit = visit_of(request)
        held = request.meta.pop("held", None)
        if held is None and verdict.outcome in (FetchOutcome.ROBOTS_DENIED, FetchOutcome.ROBOTS_UNREACHABLE):
            # Robots.txt stops a request before it comes to `process_request` here.
            exchange = self.held.take(visit.purpose, request.url, visit.key)
            held = exchange.fetch if exchange else None
        visit.last = held or self._write(request, visit, verdict, response)

    def _write(self, request: Request, visit: Visit, verdict: Verdict, response: Response | None) -> Fetch:
        return self.writer.fetch(
            self._fetch(request, visit, verdict, response),
            _request_head(request),
            _response_head(request, response),
            response.body if response else b"",
            link=visit.link,
            previous=visit.known if visit.link else None,  # type: ignore[arg-type]
        )

    def _fetch(self, request: Request, visit: Visit, verdict: Verdict, response: Response | None) -> Fetch:
        now = time.time()
        began: float | None = request.meta.pop("began", None)
        https = urlsplit(request.url).scheme == "https"
        return Fetch(
            crawl_id=self.writer.facts.crawl_id,
            sequence=0,  # the writer counts
            purpose=visit.purpose,
            key=visit.key,
            url=request.url,
            first_url=visit.first_url,
            outcome=verdict.outcome,
            detail=verdict.detail or request.meta.pop("note", ""),
            status=response.status if response else None,
            fetched_at=dt.datetime.fromtimestamp(now, dt.UTC),
            elapsed_ms=None if began is None else max(0, round((now - began) * 1000)),
            content_type=_text(response, "Content-Type"),
            etag=_text(response, "ETag"),
            last_modified=_text(response, "Last-Modified"),
            redirect_to=verdict.redirect_to,
            conditional=visit.conditional,
            server_ip=str(response.ip_address) if response and response.ip_address else None,
            tls_verified=self.outlet.politeness.verify_tls if https and response and self.live else None,
        )


class RedirectMiddleware:
    """Follows a redirect that was judged fit to be followed; all others end the visit under their own outcome."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request for the next hop, or the response."""
        visit = visit_of(request)
        if visit.last is None or visit.last.outcome is not FetchOutcome.REDIRECTED or visit.last.redirect_to is None:
            return response
        visit.hops += 1
        return visit.request(visit.last.redirect_to)


def _grouped(headers: tuple[tuple[str, str], ...]) -> dict[str, list[bytes]]:
    grouped: dict[str, list[bytes]] = {}
    for name, value in headers:
        grouped.setdefault(name, []).append(value.encode("latin-1"))
    return grouped


def _text(response: Response | None, name: str) -> str | None:
    value = response.headers.get(name) if response is not None else None
    return value.decode("utf-8", "replace").strip()[:2048] if value else None


def _request_head(request: Request) -> bytes:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {path} HTTP/1.1".encode("ascii"), b"Host: " + parts.netloc.encode("ascii")]
    return b"\r\n".join([*lines, *_lines(request.headers), b"", b""])


def _response_head(request: Request, response: Response | None) -> bytes:
    """Return the head of an answer; Scrapy keeps no reason phrase and no spelling of names, a replay keeps both."""
    if response is None:
        return b""
    recorded: bytes | None = request.meta.pop("recorded_head", None)
    if recorded is not None:
        return recorded
    phrase = HTTPStatus(response.status).phrase if response.status in HTTPStatus._value2member_map_ else ""
    start_line = f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}".rstrip()
    return b"\r\n".join([start_line.encode("ascii"), *_lines(response.headers), b"", b""])


def _lines(headers: Mapping[bytes, Any]) -> list[bytes]:
    return [name + b": " + value for name, values in headers.items() for value in values]
