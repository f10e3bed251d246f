"""What a feed may try: to be a path, to grow, to nest, to break its parser. Nothing is opened, nothing escapes."""

from __future__ import annotations

import gzip
import os
import random
import time
from pathlib import Path

import pytest

from benchmarks.feeds import OPENED
from crawlers.feeds import FeedContent, read_feed
from crawlers.feeds.content import ENTRY_LIMIT
from crawlers.feeds.prepare import BODY_LIMIT, INFLATED_LIMIT
from crawlers.records import Feed, FeedError, FeedKind

URL = "https://news.sy/feed/"
GOOD = b"<item><title>good</title><link>https://news.sy/1</link><pubDate>Mon, 15 Jan 2024 10:00:00 GMT</pubDate></item>"
NAMESPACES = (
    b'xmlns:gml="http://www.opengis.net/gml" xmlns:psc="http://podlove.org/simple-chapters" '
    b'xmlns:georss="http://www.georss.org/georss"'
)


def read(body: bytes, kind: FeedKind = FeedKind.RSS) -> FeedContent:
    feed = Feed(kind=kind, url=URL, selector="a")
    with OPENED.watching() as opened:
        content = read_feed(feed, body, url=URL, headers={"Content-Type": "text/xml"})
    assert opened == []
    return content


def rss(items: bytes, prolog: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>' + prolog + b"<rss " + NAMESPACES + b"><channel>" + items + b"</channel></rss>"


@pytest.mark.parametrize("kind", FeedKind)
@pytest.mark.parametrize(
    "target", ["file", "fifo", "/dev/zero", "/etc/passwd", "http://127.0.0.1:9/", "file:///etc/passwd"]
)
def test_a_body_that_names_a_file_or_an_address_opens_neither(kind: FeedKind, target: str, tmp_path: Path) -> None:
    if target == "file":
        (tmp_path / "local.xml").write_bytes(rss(GOOD))
        target = str(tmp_path / "local.xml")
    elif target == "fifo":
        os.mkfifo(tmp_path / "pipe")
        target = str(tmp_path / "pipe")
    with OPENED.watching() as opened:
        try:
            links = read_feed(Feed(kind=kind, url=URL, selector="a"), target.encode(), url=URL, headers={}).links
        except FeedError:
            links = ()
    assert opened == []
    assert [link.url for link in links] in ([], [target])  # one http(s) address is a sitemap of one line


@pytest.mark.parametrize("kind", [FeedKind.RSS, FeedKind.SITEMAP])
@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY a SYSTEM "file:///etc/passwd">',
        b'<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/">',
        b'<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;',
        b'<!ENTITY b "lol"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;">',
        b'<!ENTITY a "' + b"x" * 60 + b'">',
        b'<!ENTITY a "<title>injected</title>">',
        b'<!ENTITY a "\\d\\1">',
    ],
)
def test_entities_that_include_nest_or_grow_are_refused_and_the_rest_is_read(
    kind: FeedKind, declaration: bytes
) -> None:
    body = rss(
        b"<item><title>x&a;y</title><link>https://news.sy/2</link></item>" + GOOD,
        b"<!DOCTYPE r [" + declaration + b"]>",
    )
    content = read(body, kind)
    assert [link.url for link in content.links] == ["https://news.sy/2", "https://news.sy/1"]
    assert any(problem.startswith("entity declarations refused") for problem in content.problems)
    assert not any(leak in str(content) for leak in ("root:", "xxx", "injected"))


def test_harmless_entities_and_htmls_own_are_resolved() -> None:
    prolog = b"<!DOCTYPE rss [<!ENTITY rsquo \"&#8217;\"> <!ENTITY agency 'SANA'>]>"
    content = read(rss(b"<item><title>&agency;&rsquo;s&nbsp;&eacute;t&eacute;</title><link>/1</link></item>", prolog))
    assert content.links[0].title == "SANA\u2019s été"
    assert content.problems == ()


@pytest.mark.parametrize(
    "element",
    [
        b"<x>&#xD800;</x>",
        b"<x>&#0;</x>",
        b"<x>&#1114112;</x>",
        b"<x>&#" + b"9" * 400 + b";</x>",
        b"<textInput><link>x</link></textInput>",
        b"<gml:pos>1</gml:pos>",
        b"<x>\x00\x0b\x1b</x>",
        b'<x a="1" a="2"/>',
        b"<undeclared:x/>",
        b"<x>&undeclared;</x>",
        b"<x>a & b < c</x>",
        b"<link>https://news.sy/1</link><b><i></b></i>",
        b"<![CDATA[ never ends? ]]>",
    ],
)
def test_a_damaged_entry_costs_no_other_and_not_its_own_link(element: bytes) -> None:
    content = read(rss(GOOD + GOOD.replace(b"<item>", b"<item>" + element) + GOOD))
    assert [link.url for link in content.links] == ["https://news.sy/1"] * 3
    assert content.links[2].title == "good"
    assert content.links[2].published_at is not None


def test_what_stands_before_the_root_element_is_dropped_and_noted() -> None:
    content = read(b"<br />\n<b>Warning</b>: mysql_connect() in index.php<br />\n" + rss(GOOD))
    assert [link.title for link in content.links] == ["good"]
    assert "text before the feed dropped" in content.problems


def test_entries_beyond_the_limit_are_counted() -> None:
    content = read(rss(GOOD * (ENTRY_LIMIT + 500)))
    assert len(content.links) == ENTRY_LIMIT
    assert content.entries == ENTRY_LIMIT + 500
    assert "entries left out by the limits: 500" in content.problems
    assert not any("well-formed" in problem for problem in content.problems)


def test_bytes_beyond_the_limit_cost_the_entries_that_hold_them() -> None:
    big = GOOD.replace(b"<title>", b"<description>" + b"words " * 2**17 + b"</description><title>")
    content = read(rss(big * 10))
    assert 5 <= len(content.links) < 10
    assert content.entries == 10


def test_a_gzip_bomb_is_inflated_up_to_its_limit_and_a_damaged_gzip_is_no_feed() -> None:
    bomb = gzip.compress(rss(GOOD + b" " * (INFLATED_LIMIT + 2**20)))
    content = read(bomb)
    assert f"gzip content cut at {INFLATED_LIMIT} bytes" in content.problems
    assert read(gzip.compress(rss(GOOD * 3))[:-4]).entries == 3
    with pytest.raises(FeedError, match="damaged gzip"):
        read(b"\x1f\x8b" + b"x" * 100)


ROOM = BODY_LIMIT - 4000
ATTACKS = {
    "newlines": b'<?xml version="1.0"?>' + b"\n" * ROOM + b"<rss/>",
    "open angles": b"<rss>" + b"<" * ROOM,
    "ampersands": rss(b"<item>" + b"&" * ROOM + b"</item>"),
    "nesting": b"<rss>" + b"<a>" * (ROOM // 3),
    "empty elements": rss(b"<a/>" * (ROOM // 4)),
    "empty entries": rss(b"<item/>" * (ROOM // 7)),
    "an endless author": rss(b"<item><author>" + b"a" * ROOM + b"</author></item>"),
    "attributes": b"<rss " + b" ".join(b'a%d=""' % n for n in range(ROOM // 12)) + b"/>",
    "open CDATA": rss(b"<item>" + b"<![CDATA[" * (ROOM // 9) + b"</item>"),
    "open comments": b"<!--" * (ROOM // 4) + b"<rss/>",
    "open doctype": b"<!DOCTYPE a [" + b"] " * (ROOM // 2) + b"<rss/>",
    "entity references": rss(b"&a;" * (ROOM // 3), b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 32 + b'">]>'),
    "bad references": rss(b"<item>" + b"&#xD800;" * (ROOM // 8) + b"</item>"),
    "a long link": rss(b"<item><link>http://a/?" + b"a&amp;" * (ROOM // 6) + b"</link></item>"),
    "json nesting": b'{"items":' + b"[" * ROOM,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_five_megabytes_of_malice_take_seconds(attack: str) -> None:
    started = time.process_time()
    try:
        links = len(read(ATTACKS[attack]).links)
    except FeedError:
        links = 0  # refused is as good as bounded
    assert links <= ENTRY_LIMIT
    assert time.process_time() - started < 20  # unguarded, several of these take minutes


def test_no_mutation_of_a_feed_escapes_as_anything_but_a_feed_error() -> None:
    tokens = [
        b"&#xD800;",
        b"<textInput>",
        b"<gml:pos>",
        b"]]>",
        b"<![CDATA[",
        b"<",
        b"&",
        b'"',
        b"\xff",
        b"<item>",
        b"<!--",
        b"<link>",
    ]
    chance = random.Random(20261122)
    for _ in range(600):
        body = bytearray(rss(GOOD * 2, b"<!DOCTYPE rss>"))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(body))
            body[at : at + chance.choice((0, 0, 1, 20))] = chance.choice(tokens)
        try:
            content = read(bytes(body), chance.choice(list(FeedKind)))
        except FeedError:
            continue
        assert content.entries >= len(content.links)
