"""WARC files that others wrote, read as a web that was recorded."""

from __future__ import annotations

import gzip
import io
import os
import random
from pathlib import Path

import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as WarcioWriter

from crawlers.archive import RecordedWeb, decode, read_responses
from crawlers.archive.member import read_records
from crawlers.archive.message import dechunk
from crawlers.archive.recorded import lookup_key
from crawlers.records import ArchiveError, FetchOutcome
from tests.sample_crawl import body, link, published

URL = "https://news.example/1"
HTML = "<p>خبر</p>".encode()


class WARCWriter(WarcioWriter):
    """warcio leaves its temporary files to be closed by chance, which is a warning, and here an error."""

    def _create_temp_file(self):
        return io.BytesIO()


def head(*headers: tuple[str, str], status: str = "200 OK") -> StatusAndHeaders:
    return StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")


def write(path: Path, *responses: tuple[str, StatusAndHeaders, bytes], **options) -> Path:
    """Write responses with warcio."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz", **options)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        for url, answer, content in responses:
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=answer)
            writer.write_request_response_pair(
                writer.create_warc_record(
                    url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
                ),
                record,
            )
    return path


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warcs_by_warcio_are_read_gzip_or_plain(tmp_path, name):
    answers = [(f"{URL}{number}", head(("Content-Type", "text/html")), HTML * number) for number in range(1, 6)]
    web = RecordedWeb(write(tmp_path / name, *answers))
    assert sorted(web.urls()) == sorted(url for url, _, _ in answers)
    for url, _, content in answers:
        [offset] = web.answers(url)
        recorded = web.read(offset)
        assert (recorded.url, recorded.status, recorded.body) == (url, 200, content)
        assert recorded.headers == (("Content-Type", "text/html"),)
    assert web.problems == ()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warcs_by_fastwarc_are_read_gzip_or_plain(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        for number in range(4):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = f"<{URL}{number}>"  # as wget writes it
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.headers["WARC-IP-Address"] = "192.0.2.7"
            record.set_bytes_content(b"HTTP/1.0 200\nA: b\n\n" + HTML)
            writer = GzipWriter(stream) if name.endswith(".gz") else stream
            record.write(writer)
            if name.endswith(".gz"):
                writer.finish()
    found = list(read_responses(path))
    assert [recorded.url for recorded in found] == [f"{URL}{number}" for number in range(4)]
    assert {(recorded.status, recorded.body, recorded.server_ip) for recorded in found} == {(200, HTML, "192.0.2.7")}


def test_our_own_archive_can_be_replayed(tmp_path):
    archive = published(tmp_path)
    [file] = Path(archive.root).rglob("*.warc.gz")
    web = RecordedWeb(file)
    recorded = web.read(web.answers(link(2).url)[0])
    assert decode(recorded.body, recorded.headers).body == body(2)


def test_every_answer_to_a_url_is_found_in_its_order(tmp_path):
    answers = [(URL, head(status="503 Busy"), b""), (URL, head(), b"one"), (URL, head(), b"two")]
    web = RecordedWeb(write(tmp_path / "a.warc.gz", *answers))
    assert [web.read(offset).status for offset in web.answers(URL)] == [503, 200, 200]
    assert [web.read(offset).body for offset in web.answers(URL)] == [b"", b"one", b"two"]
    assert web.answers(URL + "0") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example", "HTTPS://News.Example:443/#top"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("https://news.example/خبر?x=خبر", "https://news.example/%d8%AE%d8%a8%d8%b1?x=%D8%AE%D8%A8%D8%B1"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/%7Ea", "https://news.example/~a"),
        ("https://خبر.example/", "https://xn--ngblk.example/"),
    ],
)
def test_spellings_of_one_url_are_one(one, other):
    assert lookup_key(one) == lookup_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "http://news.example/a"),
        ("https://news.example/a?b", "https://news.example/a"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example:8080/", "https://news.example/"),
        ("https://news.example/?utm_source=x", "https://news.example/"),
    ],
)
def test_different_urls_are_not_one(one, other):
    assert lookup_key(one) != lookup_key(other)


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_looking_up_never_fails(text):
    assert lookup_key(lookup_key(text)) == lookup_key(text)


def test_chunked_framing_is_undone_where_it_is_real(tmp_path):
    chunked = head(("Transfer-Encoding", "chunked"))
    real = b"4;x=y\r\n<p>a\r\n5\r\n</p>\n\r\n0\r\nTrailer: x\r\n\r\n"
    web = RecordedWeb(write(tmp_path / "a.warc.gz", (URL, chunked, real), (URL, chunked, HTML)))
    found = [web.read(offset) for offset in web.answers(URL)]
    assert [recorded.body for recorded in found] == [b"<p>a</p>\n", HTML]
    assert found[0].headers == (("X-Crawl-Transfer-Encoding", "chunked"),)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.binary(min_size=1, max_size=50)))
def test_any_chunks_are_joined(chunks):
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    assert dechunk(framed) == b"".join(chunks)


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=200))
def test_taking_chunks_apart_never_fails(data):
    assert dechunk(data) is None or len(dechunk(data) or b"") < len(data)


def test_a_body_that_was_unpacked_when_recorded_is_not_unpacked_again(tmp_path):
    packed = head(("content-encoding", "gzip"), ("Content-Type", "text/html"))
    web = RecordedWeb(write(tmp_path / "a.warc.gz", (URL, packed, HTML), (URL, packed, gzip.compress(HTML))))
    found = [web.read(offset) for offset in web.answers(URL)]
    assert [decode(recorded.body, recorded.headers).body for recorded in found] == [HTML, HTML]
    assert found[0].headers[0] == ("X-Crawl-content-encoding", "gzip")


def write_revisit(path: Path, *, with_head: bool, by_id: bool) -> Path:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        packed = head(("Content-Encoding", "gzip"), ("X-Turn", "1"))
        content = io.BytesIO(gzip.compress(HTML))
        first = writer.create_warc_record(URL, "response", payload=content, http_headers=packed)
        writer.write_record(first)
        date = first.rec_headers.get_header("WARC-Date")
        answer = head(("X-Turn", "2")) if with_head else None
        revisit = writer.create_revisit_record(URL + "2", "sha1:x", URL, date, http_headers=answer)
        if by_id:
            revisit.rec_headers.replace_header("WARC-Refers-To", first.rec_headers.get_header("WARC-Record-ID"))
            revisit.rec_headers.replace_header("WARC-Refers-To-Date", "2001-01-01T00:00:00Z")
        writer.write_record(revisit)
        writer.write_record(writer.create_revisit_record(URL + "3", "sha1:x", URL, "2001-01-01T00:00:00Z"))
        unchanged = writer.create_revisit_record(URL + "4", "sha1:x", URL, date)
        unchanged.rec_headers.replace_header(
            "WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        )
        writer.write_record(unchanged)
    return path


@pytest.mark.parametrize("with_head", [True, False])
@pytest.mark.parametrize("by_id", [True, False])
def test_a_revisit_comes_with_its_payload(tmp_path, with_head, by_id):
    web = RecordedWeb(write_revisit(tmp_path / "a.warc.gz", with_head=with_head, by_id=by_id))
    recorded = web.read(web.answers(URL + "2")[0])
    assert recorded.url == URL + "2"
    assert decode(recorded.body, recorded.headers).body == HTML
    assert dict(recorded.headers)["X-Turn"] == ("2" if with_head else "1")


def test_a_revisit_of_something_elsewhere_is_a_problem_and_a_304_no_answer(tmp_path):
    web = RecordedWeb(write_revisit(tmp_path / "a.warc.gz", with_head=True, by_id=True))
    assert web.answers(URL + "3") == web.answers(URL + "4") == ()
    [problem] = web.problems
    assert "a revisit of what this file does not hold" in problem


def test_what_is_no_http_response_is_a_problem_and_the_rest_is_read(tmp_path):
    path = tmp_path / "a.warc"
    with path.open("wb") as stream:
        for url, content in (
            (URL, b"no head at all"),
            ("dns:news.example", b"192.0.2.1"),
            (URL, b"HTTP/2 200\r\n\r\nx"),
        ):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = url
            record.set_bytes_content(content)
            record.write(stream)
    web = RecordedWeb(path)
    assert [web.read(offset).body for offset in web.answers(URL)] == [b"x"]
    assert len(web.problems) == 1


def test_a_truncated_answer_says_so(tmp_path):
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        extra = {"WARC-Truncated": "disconnect"}
        record = writer.create_warc_record(
            URL, "response", payload=io.BytesIO(b"<p"), http_headers=head(), warc_headers_dict=extra
        )
        writer.write_record(record)
    [recorded] = read_responses(path)
    assert recorded.truncated == "disconnect"


def test_a_file_compressed_as_a_whole_is_refused_with_the_remedy(tmp_path):
    path = write(tmp_path / "a.warc", *[(f"{URL}{number}", head(), HTML) for number in range(3)])
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(ArchiveError, match="warcio recompress"):
        RecordedWeb(tmp_path / "b.warc.gz")


@pytest.mark.parametrize("content", [b"", b"<html>", gzip.compress(b"<html>"), b"\x1f\x8b\x08\x00" + b"\0" * 50])
def test_what_is_no_warc_is_an_error_that_names_the_file(tmp_path, content):
    path = tmp_path / "page.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=str(path)):
        RecordedWeb(path)


def test_a_damaged_file_gives_what_stands_before_the_damage_then_an_error(tmp_path):
    path = write(tmp_path / "a.warc.gz", *[(f"{URL}{number}", head(), os.urandom(900)) for number in range(9)])
    whole = path.read_bytes()
    sound = list(read_responses(path))
    ends = {record.offset: record.end for record in read_records(io.BytesIO(whole))}
    generator = random.Random(20260105)
    edges = sorted(ends)[2:]
    for cut in [*edges, *(edge + 3 for edge in edges), *(generator.randrange(edges[0], len(whole)) for _ in range(30))]:
        path.write_bytes(whole[:cut])
        before = [recorded for recorded in sound if ends[recorded.offset] <= cut]
        found = []
        if cut in edges:  # nothing is cut off but whole records
            assert list(read_responses(path)) == before
            continue
        with pytest.raises(ArchiveError, match=str(path)):
            found.extend(read_responses(path))
        assert found == before


def test_a_changed_byte_is_never_read_as_if_it_were_sound(tmp_path):
    path = write(tmp_path / "a.warc.gz", *[(f"{URL}{number}", head(), os.urandom(900)) for number in range(9)])
    whole = path.read_bytes()
    sound = list(read_responses(path))
    generator = random.Random(20260105)
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[generator.randrange(len(whole))] ^= 1 << generator.randrange(8)
        path.write_bytes(damaged)
        found = []
        try:
            found.extend(read_responses(path))
        except ArchiveError:
            assert found == sound[: len(found)]
        else:
            assert found == sound  # a byte of a gzip header that means nothing


def corpus(name: str) -> Path:
    path = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")) / name
    if not path.exists():
        pytest.skip(f"{path} is not there; BULLETINS_CORPUS says where the real data is")
    return path


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["web/syria-web.warc.gz", "pages/pages.warc.gz"])
def test_the_corpus_is_read_whole(name):
    path = corpus(name)
    web = RecordedWeb(path)
    found = list(read_responses(path))
    assert len(found) > 200
    assert web.problems == ()
    assert {decode(recorded.body, recorded.headers).outcome for recorded in found} == {FetchOutcome.OK}
    assert all(recorded.offset in web.answers(recorded.url) for recorded in found)
