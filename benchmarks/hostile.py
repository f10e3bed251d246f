"""Pages made to exhaust a cleaner: what becomes of each, within which time and memory, and that the pool works on after it.

    python -m benchmarks.hostile [--json] [--page NAME]

Every page goes alone to a fresh pool of one worker, as in a crawl, followed by a sound page that must come out as an
article. Seconds are of the clock, megabytes the worker's largest resident size, its libraries included (about 150). Beside
it trafilatura's own seconds on the same bytes, ended after 30. Aims: 20 s and 512 MB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from processing.records import Article
from processing.workers import CleanPool
from tests.cleaning import CleanHints, html, outlet, page

SENTENCE = "Artillery shells struck two villages in the southern countryside of the province on Tuesday morning. "
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
PEER_SECONDS = 30
SECONDS, MEGABYTES = 20.0, 512.0


def _in(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><h1>Shells strike villages</h1>{body}</body></html>".encode()


def _nested(tag: str, count: int) -> bytes:
    return _in(f"<{tag}>" * count + PARAGRAPH + f"</{tag}>" * count)


PAGES: dict[str, Callable[[], bytes]] = {
    "2,000 nested divs": lambda: _nested("div", 2_000),
    "20,000 nested divs": lambda: _nested("div", 20_000),
    "200,000 nested divs": lambda: _nested("div", 200_000),
    "20,000 nested spans": lambda: _nested("span", 20_000),
    "20,000 nested tables": lambda: _in("<table><tr><td>" * 20_000 + PARAGRAPH),
    "5,000 nested lists": lambda: _in("<ul><li>" * 5_000 + PARAGRAPH),
    "20,000 nested quotes": lambda: _nested("blockquote", 20_000),
    "20,000 unclosed fonts": lambda: _in("<font><b><i>" * 20_000 + PARAGRAPH),
    "20,000 paragraphs": lambda: _in("<p>word word word.</p>" * 20_000),
    "100,000 paragraphs": lambda: _in("<p>word </p>" * 100_000),
    "45,000 breaks": lambda: _in("<br>" * 45_000 + PARAGRAPH),
    "200,000 breaks": lambda: _in("<br>" * 200_000 + PARAGRAPH),
    "40,000 lines by breaks": lambda: _in("a line of words<br>" * 40_000),
    "20,000 links": lambda: _in("<a href=/x>the road is open</a> " * 20_000 + PARAGRAPH),
    "50,000 links": lambda: _in("<a href=/x>y</a>" * 50_000 + PARAGRAPH),
    "20,000 headings": lambda: _in("<h2>Comments</h2>" * 20_000 + PARAGRAPH),
    "20,000 captions": lambda: _in("<figure><figcaption>a caption of words</figcaption></figure>" * 15_000 + PARAGRAPH),
    "a table of 40,000 cells": lambda: _in(
        "<table>" + "<tr><td>1</td><td>2</td></tr>" * 13_000 + "</table>" + PARAGRAPH
    ),
    "20,000 <time> elements": lambda: _in("<time datetime=2024-01-01>x</time>" * 20_000 + PARAGRAPH),
    "20,000 classes named date": lambda: _in("<i class=date>1 January 2024</i>" * 20_000 + PARAGRAPH),
    "a word of 2.9 MB": lambda: _in("<p>" + "a" * 2_900_000 + "</p>"),
    "a word of 10 MB": lambda: _in("<p>" + "a" * 10_000_000 + "</p>"),
    "one paragraph of 2.9 MB": lambda: _in("<p>" + SENTENCE * 28_000 + "</p>"),
    "2.9 MB of Arabic marks": lambda: _in("<p>" + "ـً" * 700_000 + "</p>"),
    "an attribute of 2 MB": lambda: _in(f"<img alt='{'a ' * 1_000_000}'>" + PARAGRAPH),
    "500,000 attributes": lambda: _in("<div " + "a=b " * 500_000 + ">" + PARAGRAPH),
    "500,000 <": lambda: b"<" * 500_000,
    "500,000 <!--": lambda: b"<!--" * 500_000,
    "500,000 open scripts": lambda: _in("<script>" * 300_000 + PARAGRAPH),
    "500,000 NULs": lambda: b"\x00" * 500_000 + _in(PARAGRAPH),
    "500,000 entities": lambda: _in("<p>" + "&amp;&#1575;" * 200_000 + "</p>"),
    "entities in entities": lambda: (
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>"
        + _in("<p>&j;</p>" + PARAGRAPH)
    ),
    "a DOCTYPE of 500,000 words": lambda: b"<!DOCTYPE " + b"word " * 500_000 + b">" + _in(PARAGRAPH),
    "a title of 400,000 parts": lambda: _in(PARAGRAPH, f"<title>{' - a' * 400_000}</title>"),
    "JSON-LD 400,000 deep": lambda: _in(PARAGRAPH, f"<script type='application/ld+json'>{'[' * 400_000}</script>"),
    "JSON-LD of 2 MB": lambda: _in(
        PARAGRAPH,
        "<script type='application/ld+json'>"
        + json.dumps([{"@type": "NewsArticle", "author": [{"name": "n" * 9}] * 60}] * 1_500)
        + "</script>",
    ),
    "20,000 <meta>": lambda: _in(PARAGRAPH, "<meta property=article:published_time content=2024-01-01>" * 20_000),
    "20,000 dates in a line": lambda: _in("<p>" + "1 January 2024, 10:00 " * 20_000 + "</p>" + PARAGRAPH),
    "quotes without end": lambda: _in("<a href='" * 100_000 + PARAGRAPH),
    "2 MB of digits and dashes": lambda: _in("<p>" + "01/02/2024-" * 180_000 + "</p>"),
    "windows-1256 noise": lambda: bytes(range(128, 256)) * 10_000,
    "UTF-16 without end": lambda: "<html><body><p>شيء".encode("utf-16") * 20_000,
    "UTF-7": lambda: b"<html><head><meta charset=utf-7></head><body>+ADw-script+AD4-" + PARAGRAPH.encode() * 50,
}


def main(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    only: Annotated[str, typer.Option("--page", help="Measure this page, in this process; prints JSON.")] = "",
) -> None:
    """Send every page through a pool of its own, and print what became of it."""
    if only:
        print(json.dumps(measure(only), ensure_ascii=False))
        return
    rows = [_apart(name) for name in track(PAGES, console=Console(stderr=True), description="pages")]
    if as_json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        show(rows, Console(width=140))
    if any(row["seconds"] > SECONDS or row["megabytes"] > MEGABYTES or not row["healthy"] for row in rows):
        raise typer.Exit(1)


def measure(name: str) -> dict[str, Any]:
    """Clean one page in a pool of one worker, then a sound one."""
    hostile, sound = page(PAGES[name]()), page(html())
    started = time.monotonic()
    with CleanPool(workers=1) as pool:
        first = next(pool.clean([hostile], outlet(), CleanHints()))
        seconds = time.monotonic() - started
        after = next(pool.clean([sound], outlet(), CleanHints()))
    return {
        "page": name,
        "outcome": f"article, {len(first.text)} characters" if isinstance(first, Article) else f"{first.reason}",
        "seconds": round(seconds, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "healthy": isinstance(after, Article),
    }


def _apart(name: str) -> dict[str, Any]:
    """Measure one page in a process of its own, whose children's memory is that page's alone."""
    command = [sys.executable, "-m", "benchmarks.hostile", "--page", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return {**json.loads(done.stdout), "trafilatura": _peer(name)}


def _peer(name: str) -> str:
    """Return trafilatura's seconds on the same bytes."""
    program = (
        "import sys, time, trafilatura, benchmarks.hostile as h; b = h.PAGES[sys.argv[1]](); t = time.monotonic(); "
        "r = trafilatura.bare_extraction(b); print(f'{time.monotonic() - t:.2f}' + ('' if r else ', nothing'))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, name], capture_output=True, text=True, timeout=PEER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"over {PEER_SECONDS}"
    return done.stdout.strip() if done.returncode == 0 else f"died with {done.returncode}"


def show(rows: list[dict[str, Any]], console: Console) -> None:
    """Print one line a page, and the largest figures."""
    table = Table("page", "outcome", "seconds", "MB", "pool healthy after", "trafilatura alone, seconds")
    for row in rows:
        cells = (row["page"], row["outcome"], row["seconds"], row["megabytes"], row["healthy"], row["trafilatura"])
        table.add_row(*map(str, cells))
    console.print(table)
    slowest, largest = (max(rows, key=lambda row: row[name]) for name in ("seconds", "megabytes"))
    console.print(
        f"{len(rows)} pages; slowest {slowest['seconds']} s ({slowest['page']}), largest {largest['megabytes']} MB "
        f"({largest['page']}); pool healthy after {sum(row['healthy'] for row in rows)}"
    )


if __name__ == "__main__":
    typer.run(main)
