"""Walls: a few lines of an article, and a box that asks for a subscription, a log-in or money for the rest.

Told by what stands right below the text, or in a box that is called a wall or a lock: several of the topics that such
boxes speak of. Boxes for newsletters and comments speak of some of them on every page, and never of reading on.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from processing.clean.bare_words import TOPICS
from processing.clean.extract import plain
from processing.records import Reason
from processing.text import fold_plain

WALLED = 1500  # characters that a wall leaves of an article
BELOW, BELOW_LENGTH = 12, 900  # lines and characters below the text
ABOVE, BOX_LINE = 2, 120  # lines above its end; characters of a line, prose has more
ENOUGH_BELOW = 3  # topics; a newsletter's box speaks of subscribing, of e-mail and of no charge, but not of reading on
# Whether a page need be looked at for a wall: parts of the topic `reading` and of names of locks, as they stand in markup.
# One by one, in C: a pattern of them takes four times as long.
SIGNS = (
    "ontinue reading", "eep reading", "to read", "ull article", "ull story", "only", "aywall", "regwall", "premium", "lock",
    "قراءة", "إكمال", "للمشترك", "дочит", "чита", "подписчик", "okuma", "devam", "tamam", "abone",
)  # fmt: skip
# A text that breaks off says itself that there is more: two topics in the box below it are enough.
CUT = ("…", "...", "[…]", "[...]", "… ]", "..]")
CUT_LINES = 4  # last lines of a text, of which one breaks off: the box's own may have come along
ENOUGH_CUT = 2
NEWSLETTER = re.compile(
    r"newsletter|mailing list|telegram|whatsapp|(?:ال)?نشره|النشره|تلغرام|تيليغرام|واتس|рассылк|телеграм|bulten|kanalimiz"
)
COMMENTING = re.compile(r"comment|conversation|تعليق|комментар|обсужд|yorum")
# What sites call a wall's box, wherever in the page it stands.
WALL_NAMES = re.compile(
    r"(?i)(?:pay|reg|subscri\w*|login|meter\w*|content|soft|hard)[-_]?(?:wall|gate|barrier|lock)|paywall|premium|locked|gated|modal|"
    r"dialog|overlay|offer|barrier|truncat|fade|piano|tp-|poool|mepr|pmpro|leaky|restrict|abo(?:nnement)?[-_]|subscri|unlock"
)
WALL_BOXES = etree.XPath(
    "//div[@class or @id] | //section[@class or @id] | //aside[@class or @id] | //dialog | //form[@class or @id]"
)
LOCK_NAMES = re.compile(
    r"(?i)(?:^|[\s_-])(?:lock(?:ed)?|premium|pay-?wall|reg-?wall|truncated|unlock|subscribers?-only)(?:$|[\s_-])"
)
LOCKED = 500  # characters: what stands above such a box
TEXT = etree.XPath("string()")


def walled(tree: Any, text: str, markup: str) -> tuple[Reason, str] | None:
    """Say that a page gives a few lines of an article, and asks for a subscription or payment for the rest."""
    is_cut = any(line.rstrip().endswith(CUT) for line in text.split("\n")[-CUT_LINES:])
    if len(text) > WALLED or not (is_cut or any(sign in markup for sign in SIGNS)):
        return None
    named = _asks(_below(tree, text), is_cut=is_cut)
    for box in () if named else WALL_BOXES(tree):
        names, shown = f"{box.get('class')} {box.get('id')}", " ".join(TEXT(box).split())
        if (WALL_NAMES.search(names) or LOCK_NAMES.search(names)) and len(shown) <= BELOW_LENGTH:
            named = named or _asks(
                fold_plain(shown), is_lock=len(text) <= LOCKED and bool(LOCK_NAMES.search(names)), is_cut=is_cut
            )
    return (Reason.LOGIN, f"{len(text)} characters and a box about {', '.join(named)}") if named else None


def _below(tree: Any, text: str) -> str:
    """Return the short lines that stand below a text in its page, and its own last ones, for a box may come along."""
    lines, own = plain(tree).split("\n"), text.split("\n")
    last = own[-1].strip("-•| ")[-60:]
    place = next((number for number, line in enumerate(lines) if last in line), len(lines))
    box = [*own[1:][-ABOVE:], *lines[place + 1 : place + BELOW]]
    return fold_plain(" ".join(line for line in box if len(line) <= BOX_LINE)[:BELOW_LENGTH])


def _asks(box: str, *, is_lock: bool = False, is_cut: bool = False) -> list[str]:
    """Return what a box speaks of, where that is to subscribe or log in to read on; nothing of a box for comments.

    `is_lock`: it is called a lock, so what it costs is enough. `is_cut`: the text breaks off above it.
    """
    named = [name for name, pattern in TOPICS[Reason.LOGIN].items() if pattern.search(box)]
    is_wall = "reading" in named and len(named) >= ENOUGH_BELOW and "membership" in named
    is_wall |= is_lock and bool({"price", "membership"} & set(named))
    offers = {"price", "reading"} & set(named)  # "log in or register" stands below every text
    is_wall |= is_cut and len(named) >= ENOUGH_CUT and bool(offers) and not NEWSLETTER.search(box)
    return named if is_wall and not COMMENTING.search(box) else []
