import datetime as dt

import pytest
from psycopg2.extensions import connection as Connection

from crawlers.records import BulletinsError
from processing.explain import explain_stored, explain_text
from tests import seed

TEXT = "Syrian army artillery shelled the outskirts of Kafr Nabl. A car bomb blew up near Afrin."
DAY = dt.date(2019, 9, 7)


def test_a_pasted_text_gets_tags_and_statements_without_a_database() -> None:
    found = explain_text(TEXT, title="Army shells Idlib", outlet="almasdarnews", day=DAY)
    assert found.outlet_name.startswith("Al-Masdar")
    assert {"saa", "PL-afrin-sy02"} <= {tag.target for tag in found.tags}
    assert "remote.shelling" in {one.event_type for one in found.statements}
    assert found.published_at == dt.datetime(2019, 9, 7, tzinfo=dt.UTC)
    assert not found.is_stored


def test_who_the_army_is_depends_on_the_day_that_is_given() -> None:
    before, after = (explain_text(TEXT, day=day) for day in (DAY, dt.date(2026, 1, 1)))
    assert {tag.target for tag in before.tags} != {tag.target for tag in after.tags}


def test_a_day_that_is_not_given_is_not_made_up() -> None:
    assert explain_text(TEXT).published_at is None


def test_what_cannot_be_stored_is_taken_out_of_a_pasted_text() -> None:
    assert explain_text("Afrin\x00 was shelled.\n").text == "Afrin was shelled."


@pytest.fixture
def loaded(connection: Connection) -> seed.Crawl:
    seed.declare(connection)
    crawl = seed.crawl(seed.page("one", TEXT, places={"SY07": "SY07"}, relevance=0.5))
    crawl.load(connection)
    return crawl


@pytest.mark.db
@pytest.mark.parametrize("name", ["id", "start", "key", "url"])
def test_an_article_is_found_by_id_start_of_id_key_and_url(
    connection: Connection, loaded: seed.Crawl, name: str
) -> None:
    article = loaded.results[0]
    names = {"id": article.key[:32], "start": article.key[:8], "key": article.key, "url": article.url}
    assert explain_stored(connection, names[name]).key == article.key


@pytest.mark.db
def test_stored_tags_are_shown_as_stored_and_done_again_when_asked(connection: Connection, loaded: seed.Crawl) -> None:
    key = loaded.results[0].key
    stored, again = explain_stored(connection, key), explain_stored(connection, key, again=True)
    assert stored.is_stored
    assert [tag.target for tag in stored.tags] == ["SY07"]
    assert stored.relevance == 0.5
    assert not again.is_stored
    assert "saa" not in {tag.target for tag in stored.tags}
    assert "PL-afrin-sy02" in {tag.target for tag in again.tags}


@pytest.mark.db
def test_a_name_that_nothing_bears_is_said_with_what_to_give(connection: Connection, loaded: seed.Crawl) -> None:
    for name in ("00000000", "https://sample_post.example/none", "%"):
        with pytest.raises(BulletinsError, match="give an article_id"):
            explain_stored(connection, name)
