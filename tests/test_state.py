"""The crawl state: what goes in comes out by key, however much there is."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.records import BulletinsError
from crawlers.state import CrawlState, KnownFeed, KnownPage, write_state

NOW = dt.datetime(2026, 1, 5, 3, 0, 0, 123456, tzinfo=dt.UTC)


def page(number: int, **changes: object) -> KnownPage:
    values: dict[str, object] = {
        "key": f"{number:064x}",
        "url": f"https://news.example/{number}",
        "first_seen_at": NOW,
        "last_fetched_at": NOW,
    }
    return KnownPage(**values | changes)


FEED = KnownFeed(url="https://news.example/feed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def test_what_is_known_comes_back_as_it_was(path):
    full = page(
        1,
        etag='W/"a\x00é"',
        last_modified="Mon, 05 Jan 2026 03:00:00 GMT",
        last_full_at=NOW - dt.timedelta(days=7),
        due=True,
        body_sha256="0" * 64,
        warc_file="sample/a.warc.gz",
        warc_offset=2**40,
        warc_record_id="<urn:uuid:0>",
    )
    feed = KnownFeed(url="https://news.example/خبر", etag='"b"', last_modified="x", last_full_at=NOW)
    write_state(path, [full, page(2)], [feed, FEED])
    with CrawlState(path) as state:
        assert state.page(full.key) == full
        assert state.page(page(2).key) == page(2)
        assert state.page(page(3).key) is None
        assert state.feed(feed.url) == feed
        assert state.feed(FEED.url) == FEED
        assert state.feed("https://news.example/") is None


TIMES = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.timezones())


@settings(max_examples=60, deadline=None)
@given(times=st.lists(TIMES, min_size=2, max_size=6))
def test_any_time_comes_back_to_the_microsecond_and_due_pages_in_their_order(tmp_path_factory, times):
    path = tmp_path_factory.mktemp("state") / "state.sqlite"
    pages = [page(number, last_fetched_at=when, due=True) for number, when in enumerate(times)]
    write_state(path, pages, [])
    with CrawlState(path) as state:
        found = list(state.due())
    in_utc = [(one.last_fetched_at.astimezone(dt.UTC), one.key) for one in pages]
    assert [(one.last_fetched_at, one.key) for one in found] == sorted(in_utc)
    assert all(one.last_fetched_at.tzinfo is dt.UTC for one in found)


def test_only_what_is_due_is_due(path):
    write_state(path, [page(number, due=number % 3 == 0) for number in range(10)], [])
    with CrawlState(path) as state:
        assert [one.key for one in state.due()] == [page(number).key for number in (0, 3, 6, 9)]


def test_an_older_file_is_replaced_and_one_that_failed_leaves_it(path):
    write_state(path, [page(1)], [])
    write_state(path, [page(2)], [])

    def breaks() -> Iterator[KnownPage]:
        yield page(3)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        write_state(path, breaks(), [])
    with CrawlState(path) as state:
        assert [state.page(page(number).key) is not None for number in (1, 2, 3)] == [False, True, False]


@pytest.mark.parametrize(("pages", "feeds"), [([page(1), page(1)], []), ([], [FEED, FEED])])
def test_one_thing_given_twice_is_an_error_and_no_file(path, pages, feeds):
    with pytest.raises(ValueError, match="given twice"):
        write_state(path, pages, feeds)
    assert not path.exists()


def test_a_time_without_a_zone_is_refused(path):
    with pytest.raises(ValueError, match="without a zone"):
        write_state(path, [page(1, last_full_at=NOW.replace(tzinfo=None))], [])


def test_text_that_no_utf8_can_hold_does_no_harm(path):
    write_state(path, [page(1, url="https://news.example/\ud800")], [])
    with CrawlState(path) as state:
        assert state.page(page(1).key) == page(1, url="https://news.example/?")
        assert state.feed("\udfff") is None


@pytest.mark.parametrize("content", [None, b"", b"not SQLite at all" * 100])
def test_what_is_no_state_file_is_an_error_that_names_it(path, content):
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BulletinsError, match=str(path)):
        CrawlState(path)


def test_a_file_of_another_version_is_an_error_that_says_so(path):
    write_state(path, [page(1)], [])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(BulletinsError, match="version 99"):
        CrawlState(path)


def test_reading_does_not_change_the_file(path):
    write_state(path, [page(1, due=True)], [FEED])
    before = path.read_bytes()
    with CrawlState(path) as state:
        list(state.due())
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["state.sqlite"]


def test_memory_does_not_grow_with_what_is_known(path):
    tracemalloc.start()
    try:
        write_state(path, (page(number, due=True) for number in range(30_000)), [])
        with CrawlState(path) as state:
            assert sum(1 for _ in state.due()) == 30_000
            assert state.page(page(29_999).key) is not None
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_look_up_reads_one_place_of_the_file(path):
    write_state(path, [page(1)], [])
    connection = sqlite3.connect(path)
    plans = [
        connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()[0][3]
        for query in (
            "SELECT * FROM pages WHERE key = 'x'",
            "SELECT * FROM feeds WHERE url = 'x'",
            "SELECT * FROM pages WHERE due ORDER BY last_full_at IS NOT NULL, last_fetched_at, key",
        )
    ]
    connection.close()
    assert "SEARCH pages USING PRIMARY KEY" in plans[0]
    assert "SEARCH feeds USING PRIMARY KEY" in plans[1]
    assert "USING INDEX pages_due" in plans[2]
