"""Run every benchmark and write benchmarks/RESULTS.md: `make bench` or `python -m benchmarks`."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
# Each benchmark with the question it answers. The order is from the fast to the slow.
BENCHMARKS = {
    "feeds": "Are the feeds of five parsers' test suites read as the suites themselves state?",
    "clean": "Titles, text and dates on two sets of pages, beside trafilatura alone.",
    "tag": "Places against incident data; milliseconds per article.",
    "load": "Rows per second beside COPY and merge of the same columns.",
    "crawl": "CPU per page in replay, beside bare Scrapy.",
    "throughput": "CPU from bytes to rows, beside trafilatura alone.",
    "web": "The replayable web through the nightly stages: plain, without feed dates, with faults.",
}
LIBRARIES = (
    "scrapy",
    "feedparser",
    "trafilatura",
    "lxml",
    "psycopg2-binary",
    "rensa",
    "ahocorasick-rs",
    "apache-airflow",
)


def main() -> int:
    """Run the benchmarks named on the command line, or all; returns how many failed."""
    names = sys.argv[1:] or list(BENCHMARKS)
    parts = [_head()]
    failed = 0
    for name in names:
        print(f"{name}: {BENCHMARKS[name]}", flush=True)
        started = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "160"}, check=False
        )
        seconds = time.monotonic() - started
        failed += done.returncode != 0
        output = done.stdout.rstrip() or done.stderr.rstrip()[-2000:]
        print(output, flush=True)
        parts.append(
            f"## {name}\n\n{BENCHMARKS[name]}\n\n`python -m benchmarks.{name}`: exit {done.returncode}, {seconds:.0f} s\n\n"
            f"```\n{output}\n```\n"
        )
    if names == list(BENCHMARKS):
        (HERE / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
    return failed


def _head() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"# Results\n\nMade by `make bench` on {datetime.now(UTC):%Y-%m-%d}; do not edit. Shared machine: trust ratios "
        f"within one table more than single figures.\n\n{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}\n\n{versions}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
