"""robots.txt as a server may serve it, and what the crawl then does: obey, slow down, carry on, or come back later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawling import Crawling, Ended
from tests.web import Route, Web, http, in_turn, page, rss

DENY = b"User-agent: *\nDisallow: /\n"
TEXT = {"content_type": "text/plain"}
# What is served as robots.txt, and whether the page may be fetched: yes, no, or later.
CASES: dict[str, tuple[Route, str]] = {
    "allowed": (http(200, b"User-agent: *\nDisallow: /private/\n", **TEXT), "yes"),
    "denied": (http(200, DENY, **TEXT), "no"),
    "denied to us by name": (http(200, b"User-agent: Syria-Bulletins\nDisallow: /\n", **TEXT), "no"),
    "denied to another whom our contact mentions": (http(200, b"User-agent: mailto\nDisallow: /\n", **TEXT), "yes"),
    "allowed to us by name": (http(200, DENY + b"\nUser-agent: syria-bulletins\nAllow: /\n", **TEXT), "yes"),
    "byte order mark": (http(200, b"\xef\xbb\xbf" + DENY, **TEXT), "no"),
    "only its first 512 KiB": (http(200, b"# \n" * 180_000 + DENY, **TEXT), "yes"),
    "an HTML page": (http(200, b"<!doctype html><title>Home</title>"), "yes"),
    "empty": (http(200, **TEXT), "yes"),
    "no content": (http(204), "yes"),
    "404": (http(404), "yes"),
    "403": (http(403), "yes"),
    "410": (http(410), "yes"),
    "moved within the outlet": (http(301, location="/robots2.txt"), "no"),
    "moved to another site": (http(301, location="http://elsewhere.example/robots.txt"), "yes"),
    "moved in a circle": (http(301, location="/robots.txt"), "yes"),
    "moved to nowhere": (http(301), "yes"),
    "500": (http(500), "later"),
    "503, then its rules": (in_turn(http(503), http(200, DENY, **TEXT)), "no"),
    "429": (http(429), "later"),
    "429 for an hour": (http(429, retry_after="3600"), "later"),
    "silence": ([1.0], "later"),
    "cut off": (http(200, DENY, content_length="999"), "later"),
    "hung up on": (b"", "later"),
    "too large": (http(200, b"#" * (9 * 2**20), **TEXT), "later"),
}
FATES = {"yes": ("fetched", ""), "no": ("robots_denied", ""), "later": ("deferred", "robots_unreachable")}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Web]:
    """One crawl of an outlet with a host for every case."""
    hosts = [f"h{number}.outlet.example" for number in range(len(CASES))]
    with Web({"/robots2.txt": http(200, DENY, **TEXT)}) as web:
        for number, (host, (robots, _)) in enumerate(zip(hosts, CASES.values(), strict=True)):
            web.routes |= {f"{host}/robots.txt": robots, f"/p{number}": page("p")}
        web.routes["/feed"] = rss(*(web.url(f"/p{number}", host) for number, host in enumerate(hosts)))
        crawling = Crawling(
            tmp_path_factory.mktemp("robots"), feeds=[web.url("/feed")], domains=["127.0.0.1", "outlet.example"]
        )
        ended = crawling.run(
            settings={"DOWNLOAD_TIMEOUT": 0.5, "RATE_LIMIT_WAIT": 0},
            environment={
                "BULLETINS_CONTACT": "mailto:desk@bulletins.example",
                "TEST_HOSTS": json.dumps({host: [["127.0.0.1"]] for host in hosts}),
            },
        )
        return ended, web


@pytest.mark.parametrize("name", CASES)
def test_robots_txt_decides_what_is_fetched(name: str, asked: tuple[Ended, Web]) -> None:
    ended, web = asked
    path, may = f"/p{list(CASES).index(name)}", CASES[name][1]
    assert ended.fate(path) == FATES[may], ended.log
    assert web.times(path) == (may == "yes")


@pytest.mark.parametrize(
    ("robots", "code", "outcome", "reason"),
    [
        (http(200, DENY, **TEXT), 40, "robots_denied", "finished"),
        (http(500), 20, "robots_unreachable", "robots_unreachable"),
    ],
)
def test_an_outlet_whose_feeds_may_not_be_read_is_left_alone(
    robots: Route, code: int, outcome: str, reason: str, tmp_path: Path
) -> None:
    with Web({"/robots.txt": robots}) as web:
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run()
        assert ended.manifest is not None, ended.log
        assert (ended.code, ended.manifest.finish_reason) == (code, reason)
        assert ended.outcomes("/feed") == [outcome]
        assert web.times("/feed") == 0


def test_a_single_denied_page_is_left_out_and_the_rest_is_fetched(tmp_path: Path) -> None:
    robots = http(200, b"User-agent: *\nDisallow: /private\n", **TEXT)
    with Web(
        {"/robots.txt": robots, "/p": page("p"), "/private/p": page("x"), "/r": http(302, location="/private/r")}
    ) as web:
        web.routes["/feed"] = rss(web.url("/private/p"), web.url("/p"), web.url("/r"))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run()
        assert ended.fate("/p") == ("fetched", "")
        assert ended.fate("/private/p") == ended.fate("/r") == ("robots_denied", "")
        assert ended.outcomes("/r") == ["redirected", "robots_denied"]
        assert not [path for path in web.paths() if path.startswith("/private")]
        assert web.times("/robots.txt") == 1


def test_a_crawl_delay_is_kept_between_any_two_requests(tmp_path: Path) -> None:
    robots = http(200, b"User-agent: *\nCrawl-delay: 0.4\n", **TEXT)
    with Web({"/robots.txt": robots} | {f"/p{n}": page(f"p{n}") for n in range(3)}) as web:
        web.routes["/feed"] = rss(*(web.url(f"/p{n}") for n in range(3)))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run(settings={"AUTOTHROTTLE_ENABLED": True})
        assert ended.code == 0
        times = [asked.at for asked in web.asked]
        assert times[-1] - times[0] >= 0.4 * (len(times) - 1) * 0.95


def test_our_own_delay_holds_where_robots_txt_asks_for_less(tmp_path: Path) -> None:
    robots = http(200, b"User-agent: *\nCrawl-delay: 0.1\n", **TEXT)
    with Web({"/robots.txt": robots, "/p0": page("p0"), "/p1": page("p1")}) as web:
        web.routes["/feed"] = rss(web.url("/p0"), web.url("/p1"))
        crawling = Crawling(tmp_path, feeds=[web.url("/feed")], extra="[politeness]\ndelay_seconds = 0.4")
        assert crawling.run(settings={"AUTOTHROTTLE_ENABLED": True}).code == 0
        times = [asked.at for asked in web.asked]
        assert times[-1] - times[0] >= 0.4 * (len(times) - 1) * 0.95


def test_an_excessive_crawl_delay_is_capped(tmp_path: Path) -> None:
    robots = http(200, b"User-agent: *\nCrawl-delay: 86400\n", **TEXT)
    with Web({"/robots.txt": robots, "/p": page("p")}) as web:
        web.routes["/feed"] = rss(web.url("/p"))
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run(settings={"LONGEST_CRAWL_DELAY": 0.5})
        assert ended.fate("/p") == ("fetched", "")
