"""Nights over the sample web: through the tasks' own functions, real archive, real Postgres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from benchmarks.tables import digest, tables
from bulletins.parting import parts_of
from bulletins.sample.build import OUTLETS
from bulletins.tracing import trace
from crawlers.outlets import load_outlets
from crawlers.records import Boilerplate, BulletinsError
from processing import crawl as stages
from processing import database
from processing.crawl import Place
from processing.nightly import PartialRun, check
from tests.nights import WHEN, environment, night, parameters

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[str]:
    """The URL of a database into which one night over the sample web was loaded."""
    with environment(tmp_path_factory.mktemp("home"), database_url):
        night("first")
        yield database_url


def ask(url: str, query: str) -> list[tuple]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_every_link_is_accounted_for(loaded: str) -> None:
    rows = ask(loaded, "SELECT outlet, links_discovered, silent_losses FROM news.crawl_accounting ORDER BY 1")
    assert len(rows) == 6
    assert sum(row[1] for row in rows) >= 35
    assert {row[2] for row in rows} == {0}


def test_all_but_the_soft_404_are_articles(loaded: str) -> None:
    assert ask(loaded, "SELECT outcome, reason FROM news.links WHERE outcome = 'rejected'") == [
        ("rejected", "soft_404")
    ]
    counted = dict(ask(loaded, "SELECT outcome, count(*) FROM news.links GROUP BY 1"))
    assert counted["loaded_new"] == ask(loaded, "SELECT count(*) FROM news.articles")[0][0]
    assert counted == {"loaded_new": counted["loaded_new"], "rejected": 1, "duplicate_link": 1}


@pytest.mark.parametrize(
    ("outlet", "origin"),
    [("sample_north_wire", "jsonld"), ("sample_sada", "visible"), ("sample_rasd", "meta")],
)
def test_a_date_is_read_where_the_outlet_writes_it(loaded: str, outlet: str, origin: str) -> None:
    origins = ask(loaded, f"SELECT DISTINCT published_from FROM news.articles WHERE outlet = '{outlet}'")
    assert origins == [(origin,)]


def test_levantine_months_are_read_to_the_minute_in_damascus_time(loaded: str) -> None:
    [(at,)] = ask(
        loaded, "SELECT published_at FROM news.articles WHERE outlet = 'sample_sada' AND title LIKE '%السويداء%'"
    )
    assert at == dt.datetime(2026, 11, 14, 9, 0, tzinfo=dt.UTC)


def test_windows_1251_pages_are_read_as_russian(loaded: str) -> None:
    rows = ask(loaded, "SELECT DISTINCT language FROM news.articles WHERE outlet = 'sample_vestnik'")
    assert rows == [("ru",)]
    assert ask(loaded, "SELECT count(*) FROM news.articles WHERE title LIKE '%Идлиб%'")[0][0] >= 1


def test_copies_across_outlets_are_linked_and_kept(loaded: str) -> None:
    rows = ask(
        loaded,
        "SELECT array[f.outlet, a.outlet] FROM news.copy_pairs p JOIN news.articles a USING (article_id) "
        "JOIN news.articles f ON f.article_id = p.first_article_id",
    )
    assert sorted(sorted(pair) for (pair,) in rows) == [
        ["sample_gazette", "sample_north_wire"],
        ["sample_rasd", "sample_sada"],
    ]


def test_copies_and_reports_of_one_event_are_stories(loaded: str) -> None:
    for first, other in ask(loaded, "SELECT first_article_id, article_id FROM news.copy_pairs"):
        [(count,)] = ask(
            loaded,
            f"SELECT count(DISTINCT story_id) FROM news.articles WHERE article_id IN ('{first}', '{other}')",
        )
        assert count == 1
    assert ask(loaded, "SELECT count(*) FROM news.unsettled") == [(0,)]


def test_articles_that_name_one_town_and_tell_of_two_matters_are_in_no_story(loaded: str) -> None:
    rows = ask(loaded, "SELECT title FROM news.articles WHERE story_id IS NOT NULL AND copy_of IS NULL")
    assert not [title for (title,) in rows if "bakeries" in title or "старейшин" in title]


def test_menus_are_not_part_of_a_text(loaded: str) -> None:
    [(text,)] = ask(loaded, "SELECT text FROM news.articles WHERE title LIKE '%مئذنة%'")
    assert "قسم" not in text
    assert len(text) < 600


def test_governorates_are_found_in_three_scripts(loaded: str) -> None:
    for title, code in (("%Azaz%", "SY02"), ("%السويداء%", "SY13"), ("%Хомсе%", "SY04")):
        [(codes,)] = ask(loaded, f"SELECT governorates FROM news.articles WHERE title LIKE '{title}'")
        assert code in codes, title


def test_every_row_traces_to_its_bytes(loaded: str) -> None:
    with closing(database.connect()) as connection:
        for (article,) in ask(loaded, "SELECT article_id::text FROM news.articles"):
            steps = trace(connection, article, load_outlets(OUTLETS))
            assert [step for step in steps if step.sound is False] == []
            assert sum(step.sound is True for step in steps) >= 4


def test_a_text_that_differs_since_its_outlet_was_declared_otherwise_is_no_damage(loaded: str) -> None:
    [(article, text)] = ask(
        loaded, "SELECT article_id::text, text FROM news.articles WHERE outlet = 'sample_daily' ORDER BY url LIMIT 1"
    )
    outlet = load_outlets(OUTLETS)["sample_daily"]
    dropping = replace(outlet, boilerplate=Boilerplate(dropped=(text.split("\n")[-1],)))
    with closing(database.connect()) as connection:
        for declared, sound in ((dropping, False), (replace(dropping, declaration_sha256="0" * 64), None)):
            [step] = [step for step in trace(connection, article, {outlet.slug: declared}) if step.step == "text"]
            assert step.sound is sound


def test_the_daily_bulletin_is_split_into_its_provinces_and_a_report_is_not(loaded: str) -> None:
    bulletins = ask(loaded, "SELECT url FROM news.articles WHERE outlet = 'sample_daily' ORDER BY published_at")
    (report,) = ask(loaded, "SELECT url FROM news.articles WHERE outlet = 'sample_north_wire' ORDER BY url LIMIT 1")[0]
    with closing(database.connect()) as connection:
        found = [parts_of(connection, url) for (url,) in bulletins]
        assert parts_of(connection, report) == []
        with pytest.raises(BulletinsError, match="no article"):
            parts_of(connection, "https://nobody.example/1")
    sections = {code for parts in found for part in parts if part["kind"] == "section" for code in part["governorates"]}
    assert {"SY02", "SY07", "SY11"} <= sections
    assert any(part["summary_of"] for parts in found for part in parts)


def test_a_second_night_changes_nothing(loaded: str) -> None:
    before = tables(loaded, clock=True)
    night("second", when=WHEN + dt.timedelta(hours=1))
    after = tables(loaded, clock=True)
    grown = {table for table in before if before[table] != after[table]}
    assert grown <= {"crawls", "crawl_files", "fetches", "links"}


def test_the_same_archive_processed_again_changes_nothing(loaded: str) -> None:
    crawl_ids = [row[0] for row in ask(loaded, "SELECT crawl_id FROM news.crawls ORDER BY 1")]
    before = tables(loaded, clock=True)
    place = Place.from_environment(outlets=str(parameters()["outlets"]))
    for crawl_id in crawl_ids:
        stages.clean(crawl_id, place)
        stages.tag_crawl(crawl_id, place)
        stages.load(crawl_id, place)
    assert digest(tables(loaded, clock=True)) == digest(before)


def test_a_forced_refetch_of_the_same_web_changes_no_article(loaded: str) -> None:
    before = tables(loaded)
    moved = "SELECT key, updated_at FROM news.articles ORDER BY 1"
    stamps = ask(loaded, moved)
    night("forced", force=True, when=WHEN + dt.timedelta(hours=2))
    after = tables(loaded)
    assert {table for table in before if before[table] != after[table]} <= {"links", "rejections"}
    assert ask(loaded, moved) == stamps


def test_an_edited_article_becomes_a_second_version(loaded: str) -> None:
    night("next day", next_day=True, force=True, when=WHEN + dt.timedelta(days=1))
    rows = ask(
        loaded,
        "SELECT a.outlet, v.version_number, v.text LIKE '%Correction%' FROM news.articles a "
        "JOIN news.article_versions v USING (article_id) WHERE a.version_count > 1 ORDER BY 2",
    )
    assert rows == [("sample_north_wire", 1, False), ("sample_north_wire", 2, True)]
    assert ask(loaded, "SELECT count(*) FROM news.articles WHERE text LIKE '%Correction%'") == [(1,)]


def test_a_run_that_lacks_an_outlet_says_which(loaded: str) -> None:
    with pytest.raises(PartialRun, match="sample_sada"):
        check(["sample_sada"], ("a run that never was", WHEN))


def test_the_tables_can_be_made_again_from_the_archive_alone(
    loaded: str, new_database: Callable[[], str], tmp_path: Path
) -> None:
    rebuilt = new_database()
    with closing(database.connect(rebuilt)) as connection:
        database.migrate(connection)
    place = Place.from_environment(outlets=str(parameters()["outlets"]))
    crawl_ids = [row[0] for row in ask(loaded, "SELECT crawl_id FROM news.crawls ORDER BY started_at")]
    expected = tables(loaded)
    with environment(tmp_path, rebuilt):
        again = Place(home=tmp_path, archive=place.archive, outlets=place.outlets)
        from processing import nightly

        nightly.chosen(parameters())
        for crawl_id in crawl_ids:
            stages.clean(crawl_id, again)
            stages.tag_crawl(crawl_id, again)
            stages.load(crawl_id, again)
        nightly.deduplicate()
        nightly.relate()
    assert digest(tables(rebuilt)) == digest(expected)
