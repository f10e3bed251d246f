"""Texts of tests: made words, and texts through tagging and reading, as a crawl does it."""

from __future__ import annotations

import datetime as dt
import itertools
import random

from processing.describe import describe
from processing.records import TagKind
from processing.statements import Statement, find_statements
from processing.tag import Vocabulary, load_vocabulary, search_article, tag
from tests import seed

WORDS = [
    a + b + c
    for a, b, c in itertools.product(("ka", "mo", "ri", "shu"), ("lam", "ber", "dosh", "vik"), ("o", "an", "ed", "ist"))
]


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


def prose(seed_number: int, length: int = 200) -> list[str]:
    """Return made words, the same for one number."""
    return random.Random(seed_number).choices(WORDS, k=length)


def edited(words: list[str], share: float, seed_number: int = 1) -> list[str]:
    """Return the words with a share of them exchanged."""
    chance = random.Random(seed_number)
    return [chance.choice(WORDS) if chance.random() < share else word for word in words]
