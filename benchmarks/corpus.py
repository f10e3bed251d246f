"""The replayable web of the corpus: its outlets, its expectations, and the same web with faults or without feed dates.

Everything is made in a working folder at run time; nothing of the corpus is kept in the project. Any folder of the same
layout can be given, so that figures can be made again on other data.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers import urls


def corpus(folder: Path | None = None) -> Path:
    """Return the corpus folder: the argument, BULLETINS_CORPUS or ../shared/corpus; it may not exist."""
    return folder or Path(os.environ.get("BULLETINS_CORPUS") or "../shared/corpus").absolute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is known of one page of the corpus."""

    key: str
    url: str
    outlet: str  # slug of the generated declaration
    title: str
    body: str
    language: str
    published_on: dt.date  # the assigned publication day, UTC


def expected(web: Path) -> list[Expected]:
    """Read web/expected.jsonl.gz."""
    with gzip.open(web / "expected.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_expected(json.loads(line)) for line in lines]


def _expected(row: dict[str, Any]) -> Expected:
    return Expected(
        key=urls.key(row["url"]),
        url=row["url"],
        outlet=slug(row["host"]),
        title=row["title"],
        body=row["body"],
        language=row["language"],
        published_on=dt.datetime.fromisoformat(row["published"]).astimezone(dt.UTC).date(),
    )


def slug(host: str) -> str:
    """Name the outlet of a host: `www.example.net` is `h_www_example_net`."""
    return ("h_" + re.sub(r"[^a-z0-9]+", "_", host.lower()).strip("_"))[:40]


def write_outlets(rows: list[Expected], folder: Path) -> int:
    """Write one declaration per host, without selectors or rules; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    hosts: dict[str, set[str]] = {}
    for row in rows:
        hosts.setdefault(urlsplit(row.url).netloc, set()).add(row.language)
    for host, languages in hosts.items():
        listed = ", ".join(f'"{language}"' for language in sorted(languages))
        (folder / f"{slug(host)}.toml").write_text(
            f'name = "{slug(host)}"\nhome = "https://{host}/"\ndomains = ["{host}"]\nlanguages = [{listed}]\n'
            f'status = "active"\nstatus_evidence = "part of the benchmark"\n\n'
            f'[[feeds]]\nkind = "rss"\nurl = "https://{host}/feed/"\n',
            encoding="utf-8",
        )
    return len(hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded response."""

    url: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    truncated: str | None = None  # WARC-Truncated


def responses(warc: Path) -> Iterator[Recorded]:
    """Read the responses of a WARC."""
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield Recorded(
                    url=record.rec_headers.get_header("WARC-Target-URI"),
                    status=record.http_headers.statusline,
                    headers=record.http_headers.headers,
                    body=record.content_stream().read(),
                )


def rewrite(source: Path, target: Path, change: Callable[[Recorded], Recorded]) -> None:
    """Copy a WARC, each response changed by `change`."""
    with target.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for answer in map(change, responses(source)):
            headers = {"WARC-Truncated": answer.truncated} if answer.truncated else {}
            writer.write_record(
                writer.create_warc_record(
                    answer.url,
                    "response",
                    payload=io.BytesIO(answer.body),
                    http_headers=StatusAndHeaders(answer.status, answer.headers, protocol="HTTP/1.1"),
                    warc_headers_dict=headers,
                )
            )


def without_dates(answer: Recorded) -> Recorded:
    """Withhold the dates of a feed; pages stay as they are."""
    if not answer.url.endswith("/feed/"):
        return answer
    body = re.sub(rb"<pubDate>.*?</pubDate>", b"", answer.body)
    return Recorded(url=answer.url, status=answer.status, headers=_resized(answer, body), body=body)


# Each fault, and the term of the accounting that it belongs to: (outcome of the link, reason).
FAULTS: dict[str, tuple[str, str]] = {
    "not_found": ("fetch_failed", "not_found"),
    "gone": ("fetch_failed", "gone"),
    "forbidden": ("fetch_failed", "forbidden"),
    "server_error": ("fetch_failed", "server_error"),
    "cut_off": ("fetch_failed", "truncated"),
    "empty": ("fetch_failed", "empty"),
    "slow": ("fetch_failed", "timeout"),
    "wrong_type": ("rejected", "not_html"),
}


class Faults:
    """Turns a share of the pages' responses into faults and remembers which."""

    def __init__(self, share: float, seed: int) -> None:
        self._random = random.Random(seed)
        self._share = share
        self.planted: dict[str, str] = {}  # key of the page -> name of the fault

    def __call__(self, answer: Recorded) -> Recorded:
        """Return the response, or a fault in its place."""
        path = urlsplit(answer.url).path
        if path in ("/feed/", "/robots.txt") or self._random.random() >= self._share:
            return answer
        fault = self._random.choice(sorted(FAULTS))
        self.planted[urls.key(answer.url)] = fault
        return _fault(fault, answer)


def _fault(fault: str, answer: Recorded) -> Recorded:
    half = answer.body[: len(answer.body) // 2]
    statuses = {
        "not_found": "404 Not Found",
        "gone": "410 Gone",
        "forbidden": "403 Forbidden",
        "server_error": "503 Service Unavailable",
    }
    if status := statuses.get(fault):
        body = b"<html><body><p>" + status.encode() + b"</p></body></html>"
        return Recorded(url=answer.url, status=status, headers=_resized(answer, body), body=body)
    if fault == "wrong_type":
        body = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
        headers = [("Content-Type", "image/png"), ("Content-Length", str(len(body)))]
        return Recorded(url=answer.url, status=answer.status, headers=headers, body=body)
    if fault == "empty":
        return Recorded(url=answer.url, status=answer.status, headers=_resized(answer, b""), body=b"")
    reason = "time" if fault == "slow" else "disconnect"
    return Recorded(url=answer.url, status=answer.status, headers=answer.headers, body=half, truncated=reason)


def _resized(answer: Recorded, body: bytes) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in answer.headers if name.lower() != "content-length"]
    return [*kept, ("Content-Length", str(len(body)))]
