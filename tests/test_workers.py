"""Pages that hang, eat memory or crash the cleaner are set aside; the others are cleaned all the same."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from collections.abc import Iterator

import pytest

from crawlers.records import Fetch, FetchOutcome, Link, Outlet, OutletStatus, Page, Purpose
from processing import workers
from processing.clean import CLEANER, CleanHints, clean
from processing.records import Quarantine, Reason, Rejection
from processing.workers import CHUNK, CleanPool

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
OUTLET = Outlet(
    slug="example", name="Example", home="https://example.org/", domains=("example.org",), languages=("en",),
    status=OutletStatus.ACTIVE,
)  # fmt: skip


def page(number: int, body: bytes) -> Page:
    url = f"https://example.org/{number}"
    fetch = Fetch(
        crawl_id="c", sequence=number, purpose=Purpose.PAGE, key=str(number), url=url, first_url=url,
        outcome=FetchOutcome.OK, fetched_at=NOW, body_sha256="0" * 64,
    )  # fmt: skip
    link = Link(key=str(number), url=url, canonical=url, feed_url="https://example.org/feed", position=number)
    return Page(fetch=fetch, link=link, headers=(), body=body)


def misbehave(page: Page, outlet: Outlet, hints: CleanHints) -> Rejection:
    """A cleaner that does what the page says."""
    if page.body == b"hang":
        while True:
            pass
    if page.body == b"eat":
        return bytearray(2**31)  # type: ignore[return-value]
    if page.body == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if page.body == b"sleep":
        time.sleep(60)
    if page.body == b"bug":
        raise ValueError("a thing\nthat was not foreseen")
    return Rejection(
        key=page.link.key, outlet=outlet.slug, crawl_id="c", fetch_sequence=page.fetch.sequence, url=page.link.url,
        fetched_at=NOW, reason=Reason.EMPTY, detail="", body_sha256="0" * 64, cleaner=CLEANER,
    )  # fmt: skip


def outcomes(bodies: list[bytes]) -> list[tuple[str, str]]:
    pages = [page(number, body) for number, body in enumerate(bodies)]
    with CleanPool(cleaner=misbehave, seconds=1.0, memory=2**28) as pool:
        return [(result.key, result.reason) for result in pool.clean(pages, OUTLET, CleanHints())]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (b"hang", Quarantine.TIMEOUT),
        (b"eat", Quarantine.MEMORY),
        (b"crash", Quarantine.CRASHED),
        (b"bug", Quarantine.CRASHED),
    ],
)
def test_only_the_page_at_fault_is_set_aside(fault: bytes, reason: Quarantine) -> None:
    bodies = [b"fine", b"fine", fault, b"fine"]
    expected = [("0", Reason.EMPTY), ("1", Reason.EMPTY), ("2", reason), ("3", Reason.EMPTY)]
    assert outcomes(bodies) == expected


def test_a_page_that_waits_without_computing_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WALL_FACTOR", 2)
    assert outcomes([b"fine", b"sleep"]) == [("0", Reason.EMPTY), ("1", Quarantine.TIMEOUT)]


def test_every_fault_in_one_chunk_costs_its_own_page_only() -> None:
    bodies = [b"crash", b"fine", b"hang", b"eat", b"fine", b"bug"]
    kinds = ["clean_crashed", "empty", "clean_timeout", "clean_memory", "empty", "clean_crashed"]
    assert [reason for _, reason in outcomes(bodies)] == kinds


def test_a_set_aside_page_says_why_in_one_line() -> None:
    with CleanPool(cleaner=misbehave) as pool:
        (result,) = pool.clean([page(0, b"bug")], OUTLET, CleanHints())
    assert isinstance(result, Rejection)
    assert result.detail == "ValueError: a thing that was not foreseen"


@pytest.mark.parametrize("count", [1, 2])
def test_the_pool_cleans_as_the_function_does(count: int) -> None:
    texts = [
        f"<html><body><h1>Bulletin {n}</h1><p>Shells fell on {n} villages at night.</p></body></html>"
        for n in range(40)
    ]
    pages = [page(number, text.encode()) for number, text in enumerate(texts)]
    with CleanPool(workers=count) as pool:
        assert list(pool.clean(pages, OUTLET, CleanHints())) == [clean(one, OUTLET, CleanHints()) for one in pages]


def test_large_pages_travel_in_small_chunks() -> None:
    read = 0

    def pages() -> Iterator[Page]:
        nonlocal read
        for number in range(40):
            read += 1
            yield page(number, b"x" * 2_500_000)

    with CleanPool(cleaner=misbehave) as pool:
        results = pool.clean(pages(), OUTLET, CleanHints())
        next(results)
        assert read <= 8
        assert sum(1 for _ in results) == 39


def test_results_come_in_the_order_of_the_pages() -> None:
    keys = [key for key, _ in outcomes([b"fine"] * (3 * CHUNK + 5))]
    assert keys == [str(number) for number in range(3 * CHUNK + 5)]


def test_pages_are_read_only_a_few_chunks_ahead() -> None:
    read = 0

    def pages() -> Iterator[Page]:
        nonlocal read
        for number in range(20 * CHUNK):
            read += 1
            yield page(number, b"fine")

    with CleanPool(cleaner=misbehave) as pool:
        results = pool.clean(pages(), OUTLET, CleanHints())
        next(results)
        assert read <= 4 * CHUNK
        assert sum(1 for _ in results) == 20 * CHUNK - 1
