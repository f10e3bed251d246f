"""Sitemaps (sitemaps.org): plain, index, news; XML or one URL per line; a feed offered as a sitemap is read as one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawlers.feeds import rss
from crawlers.feeds.content import ENTRY_LIMIT, Entry, Found
from crawlers.feeds.prepare import Prepared
from crawlers.records import FeedError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """One <url> or <sitemap>; `fields` by local name: loc, lastmod, title, publication_date."""

    is_child: bool
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
    listed = list(_elements(prepared.body, notes))
    pages = [one for one in listed if not one.is_child]
    children = sorted((one for one in listed if one.is_child), key=lambda one: one.newest, reverse=True)
    kept = _newest(pages)
    return Found(
        entries=tuple(_entry(one) for one in kept),
        left_out=len(pages) - len(kept),
        child_feeds=tuple(one.fields.get("loc") for one in children[:ENTRY_LIMIT]),
        problems=(*prepared.problems, *notes),
    )


def _lines(prepared: Prepared) -> Found:
    lines = prepared.body[: 2048 * ENTRY_LIMIT].decode("utf-8", "replace").split()
    if not lines or prepared.is_html or not all(line.startswith(("http://", "https://")) for line in lines):
        raise FeedError("neither an XML sitemap nor a list of URLs")
    entries = tuple(Entry(url=line) for line in lines[:ENTRY_LIMIT])
    return Found(entries=entries, left_out=len(lines) - len(entries), problems=prepared.problems)


def _elements(body: bytes, notes: list[str]) -> Iterator[_Listed]:
    """Every <url> and <sitemap> of the document, freeing each after it was read: memory does not grow with the file."""
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
        for _, element in events:
            name = _local_name(element)
            if name in ("url", "sitemap"):
                yield _Listed(is_child=name == "sitemap", fields=_fields(element))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        notes.append("not well-formed XML: read up to the error")
    else:
        if events.error_log:
            notes.append("not well-formed XML: read leniently")


def _fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in element.iter():
        # <image:loc> and <video:title> describe pictures, not the page
        namespace = etree.QName(part).namespace if "{" in str(part.tag) else ""
        if "image" not in (namespace or "") and "video" not in (namespace or "") and (part.text or "").strip():
            fields.setdefault(_local_name(part), str(part.text).strip())
    return fields


def _local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _newest(pages: list[_Listed]) -> list[_Listed]:
    if len(pages) <= ENTRY_LIMIT:
        return pages
    ranked = sorted(range(len(pages)), key=lambda place: pages[place].newest, reverse=True)
    return [pages[place] for place in sorted(ranked[:ENTRY_LIMIT])]


def _entry(page: _Listed) -> Entry:
    published = page.fields.get("publication_date")
    return Entry(url=page.fields.get("loc"), title=page.fields.get("title"), dates=(published,) if published else ())
