"""Where a payload is kept already, so that the same bytes are not stored twice but referred to."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass

from crawlers.archive.group import Group
from crawlers.archive.member import Record
from crawlers.archive.message import split_message
from crawlers.archive.root import Archive
from crawlers.records import ArchiveError, Fetch, FetchOutcome
from crawlers.state import KnownPage

_REMEMBERED = 4096  # payloads of this crawl; some 400 bytes each

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A response record that holds a payload."""

    record_id: str
    uri: str  # its WARC-Target-URI
    date: str  # its WARC-Date
    file: str  # path below the archive root
    offset: int


class Originals:
    """The payloads that this crawl stored last, and those of earlier crawls that the archive can show."""

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self._stored: OrderedDict[tuple[str, str], Original] = OrderedDict()

    def remember(self, record: Record, fetch: Fetch) -> None:
        """Note a response record of this crawl whose payload others may refer to."""
        if record.kind != "response" or "warc-truncated" in record.headers or fetch.body_sha256 is None:
            return
        assert fetch.warc_file is not None  # noqa: S101 - a response record has a place
        self._keep((record.headers["warc-payload-digest"], fetch.body_sha256), _original(record, fetch.warc_file))

    def remember_group(self, group: Group, fetch: Fetch) -> None:
        """Note the response record of a group that was committed before."""
        if group.answer is not None:
            self.remember(group.answer, fetch)

    def same_payload(
        self, fetch: Fetch, payload_digest: str, body: bytes, previous: KnownPage | None
    ) -> Original | None:
        """Return the record that holds exactly this body, as received; None when it must be stored.

        Of an earlier crawl only what the archive can still show, byte for byte, counts: bytes are never left out on
        the word of a hash in a table.
        """
        if fetch.body_sha256 is None:
            return None
        key = (payload_digest, fetch.body_sha256)
        if key in self._stored:
            self._stored.move_to_end(key)
            return self._stored[key]
        if previous is None or previous.body_sha256 != fetch.body_sha256:
            return None
        found = self._look_up(previous)
        if found is None or split_message(found[0].block)[1] != body:
            return None
        original = _original(found[0], found[1])
        self._keep(key, original)
        return original

    def last_known(self, fetch: Fetch, previous: KnownPage | None) -> Original | None:
        """Return the record that a 304 refers to, None when it is not known or not there any more."""
        if fetch.outcome is not FetchOutcome.NOT_MODIFIED or previous is None:
            return None
        found = self._look_up(previous)
        return _original(*found) if found else None

    def _keep(self, key: tuple[str, str], original: Original) -> None:
        self._stored[key] = original
        self._stored.move_to_end(key)
        if len(self._stored) > _REMEMBERED:
            self._stored.popitem(last=False)

    def _look_up(self, known: KnownPage) -> tuple[Record, str] | None:
        """Read the response record of a known page; None, with a warning, when the archive cannot show it."""
        if self._archive is None or known.warc_file is None or known.warc_offset is None:
            return None
        try:
            return self._archive.original(known.warc_file, known.warc_offset)
        except ArchiveError as error:
            logger.warning("%s: stored again in full, for its last record cannot be read: %s", known.url, error)
            return None


def _original(record: Record, file: str) -> Original:
    headers = record.headers
    return Original(
        record_id=headers["warc-record-id"],
        uri=headers.get("warc-target-uri", ""),
        date=headers["warc-date"],
        file=file,
        offset=record.offset,
    )
