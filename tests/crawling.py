"""Crawls for tests: a declaration, a state and a real child process, `python -m crawlers` with loopback let through."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        kept = ("finish_reason", "links", "fates", "fetches", "forced", "outlet", "outlet_sha256")
        return {name: getattr(self.manifest, name) for name in kept}


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@dataclass
class Crawling:
    """A folder for crawls of one made-up outlet, `sample`."""

    home: Path
    feeds: Sequence[str] = ()
    domains: Sequence[str] = ("127.0.0.1",)
    extra: str = ""  # TOML that goes before the feeds
    kind: str = "rss"
    feed_extra: str = ""

    def declare(self) -> Path:
        folder = self.home / "outlets"
        folder.mkdir(exist_ok=True)
        feeds = "".join(f"[[feeds]]\nkind = '{self.kind}'\nurl = '{url}'\n{self.feed_extra}\n" for url in self.feeds)
        home = self.feeds[0].split("/feed")[0] if self.feeds else f"http://{self.domains[0]}/"
        (folder / "sample.toml").write_text(
            f"name = 'Sample'\nhome = '{home}/'\ndomains = {json.dumps(list(self.domains))}\nlanguages = ['en']\n"
            f"status = 'active'\n{self.extra}\n{'' if '[politeness]' in self.extra else _NO_DELAY}\n{feeds}"
        )
        return folder

    def know(self, pages: Iterable[KnownPage] = (), feeds: Iterable[KnownFeed] = ()) -> None:
        write_state(self.home / "state.sqlite", pages, feeds)

    def command(self, *options: str, crawl_id: str = CRAWL_ID, settings: dict[str, Any] | None = None) -> list[str]:
        if not (self.home / "state.sqlite").exists():
            self.know()
        arguments = ["sample", "--crawl-id", crawl_id, "--state", str(self.home / "state.sqlite")]
        arguments += ["--spool", str(self.home / "spool"), "--archive", str(self.home / "archive")]
        arguments += ["--outlets", str(self.declare()), *options]
        return [sys.executable, __file__, json.dumps(QUICK | (settings or {})), *arguments]

    def start(self, *options: str, environment: dict[str, str] | None = None, **how: Any) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return subprocess.Popen(
            self.command(*options, **how), stdout=pipe, stderr=pipe, text=True, env=clean | (environment or {})
        )

    def run(self, *options: str, **how: Any) -> Ended:
        return self.ended(self.start(*options, **how), how.get("crawl_id", CRAWL_ID))

    def ended(self, process: subprocess.Popen[str], crawl_id: str = CRAWL_ID) -> Ended:
        out, log = process.communicate(timeout=60)
        last = out.strip().splitlines()[-1] if out.strip() else ""
        manifest = TypeAdapter(Manifest).validate_json(last) if '"crawl_id"' in last else None
        ended = Ended(code=process.returncode, log=log, manifest=manifest)
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


if __name__ == "__main__":
    from crawlers.__main__ import main

    settings = json.loads(sys.argv[1])
    if "TEST_HOSTS" in os.environ:
        settings["TWISTED_DNS_RESOLVER"] = FixedResolver
    sys.exit(main(sys.argv[2:], overrides=settings))
