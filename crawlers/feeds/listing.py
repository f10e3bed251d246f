"""An HTML page that lists articles: the links that the outlet's CSS selector picks."""

from __future__ import annotations

import re

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawlers.feeds.charset import charset_of, to_utf8
from crawlers.feeds.content import ENTRY_LIMIT, Entry, Found
from crawlers.feeds.prepare import BODY_LIMIT
from crawlers.records import Feed, FeedError

ANCHOR_LIMIT = 10 * ENTRY_LIMIT  # several anchors of a page lead to one article


def read(feed: Feed, body: bytes, *, content_type: str) -> Found:
    """The picked anchors as entries, one per address, and the next page as `child_feeds`.

    A card often links its article three times (picture, headline, "read more"): the longest text is the title.
    Raises FeedError when the selector is missing or wrong, or the body is no HTML.
    """
    if not feed.selector:
        raise FeedError("a listing needs a CSS selector")
    notes = [f"page cut at {BODY_LIMIT} bytes"] if len(body) > BODY_LIMIT else []
    document = _document(body[:BODY_LIMIT], content_type, feed.language, notes)
    titles: dict[str, str] = {}
    anchors = _anchors(document, feed.selector)
    for anchor in anchors[:ANCHOR_LIMIT]:
        address = anchor.get("href").strip()
        titles[address] = max(titles.get(address, ""), _text(anchor), key=len)
    if not titles:
        notes.append("the selector picks nothing")
    following = _anchors(document, feed.next_selector)[:1] if feed.next_selector else []
    return Found(
        entries=tuple(Entry(url=address, title=title) for address, title in list(titles.items())[:ENTRY_LIMIT]),
        left_out=max(0, len(titles) - ENTRY_LIMIT) + max(0, len(anchors) - ANCHOR_LIMIT),
        child_feeds=tuple(anchor.get("href") for anchor in following),
        base=next(iter(document.xpath("//base/@href")), None),
        problems=tuple(notes),
    )


def _document(body: bytes, content_type: str, language: str | None, notes: list[str]) -> html.HtmlElement:
    text = to_utf8(
        body,
        http=charset_of(content_type),
        declared=charset_of(body[:4096].decode("latin-1")),
        language=language,
        notes=notes,
    )
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        document = html.document_fromstring(text, parser=parser)
    except etree.ParserError as error:
        raise FeedError("no HTML in it") from error
    return document


def _anchors(document: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements with an address that a selector picks; of a picked card, its first link."""
    try:
        picked = CSSSelector(selector, translator="html")(document)
    except SelectorError as error:
        raise FeedError(f"{selector!r} is no CSS selector") from error
    found = []
    for element in picked:
        anchor = element if element.get("href") is not None else next(iter(element.xpath(".//a[@href]")), None)
        if anchor is not None:
            found.append(anchor)
    return found


def _text(anchor: html.HtmlElement) -> str:
    text = re.sub(r"\s+", " ", str(anchor.text_content())).strip()
    return text or anchor.get("title") or next(iter(anchor.xpath(".//img/@alt")), "")
