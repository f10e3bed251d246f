"""Bring a closed spool under the archive root: only complete files appear there, manifest.json last."""

from __future__ import annotations

from pathlib import Path

from crawlers.archive.root import Archive
from crawlers.records import Manifest


def publish(spool: Path, crawl_id: str, archive: Archive) -> Manifest:
    """Publish the closed crawl in `spool`/<crawl_id>/ and remove it from there; returns its manifest.

    May be called again at any time: a publication that was cut short is finished, one that is complete is left alone.
    Raises ArchiveError when the crawl is neither in the spool, closed, nor in the archive.
    """
    raise NotImplementedError
