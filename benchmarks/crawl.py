"""CPU per page of a crawl in replay, beside a bare Scrapy spider over the same replay handler.

    python -m benchmarks.crawl [--pages 300] [--rounds 3] [--json]

Each crawl is a process of its own, ours and the bare one in turn; what is measured is the process's CPU, starting it
included and told apart. Ours also reads the feed and robots.txt, writes and publishes the archive and reads it back.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks import corpus as data
from crawlers.state import write_state

BARE = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
class Bare(Spider):
    name = "bare"
    async def start(self):
        for number in range(int(sys.argv[2])):
            yield Request(f"https://bench.example/p/{number}")
    def parse(self, response):
        assert response.body
handler = "crawlers.replay.ReplayHandler"
process = AsyncCrawlerProcess({
    "REPLAY": sys.argv[1], "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}, "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
})
process.crawl(Bare)
process.start()
"""
OUTLET = """name = "Bench"
home = "https://bench.example/"
domains = ["bench.example"]
languages = ["en"]
status = "active"
status_evidence = "part of the benchmark"

[politeness]
page_limit = 100000

[[feeds]]
kind = "rss"
url = "https://bench.example/feed"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU of one kind of crawl over one set of pages."""

    set: str
    kind: str
    start_seconds: float  # of a crawl of no pages, median
    ms_per_page: float  # beyond the start, median of the rounds
    spread: tuple[float, float]  # smallest and largest round
    peak_mb: float


def measure(name: str, source: Path, pages: int, rounds: int, folder: Path) -> list[Cost]:
    """Measure ours and the bare spider in turn over `pages` pages made of those in `source`."""
    full, none = folder / f"{name}.warc.gz", folder / f"{name}-none.warc.gz"
    _write(source, full, pages)
    _write(source, none, 0)
    spent: dict[str, list[tuple[float, float, float]]] = {"ours": [], "bare Scrapy": []}
    for number in range(rounds):
        for kind, command in (("ours", _ours), ("bare Scrapy", _bare)):
            start, _ = _cpu(command(none, 0, folder, f"{number:04d}0000"))
            whole, peak = _cpu(command(full, pages, folder, f"{number:04d}1111"))
            spent[kind].append((start, (whole - start) / pages * 1e3, peak))
    return [
        Cost(
            set=name, kind=kind, start_seconds=statistics.median(row[0] for row in rows),
            ms_per_page=statistics.median(row[1] for row in rows),
            spread=(min(row[1] for row in rows), max(row[1] for row in rows)), peak_mb=max(row[2] for row in rows),
        )
        for kind, rows in spent.items()
    ]  # fmt: skip


def _ours(warc: Path, _: int, folder: Path, run: str) -> list[str]:
    (folder / "outlets").mkdir(exist_ok=True)
    (folder / "outlets" / "bench.toml").write_text(OUTLET)
    state = folder / "state.sqlite"
    if not state.exists():
        write_state(state, [], [])
    places = [
        "--state",
        str(state),
        "--spool",
        str(folder / "spool"),
        "--archive",
        str(folder / f"archive-{warc.name}-{run}"),
    ]
    crawl_id = f"bench-20260101T000000Z-{run}"
    return [sys.executable, "-m", "crawlers", "bench", "--crawl-id", crawl_id, *places,
            "--outlets", str(folder / "outlets"), "--replay", str(warc)]  # fmt: skip


def _bare(warc: Path, pages: int, _: Path, __: str) -> list[str]:
    return [sys.executable, "-c", BARE, str(warc), str(pages)]


def _cpu(command: list[str]) -> tuple[float, float]:
    """Run a command; returns its CPU seconds and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 10):
        raise SystemExit(f"{' '.join(command[:4])} … ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _write(source: Path, target: Path, pages: int) -> None:
    bodies = (
        [answer.body for answer in data.responses(source) if answer.body[:200].lstrip()[:1] == b"<"][:200]
        if pages
        else []
    )
    with target.open("wb") as out:
        writer = WARCWriter(out, gzip=True)

        def add(path: str, body: bytes, kind: str) -> None:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            url = f"https://bench.example{path}"
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))

        items = "".join(
            f"<item><title>{n}</title><link>https://bench.example/p/{n}</link></item>" for n in range(pages)
        )
        add("/robots.txt", b"User-agent: *\nDisallow: /admin/\n", "text/plain")
        add(
            "/feed",
            f"<rss version='2.0'><channel><title>Bench</title>{items}</channel></rss>".encode(),
            "application/rss+xml",
        )
        for number in range(pages):
            add(f"/p/{number}", bodies[number % len(bodies)] + b"<!-- %d -->" % number, "text/html; charset=utf-8")


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with pages/ and web/ as in the corpus.")] = None,
    pages: Annotated[int, typer.Option(help="Pages in a crawl.")] = 300,
    rounds: Annotated[int, typer.Option(help="Crawls of each kind.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the CPU of a crawl in replay beside bare Scrapy."""
    folder = data.corpus(corpus)
    costs: list[Cost] = []
    for name, source in (("web", folder / "web/syria-web.warc.gz"), ("pages", folder / "pages/pages.warc.gz")):
        with TemporaryDirectory(prefix="bulletins-crawl-") as work:
            costs += measure(name, source, pages, rounds, Path(work))
    if as_json:
        print(json.dumps([asdict(cost) for cost in costs], indent=1))
        return
    table = Table("pages", "crawl", "start, s CPU", "ms CPU per page", "least .. most", "peak MB", "ratio")
    for ours, bare in zip(costs[::2], costs[1::2], strict=True):
        for cost in (ours, bare):
            cells = (
                f"{cost.start_seconds:.2f}",
                f"{cost.ms_per_page:.2f}",
                " .. ".join(f"{part:.2f}" for part in cost.spread),
            )
            ratio = f"{ours.ms_per_page / bare.ms_per_page:.2f}" if cost is ours else ""
            table.add_row(cost.set, cost.kind, *cells, f"{cost.peak_mb:.0f}", ratio)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
