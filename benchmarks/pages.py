"""The pages that cleaning is measured on: those of the corpus, those cleaned by hand, and those made for this project.

Any folder of the corpus's layout can be given; hand-cleaned texts are found by the pages' keys, so another half of the
data has none.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import corpus as data
from crawlers import urls
from crawlers.feeds import read_feed
from crawlers.records import CleanRules, Feed, FeedKind, Fetch, FetchOutcome, Link, Outlet, OutletStatus, Page, Purpose
from tests.golden.pages.build import Golden, golden

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
# Where some of the made templates keep the text, as an outlet's declaration would say.
DECLARED = {
    "wordpress-": ".entry-content",
    "newspaper-": ".td-post-content",
    "drupal-": ".field-item",
    "blogger-": ".post-body",
    "bitrix-": ".news-detail",
    "joomla-": ".item-page",
}
GOLD = Path(__file__).parent / "gold" / "web.jsonl"  # ids and offsets only
SETS = {"web": "syria-web.warc.gz", "pages": "pages.warc.gz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One page with what is known of it."""

    page: Page
    host: str
    title: str | None
    body: str | None
    published_on: dt.date | None
    language: str = "any"
    selector: str = ""  # of the element that holds the text, where the outlet declares one
    charset: str = "utf-8"


def all_cases(folder: Path) -> Iterator[tuple[str, list[Case]]]:
    """Yield the sets that the folder holds, then the pages made for this project, each with its name."""
    for name in SETS:
        if (folder / name).is_dir():
            given = cases(folder, name)
            yield name, given
            if found := hand_cleaned(given):
                yield f"{name}, cleaned by hand", found
    made = made_cases()
    yield "made", made
    yield (
        "made, text's element declared",
        [replace(c, selector=s) for c in made for t, s in DECLARED.items() if t in c.host],
    )


def hand_cleaned(given: list[Case]) -> list[Case]:
    """Return those of the pages whose expected text was cleaned by hand (benchmarks/gold), with the cleaned text."""
    rows = map(json.loads, GOLD.read_text("utf-8").splitlines())
    kept = {row["key"]: row["keep"] for row in rows}
    return [
        replace(case, body="\n".join((case.body or "")[start:end] for start, end in kept[case.page.link.key]))
        for case in given
        if case.page.link.key in kept
    ]


def made_cases() -> list[Case]:
    """Return the pages made for this project in Arabic, Russian and Turkish (tests/golden/pages)."""
    return [_made_case(page, number) for number, page in enumerate(golden())]


def _made_case(page: Golden, number: int) -> Case:
    row = {"title": page.title, "body": page.text, "published": str(page.published_on), "language": page.language}
    answer = data.Recorded(url=page.url, status="200", headers=[("Content-Type", "text/html")], body=page.html)
    return replace(_case(answer, number, row, None), charset=page.encoding)


def cases(folder: Path, name: str) -> list[Case]:
    """Read one set: its pages, with the links of its own feeds where it has some."""
    with gzip.open(folder / name / "expected.jsonl.gz", "rt", encoding="utf-8") as lines:
        expected = {urls.key(row["url"]): row for row in map(json.loads, lines)}
    answers = list(data.responses(folder / name / SETS[name]))
    links = {link.key: link for answer in answers if answer.url.endswith("/feed/") for link in _links(answer)}
    return [
        _case(answer, number, expected[key], links.get(key))
        for number, answer in enumerate(answers)
        if (key := urls.key(answer.url)) in expected
    ]


def _links(answer: data.Recorded) -> tuple[Link, ...]:
    feed = Feed(kind=FeedKind.RSS, url=answer.url)
    return read_feed(feed, answer.body, url=answer.url, headers=dict(answer.headers)).links


def _case(answer: data.Recorded, number: int, row: dict[str, Any], link: Link | None) -> Case:
    key, headers = urls.key(answer.url), {name.lower(): value for name, value in answer.headers}
    fetch = Fetch(
        crawl_id="benchmark", sequence=number, purpose=Purpose.PAGE, key=key, url=answer.url, first_url=answer.url,
        outcome=FetchOutcome.OK, status=200, fetched_at=NOW, content_type=headers.get("content-type"),
        body_bytes=len(answer.body), body_sha256=hashlib.sha256(answer.body).hexdigest(),
    )  # fmt: skip
    none = Link(key=key, url=answer.url, canonical=urls.canonical(answer.url), feed_url="", position=0)
    published = row.get("published")
    day = dt.datetime.fromisoformat(published) if published else None
    return Case(
        page=Page(fetch=fetch, link=link or none, headers=tuple(answer.headers), body=answer.body),
        host=urlsplit(answer.url).netloc,
        title=row.get("title"),
        body=row.get("body"),
        published_on=(day.astimezone(dt.UTC) if day and day.tzinfo else day).date() if day else None,
        language=row.get("language") or "any",
    )


def without_feed_dates(case: Case) -> Case:
    """Withhold what the feed says of the date."""
    link = replace(case.page.link, published_raw=None, published_at=None)
    return replace(case, page=replace(case.page, link=link))


def outlet(host: str, selector: str = "") -> Outlet:
    """Declare a host with no rule of its own but the selector of its text."""
    return Outlet(
        slug="benchmark", name=host, home=f"https://{host}/", domains=(host,), languages=("en",),
        status=OutletStatus.ACTIVE, clean=CleanRules(body=(selector,) if selector else ()),
    )  # fmt: skip
