"""A recorded web answers like a live one: the same spider and middlewares, no socket, the recorded bytes and faults."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers import run
from crawlers.archive import Archive
from crawlers.records import Manifest
from crawlers.state import KnownPage, write_state
from crawlers.urls import key
from tests.crawling import CRAWL_ID, FORK, Crawling, Ended

HOST = "https://news.example"
HTML = b"<!doctype html><title>A</title><p>text</p>"
SEEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Recording:
    """A WARC file in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=True)

    def add(self, path: str, body: bytes = HTML, status: str = "200 OK", truncated: str = "", **headers: str) -> None:
        """Record one answer; header names are given with _ for -."""
        fields = [(name.replace("_", "-").title(), value) for name, value in headers.items()]
        head = StatusAndHeaders(status, [("Content-Type", "text/html"), *fields], protocol="HTTP/1.1")
        warc = {"WARC-Truncated": truncated} if truncated else None
        record = self._writer.create_warc_record(
            HOST + path, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=warc
        )
        self._writer.write_record(record)

    def feed(self, *paths: str) -> None:
        """Record a feed that lists these pages."""
        items = "".join(f"<item><title>T</title><link>{HOST}{path}</link></item>" for path in paths)
        self.add("/feed", f"<rss version='2.0'><channel><title>S</title>{items}</channel></rss>".encode())

    def close(self) -> Path:
        self._file.close()
        return self.path


# What is recorded, and how the attempt ends; a fault is asked for three times, as live.
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "/ok": ({}, "ok"),
    "/gzip": ({"body": gzip.compress(HTML), "content_encoding": "gzip"}, "ok"),
    "/chunked": ({"body": b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML), "transfer_encoding": "chunked"}, "ok"),
    "/disconnect": ({"truncated": "disconnect"}, "truncated"),
    "/time": ({"truncated": "time"}, "timeout"),
    "/length": ({"truncated": "length"}, "too_large"),
    "/unspecified": ({"truncated": "unspecified"}, "truncated"),
    "/short": ({"content_length": "9999"}, "truncated"),
    "/empty": ({"body": b""}, "empty"),
    "/404": ({"status": "404 Not Found"}, "not_found"),
    "/503": ({"status": "503 Busy", "retry_after": "1"}, "server_error"),
    "/429": ({"status": "429 Slow down", "retry_after": "99999"}, "rate_limited"),
    "/offsite": ({"status": "302 Found", "location": "https://elsewhere.example/"}, "redirect_offsite"),
}


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """One crawl of a recording of every case."""
    home = tmp_path_factory.mktemp("replayed")
    recording = Recording(home / "web.warc.gz")
    recording.feed(*CASES, "/absent", "/moved")
    recording.add("/moved", status="301 Moved", location="/ok?moved")
    recording.add("/ok?moved")
    for path, (answer, _) in CASES.items():
        recording.add(path, **answer)
    return _crawling(home).run("--replay", str(recording.close()))


def _crawling(home: Path) -> Crawling:
    # The delay is one that a live crawl would take minutes with.
    slow = "[politeness]\ndelay_seconds = 60"
    return Crawling(home, feeds=[f"{HOST}/feed"], domains=["news.example"], extra=slow)


@pytest.mark.parametrize("path", CASES)
def test_a_recorded_answer_ends_as_it_would_live(path: str, replayed: Ended) -> None:
    outcome = CASES[path][1]
    repeated = outcome in ("truncated", "timeout", "server_error")
    assert replayed.outcomes(path) == [outcome] * (3 if repeated else 1), replayed.log


def test_a_recorded_rate_limit_does_not_keep_us_from_the_rest(replayed: Ended) -> None:
    assert replayed.fate("/429") == ("deferred", "rate_limited")
    assert replayed.fate("/offsite") == ("fetch_failed", "redirect_offsite")


def test_what_was_not_recorded_is_not_found_out_there(replayed: Ended) -> None:
    assert replayed.outcomes("/absent") == ["not_in_replay"]
    assert replayed.outcomes("/robots.txt") == ["not_in_replay"]  # no rules, then
    assert replayed.outcomes("/moved") == ["redirected", "ok"]


def test_the_recorded_head_and_body_go_into_the_archive(replayed: Ended) -> None:
    found = replayed.pages["/gzip"]
    assert found.body == replayed.pages["/chunked"].body == HTML
    assert ("Content-Encoding", "gzip") in found.headers
    assert found.fetch.server_ip is None
    assert found.fetch.tls_verified is None
    assert found.fetch.detail.startswith("recorded 20")
    assert replayed.manifest is not None
    assert replayed.manifest.replay == "web.warc.gz"


def test_the_second_request_for_a_page_gets_the_second_answer(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.feed("/p")
    recording.add("/p", status="500 Oops")
    recording.add("/p")
    ended = _crawling(tmp_path).run("--replay", str(recording.close()))
    assert ended.outcomes("/p") == ["server_error", "ok"]


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({"etag": '"a"'}, "not_modified"),
        ({"etag": '"b"'}, "ok"),
        ({"last_modified": "Thu, 01 Jan 2026 00:00:00 GMT"}, "not_modified"),
        ({"etag": '"b"', "last_modified": "Thu, 01 Jan 2026 00:00:00 GMT"}, "ok"),
    ],
)
def test_a_recorded_page_that_has_not_changed_is_not_sent_again(
    known: dict[str, str], outcome: str, tmp_path: Path
) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.feed("/p")
    recording.add("/p", etag='"a"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT")
    crawling = _crawling(tmp_path)
    now = dt.datetime.now(dt.UTC)
    times = {"first_seen_at": SEEN, "last_fetched_at": now, "last_full_at": now}
    crawling.know([KnownPage(key=key(f"{HOST}/p"), url=f"{HOST}/p", due=True, **times, **known)])  # type: ignore[arg-type]
    assert crawling.run("--replay", str(recording.close())).outcomes("/p") == [outcome]


def test_no_socket_is_opened_and_no_name_looked_up(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.feed("/p", "/absent")
    recording.add("/p")
    crawling = _crawling(tmp_path)
    arguments = crawling.arguments("--replay", str(recording.close()))
    process = FORK.Process(target=_watched, args=(arguments, tmp_path / "events.json"))
    process.start()
    process.join(60)
    assert json.loads((tmp_path / "events.json").read_text()) == {"code": 10, "network": []}


def test_a_file_that_is_no_warc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "web.warc.gz").write_bytes(b"no WARC at all")
    ended = _crawling(tmp_path).run("--replay", str(tmp_path / "web.warc.gz"))
    assert ended.code == 30
    assert "web.warc.gz" in ended.log
    assert "Traceback" not in ended.log


def test_a_crawl_is_started_watched_and_read_by_run(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.feed("/p", "/absent")
    recording.add("/p")
    seen: list[dict[str, int]] = []
    manifest = _run(tmp_path, recording.close(), on_progress=seen.append)
    assert manifest.fates == {"fetch_failed": 1, "fetched": 1}
    assert seen[-1] == {"links": 2, "fetched": 1, "failed": 1}
    assert Archive(tmp_path / "archive").manifest(CRAWL_ID) == manifest


def test_run_says_whether_another_try_may_help(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.add("/feed", status="500 Oops")
    with pytest.raises(run.CrawlFailed, match="sample: try again") as failed:
        _run(tmp_path, recording.close())
    assert failed.value.retryable
    assert failed.value.manifest is not None
    with pytest.raises(run.CrawlFailed, match="--crawl-id: expected") as failed:
        _run(tmp_path, recording.path, crawl_id="other-20260101T000000Z-00000001")
    assert not failed.value.retryable


def test_an_interrupted_run_leaves_no_process_behind(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "web.warc.gz")
    recording.feed("/p")

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _run(tmp_path, recording.close(), on_progress=interrupt)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert not [pid for pid in children if "crawlers" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")]


@pytest.mark.corpus
def test_real_pages_are_replayed_without_loss(tmp_path: Path) -> None:
    corpus = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")) / "web" / "syria-web.warc.gz"
    if not corpus.exists():
        pytest.skip(f"{corpus} is not there; BULLETINS_CORPUS names the folder of real data")
    for host in ("npasyria.com", "www.enabbaladi.net", "sana.fa-kes.example"):
        crawling = Crawling(tmp_path, feeds=[f"https://{host}/feed/"], domains=[host])
        ended = crawling.run("--replay", str(corpus.absolute()), crawl_id=f"sample-20260101T000000Z-{key(host)[:8]}")
        assert ended.manifest is not None, ended.log
        assert ended.manifest.links == sum(ended.manifest.fates.values()) > 9
        assert set(ended.manifest.fates) <= {"fetched", "duplicate_link", "rejected"}
        assert len(ended.pages) == ended.manifest.fates["fetched"]


def _run(home: Path, replay: Path, *, crawl_id: str = CRAWL_ID, **how: Any) -> Manifest:
    write_state(home / "state.sqlite", [], [])
    crawling = Crawling(home, feeds=[f"{HOST}/feed"], domains=["news.example"])
    places = {"state": home / "state.sqlite", "spool": home / "spool", "archive": str(home / "archive")}
    return run.crawl("sample", crawl_id=crawl_id, outlets=crawling.declare(), replay=replay, **places, **how)  # type: ignore[arg-type]


def _watched(arguments: list[str], out: Path) -> None:
    """Crawl, and write down every event of the network; be a process of its own."""
    network: list[str] = []

    def hook(event: str, _: object) -> None:
        # Not socket.bind: urllib3, which comes with the public suffix list, tries on import whether it may use IPv6.
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg") or event.startswith("socket.get"):
            network.append(event)

    sys.addaudithook(hook)
    from crawlers.__main__ import main

    code = main(arguments)
    out.write_text(json.dumps({"code": code, "network": network}))
