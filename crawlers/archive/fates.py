"""The fates of a crawl's links, kept beside the WARC files until the crawl is closed, then read back in order.

They wait outside because a resumed crawl finds every fate anew: what was true before the process died (a link left
for later) may not be true at the end. The file is therefore emptied whenever a spool is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from crawlers.archive.group import sound, sound_text
from crawlers.records import LinkFate

BATCH = 500  # fates in one metadata record

_FATES: TypeAdapter[LinkFate] = TypeAdapter(LinkFate)


class FateFile:
    """Fates on disk, with an index of some 100 bytes each in memory to order them by."""

    def __init__(self, path: Path) -> None:
        """Begin an empty file at `path`."""
        self._path = path
        self._file = path.open("w+b")
        self._index: list[tuple[str, int, int]] = []  # feed URL, position in the feed, offset in the file
        self._feeds: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def add(self, fate: LinkFate) -> None:
        """Append one fate."""
        clean = replace(fate, link=sound(fate.link), detail=sound_text(fate.detail), reason=sound_text(fate.reason))
        feed = self._feeds.setdefault(clean.link.feed_url, clean.link.feed_url)
        self._index.append((feed, clean.link.position, self._file.tell()))
        self._file.write(_FATES.dump_json(clean) + b"\n")
        self.counts[clean.fate.value] += 1

    def batches(self) -> Iterator[tuple[LinkFate, ...]]:
        """Yield all fates by feed URL and position: an order that does not depend on what answered first."""
        self._index.sort()
        for start in range(0, len(self._index), BATCH):
            yield tuple(self._read(offset) for _, _, offset in self._index[start : start + BATCH])

    def close(self) -> None:
        """Close the file and remove it."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _read(self, offset: int) -> LinkFate:
        self._file.seek(offset)
        return _FATES.validate_json(self._file.readline())
