"""Scrapy's settings where they differ from its defaults, each with its reason; what an outlet declares comes on top
(`settings_of`). Values that a test has to shorten are settings too, with names of our own at the end.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from crawlers.records import BulletinsError, Outlet
from crawlers.robots import ROBOT

BOT_NAME = ROBOT
SPIDER_MODULES = ["crawlers.spiders"]

# Doors that stay shut. Scrapy opens the two consoles by default; a page must not lead us to a file or a bucket.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawlers.network.GuardedHandler",
    "https": "crawlers.network.GuardedHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawlers.network.GuardResolver"
HTTPPROXY_ENABLED = False  # a proxy would hide addresses from the resolver
COOKIES_ENABLED = False  # nothing we read needs them, and redirects leak them
REFERER_ENABLED = False
METAREFRESH_ENABLED = False  # consent and parking pages use it; articles do not
DOWNLOAD_VERIFY_CERTIFICATES = True  # an outlet may declare otherwise; every fetch says which it was

# Bounds on what one answer may cost. Default size is 1 GiB, default time 180 s; the time is a total, measured.
DOWNLOAD_MAXSIZE = 8 * 2**20
DOWNLOAD_WARNSIZE = 2 * 2**20
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page is never stored as a whole one

# What every request goes through, from the engine to the downloader. Scrapy's own ones that stay are its request
# defaults and its counters; ours stand in for the rest (see crawlers/middlewares.py).
COMPRESSION_ENABLED = False  # bodies are archived as received; readers of the archive decode them, within a bound
REDIRECT_ENABLED = False
RETRY_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "crawlers.robots.RobotsMiddleware": 100,
    "crawlers.retry.RetryMiddleware": 550,
    "crawlers.middlewares.RedirectMiddleware": 600,
    "crawlers.middlewares.ArchiveMiddleware": 950,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",  # what every WARC reader decodes; Scrapy would offer br and zstd too
}

# Gentleness: one request at a time per host, with the outlet's delay between two (`settings_of`).
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0.0  # it would go below a Crawl-delay half of the time
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_MAX_DELAY = 120.0
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawlers.robots.PoliteThrottle": 0,
    "scrapy.extensions.closespider.CloseSpider": None,  # the spider ends itself, so that every link gets its fate
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.logstats.LogStats": None,
}

LOG_INSTALL_ROOT_HANDLER = False  # `python -m crawlers` has set up the log already
STATS_DUMP = False  # the manifest keeps the counters

# Ours.
ALLOW_ADDRESSES: list[
    str
] = []  # addresses that the guard lets through although they are not public; tests name loopback
REPLAY: str | None = None  # path of a WARC file that answers instead of the network
CRAWL_SECONDS = 3000  # the nightly task has an hour
GRACE_SECONDS = 5.0  # that a crawl told to stop waits for the attempt in flight
MEMORY_LIMIT_MB = 1024
FAILURES_IN_A_ROW = 20  # pages; then the outlet is down, and knocking on helps nobody
LONGEST_CRAWL_DELAY = 120.0  # seconds; a Crawl-delay above it would make one crawl last for days
LONGEST_WAIT = 120.0  # seconds that a crawl waits for a host; a longer Retry-After puts its links off to the next crawl
RATE_LIMIT_WAIT = 30.0  # seconds after a 429 that does not say how long; what large news crawlers wait


def settings_of(outlet: Outlet, *, contact: str, replay: Path | None = None) -> dict[str, Any]:
    """Return the settings that one crawl of `outlet` adds to those above; `contact` stands in the user agent."""
    delay = outlet.politeness.delay_seconds
    added: dict[str, Any] = {
        "USER_AGENT": f"{ROBOT}/{code_version()} ({contact})",
        "DEFAULT_REQUEST_HEADERS": DEFAULT_REQUEST_HEADERS
        | {"Accept-Language": ", ".join([*outlet.languages, "*;q=0.5"])},
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": max(AUTOTHROTTLE_MAX_DELAY, delay),
        "DOWNLOAD_VERIFY_CERTIFICATES": outlet.politeness.verify_tls,
    }
    if replay is not None:
        handler = "crawlers.replay.ReplayHandler"
        added |= {
            "REPLAY": str(replay),
            "DOWNLOAD_HANDLERS": DOWNLOAD_HANDLERS | {"http": handler, "https": handler},
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
        }
    return added


def contact() -> str:
    """Return BULLETINS_CONTACT as the user agent says it; raises BulletinsError when it is unfit for a header."""
    value = os.environ.get("BULLETINS_CONTACT", "").strip()
    if not value:
        return "no contact given"  # an address that nobody reads would be worse
    if not (value.isascii() and value.isprintable()) or "(" in value or ")" in value:
        raise BulletinsError("BULLETINS_CONTACT: expected a URL or mail address in printable ASCII without brackets")
    return f"+{value}"


def code_version() -> str:
    """Return the version of this project that is running."""
    try:
        return version("syria-bulletins")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0.1.0"
