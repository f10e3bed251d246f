"""One attempt as WARC records: which ones it gets, and what stands in their headers."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.archive.message import header, parse_head
from crawlers.archive.originals import Original
from crawlers.archive.output import Fields, digest, target_uri
from crawlers.records import Fetch, FetchOutcome

MAX_STORED = 32 * 1024 * 1024  # bytes of a body as received; the rest is cut off and the record says so

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_CUT = {
    FetchOutcome.TRUNCATED: "disconnect",
    FetchOutcome.TIMEOUT: "time",
    FetchOutcome.TOO_LARGE: "length",
}

# Attempts that ended before a request was sent: a request record would be evidence of something that never was.
NEVER_SENT = frozenset(
    {
        FetchOutcome.ADDRESS_BLOCKED,
        FetchOutcome.BAD_URL,
        FetchOutcome.DNS_FAILED,
        FetchOutcome.NOT_IN_REPLAY,
        FetchOutcome.ROBOTS_DENIED,
        FetchOutcome.ROBOTS_UNREACHABLE,
        FetchOutcome.TLS_ERROR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back in one attempt, in the form it is stored in."""

    head: bytes  # sound, ends in a blank line
    body: bytes  # as received
    truncated: str | None  # WARC-Truncated
    payload_digest: str


def answer(fetch: Fetch, head: bytes, body: bytes) -> Answer:
    """Describe an answer whose head is sound already."""
    stored = body[:MAX_STORED]
    truncated = "length" if len(stored) < len(body) else _truncated(fetch, head, body)
    return Answer(head=head, body=stored, truncated=truncated, payload_digest=digest(stored))


def answer_fields(fetch: Fetch, given: Answer, original: Original | None) -> Fields:
    """Return the WARC headers of a response record, or of a revisit of `original`, beyond those every record has."""
    fields = {"WARC-Target-URI": target_uri(fetch.url), "Content-Type": "application/http; msgtype=response"}
    if fetch.server_ip:
        fields["WARC-IP-Address"] = target_uri(fetch.server_ip)
    if given.truncated:
        fields["WARC-Truncated"] = given.truncated
    if fetch.outcome is FetchOutcome.NOT_MODIFIED:
        fields["WARC-Profile"] = _PROFILE + "server-not-modified"
    else:
        fields["WARC-Payload-Digest"] = given.payload_digest
        if original is not None:
            fields["WARC-Profile"] = _PROFILE + "identical-payload-digest"
    if original is not None:
        fields["WARC-Refers-To"] = original.record_id
        fields["WARC-Refers-To-Target-URI"] = original.uri
        fields["WARC-Refers-To-Date"] = original.date
    return fields


def _truncated(fetch: Fetch, head: bytes, body: bytes) -> str | None:
    """Say how the body was cut off. One that has the length its head announces is whole, whatever happened after."""
    announced = header(parse_head(head)[1], "Content-Length")
    if announced is not None and announced.strip() == str(len(body)):
        return None
    return _CUT.get(fetch.outcome)
