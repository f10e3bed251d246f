"""One night over the sample web for the tests."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from benchmarks import runner
from bulletins.sample.build import NEXT_DAY, OUTLETS, SAMPLE_WEB

WHEN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def environment(home: Path, url: str) -> AbstractContextManager[None]:
    """Point the stages at a folder and a database of the test's own."""
    return runner.environ(
        BULLETINS_HOME=str(home), BULLETINS_DATABASE_URL=url, BULLETINS_ARCHIVE="", BULLETINS_OUTLETS=""
    )


def parameters(*, next_day: bool = False, force: bool = False) -> dict[str, Any]:
    """The DAG's parameters for the sample web."""
    return runner.parameters(OUTLETS, NEXT_DAY if next_day else SAMPLE_WEB, force=force)


def night(name: str, *, next_day: bool = False, force: bool = False, when: dt.datetime = WHEN) -> list[str]:
    """Run every task of `nightly_crawl` over the sample web; returns the crawls' ids. Harmless to call again."""
    return runner.run_once(parameters(next_day=next_day, force=force), (name, when))


if __name__ == "__main__":
    # As a process of its own, so that a test can kill it: python -m tests.nights NAME
    night(sys.argv[1])
