"""Crawls for tests: a declaration, a state, and `crawlers.__main__` in a process of its own, with loopback let through.

The processes are forked from one that has Scrapy imported already, which saves two seconds for each of them.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from crawlers.archive import Archive
from crawlers.network import GuardResolver
from crawlers.records import Fetch, LinkFate, Manifest, Page
from crawlers.state import KnownFeed, KnownPage, write_state

CRAWL_ID = "sample-20260101T000000Z-00000001"
# Fast, and allowed to reach the test's own server. What a test is about, it sets itself.
QUICK = {
    "ALLOW_ADDRESSES": ["127.0.0.1"],
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 1.0,
    "RATE_LIMIT_WAIT": 0.05,
    "LONGEST_WAIT": 1.5,
    "GRACE_SECONDS": 1.0,
}


FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["crawlers.__main__", "crawlers.network", "crawlers.middlewares", "crawlers.replay"])


class FixedResolver(GuardResolver):
    """The guard over a table of names instead of DNS, from setting HOSTS: name -> its answers, one list per look-up."""

    def look_up(self, name: str) -> list[str]:
        answers = json.loads(os.environ["TEST_HOSTS"]).get(name)
        if answers is None:
            return super().look_up(name)
        asked[name] += 1
        return list(answers[min(asked[name], len(answers)) - 1])


asked: defaultdict[str, int] = defaultdict(int)


@dataclass
class Ended:
    """A crawl's process at its end, and what it left in the archive."""

    code: int
    log: str
    manifest: Manifest | None
    fetches: list[Fetch] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)  # by path
    fates: list[LinkFate] = field(default_factory=list)

    def outcomes(self, path: str) -> list[str]:
        """The outcomes of the attempts whose chain began at a path."""
        return [fetch.outcome.value for fetch in self.fetches if _path(fetch.first_url) == path]

    def fate(self, path: str) -> tuple[str, str]:
        """Fate and reason of the link with this path; there must be exactly one."""
        [fate] = [fate for fate in self.fates if _path(fate.link.url) == path]
        return fate.fate.value, str(fate.reason)

    def totals(self) -> dict[str, Any]:
        """What two crawls of the same web must have in common: everything in the manifest but clocks and bytes."""
        assert self.manifest is not None
        kept = ("finish_reason", "links", "fates", "fetches", "forced", "outlet")
        return {name: getattr(self.manifest, name) for name in kept}


def _path(url: str) -> str:
    return "/" + "".join(url.split("/", 3)[3:])


@dataclass
class Running:
    """A crawl's process, its standard output and its log."""

    process: Any
    out: Path
    log: Path
    crawl_id: str

    def wait_for(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something is so while the process runs."""
        end = time.monotonic() + seconds
        while not condition():
            assert self.process.is_alive(), self.log.read_text()[-3000:]
            assert time.monotonic() < end, "waited too long"
            time.sleep(0.02)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)


@dataclass
class Crawling:
    """A folder for crawls of one made-up outlet, `sample`."""

    home: Path
    feeds: Sequence[str] = ()  # "listing https://…" is a feed of another kind than RSS
    domains: Sequence[str] = ("127.0.0.1",)
    extra: str = ""  # TOML that goes before the feeds
    status: str = "active"
    feed_extra: str = ""

    def declare(self) -> Path:
        folder = self.home / "outlets"
        folder.mkdir(exist_ok=True)
        kinds = [(" " + feed).rsplit(" ", 1) for feed in self.feeds]
        feeds = "".join(
            f"[[feeds]]\nkind = '{kind.strip() or 'rss'}'\nurl = '{url}'\n{self.feed_extra}\n" for kind, url in kinds
        )
        home = kinds[0][1].rsplit("/", 1)[0]
        (folder / "sample.toml").write_text(
            f"name = 'Sample'\nhome = '{home}/'\ndomains = {json.dumps(list(self.domains))}\nlanguages = ['en']\n"
            f"status = '{self.status}'\n{self.extra}\n{'' if '[politeness]' in self.extra else _NO_DELAY}\n{feeds}"
        )
        return folder

    def know(self, pages: Iterable[KnownPage] = (), feeds: Iterable[KnownFeed] = ()) -> None:
        write_state(self.home / "state.sqlite", pages, feeds)

    def arguments(self, *options: str, crawl_id: str = CRAWL_ID) -> list[str]:
        if not (self.home / "state.sqlite").exists():
            self.know()
        given = ["sample", "--crawl-id", crawl_id, "--state", str(self.home / "state.sqlite")]
        given += ["--spool", str(self.home / "spool"), "--archive", str(self.home / "archive")]
        return [*given, "--outlets", str(self.declare()), *options]

    def start(
        self,
        *options: str,
        settings: dict[str, Any] | None = None,
        environment: dict[str, str] | None = None,
        crawl_id: str = CRAWL_ID,
    ) -> Running:
        arguments = self.arguments(*options, crawl_id=crawl_id)
        stem = f"{crawl_id}-{time.monotonic_ns()}"
        out, log = self.home / f"{stem}.out", self.home / f"{stem}.log"
        process = FORK.Process(target=_child, args=(arguments, QUICK | (settings or {}), environment or {}, out, log))
        process.start()
        return Running(process, out, log, crawl_id)

    def run(self, *options: str, **how: Any) -> Ended:
        return self.ended(self.start(*options, **how))

    def ended(self, running: Running) -> Ended:
        running.process.join(timeout=60)
        assert running.process.exitcode is not None, running.log.read_text()[-3000:]
        out, log, crawl_id = running.out.read_text(), running.log.read_text(), running.crawl_id
        last = out.strip().splitlines()[-1] if out.strip() else ""
        manifest = TypeAdapter(Manifest).validate_json(last) if '"crawl_id"' in last else None
        ended = Ended(code=running.process.exitcode, log=log, manifest=manifest)
        archive = Archive(self.home / "archive")
        if crawl_id in archive.crawl_ids("sample"):
            for entry in archive.entries(crawl_id):
                if isinstance(entry, LinkFate):
                    ended.fates.append(entry)
                elif isinstance(entry, Page):
                    ended.fetches.append(entry.fetch)
                    ended.pages[_path(entry.fetch.first_url)] = entry
                else:
                    ended.fetches.append(entry)
        return ended


_NO_DELAY = "[politeness]\ndelay_seconds = 0\n"


def _child(arguments: list[str], settings: dict[str, Any], environment: dict[str, str], out: Path, log: Path) -> None:
    """Be a crawl's process."""
    from crawlers.__main__ import main

    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ.update(environment)
    if "TEST_STDIN" in os.environ:
        os.dup2(os.open(os.environ["TEST_STDIN"], os.O_RDONLY), 0)
        sys.stdin = os.fdopen(0)
    for number, path in ((1, out), (2, log)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1) for number in (1, 2))
    if "TEST_HOSTS" in os.environ:
        settings["TWISTED_DNS_RESOLVER"] = FixedResolver
    sys.exit(main(arguments, overrides=settings))
