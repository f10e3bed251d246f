"""A crawl that is being written."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.archive import Archive, CrawlWriter
from tests.sample_crawl import (
    facts,
)


@pytest.fixture
def writer(tmp_path: Path):
    opened = CrawlWriter.open(tmp_path / "spool", facts(), archive=Archive(tmp_path / "archive"))
    yield opened
    opened.suspend()
