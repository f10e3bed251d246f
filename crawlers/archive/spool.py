"""A crawl's spool folder: what it holds, and putting it right after the process died.

    <spool>/<crawl_id>/crawl.json                 the crawl's facts, how often it was resumed
                       <crawl_id>-00000.warc.gz   … committed attempts and links
                       fates.jsonl                until the crawl is closed; made anew on every resume
                       manifest.json              the crawl is closed: publish it
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawlers.records import Fetch, Link, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One committed attempt, enough to answer for it without the network."""

    fetch: Fetch
    link: Link | None  # of a page
    request_head: bytes
    response_head: bytes  # empty when nothing came
    body: bytes  # as received, Content-Encoding kept (Transfer-Encoding undone); a revisit's is that of its original


class Held:
    """The attempts a spool holds already, in their order; only places are kept in memory, bodies are read when taken."""

    def take(self, purpose: Purpose, url: str, key: str | None = None) -> Exchange | None:
        """Return the first attempt of this purpose, URL and page key that was not taken yet, None when there is none left.

        Taking them one by one makes a resumed crawl relive its history, retries included; after the last one it asks
        the network. Do not pass a taken attempt to `CrawlWriter.fetch`: it is committed and counted already.
        """
        raise NotImplementedError

    def __len__(self) -> int:
        """Return how many attempts are left to take."""
        raise NotImplementedError


def is_closed(spool: Path, crawl_id: str) -> bool:
    """Tell whether the crawl's spool is complete and waits only to be published."""
    raise NotImplementedError
