"""What five parsers' test suites state about their feeds, read straight from their archives.

Each suite states its expectations in its own way; here they become the same three things: how many entries a feed has,
which page each leads to, and when it was published. What a suite says of other things (authors, sanitised HTML, media)
is not ours to meet.
"""

from __future__ import annotations

import ast
import calendar
import datetime as dt
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from lxml import etree

FEED_FILE = re.compile(r"\.(?:xml|rss|atom|json|html)$")
HEADER = re.compile(rb"^Header:\s+([\w-]+):[ \t]*(.*?)\s*$", re.MULTILINE)
EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
PARSED = ("published_parsed", "updated_parsed", "created_parsed")


@dataclass(frozen=True)
class Stated:
    """What a suite says of one feed; None or absent: it says nothing."""

    entries: int | None = None
    at_least: bool = False  # the suite mentions an entry of that number, not how many there are
    links: dict[int, tuple[str, ...]] = field(default_factory=dict)  # entry → the addresses that would be right
    dates: dict[int, dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One feed of a suite."""

    suite: str
    name: str
    body: bytes
    stated: Stated
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the feed would have come from: its suite's server, or what its Content-Location says."""
        base = f"http://127.0.0.1:8097/{self.name}"
        return self.headers.get("content-location") or base


def read_suites(corpus: Path) -> Iterator[Case]:
    """Every feed of every suite below `corpus`, sorted by name."""
    for archive in sorted(corpus.glob("*/*.tar.gz")):
        with tarfile.open(archive) as tar:
            files = {m.name: tar.extractfile(m).read() for m in tar if m.isfile()}  # type: ignore[union-attr]
        read = READERS[archive.parent.name]
        for name, body in sorted(files.items()):
            if FEED_FILE.search(name) and (case := read(name, body, files)):
                yield case


def _feedparser(name: str, body: bytes, _files: dict[str, bytes]) -> Case:
    text = next(text for text in map(body.decode, _encodings(), ["replace"] * 9) if "Expect:" in text)
    expectation = EXPECT.search(text)
    headers = {key.decode().lower(): value.decode("latin-1") for key, value in HEADER.findall(body)}
    stated = _from_expression(expectation[1].strip()) if expectation else Stated()
    return Case("feedparser", name, body, stated, headers)


def _encodings() -> tuple[str, ...]:
    return ("utf-8", "utf-16", "utf-32", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le", "latin-1", "cp037")


def _from_expression(source: str) -> Stated:
    """A Python expression over `entries` → what it says of number, link and dates."""
    highest, exact = -1, None
    links: dict[int, tuple[str, ...]] = {}
    dates: dict[tuple[int, str], dt.datetime] = {}
    tree = ast.parse(source, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "entries":
            highest = max(highest, int(ast.literal_eval(node.slice)))
    for left, value in _equations(tree):
        about = re.fullmatch(r"entries\[(\d+)\](?:\.|\[')(\w+)(?:'\])?(\[\d+\]\['href'\])?", left)
        if left == "len(entries)":
            exact = int(value)
        elif about and (about[2] == "link" or (about[2] == "links" and about[3] == "[0]['href']")):
            links[int(about[1])] = (str(value),)
        elif about and about[2] in PARSED and value:
            dates[int(about[1]), about[2]] = dt.datetime.fromtimestamp(calendar.timegm(value), dt.UTC)
    best = {index: dates[index, name] for name in reversed(PARSED) for index, stated in dates if stated == name}
    count = exact if exact is not None else (highest + 1 if highest >= 0 else None)
    return Stated(count, exact is None, links, best)


def _equations(tree: ast.AST) -> Iterator[tuple[str, Any]]:
    """The parts of `a == b == literal`, as (a, literal), (b, literal)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and all(isinstance(op, ast.Eq) for op in node.ops):
            *expressions, last = [node.left, *node.comparators]
            try:
                value = ast.literal_eval(last)
            except ValueError:
                continue
            yield from ((ast.unparse(expression), value) for expression in expressions)


def _gofeed(name: str, body: bytes, files: dict[str, bytes]) -> Case | None:
    stem = name.removesuffix(".xml").removesuffix(".json")
    expected = files.get(f"{stem}_expected.json") or (files.get(f"{stem}.json") if name.endswith(".xml") else None)
    is_expectation = name.endswith("_expected.json") or (name.endswith(".json") and f"{stem}.xml" in files)
    if is_expectation:
        return None
    return Case("gofeed", name, body, _from_json(json.loads(expected)) if expected else Stated())


def _feed_rs(name: str, body: bytes, files: dict[str, bytes]) -> Case | None:
    if name.endswith(".serde.json"):
        return None
    expected = files.get(re.sub(r"\.(?:xml|json)$", ".serde.json", name))
    return Case("feed-rs", name, body, _from_json(json.loads(expected)) if expected else Stated())


def _rss_parser(name: str, body: bytes, files: dict[str, bytes]) -> Case | None:
    if "/output/" in name:
        return None
    expected = files.get(f"test/output/{PurePosixPath(name).stem}.json")
    return Case(
        "rss-parser",
        name,
        body,
        _from_json(json.loads(expected.decode("utf-8", "replace"))["feed"]) if expected else Stated(),
    )


def _from_json(feed: dict[str, Any]) -> Stated:
    """The three JSON suites: `items` or `entries`, `link` or `links`, dates under several names, the best first."""
    entries = feed.get("items") or feed.get("entries") or []
    links = {index: addresses for index, entry in enumerate(entries) if (addresses := _addresses(entry))}
    dates = {index: moment for index, entry in enumerate(entries) if (moment := _stated_date(entry))}
    return Stated(len(entries), False, links, dates)


def _addresses(entry: dict[str, Any]) -> tuple[str, ...]:
    links = [link if isinstance(link, dict) else {"href": link} for link in entry.get("links") or ()]
    alternates = [link.get("href") for link in links if link.get("rel") in (None, "", "alternate")]
    return tuple(str(link) for link in (entry.get("link") or entry.get("url"), *alternates) if link)


def _stated_date(entry: dict[str, Any]) -> dt.datetime | None:
    names = ("publishedParsed", "pubDateParsed", "isoDate", "published", "updatedParsed", "updated")
    for text in (entry.get(name) for name in names):
        try:
            return dt.datetime.fromisoformat(text) if text else None or (_ for _ in ()).throw(ValueError)
        except ValueError:
            continue
    return None


def _node_feedparser(name: str, body: bytes, _files: dict[str, bytes]) -> Case:
    return Case("node-feedparser", name, body, _from_document(body))


def _from_document(body: bytes) -> Stated:
    """This suite's expectations are in its JavaScript, not in the archive: lxml's reading of the document stands in."""
    root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None or etree.QName(root).localname.lower() not in ("rss", "feed", "rdf"):
        return Stated()
    entries = root.xpath("//*[local-name()='item' or local-name()='entry']")
    links, dates = {}, {}
    for index, entry in enumerate(entries):
        alternates = entry.xpath("./*[local-name()='link'][not(@rel) or @rel='alternate']")
        texts = [urljoin(link.base or "", (link.get("href") or link.text or "").strip()) for link in alternates]
        moments = entry.xpath("./*[local-name()='pubDate' or local-name()='published']/text()")
        if any(texts):
            links[index] = tuple(filter(None, texts))
        if moments and (moment := _stated_date({"published": str(moments[0])}) or _rfc_date(str(moments[0]))):
            dates[index] = moment
    return Stated(len(entries), False, links, dates)


def _rfc_date(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


READERS = {
    "feedparser": _feedparser,
    "gofeed": _gofeed,
    "feed-rs": _feed_rs,
    "rss-parser": _rss_parser,
    "node-feedparser": _node_feedparser,
}
