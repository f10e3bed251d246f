"""A visit: what we want from one URL, and how its attempts went so far; it travels in `request.meta` through every
redirect and retry. One Visit ends in one outcome; each of its attempts is a Fetch in the archive.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response

from crawlers.records import BulletinsError, Fetch, FetchOutcome, Link, Purpose
from crawlers.state import KnownFeed, KnownPage

_META = "visit"


class NotRequestable(BulletinsError):
    """A URL of which no HTTP request can be made."""


@dataclass(slots=True, kw_only=True)
class Visit:
    """One URL to be visited. The only mutable record of a crawl: middlewares note on it what happened."""

    purpose: Purpose
    first_url: str  # where the chain of redirects begins
    link: Link | None = None  # of a page
    known: KnownPage | KnownFeed | None = None  # what the state says of it
    conditional: bool = False  # validators are sent along
    hops: int = 0  # redirects followed
    retries: int = 0  # attempts made again
    last: Fetch | None = None  # the latest attempt, as committed
    failure: Exception | None = None  # what the latest attempt ended in instead of an answer
    put_off: str = ""  # what the host said when it wanted us to stay away for longer than a crawl waits

    @property
    def key(self) -> str | None:
        """Return the page's key; None for feeds and robots.txt."""
        return self.link.key if self.link else None

    @property
    def outcome(self) -> FetchOutcome | None:
        """Return how the latest attempt ended; None before the first one ended."""
        return self.last.outcome if self.last else None

    def request(self, url: str) -> Request:
        """Make the request of this visit's next attempt; raises NotRequestable."""
        try:
            return Request(url.partition("#")[0], meta={_META: self}, headers=self._validators(), dont_filter=True)
        except ValueError as error:
            raise NotRequestable(str(error)) from error

    def _validators(self) -> dict[str, str]:
        if not self.conditional or self.known is None:
            return {}
        pairs = (("If-None-Match", self.known.etag), ("If-Modified-Since", self.known.last_modified))
        return {name: value for name, value in pairs if value}


def visit_of(request: Request) -> Visit:
    """Return the visit that a request belongs to; every request of this project has one."""
    visit: Visit = request.meta[_META]
    return visit


def header_pairs(response: Response) -> tuple[tuple[str, str], ...]:
    """Return the headers of a response as (name, value) pairs, latin-1."""
    items = response.headers.items()
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in items for value in values)
