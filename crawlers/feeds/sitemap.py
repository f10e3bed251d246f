"""Sitemaps (sitemaps.org): plain, index, news; XML or one URL per line; a feed offered as a sitemap is read as one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawlers.feeds import rss
from crawlers.feeds.content import ENTRY_LIMIT, Entry, Found
from crawlers.feeds.prepare import Prepared
from crawlers.records import FeedError

LINE = re.compile(rb"\S+")
# The format allows 50,000 URLs, a news sitemap has 8 elements for each; an element takes 5 µs.
ELEMENT_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """One <url> or <sitemap>; `fields` by local name: loc, lastmod, title, publication_date."""

    position: int
    fields: dict[str, str]

    @property
    def newest(self) -> str:
        # ISO dates sort as text, near enough to choose by
        return self.fields.get("publication_date") or self.fields.get("lastmod") or ""


def read(prepared: Prepared, url: str) -> Found:
    """The pages of a sitemap as entries, or the sitemaps of an index as `child_feeds`. Raises FeedError when neither.

    Of more than ENTRY_LIMIT pages the newest are kept: a sitemap's order means nothing. `lastmod` is no publication
    date, so only a news sitemap gives dates.
    """
    if prepared.root in ("rss", "feed", "rdf", "channel"):
        return rss.read(prepared, url)
    if prepared.root not in ("urlset", "sitemapindex"):
        return _lines(prepared)
    notes: list[str] = []
    kept: dict[str, list[_Listed]] = {"url": [], "sitemap": []}
    seen = {"url": 0, "sitemap": 0}
    for name, fields in _elements(prepared.body, notes):
        kept[name].append(_Listed(position=seen[name], fields=fields))
        seen[name] += 1
        if len(kept[name]) > 2 * ENTRY_LIMIT:
            kept[name] = _newest(kept[name])
    pages = sorted(_newest(kept["url"]), key=lambda one: one.position)
    return Found(
        entries=tuple(_entry(page.fields) for page in pages),
        left_out=seen["url"] - len(pages),
        child_feeds=tuple(child.fields.get("loc") for child in _newest(kept["sitemap"])),
        problems=(*prepared.problems, *notes),
    )


def _lines(prepared: Prepared) -> Found:
    lines = [found[0].decode("utf-8", "replace") for found in islice(LINE.finditer(prepared.body), ENTRY_LIMIT)]
    if not lines or prepared.is_html or not all(line.startswith(("http://", "https://")) for line in lines):
        raise FeedError("neither an XML sitemap nor a list of URLs")
    left_out = sum(1 for _ in islice(LINE.finditer(prepared.body), ENTRY_LIMIT, None))
    return Found(entries=tuple(Entry(url=line) for line in lines), left_out=left_out, problems=prepared.problems)


def _elements(body: bytes, notes: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every <url> and <sitemap> with its fields. Each is freed once read: memory does not grow with the file."""
    events = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for count, (_, element) in enumerate(events):
            if count >= ELEMENT_LIMIT:
                notes.append(f"cut after {ELEMENT_LIMIT} elements")
                return
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue
            if (name := _local_name(element)) in ("url", "sitemap"):
                yield name, _fields(element)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        notes.append("not well-formed XML: read up to the error")
    else:
        if events.error_log:
            notes.append("not well-formed XML: read leniently")


def _fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in element.iter():
        # <image:loc> and <video:title> describe pictures, not the page
        vocabulary = str(part.tag).rpartition("}")[0].rpartition("/sitemap-")[2]
        text = (part.text or "").strip()
        if text and not vocabulary.startswith(("image", "video")):
            fields.setdefault(_local_name(part), text)
    return fields


def _local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _newest(listed: list[_Listed]) -> list[_Listed]:
    return sorted(listed, key=lambda one: one.newest, reverse=True)[:ENTRY_LIMIT]


def _entry(fields: dict[str, str]) -> Entry:
    published = fields.get("publication_date")
    return Entry(url=fields.get("loc"), title=fields.get("title"), dates=(published,) if published else ())
