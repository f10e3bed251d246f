"""Which links a crawl fetches when its outlet offers more than the page limit."""

from __future__ import annotations

import heapq
import math
from collections import deque
from itertools import count

from crawlers.records import Link


class Selection:
    """Keeps the best `limit` links of any number offered; memory grows with `limit`, not with what is offered.

    New pages go before re-visits, and the newest of each feed before older ones of any feed: no feed starves another.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._worst_first: list[tuple[int, int, int, Link]] = []
        self._count = count()

    def offer(self, link: Link, place: int, *, is_known: bool) -> Link | None:
        """Take a link that stands at `place` in its feed by age; returns the one that now does not fit, if any."""
        entry = (-int(is_known), -place, -next(self._count), link)
        if self.room > 0:
            heapq.heappush(self._worst_first, entry)
            return None
        return heapq.heappushpop(self._worst_first, entry)[3]

    @property
    def room(self) -> int:
        """Return how many more links fit."""
        return self.limit - len(self._worst_first)

    def drain(self) -> deque[Link]:
        """Return the chosen links, best first, and be empty."""
        chosen = deque(entry[3] for entry in sorted(self._worst_first, reverse=True, key=lambda entry: entry[:3]))
        self._worst_first.clear()
        return chosen


def newest_first(links: tuple[Link, ...]) -> list[Link]:
    """Order the links of one feed document by age, undated ones behind, each group in the feed's own order."""
    return sorted(links, key=lambda link: -link.published_at.timestamp() if link.published_at else math.inf)
