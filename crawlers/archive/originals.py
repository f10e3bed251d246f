"""Where a payload is kept already, so that the same bytes are not stored twice but referred to."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass

from crawlers.archive.member import Record
from crawlers.archive.message import split_message
from crawlers.archive.output import record_id, target_uri, warc_date
from crawlers.archive.root import Archive
from crawlers.records import ArchiveError, Fetch
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

    def remember(self, fetch: Fetch, payload_digest: str) -> None:
        """Note a committed attempt of this crawl; others may refer to its payload when it has a record of its own."""
        if fetch.warc_file is None or fetch.warc_offset is None or fetch.payload_file or fetch.body_sha256 is None:
            return
        original = Original(
            record_id=record_id(fetch.crawl_id, str(fetch.sequence), "response"),
            uri=target_uri(fetch.url),
            date=warc_date(fetch.fetched_at),
            file=fetch.warc_file,
            offset=fetch.warc_offset,
        )
        self._keep((payload_digest, fetch.body_sha256), original)

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

    def last_known(self, previous: KnownPage | None) -> Original | None:
        """Return the record that a 304 refers to, None when it is not known or not there any more."""
        found = self._look_up(previous) if previous is not None else None
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
            logger.warning("%s: its last record cannot be referred to: %s", known.url, error)
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
