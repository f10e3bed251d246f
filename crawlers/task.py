"""What one crawl works on and with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawlers.archive import CrawlWriter
from crawlers.records import Outlet
from crawlers.state import CrawlState, KnownFeed, KnownPage

# Some servers keep an ETag after a change; once a week we do not believe it. Less than the seven days by as much as the
# look at seven days may be early (sql/queries/select_known_pages.sql), so that this look is the week's full one.
FULL_FETCH_AFTER = dt.timedelta(days=6, hours=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTask:
    """One crawl of one outlet: where its links come from, where its pages go, and how far it may go."""

    outlet: Outlet
    writer: CrawlWriter
    state: CrawlState
    page_limit: int
    replay: Path | None = None
    forced: bool = False  # everything again, without validators
    report: Callable[[dict[str, int]], None] = lambda counts: None  # called once a second

    def is_conditional(self, known: KnownPage | KnownFeed | None) -> bool:
        """Tell whether to send validators: there are some, and the last full answer is less than a week old."""
        if known is None or self.forced or known.last_full_at is None or not (known.etag or known.last_modified):
            return False
        return dt.datetime.now(dt.UTC) - known.last_full_at < FULL_FETCH_AFTER
