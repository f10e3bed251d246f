"""What a URL is: one identity per page, never an exception, never another host."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import tldextract
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.records import Feed, FeedKind, LinkReason, Outlet, OutletStatus
from crawlers.urls import allowed, canonical, judge, key

PAGE = "https://news.sy/local/2024/story"
CORPUS = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus"))


def outlet(**changes: object) -> Outlet:
    fields = {
        "slug": "news",
        "name": "News",
        "home": "https://news.sy/",
        "domains": ("news.sy",),
        "languages": ("ar",),
        "status": OutletStatus.ACTIVE,
    }
    return Outlet(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "form",
    [
        "http://news.sy/local/2024/story",
        "HTTPS://WWW.News.SY:443/local/2024/story/",
        "http://news.sy:80/local/2024/story",
        "https://news.sy./local/2024/story",
        "https://m.news.sy/local/2024/story",
        "https://amp.news.sy/local/2024/story",
        "https://www.m.news.sy/local/2024/story",
        "https://ns2.news.sy/local/2024/story",
        "https://news.sy//local///2024/story//",
        "https://news.sy/local/2023/../2024/./story",
        "https://news.sy/local/2024/story#comments",
        "https://news.sy/local/2024/story//amp",
        "https://news.sy/local/2024/story/amp/",
        "https://news.sy/amp/local/2024/story",
        "https://news.sy/local/2024/story.amp.html",
        "https://news.sy/local/2024/story.html",
        "https://news.sy/local/2024/story/embed/",
        "https://news.sy/local/2024/story/?amp=1",
        "https://news.sy/local/2024/story?outputType=amp",
        "https://news.sy/local/2024/story?so=related",
        "https://news.sy/local/2024/story?utm_source=rss&utm_medium=feed&fbclid=1&gclid=2&yclid=3",
        "https://news.sy/local/2024/story?share=facebook&nb=1",
        "https://news.sy/local/2024/story?replytocom=77#respond",
        "https://news.sy/public/local/2024/story",
        "https://news.sy/public/index.php/local/2024/story",
        "https://news.sy/local/2024/story/index.php",
        "https://news.sy/local/2024/story;jsessionid=5A3F",
        "https://news.sy/local/2024/story?",
        "https://news.sy/%6Cocal/2024/%73tory",
        " \u200ehttps://news.sy/local/2024/story\u200f\n",
        "https://news.sy/local/20\n24/story",
        "https://user@news.sy/local/2024/story",
        "https://mobile.news.sy/local/2024/story",
        "https://news.sy.:443/local/2024/story",
        "https://news.sy:/local/2024/story",
        "https://amp.news.sy./local/2024/story//amp",
        "https://news.sy/local/2024/story.amp",
        "https://news.sy/local/2024/story.htm",
        "https://news.sy/local/2024/story/print/",
        "https://news.sy/local/2024/story?print=1",
        "https://news.sy/local/2024/story?tmpl=component&print=1&layout=default&page=",
        "https://news.sy/local/2024/story?view=print",
        "https://news.sy/local/2024/story?output=amp",
        "https://news.sy/local/2024/story/?embed=true",
        "https://news.sy/Index.php/local/2024/story",
        "https://news.sy/local/2024/story/index.html",
        "https://news.sy/local/2024/story/Default.aspx",
        "https://news.sy/local/2024/story/default.asp",
        "https://news.sy/local/2024/story?igshid=a&igsh=b&ref=fb&gad_source=1&mibextid=c",
        "https://news.sy/local/2024/story?UTM_Source=x&FBCLID=y",
        "https://news.sy/local/2024/story?amp;utm_source=x",
        "https://news.sy/local/2024/story??utm_source=x",
        "https://news.sy/local/2024/story&utm_source=x&utm_medium=y",
        "https://news.sy/local/2024/story&amp;fbclid=x",
        "https://news.sy/local/2024/story;JSESSIONID=AB.node1",
        "https://news.sy/local/2024/story%20",
        "https://news.sy/local/2024/story/%E2%80%8F",
        "https://news.sy/local/2024/story#!",
    ],
)
def test_every_form_of_a_page_has_one_identity(form: str) -> None:
    assert canonical(form) == PAGE
    assert key(form) == key(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.sy/شهيد وجرحى", "https://x.sy/%D8%B4%d9%87%d9%8a%d8%af%20%d9%88%d8%ac%d8%b1%d8%ad%d9%89/"),
        ("https://x.sy/أخبار/1", "https://x.sy/%D8%A3%d8%ae%D8%A8%d8%a7%D8%B1/1"),
        ("https://x.sy/\u0623خبار", "https://x.sy/\u0627\u0654خبار"),
        ("https://x.sy/\u0623خبار", "https://x.sy/%d8%a7%d9%94خبار"),
        ("https://x.sy/caf\u00e9", "https://x.sy/cafe\u0301"),
        ("https://x.sy/caf%C3%A9", "https://x.sy/cafe%cc%81"),
        ("https://شبكة.سوريا/x", "https://xn--ngbc5azd.xn--mgbtf8fl/x"),
        ("https://x.sy/?b=2&a=1", "http://x.sy?a=1&b=2"),
        ("https://x.sy/?a=1&b=2", "https://x.sy/?a=1&amp;b=2"),
        ("https://x.sy/?q=a+b", "https://x.sy/?q=a%20b"),
        ("https://x.sy/?p=", "https://x.sy/?p"),
        ("https://x.sy/?p=7", "https://x.sy/index.php?p=7&utm_campaign=x"),
    ],
)
def test_two_spellings_are_one_page(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.sy/?p=1", "https://x.sy/?p=2"),
        ("https://x.sy/n?id=1", "https://x.sy/n"),
        ("https://x.sy/n?cid=1", "https://x.sy/n?cid=2"),
        ("https://x.sy/n?source=4", "https://x.sy/n?source=5"),
        ("https://x.sy/n?so=4", "https://x.sy/n?so=5"),
        ("https://x.sy/n?print=4", "https://x.sy/n?print=5"),
        ("https://x.sy/ar/story", "https://x.sy/en/story"),
        ("https://ar.x.sy/story", "https://en.x.sy/story"),
        ("https://x.sy/story", "https://x.sy:8080/story"),
        ("https://x.sy/Story", "https://x.sy/story"),
        ("https://x.sy/a%2Fb", "https://x.sy/a/b"),
        ("https://x.sy/a%3Fb", "https://x.sy/a?b"),
        ("https://x.sy/%C7%E1", "https://x.sy/%C7%E2"),
        ("https://x.sy/story/page/2", "https://x.sy/story"),
        ("https://x.sy/embed", "https://x.sy/"),
        ("https://x.sy/amp?q=1", "https://x.sy/?q=1"),
        ("https://x.sy/example", "https://x.sy/ex"),
        ("https://www.com.sy/x", "https://com.sy/x"),
        ("https://amp.blogspot.com/x", "https://blogspot.com/x"),
        ("https://mnews.sy/x", "https://news.sy/x"),
        ("https://x.sy/print", "https://x.sy/"),
        ("https://x.sy/n?view=7", "https://x.sy/n?view=8"),
        ("https://x.sy/n?page=2", "https://x.sy/n"),
        ("https://x.sy/n?from=4", "https://x.sy/n"),
        ("https://x.sy/a&b", "https://x.sy/a"),
        ("https://x.sy/ar/2020/05/23/a", "https://x.sy/2020/05/24/a"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


URLS = st.builds(
    "{}://{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP", "ftp", "javascript"]),
    st.sampled_from(["", "www.", "m.", "amp.", "WWW.m.", "ns1.", "user:pw@", "www2."]),
    st.sampled_from(["news.sy", "com.sy", "news.com.sy.", "blogspot.com", "[::1]", "10.0.0.1", "شبكة.سوريا", "a_b.x"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":0", ":99999", ":x"]),
    st.lists(
        st.sampled_from(
            ["/", "..", ".", "amp", "embed", "public", "index.php", "a.html", "%2e%2E", "%D8%B4", "é", "e\u0301"]
        )
        | st.text(max_size=6),
        max_size=7,
    ).map(lambda parts: "/" + "/".join(parts)),
    st.sampled_from(
        ["", "?", "?utm_source=a", "?p=1&amp;b=%u0041", "?=&&a", "?a=%CC%B8", "#x", ";jsessionid=1?so=related"]
    ),
)


@given(st.text() | URLS)
@example("http://[::1")
@example("http://x/\ud800%ED%A0%80")
@example("https://x.sy/%2F%CC%87")
@example("https://x.sy/" + "a.html" * 30)
def test_canonical_is_ascii_idempotent_and_never_raises(url: str) -> None:
    once = canonical(url)
    assert once.isascii()
    assert canonical(once) == once
    assert re.fullmatch(r"[0-9a-f]{64}", key(url))


REGISTRABLE = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@given(URLS)
def test_canonical_never_changes_who_owns_the_host(url: str) -> None:
    try:
        before = urlsplit(url).hostname
    except ValueError:
        return
    after = urlsplit(canonical(url)).hostname
    if before and before.isascii() and url.lower().startswith("http") and after:
        owner = REGISTRABLE(before.rstrip("."))
        assert (owner.domain, owner.suffix) == (REGISTRABLE(after).domain, REGISTRABLE(after).suffix)


@given(st.text() | URLS)
def test_a_judgement_never_raises(url: str) -> None:
    verdict = judge(url, outlet())
    assert verdict is None or verdict in LinkReason
    if verdict is None:
        assert allowed(url, outlet())


@pytest.mark.parametrize("host", ["news.sy", "www.news.sy", "ar.news.sy", "NEWS.SY.", "news.sy:8080"])
def test_a_domain_and_what_lies_below_it_is_allowed(host: str) -> None:
    assert allowed(f"https://{host}/a", outlet())


@pytest.mark.parametrize(
    "url",
    [
        "https://notnews.sy/a",
        "https://news.sy.evil.com/a",
        "https://evil.com/news.sy",
        "https://evil.com\\@news.sy/a",
        "https://news.sy@evil.com/a",
        "ftp://news.sy/a",
        "//news.sy/a",
        "news.sy/a",
        "http://127.0.0.1/",
    ],
)
def test_another_host_is_not_allowed(url: str) -> None:
    assert not allowed(url, outlet())


def test_an_outlet_declared_with_www_owns_its_bare_host_and_an_idn_its_punycode() -> None:
    assert allowed("https://news.sy/a", outlet(domains=("www.news.sy",)))
    assert not allowed("https://other.news.sy/a", outlet(domains=("www.news.sy",)))
    assert allowed("https://xn--ngbc5azd.xn--mgbtf8fl/", outlet(domains=("شبكة.سوريا",)))


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (PAGE, None),
        ("https://news.sy/" + "ش" * 300, None),
        ("https://news.sy/" + "ش" * 350, LinkReason.BAD_URL),  # 2,100 bytes when sent
        ("https://news.sy/" + "a/b/" * 7, LinkReason.BAD_URL),
        ("https://news.sy/cal/cal/cal/2024", LinkReason.BAD_URL),
        ("https://news.sy/2011/11/11/story", None),
        ("https://news.sy/x?a=1&b=2&c=3&d=4&e=5&f=6&g=7", LinkReason.BAD_URL),
        ("https://news.sy/x?p=1&utm_source=1&utm_medium=2&utm_campaign=3&utm_term=4&utm_content=5&fbclid=6", None),
        ("https://editor:secret@news.sy/x", LinkReason.BAD_URL),
        ("javascript:alert(1)", LinkReason.BAD_URL),
        ("mailto:desk@news.sy", LinkReason.BAD_URL),
        ("file:///etc/passwd", LinkReason.BAD_URL),
        ("tag:news.sy,2024:1", LinkReason.BAD_URL),
        ("https:///x", LinkReason.BAD_URL),
        ("https://news.sy:99999/x", LinkReason.BAD_URL),
        ("http://[::1/x", LinkReason.BAD_URL),
        ("", LinkReason.BAD_URL),
        ("https://elsewhere.com/x", LinkReason.OFF_DOMAIN),
        ("https://www.news.sy/?utm_source=rss", LinkReason.NOT_AN_ARTICLE_URL),
        ("https://news.sy/feed", LinkReason.NOT_AN_ARTICLE_URL),
    ],
)
def test_a_link_is_judged_by_its_form(url: str, verdict: LinkReason | None) -> None:
    feeds = (Feed(kind=FeedKind.RSS, url="https://news.sy/feed/"),)
    assert judge(url, outlet(feeds=feeds)) == verdict


def test_an_outlets_patterns_decide_and_not_articles_win() -> None:
    declared = outlet(articles=(r"^https?://(?:www\.)?news\.sy/[^/?#]+/\d+/?$", r"/خبر/"), not_articles=(r"/video/",))
    assert judge("https://news.sy/local/17", declared) is None
    assert judge("https://news.sy/local/17/?utm_source=rss#top", declared) is None
    assert judge("https://news.sy/%D8%AE%D8%A8%D8%B1/9", declared) is None
    assert judge("https://news.sy/video/17", declared) is LinkReason.NOT_AN_ARTICLE_URL
    assert judge("https://news.sy/about", declared) is LinkReason.NOT_AN_ARTICLE_URL


@pytest.mark.corpus
@pytest.mark.skipif(not (CORPUS / "web").is_dir(), reason=f"no corpus at {CORPUS}: set BULLETINS_CORPUS")
def test_no_two_pages_of_the_real_web_share_an_identity() -> None:
    pages = defaultdict(set)
    for name in ("web/expected.jsonl.gz", "syrian-outlets/articles.jsonl.gz", "pages/expected.jsonl.gz"):
        with gzip.open(CORPUS / name, "rt", encoding="utf-8") as lines:
            for url in (json.loads(line)["url"] for line in lines):
                pages[canonical(url)].add(url)
    assert len(pages) > 1000
    assert [urls for urls in pages.values() if len(urls) > 1] == []
