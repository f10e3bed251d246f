"""Crawls of a real web server on loopback by a real child process; what lands in the archive and in the books."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import signal
import zlib
from email.utils import format_datetime
from pathlib import Path

import pytest

from crawlers.state import KnownFeed, KnownPage
from crawlers.urls import key
from tests.crawling import CRAWL_ID, Crawling, Ended
from tests.web import Answer, Route, Web, http, in_turn, page, rss

NOW = dt.datetime.now(dt.UTC)
BOMB = gzip.compress(b"\0" * 200 * 2**20, 1)


def _slow(body: bytes = b"x" * 100) -> Answer:
    head = http(200, b"", content_length=str(len(body)))
    return [head, *[step for byte in body for step in (bytes([byte]), 0.1)]]


def _chunked(*parts: bytes, end: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


HTML = b"<!doctype html><title>A</title><p>text</p>"
# path: (what is served, the outcome of each attempt, the link's fate and reason)
CASES: dict[str, tuple[Route, list[str], tuple[str, str]]] = {
    "/ok": (page("ok"), ["ok"], ("fetched", "")),
    "/gzip": (http(200, gzip.compress(HTML), content_encoding="gzip"), ["ok"], ("fetched", "")),
    "/deflate": (http(200, zlib.compress(HTML), content_encoding="deflate"), ["ok"], ("fetched", "")),
    "/chunked": (_chunked(HTML, end=b"0\r\n\r\n"), ["ok"], ("fetched", "")),
    "/r301": (http(301, location="/ok?r=301"), ["redirected", "ok"], ("fetched", "")),
    "/r302": (http(302, location="/ok?r=302"), ["redirected", "ok"], ("fetched", "")),
    "/r303": (http(303, location="/ok?r=303"), ["redirected", "ok"], ("fetched", "")),
    "/r307": (http(307, location="/ok?r=307"), ["redirected", "ok"], ("fetched", "")),
    "/r308": (http(308, location="/ok?r=308"), ["redirected", "ok"], ("fetched", "")),
    "/loop": (http(302, location="/loop"), ["redirected"] * 5 + ["redirect_limit"], ("fetch_failed", "redirect_limit")),
    "/offsite": (
        http(302, location="http://other.example/"),
        ["redirect_offsite"],
        ("fetch_failed", "redirect_offsite"),
    ),
    "/nowhere": (http(302), ["unexpected_status"], ("fetch_failed", "unexpected_status")),
    "/to-file": (http(302, location="file:///etc/passwd"), ["bad_url"], ("fetch_failed", "bad_url")),
    "/to-js": (http(302, location="javascript:alert(1)"), ["bad_url"], ("fetch_failed", "bad_url")),
    "/404": (http(404, b"gone fishing"), ["not_found"], ("fetch_failed", "not_found")),
    "/410": (http(410), ["gone"], ("fetch_failed", "gone")),
    "/401": (http(401), ["forbidden"], ("fetch_failed", "forbidden")),
    "/403": (http(403, b"no"), ["forbidden"], ("fetch_failed", "forbidden")),
    "/451": (http(451), ["forbidden"], ("fetch_failed", "forbidden")),
    "/418": (http(418), ["client_error"], ("fetch_failed", "client_error")),
    "/204": (http(204), ["unexpected_status"], ("fetch_failed", "unexpected_status")),
    "/304": (http(304), ["unexpected_status"], ("fetch_failed", "unexpected_status")),
    "/500": (http(500, b"oops"), ["server_error"] * 3, ("fetch_failed", "server_error")),
    "/503-ok": (in_turn(http(503, retry_after="1"), page("back")), ["server_error", "ok"], ("fetched", "")),
    "/500-ok": (in_turn(http(500), http(500), page("back")), ["server_error", "server_error", "ok"], ("fetched", "")),
    "/429-ok": (in_turn(http(429, retry_after="1"), page("back")), ["rate_limited", "ok"], ("fetched", "")),
    "/429-date": (
        in_turn(http(429, retry_after=format_datetime(NOW, usegmt=True)), page("back")),
        ["rate_limited", "ok"],
        ("fetched", ""),
    ),
    "/429-garbage": (in_turn(http(429, retry_after="soon"), page("back")), ["rate_limited", "ok"], ("fetched", "")),
    "/429": (http(429), ["rate_limited"] * 3, ("deferred", "rate_limited")),
    "/slow-body": (_slow(), ["timeout"] * 3, ("fetch_failed", "timeout")),
    "/slow-head": ([b"HTTP/1.1 200 OK\r\n", 2.0], ["timeout"] * 3, ("fetch_failed", "timeout")),
    "/short": (http(200, HTML, content_length="9999"), ["truncated"] * 3, ("fetch_failed", "truncated")),
    "/cut-chunk": (_chunked(HTML, end=b"ff\r\nhalf"), ["truncated"] * 3, ("fetch_failed", "truncated")),
    "/cut-once": (in_turn(http(200, HTML, content_length="9999"), page("whole")), ["truncated", "ok"], ("fetched", "")),
    "/empty": (http(200), ["empty"], ("fetch_failed", "empty")),
    "/hang-up": (b"", ["connection_failed"] * 3, ("fetch_failed", "connection_failed")),
    "/no-http": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", ["connection_failed"] * 3, ("fetch_failed", "connection_failed")),
    "/large": (http(200, b"x" * (9 * 2**20)), ["too_large"], ("fetch_failed", "too_large")),
    "/large-unsaid": (_chunked(b"x" * (9 * 2**20), end=b"0\r\n\r\n"), ["too_large"], ("fetch_failed", "too_large")),
    "/bomb": (http(200, BOMB, content_encoding="gzip"), ["too_large"], ("fetch_failed", "too_large")),
    "/bomb-twice": (
        http(200, gzip.compress(BOMB), content_encoding="gzip, gzip"),
        ["too_large"],
        ("fetch_failed", "too_large"),
    ),
    "/no-gzip": (http(200, HTML, content_encoding="gzip"), ["decode_failed"], ("fetch_failed", "decode_failed")),
    "/half-gzip": (
        http(200, gzip.compress(HTML * 99)[:60], content_encoding="gzip"),
        ["decode_failed"],
        ("fetch_failed", "decode_failed"),
    ),
    "/meta-refresh": (
        http(200, b"<meta http-equiv=refresh content='0;url=/secret'><p>text</p>"),
        ["ok"],
        ("fetched", ""),
    ),
    # A page of the wrong type is a page all the same: the cleaner refuses it, with its own reason.
    "/image": (http(200, b"\x89PNG\r\n\x1a\n" + b"0" * 99, content_type="image/png"), ["ok"], ("fetched", "")),
}


@pytest.fixture(scope="module")
def misbehaviour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Web]:
    """One crawl of a feed that lists a page for every case."""
    with Web({path: case[0] for path, case in CASES.items()}) as web:
        web.routes["/ok"] = page("ok")
        for status in (301, 302, 303, 307, 308):
            web.routes[f"/ok?r={status}"] = page("ok")
        web.routes["/feed"] = rss(*map(web.url, CASES))
        crawling = Crawling(tmp_path_factory.mktemp("misbehaviour"), feeds=[web.url("/feed")])
        return crawling.run(settings={"FAILURES_IN_A_ROW": 99}), web


@pytest.mark.parametrize("path", CASES)
def test_each_misbehaviour_lands_in_the_archive_under_its_name(path: str, misbehaviour: tuple[Ended, Web]) -> None:
    ended, web = misbehaviour
    _, outcomes, fate = CASES[path]
    assert ended.outcomes(path) == outcomes, ended.log[-3000:]
    assert ended.fate(path) == fate
    asked = [asked for asked in web.paths() if asked == path]
    assert len(asked) == len(outcomes) - (outcomes[-1] == "ok" and outcomes[0] == "redirected")


def test_every_link_ends_in_exactly_one_fate(misbehaviour: tuple[Ended, Web]) -> None:
    ended, _ = misbehaviour
    assert ended.manifest is not None
    assert ended.manifest.links == sum(ended.manifest.fates.values()) == len(ended.fates) == len(CASES)
    assert sum(ended.manifest.fetches.values()) == len(ended.fetches)
    assert ended.code == 10


def test_pages_are_archived_as_received_and_described(misbehaviour: tuple[Ended, Web]) -> None:
    ended, web = misbehaviour
    found = ended.pages["/gzip"]
    assert found.body == HTML
    assert found.fetch.body_bytes == len(HTML)
    assert dict(found.headers)["Content-Encoding"] == "gzip"
    assert found.fetch.server_ip == "127.0.0.1"
    assert found.fetch.status == 200
    assert found.fetch.elapsed_ms is not None
    assert found.link.title == f"Title {list(CASES).index('/gzip')}"
    hop, last = (fetch for fetch in ended.fetches if fetch.first_url == web.url("/r301"))
    assert hop.redirect_to == last.url == web.url("/ok?r=301")


def test_requests_say_who_we_are_and_carry_nothing_else(misbehaviour: tuple[Ended, Web]) -> None:
    _, web = misbehaviour
    for asked in web.asked:
        assert asked.headers["user-agent"].startswith("syria-bulletins/")
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert not {"cookie", "referer", "authorization"} & set(asked.headers)
    assert "/secret" not in web.paths()
    assert web.paths()[:2] == ["/robots.txt", "/feed"]


def test_a_url_is_requested_as_the_feed_wrote_it(tmp_path: Path) -> None:
    with Web() as web:
        arabic, tracked = "/أخبار/قصف?utm_source=rss&b=2&a=1", "/x?fbclid=1&id=7#top"
        web.routes["/feed"] = rss(web.url(arabic), web.url(tracked), web.url("/x?id=7"))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run()
        assert "/x?fbclid=1&id=7" in web.paths()
        assert "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%82%D8%B5%D9%81?utm_source=rss&b=2&a=1" in web.paths()
        assert [fate.fate.value for fate in ended.fates] == ["fetch_failed", "fetch_failed", "duplicate_link"]
        assert ended.fates[0].link.url == web.url(arabic)


def test_known_pages_are_left_alone_until_they_are_due(tmp_path: Path) -> None:
    with Web({"/due": page("due"), "/unlisted": page("unlisted"), "/new": page("new")}) as web:
        web.routes["/feed"] = rss(*map(web.url, ("/known", "/due", "/new", "/new", "/")), "mailto:a@b.example")
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")])
        crawling.know([_known(web, "/known"), _known(web, "/due", due=True), _known(web, "/unlisted", due=True)])
        ended = crawling.run()
        assert ended.fate("/known") == ("already_known", "")
        assert ended.fate("/due") == ended.fate("/unlisted") == ("fetched", "")
        assert ended.manifest is not None
        assert ended.manifest.fates == {"already_known": 1, "duplicate_link": 1, "fetched": 3, "rejected": 2}
        assert "/known" not in web.paths()


def test_unchanged_pages_and_feeds_are_asked_for_with_their_validators(tmp_path: Path) -> None:
    def answer(asked: object) -> Answer:
        return http(304) if asked.headers.get("if-none-match") == '"1"' else page("full")  # type: ignore[attr-defined]

    with Web({"/fresh": answer, "/stale": answer, "/dated": http(304)}) as web:
        web.routes["/feed"] = rss(*map(web.url, ("/fresh", "/stale", "/dated")))
        web.routes["/feed2"] = http(304)
        crawling = Crawling(tmp_path, feeds=[web.url("/feed"), web.url("/feed2")])
        day, month = NOW - dt.timedelta(days=1), NOW - dt.timedelta(days=30)
        crawling.know(
            [
                _known(web, "/fresh", due=True, etag='"1"', last_full_at=day),
                _known(web, "/stale", due=True, etag='"1"', last_full_at=month),
                _known(web, "/dated", due=True, last_modified="Mon, 05 Jan 2026 00:00:00 GMT", last_full_at=day),
            ],
            [KnownFeed(url=web.url("/feed2"), etag='"f"', last_full_at=day)],
        )
        ended = crawling.run()
        assert ended.fate("/fresh") == ended.fate("/dated") == ("not_modified", "")
        assert ended.fate("/stale") == ("fetched", "")  # a week is up: the server's word is not taken for it
        assert ended.outcomes("/feed2") == ["not_modified"]
        assert ended.code == 0
        forced = crawling.run("--force", crawl_id="sample-20260102T000000Z-00000001")
        assert forced.fate("/fresh") == ("fetched", "")


def test_pages_beyond_the_limit_are_deferred_and_the_newest_come_first(tmp_path: Path) -> None:
    with Web({f"/p{n}": page(f"p{n}") for n in range(5)}) as web:
        dates = [NOW - dt.timedelta(hours=hours) for hours in (9, 2, 7, 1, 5)]
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(5)), dates=dates)
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run("--limit", "2")
        assert web.paths() == ["/robots.txt", "/feed", "/p3", "/p1"]
        assert ended.fate("/p0") == ("deferred", "crawl_limit")
        assert ended.manifest is not None
        assert ended.manifest.fates == {"deferred": 3, "fetched": 2}
        assert ended.manifest.finish_reason == "page_limit"


def test_visits_again_never_take_a_place_from_new_links_and_the_longest_due_go_first(tmp_path: Path) -> None:
    names = ("/new", "/put-off", "/listed", "/old", "/older", "/oldest")
    with Web({name: page(name) for name in names}) as web:
        web.routes["/feed"] = rss(*map(web.url, ("/listed", "/new")))
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")])
        seen = {"/listed": 1, "/old": 3, "/older": 5, "/oldest": 9}
        facts = {name: NOW - dt.timedelta(days=days) for name, days in seen.items()}
        known = [_known(web, name, due=True, last_fetched_at=at, last_full_at=at) for name, at in facts.items()]
        crawling.know([*known, _known(web, "/put-off", due=True)])
        ended = crawling.run("--limit", "4")
        assert web.paths()[2:] == ["/new", "/put-off", "/oldest", "/older"]
        assert ended.fate("/listed") == ("deferred", "crawl_limit")
        assert ended.manifest is not None
        assert (ended.manifest.links, ended.manifest.fates) == (5, {"deferred": 1, "fetched": 4})
        assert len(ended.fates) == 5  # /old found no place, and is no link of this crawl
        assert ended.manifest.finish_reason == "page_limit"


def test_a_crawl_out_of_time_defers_what_is_left(tmp_path: Path) -> None:
    with Web({f"/p{n}": [0.4, page(f"p{n}")] for n in range(20)}) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(20)))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run(settings={"CRAWL_SECONDS": 1.5})
        assert ended.manifest is not None
        assert ended.manifest.finish_reason == "time_limit"
        assert ended.manifest.links == 20 == len(ended.fates)
        assert 0 < ended.manifest.fates["fetched"] < 10
        assert ended.fate("/p19") == ("deferred", "crawl_limit")


def test_an_outlet_that_is_down_is_not_knocked_at_for_ever(tmp_path: Path) -> None:
    with Web({f"/p{n}": http(502) for n in range(9)}) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(9)))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run(settings={"FAILURES_IN_A_ROW": 3})
        assert ended.manifest is not None
        assert ended.manifest.finish_reason == "error_limit"
        assert ended.manifest.fates == {"deferred": 6, "fetch_failed": 3}


def test_a_host_that_asks_for_a_long_rest_gets_it(tmp_path: Path) -> None:
    with Web({f"/p{n}": http(429, retry_after="3600") for n in range(9)}) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(9)))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run()
        assert web.paths() == ["/robots.txt", "/feed", "/p0"]
        assert ended.manifest is not None
        assert ended.manifest.fates == {"deferred": 9}
        assert ended.fate("/p8") == ("deferred", "rate_limited")


def test_sigterm_leaves_every_link_accounted_for(tmp_path: Path) -> None:
    with Web({f"/p{n}": page(f"p{n}") for n in range(5)} | {"/p2": [9.0]}) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(5)))
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")])
        running = crawling.start(settings={"DOWNLOAD_TIMEOUT": 30})
        running.wait_for(lambda: "/p2" in web.paths())
        running.signal(signal.SIGTERM)
        ended = crawling.ended(running)
        assert ended.code == 10
        assert ended.manifest is not None
        assert ended.manifest.finish_reason == "interrupted"
        assert ended.manifest.fates == {"deferred": 3, "fetched": 2}
        assert ended.fate("/p2") == ("deferred", "interrupted")


def test_a_killed_crawl_goes_on_where_it_was(tmp_path: Path) -> None:
    slow_once: list[float] = [9.0]

    def hesitate(_: object) -> Answer:
        return [slow_once.pop(), page("late")] if slow_once else page("late")

    whole = _crawl_of_ten(tmp_path / "whole", page("late"))[0]
    died, web = _crawl_of_ten(tmp_path / "killed", hesitate, kill_at="/p6")
    assert died.totals() == whole.totals()
    assert [fate.fate for fate in died.fates] == [fate.fate for fate in whole.fates]
    assert died.manifest is not None
    assert died.manifest.resumed == 1
    # What was committed is not asked for again; only the attempt in flight is.
    assert all(web.times(path) == (2 if path == "/p6" else 1) for path in web.paths() if path not in ("/p3", "/p4"))


def _crawl_of_ten(home: Path, p6: Route, kill_at: str = "") -> tuple[Ended, Web]:
    """Crawl ten pages with a redirect and a retry among them, and take the crawl up again after killing it."""
    home.mkdir()
    routes: dict[str, Route] = {f"/p{n}": page(f"p{n}") for n in range(10)}
    routes |= {"/p3": http(301, location="/p3b"), "/p3b": page("p3"), "/p4": in_turn(http(500), page("p4")), "/p6": p6}
    with Web(routes) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(10)))
        crawling = Crawling(home, feeds=[web.url("/feed")])
        if kill_at:
            running = crawling.start(settings={"DOWNLOAD_TIMEOUT": 30})
            running.wait_for(lambda: kill_at in web.paths())
            running.signal(signal.SIGKILL)
            running.process.join()
        ended = crawling.run()
        assert crawling.run().totals() == ended.totals()  # once more: it is complete, nothing is asked
        return ended, web


def test_an_orphaned_crawl_stops_and_can_be_taken_up_again(tmp_path: Path) -> None:
    tether = tmp_path / "tether"
    os.mkfifo(tether)
    with Web({"/p0": [9.0], "/p1": page("p1")}) as web:
        web.routes["/feed"] = rss(web.url("/p0"), web.url("/p1"))
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")])
        running = crawling.start(
            "--tethered", settings={"DOWNLOAD_TIMEOUT": 30}, environment={"TEST_STDIN": str(tether)}
        )
        with tether.open("wb"):
            running.wait_for(lambda: "/p0" in web.paths())
        ended = crawling.ended(running)
        assert (ended.code, ended.manifest) == (20, None)
        web.routes["/p0"] = page("p0")
        ended = crawling.run()
        assert ended.manifest is not None
        assert ended.manifest.fates == {"fetched": 2}
        assert web.times("/feed") == 1


def test_all_feeds_failing_means_try_again(tmp_path: Path) -> None:
    with Web({"/feed": http(500), "/feed2": http(200, b"<html>no feed</html>")}) as web:
        ended = Crawling(tmp_path, feeds=[web.url("/feed"), web.url("/feed2")]).run()
        assert ended.code == 20
        assert ended.outcomes("/feed") == ["server_error"] * 3


@pytest.mark.parametrize(
    ("extra", "code", "says"),
    [
        ("status_on = 'never'", 30, "status_on"),
        ("articles = ['(']", 30, "articles"),
    ],
)
def test_a_wrong_declaration_is_not_retried(tmp_path: Path, extra: str, code: int, says: str) -> None:
    ended = Crawling(tmp_path, feeds=["http://127.0.0.1:1/feed"], extra=extra).run()
    assert ended.code == code
    assert says in ended.log
    assert "Traceback" not in ended.log


def test_a_closed_outlet_is_not_asked(tmp_path: Path) -> None:
    with Web() as web:
        closed = "closed'\nstatus_evidence = 'it ceased"
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")], status=closed)
        ended = crawling.run()
        assert ended.code == 40
        assert "it ceased" in ended.log
        assert web.connections == 0


def test_a_used_up_budget_stops_the_crawl_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "old.warc.gz").write_bytes(b"0" * 2000)
    with Web() as web:
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")])
        ended = crawling.run(environment={"BULLETINS_ARCHIVE_BUDGET_GB": "0.000001"})
        assert ended.code == 30
        assert "BULLETINS_ARCHIVE_BUDGET_GB" in ended.log
        assert web.connections == 0


def test_the_log_begins_with_the_outlet(misbehaviour: tuple[Ended, Web]) -> None:
    ended, _ = misbehaviour
    assert f"outlet sample, crawl {CRAWL_ID}" in ended.log.splitlines()[0]
    assert "Traceback" not in ended.log


def _known(web: Web, path: str, **facts: object) -> KnownPage:
    seen = {"first_seen_at": NOW, "last_fetched_at": NOW, "key": key(web.url(path)), "url": web.url(path)}
    return KnownPage(**(seen | facts))  # type: ignore[arg-type]
