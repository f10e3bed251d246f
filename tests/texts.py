"""Texts of tests through tagging and reading, as a crawl does it."""

from __future__ import annotations

import datetime as dt

from processing.describe import describe
from processing.records import TagKind
from processing.statements import Statement, find_statements
from processing.tag import Vocabulary, load_vocabulary, search_article, tag
from tests import seed


def stated(
    text: str, date: str = "2019-09-07", *, title: str = "-", outlet: str = "sample_post"
) -> tuple[Statement, ...]:
    """Return the statements of a text that `outlet` published at noon of `date`."""
    at = dt.datetime.fromisoformat(f"{date}T12:00:00+00:00")
    vocabulary = load_vocabulary()
    one = seed.article(
        seed.link_to("a"), "crawl", outlet, 0, at, "0" * 64, {"title": title, "text": text, "published": at}
    )
    fields = search_article(one, vocabulary)
    tags = tag(one, vocabulary, fields)
    return find_statements(one, fields, tags, describe(one, fields, tags, vocabulary), vocabulary)


def places_in(text: str, vocabulary: Vocabulary | None = None) -> list[tuple[str, str | None]]:
    """Return place and governorate of the place tags of a text of September 2019, in order."""
    at = dt.datetime(2019, 9, 7, tzinfo=dt.UTC)
    given = {"title": "-", "text": text, "published": at}
    one = seed.article(seed.link_to("a"), "crawl", "sample_post", 0, at, "0" * 64, given)
    return [
        (found.target, found.governorate)
        for found in tag(one, vocabulary or load_vocabulary())
        if found.kind is TagKind.PLACE
    ]
