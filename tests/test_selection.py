"""Which links are fetched when there are more than a crawl may fetch."""

from __future__ import annotations

import datetime as dt

from crawlers.records import Link
from crawlers.selection import Selection, newest_first
from crawlers.state import KnownPage

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _link(name: str, day: int | None = None) -> Link:
    date = DAY + dt.timedelta(days=day) if day is not None else None
    return Link(key=name, url=name, canonical=name, feed_url="feed", position=0, published_at=date)


def _known(day: int, *, had: bool = True) -> KnownPage:
    at = DAY + dt.timedelta(days=day)
    return KnownPage(key="", url="", first_seen_at=DAY, last_fetched_at=at, last_full_at=at if had else None)


def test_links_go_newest_first_and_undated_ones_behind_in_their_own_order() -> None:
    links = (_link("a"), _link("b", 1), _link("c", 9), _link("d"), _link("e", 5))
    assert [link.key for link in newest_first(links)] == ["c", "e", "b", "a", "d"]


def test_no_feed_starves_another() -> None:
    selection = Selection(4)
    for feed in ("x", "y", "z"):
        for place in range(3):
            selection.offer(_link(f"{feed}{place}"), place, None)
    assert [link.key for link in selection.drain()] == ["x0", "y0", "z0", "x1"]


def test_new_pages_go_before_visits_again() -> None:
    selection = Selection(2)
    assert selection.offer(_link("again"), 0, _known(1)) is None
    assert selection.offer(_link("new1"), 5, None) is None
    left_out = selection.offer(_link("new2"), 9, None)
    assert left_out is not None
    assert left_out.key == "again"
    assert [link.key for link in selection.drain()] == ["new1", "new2"]


def test_a_page_that_was_put_off_and_never_had_goes_before_visits_again() -> None:
    selection = Selection(3)
    selection.offer(_link("again"), 0, _known(1))
    selection.offer(_link("put off"), 0, _known(9, had=False))
    selection.offer(_link("new"), 9, None)
    assert [link.key for link in selection.drain()] == ["new", "put off", "again"]


def test_of_visits_again_the_longest_due_goes_first_wherever_a_feed_lists_it() -> None:
    selection = Selection(1)
    assert selection.offer(_link("yesterday"), 0, _known(8)) is None
    left_out = selection.offer(_link("last week"), 300, _known(2))
    assert left_out is not None
    assert left_out.key == "yesterday"
    assert selection.would_take(_known(1))
    assert not selection.would_take(_known(2))
    assert selection.would_take(_known(9, had=False))


def test_a_drained_selection_is_empty() -> None:
    selection = Selection(1)
    selection.offer(_link("a"), 0, None)
    assert selection.room == 0
    selection.drain()
    assert (selection.room, list(selection.drain())) == (1, [])
