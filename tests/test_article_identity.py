"""Under which address an article is known: what its page declares is believed only where it can be the article's."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from crawlers.identity import canonical_of, key_of
from crawlers.outlets import load_outlets
from crawlers.records import Fetch, FetchOutcome, Link, Outlet, OutletStatus, Page, Purpose
from crawlers.urls import allowed, canonical, key
from processing.clean.identity import DECLARED, DOUBTED, REDIRECTED, identify
from processing.clean.metadata import read_metadata

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
HOME = "https://news.example/"
STORY = f"{HOME}news/1234567-shelling-hits-market"
OUTLETS = load_outlets()


def outlet(**changes: object) -> Outlet:
    values = {
        "slug": "news",
        "name": "News",
        "home": HOME,
        "domains": ("news.example", "news-old.example"),
        "languages": ("ar",),
        "status": OutletStatus.ACTIVE,
    }
    return Outlet(**values | changes)  # type: ignore[arg-type]


def known_by(head: str, link: str, final: str = "", of: Outlet | None = None) -> tuple[str, tuple[str, ...]]:
    """The address by which the article of a page with this head is known, and the flags."""
    owner = of or outlet()
    fetch = Fetch(
        crawl_id="c", sequence=0, purpose=Purpose.PAGE, key=key(link), url=final or link, first_url=link,
        outcome=FetchOutcome.OK, fetched_at=NOW,
    )  # fmt: skip
    page = Page(
        fetch=fetch,
        link=Link(key=key_of(link, owner), url=link, canonical=canonical_of(link, owner), feed_url="f", position=0),
        headers=(),
        body=b"",
    )
    tree = html.document_fromstring(f"<html><head>{head}<title>x</title></head><body><p>x</p></body></html>")
    made = identify(page, owner, read_metadata(tree))
    assert made.key == key(made.canonical)
    return made.canonical, made.flags


def declared(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def og(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (f"{STORY}?ico=mosaic", STORY),
        (f"{STORY}/?rss", f"{STORY}/"),
        (f"{HOME}lite/1234567", STORY),
        (f"{HOME}1234567", STORY),
        (f"{HOME}news/1234567-shelling-hits", STORY),
        (f"{HOME}idlib/shelling-hits-market-in-saraqib/", f"{HOME}syria/shelling-hits-market-in-saraqib/"),
        (f"{HOME}قصف-على-معرة-النعمان", f"{HOME}أخبار/قصف-على-معرة-النعمان"),
        (
            "https://news-old.example/2020/shelling-hits-market-in-saraqib",
            f"{HOME}2020/shelling-hits-market-in-saraqib",
        ),
        (f"{HOME}story-of-the-day-in-idlib/print", f"{HOME}story-of-the-day-in-idlib"),
    ],
)
def test_a_declared_address_that_is_like_its_pages_is_believed(link: str, address: str) -> None:
    found, flags = known_by(declared(address), link)
    assert found == canonical(address)
    assert flags == ((DECLARED,) if canonical(address) != canonical(link) else ())
    assert known_by(og(address), link)[0] == canonical(address)
    assert known_by(declared(address), address)[0] == canonical(address)  # the full form gives the same


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (STORY, HOME),
        (STORY, f"{HOME}ar"),
        (STORY, f"{HOME}index.php"),
        (STORY, f"{HOME}news"),
        (STORY, f"{HOME}category/news"),
        (STORY, f"{HOME}news/7654321-water-station-works"),
        (STORY, f"{HOME}login?next=1234567"),
        (f"{STORY}?page=2", STORY),
        (f"{STORY}/page/2", STORY),
        (f"{STORY}/2", STORY),
        (f"{HOME}topic/12345/shelling-hits-market-in-saraqib", f"{HOME}topic/12345"),
        (f"{HOME}topic/12345/story/67890", f"{HOME}topic/12345/story/67891"),
        (f"{HOME}en/story/1234567", f"{HOME}ar/story/1234567"),
        ("https://en.news.example/story/1234567", "https://ar.news.example/story/1234567"),
        ("https://one.news.example/story/1234567", "https://two.news.example/story/1234567"),
        (f"{HOME}2020/05/24/report-of-the-day", f"{HOME}2020/05/25/report-of-the-day"),
        (f"{HOME}20200524/report-of-the-day", f"{HOME}20200525/report-of-the-day"),
        (f"{HOME}report-of-the-day?date=2020-05-24", f"{HOME}report-of-the-day"),
        (f"{HOME}issue/12/report-of-the-day", f"{HOME}issue/13/report-of-the-day"),
        (f"{HOME}issue/12/report-of-the-day", f"{HOME}report-of-the-day"),
        (f"{HOME}story/1234567?lang=ar", f"{HOME}story/1234567"),
        (f"{HOME}story/1234567?lang=ar", f"{HOME}story/1234567?lang=en"),
        (f"{HOME}newsdetails.php?id=5", f"{HOME}newsdetails.php"),
        (f"{HOME}show-news-story?id=5", f"{HOME}show-news-story"),
        (f"{HOME}?p=1234", f"{HOME}shelling-hits-market-in-saraqib"),
        (STORY, "/news/1234567-shelling-hits-market"),
        (STORY, "news.example/other/1234567-shelling-hits-market"),
        (STORY, "//news.example/other/1234567-shelling-hits-market"),
        (STORY, ""),
        (STORY, "https://"),
        (STORY, "javascript:alert(1234567)"),
        (STORY, "data:text/html,1234567"),
        (STORY, "ftp://news.example/other/1234567"),
        (STORY, "https://user:pw@news.example/other/1234567"),
        (STORY, "https://elsewhere.example/news/1234567-shelling-hits-market"),
        (STORY, "https://news.example.evil.com/1234567"),
        (STORY, "https://n\u0435ws.example/1234567"),  # Cyrillic е
        (STORY, "https://xn--nws-eld.example/1234567"),
        (STORY, "https://[2001:db8::1]/1234567"),
        (STORY, "https://news.example:8443/other/1234567"),
        (STORY, "https://news.example/other/\u202e1234567"),
        (STORY, "https://news.example/other/1234567\x07"),
        (STORY, f"{HOME}{'1234567/' * 300000}"),
    ],
)
def test_a_declared_address_that_may_be_anothers_is_ignored_and_said_to_be(link: str, address: str) -> None:
    own = known_by("", link)
    assert own == (canonical(link), ())
    assert known_by(declared(address), link)[0] == own[0]
    if address:
        assert known_by(declared(address), link)[1] == (DOUBTED,)


def test_several_elements_count_where_they_agree() -> None:
    short = f"{HOME}1234567"
    assert known_by(declared(STORY) + declared(f"{STORY}?utm_source=x"), short)[0] == canonical(STORY)
    assert known_by(declared(STORY) + declared(f"{HOME}news/1234567"), short) == (canonical(short), (DOUBTED,))


def test_an_element_in_the_body_is_anyones() -> None:
    tree = html.document_fromstring(f"<html><body><article>{declared(STORY)}</article></body></html>")
    assert read_metadata(tree).canonicals == ()


def test_a_page_that_names_its_own_address_beside_another_is_not_believed() -> None:
    link = f"{HOME}1234567"
    own = og(link)
    assert known_by(declared(STORY) + own, link) == (canonical(link), (DOUBTED,))
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "%s"}}</script>'
    assert known_by(declared(STORY) + data % link, link) == (canonical(link), (DOUBTED,))
    assert known_by(declared(STORY) + data % STORY, link) == (canonical(STORY), (DECLARED,))


def test_a_number_alone_is_believed_of_a_page_that_names_it_as_its_short_form() -> None:
    full, short = f"{HOME}shelling-hits-market", f"{HOME}?p=12"
    shortlink = f"<link rel='shortlink' href='{short}'>"
    assert known_by(declared(full) + shortlink, short) == (canonical(full), (DECLARED,))
    assert known_by(declared(HOME) + shortlink, short)[0] == canonical(short)


def test_where_a_link_led_is_the_address_unless_no_article_can_stand_there() -> None:
    short = f"{HOME}3ELftJ"
    assert known_by("", short, f"{STORY}?utm_source=s") == (canonical(STORY), (REDIRECTED,))
    assert known_by(declared(STORY), short, STORY) == (canonical(STORY), (REDIRECTED,))
    assert known_by(declared(f"{HOME}a/1234567"), short, STORY) == (canonical(f"{HOME}a/1234567"), (DECLARED,))
    for final in (HOME, f"{HOME}login", f"{HOME}category/news", f"{HOME}tag/x", "https://elsewhere.example/1234567"):
        assert known_by(declared(final), short, final)[0] == canonical(short)


def test_the_outlets_own_patterns_say_where_an_article_can_stand() -> None:
    strict = outlet(articles=(r"^https?://news\.example/(?:news|lite)/\d+",), not_articles=(r"/lite/9",))
    assert known_by(declared(STORY), f"{HOME}lite/1234567", of=strict)[0] == canonical(STORY)
    assert known_by(declared(f"{HOME}x/1234567"), STORY, of=strict) == (canonical(STORY), (DOUBTED,))
    assert known_by("", STORY, f"{HOME}about-us-and-our-work", of=strict)[0] == canonical(STORY)


def test_a_short_link_of_an_outlet_becomes_its_articles_address() -> None:
    full = "https://shaam.org/news/syria-news/%D8%AE%D8%A8%D8%B1.html"
    found, _ = known_by("", "https://shaam.org/3ELftJ", full, of=OUTLETS["shaam"])
    assert found == canonical_of(full.removesuffix(".html"), OUTLETS["shaam"])


ADDRESSES = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        [HOME, "http://www.news.example/", "https://news-old.example:8080/", "https://evil.example/", "//news.example/",
         "https://u@news.example/", "https://[::1]/", "javascript:", "https://news.example.evil.com/", ""]
    ),
    st.lists(
        st.sampled_from("news 1234567 1234567-shelling-hits-market ar en 2 page login category amp \u202e \x00 خبر".split(" "))
        | st.text(max_size=5),
        max_size=4,
    ).map("/".join),
    st.sampled_from(["", "?p=5", "?page=2", "?id=1234567", "#x", "?utm_source=x"]),
)  # fmt: skip


@example(link="javascript:", final=HOME, address=f"{HOME}?p=5", other=f"{HOME}?p=5")
@given(link=ADDRESSES, final=ADDRESSES, address=ADDRESSES, other=ADDRESSES)
def test_whatever_is_declared_the_identity_is_the_links_or_on_the_outlets_domains(
    link: str, final: str, address: str, other: str
) -> None:
    tree = html.document_fromstring(
        "<html><head><link rel='canonical'><meta property='og:url'></head><body>x</body></html>"
    )
    metadata = read_metadata(tree)
    metadata = dataclasses.replace(metadata, canonicals=(address,), og_urls=(other,))
    fetch = Fetch(
        crawl_id="c", sequence=0, purpose=Purpose.PAGE, key="", url=final, first_url=link, outcome=FetchOutcome.OK,
        fetched_at=NOW,
    )  # fmt: skip
    page = Page(
        fetch=fetch,
        link=Link(key=key(link), url=link, canonical=canonical(link), feed_url="f", position=0),
        headers=(),
        body=b"",
    )
    made = identify(page, outlet(), metadata)
    assert made.key == key(made.canonical)
    assert canonical_of(made.canonical, outlet()) == made.canonical
    assert made.canonical == canonical_of(link, outlet()) or allowed(made.canonical, outlet())
