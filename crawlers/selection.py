"""Which links a crawl fetches when its outlet offers more than the page limit."""

from __future__ import annotations

import heapq
import math
from collections import deque
from itertools import count

from crawlers.records import Link
from crawlers.state import KnownPage


class Selection:
    """Keeps the best `limit` links of any number offered; memory grows with `limit`, not with what is offered.

    Pages we never had go before re-visits: those that nothing is known of first, the newest of each feed before older
    ones of any feed, so that no feed starves another; then those that were put off or failed; then re-visits. Of known
    pages the one that was not visited for longest goes first, so that none is put off for ever.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._worst_first: list[tuple[int, float, int, Link]] = []
        self._count = count()

    def offer(self, link: Link, place: int, known: KnownPage | None) -> Link | None:
        """Take a link that stands at `place` in its feed by age; returns the one that now does not fit, if any."""
        entry = (*_worth(place, known), -next(self._count), link)
        if self.room > 0:
            heapq.heappush(self._worst_first, entry)
            return None
        return heapq.heappushpop(self._worst_first, entry)[3]

    def would_take(self, known: KnownPage) -> bool:
        """Tell whether a known page would find a place, be it another's."""
        return self.room > 0 or (self.limit > 0 and _worth(0, known) > self._worst_first[0][:2])

    @property
    def room(self) -> int:
        """Return how many more links fit."""
        return self.limit - len(self._worst_first)

    def drain(self) -> deque[Link]:
        """Return the chosen links, best first, and be empty."""
        chosen = deque(entry[3] for entry in sorted(self._worst_first, reverse=True, key=lambda entry: entry[:3]))
        self._worst_first.clear()
        return chosen


def _worth(place: int, known: KnownPage | None) -> tuple[int, float]:
    """Return what orders links, the best one greatest."""
    if known is None:
        return 0, -place
    return -1 if known.last_full_at is None else -2, -known.last_fetched_at.timestamp()


def newest_first(links: tuple[Link, ...]) -> list[Link]:
    """Order the links of one feed document by age, undated ones behind, each group in the feed's own order."""
    return sorted(links, key=lambda link: -link.published_at.timestamp() if link.published_at else math.inf)
