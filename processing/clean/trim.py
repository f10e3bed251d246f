"""An extracted text → the article alone: lines that belong to the page and not to the article are dropped.

Extractors find the container of the article; what a site puts into that container beside the article remains: "read also"
with a link, captions, share and subscription calls, tags, the head of the comments, the footer. Three kinds of evidence:
the page's own markup (the line is nothing but a link, or a caption), a phrase such lines begin with or consist of, and
the place (below a heading such as "related", at the end). A line of prose is never dropped for its place alone.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import Any

from lxml import etree

from processing.clean.line_phrases import ENDINGS, FOOTERS, HEADINGS, OPENINGS, WHOLE
from processing.text import fold_plain

LINKED = 0.8  # of a line's characters are a link's: the line is a link
LINK_WORDS = 4  # a link of fewer words is a name in a list, or a word of the text
SHORT = 240  # characters; a call to subscribe or a pointer to another article is no longer
PROSE = 120  # characters of a line that ends in a full stop: no teaser
TAIL = 0.4  # of the lines: a heading of related links stands below that
KEPT = 0.3  # of the characters; lines that would lose more are of a page these rules do not understand
SENTENCE_WORDS = 6  # a text without a line of so many words has lost its article
SENTENCE_END = (".", "!", "?", "؟", "…", "۔", "»", '"', "”")
MENU_LENGTH = 40  # characters; a menu's entry is no longer
MENU_LINES = 5  # entries that follow one another; a list in an article is seldom all links
LONG = 1000  # characters; a footer's claim of rights is no longer
BULLETS = "-•*|>»› \t"
CAPTIONS = etree.XPath(
    ".//figcaption | .//caption | .//p[contains(@class, 'caption')] | .//*[contains(@class, 'caption-text')]"
)
SECTION = re.compile("#.")  # a bare # leads nowhere: scripts do
TEXT = etree.XPath("string()")
INLINE = frozenset(("span", "strong", "b", "em", "i", "u", "font", "small"))
LINES = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6", "td"))  # elements that hold one line


def trim(text: str, tree: Any, title: str = "") -> tuple[str, int]:
    """Return the text without the page's own lines, and how many were dropped.

    `text` has one paragraph a line; `tree` is the page, or the element of it, that it comes from; `title` is the page's
    title. A text that would lose most of itself stays whole.
    """
    all_lines = text.split("\n")
    lines = _without_menus(all_lines, tree)
    foreign = _links(tree, " ".join(text.split())) | _captions(tree)
    inner = _without_tail(_without_head(lines, title), foreign)
    kept = [line for line in inner if not (_foreign(line, foreign) or _phrased(line))]
    if _length(kept) < KEPT * _length(inner):
        kept = inner
    if not any(line.count(" ") + 1 >= SENTENCE_WORDS for line in kept):
        return text, 0
    return "\n".join(kept), len(all_lines) - len(kept)


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _foreign(line: str, foreign: frozenset[str]) -> bool:
    """Say whether the markup shows that a line is none of the article's: itself, or what follows a label's colon."""
    line = line.strip(BULLETS)
    return line in foreign or line.partition(": ")[2] in foreign


def _phrased(line: str) -> bool:
    if len(line) > LONG:
        return False
    plain = fold_plain(line).strip(BULLETS)
    if WHOLE.fullmatch(plain) or FOOTERS.match(plain):
        return True
    return len(plain) <= SHORT and bool(OPENINGS.match(plain) or ENDINGS.search(plain))


def _without_menus(lines: list[str], tree: Any) -> list[str]:
    """Drop runs of short lines each of which is the text of a link, or has no letter in it."""
    short = [len(line) <= MENU_LENGTH for line in lines]
    if not any(all(short[start : start + MENU_LINES]) for start in range(len(lines) - MENU_LINES + 1)):
        return lines
    links = {_line(link) for link in tree.iter("a")}
    is_menu = [
        fits and (line.strip(BULLETS) in links or not any(map(str.isalpha, line)))
        for line, fits in zip(lines, short, strict=True)
    ]
    kept = []
    for menu, run in groupby(zip(is_menu, lines, strict=True), key=itemgetter(0)):
        found = [line for _, line in run]
        kept += [] if menu and len(found) >= MENU_LINES else found
    return kept


def _without_head(lines: list[str], title: str) -> list[str]:
    """Cut what comes before the title, and the title, where the text holds it as a line; never prose."""
    wanted = fold_plain(title)
    for number, line in enumerate(lines[: len(lines) // 2 + 1] if wanted else []):
        if _is_prose(line):
            break
        if fold_plain(line) == wanted and number + 1 < len(lines):
            return lines[number + 1 :]
    return lines


def _without_tail(lines: list[str], foreign: frozenset[str]) -> list[str]:
    """Cut what follows a heading of related links, comments or tags, unless prose follows that heads no teaser."""
    for number in range(1, len(lines)):
        if len(lines[number]) > SHORT or not HEADINGS.fullmatch(fold_plain(lines[number]).strip(BULLETS + ":.")):
            continue
        teased = any(line.startswith(tuple(foreign)) for line in lines[number + 1 : number + 3])
        if teased or (number >= TAIL * len(lines) and not any(map(_is_prose, lines[number + 1 :]))):
            return lines[:number]
    return lines


def _is_prose(line: str) -> bool:
    return len(line) > PROSE and line.rstrip().endswith(SENTENCE_END)


def _links(tree: Any, text: str) -> frozenset[str]:
    """Return the lines of `text` that are nothing but links to other pages."""
    found = set()
    for link in tree.iter("a"):
        linked = _line(link)
        # A link within the page names a section of the article, a sentence with its full stop is one of the article's.
        if linked.count(" ") + 1 < LINK_WORDS or linked.endswith(".") or SECTION.match(link.get("href", "")):
            continue
        if linked not in text:
            continue
        found.add(linked)
        block = link.getparent()
        while block is not None and block.tag in INLINE:
            block = block.getparent()
        if block is not None and block.tag in LINES and len(linked) >= LINKED * len(whole := _line(block)):
            found.add(whole)
    return frozenset(found)


def _captions(tree: Any) -> frozenset[str]:
    return frozenset(filter(None, map(_line, CAPTIONS(tree))))


def _line(element: Any) -> str:
    return " ".join(TEXT(element).split()).strip(BULLETS)
