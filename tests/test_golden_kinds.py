"""Pages that are no articles, in the shapes a crawler meets, and 200 short bulletins that are: floors for telling them apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.clean import NOW, outlet
from crawlers import urls
from crawlers.records import Fetch, FetchOutcome, Link, Page, Purpose
from processing.clean import CleanHints, clean
from processing.records import Rejection

SAMPLES = Path(__file__).parent / "golden" / "kinds"
# Of 20 pages each, refused under any reason: an article made of such a page is the fault. The paywall's are the hardest.
REFUSED = {
    "challenge": 17, "consent": 15, "homepage": 13, "listing": 17, "login": 18, "parked": 15, "paywall": 13, "soft_404": 17,
}  # fmt: skip


def samples(kind: str) -> list[dict]:
    return [json.loads(line) for line in (SAMPLES / f"{kind}.jsonl").read_text("utf-8").splitlines()]


def outcome(sample: dict) -> str:
    """The reason a page is refused for, or "article"."""
    key, body = urls.key(sample["url"]), sample["html"].encode()
    headers = tuple((name, value) for name, value in sample["headers"])
    declared = next((value for name, value in headers if name.lower() == "content-type"), "text/html; charset=utf-8")
    fetch = Fetch(
        crawl_id="golden", sequence=0, purpose=Purpose.PAGE, key=key, url=sample["final_url"], first_url=sample["url"],
        outcome=FetchOutcome.OK, status=sample["status"], fetched_at=NOW, content_type=declared, body_bytes=len(body),
        body_sha256="0" * 64,
    )  # fmt: skip
    link = Link(key=key, url=sample["url"], canonical=urls.canonical(sample["url"]), feed_url="", position=0)
    result = clean(Page(fetch=fetch, link=link, headers=headers, body=body), outlet("sample.example"), CleanHints())
    return str(result.reason) if isinstance(result, Rejection) else "article"


@pytest.mark.parametrize("kind", REFUSED)
def test_pages_that_are_no_articles_are_refused(kind: str) -> None:
    found = Counter(map(outcome, samples(kind)))
    assert found.total() == 20
    assert found.total() - found["article"] >= REFUSED[kind], found


def test_no_short_bulletin_is_refused_whatever_words_it_holds() -> None:
    bulletins = samples("bulletin")
    assert len(bulletins) == 200
    assert [(sample["id"], found) for sample in bulletins if (found := outcome(sample)) != "article"] == []
