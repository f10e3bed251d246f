"""CPU per page of our whole way from bytes to rows, beside trafilatura alone on the same pages in the same run.

    python -m benchmarks.throughput [--corpus FOLDER] [--rounds 3] [--json]

For every page the two are run one after the other, in alternating order, and the smallest of the rounds counts: on a
shared machine a page's minimum is the figure that another tenant's noise cannot lower. Loading and deduplicating are
measured once for all pages, client and server process together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import trafilatura
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.runner import fresh_database
from crawlers import urls
from crawlers.records import Fate, Fetch, FetchOutcome, Link, LinkFate, Manifest, Outlet, OutletStatus, Page, Purpose
from processing.clean import CleanHints, clean
from processing.deduplicate import deduplicate
from processing.describe import describe
from processing.load import load_crawl
from processing.records import Article, Profile, Rejection, Tag
from processing.reference import load_outlets, load_reference
from processing.tag import Vocabulary, load_vocabulary, search_article, tag

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds of CPU per page."""

    set: str
    pages: int
    articles: int
    trafilatura: float  # bare_extraction(with_metadata=True), mean of per-page minima
    clean: float
    tag: float
    load: float  # client and server
    deduplicate: float  # client and server
    ratio: float  # the whole of ours / trafilatura
    ratio_spread: tuple[float, float]  # of the clean stage alone: quartiles of the per-page ratio
    beyond: float  # the whole of ours - trafilatura
    peak_mb: float


def measure(name: str, warc: Path, rounds: int) -> Cost:
    """Measure one set of pages."""
    outlet = _outlet()
    pages = list(_pages(warc, outlet))
    vocabulary = load_vocabulary()
    hints = CleanHints(day_order=None)
    theirs = [float("inf")] * len(pages)
    ours = [float("inf")] * len(pages)
    results: list[Article | Rejection] = []
    for number in range(rounds):
        for index, page in enumerate(pages):
            first = [(theirs, _trafilatura), (ours, lambda page: clean(page, outlet, hints))]
            for best, work in first if (index + number) % 2 else reversed(first):
                spent, result = _timed(work, page)
                best[index] = min(best[index], spent)
                if best is ours and number == rounds - 1:
                    results.append(result)
    articles = [result for result in results if isinstance(result, Article)]
    tagging, tags = _timed(lambda _: [found for article in articles for found in _tagged(article, vocabulary)], None)
    loading, linking = _database(outlet, pages, results, tags)
    count = len(pages)
    whole = (sum(ours) + tagging + loading + linking) / count
    alone = sum(theirs) / count
    quartiles = statistics.quantiles([mine / other for mine, other in zip(ours, theirs, strict=True)], n=4)
    return Cost(
        set=name, pages=count, articles=len(articles), trafilatura=alone * 1e3, clean=sum(ours) / count * 1e3,
        tag=tagging / count * 1e3, load=loading / count * 1e3, deduplicate=linking / count * 1e3, ratio=whole / alone,
        ratio_spread=(quartiles[0], quartiles[2]), beyond=(whole - alone) * 1e3,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )  # fmt: skip


def _trafilatura(page: Page) -> object:
    return trafilatura.bare_extraction(page.body, with_metadata=True)


def _tagged(article: Article, vocabulary: Vocabulary) -> list[Tag | Profile]:
    """Do what the stage `tag` does for one article."""
    fields = search_article(article, vocabulary)
    tags = tag(article, vocabulary, fields)
    return [*tags, describe(article, fields, tags, vocabulary)]


def _timed(work: Callable[[Any], Any], argument: Any) -> tuple[float, Any]:
    started = time.process_time()
    result = work(argument)
    return time.process_time() - started, result


def _database(
    outlet: Outlet, pages: list[Page], results: list[Article | Rejection], tags: list[Tag | Profile]
) -> tuple[float, float]:
    """Return seconds of CPU, client and server, for loading and for deduplicating."""
    entries: list[Fetch | LinkFate] = []
    for page in pages:
        entries += [page.fetch, LinkFate(link=page.link, fate=Fate.FETCHED)]
    with fresh_database() as connect, closing(connect()) as connection:
        load_reference(connection)
        load_outlets(connection, [outlet])
        backend = connection.info.backend_pid
        spent = []
        for work in (
            lambda: load_crawl(
                connection, _manifest(outlet, len(pages)),
                entries=lambda: iter(entries), results=lambda: iter(results), tags=lambda: iter(tags),
            ),
            lambda: deduplicate(connection),
        ):  # fmt: skip
            client, server = time.process_time(), _cpu(backend)
            work()
            spent.append(time.process_time() - client + _cpu(backend) - server)
        return spent[0], spent[1]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100  # ticks of 10 ms


def _pages(warc: Path, outlet: Outlet) -> Iterator[Page]:
    for sequence, answer in enumerate(data.responses(warc)):
        headers = {name.lower(): value for name, value in answer.headers}
        if "html" not in headers.get("content-type", ""):
            continue
        key = urls.key(answer.url)
        yield Page(
            fetch=Fetch(
                crawl_id="benchmark", sequence=sequence, purpose=Purpose.PAGE, key=key, url=answer.url,
                first_url=answer.url, outcome=FetchOutcome.OK, status=200, fetched_at=NOW,
                content_type=headers["content-type"], body_bytes=len(answer.body),
                body_sha256=hashlib.sha256(answer.body).hexdigest(), warc_file="benchmark.warc.gz", warc_offset=sequence,
            ),
            link=Link(key=key, url=answer.url, canonical=urls.canonical(answer.url), feed_url=outlet.home, position=sequence),
            headers=tuple(answer.headers),
            body=answer.body,
        )  # fmt: skip


def _outlet() -> Outlet:
    return Outlet(
        slug="benchmark", name="benchmark", home="https://benchmark.example/", domains=("benchmark.example",),
        languages=("en",), status=OutletStatus.ACTIVE,
    )  # fmt: skip


def _manifest(outlet: Outlet, pages: int) -> Manifest:
    return Manifest(
        crawl_id="benchmark", outlet=outlet.slug, started_at=NOW, finished_at=NOW, finish_reason="finished", resumed=0,
        forced=False, replay=None, code_version="benchmark", outlet_sha256="0" * 64, links=pages,
        fates={"fetched": pages}, fetches={"ok": pages}, files=(), stats={},
    )  # fmt: skip


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with pages/ and web/ as in the corpus.")] = None,
    rounds: Annotated[int, typer.Option(help="Each page is measured so often; its minimum counts.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the CPU of the whole way beside trafilatura's."""
    folder = data.corpus(corpus)
    costs = [
        measure("pages", folder / "pages" / "pages.warc.gz", rounds),
        measure("web", folder / "web" / "syria-web.warc.gz", rounds),
    ]
    if as_json:
        print(json.dumps([asdict(cost) for cost in costs], indent=1))
        return
    table = Table("ms CPU per page", *(cost.set for cost in costs))
    for row in (
        "pages",
        "articles",
        "trafilatura",
        "clean",
        "tag",
        "load",
        "deduplicate",
        "ratio",
        "ratio_spread",
        "beyond",
        "peak_mb",
    ):
        table.add_row(row, *(_plain(getattr(cost, row)) for cost in costs))
    Console().print(table)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return " .. ".join(f"{part:.2f}" for part in value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    typer.run(main)
