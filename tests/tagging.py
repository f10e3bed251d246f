"""Articles of one sentence, and what is tagged in them, for the tests of processing.tag."""

from __future__ import annotations

import datetime as dt

from processing.records import Article, ArticleKind, DateCandidate, DateOrigin, Precision, Tag
from processing.tag import load_vocabulary, tag


def article(text: str, *, title: str = "", outlet: str = "sample", on: str = "2019-09-07") -> Article:
    """Make an article; `on` is its day of publication."""
    day = dt.datetime.fromisoformat(on).replace(tzinfo=dt.UTC)
    return Article(
        key="0" * 64,
        page_key="0" * 64,
        outlet=outlet,
        crawl_id="c",
        fetch_sequence=1,
        url="https://example.org/1",
        canonical="https://example.org/1",
        fetched_at=day,
        title=title,
        text=text,
        authors=(),
        language="en",
        language_confidence=1.0,
        passages=(),
        kind=ArticleKind.ARTICLE,
        published=DateCandidate(origin=DateOrigin.META, raw=on, at=day, precision=Precision.DAY),
        date_candidates=(),
        modified_at=None,
        content_sha256="1" * 64,
        body_sha256="2" * 64,
        extractor="none",
        cleaner="1",
        rules=(),
        flags=(),
    )


def tags(text: str, kind: str, **known: str) -> tuple[Tag, ...]:
    """Return the tags of one kind of a text."""
    return tuple(one for one in tag(article(text, **known), load_vocabulary()) if one.kind == kind)


def targets(text: str, kind: str, **known: str) -> list[str]:
    """Return what the tags of one kind point to, in order of the text."""
    return [one.target for one in tags(text, kind, **known)]


def matched(text: str, kind: str, **known: str) -> list[str]:
    """Return the characters the tags of one kind rest on."""
    return [one.matched for one in tags(text, kind, **known)]
