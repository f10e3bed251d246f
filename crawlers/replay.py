"""The network door without a network: a download handler that answers from a WARC file, as the live web would have."""

from __future__ import annotations

from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Response

from crawlers.archive import MAX_BODY, Recorded, RecordedWeb
from crawlers.outcomes import NoAnswer
from crawlers.records import ArchiveError, BulletinsError, FetchOutcome

# What WARC-Truncated says became of the connection, as the exception that Scrapy raises when it happens live.
_FAULTS: dict[str, type[Exception]] = {
    "time": DownloadTimeoutError,
    "length": DownloadCancelledError,
    "disconnect": ResponseDataLossError,
    "unspecified": ResponseDataLossError,
}
_VALIDATORS = ("etag", "last-modified", "date", "cache-control", "expires", "vary", "content-location")


class ReplayHandler(BaseDownloadHandler):
    """Answers http and https requests from the file in setting REPLAY; opens no socket.

    The n-th request for a URL gets the n-th recorded answer, the last one again and again.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.web = open_web(Path(crawler.settings["REPLAY"]))
        self.asked: dict[int, int] = {}  # requests by the offset of a URL's first answer; only where there are several

    async def download_request(self, request: Request) -> Response:
        """Return what was recorded for the URL; raises NoAnswer(not_in_replay), or the fault the record states."""
        offsets = self.web.answers(request.url)
        if not offsets:
            raise NoAnswer(FetchOutcome.NOT_IN_REPLAY, "the WARC file holds no answer for this URL")
        recorded = self.web.read(self._next(offsets))
        if fault := _fault(recorded):
            raise fault
        request.meta["note"] = f"recorded {recorded.recorded_at:%Y-%m-%dT%H:%M:%SZ}"
        if recorded.status == 200 and _unchanged(request, recorded):
            return _not_modified(request, recorded)
        request.meta["recorded_head"] = _head(recorded.start_line, recorded)
        return Response(request.url, recorded.status, _grouped(recorded), recorded.body, ip_address=None)

    def _next(self, offsets: tuple[int, ...]) -> int:
        if len(offsets) == 1:
            return offsets[0]
        asked = self.asked.get(offsets[0], 0)
        self.asked[offsets[0]] = asked + 1
        return offsets[min(asked, len(offsets) - 1)]


def _fault(recorded: Recorded) -> Exception | None:
    """Return what a record that is no whole answer would have been live; None for one that is whole."""
    if recorded.truncated is not None:
        return _FAULTS.get(recorded.truncated, ResponseDataLossError)(f"recorded as truncated: {recorded.truncated}")
    if len(recorded.body) > MAX_BODY:
        return DownloadCancelledError(f"{len(recorded.body)} bytes recorded")
    headers = {name.lower(): value for name, value in recorded.headers}
    stated = headers.get("content-length", "")
    # Where an archive has unpacked a body, the stated length is that of the packed one.
    if stated.isdecimal() and "x-crawl-content-encoding" not in headers and len(recorded.body) < int(stated):
        return ResponseDataLossError(f"{len(recorded.body)} of {stated} bytes recorded")
    return None if recorded.status else ResponseDataLossError("no HTTP head recorded")


_webs: dict[Path, RecordedWeb] = {}


def open_web(path: Path) -> RecordedWeb:
    """Open a WARC file, once for both schemes; raises BulletinsError when it cannot be read or is none."""
    if path not in _webs:
        try:
            _webs[path] = RecordedWeb(path)
        except (ArchiveError, OSError) as error:
            raise BulletinsError(f"--replay: {error}") from error
    return _webs[path]


def _unchanged(request: Request, recorded: Recorded) -> bool:
    """Tell whether a server with these validators would say 304; If-None-Match wins, as in RFC 9110."""
    validators = {name.lower(): value for name, value in recorded.headers}
    if sent := request.headers.get("If-None-Match"):
        return sent.decode("latin-1") == validators.get("etag")
    sent = request.headers.get("If-Modified-Since")
    return bool(sent) and sent.decode("latin-1") == validators.get("last-modified")  # type: ignore[union-attr]


def _not_modified(request: Request, recorded: Recorded) -> Response:
    kept = {name: [value.encode("latin-1")] for name, value in recorded.headers if name.lower() in _VALIDATORS}
    return Response(request.url, 304, kept)


def _grouped(recorded: Recorded) -> dict[str, list[bytes]]:
    grouped: dict[str, list[bytes]] = {}
    for name, value in recorded.headers:
        grouped.setdefault(name, []).append(value.encode("latin-1"))
    return grouped


def _head(start_line: str, recorded: Recorded) -> bytes:
    """Return the recorded head; chunked framing is undone in the body, so it is not announced either."""
    lines = [f"{name}: {value}" for name, value in recorded.headers if name.lower() != "transfer-encoding"]
    return "\r\n".join([start_line, *lines, "", ""]).encode("latin-1")
