"""Which pages a crawl visits again, and what the spider is told of them."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest

from crawlers.records import Fate, LinkFate, Purpose
from crawlers.state import CrawlState, KnownPage
from processing.due import export_state, stale_crawls
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page

pytestmark = pytest.mark.db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def declared(connection):
    seed.declare(connection, "sample_post", "other_post")


@pytest.fixture
def known(connection, tmp_path):
    """What the state says at a moment: page by the last part of its URL."""

    def read(now: dt.datetime, forced: bool = False, slug: str = "sample_post") -> dict[str, KnownPage]:
        path = tmp_path / "state.sqlite"
        export_state(connection, slug, path, forced, now=now)
        with closing(CrawlState(path)) as state:
            pages = [state.page(seed.link_to(name, slug).key) for name in "abcdefgh"]
            found = {page.url[-1]: page for page in pages if page}
            assert {page.key for page in state.due()} == {page.key for page in found.values() if page.due}
            return found

    return read


def attempt(
    connection, name: str, outcome: str, at: dt.datetime, fate: Fate = Fate.FETCH_FAILED, **changes: object
) -> None:
    """Load a crawl whose one link, in no feed, ended as given, with one attempt unless the link was only put off."""
    link = seed.link_to(name, feed_url="state:due")
    crawl_id = f"sample_post-{at:%Y%m%dT%H%M%SZ}-00000000"
    reason = "crawl_limit" if fate is Fate.DEFERRED else outcome if fate is Fate.FETCH_FAILED else ""
    fates = [LinkFate(link=link, fate=fate, reason=reason)]
    extra = [] if fate is Fate.DEFERRED else [seed.fetched(link, crawl_id, 0, at, outcome=outcome, **changes)]
    crawl(at=at, extra=extra, fates=fates).load(connection)


def test_a_page_fetched_last_night_is_known_and_due_again_a_day_later(connection, known):
    crawl(page("a")).load(connection)
    assert known(NIGHT + 2 * HOUR)["a"].due is False
    assert known(NIGHT + 19 * HOUR)["a"].due is False
    assert known(NIGHT + 23 * HOUR)["a"].due is True  # tonight's crawl may begin a little earlier than last night's


def days_visited(connection, known, answer: str) -> list[int]:
    """The days on which page "a", first fetched on day 0, is visited by a crawl every night that finds `answer`."""
    crawl(page("a")).load(connection)
    feed_reading(connection, NIGHT + HOUR, "b")  # no feed lists it any more
    visited = []
    for day in range(1, 45):
        at = NIGHT + day * DAY - 2 * HOUR * (day % 2)  # every other night the crawl begins two hours earlier
        if known(at)["a"].due:
            visited.append(day)
            attempt(connection, "a", answer, at, Fate.FETCHED if answer == "ok" else Fate.FETCH_FAILED)
    return visited


def feed_reading(connection, at: dt.datetime, *names: str) -> None:
    """Load a crawl whose feed lists these pages, all of them known and not due."""
    links = [seed.link_to(name, feed_url=seed.link_to("").feed_url) for name in names]
    crawl(at=at, fates=[LinkFate(link=link, fate=Fate.ALREADY_KNOWN) for link in links]).load(connection)


def test_a_page_no_feed_lists_is_looked_at_after_1_3_7_and_30_days_and_weekly_in_full(connection, known):
    assert days_visited(connection, known, "ok") == [1, 3, 7, 14, 21, 28, 30]


def test_a_page_that_is_gone_is_looked_for_at_the_same_four_looks_and_then_never(connection, known):
    assert days_visited(connection, known, "gone") == [1, 3, 7, 30]


def test_a_look_that_no_crawl_was_there_for_is_made_up_for_within_a_week(connection, known):
    crawl(page("a")).load(connection)
    feed_reading(connection, NIGHT + HOUR, "b")
    attempt(connection, "a", "ok", NIGHT + 29 * DAY, Fate.FETCHED)
    assert known(NIGHT + 29 * DAY + 12 * HOUR)["a"].due is False
    assert known(NIGHT + 34 * DAY)["a"].due is True
    assert known(NIGHT + 38 * DAY)["a"].due is False


def test_a_page_a_feed_still_lists_is_looked_at_daily_for_a_month(connection, known):
    crawl(page("a")).load(connection)
    feed_reading(connection, NIGHT + HOUR, "a", "b")
    attempt(connection, "a", "ok", NIGHT + 4 * DAY, Fate.FETCHED)
    assert known(NIGHT + 4 * DAY + 19 * HOUR)["a"].due is False  # once a day at most
    assert known(NIGHT + 5 * DAY)["a"].due is True
    attempt(connection, "a", "not_modified", NIGHT + 30 * DAY, Fate.NOT_MODIFIED)
    assert known(NIGHT + 31 * DAY)["a"].due is False


def test_a_feed_that_answers_304_lists_what_it_listed_and_one_that_was_read_again_lists_no_more(connection, known):
    crawl(page("a")).load(connection)
    feed_reading(connection, NIGHT + HOUR, "a")
    attempt(connection, "a", "ok", NIGHT + 4 * DAY, Fate.FETCHED)
    crawl(at=NIGHT + 4 * DAY + 2 * HOUR).load(connection)  # nothing was read in this crawl
    assert known(NIGHT + 5 * DAY)["a"].due is True
    feed_reading(connection, NIGHT + 4 * DAY + 3 * HOUR, "b")
    assert known(NIGHT + 5 * DAY)["a"].due is False


def test_a_page_that_shows_the_home_page_is_looked_for_as_one_that_is_gone(connection, known):
    crawl(page("a"), page("b")).load(connection)
    crawl(page("a", rejected="homepage"), page("b", rejected="login"), at=NIGHT + 3 * DAY).load(connection)
    attempt(connection, "a", "not_modified", NIGHT + 7 * DAY, Fate.NOT_MODIFIED)  # the home page did not change
    attempt(connection, "b", "not_modified", NIGHT + 7 * DAY + HOUR, Fate.NOT_MODIFIED)
    found = known(NIGHT + 15 * DAY)
    assert (found["a"].due, found["b"].due) == (False, True)
    assert known(NIGHT + 30 * DAY)["a"].due is True


@pytest.mark.parametrize(
    ("outcome", "due"),
    [
        ("timeout", True), ("server_error", True), ("rate_limited", True), ("truncated", True), ("dns_failed", True),
        ("robots_unreachable", True), ("not_found", False), ("gone", False), ("robots_denied", False),
        ("redirect_offsite", False), ("not_in_replay", False), ("too_large", False),
    ],
)  # fmt: skip
def test_a_failure_that_may_pass_is_tried_again_the_same_night_and_others_are_not(connection, known, outcome, due):
    attempt(connection, "a", outcome, NIGHT)
    assert known(NIGHT + HOUR)["a"].due is due


def test_what_may_have_been_a_bad_moment_is_no_look(connection, known):
    crawl(page("a")).load(connection)
    attempt(connection, "a", "timeout", NIGHT + DAY)
    assert known(NIGHT + DAY + HOUR)["a"].due is True
    attempt(connection, "a", "not_found", NIGHT + DAY + 2 * HOUR)
    assert known(NIGHT + 2 * DAY)["a"].due is False


def test_a_link_that_was_put_off_is_due_though_no_feed_names_it_any_more(connection, known):
    attempt(connection, "a", "", NIGHT, Fate.DEFERRED)
    found = known(NIGHT + HOUR)["a"]
    assert (found.due, found.url, found.last_full_at) == (True, "https://sample_post.example/a", None)
    crawl(page("a"), at=NIGHT + DAY).load(connection)
    assert known(NIGHT + DAY + HOUR)["a"].due is False


def test_the_state_carries_validators_and_where_the_bytes_are_also_after_a_304_and_a_revisit(connection, known):
    attempt(
        connection,
        "a",
        "ok",
        NIGHT,
        Fate.FETCHED,
        etag='"1"',
        last_modified="x",
        body_sha256="b",
        warc_file="f",
        warc_offset=7,
    )
    attempt(
        connection, "a", "ok", NIGHT + DAY, Fate.FETCHED, etag='"2"', body_sha256="b", warc_file="g", warc_offset=9,
        payload_file="f", payload_offset=7,
    )  # fmt: skip
    attempt(connection, "a", "not_modified", NIGHT + 2 * DAY, Fate.NOT_MODIFIED)
    found = known(NIGHT + 2 * DAY + HOUR)["a"]
    assert (found.etag, found.last_modified) == ('"2"', None)
    assert (found.body_sha256, found.warc_file, found.warc_offset) == ("b", "f", 7)
    assert (found.first_seen_at, found.last_full_at, found.last_fetched_at) == (NIGHT, NIGHT + DAY, NIGHT + 2 * DAY)


def test_a_forced_crawl_visits_every_page_but_the_erased_ones(connection, known):
    crawl(page("a"), page("b"), page("c", rejected="login")).load(connection)
    seed.run(
        connection, "insert into news.erasures (key, basis) values (%(key)s, 'request')", key=seed.link_to("b").key
    )
    assert {name: page.due for name, page in known(NIGHT + 99 * DAY, forced=True).items()} == {
        "a": True,
        "b": False,
        "c": True,
    }


def test_a_page_erased_before_it_was_ever_fetched_is_known_so_that_it_is_not_fetched(connection, tmp_path):
    key = seed.link_to("a").key
    seed.run(connection, "insert into news.erasures (key, basis) values (%(key)s, 'request')", key=key)
    export_state(connection, "sample_post", tmp_path / "state")
    with closing(CrawlState(tmp_path / "state")) as state:
        assert state.page(key).due is False


def test_redirect_hops_are_asked_for_where_they_began(connection, known):
    link = seed.link_to("a")
    crawl_id = "sample_post-20260301T010000Z-00000000"
    hops = [
        seed.fetched(link, crawl_id, 0, NIGHT, outcome="redirected", status=301, redirect_to=link.url + "/2"),
        seed.fetched(link, crawl_id, 1, NIGHT, url=link.url + "/2"),
    ]
    crawl(extra=hops, fates=[LinkFate(link=link, fate=Fate.FETCHED)]).load(connection)
    found = known(NIGHT + HOUR)["a"]
    assert (found.url, found.due) == (link.url, False)


def test_feeds_come_with_the_validators_of_their_last_full_answer(connection, tmp_path):
    feed = "https://sample_post.example/feed"

    def ask(at: dt.datetime, outcome: str, etag: str | None) -> None:
        crawl_id = f"sample_post-{at:%Y%m%dT%H%M%SZ}-00000000"
        fetch = seed.fetched(
            seed.link_to("x"), crawl_id, 0, at, purpose=Purpose.FEED, key=None, url=feed, first_url=feed, outcome=outcome,
            etag=etag,
        )  # fmt: skip
        crawl(at=at, extra=[fetch]).load(connection)

    ask(NIGHT, "ok", '"1"')
    ask(NIGHT + DAY, "not_modified", None)
    export_state(connection, "sample_post", tmp_path / "state")
    with closing(CrawlState(tmp_path / "state")) as state:
        found = state.feed(feed)
    assert (found.etag, found.last_full_at) == ('"1"', NIGHT)


def test_an_outlet_knows_only_its_own_pages(connection, known):
    crawl(page("a")).load(connection)
    assert known(NIGHT + HOUR, slug="other_post") == {}


def test_crawls_of_another_tagger_are_stale_and_those_of_this_one_are_not(connection):
    seed.declare(connection)
    first = seed.crawl(seed.page("a", relevance=0.5)).replaced()
    first.load(connection)
    seed.crawl(seed.page("b"), at=seed.NIGHT + seed.DAY).load(connection)
    crawls = [row[0] for row in seed.rows(connection, "select crawl_id from news.crawls order by 1")]
    assert stale_crawls(connection, "1") == crawls[1:]
    assert stale_crawls(connection, "2") == crawls
