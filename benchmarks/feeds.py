"""Our reading of feeds against what five parsers' test suites state, with every difference and its reason.

    python -m benchmarks.feeds [--corpus DIR] [--json]

Counts, per suite: exceptions that escaped, files and sockets opened while reading (both must be 0), and of the entries,
links and dates that the suite states, how many come out. No feed of the suites makes feedparser 6.0.14 raise, so each
is read twice more, damaged in two ways that do. The exit code is 1 when a difference has no reason.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Annotated
from urllib.parse import urljoin

import feedparser
import idna.uts46data  # noqa: F401 - idna reads its table when first asked: not while we watch for opened files
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
AUDITED = ("open", "os.listdir", "os.scandir", "os.system", "subprocess.Popen", "urllib.Request")
MODULES = (".py", ".pyc", ".so")

FIRST_ENTRY = re.compile(rb"<(?:item|entry)(?:\s[^<>]*[^/<>])?>")
DAMAGES = {
    "": b"",
    "+ element": b"<textInput><link>x</link></textInput>",  # KeyError: a text input inside an entry
    "+ reference": b"<x>&#xD800;</x>",  # UnicodeEncodeError: half a surrogate pair
}
# Differences that were looked at, by the file's name and what differs.
REASONS = {
    ("entry_link_rel_license.xml", "link"): "the suite states a licence; the entry has no page",
    ("saxerror.xml", "link"): "the address has a bare ampersand, which the reference reading drops and ours keeps",
    ("rss_channel_item_uri_at_protocol.xml", "link"): "OURS IS WRONG: feedparser reads the uri attribute of <link>",
}


@dataclass
class Tally:
    """One suite's figures."""

    files: int = 0
    feedparser_raises: int = 0  # files on which a bare feedparser.parse(BytesIO) raises
    exceptions: int = 0
    opened: int = 0
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
    reason: str  # empty: nobody has one yet


@dataclass
class Report:
    """Everything the benchmark found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Difference]:
        """The differences without a reason."""
        return [one for one in self.differences if not one.reason]


class OpenedFiles:
    """What this process opens while it is being watched, by an audit hook."""

    def __init__(self) -> None:
        self._seen: list[str] = []
        self._watching = False
        sys.addaudithook(self._note)  # cannot be removed: one per process

    def _note(self, event: str, args: tuple[object, ...]) -> None:
        if not self._watching or not (event in AUDITED or event.startswith(("socket.", "http.", "ftplib."))):
            return
        path = str(args[0]) if args else ""
        if event == "open" and path.endswith(MODULES) and path.startswith((sys.prefix, sys.base_prefix)):
            return
        self._seen.append(f"{event} {path}")

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Yield the list that fills while the block runs."""
        self._seen = []
        self._watching = True
        try:
            yield self._seen
        finally:
            self._watching = False


OPENED = OpenedFiles()


def measure(corpus: Path) -> Report:
    """Read every feed of every suite below `corpus`, as it is and damaged."""
    report = Report()
    for case in read_suites(corpus):
        first = FIRST_ENTRY.search(case.body)
        at = first.end() if first else 0
        for damage, inserted in DAMAGES.items():
            if inserted and not first:
                continue
            variant = replace(case, suite=f"{case.suite} {damage}", body=case.body[:at] + inserted + case.body[at:])
            tally = report.tallies.setdefault(variant.suite, Tally())
            tally.files += 1
            tally.feedparser_raises += _feedparser_raises(variant)
            report.differences += _compare(variant, tally)
    return report


def _feedparser_raises(case: Case) -> bool:
    try:
        feedparser.parse(BytesIO(case.body), response_headers=dict(case.headers))
    except Exception:  # noqa: BLE001 (counting whatever a bare call lets through)
        return True
    return False


def _compare(case: Case, tally: Tally) -> Iterator[Difference]:
    feed = Feed(kind=FeedKind.RSS, url=case.url)
    entries: tuple[Entry, ...] = ()
    refusal = escaped = ""
    started = time.process_time()
    with OPENED.watching() as opened:
        try:
            entries = find(feed, case.body, url=case.url, content_type=case.headers.get("content-type", "")).entries
            read_feed(feed, case.body, url=case.url, headers=case.headers, now=NOW)
        except FeedError as error:
            refusal = str(error)
        except Exception as error:  # noqa: BLE001 (what the benchmark is there to find)
            escaped = repr(error)
    tally.seconds += (time.process_time() - started) / 2
    tally.refused += bool(refusal)
    tally.exceptions += bool(escaped)
    tally.opened += len(opened)
    for what, text in (("exception", escaped), ("opened", ", ".join(opened))):
        if text:
            yield _difference(case, what, "none", text)
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


def _difference(case: Case, what: str, stated: str, ours: str, reason: str = "") -> Difference:
    reason = reason or REASONS.get((Path(case.name).name, what), "")
    return Difference(case.suite, case.name, what, stated, ours, reason)


def _print(report: Report, console: Console) -> None:
    names = ("suite", "files", "feedparser raises", "escaped", "opened", "no feed", "entries", "links", "dates", "ms")
    table = Table(*names, title="Given by us / stated by the suites")
    for suite, tally in sorted(report.tallies.items()):
        shares = [f"{tally.matched[what]}/{tally.stated[what]}" for what in ("entries", "links", "dates")]
        counts = (tally.files, tally.feedparser_raises, tally.exceptions, tally.opened, tally.refused)
        table.add_row(suite, *map(str, counts), *shares, f"{1000 * tally.seconds / tally.files:.1f}")
    console.print(table)
    groups = Counter((one.what, one.reason or "NOT EXPLAINED") for one in report.differences)
    for (what, reason), count in groups.most_common():
        console.print(f"\n{what}: {reason} ({count})", style="bold", highlight=False, markup=False, soft_wrap=True)
        for one in report.differences:
            if (one.what, one.reason or "NOT EXPLAINED") == (what, reason):
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
        _print(report, Console(width=None if sys.stdout.isatty() else 120))
    raise typer.Exit(1 if report.unexplained else 0)


if __name__ == "__main__":
    typer.run(main)
