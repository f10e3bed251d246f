"""One page, one identity, by what its outlet declares: numbers with and without slugs, prefixes, hosts that moved."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.identity import canonical_of, identify, key_among, key_of
from crawlers.outlets import load_outlets
from crawlers.records import Link
from crawlers.urls import allowed, canonical, key

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("slug", "forms"),
    [
        (
            "kurdistan24",
            [
                "https://www.kurdistan24.net/en/story/1/a-b",
                "http://kurdistan24.net/en/story/1",
                "https://kurdistan24.net/en/story/1-a",
            ],
        ),
        (
            "presstv",
            [
                "https://www.presstv.ir/Detail/2026/04/12/7/A-b",
                "https://presstv.com/detail/2026/04/12/7",
                "https://presstv.tv/Detail/2026/04/12/7/",
            ],
        ),
        (
            "qasioun",
            ["https://qasioun-news.com/ar/articles/19/%D9%85%D8%AC", "https://www.qasioun-news.com/ar/articles/19"],
        ),
        (
            "baladinews",
            [
                "https://baladi-news.com/public/ar/articles/9/x",
                "https://baladi-news.com/public/index.php/ar/articles/9",
                "https://www.baladi-news.com/ar/articles/9/%D9%8A",
            ],
        ),
        ("stepnews", ["https://stepagency-sy.net/2020/05/24/a-b/", "https://stepagency-sy.net/ar/2020/05/23/a-b"]),
        (
            "sputnik",
            [
                "https://sputniknews.com/20220817/a-b-109.html",
                "https://sputnikglobe.com/amp/20220817/a-109.html",
                "https://sputnikglobe.com/20220817/109.html?utm_source=x",
            ],
        ),
        ("southfront", ["https://southfront.org/a-b/", "https://www.southfront.press/a-b/?so=related"]),
        ("shaam", ["https://shaam.org/news/syria-news/%d8%b4", "http://www.shaam.org/news/syria-news/%D8%B4.html"]),
        (
            "enabbaladi",
            [
                "https://www.enabbaladi.net/archives/503897",
                "https://enabbaladi.net/archives/503897?so=related",
                "http://www.enabbaladi.net/archives/503897//amp",
                "https://www.enabbaladi.net/archives/503897/embed/",
                "https://www.enabbaladi.net/archives/503897/?utm_source=rss&utm_medium=rss#comments",
            ],
        ),
        ("sana", ["https://sana.sy./en/politics/1234567/", "http://ns2.sana.sy/en/politics/1234567"]),
    ],
)
def test_the_known_forms_of_a_page_have_one_identity(slug, forms):
    assert len({canonical_of(form, OUTLETS[slug]) for form in forms}) == 1
    assert len({key_among(form, OUTLETS) for form in forms}) == 1


@pytest.mark.parametrize(
    ("slug", "one", "other"),
    [
        ("kurdistan24", "https://kurdistan24.net/en/story/1/a", "https://kurdistan24.net/ar/story/1/a"),
        ("kurdistan24", "https://kurdistan24.net/en/story/1/a", "https://kurdistan24.net/en/story/12/a"),
        ("stepnews", "https://stepagency-sy.net/2020/05/24/a", "https://stepagency-sy.net/en/2020/05/24/a"),
        ("sputnik", "https://sputnikglobe.com/20220817/a-1.html", "https://sarabic.ae/20220817/a-1.html"),
        ("presstv", "https://www.presstv.ir/Detail/2026/04/12/7/a", "https://www.presstv.ir/Detail/2026/04/12/8/a"),
    ],
)
def test_two_pages_of_an_outlet_stay_two(slug, one, other):
    assert key_of(one, OUTLETS[slug]) != key_of(other, OUTLETS[slug])


PATHS = st.lists(
    st.sampled_from(
        "en ar story articles Detail detail 2026 04 12 896069 a-b 1-a public index.php amp news x.html %D8%B4 20220817".split()
    ),
    max_size=7,
).map("/".join)


@given(
    outlet=st.sampled_from(list(OUTLETS.values())),
    path=PATHS,
    query=st.sampled_from(["", "?p=1", "?utm_source=x&p=2"]),
    data=st.data(),
)
def test_an_identity_is_idempotent_and_stays_on_the_outlets_hosts(outlet, path, query, data):
    host = data.draw(st.sampled_from([*outlet.domains, f"www.{outlet.domains[0]}"]))
    made = canonical_of(f"https://{host}/{path}{query}", outlet)
    assert canonical_of(made, outlet) == made
    assert made.isascii()
    assert allowed(made, outlet)


@given(st.text(max_size=60))
def test_an_address_of_nobody_keeps_its_general_identity(text):
    assert canonical_of(text, OUTLETS["kurdistan24"]) == canonical(text)
    assert key_among(text, {}) == key(text)


def test_a_link_gets_the_identity_of_its_outlet_and_keeps_the_address_that_is_requested():
    url = "https://www.kurdistan24.net/en/story/896069/us-military"
    link = Link(key=key(url), url=url, canonical=canonical(url), feed_url="f", position=0)
    made = identify(link, OUTLETS["kurdistan24"])
    assert (made.url, made.canonical) == (url, "https://kurdistan24.net/en/story/896069")
    assert made.key == hashlib.sha256(made.canonical.encode()).hexdigest()
    assert identify(link, OUTLETS["sana"]) is link


def test_pages_whose_address_names_them_in_its_query_are_left_apart():
    assert key_of("https://kurdistan24.net/?p=1", OUTLETS["kurdistan24"]) != key_of(
        "https://kurdistan24.net/?p=2", OUTLETS["kurdistan24"]
    )
