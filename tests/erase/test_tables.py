"""Nothing of an erased page is left in the tables, it stays out, and dying on the way does no harm."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest

from bulletins.sample.build import OUTLETS
from bulletins.tracing import trace
from crawlers.archive import Archive
from crawlers.outlets import load_outlets as declared
from crawlers.records import BulletinsError, Page
from crawlers.state import CrawlState
from processing import database
from processing.crawl import Place
from processing.due import export_state
from processing.erase import erase, erase_pending
from processing.survey import EraseError, find_key
from tests.erase.made import (
    KEY,
    SECRET,
    Killed,
    do,
    everything,
    failed,
    html,
    inflated,
    killer,
    settle,
    snapshot,
    steps_of,
)
from tests.nights import WHEN, environment, night
from tests.sample_crawl import (
    CRAWL,
    LATER_CRAWL,
    OUTLET,
    link,
)
from tests.seed import rows

pytestmark = pytest.mark.db


def test_before_it_the_page_is_everywhere(nights, connection):
    assert SECRET in everything(connection)
    assert SECRET.encode() in inflated(nights)
    assert b"news.example/1" in inflated(nights)
    assert rows(connection, "select count(*) from news.articles") == [(5,)]
    assert rows(connection, "select version_count from news.articles where key = %(key)s", key=KEY) == [(2,)]
    assert rows(connection, "select count(*) from news.copy_pairs group by first_article_id") == [(1,), (1,)]
    assert sorted(rows(connection, "select article_count from news.stories")) == [(2,), (3,)]  # 1, 3, 5 of one event
    shared = [e for e in nights.archive.entries(LATER_CRAWL) if isinstance(e, Page) and e.fetch.key == link(3).key]
    [first] = [e for e in nights.archive.entries(CRAWL) if isinstance(e, Page) and e.fetch.key == KEY]
    assert shared[0].fetch.payload_offset == first.fetch.warc_offset  # its bytes stand in the page's record


def test_no_table_knows_anything_of_it_but_the_key(nights, connection):
    for number in (3, 5, 1):
        do(connection, nights, link(number).key)
    left = everything(connection)
    assert SECRET not in left
    assert "news.example/1" not in left
    assert KEY in left
    [(basis, decided_by, finished)] = rows(
        connection, "select basis, decided_by, finished_at is not null from news.erasures where key = %(key)s", key=KEY
    )
    assert (basis, decided_by, finished) == ("a request", "editor", True)


def test_the_books_of_its_crawls_balance(nights, connection):
    do(connection, nights)
    assert failed(connection) == []
    outcomes = rows(
        connection, "select outcome, reason from news.links where key = %(key)s order by crawl_id, 1", key=KEY
    )
    assert outcomes == [("duplicate_link", ""), ("rejected", "erased")] * 2


def test_its_story_is_made_anew_of_the_others(nights, connection):
    done = do(connection, nights).rows
    assert (done["copies"], done["stories"]) == (1, 1)
    assert rows(connection, "select count(*) from news.copy_pairs") == [(1,)]  # that of pages 2 and 4
    assert rows(connection, "select copy_of from news.articles where key = %(key)s", key=link(5).key) == [(None,)]
    assert rows(connection, "select article_count from news.stories") == [(2,), (2,)]  # 3 and 5 still report one event
    before = snapshot(connection)
    settle(connection)
    assert snapshot(connection) == before


def test_copies_and_a_story_that_lose_their_first_article_get_another_first(on_disk, connection):
    on_disk.crawl("sample_outlet-20260107T030000Z-0a1b2c3d", {6: html(1, "corrected")}, {})
    on_disk.load("sample_outlet-20260107T030000Z-0a1b2c3d")
    settle(connection)
    lead = (
        "select key from news.articles as a join news.copy_pairs as p on a.article_id = p.first_article_id "
        "group by key having count(*) = 2"
    )
    [(first,)] = rows(connection, lead)
    do(connection, on_disk, first)
    assert failed(connection) == []
    left = {link(1).key, link(5).key, link(6).key} - {first}
    [(story,)] = rows(
        connection,
        "select distinct story_id from news.articles where key = any (%(keys)s)", keys=sorted(left),
    )  # fmt: skip
    before = snapshot(connection)
    settle(connection)
    assert story
    assert snapshot(connection) == before


def test_marks_that_it_carried_for_texts_of_the_same_words_pass_to_another(nights, connection):
    carrier = (
        "select a.key from news.fingerprints join news.articles as a on current_version_id = version_id where has_marks"
    )
    for key in (link(2).key, link(4).key):
        if (key,) in rows(connection, carrier):
            do(connection, nights, key)
    orphans = (
        "select count(*) from news.fingerprint_marks where version_id not in (select version_id from news.fingerprints)"
    )
    assert rows(connection, orphans) == [(0,)]


def test_processing_its_crawls_again_does_not_bring_it_back(nights, connection):
    do(connection, nights)
    before = snapshot(connection)
    nights.load()
    assert snapshot(connection) == before
    assert failed(connection) == []


def test_processing_before_the_archive_is_done_does_not_bring_it_back(nights, connection):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(2))
    nights.load()
    assert rows(connection, "select count(*) from news.articles where key = %(key)s", key=KEY) == [(0,)]
    assert "news.example/1" not in everything(connection)


def test_a_database_made_anew_from_the_archive_does_not_have_it(nights, connection, new_database):
    do(connection, nights)
    url = new_database()
    with closing(database.connect(url)) as fresh:
        database.migrate(fresh)
        nights.load(url=url)
        assert rows(fresh, "select count(*) from news.articles") == [(4,)]
        assert failed(fresh) == []
        links = rows(fresh, "select distinct outcome, reason, title, url from news.links where key = %(key)s", key=KEY)
        assert sorted(links) == [("duplicate_link", "", None, ""), ("rejected", "erased", None, "")]
        assert erase_pending(fresh, nights.place).keys == (KEY,)
        assert rows(fresh, "select key, basis from news.erasures") == [(KEY, "a request")]
        assert erase_pending(fresh, nights.place).keys == ()


@pytest.mark.parametrize("forced", [False, True])
def test_the_next_crawl_does_not_fetch_it(nights, connection, tmp_path, new_database, forced):
    do(connection, nights)
    export_state(connection, OUTLET, tmp_path / "state", forced)
    with closing(CrawlState(tmp_path / "state")) as state:
        assert state.page(KEY).due is False
        assert state.page(KEY).url == ""
        assert state.page(link(2).key) is not None
    url = new_database()  # one made anew, in which nothing is loaded yet
    with closing(database.connect(url)) as fresh:
        database.migrate(fresh)
        export_state(fresh, OUTLET, tmp_path / "other", forced, erased=[KEY])
    with closing(CrawlState(tmp_path / "other")) as state:
        assert state.page(KEY).due is False


def test_a_real_night_after_it_neither_fetches_nor_loads_it_and_the_others_can_be_traced(
    tmp_path, connection, database_url
):
    with environment(tmp_path, database_url):
        night("first")
        place = Place.from_environment()
        before = rows(connection, "select key, article_id::text from news.articles order by key")
        key = before[0][0]
        erase(connection, place, key, basis="a request")
        for crawl_id in night("second", force=True, when=WHEN + dt.timedelta(days=1)):
            fetched_keys = {e.fetch.key for e in Archive(place.archive).entries(crawl_id) if isinstance(e, Page)}
            assert key not in fetched_keys
        assert rows(connection, "select key, article_id::text from news.articles order by key") == before[1:]
        outcomes = rows(
            connection, "select distinct outcome from news.links where key = %(key)s and reason = ''", key=key
        )
        assert ("already_known",) in outcomes
        assert failed(connection) == []
        for _, article_id in before[1:]:
            assert all(step.sound is not False for step in trace(connection, article_id, declared(OUTLETS)))
        with pytest.raises(BulletinsError, match="no article"):
            trace(connection, before[0][1], declared(OUTLETS))


def test_the_decision_comes_first_and_the_end_last(nights, connection):
    steps = steps_of(connection, nights)
    assert steps[0] == "decision"
    assert steps[1].startswith("tables")
    assert steps[-1] == "end"
    assert sum(step.endswith("replaced") for step in steps) == 2


@pytest.mark.parametrize("after", range(1, 13))
def test_killed_after_any_step_the_same_call_finishes(nights, connection, after):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(after))
    for crawl_id in (CRAWL, LATER_CRAWL):  # whenever it dies, the archive can be read
        list(nights.archive.entries(crawl_id))
    assert find_key(connection, KEY[:32], {}) == KEY
    do(connection, nights)
    assert b"GET /1" not in inflated(nights)
    assert "news.example/1" not in everything(connection)
    assert failed(connection) == []
    assert not [path for path in nights.bytes() if path.endswith(".part")]
    test = do(connection, nights)
    assert (test.rows, test.records, test.files) == ({}, {}, 0)
    nights.load()
    assert rows(connection, "select count(*) from news.articles") == [(4,)]


def test_there_are_no_more_steps_than_the_test_above_dies_after(nights, connection):
    assert len(steps_of(connection, nights)) == 13  # the last is the end: nothing is left to finish after it


def test_done_twice_it_changes_nothing(nights, connection):
    do(connection, nights)
    before, files = snapshot(connection), nights.bytes()
    again = do(connection, nights)
    assert (again.rows, again.records, again.files) == ({}, {}, 0)
    assert (snapshot(connection), nights.bytes()) == (before, files)


def test_pending_finishes_what_was_cut_short(nights, connection):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(1))
    assert erase_pending(connection, nights.place).keys == (KEY,)
    assert rows(connection, "select finished_at is not null from news.erasures") == [(True,)]


def test_it_waits_for_a_crawl_of_the_outlet_and_says_so(on_disk, connection, monkeypatch):
    monkeypatch.setattr("processing.erase.PATIENCE", 0.1)
    with (
        closing(database.connect(on_disk.url)) as other,
        database.outlet_lock(other, OUTLET),
        pytest.raises(EraseError, match="--pending"),
    ):
        do(connection, on_disk)
    assert rows(connection, "select count(*) from news.articles where key = %(key)s", key=KEY) == [(0,)]
    assert erase_pending(connection, on_disk.place).keys == (KEY,)


def test_a_crawl_left_in_the_spool_keeps_it_open(on_disk, connection):
    left = on_disk.home / "spool" / "sample_outlet-20260109T030000Z-0a1b2c3d"
    left.mkdir(parents=True)
    assert do(connection, on_disk).waiting == (left.name,)
    assert rows(connection, "select finished_at from news.erasures") == [(None,)]
    left.rmdir()
    assert erase_pending(connection, on_disk.place).waiting == ()
