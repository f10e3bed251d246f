"""Our reading of feeds against what five parsers' test suites state, with every difference and its reason.

    python -m benchmarks.feeds [--corpus DIR] [--json]

Counts, per suite: exceptions that escaped, files and sockets opened while reading (both must be 0), and of the entries,
links and dates that the suite states, how many come out. The exit code is 1 when a difference has no reason.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Annotated
from urllib.parse import urljoin

import feedparser
import typer
from rich.console import Console
from rich.table import Table
from w3lib.url import safe_url_string

from benchmarks.feed_suites import Case, read_suites
from crawlers.feeds import find, read_feed
from crawlers.feeds.content import Entry, absolute, published
from crawlers.feeds.dates import DateDoubt
from crawlers.records import Feed, FeedError, FeedKind

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
# What opens, connects or starts something; modules that Python itself loads are not the feed's doing.
AUDITED = ("open", "os.open", "os.listdir", "os.scandir", "os.system", "subprocess.Popen", "urllib.Request")
MODULES = (".py", ".pyc", ".so")


@dataclass
class Tally:
    """One suite's figures."""

    files: int = 0
    exceptions: int = 0
    opened: int = 0
    feedparser_raises: int = 0
    refused: int = 0  # FeedError: no feed in the bytes
    stated: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


@dataclass(frozen=True)
class Difference:
    """Something a suite states and we do not give."""

    suite: str
    name: str
    what: str  # entries, link, date, exception, opened
    stated: str
    ours: str
    reason: str


@dataclass
class Report:
    """Everything the benchmark found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Difference]:
        """The differences nobody has a reason for yet."""
        return [one for one in self.differences if not one.reason]


class OpenedFiles:
    """Counts files and sockets opened by this process between `start` and `stop`, with an audit hook."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._watching = False
        sys.addaudithook(self._note)  # cannot be removed: one per process

    def _note(self, event: str, args: tuple[object, ...]) -> None:
        if not self._watching or not (event in AUDITED or event.startswith(("socket.", "http.", "ftplib."))):
            return
        if (
            event == "open"
            and str(args[0]).endswith(MODULES)
            and str(args[0]).startswith((sys.prefix, sys.base_prefix))
        ):
            return
        self.seen.append(f"{event} {args[:1]}")

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Yield the list that fills while the block runs."""
        self.seen = []
        self._watching = True
        try:
            yield self.seen
        finally:
            self._watching = False


OPENED = OpenedFiles()


def measure(corpus: Path) -> Report:
    """Read every feed of every suite below `corpus`."""
    report = Report()
    for case in read_suites(corpus):
        tally = report.tallies.setdefault(case.suite, Tally())
        tally.files += 1
        tally.feedparser_raises += _feedparser_raises(case)
        report.differences += _compare(case, tally)
    return report


def _feedparser_raises(case: Case) -> bool:
    try:
        feedparser.parse(BytesIO(case.body), response_headers=dict(case.headers))
    except Exception:  # noqa: BLE001 (counting what a bare call would let through)
        return True
    return False


def _compare(case: Case, tally: Tally) -> Iterator[Difference]:
    feed = Feed(kind=FeedKind.RSS, url=case.url)
    found, refusal, escaped = None, "", ""
    started = time.process_time()
    with OPENED.watching() as opened:
        try:
            read_feed(feed, case.body, url=case.url, headers=case.headers, now=NOW)
            found = find(feed, case.body, url=case.url, content_type=case.headers.get("content-type", ""))
        except FeedError as error:
            refusal = str(error)
        except Exception as error:  # noqa: BLE001 (what the benchmark is there to find)
            escaped = repr(error)
    tally.seconds += time.process_time() - started
    tally.refused += bool(refusal)
    tally.exceptions += bool(escaped)
    tally.opened += len(opened)
    for what, text in (("exception", escaped), ("opened", ", ".join(opened))):
        if text:
            yield Difference(case.suite, case.name, what, "none", text, "")
    entries = found.entries if found else ()
    yield from _compare_entries(case, len(entries), refusal, tally)
    yield from _compare_links(case, entries, tally)
    yield from _compare_dates(case, entries, tally)


def _compare_entries(case: Case, ours: int, refusal: str, tally: Tally) -> Iterator[Difference]:
    stated = case.stated.entries
    if stated is None:
        return
    tally.stated["entries"] += stated
    tally.matched["entries"] += min(stated, ours)
    if ours < stated or (ours > stated and not case.stated.at_least):
        yield _difference(case, "entries", str(stated), refusal or str(ours))


def _compare_links(case: Case, entries: tuple[Entry, ...], tally: Tally) -> Iterator[Difference]:
    for index, addresses in case.stated.links.items():
        tally.stated["links"] += 1
        ours = absolute(case.url, entries[index].url) if index < len(entries) else None
        if ours is not None and _sent(ours) in {_sent(urljoin(case.url, address)) for address in addresses}:
            tally.matched["links"] += 1
        else:
            yield _difference(case, "link", " | ".join(addresses), str(ours))


def _sent(url: str) -> str:
    """What would go over the wire: suites differ in whether they escape a space and end a host with a slash."""
    try:
        sent = str(safe_url_string(url))
    except ValueError:  # at://did:plc:… is no URL with a port
        return url
    return f"{sent}/" if sent.count("/") == 2 else sent


def _compare_dates(case: Case, entries: tuple[Entry, ...], tally: Tally) -> Iterator[Difference]:
    for index, stated in case.stated.dates.items():
        tally.stated["dates"] += 1
        raw, ours = published(entries[index].dates, NOW) if index < len(entries) else (None, None)
        if isinstance(ours, dt.datetime) and abs(ours - stated) < dt.timedelta(seconds=1):
            tally.matched["dates"] += 1
        else:
            doubt = f"a date {ours}: kept as text" if isinstance(ours, DateDoubt) else ""
            yield _difference(case, "date", stated.isoformat(), f"{ours} from {raw!r}", doubt)


PROXY = "the feed names the page itself (feedburner:origLink) beside its proxy's address"
REASONS = {
    ("entry_link_rel_license.xml", "link"): "the suite states a licence; the entry has no page",
    ("saxerror.xml", "link"): "the address has a bare ampersand, which lxml's reading drops and ours keeps",
    ("rss_channel_item_uri_at_protocol.xml", "link"): "OURS IS WRONG: feedparser reads the uri attribute of <link>",
}


def _difference(case: Case, what: str, stated: str, ours: str, reason: str = "") -> Difference:
    reason = reason or REASONS.get((Path(case.name).name, what), "")
    if what == "link" and f"origLink>{ours}<".encode() in case.body.replace(b"&amp;", b"&"):
        reason = PROXY
    return Difference(case.suite, case.name, what, stated, ours, reason)


def _print(report: Report, console: Console) -> None:
    columns = (
        "suite",
        "files",
        "exceptions",
        "opened",
        "refused",
        "feedparser raises",
        "entries",
        "links",
        "dates",
        "ms",
    )
    table = Table(*columns, title="Stated by the suites / given by us")
    for suite, tally in sorted(report.tallies.items()):
        shares = [f"{tally.matched[what]} / {tally.stated[what]}" for what in ("entries", "links", "dates")]
        counts = (tally.files, tally.exceptions, tally.opened, tally.refused, tally.feedparser_raises)
        table.add_row(suite, *map(str, counts), *shares, f"{1000 * tally.seconds / tally.files:.1f}")
    console.print(table)
    groups = Counter((one.reason or "NOT EXPLAINED", one.what) for one in report.differences)
    for (reason, what), count in groups.most_common():
        console.print(f"\n{what}: {reason} ({count})", style="bold", highlight=False, markup=False)
        for one in report.differences:
            if (one.reason or "NOT EXPLAINED", one.what) == (reason, what):
                line = f"  {one.suite}: {one.name}: stated {one.stated[:120]}, ours {one.ours[:160]}"
                console.print(line, highlight=False, markup=False, soft_wrap=True)


def main(
    corpus: Annotated[
        Path | None, typer.Option(help="Folder of suites; default: feeds below BULLETINS_CORPUS.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Read every feed of the suites and compare with what they state."""
    folder = corpus or Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")) / "feeds"
    if not any(folder.glob("*/*.tar.gz")):
        raise typer.BadParameter(f"no suites in {folder}: give --corpus or set BULLETINS_CORPUS")
    report = measure(folder)
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        _print(report, Console())
    raise typer.Exit(1 if report.unexplained else 0)


if __name__ == "__main__":
    typer.run(main)
