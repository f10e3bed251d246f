"""One attempt as WARC records: which ones it gets, and what stands in their headers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from crawlers.archive.group import AttemptNote, sound, write_note
from crawlers.archive.message import decode, header, parse_head, sound_head
from crawlers.archive.originals import Original
from crawlers.archive.output import Fields, GroupBytes, Role, digest, record_id, target_uri
from crawlers.records import Fetch, FetchOutcome, Link

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


class AttemptRecords:
    """The records of one attempt, added in the order in which readers expect them: answer, request, note."""

    def __init__(self, warcinfo_id: str) -> None:
        self.group = GroupBytes()
        self._warcinfo_id = warcinfo_id
        self._first: str | None = None  # id of the record that the later ones are concurrent to

    def add_answer(self, fetch: Fetch, given: Answer, original: Original | None) -> None:
        """Add the response, or a revisit: of `original`, or of what a 304 says has not changed."""
        is_revisit = original is not None or fetch.outcome is FetchOutcome.NOT_MODIFIED
        block = given.head if is_revisit else given.head + given.body
        self._add("revisit" if is_revisit else "response", fetch, _answer_fields(fetch, given, original), block)

    def add_request(self, fetch: Fetch, head: bytes) -> None:
        """Add the request, if there was one."""
        if head and fetch.outcome not in NEVER_SENT:
            self._add("request", fetch, {"Content-Type": "application/http; msgtype=request"}, sound_head(head))

    def add_note(self, fetch: Fetch, link: Link | None) -> None:
        """Add the note that commits the attempt."""
        note = AttemptNote(fetch=fetch, link=sound(link) if link else None)
        self._add("metadata", fetch, {"Content-Type": "application/json"}, write_note(note))

    def _add(self, role: Role, fetch: Fetch, fields: Fields, block: bytes) -> None:
        identity = record_id(fetch.crawl_id, str(fetch.sequence), role)
        fields = {"WARC-Target-URI": target_uri(fetch.url), "WARC-Warcinfo-ID": self._warcinfo_id, **fields}
        if self._first is None:
            self._first = identity
        else:
            fields["WARC-Concurrent-To"] = self._first
        self.group.add(role, identity, fetch.fetched_at, fields, block)


def store(fetch: Fetch, head: bytes, body: bytes) -> Answer:
    """Bring an answer into the form it is stored in; its head is not empty."""
    head = sound_head(head)
    stored = body[:MAX_STORED]
    truncated = "length" if len(stored) < len(body) else _truncated(fetch, head, body)
    return Answer(head=head, body=stored, truncated=truncated, payload_digest=digest(stored))


def weigh(fetch: Fetch, given: Answer) -> Fetch:
    """Fill in size and hash of the decoded body; an `ok` that cannot be read back gets the outcome that says so."""
    if fetch.outcome is FetchOutcome.NOT_MODIFIED:
        return replace(fetch, body_bytes=None, body_sha256=None)
    is_ok = fetch.outcome is FetchOutcome.OK
    if given.truncated:
        outcome = FetchOutcome.TOO_LARGE if is_ok else fetch.outcome
        return replace(fetch, outcome=outcome, body_bytes=None, body_sha256=None)
    decoded = decode(given.body, parse_head(given.head)[1])
    if decoded.outcome is not FetchOutcome.OK:
        changed = replace(fetch, outcome=decoded.outcome, detail=decoded.detail) if is_ok else fetch
        return replace(changed, body_bytes=None, body_sha256=None)
    if not decoded.body:
        return replace(fetch, outcome=FetchOutcome.EMPTY if is_ok else fetch.outcome, body_bytes=0, body_sha256=None)
    return replace(fetch, body_bytes=len(decoded.body), body_sha256=sha256(decoded.body).hexdigest())


def _answer_fields(fetch: Fetch, given: Answer, original: Original | None) -> Fields:
    """Return the WARC headers that only answers have."""
    fields = {"Content-Type": "application/http; msgtype=response"}
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
