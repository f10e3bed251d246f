"""Feed bytes → links: every format, what is counted when it is no link, and what the suites of others state."""

from __future__ import annotations

import ast
import datetime as dt
import gzip
import json
import os
from pathlib import Path

import pytest

from crawlers.feeds import FeedContent, read_feed
from crawlers.records import Feed, FeedError, FeedKind, LinkReason, Outlet, OutletStatus
from crawlers.urls import canonical, judge, key

URL = "https://news.sy/feed/"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
CORPUS = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus"))


def read(body: bytes | str, kind: FeedKind = FeedKind.RSS, **feed: str) -> FeedContent:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(Feed(kind=kind, url=URL, **feed), raw, url=URL, headers={}, now=NOW)  # type: ignore[arg-type]


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>', attributes: str = "") -> str:
    return f'{head}<rss version="2.0" {attributes}><channel><title>T</title>{items}</channel></rss>'


ITEM = (
    "<item><title>عاجل: قصف على إدلب</title><link>https://news.sy/a?utm_source=rss&amp;p=1</link>"
    "<pubDate>Sun, 22 Nov 2026 10:30:00 +0300</pubDate></item>"
)


def test_an_item_becomes_a_link_that_is_requested_as_written_and_known_by_its_canonical_form() -> None:
    content = read(rss(ITEM))
    (link,) = content.links
    assert link.url == "https://news.sy/a?utm_source=rss&p=1"
    assert link.canonical == canonical(link.url) == "https://news.sy/a?p=1"
    assert link.key == key(link.url)
    assert (link.feed_url, link.position) == (URL, 0)
    assert link.title == "عاجل: قصف على إدلب"
    assert link.published_raw == "Sun, 22 Nov 2026 10:30:00 +0300"
    assert link.published_at == dt.datetime(2026, 11, 22, 7, 30, tzinfo=dt.UTC)
    assert (content.entries, content.problems, content.child_feeds) == (1, (), ())


@pytest.mark.parametrize(
    "body",
    [
        '<rss version="0.91"><channel><item><title>T</title><link>https://news.sy/1</link></item></channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="x"><items><rdf:Seq><rdf:li resource="https://news.sy/1"/></rdf:Seq></items></channel>'
        '<item rdf:about="https://news.sy/1"><title>T</title><link>https://news.sy/1</link></item></rdf:RDF>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;T&lt;/b&gt;</title>'
        '<link rel="self" href="https://news.sy/api/1"/><link href="https://news.sy/1"/></entry></feed>',
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title>'
        '<a:link rel="alternate" type="text/html" href="1"/></a:entry></a:feed>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title>'
        '<link rel="alternate" type="text/html" href="https://news.sy/1"/></entry></feed>',
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T", "url": "https://news.sy/1"}]}',
    ],
    ids=["rss 0.91", "rdf", "atom", "atom with a prefix", "atom 0.3", "json feed"],
)
def test_every_format_gives_its_link_and_title(body: str) -> None:
    content = read_feed(
        Feed(kind=FeedKind.RSS, url=URL), body.encode(), url="https://news.sy/feed", headers={}, now=NOW
    )
    assert [(link.url, link.title) for link in content.links] == [("https://news.sy/1", "T")]


def test_a_content_type_that_is_wrong_or_missing_changes_nothing() -> None:
    for content_type in ("text/html", "application/json", "image/png; charset=nonsense", ""):
        headers = {"CONTENT-type": content_type}
        assert read_feed(Feed(kind=FeedKind.RSS, url=URL), rss(ITEM).encode(), url=URL, headers=headers, now=NOW).links


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be", "windows-1256", "iso-8859-6"])
def test_arabic_comes_out_of_every_encoding(encoding: str) -> None:
    name = encoding.replace("utf-8-sig", "utf-8")
    body = rss("<item><title>قصف مدفعي</title><link>/1</link></item>", f'<?xml version="1.0" encoding="{name}"?>')
    (link,) = read(body.encode(encoding)).links
    assert link.title == "قصف مدفعي"


@pytest.mark.parametrize(
    ("encoding", "declared", "http", "language"),
    [
        ("utf-8", "windows-1256", "", ""),  # the document lies
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1", ""),  # the server lies
        ("windows-1256", "windows-1256", "text/xml; charset=ISO-8859-1", ""),  # the server was never told
        ("windows-1256", "utf-8", "text/xml; charset=windows-1256", ""),
        ("windows-1256", "utf-8", "", "ar"),  # nobody says: the outlet's language does
    ],
)
def test_the_bytes_are_believed_before_what_is_said_of_them(
    encoding: str, declared: str, http: str, language: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    body = rss("<item><title>وكالة الأنباء</title><link>/1</link></item>", head).encode(encoding)
    feed = Feed(kind=FeedKind.RSS, url=URL, language=language or None)
    (link,) = read_feed(feed, body, url=URL, headers={"Content-Type": http}, now=NOW).links
    assert link.title == "وكالة الأنباء"


def test_one_damaged_byte_costs_one_letter_not_the_feed() -> None:
    body = rss(ITEM * 3).encode().replace("قصف".encode(), b"\xd9\xff\xd8\xb5\xd9\x81", 1)
    content = read(body)
    assert "عاجل" in (content.links[0].title or "")
    assert content.links[1].title == "عاجل: قصف على إدلب"
    assert any("damaged characters" in problem for problem in content.problems)


def test_links_are_resolved_against_xml_base_or_the_feeds_url() -> None:
    items = '<item xml:base="https://other.sy/x/"><link>first</link></item><item><link>../second</link></item>'
    assert [link.url for link in read(rss(items)).links] == ["https://other.sy/x/first", "https://news.sy/second"]


def test_a_permalink_guid_stands_in_for_a_missing_link_and_another_guid_does_not() -> None:
    items = (
        "<item><guid>https://news.sy/1</guid></item>"
        "<item><link/><guid>https://news.sy/2</guid></item>"
        '<item><guid isPermaLink="false">https://news.sy/3</guid></item>'
        "<item><guid>12345</guid></item>"
        "<item><title>nothing</title></item>"
        "<item><link>https://news.sy/6</link><guid>https://news.sy/?p=6</guid></item>"
    )
    content = read(rss(items))
    assert [(link.position, link.url) for link in content.links] == [
        (0, "https://news.sy/1"),
        (1, "https://news.sy/2"),
        (5, "https://news.sy/6"),
    ]
    assert content.entries == 6
    assert "entries without a link: 3" in content.problems


def test_links_that_are_no_web_addresses_are_kept_for_the_judge() -> None:
    addresses = ["javascript:alert(1)", "mailto:a@news.sy", "file:///etc/passwd", "data:text/html,x"]
    content = read(rss("".join(f"<item><link>{address}</link></item>" for address in addresses)))
    broken = read(json.dumps({"items": [{"url": "http://[broken"}]}))
    outlet = Outlet(
        slug="news",
        name="News",
        home=URL,
        domains=("news.sy",),
        languages=("ar",),
        status=OutletStatus.ACTIVE,
    )
    assert len(content.links) == len(addresses)
    assert {judge(link.url, outlet) for link in (*content.links, *broken.links)} == {LinkReason.BAD_URL}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
        ("&lt;b&gt;Bold&lt;/b&gt;&lt;br/&gt;words", "Bold words"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
        ("<![CDATA[<svg/onload=alert(1)>News]]>", "News"),
        ("profit &lt;5% and &gt; 3", "profit <5% and > 3"),
        ("safe\u202e\u2066 title", "safe title"),
        ("  two\n\n lines ", "two lines"),
        ("می\u200cرود", "می\u200cرود"),
        ("&nbsp;&laquo;quoted&raquo;", "«quoted»"),
        ("x" * 5000, "x" * 999 + "…"),
        ("&lt;p&gt;&lt;/p&gt;", None),
    ],
)
def test_a_title_is_one_line_of_plain_text(written: str, title: str | None) -> None:
    (link,) = read(rss(f"<item><title>{written}</title><link>/1</link></item>")).links
    assert link.title == title


def test_the_best_date_is_the_first_that_can_be_trusted() -> None:
    dates = (
        "<pubDate>gestern</pubDate><dc:date>2026-11-20T10:00:00Z</dc:date>",
        "<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><dc:date>2026-11-21T10:00:00Z</dc:date>",
        "<pubDate>2026-11-20</pubDate>",
        "<pubDate>Fri, 20 Nov 2030 10:00:00 GMT</pubDate>",
        "",
    )
    body = rss(
        "".join(f"<item><link>/{number}</link>{date}</item>" for number, date in enumerate(dates)),
        attributes='xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
    content = read(body)
    ten = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    assert [link.published_at for link in content.links] == [ten, ten, None, None, None]
    assert [link.published_raw for link in content.links][2:] == ["2026-11-20", "Fri, 20 Nov 2030 10:00:00 GMT", None]
    assert "dates without a time of day: 1" in content.problems
    assert "dates before 2000 or in the future: 1" in content.problems


def test_the_servers_clock_bounds_dates_when_no_other_is_given() -> None:
    feed, headers = Feed(kind=FeedKind.RSS, url=URL), {"date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    assert read_feed(feed, rss(ITEM).encode(), url=URL, headers=headers).links[0].published_at is None
    assert read_feed(feed, rss(ITEM).encode(), url=URL, headers={"date": "soon"}).links[0].published_at is not None


def test_json_feed_entries_may_lack_anything() -> None:
    items = [
        {"url": "/1", "title": "واحد", "date_published": "2026-11-20T10:00:00+03:00"},
        {"external_url": "https://other.sy/2", "date_modified": "2026-11-20T10:00:00Z"},
        {"id": "https://news.sy/3", "title": 7},
        {"id": "4"},
        "five",
        None,
    ]
    content = read("\ufeff" + json.dumps({"items": items}))
    assert [link.url for link in content.links] == ["https://news.sy/1", "https://other.sy/2", "https://news.sy/3"]
    assert [link.title for link in content.links] == ["واحد", None, None]
    assert content.links[0].published_at == dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
    assert "entries without a link: 3" in content.problems


SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS_MAP = (
    f'<?xml version="1.0"?><urlset {SITEMAP} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://news.sy/1 </loc>'
    "<image:image><image:loc>https://news.sy/1.jpg</image:loc><image:title>picture</image:title></image:image>"
    "<news:news><news:publication_date>2026-11-20T10:00:00+03:00</news:publication_date>"
    "<news:title>عنوان &amp; خبر</news:title></news:news></url></urlset>"
)


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap_gives_titles_and_publication_dates(packed: bool) -> None:
    body = gzip.compress(NEWS_MAP.encode()) if packed else NEWS_MAP.encode()
    (link,) = read(body, FeedKind.SITEMAP).links
    assert (link.url, link.title) == ("https://news.sy/1", "عنوان & خبر")
    assert link.published_at == dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)


def test_lastmod_is_no_publication_date() -> None:
    body = f"<urlset {SITEMAP}><url><loc>/1</loc><lastmod>2026-11-20T10:00:00Z</lastmod></url></urlset>"
    (link,) = read(body, FeedKind.SITEMAP).links
    assert (link.url, link.published_raw, link.published_at) == ("https://news.sy/1", None, None)


def test_a_sitemap_index_leads_to_its_sitemaps_newest_first() -> None:
    parts = [("a", "2024-01-01"), ("b", "2026-01-01T00:00:00Z"), ("c", ""), ("b", "2026-01-01T00:00:00Z")]
    body = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{date}</lastmod></sitemap>" for name, date in parts)
    content = read(f"<sitemapindex {SITEMAP}>{body}</sitemapindex>", FeedKind.SITEMAP)
    assert content.child_feeds == tuple(f"https://news.sy/{name}.xml" for name in "bac")
    assert content.links == ()


def test_of_a_long_sitemap_the_newest_pages_are_kept_and_the_rest_counted() -> None:
    pages = "".join(f"<url><loc>/{n}</loc><lastmod>{2000 + n // 1000}-01-01</lastmod></url>" for n in range(5000))
    content = read(f"<urlset {SITEMAP}>{pages}</urlset>", FeedKind.SITEMAP)
    assert [link.url for link in content.links] == [f"https://news.sy/{n}" for n in range(3000, 5000)]
    assert content.entries == 5000
    assert "entries left out by the limits: 3000" in content.problems


def test_a_sitemap_may_be_a_list_of_lines_or_a_feed_and_damage_ends_it_late() -> None:
    assert [link.url for link in read("https://news.sy/1\r\nhttps://news.sy/2\n", FeedKind.SITEMAP).links] == [
        "https://news.sy/1",
        "https://news.sy/2",
    ]
    assert read(rss(ITEM), FeedKind.SITEMAP).links[0].title == "عاجل: قصف على إدلب"
    cut_off = read(f"<urlset {SITEMAP}><url><loc>/1</loc></url><url><loc>/2</l", FeedKind.SITEMAP)
    assert cut_off.links[0].url == "https://news.sy/1"
    assert any("not well-formed" in problem for problem in cut_off.problems)


LISTING = """<html><head><meta charset="utf-8"></head><body><div class="card"><a href="/1"><img alt="صورة"></a>
<h2><a href="/1">عنوان  الخبر</a></h2><a href="/1">المزيد</a></div><div class="card"><a href="2?p=1&amp;q=2">Second</a></div>
<div class="menu"><a href="/about">About</a></div><a class="next" href="?page=2">next</a></body></html>"""


def test_a_listing_gives_one_link_per_article_with_its_longest_text_and_the_next_page() -> None:
    content = read(LISTING, FeedKind.LISTING, selector="div.card a", next_selector="a.next")
    assert [(link.url, link.title) for link in content.links] == [
        ("https://news.sy/1", "عنوان الخبر"),
        ("https://news.sy/feed/2?p=1&q=2", "Second"),
    ]
    assert content.child_feeds == ("https://news.sy/feed/?page=2",)


def test_a_listing_takes_the_first_link_of_a_picked_card_and_honours_base() -> None:
    body = '<base href="https://news.sy/en/"><article><p>x</p><a href="1">One</a></article><article>none</article>'
    content = read(body, FeedKind.LISTING, selector="article")
    assert [link.url for link in content.links] == ["https://news.sy/en/1"]


def test_a_selector_that_picks_nothing_is_a_problem_not_an_error() -> None:
    content = read(LISTING, FeedKind.LISTING, selector="div.story a")
    assert (content.links, content.problems) == ((), ("the selector picks nothing",))


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (FeedKind.RSS, "", "empty"),
        (FeedKind.RSS, " \n", "empty"),
        (FeedKind.RSS, "<!DOCTYPE html><html><head><title>Blocked</title></head></html>", "HTML page"),
        (FeedKind.RSS, "Access denied", "neither RSS"),
        (FeedKind.RSS, '{"error": 403}', "list of items"),
        (FeedKind.RSS, '{"items": [', "not JSON"),
        (FeedKind.RSS, "[" * 100_000, "not JSON"),
        (FeedKind.RSS, f"<urlset {SITEMAP}/>", 'kind = "sitemap"'),
        (FeedKind.SITEMAP, "<html><body>gone</body></html>", "neither an XML sitemap"),
        (FeedKind.LISTING, "<p>x</p>", "is no CSS selector"),
        (FeedKind.LISTING, "<!-- -->", "no HTML"),
    ],
)
def test_bytes_that_hold_no_feed_are_an_error_that_names_the_feed(kind: FeedKind, body: str, said: str) -> None:
    selector = "a[" if "selector" in said else "a"
    with pytest.raises(FeedError, match=rf"^{URL}: no {kind} feed: .*{said}"):
        read(body, kind, selector=selector)


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss("")) == FeedContent()


def test_feedparser_is_only_ever_given_a_bytesio() -> None:
    calls = []
    for path in (
        p for room in ("crawlers", "processing", "bulletins", "dags", "benchmarks") for p in Path(room).rglob("*.py")
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.partition(".")[0] != "feedparser", f"{path}: import feedparser, not from it"
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("feedparser.parse"):
                calls.append((str(path), ast.unparse(node.args[0])))
    assert ("crawlers/feeds/rss.py", "io.BytesIO(body)") in calls
    assert [call for call in calls if not call[1].startswith(("io.BytesIO(", "BytesIO("))] == []


@pytest.mark.corpus
@pytest.mark.skipif(not (CORPUS / "feeds").is_dir(), reason=f"no corpus at {CORPUS}: set BULLETINS_CORPUS")
def test_what_five_suites_state_comes_out_also_where_feedparser_raises() -> None:
    from benchmarks.feeds import measure

    report = measure(CORPUS / "feeds")
    tallies = report.tallies.values()
    assert sum(tally.exceptions + tally.opened for tally in tallies) == 0
    assert sum(tally.feedparser_raises for tally in tallies) > 1000
    assert report.unexplained == []
    for what, floor in (("entries", 1.0), ("links", 0.995), ("dates", 0.995)):
        matched, stated = (sum(getattr(tally, kind)[what] for tally in tallies) for kind in ("matched", "stated"))
        assert matched >= floor * stated > 1000, what
