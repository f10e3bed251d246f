"""What the view article_deletions says of pages that went, came back, or only seemed to go."""

from __future__ import annotations

import datetime as dt

import pytest

from crawlers.records import Fate, LinkFate, Purpose
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows

pytestmark = pytest.mark.db
OTHER = "https://cdn.example/z"


@pytest.fixture(autouse=True)
def declared(connection):
    seed.declare(connection, "sample_post", "other_post")


def visit(connection, day: float, outcome: str, name: str = "a", **changes: object) -> None:
    """Load a crawl on a day after NIGHT whose one visit ended so; outcomes of rejections are reasons."""
    at = NIGHT + day * DAY
    if outcome in ("article", "homepage", "soft_404", "listing", "login", "parked"):
        crawl(page(name, rejected=None if outcome == "article" else outcome), at=at).load(connection)
        return
    crawl_id = f"sample_post-{at:%Y%m%dT%H%M%SZ}-00000000"
    link = seed.link_to(name)
    fetch = seed.fetched(link, crawl_id, 0, at, outcome=outcome, **{"status": None} | changes)
    fate = Fate.NOT_MODIFIED if outcome == "not_modified" else Fate.FETCH_FAILED
    crawl(
        at=at,
        extra=[fetch],
        fates=[LinkFate(link=link, fate=fate, reason="" if outcome == "not_modified" else outcome)],
    ).load(connection)


def deletions(connection, name: str = "a") -> list[tuple]:
    """How, and the days of: last seen before, first gone, last gone, returned; and how often it was found gone."""
    found = rows(
        connection,
        "select how, last_seen_at, gone_at, last_gone_at, returned_at, times_gone from news.article_deletions "
        "where url = %(url)s order by gone_at",
        url=seed.link_to(name).url,
    )
    return [
        (how, *(None if at is None else round((at - NIGHT) / DAY, 1) for at in times), count)
        for how, *times, count in found
    ]


@pytest.mark.parametrize(
    ("outcome", "how"),
    [("not_found", "not_found"), ("gone", "gone"), ("homepage", "redirected_home"), ("soft_404", "soft_404")],
)
def test_a_page_that_went_is_one_row_however_often_it_is_missed(connection, outcome, how):
    visit(connection, 0, "article")
    visit(connection, 1, "not_modified")
    for day in (3, 7, 30):
        visit(connection, day, outcome)
    assert deletions(connection) == [(how, 1, 3, 30, None, 3)]


def test_each_spell_of_absence_is_a_row_and_says_when_the_page_came_back(connection):
    for day, outcome in enumerate(["article", "not_found", "gone", "not_modified", "timeout", "soft_404", "article"]):
        visit(connection, day, outcome)
    assert deletions(connection) == [("not_found", 0, 1, 2, 3, 2), ("soft_404", 3, 5, 5, 6, 1)]


@pytest.mark.parametrize(
    "outcome", ["timeout", "server_error", "forbidden", "dns_failed", "connection_failed", "rate_limited", "login"]
)
def test_an_error_that_may_pass_is_no_deletion(connection, outcome):
    visit(connection, 0, "article")
    visit(connection, 1, outcome)
    visit(connection, 3, "article")
    assert deletions(connection) == []


def test_an_error_that_may_pass_neither_begins_nor_ends_a_spell(connection):
    for day, outcome in enumerate(["article", "server_error", "not_found", "timeout", "login", "not_found"]):
        visit(connection, day, outcome)
    assert deletions(connection) == [("not_found", 0, 2, 5, None, 2)]


def test_a_304_says_what_the_last_body_said(connection):
    for day, outcome in enumerate(
        ["article", "homepage", "not_modified", "article", "not_modified", "login", "not_modified"]
    ):
        visit(connection, day, outcome)
    assert deletions(connection) == [("redirected_home", 0, 1, 2, 3, 2)]
    assert rows(connection, "select last_seen_at from news.articles") == [(NIGHT + 4 * DAY,)]


def test_a_page_that_never_was_an_article_is_no_deletion_and_a_missing_one_that_came_is_none_either(connection):
    for day, outcome in enumerate(["not_found", "not_found", "article"]):
        visit(connection, day, outcome)
    visit(connection, 3, "homepage", "b")
    assert deletions(connection) == deletions(connection, "b") == []


def test_a_page_that_leads_to_a_list_is_gone_and_one_that_seems_a_list_where_it_stands_is_not(connection):
    visit(connection, 0, "article")
    visit(connection, 1, "listing")
    assert deletions(connection) == []
    seed.run(connection, "update news.rejections set url = 'https://sample_post.example/category/war'")
    assert deletions(connection) == [("redirected_to_list", 0, 1, 1, None, 1)]


def test_the_article_keeps_its_last_text_when_its_page_shows_something_else(connection):
    visit(connection, 0, "article")
    wanted = "select title, text, last_seen_at, current_version_id, version_count, updated_at from news.articles"
    before = rows(connection, wanted)
    for day, outcome in enumerate(["homepage", "soft_404", "not_modified", "parked"], 1):
        visit(connection, day, outcome)
    assert rows(connection, wanted) == before
    outcomes = rows(connection, "select outcome, reason from news.links order by crawl_id")
    assert outcomes == [
        ("loaded_new", ""), ("rejected", "homepage"), ("rejected", "soft_404"), ("not_modified", ""), ("rejected", "parked"),
    ]  # fmt: skip


def test_a_domain_is_gone_when_nothing_of_it_answered_in_the_crawls_of_two_days(connection):
    visit(connection, 0, "article")
    visit(connection, 0.1, "article", "b")
    visit(connection, 1, "dns_failed", "b")
    assert deletions(connection) == []
    visit(connection, 1.1, "dns_failed", "b")  # the same day
    assert deletions(connection) == []
    visit(connection, 3, "connection_failed", "b")
    assert deletions(connection) == [("domain_gone", 0, 1, 3, None, 3)]  # though it was not asked for itself
    assert deletions(connection, "b") == [("domain_gone", 0.1, 1, 3, None, 3)]
    visit(connection, 5, "not_found", "c", status=404)
    assert deletions(connection) == [("domain_gone", 0, 1, 3, 5, 3)]


def test_a_domain_of_which_anything_answered_in_between_is_not_gone(connection):
    visit(connection, 0, "article")
    visit(connection, 1, "dns_failed")
    visit(connection, 2, "server_error", status=503)
    visit(connection, 3, "dns_failed")
    assert deletions(connection) == []


def test_a_timeout_is_no_sign_that_a_domain_is_gone(connection):
    visit(connection, 0, "article")
    for day in range(1, 5):
        visit(connection, day, "timeout")
    assert deletions(connection) == []


def test_a_parked_domain_is_gone_though_its_holder_answers_for_robots_and_feeds(connection):
    visit(connection, 0, "article")
    for day in (1, 2):
        visit(connection, day, "parked")
        at = NIGHT + day * DAY + dt.timedelta(hours=1)
        crawl_id = f"sample_post-{at - dt.timedelta(hours=1):%Y%m%dT%H%M%SZ}-00000000"
        robots = seed.fetched(
            seed.link_to("robots.txt"), crawl_id, 9, at, purpose=Purpose.ROBOTS, key=None, outcome="not_found", status=404
        )  # fmt: skip
        insert(connection, robots)
    assert deletions(connection) == [("domain_gone", 0, 1, 2, None, 2)]


def insert(connection, fetch) -> None:
    values = {
        name: getattr(fetch, name) for name in ("crawl_id", "sequence", "url", "first_url", "outcome", "fetched_at")
    }
    seed.run(
        connection,
        "insert into news.fetches (crawl_id, sequence, purpose, url, first_url, outcome, fetched_at, status_code, "
        "is_conditional) values (%(crawl_id)s, %(sequence)s, 'robots', %(url)s, %(first_url)s, %(outcome)s, "
        "%(fetched_at)s, 404, false)",
        **{name: str(value) for name, value in values.items()},
    )


def test_a_page_that_went_before_its_domain_is_not_brought_back_by_it(connection):
    visit(connection, 0, "article")
    visit(connection, 1, "gone", status=410)
    visit(connection, 2, "dns_failed", "b")
    visit(connection, 3, "dns_failed", "b")
    visit(connection, 4, "not_found", "c", status=404)
    assert [row[:3] for row in deletions(connection)] == [("gone", 0, 1)]


def test_another_hosts_failure_is_not_the_articles(connection):
    visit(connection, 0, "article")
    for day in (1, 2, 3):
        visit(connection, day, "dns_failed", "z", url=OTHER, first_url=OTHER)
    assert deletions(connection) == []
