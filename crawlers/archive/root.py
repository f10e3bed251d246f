"""Read the archive: its crawls, their entries, one page by its place, and how full it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crawlers.archive.spool import Exchange
from crawlers.records import Fetch, LinkFate, Manifest, Page


class Budget(StrEnum):
    """How the archive stands to its size budget."""

    OK = "ok"
    WARNING = "warning"  # 80 % used
    USED_UP = "used_up"  # no new crawl may start


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetState:
    """The archive's size and what it may grow to."""

    state: Budget
    used_bytes: int
    limit_bytes: int


class Archive:
    """The published crawls below one root, a local folder or an fsspec URL."""

    def __init__(self, root: str | Path) -> None:
        raise NotImplementedError

    def crawl_ids(self, outlet: str | None = None) -> tuple[str, ...]:
        """Return the ids of the complete crawls, of one outlet or all, oldest first."""
        raise NotImplementedError

    def manifest(self, crawl_id: str) -> Manifest:
        """Return the manifest of a complete crawl; raises ArchiveError when it is missing or damaged."""
        raise NotImplementedError

    def entries(self, crawl_id: str) -> Iterator[Fetch | Page | LinkFate]:
        """Yield every attempt and every link's fate of a crawl, in one pass, in memory independent of its size.

        An attempt that brought a page comes as Page (its body may stand in another crawl's file), any other as Fetch.
        Attempts come in the order of their sequence, then the fates. Each file's size and SHA-256 are compared with
        the manifest as it is read: ArchiveError, after the last entry of a damaged file or earlier, names it.
        """
        raise NotImplementedError

    def page(self, warc_file: str, warc_offset: int) -> Page:
        """Return the page whose response or revisit record stands at `warc_offset`; raises ArchiveError if none does."""
        raise NotImplementedError

    def exchange(self, warc_file: str, warc_offset: int) -> Exchange:
        """Return the attempt whose response or revisit record stands at `warc_offset`, as it went over the wire."""
        raise NotImplementedError

    def size(self) -> int:
        """Return the bytes of all files below the root."""
        raise NotImplementedError

    def budget(self) -> BudgetState:
        """Compare the size with BULLETINS_ARCHIVE_BUDGET_GB (10^9 bytes; 50 by default)."""
        raise NotImplementedError
