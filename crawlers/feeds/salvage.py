"""The plain facts of a feed, taken with lxml, for feeds on which feedparser raises.

feedparser follows some twenty extensions (places, chapters, licences, media) and a stray element of one of them ends its
reading with a KeyError; none of that concerns a link, its title or its date.
"""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

from crawlers.feeds.content import Entry

# Best first; Dublin Core's and the older Atom's names beside today's.
DATES = ("pubdate", "published", "issued", "updated", "modified", "date", "created")
FIELDS = {*DATES, "title", "link", "guid", "origlink"}


def entries_of(body: bytes) -> tuple[Entry, ...]:
    """The items of an RSS, RDF or Atom document in UTF-8, however damaged; empty when there are none."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(body, parser)
    if root is None:
        return ()
    return tuple(_entry(element) for element in root.iter() if _name(element) in ("item", "entry"))


def _entry(item: etree._Element) -> Entry:
    found: dict[str, list[etree._Element]] = {}
    for part in item:
        if _name(part) in FIELDS:
            found.setdefault(_name(part), []).append(part)
    # The first title: media:title follows it. The last of several dates, as feedparser has it.
    texts = {name: text for name, parts in found.items() if (text := _text(parts[0 if name == "title" else -1]))}
    return Entry(
        url=_link(found.get("link", ())) or _permalink(found.get("guid", ())) or texts.get("origlink"),
        title=texts.get("title"),
        dates=tuple(texts[name] for name in DATES if name in texts),
    )


def _link(links: list[etree._Element] | tuple[()]) -> str | None:
    for link in links:
        address = (link.get("href") or _text(link)).strip()
        if address and link.get("rel", "alternate") == "alternate":
            return str(urljoin(link.base or "", address))
    return None


def _permalink(guids: list[etree._Element] | tuple[()]) -> str | None:
    for guid in guids:
        if _text(guid).startswith(("http://", "https://")) and guid.get("isPermaLink", "true").lower() == "true":
            return _text(guid)
    return None


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _name(element: etree._Element) -> str:
    try:
        return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
    except UnicodeDecodeError:  # the recovering parser lets broken names through
        return ""
