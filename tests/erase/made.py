"""A page to be erased, what stands around it, and where its words may be left."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawlers.archive import Archive, CrawlWriter, publish
from crawlers.records import Fate, LinkFate, Purpose
from crawlers.state import KnownPage
from processing import crawl as stages
from processing import database
from processing.check import Severity, check
from processing.crawl import Place
from processing.deduplicate import deduplicate
from processing.erase import erase
from processing.reference import load_outlets, load_reference
from processing.relate import relate
from tests.sample_crawl import (
    CRAWL,
    LATER_CRAWL,
    OUTLET,
    START,
    attempt,
    facts,
    fetched,
    head,
    link,
    request,
)
from tests.seed import rows

TOML = """
name = "Sample Outlet"
home = "https://news.example/"
domains = ["news.example"]
languages = ["en"]
status = "active"
[[feeds]]
kind = "rss"
url = "https://news.example/feed"
"""
SECRET = "Qaboun"  # in every text of the page to be erased, and nowhere else
WORDS = (
    "army road village truck winter school hospital bread convoy bridge river market harvest soldiers families tents "
    "rain mountain border crossing officer council water engineers pipeline station fuel prices traders olive groves "
    "children teachers buses checkpoint patrol letter meeting elders mosque bakery flour warehouse aid workers doctors "
    "clinic vaccine power cables repair crews frost snow shepherds flock valley dam reservoir fishermen boats harbour "
    "port cranes grain silo mill shop tailor street lamps garden wall gate courtyard roof smoke dust wind morning evening "
    "night Friday holiday wedding funeral visitors guests journalists camera radio antenna tower signal phone line"
).split()
RUN = CliRunner()
KEY = link(1).key


def settle(connection) -> None:
    """Link copies and bring together the articles of one event."""
    deduplicate(connection)
    relate(connection)


def html(number: int, words: str = "") -> bytes:
    """An article of its own: names, numbers and order differ from any other's."""
    name = SECRET if number == 1 else f"Village{number}"
    chosen = random.Random(number).sample(WORDS, len(WORDS))
    told = "".join(
        f"<p>Near {name} the {' '.join(chosen[at : at + 12])} were seen by residents.</p>" for at in range(0, 96, 12)
    )
    title = f"Shelling of {name} {words}"
    return (
        f"<html><head><title>{title}</title><meta property='article:published_time' content='2026-01-0{number}T10:00:00Z'>"
        f"</head><body><article><h1>{title}</h1>{told}</article></body></html>"
    ).encode()


class Nights:
    """Two crawls in an archive, loaded: page 1 is the one to be erased.

    First night: pages 1 to 4, of which 3 has the bytes of 1 and 4 the text of 2. Second night: 1 was edited, 2 and 3 are
    as they were, 5 has the new bytes of 1.
    """

    def __init__(self, tmp_path: Path, root: str, url: str) -> None:
        self.url = url
        self.home = tmp_path
        folder = tmp_path / "outlets"
        folder.mkdir()
        (folder / f"{OUTLET}.toml").write_text(TOML)
        self.place = Place(home=tmp_path, archive=root, outlets=folder)
        self.archive = Archive(root)
        first = self.crawl(CRAWL, {1: html(1), 2: html(2), 3: html(1), 4: html(2) + b"<!-- again -->"}, {})
        known = {
            number: KnownPage(
                key=link(number).key, url=link(number).url, first_seen_at=START, last_fetched_at=START,
                body_sha256=fetch.body_sha256, warc_file=fetch.payload_file or fetch.warc_file,
                warc_offset=fetch.warc_offset if fetch.payload_offset is None else fetch.payload_offset,
            )
            for number, fetch in first.items()
        }  # fmt: skip
        self.crawl(LATER_CRAWL, {1: html(1, "corrected"), 2: html(2), 3: html(1), 5: html(1, "corrected")}, known)

    def crawl(self, crawl_id: str, pages: dict[int, bytes], known: dict[int, KnownPage]) -> dict:
        feed = b"".join(f"<item><title>{fetched(n).link.title} {SECRET}</title></item>".encode() for n in pages)
        writer = CrawlWriter.open(self.home / "spool", facts(crawl_id), archive=self.archive)
        asked = attempt(0, purpose=Purpose.FEED, key=None, url=link(1).feed_url, first_url=link(1).feed_url)
        writer.fetch(asked, request(0), head(Content_Type="application/rss+xml"), b"<rss>" + feed + b"</rss>")
        twice = link(1, position=9, title=f"{SECRET} twice")
        writer.links(link(1).feed_url, [*map(link, pages), twice])
        done = {}
        for number, sent in pages.items():
            packed = gzip.compress(sent, mtime=0)
            answer = head(Content_Type="text/html; charset=utf-8", Content_Encoding="gzip")
            made = writer.fetch(
                attempt(number), request(number), answer, packed, link=link(number), previous=known.get(number)
            )
            done[number] = made
            writer.fate(fetched(number))
        writer.fate(LinkFate(link=twice, fate=Fate.DUPLICATE_LINK))
        writer.close(START + dt.timedelta(hours=1), "finished")
        publish(self.home / "spool", crawl_id, self.archive)
        return done

    def load(self, *crawl_ids: str, url: str = "") -> None:
        with closing(database.connect(url or self.url)) as connection:
            load_reference(connection)
            load_outlets(connection, [self.place.outlet(OUTLET)], self.place.outlets)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BULLETINS_DATABASE_URL", url or self.url)
            for crawl_id in crawl_ids or (CRAWL, LATER_CRAWL):
                stages.clean(crawl_id, self.place)
                stages.tag_crawl(crawl_id, self.place)
                counts = stages.load(crawl_id, self.place)
                assert counts.silent_losses == 0

    def bytes(self) -> dict[str, bytes]:
        """All files of the archive, by path below its root."""
        paths = self.archive.fs.find(self.archive.base)
        return {str(path).removeprefix(self.archive.base): self.archive.fs.cat_file(path) for path in paths}

    def warcs(self) -> dict[str, bytes]:
        return {path: data for path, data in self.bytes().items() if path.endswith(".warc.gz")}


def do(connection, nights: Nights, key: str = KEY, **how):
    return erase(connection, nights.place, key, basis="a request", decided_by="editor", **how)


def failed(connection) -> list[str]:
    return [result.name for result in check(connection) if result.count and result.severity is Severity.FAIL]


def everything(connection) -> str:
    """All rows of all tables but the reference ones, as text."""
    names = rows(
        connection,
        "select c.oid::regclass::text from pg_class c where relkind = 'r' and relnamespace = 'news'::regnamespace "
        "and relname not in ('places', 'actors', 'sources', 'exports', 'event_types', 'outlets') and relname !~ '^schema'",
    )
    return "\n".join(str(row) for (name,) in names for row in rows(connection, f"select t::text from {name} as t"))


def snapshot(connection) -> list:
    return [
        sorted(rows(connection, f"select t::text from news.{name} as t"))
        for name in ("articles", "article_versions", "fetches", "links", "stories", "story_articles", "copy_pairs", "erasures",
                     "crawl_files", "fingerprints", "fingerprint_marks")
    ]  # fmt: skip


def inflated(nights: Nights) -> bytes:
    """What the archive says, with every body unpacked."""
    parts = []
    for data in nights.warcs().values():
        for record in WarcioIterator(io.BytesIO(data), no_record_parse=True):
            block = record.raw_stream.read()
            parts.append(str(record.rec_headers.headers).encode() + block)
            if b"\x1f\x8b" in block:
                parts.append(gzip.decompress(block[block.index(b"\x1f\x8b") :]))
    return b"\n".join(parts)


class Killed(Exception):
    """Stands for the death of the process."""


def killer(after: int):
    """Die when the nth step is done."""
    left = [after]

    def step(name: str) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Killed(name)

    return step


def steps_of(connection, nights) -> list[str]:
    steps: list[str] = []
    do(connection, nights, on_step=steps.append)
    return steps
