"""What an answer or a failure means: the one place where HTTP statuses and network exceptions become a FetchOutcome.

Everything after it (archive, retries, redirects, fates) looks at the outcome alone. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from OpenSSL.SSL import Error as OpenSSLError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import TimeoutError as ConnectTimeoutError
from twisted.python.failure import Failure
from w3lib.url import safe_url_string

from crawlers.records import BulletinsError, DeferReason, Fate, FetchOutcome, LinkReason, Outlet
from crawlers.urls import allowed, judge

MAX_HOPS = 5  # redirects followed; RFC 9309 asks for five for robots.txt, and honest sites need two
MAX_DETAIL = 300  # characters of `Fetch.detail`

# Worth another attempt within the same crawl: these pass, a 404 does not.
TRANSIENT = frozenset(
    {
        FetchOutcome.SERVER_ERROR,
        FetchOutcome.TIMEOUT,
        FetchOutcome.DNS_FAILED,
        FetchOutcome.CONNECTION_FAILED,
        FetchOutcome.TRUNCATED,
        FetchOutcome.RATE_LIMITED,
    }
)

_BY_STATUS = {
    401: FetchOutcome.FORBIDDEN,
    403: FetchOutcome.FORBIDDEN,
    404: FetchOutcome.NOT_FOUND,
    406: FetchOutcome.FORBIDDEN,
    410: FetchOutcome.GONE,
    429: FetchOutcome.RATE_LIMITED,
    451: FetchOutcome.FORBIDDEN,
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class NoAnswer(BulletinsError):
    """An attempt that ends without an answer for a reason of ours; `outcome` says which."""

    def __init__(self, outcome: FetchOutcome, text: str) -> None:
        super().__init__(text)
        self.outcome = outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one attempt ended."""

    outcome: FetchOutcome
    detail: str = ""
    redirect_to: str | None = None  # absolute; also where it is not followed


def judge_answer(status: int, location: str | None, *, empty: bool, conditional: bool) -> Verdict:
    """Name the outcome of an answer by its status; a redirect still needs `judge_redirect`."""
    if status in (200, 203):
        return Verdict(outcome=FetchOutcome.EMPTY if empty else FetchOutcome.OK)
    if status in _REDIRECTS and location:
        return Verdict(outcome=FetchOutcome.REDIRECTED, redirect_to=location)
    if status == 304 and conditional:
        return Verdict(outcome=FetchOutcome.NOT_MODIFIED)
    if status in _BY_STATUS:
        return Verdict(outcome=_BY_STATUS[status])
    if 400 <= status < 500:
        return Verdict(outcome=FetchOutcome.CLIENT_ERROR, detail=f"status {status}")
    if 500 <= status < 600:
        return Verdict(outcome=FetchOutcome.SERVER_ERROR, detail=f"status {status}")
    # 206 is half a page that we did not ask for; 202 is how challenges answer; 3xx without a target leads nowhere.
    return Verdict(outcome=FetchOutcome.UNEXPECTED_STATUS, detail=f"status {status}")


def judge_redirect(url: str, location: str, *, hops: int, outlet: Outlet) -> Verdict:
    """Decide whether the redirect from `url` to `location` is followed; `hops` were followed before it."""
    try:
        target = urljoin(url, safe_url_string(location.strip()))
        form = judge(target, outlet)
    except ValueError as error:
        return Verdict(outcome=FetchOutcome.BAD_URL, detail=one_line(f"Location {location!r}: {error}"))
    if urlsplit(target).scheme not in ("http", "https") or form is LinkReason.BAD_URL:
        outcome = FetchOutcome.BAD_URL
    elif not allowed(target, outlet):
        outcome = FetchOutcome.REDIRECT_OFFSITE
    elif hops >= MAX_HOPS:
        outcome = FetchOutcome.REDIRECT_LIMIT
    else:
        outcome = FetchOutcome.REDIRECTED
    # The archive and the tables keep a URL of any length out of their way; the detail shows its beginning.
    detail = "" if outcome is FetchOutcome.REDIRECTED else one_line(f"redirects to {target}")
    return Verdict(outcome=outcome, detail=detail, redirect_to=target if len(target) <= 2048 else None)


def judge_failure(error: BaseException) -> Verdict:
    """Name the outcome of an attempt that ended in an exception instead of an answer."""
    return Verdict(outcome=_failure_outcome(error), detail=_failure_detail(error))


def fate_of(outcome: FetchOutcome) -> tuple[Fate, str]:
    """Return the fate, and its reason, of a link whose last attempt ended so."""
    match outcome:
        case FetchOutcome.OK:
            return Fate.FETCHED, ""
        case FetchOutcome.NOT_MODIFIED:
            return Fate.NOT_MODIFIED, ""
        case FetchOutcome.ROBOTS_DENIED:
            return Fate.ROBOTS_DENIED, ""
        case FetchOutcome.ROBOTS_UNREACHABLE:
            return Fate.DEFERRED, DeferReason.ROBOTS_UNREACHABLE
        case FetchOutcome.RATE_LIMITED:
            return Fate.DEFERRED, DeferReason.RATE_LIMITED
    return Fate.FETCH_FAILED, outcome


def one_line(text: str) -> str:
    """Return `text` as one line of at most 300 characters, control characters escaped: fit for a log and a table."""
    escaped = _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return escaped if len(escaped) <= MAX_DETAIL else escaped[: MAX_DETAIL - 1] + "…"


def _failure_outcome(error: BaseException) -> FetchOutcome:
    if isinstance(error, NoAnswer):
        return error.outcome
    causes = tuple(_causes(error))
    # Innermost first: a handshake that fails comes wrapped in "the connection was lost".
    for kind, outcome in (
        ((OpenSSLError, VerificationError), FetchOutcome.TLS_ERROR),
        ((DownloadTimeoutError, ConnectTimeoutError), FetchOutcome.TIMEOUT),
        ((ResponseDataLossError,), FetchOutcome.TRUNCATED),
        ((DownloadCancelledError,), FetchOutcome.TOO_LARGE),  # the downloader cancels for size only
        ((CannotResolveHostError,), FetchOutcome.DNS_FAILED),
        ((UnsupportedURLSchemeError,), FetchOutcome.BAD_URL),
    ):
        if any(isinstance(cause, kind) for cause in causes):
            return outcome
    if isinstance(error, ValueError) and "hostname" in str(error):  # Twisted: a host that is no host name
        return FetchOutcome.BAD_URL
    return FetchOutcome.CONNECTION_FAILED


def _failure_detail(error: BaseException) -> str:
    if isinstance(error, NoAnswer):
        return one_line(str(error))
    *_, innermost = _causes(error)
    return one_line(f"{type(innermost).__name__}: {innermost}")


def _causes(error: BaseException, depth: int = 8) -> Iterator[BaseException]:
    """Yield an exception and what Twisted and Scrapy wrapped in it, outermost first."""
    yield error
    if depth == 0:
        return
    for reason in getattr(error, "reasons", ()):
        if isinstance(reason, Failure) and reason.value is not None:
            yield from _causes(reason.value, depth - 1)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__, depth - 1)
