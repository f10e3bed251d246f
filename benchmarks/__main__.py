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

RESULTS = Path(__file__).parent / "RESULTS.md"
# Each benchmark with the question it answers. The order is from the fast to the slow.
BENCHMARKS = {
    "feeds": "Are the feeds of five parsers' test suites read as the suites themselves state?",
    "extraction": "The text of articles, beside trafilatura's five ways and five other extractors.",
    "clean": "Titles, dates, short bulletins and rejections, on the corpus and on pages made for this project.",
    "boilerplate": "Lines that recur in an outlet's articles: texts without them, and whether they are the site's.",
    "kinds": "Pages that are no articles told from short bulletins that are.",
    "encodings": "Pages in the encodings of the field, labelled right, wrong or not at all, damaged or encoded twice.",
    "hostile": "Pages made to exhaust a cleaner: outcome, time, memory, and that the pool works on.",
    "language": "Languages of texts and of the paragraphs of mixed ones, beside the bare model.",
    "relevance": "How well the score of relevance tells texts about Syria from world news.",
    "tag": "Places against incident data, bulletin lines and crowd labels; no news; milliseconds per article.",
    "citations": "Whom 200 drawn and 60 made sentences cite, beside the bare names.",
    "resolved": "Which place a name of an incident is taken for, by distance, where a gazetteer has it.",
    "numbers": "Numbers of people: made sentences, and the ranges of incidents.",
    "when": "When it happened: made sentences, and articles of known days, beside the day of publication and dateparser.",
    "statements": "The sample bulletin against its gold; type and belligerent of incidents; crowd labels; speed.",
    "vocabulary": "Load, memory and search time with up to 200,000 imported names.",
    "duplicates": "Copies made of real texts, forms filled in anew and pairs that were read, beside datasketch and SimHash.",
    "stories": "Texts of one incident brought together, beside likeness of words and what place and day would give.",
    "threads": "Pairs of general news in English and Russian: the same story or not, beside likeness of words.",
    "load": "Rows per second beside COPY and merge of the same columns.",
    "crawl": "CPU per page in replay, beside bare Scrapy.",
    "throughput": "CPU from bytes to rows, beside trafilatura alone.",
    "orders": "The replayable web loaded in random orders, by one and by two at once: the same copies and stories?",
    "web": "The replayable web through the DAG nightly_crawl: plain, without feed dates, with faults.",
    "kills": "The same while processes are killed by signal 9, beside an undisturbed night: every table, row for row.",
}
LIBRARIES = (
    "scrapy",
    "feedparser",
    "trafilatura",
    "lxml",
    "psycopg2-binary",
    "ahocorasick-rs",
    "apache-airflow",
)


def main() -> int:
    """Run the benchmarks named on the command line, or all; returns how many failed. Other sections stay as they were."""
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    sections = _sections()
    failed = 0
    for name in names:
        print(f"{name}: {BENCHMARKS[name]}", flush=True)
        code, sections[name] = _run(name)
        failed += code != 0
        text = "\n".join([_head(), *(sections[known] for known in BENCHMARKS if known in sections)])
        RESULTS.write_text(text, encoding="utf-8")
    return failed


def _run(name: str) -> tuple[int, str]:
    """Run one benchmark; returns its exit code and its section of the results."""
    started = time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "150"}, check=False)
    seconds = time.monotonic() - started
    output = done.stdout.rstrip() or done.stderr.rstrip()[-2000:]
    print(output, flush=True)
    # Addresses of other people's pages stay out of the project; the command prints them.
    kept = "\n".join(line for line in output.splitlines() if "://" not in line)
    return done.returncode, (
        f"## {name}\n\n{BENCHMARKS[name]}\n\n`python -m benchmarks.{name}`: exit {done.returncode}, {seconds:.0f} s, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n\n```\n{kept}\n```\n"
    )


def _sections() -> dict[str, str]:
    """Return the sections of the results as they stand, by benchmark."""
    if not RESULTS.exists():
        return {}
    parts = RESULTS.read_text("utf-8").split("\n## ")[1:]
    return {part.split("\n", 1)[0]: f"## {part}" for part in parts}


def _head() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"# Results\n\nMade by `make bench`; do not edit. Shared machine: trust ratios "
        f"within one table more than single figures.\n\n{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}\n\n{versions}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
