"""Pages of teasers: sections, searches, archives and front pages, told by their build and not by their address.

A teaser is a small box with a linked headline, one of several that are built alike. A page is made of teasers where
hardly a word of its text stands outside of such boxes and of links. An article beside a list of others has a text of its
own, so it is none, however long the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from processing.clean.metadata import Metadata
from processing.records import Reason

HEADLINE = 20  # characters of a link's text; shorter ones are menus
ALIKE, TEASERS = 3, 5  # teasers built alike, as in one column of a front page; of all on the page
LEVELS = 5  # elements above a link that are asked whether they are its teaser
BOX = 500  # characters of a teaser; a longer box is a column, or an article with a link in it
PROSE = 280  # characters of one paragraph; no teaser is so long, and most articles end the search here
LEFT = 0.15  # of a text's letters, outside of teasers: the section's name and the numbers of its pages
LONG = 15_000  # characters of a text; no page of teasers measured had more than 6,000
MENU_LINKS = 3  # of a text that is nothing but links
NUMBERS = re.compile(
    r"\S*\d\S*|\b(?:first|last|odd|even|active|big|featured)\b|\s+"
)  # of a class: which one of many it is
LETTERS = re.compile(r"[\W_]+")
TEXT = etree.XPath("string()")
LINKS = etree.XPath("//a[@href]")
CANONICAL = etree.XPath("string(//link[@rel='canonical']/@href)")
ROOT = re.compile(r"/?(?:[a-z]{2}/?)?")


def teased(tree: Any, metadata: Metadata, text: str) -> tuple[Reason, str] | None:
    """Say that a page is made of teasers, or that its text is its menu; None where it may be an article. Pure."""
    if metadata.is_article or not 0 < len(text) <= LONG or any(len(line) > PROSE for line in text.split("\n")):
        return None
    links = LINKS(tree)
    names = [_letters(TEXT(link)) for link in links]
    boxes = _boxes(links)
    shown = [_letters(line) for line in re.split(r"[\n|]", text)]
    of_links, of_boxes = set(names), "\0".join(map(_letters, boxes))
    menu = sorted({name for name in names if 0 < len(name) < HEADLINE}, key=len, reverse=True)
    inside = [line in of_links or line in of_boxes or _is_menu(line, menu) for line in shown]
    total = sum(map(len, shown))
    outside = sum(len(line) for line, found in zip(shown, inside, strict=True) if not found)
    if len(boxes) >= TEASERS and outside <= LEFT * total:
        canonical = CANONICAL(tree)
        home = canonical and ROOT.fullmatch(urlsplit(canonical).path)
        reason = Reason.HOMEPAGE if home else Reason.LISTING
        return reason, f"{len(boxes)} teasers, {outside} of {total} letters outside of them"
    if _is_menu("\0".join(shown), menu):
        return Reason.TOO_SHORT, f"{len(text)} characters that are nothing but a menu"
    return None


def _boxes(links: list[Any]) -> list[str]:
    """Return the texts of the teasers: for every long link the smallest element around it that has others like it."""
    groups: defaultdict[tuple[Any, ...], dict[Any, str]] = defaultdict(dict)
    ways: list[list[tuple[tuple[Any, ...], Any]]] = []
    places: defaultdict[str, set[str]] = defaultdict(set)  # "read more" leads to another place from every teaser
    for link in links:
        places[TEXT(link).strip()].add(link.get("href"))
    for link in links:
        name = TEXT(link).strip()
        if not name or link.get("href").startswith("#") or (len(name) < HEADLINE and len(places[name]) < ALIKE):
            continue
        way = list(_way(link))
        for key, box in way:
            groups[key][box] = ""
        ways.append(way)
    found: dict[Any, str] = {}
    for way in ways:
        for key, box in reversed(way):  # the largest that is still a teaser holds date and excerpt too
            if len(groups[key]) >= ALIKE and HEADLINE <= len(words := TEXT(box)) <= BOX:
                found[box] = words
                break
    return list(found.values())


def _way(link: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the link and the elements above it, each with what makes others built like it: its parent, tag and class."""
    box = link
    for _ in range(LEVELS):
        parent = box.getparent()
        if parent is None or box.tag == "body":
            return
        yield (parent, box.tag, NUMBERS.sub("", box.get("class") or "")), box
        box = parent


def _is_menu(line: str, menu: list[str]) -> bool:
    """Say whether the letters of a line are those of several short links in a row; `menu` has the longest first."""
    taken = 0
    for name in menu if len(menu) >= MENU_LINKS else ():
        if name in line:
            line, taken = line.replace(name, "\0"), taken + 1
    return taken >= MENU_LINKS and not line.strip("\0")


def _letters(text: str) -> str:
    """Return the letters and digits of a text alone: extraction moves spaces, marks and line ends."""
    return LETTERS.sub("", text).lower()
