"""Which of an outlet's addresses are one page: its own rules, on top of what holds for every site (crawlers/urls.py).

A declaration says which part of an address is the page's identity (`same_pages`: a number with and without a slug, the
same article under two prefixes) and which of its hosts moved to which other (`moved`). Both are applied to the canonical
form and give one: ASCII, idempotent, on a host that the outlet declares. It is identity only and is never requested.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from crawlers.records import Link, Moved, Outlet, SamePage
from crawlers.urls import PASSES, allowed, canonical, digest, key


def canonical_of(url: str, outlet: Outlet) -> str:
    """Return the identity of a page of an outlet. Never raises; of another site's address its general form."""
    general = canonical(url)
    if not (outlet.same_pages or outlet.moved) or not allowed(general, outlet):
        return general
    return _identity(general, outlet.same_pages, outlet.moved)


def key_of(url: str, outlet: Outlet) -> str:
    """Return the SHA-256 (64 hex digits) of the identity: the page's key everywhere."""
    return digest(canonical_of(url, outlet))


def key_among(url: str, outlets: Mapping[str, Outlet]) -> str:
    """Return the key of an address by the rules of whichever outlet it belongs to; of none, its general one."""
    owner = next((outlet for outlet in outlets.values() if allowed(url, outlet)), None)
    return key_of(url, owner) if owner else key(url)


def identify(link: Link, outlet: Outlet) -> Link:
    """Give a link that a feed's reader made the identity that its outlet declares."""
    if not (outlet.same_pages or outlet.moved):
        return link
    identity = canonical_of(link.url, outlet)
    if identity == link.canonical:
        return link
    return dataclasses.replace(link, key=digest(identity), canonical=identity)


@lru_cache(maxsize=4096)
def _identity(url: str, same_pages: tuple[SamePage, ...], moved: tuple[Moved, ...]) -> str:
    for _ in range(PASSES):  # what is left may be one of the general forms again
        shorter = canonical(_once(url, same_pages, moved))
        if shorter == url:
            break
        url = shorter
    return url


def _once(url: str, same_pages: tuple[SamePage, ...], moved: tuple[Moved, ...]) -> str:
    parts = urlsplit(url)
    host = next((move.now for move in moved if move.host == parts.netloc), parts.netloc)
    address = urlunsplit(("", "", parts.path, parts.query, ""))
    for same in same_pages:
        if found := re.fullmatch(same.address, address):
            address = found.expand(same.identity)
            break
    return f"{parts.scheme}://{host}/{address.removeprefix('/')}"
