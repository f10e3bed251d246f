"""Whoever pages through changes is told of each article once, under its last change; and changes cost no index."""

from __future__ import annotations

import pytest

from processing.deduplicate import deduplicate
from processing.relate import relate
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows
from tests.texts import prose

pytestmark = pytest.mark.db

DIFFERENT = (
    "select count(*) from news.articles a full join news.article_updates u "
    "on (u.article_id, u.updated_at) = (a.article_id, a.updated_at) where a.article_id is null or u.article_id is null"
)


@pytest.fixture(autouse=True)
def declared(connection):
    seed.declare(connection, "sample_post", "other_post")


def latest(connection) -> list[str]:
    """Addresses, the one that changed last first."""
    return [
        url.rsplit("/", 1)[1]
        for (url,) in rows(
            connection,
            "select a.url from news.article_updates u join news.articles a using (article_id) "
            "order by u.updated_at desc, right(a.url, 1)",
        )
    ]


def test_new_articles_copies_and_texts_that_changed_come_last_and_once(connection):
    crawl(page("a", " ".join(prose(1))), page("z", " ".join(prose(2)))).load(connection)
    assert latest(connection) == ["a", "z"]
    crawl(page("b", " ".join(prose(1)), published=NIGHT + DAY), at=NIGHT + DAY, slug="other_post").load(connection)
    deduplicate(connection)
    assert latest(connection)[0] == "b"
    relate(connection)
    assert latest(connection) == ["a", "b", "z"]  # both came into a story
    crawl(page("z", " ".join(prose(3))), at=NIGHT + 2 * DAY).load(connection)
    assert latest(connection) == ["z", "a", "b"]
    assert rows(connection, DIFFERENT) == [(0,)]


def test_being_seen_again_is_no_change(connection):
    crawl(page("a", " ".join(prose(1)))).load(connection)
    before = rows(connection, "select updated_at, article_id from news.article_updates")
    crawl(page("a", " ".join(prose(1))), at=NIGHT + DAY).load(connection)
    assert rows(connection, "select updated_at, article_id from news.article_updates") == before


def test_a_deleted_article_is_among_the_updates_no_more(connection):
    crawl(page("a", " ".join(prose(1))), page("b", " ".join(prose(2)))).load(connection)
    with connection, connection.cursor() as cursor:
        cursor.execute("delete from news.articles where url like %s", ["%/a"])
    assert latest(connection) == ["b"]
    assert rows(connection, DIFFERENT) == [(0,)]


def test_what_is_written_after_the_load_is_in_no_index_of_articles(connection):
    # Else each such update writes all indexes anew, the words of the text with them.
    indexed = rows(
        connection,
        "select distinct a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) "
        "where i.indrelid = 'news.articles'::regclass",
    )
    assert {"article_id", "key"} <= {name for (name,) in indexed}
    assert not {"copy_of", "story_id", "updated_at"} & {name for (name,) in indexed}
