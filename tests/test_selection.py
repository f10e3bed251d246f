"""Which links are fetched when there are more than a crawl may fetch."""

from __future__ import annotations

import datetime as dt

from crawlers.records import Link
from crawlers.selection import Selection, newest_first

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _link(name: str, day: int | None = None) -> Link:
    date = DAY + dt.timedelta(days=day) if day is not None else None
    return Link(key=name, url=name, canonical=name, feed_url="feed", position=0, published_at=date)


def test_links_go_newest_first_and_undated_ones_behind_in_their_own_order() -> None:
    links = (_link("a"), _link("b", 1), _link("c", 9), _link("d"), _link("e", 5))
    assert [link.key for link in newest_first(links)] == ["c", "e", "b", "a", "d"]


def test_no_feed_starves_another() -> None:
    selection = Selection(4)
    for feed in ("x", "y", "z"):
        for place in range(3):
            selection.offer(_link(f"{feed}{place}"), place, is_known=False)
    assert [link.key for link in selection.drain()] == ["x0", "y0", "z0", "x1"]


def test_new_pages_go_before_visits_again() -> None:
    selection = Selection(2)
    assert selection.offer(_link("again"), 0, is_known=True) is None
    assert selection.offer(_link("new1"), 5, is_known=False) is None
    left_out = selection.offer(_link("new2"), 9, is_known=False)
    assert left_out is not None
    assert left_out.key == "again"
    assert [link.key for link in selection.drain()] == ["new1", "new2"]


def test_a_drained_selection_is_empty() -> None:
    selection = Selection(1)
    selection.offer(_link("a"), 0, is_known=False)
    assert selection.room == 0
    selection.drain()
    assert (selection.room, list(selection.drain())) == (1, [])
