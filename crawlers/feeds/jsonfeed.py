"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser 6 does not read."""

from __future__ import annotations

import json
from typing import Any

from crawlers.feeds.content import ENTRY_LIMIT, Entry, Found
from crawlers.feeds.prepare import BODY_LIMIT, Prepared
from crawlers.records import FeedError


def read(prepared: Prepared) -> Found:
    """The items of a feed. Raises FeedError when it is no JSON, too large, or has no list of items."""
    if len(prepared.body) > BODY_LIMIT:
        raise FeedError(f"larger than {BODY_LIMIT} bytes")
    try:
        document = json.loads(prepared.body)
    except (ValueError, RecursionError) as error:
        raise FeedError("not JSON") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise FeedError("JSON without a list of items")
    return Found(
        entries=tuple(_entry(item) for item in items[:ENTRY_LIMIT]),
        left_out=max(0, len(items) - ENTRY_LIMIT),
        problems=prepared.problems,
    )


def _entry(item: Any) -> Entry:
    known = item if isinstance(item, dict) else {}
    fields = {name: value for name, value in known.items() if isinstance(value, str)}
    permalink = fields.get("id", "")  # "ideally the full URL of the resource", says the format
    return Entry(
        url=fields.get("url")
        or fields.get("external_url")
        or (permalink if permalink.startswith(("http://", "https://")) else None),
        title=fields.get("title"),
        dates=tuple(fields[name] for name in ("date_published", "date_modified") if fields.get(name)),
    )
