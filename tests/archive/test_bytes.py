"""What was received comes back as it was, in records that other tools can prove."""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from crawlers.archive import Archive, CrawlWriter, decode
from crawlers.archive.message import MAX_BODY
from crawlers.records import ArchiveError, Fetch, FetchOutcome, Page
from crawlers.state import KnownPage
from tests.archive.opened import finish, known, records, warcs
from tests.sample_crawl import (
    CRAWL,
    LATER_CRAWL,
    attempt,
    body,
    facts,
    head,
    link,
    published,
    request,
    write_crawl,
    write_feed,
    write_page,
)


def write_every_kind(writer: CrawlWriter) -> list[Fetch]:
    """Commit one attempt of each kind that the files know."""
    done = [write_feed(writer, 3), write_page(writer, 1), write_page(writer, 2, body(1))]
    for number, (outcome, status) in enumerate(
        [
            (FetchOutcome.NOT_FOUND, "404 Not Found"),
            (FetchOutcome.REDIRECTED, "301 Moved Permanently"),
            (FetchOutcome.NOT_MODIFIED, "304 Not Modified"),
            (FetchOutcome.EMPTY, "200 OK"),
        ],
        start=3,
    ):
        content = body(number) if outcome is FetchOutcome.NOT_FOUND else b""
        fetch = attempt(number, outcome=outcome, status=int(status[:3]))
        done.append(writer.fetch(fetch, request(number), head(status), content, link=link(number)))
    for number, outcome in enumerate([FetchOutcome.TIMEOUT, FetchOutcome.ROBOTS_DENIED], start=7):
        fetch = attempt(number, outcome=outcome, status=None, detail="nothing came")
        done.append(writer.fetch(fetch, request(number), b"", b"", link=link(number)))
    return done


def test_warcio_finds_every_record_and_every_digest_right(writer, tmp_path, capsys):
    write_every_kind(writer)
    [file] = warcs(finish(writer, tmp_path))
    checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=True))
    assert checker.process_all() == 0
    told = capsys.readouterr().out
    kinds = [headers["WARC-Type"] for headers, _ in records(file)]
    assert told.count("digest pass") == len(kinds) - kinds.count("revisit")
    assert "no digest to check" not in told
    assert kinds[:5] == ["warcinfo", "response", "request", "metadata", "metadata"]
    assert kinds.count("revisit") == 2


def test_warcio_notices_when_a_stored_byte_changes(writer, tmp_path):
    write_page(writer, 1)
    [file] = warcs(finish(writer, tmp_path))
    plain = gzip.decompress(file.read_bytes()).replace(b"news.example\r\n\r\n", b"news.exbmple\r\n\r\n")
    file.with_name("changed.warc").write_bytes(plain)
    checker = Checker(SimpleNamespace(inputs=[str(file.with_name("changed.warc"))], verbose=False))
    assert checker.process_all() == 1


def test_fastwarc_verifies_the_digests_too(writer, tmp_path):
    write_every_kind(writer)
    [file] = warcs(finish(writer, tmp_path))
    with file.open("rb") as stream:
        checked = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    assert len(checked) > 20
    assert all(checked)


def test_every_record_has_the_headers_that_readers_need(writer, tmp_path):
    write_page(writer, 1)
    [file] = warcs(finish(writer, tmp_path))
    (info, about), (response, _), (asked, sent), (note, _) = records(file)
    assert b"http-header-user-agent: sample" in about
    assert b"robots: obey" in about
    assert info["WARC-Filename"] == file.name
    assert response["WARC-IP-Address"] == "192.0.2.1"
    assert response["WARC-Target-URI"] == link(1).url
    assert response["WARC-Date"] == "2026-01-05T03:00:01Z"
    assert response["WARC-Payload-Digest"].startswith("sha1:")
    assert asked["WARC-Concurrent-To"] == note["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert {response["WARC-Warcinfo-ID"], asked["WARC-Warcinfo-ID"]} == {info["WARC-Record-ID"]}
    assert sent == request(1)
    assert note["Content-Type"] == "application/json"


def test_the_same_crawl_written_twice_gives_the_same_bytes(tmp_path):
    first = write_crawl(tmp_path / "one")
    second = write_crawl(tmp_path / "two")
    assert first.files == second.files
    assert first.files[0].records == 1 + 3 + 1 + 3 * 3 + 1  # warcinfo, feed, links, pages, fates


def test_no_request_record_claims_what_was_never_sent(writer, tmp_path):
    for number, outcome in enumerate([FetchOutcome.ROBOTS_DENIED, FetchOutcome.ADDRESS_BLOCKED, FetchOutcome.TIMEOUT]):
        writer.fetch(attempt(number, outcome=outcome, status=None), request(number), b"", b"", link=link(number))
    [file] = warcs(finish(writer, tmp_path))
    assert [headers["WARC-Type"] for headers, _ in records(file)].count("request") == 1


def test_what_fetch_returns_is_what_comes_back(writer, tmp_path):
    done = write_every_kind(writer)
    archive = finish(writer, tmp_path)
    back = [entry.fetch if isinstance(entry, Page) else entry for entry in archive.entries(CRAWL)]
    assert back == done
    assert [fetch.sequence for fetch in back] == list(range(len(done)))


PACKINGS = {
    "": lambda data: data,
    "gzip": lambda data: gzip.compress(data),
    "x-gzip": lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:]),
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data)[2:-4],
    "gzip, deflate": lambda data: zlib.compress(gzip.compress(data)),
    "utf-8": lambda data: data,
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.tuples(st.binary(min_size=1, max_size=3000), st.sampled_from(sorted(PACKINGS))), max_size=5))
def test_any_body_in_any_packing_comes_back_byte_for_byte(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("round")
    writer = CrawlWriter.open(folder / "spool", facts())
    for number, (content, coding) in enumerate(bodies):
        answer = head(Content_Encoding=coding)
        writer.fetch(attempt(number), request(number), answer, PACKINGS[coding](content), link=link(number))
    pages = list(finish(writer, folder).entries(CRAWL))
    assert [page.body for page in pages] == [content for content, _ in bodies]
    assert [page.fetch.body_bytes for page in pages] == [len(content) for content, _ in bodies]
    assert [page.link for page in pages] == [link(number) for number in range(len(bodies))]


def test_the_stored_body_is_the_one_that_was_received(writer, tmp_path):
    packed = gzip.compress(body(1), compresslevel=1)
    writer.fetch(attempt(1), request(1), head(Content_Encoding="gzip"), packed, link=link(1))
    [file] = warcs(finish(writer, tmp_path))
    assert records(file)[1][1] == head(Content_Encoding="gzip") + packed


def test_headers_keep_their_order_case_and_repetition(writer, tmp_path):
    answer = b"HTTP/1.1 200 OK\r\nX-b: 1\r\nsEt-Cookie: a\r\nx-A: \xe9\r\nsEt-Cookie: b\r\n\r\n"
    writer.fetch(attempt(1), request(1), answer, b"text", link=link(1))
    [page] = finish(writer, tmp_path).entries(CRAWL)
    assert page.headers == (("X-b", "1"), ("sEt-Cookie", "a"), ("x-A", "é"), ("sEt-Cookie", "b"))


def test_a_bomb_is_too_large_and_no_page(writer, tmp_path):
    bomb = gzip.compress(bytes(40_000_000), compresslevel=9)
    fetch = writer.fetch(attempt(1), request(1), head(Content_Encoding="gzip"), bomb, link=link(1))
    assert fetch.outcome is FetchOutcome.TOO_LARGE
    assert list(finish(writer, tmp_path).entries(CRAWL)) == [fetch]


@pytest.mark.parametrize(
    ("coding", "content", "outcome"),
    [
        ("gzip", b"not packed", FetchOutcome.DECODE_FAILED),
        ("gzip", gzip.compress(b"text" * 99)[:-12], FetchOutcome.DECODE_FAILED),
        ("br", b"anything", FetchOutcome.DECODE_FAILED),
        ("gzip, gzip, gzip, gzip", b"anything", FetchOutcome.DECODE_FAILED),
        ("gzip", gzip.compress(b""), FetchOutcome.EMPTY),
        ("gzip", gzip.compress(b"text") + bytes(40), FetchOutcome.OK),  # padding after the last member
    ],
)
def test_a_body_that_cannot_be_read_back_is_not_called_ok(writer, coding, content, outcome):
    assert writer.fetch(attempt(1), b"", head(Content_Encoding=coding), content, link=link(1)).outcome is outcome


def test_decoding_never_makes_more_than_the_bound():
    at_bound = gzip.compress(bytes(MAX_BODY))
    assert len(decode(at_bound, (("content-encoding", "gzip"),)).body) == MAX_BODY
    over = gzip.compress(bytes(MAX_BODY + 1))
    assert decode(over, (("content-encoding", "gzip"),)).outcome is FetchOutcome.TOO_LARGE


@pytest.mark.parametrize(
    ("outcome", "announced", "truncated"),
    [
        (FetchOutcome.TRUNCATED, "900", "disconnect"),
        (FetchOutcome.TIMEOUT, "900", "time"),
        (FetchOutcome.TOO_LARGE, "900", "length"),
        (FetchOutcome.TOO_LARGE, "4", None),  # all of it came; only unpacked it is too large
    ],
)
def test_a_body_that_was_cut_off_is_marked(writer, tmp_path, outcome, announced, truncated):
    writer.fetch(attempt(1, outcome=outcome), request(1), head(Content_Length=announced), b"text", link=link(1))
    [file] = warcs(finish(writer, tmp_path))
    assert records(file)[1][0].get("WARC-Truncated") == truncated


def test_nothing_in_a_url_or_head_can_forge_a_record(writer, tmp_path):
    evil = "https://news.example/\r\nWARC-Type: warcinfo\r\n\r\nWARC/1.1\r\n\x00\ud800 é"
    answer = b"HTTP/1.1 200 OK\r\nX: a\r\n\r\nSet-Cookie: b\nTransfer-Encoding : chunked\x00\r\n\r\n"
    fetch = attempt(1, url=evil, server_ip="::1\r\nX: y", detail="lone \udfff")
    writer.fetch(fetch, b"GET /\r\n\r\nGET / HTTP/1.1\r\n\r\n", answer, b"5\r\ntext", link=link(1, title="\ud83d"))
    archive = finish(writer, tmp_path)
    [page] = archive.entries(CRAWL)
    assert page.body == b"5\r\ntext"
    assert page.fetch.url == evil.replace("\ud800", "\ufffd")
    assert page.link.title == "\ufffd"
    _, (response, _), (_, sent), _ = records(warcs(archive)[0])
    assert response["WARC-Target-URI"].startswith("https://news.example/%0D%0AWARC-Type:")
    assert response["WARC-Target-URI"].isascii()
    assert response["WARC-Type"] == "response"
    assert b"\r\n\r\n" not in sent[:-4]
    with warcs(archive)[0].open("rb") as stream:
        contents = [
            record.content_stream().read() for record in WarcioIterator(stream) if record.rec_type == "response"
        ]
    assert contents == [b"5\r\ntext"]


def test_a_time_without_a_zone_is_refused(writer):
    with pytest.raises(ValueError, match="without a zone"):
        writer.fetch(attempt(1, fetched_at=dt.datetime(2026, 1, 5)), b"", b"", b"", link=link(1))


def test_a_page_cannot_be_committed_without_its_link(writer):
    with pytest.raises(ValueError, match="needs its link"):
        writer.fetch(attempt(1), b"", head(), b"text")


@pytest.mark.parametrize("crawl_id", ["../../etc", "sample_outlet", "other-20260105T030000Z-0a1b2c3d", ""])
def test_a_crawl_id_that_is_none_is_refused(tmp_path, crawl_id):
    with pytest.raises(ArchiveError, match="crawl"):
        CrawlWriter.open(tmp_path, facts(crawl_id))
    assert list(tmp_path.iterdir()) == []


def test_an_identical_payload_is_stored_once_and_both_pages_come_back(writer, tmp_path):
    first, second = write_page(writer, 1, body(9)), write_page(writer, 2, body(9))
    assert (second.payload_file, second.payload_offset) == (first.warc_file, first.warc_offset)
    archive = finish(writer, tmp_path)
    assert [page.body for page in archive.entries(CRAWL)] == [body(9), body(9)]
    [_, (response, _), _, _, (revisit, kept), *_] = records(warcs(archive)[0])
    assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To"] == response["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == link(1).url
    assert revisit["WARC-Refers-To-Date"] == response["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == response["WARC-Payload-Digest"]
    assert kept.endswith(b"\r\n\r\n")


def test_a_body_packed_differently_is_no_revisit(writer):
    first = write_page(writer, 1, body(9))
    second = writer.fetch(attempt(2), request(2), head(), body(9), link=link(2))
    assert second.body_sha256 == first.body_sha256
    assert second.payload_file is None


def later(tmp_path: Path) -> CrawlWriter:
    return CrawlWriter.open(tmp_path / "spool", facts(LATER_CRAWL), archive=Archive(tmp_path / "archive"))


def write_again(writer: CrawlWriter, previous: KnownPage) -> Fetch:
    packed = gzip.compress(body(1), mtime=0)
    answer = head(Content_Encoding="gzip")
    return writer.fetch(attempt(1), request(1), answer, packed, link=link(1), previous=previous)


def test_a_page_unchanged_since_an_earlier_crawl_refers_to_it(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    fetch = write_again(writer, known(page.fetch))
    assert (fetch.payload_file, fetch.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)
    archive = finish(writer, tmp_path)
    [again] = archive.entries(LATER_CRAWL)
    assert again.body == body(1)
    assert archive.page(str(fetch.warc_file), fetch.warc_offset or 0).body == body(1)
    assert archive.exchange(str(fetch.warc_file), fetch.warc_offset or 0).body == gzip.compress(body(1), mtime=0)


def test_a_revisit_of_a_revisit_refers_to_the_response(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    revisit = write_again(writer, known(page.fetch))
    finish(writer, tmp_path)
    third = facts("sample_outlet-20260107T030000Z-0a1b2c3d")
    with CrawlWriter.open(tmp_path, third, archive=Archive(tmp_path / "archive")) as writer:
        again = write_again(writer, known(revisit))
    assert (again.payload_file, again.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)


@pytest.mark.parametrize("loss", ["file", "offset", "other bytes"])
def test_bytes_are_never_left_out_on_the_word_of_a_hash_alone(tmp_path, caplog, loss):
    archive = published(tmp_path)
    page, other = [entry for entry in archive.entries(CRAWL) if isinstance(entry, Page)][:2]
    previous = known(page.fetch)
    if loss == "file":
        warcs(archive)[0].unlink()
    elif loss == "offset":
        previous = replace(previous, warc_offset=3)
    else:
        previous = replace(previous, warc_offset=other.fetch.warc_offset)
    writer = later(tmp_path)
    fetch = write_again(writer, previous)
    assert fetch.payload_file is None
    assert [entry.body for entry in finish(writer, tmp_path).entries(LATER_CRAWL)] == [body(1)]
    assert ("cannot be referred to" in caplog.text) == (loss != "other bytes")


def test_a_304_refers_to_the_record_it_says_is_still_right(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    answer = attempt(1, outcome=FetchOutcome.NOT_MODIFIED, status=304, conditional=True)
    unchanged = head("304 Not Modified", ETag='"a"')
    fetch = writer.fetch(answer, request(1), unchanged, b"", link=link(1), previous=known(page.fetch))
    assert (fetch.payload_file, fetch.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)
    archive = finish(writer, tmp_path)
    assert list(archive.entries(LATER_CRAWL)) == [fetch]
    revisit, kept = records(warcs(archive)[-1])[1]
    assert revisit["WARC-Profile"].endswith("/server-not-modified")
    assert revisit["WARC-Refers-To-Target-URI"] == link(1).url
    assert "WARC-Payload-Digest" not in revisit
    assert kept == unchanged
