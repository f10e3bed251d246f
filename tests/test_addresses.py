"""One article, one row, by whichever of its addresses it was reached: short links, AMP views, pages that declare another.

A made-up site, the real crawler, cleaner, tagger and tables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bulletins.tracing import trace
from crawlers.archive import Archive
from crawlers.records import Page
from crawlers.state import CrawlState
from processing import crawl as stages
from processing import database
from processing.check import Severity, check
from processing.clean import page as cleaning
from processing.clean.identity import Identity
from processing.crawl import Place
from processing.deduplicate import deduplicate
from processing.due import export_state
from processing.erase import erase, erase_pending, pending_keys
from processing.explain import article_key
from processing.load import load_outlets
from processing.reference import load_reference
from processing.relate import relate
from processing.survey import find_key
from tests.crawling import Crawling
from tests.seed import rows
from tests.web import Web, http, rss

pytestmark = pytest.mark.db

FULL = "/news/1234567-shelling-hits-market-in-saraqib"
SHORT, OTHER_SHORT, LITE, COLUMN = "/3ELftJ", "/9QkTzP", "/lite/1234567", "/news/7654321-water-station-works-again"
TEXT = (
    "Shelling killed 3 civilians in the market of Saraqib in the Idlib countryside on Sunday, residents said.",
    "The Syrian Observatory for Human Rights said the shells came from the south of the town.",
    "The road to Ariha was closed until the evening, and shops near the market did not open again on that day.",
)
WATER = (
    "The water station north of Hama works again after repairs that took a week, the town's council said on Sunday.",
    "Engineers replaced two pumps and a stretch of pipe that had been damaged in the winter, the council added.",
)


def article(title: str, *text: str, declares: str = "") -> bytes:
    link = f"<link rel='canonical' href='{declares}'>" if declares else ""
    lines = "".join(f"<p>{line}</p>" for line in text)
    return http(
        200,
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{link}"
        "<meta property='article:published_time' content='2026-03-01T20:00:00Z'></head>"
        f"<body><article><h1>{title}</h1>{lines}</article></body></html>".encode(),
    )


class Site:
    """A site, its crawls, and one after the other their loads."""

    def __init__(self, home: Path, web: Web, connection: Any, url: str) -> None:
        self.web, self.connection, self.url, self.home = web, connection, url, home
        self.crawling = Crawling(home, feeds=[web.url("/feed")])
        self.place = Place(home=home, archive=str(home / "archive"), outlets=home / "outlets")
        self.crawls: list[str] = []
        full = web.url(FULL)
        web.routes |= {
            FULL: article("Shelling hits market in Saraqib", *TEXT, declares=full),
            SHORT: http(301, location=f"{FULL}?utm_source=short"),
            f"{FULL}?utm_source=short": article("Shelling hits market in Saraqib", *TEXT, declares=full),
            OTHER_SHORT: http(302, location=FULL),
            LITE: article("Shelling hits market in Saraqib", *TEXT[:2], declares=full),
            COLUMN: article("Water station near Hama works again", *WATER, declares=web.url("/")),
        }

    def night(self, *paths: str, days: int = 0, forced: bool = False) -> dict[str, str]:
        """Crawl a feed that lists the paths and load what came; returns the outcome of each link by path."""
        self.web.routes["/feed"] = rss(*map(self.web.url, paths))
        crawl_id = f"sample-2026010{len(self.crawls) + 1}T000000Z-00000001"
        self.crawls.append(crawl_id)
        self.crawling.declare()
        now = dt.datetime.now(dt.UTC) + days * dt.timedelta(days=1)
        export_state(self.connection, "sample", self.home / "state.sqlite", forced, now=now)
        assert self.crawling.run(crawl_id=crawl_id, settings={"FAILURES_IN_A_ROW": 99}).manifest is not None
        self.load(crawl_id)
        found = rows(
            self.connection,
            "select url, outcome, reason from news.links where crawl_id = %(crawl_id)s order by position_in_crawl",
            crawl_id=crawl_id,
        )
        return {self.path(url): f"{outcome} {reason}".strip() for url, outcome, reason in found}

    def load(self, *crawl_ids: str, url: str = "") -> None:
        with closing(database.connect(url or self.url)) as connection, pytest.MonkeyPatch.context() as patch:
            patch.setenv("BULLETINS_DATABASE_URL", url or self.url)
            if not rows(connection, "select from news.places limit 1"):
                load_reference(connection)
            load_outlets(connection, [self.place.outlet("sample")], self.place.outlets)
            for crawl_id in crawl_ids:
                stages.clean(crawl_id, self.place)
                stages.tag_crawl(crawl_id, self.place)
                assert stages.load(crawl_id, self.place).silent_losses == 0
            assert failed(connection) == []

    def known(self, path: str, days: int = 3) -> bool:
        """Whether the page of a path is known and left alone in a crawl some days from now."""
        now = dt.datetime.now(dt.UTC) + days * dt.timedelta(days=1)
        export_state(self.connection, "sample", self.home / "later.sqlite", now=now)
        with closing(CrawlState(self.home / "later.sqlite")) as state:
            page = state.page(self.key(path))
            return page is not None and not page.due

    def key(self, path: str) -> str:
        return hashlib.sha256(self.web.url(path).replace("http:", "https:").encode()).hexdigest()

    def path(self, url: str) -> str:
        return url.removeprefix(self.web.url(""))

    def articles(self, connection: Any = None) -> list[tuple]:
        return rows(
            connection or self.connection,
            "select key, article_id::text, canonical_url, title, text, version_count, published_at "
            "from news.articles order by key",
        )


def failed(connection: Any) -> list[str]:
    return [result.name for result in check(connection) if result.count and result.severity is Severity.FAIL]


@pytest.fixture
def site(tmp_path: Path, connection: Any, database_url: str) -> Iterator[Site]:
    with Web({}) as web:
        yield Site(tmp_path, web, connection, database_url)


@pytest.mark.parametrize("links", [(SHORT, FULL), (FULL, SHORT)])
def test_a_short_link_and_its_article_in_one_crawl_are_one_row(site: Site, links: tuple[str, ...]) -> None:
    assert site.night(*links) == {FULL: "loaded_new", SHORT: "duplicate_link"}
    [(key, *_, versions, _)] = site.articles()
    assert (key, versions) == (site.key(FULL), 1)
    [(detail,)] = rows(site.connection, "select detail from news.links where outcome = 'duplicate_link'")
    assert site.path(detail.replace("https:", "http:")) == f"the article of {site.web.url(FULL)}"


@pytest.mark.parametrize("links", [(SHORT, FULL), (FULL, SHORT), (SHORT, OTHER_SHORT), (OTHER_SHORT, SHORT)])
def test_two_addresses_in_two_crawls_are_one_row_and_the_same_in_either_order(
    site: Site, links: tuple[str, ...]
) -> None:
    assert site.night(links[0]) == {links[0]: "loaded_new"}
    first = site.articles()
    assert site.night(links[1]) == {links[1]: "unchanged"}
    assert site.articles() == first
    assert first[0][0] == site.key(FULL)


@pytest.mark.parametrize("links", [(LITE, FULL), (FULL, LITE)])
def test_of_a_view_with_another_text_the_articles_own_address_counts_in_a_crawl(
    site: Site, links: tuple[str, ...]
) -> None:
    assert site.night(*links) == {FULL: "loaded_new", LITE: "duplicate_link"}
    [(key, _, _, _, text, versions, _)] = site.articles()
    assert (key, versions) == (site.key(FULL), 1)
    assert TEXT[2] in text


@pytest.mark.parametrize("links", [(LITE, FULL), (FULL, LITE)])
def test_a_view_with_another_text_in_another_crawl_is_a_version_of_the_same_row(
    site: Site, links: tuple[str, ...]
) -> None:
    site.night(links[0])
    assert site.night(links[1]) == {links[1]: "new_version"}
    [(key, *_, versions, _)] = site.articles()
    assert (key, versions) == (site.key(FULL), 2)


def test_a_page_that_declares_the_first_page_of_its_site_keeps_its_own_address(site: Site) -> None:
    assert site.night(COLUMN) == {COLUMN: "loaded_new"}
    assert site.articles()[0][0] == site.key(COLUMN)
    assert rows(site.connection, "select flags from news.article_versions") == [(["address_doubted"],)]


def test_a_link_that_leads_to_the_first_page_brings_no_article(site: Site) -> None:
    site.web.routes |= {
        SHORT: http(302, location="/"),
        "/": article("Sample", *(f"A headline of the day, number {number}" for number in range(9))),
    }
    assert site.night(SHORT, FULL) == {SHORT: "rejected homepage", FULL: "loaded_new"}
    assert [key for key, *_ in site.articles()] == [site.key(FULL)]


def test_only_one_of_the_addresses_is_visited_again(site: Site) -> None:
    site.night(SHORT)
    assert not site.known(SHORT)
    site.night(SHORT, FULL)
    assert site.known(SHORT)
    assert not site.known(FULL)
    assert site.night(SHORT, FULL, days=3) == {SHORT: "already_known", FULL: "unchanged"}


def test_an_alias_that_is_gone_is_no_deletion_and_the_own_address_is(site: Site) -> None:
    site.night(SHORT, FULL)
    site.web.routes[SHORT] = http(404)
    site.night(SHORT, FULL, forced=True)
    assert rows(site.connection, "select how from news.article_deletions") == []
    site.web.routes[FULL] = http(410)
    site.night(FULL, days=3)
    assert rows(site.connection, "select how from news.article_deletions") == [("gone",)]


def test_a_link_that_leads_elsewhere_one_day_leaves_the_article_that_it_led_to(site: Site) -> None:
    site.night(SHORT)
    site.web.routes[SHORT] = http(302, location=COLUMN)
    assert site.night(SHORT, days=3) == {SHORT: "loaded_new"}
    assert {title for _, _, _, title, *_ in site.articles()} == {
        "Shelling hits market in Saraqib",
        "Water station near Hama works again",
    }
    assert rows(site.connection, "select how from news.article_deletions") == []


def test_a_page_not_modified_confirms_the_article_it_held(site: Site) -> None:
    known = article("Shelling hits market in Saraqib", *TEXT, declares=site.web.url(FULL)).replace(
        b"Connection: close", b'Etag: "1"\r\nConnection: close'
    )
    site.web.routes[LITE] = lambda asked: http(304) if "if-none-match" in asked.headers else known
    site.night(LITE)
    before = rows(site.connection, "select last_seen_at from news.articles")
    assert site.night(LITE, days=3) == {LITE: "not_modified"}
    assert rows(site.connection, "select last_seen_at from news.articles") > before


def test_the_tables_made_anew_are_the_same_whichever_crawl_is_loaded_first(
    site: Site, new_database: Callable[[], str]
) -> None:
    site.night(SHORT, COLUMN)
    site.night(LITE, FULL)
    site.night(OTHER_SHORT, FULL, days=3)
    pages = (
        "select key, page_key, url, first_seen_at, last_seen_at, version_count, current_version_id::text "
        "from news.articles order by 1"
    )
    for order in (site.crawls, site.crawls[::-1]):
        url = new_database()
        with closing(database.connect(url)) as fresh:
            database.migrate(fresh)
            site.load(*order, *order, url=url)
            assert site.articles(fresh) == site.articles()
            assert rows(fresh, pages) == rows(site.connection, pages)


def test_loading_again_changes_nothing(site: Site) -> None:
    site.night(SHORT, FULL, LITE, COLUMN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETINS_DATABASE_URL", site.url)
        assert stages.load(site.crawls[0], site.place).written == {}


def test_every_address_leads_to_the_article_and_back_to_its_bytes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.night(SHORT, FULL)
    monkeypatch.setenv("BULLETINS_ARCHIVE", site.place.archive)
    outlets = {"sample": site.place.outlet("sample")}
    for path in (SHORT, FULL):
        steps = trace(site.connection, site.web.url(path), outlets)
        assert all(step.sound is not False for step in steps), steps
    assert article_key(site.connection, site.key(SHORT)) == site.key(FULL)


@pytest.mark.parametrize("named", [SHORT, FULL])
def test_an_erased_article_stays_out_by_all_its_addresses(site: Site, named: str) -> None:
    site.night(SHORT, FULL, COLUMN)
    key = find_key(site.connection, site.web.url(named), {"sample": site.place.outlet("sample")})
    assert key == site.key(FULL)
    done = erase(site.connection, site.place, key, basis="a request")
    assert set(done.keys) == {site.key(FULL), site.key(SHORT)}
    asked = len(site.web.asked)
    assert site.night(SHORT, FULL, forced=True) == {"": "already_known", COLUMN: "unchanged"}
    assert {one.path for one in site.web.asked[asked:]} <= {"/feed", "/robots.txt", COLUMN}
    site.load(*site.crawls)
    assert [key for key, *_ in site.articles()] == [site.key(COLUMN)]


def test_a_new_address_of_an_erased_article_brings_it_back_neither_now_nor_in_the_archive(site: Site) -> None:
    site.night(SHORT, FULL)
    erase(site.connection, site.place, site.key(FULL), basis="a request")
    site.night(OTHER_SHORT)
    link = "select outcome, reason, url from news.links where key = %(key)s"
    assert rows(site.connection, link, key=site.key(OTHER_SHORT)) == [("rejected", "erased", "")]
    assert site.articles() == []
    archive = Archive(site.place.archive)
    assert pending_keys(site.connection, archive) == [site.key(OTHER_SHORT)]
    assert erase_pending(site.connection, site.place).keys == (site.key(OTHER_SHORT),)
    assert not [entry for crawl_id in site.crawls for entry in archive.entries(crawl_id) if isinstance(entry, Page)]
    assert pending_keys(site.connection, archive) == []


def test_processing_again_moves_the_texts_of_pages_that_were_known_by_their_links(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_link(page: Page, *_: Any) -> Identity:
        return Identity(key=page.link.key, canonical=page.link.canonical)

    with monkeypatch.context() as before:  # as it was when the link's address alone counted
        before.setattr(cleaning, "identify", by_link)
        before.setattr(stages, "CleanPool", InProcess)
        site.night(SHORT, COLUMN)
        site.night(FULL, LITE)
        for settle in (deduplicate, relate):
            settle(site.connection)
    assert len(site.articles()) == 4
    site.load(*site.crawls)
    assert sorted(key for key, *_ in site.articles()) == sorted([site.key(FULL), site.key(COLUMN)])
    for settle in (deduplicate, relate):
        settle(site.connection)
    assert failed(site.connection) == []
    with closing(database.connect(site.url, role="loader")) as loader:
        assert rows(loader, "select count(*) from news.copy_pairs") == [(0,)]


class InProcess:
    """Cleans without processes of its own, so that a test can change a rule."""

    def __init__(self, **_: Any) -> None:
        pass

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def clean(self, pages: Any, outlet: Any, hints: Any) -> Iterator[Any]:
        return (cleaning.clean(page, outlet, hints) for page in pages)
