"""The queue of what is to be worked out: nothing that changes meanwhile is lost, and a dead batch is done again."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing

import psycopg2
import pytest
from psycopg2 import errors

from processing import database
from processing.unsettled import Stage, settle
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows

pytestmark = pytest.mark.db

COPIES = Stage(name="copies", lock=7_999, method_version="1", batch=2)


@pytest.fixture(autouse=True)
def loaded(connection):
    seed.declare(connection, "sample_post")
    crawl(page("a"), page("b"), page("c")).load(connection)


def queue(connection) -> int:
    [(count,)] = rows(connection, "select count(*) from news.unsettled where stage = 'copies'")
    return count


def test_every_article_is_worked_on_once_in_batches_and_then_the_queue_is_empty(connection):
    batches = []
    counted = settle(connection, COPIES, lambda _, ids: batches.append(ids) or Counter(done=len(ids)))
    assert [len(ids) for ids in batches] == [2, 1]
    assert len({name for ids in batches for name in ids}) == counted["done"] == 3
    assert queue(connection) == 0


def test_a_batch_that_dies_stays_in_the_queue(connection):
    def die(cursor, ids):
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        settle(connection, COPIES, die)
    assert queue(connection) == 3


def test_a_batch_that_meets_a_deadlock_is_done_again_and_counted_once(connection):
    calls = []

    def work(cursor, ids):
        calls.append(ids)
        if len(calls) == 1:
            raise errors.DeadlockDetected("made")
        return Counter(done=len(ids))

    assert settle(connection, COPIES, work)["done"] == 3
    assert calls[0] == calls[1]


def test_another_version_of_the_method_puts_everything_back(connection):
    def work(cursor, ids):
        return Counter(done=len(ids))

    assert settle(connection, COPIES, work)["done"] == 3
    assert settle(connection, COPIES, work)["done"] == 0
    again = Stage(name="copies", lock=7_999, method_version="2", batch=2)
    assert settle(connection, again, work)["done"] == 3


def test_an_article_that_changes_while_its_batch_is_worked_on_is_worked_on_again(connection, database_url):
    seen: list[str] = []
    loaders: list[threading.Thread] = []

    def change() -> None:
        with closing(database.connect(database_url)) as own:
            crawl(page("a", "Another text."), page("b", "Another text."), page("c", "Another."), at=NIGHT + DAY).load(
                own
            )

    def work(cursor, ids):
        seen.extend(ids)
        if not loaders:
            loaders.append(threading.Thread(target=change))
            loaders[0].start()
            wait_for_a_lock(database_url)  # the load waits for this batch to end
        return Counter(done=len(ids))

    settle(connection, Stage(name="copies", lock=7_999, method_version="1", batch=9), work)
    loaders[0].join(timeout=30)
    assert not loaders[0].is_alive()
    settle(connection, COPIES, lambda _, ids: seen.extend(ids) or Counter())
    assert sorted(Counter(seen).values()) == [2, 2, 2]


def test_what_a_load_under_way_changes_is_left_until_it_can_be_seen(connection, database_url):
    settle(connection, COPIES, lambda _, ids: Counter())
    key = seed.link_to("a").key
    seed.run(connection, "update news.articles set published_at = now() where key = %(key)s", key=key)
    assert queue(connection) == 1
    taken: list[str] = []
    with closing(psycopg2.connect(database_url)) as load, load.cursor() as cursor:
        cursor.execute("update news.articles set published_at = null, published_precision = null, published_from = null "
                       "where key = %s", (key,))  # fmt: skip
        settle(connection, COPIES, lambda _, ids: taken.extend(ids) or Counter())
        assert taken == []
        load.commit()
    settle(connection, COPIES, lambda _, ids: taken.extend(ids) or Counter())
    assert len(taken) == 1


def wait_for_a_lock(url: str) -> None:
    """Wait until some session of the database waits for another's row."""
    with closing(psycopg2.connect(url)) as watcher, watcher.cursor() as cursor:
        watcher.autocommit = True
        for _ in range(200):
            cursor.execute(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waited: the load went on beside the batch")
