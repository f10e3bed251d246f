"""A story for a person: side by side, found by its id, an old id of it, or an article."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from bulletins import console
from bulletins.cli import app
from crawlers.records import BulletinsError
from processing import database
from processing.deduplicate import deduplicate
from processing.relate import relate
from processing.same_event import Told
from processing.story import read_story
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page
from tests.texts import prose

pytestmark = pytest.mark.db


@pytest.fixture
def told(connection):
    """Three outlets on one event: the first quotes a monitor, the second copies it, the third has another toll."""
    seed.declare(connection, "sample_post", "other_post", "third_post", "fourth_post")
    seven = {"killed": Told(low=7, best=7, high=7), "tolls": (("killed", 7),), "language": "ar", "origin": ""}
    crawl(page("a", " ".join(prose(1)), report={"origin": "sohr"})).load(connection)
    crawl(page("b", " ".join(prose(1)), published=NIGHT, report={"origin": "sohr"}), slug="other_post").load(connection)
    own = page("c", " ".join(prose(2)), published=NIGHT - DAY + DAY / 8, report=seven, language="ar")
    crawl(own, slug="third_post").load(connection)
    deduplicate(connection)
    relate(connection)
    return connection


def test_reports_stand_side_by_side_with_side_origin_and_toll(told):
    first, *others = read_story(told, seed.link_to("a").url)
    assert (first["position"], first["outlet"], first["relation"], first["origin"]) == (
        1,
        "sample_post",
        "lead",
        "sohr",
    )
    assert (first["stance"], first["is_own_word"], first["killed_best"]) == ("independent", False, 2)
    by_outlet = {report["outlet"]: report for report in others}
    assert by_outlet["other_post"]["relation"] == "exact"
    assert by_outlet["other_post"]["lag"] == DAY
    assert by_outlet["third_post"]["relation"] == "same_event"
    assert (by_outlet["third_post"]["origin"], by_outlet["third_post"]["killed_best"]) == ("third_post", 7)


def test_an_outlet_that_quotes_a_source_is_no_second_origin(told):
    [(outlets, origins, least, most, first, last)] = seed.rows(
        told,
        "select outlets, origins, killed_least, killed_most, killed_first, killed_last from news.story_summary",
    )
    assert (outlets, origins) == (3, ["sohr", "third_post"])
    assert (least, most, first) == (2, 7, 2)
    assert last in (2, 7)


def test_a_copy_that_lost_its_source_is_no_second_origin(connection):
    seed.declare(connection, "sample_post", "other_post")
    words = prose(1)
    crawl(page("a", " ".join(words), report={"origin": "sohr"})).load(connection)
    cut = page("b", " ".join(words[:120]), published=NIGHT, report={"origin": ""})
    crawl(cut, slug="other_post").load(connection)
    deduplicate(connection)
    relate(connection)
    assert seed.rows(connection, "select origins, origin_count from news.story_summary") == [(["sohr"], 1)]


def test_who_quotes_an_outlet_that_quotes_a_source_has_it_from_that_source(connection):
    seed.declare(connection, "sample_post", "other_post", "third_post", "fourth_post")
    cited = {
        "sample_post": "sohr",
        "other_post": "sample_post",
        "third_post": "fourth_post",
        "fourth_post": "third_post",
    }
    for number, (slug, origin) in enumerate(cited.items()):
        crawl(page("a", " ".join(prose(number)), report={"origin": origin}), slug=slug).load(connection)
    relate(connection)
    origins = "select outlet, origin from news.story_reports"
    in_circles = {"third_post": "fourth_post", "fourth_post": "third_post"}
    assert dict(seed.rows(connection, origins)) == {"sample_post": "sohr", "other_post": "sohr", **in_circles}
    crawl(page("b", " ".join(prose(9)), report={"origin": ""}), at=NIGHT + DAY).load(connection)
    relate(connection)
    assert ("other_post", "sample_post") in seed.rows(connection, origins)  # it may have it from the one or the other


def test_a_lag_is_given_between_times_alone(told):
    lags = "select outlet, lag from news.story_reports order by position"
    assert [lag for _, lag in seed.rows(told, lags)] == [DAY * 0, DAY / 8, DAY]
    seed.run(told, "update news.articles set published_precision = 'day' where outlet = 'third_post'")
    assert [lag for _, lag in seed.rows(told, lags)] == [DAY * 0, None, DAY]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_who_stood_behind_an_outlet_depends_on_the_day_in_damascus_and_not_on_the_session(told, zone):
    told.rollback()
    seed.run(told, "update news.outlet_affiliations set until = '2026-02-28'")
    at = NIGHT - DAY + DAY * 21 / 24  # 22:00 in UTC, the day after in Damascus
    seed.run(told, "update news.articles set published_at = %(at)s where outlet = 'third_post'", at=at)
    seed.run(told, f"set time zone '{zone}'")
    stances = dict(seed.rows(told, "select outlet, stance from news.story_reports"))
    seed.run(told, "set time zone 'UTC'")
    assert (stances["sample_post"], stances["third_post"]) == ("independent", None)


def test_a_story_is_found_by_its_id_and_by_one_that_went_into_it(told):
    [story, *_] = read_story(told, seed.link_to("a").url)
    assert read_story(told, story["story_id"])[0]["story_id"] == story["story_id"]
    same_day = {"about": (NIGHT - DAY).date(), "days": ((NIGHT - DAY).date(),)}
    early = page("early", " ".join(prose(8)), published=NIGHT - DAY - DAY / 4, report=same_day)
    crawl(early, at=NIGHT + 9 * DAY, slug="fourth_post").load(told)
    deduplicate(told)
    relate(told)
    [first, *_] = found = read_story(told, story["story_id"])
    assert first["story_id"] != story["story_id"]
    assert (first["outlet"], len(found)) == ("fourth_post", 4)


def test_a_story_that_is_no_more_says_so(connection):
    seed.declare(connection, "sample_post", "other_post")
    for slug in ("sample_post", "other_post"):
        crawl(page("a", " ".join(prose(1)), report={}), slug=slug).load(connection)
    deduplicate(connection)
    relate(connection)
    [story, *_] = read_story(connection, seed.link_to("a").url)
    crawl(page("a", " ".join(prose(2)), report={"places": {}, "governorates": {}}), at=NIGHT + DAY).load(connection)
    deduplicate(connection)
    relate(connection)
    with pytest.raises(BulletinsError, match="is no more since"):
        read_story(connection, story["story_id"])


def test_an_article_in_no_story_and_a_name_of_nothing_say_so(told):
    crawl(page("alone", " ".join(prose(9))), at=NIGHT + DAY).load(told)
    with pytest.raises(BulletinsError, match="is in no story"):
        read_story(told, seed.link_to("alone").url)
    with pytest.raises(BulletinsError, match="no article 'nothing'"):
        read_story(told, "nothing")
    with pytest.raises(BulletinsError, match="no article"):
        read_story(told, "00000000-0000-0000-0000-000000000000")


def test_the_command_shows_a_table_the_evidence_and_json(told, database_url, monkeypatch):
    monkeypatch.setenv("BULLETINS_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "160")
    runner = CliRunner()
    url = seed.link_to("a").url
    shown = runner.invoke(app, ["story", url, "--evidence"])
    assert shown.exit_code == 0, shown.output
    assert "3 articles of 3 outlets, on the word of 2 (sohr, third_post)" in shown.output
    for words in ("copy of 1", "same event as", "independent", "same day"):
        assert words in shown.output
    monkeypatch.setattr(console.out, "_width", 80)
    narrow = runner.invoke(app, ["story", url])
    assert all(f"Headline of {path}" in narrow.output for path in "abc"), narrow.output
    assert "2026-02-28 01:00" in narrow.output
    assert max(map(len, narrow.output.splitlines())) <= 80
    reports = json.loads(runner.invoke(app, ["story", url, "--json"]).output)
    assert [report["position"] for report in reports] == [1, 2, 3]
    with closing(database.connect(database_url)) as connection:
        assert len(read_story(connection, url)) == 3
