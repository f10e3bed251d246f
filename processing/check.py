"""Data tests: each file of sql/checks selects the rows that offend against one rule, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection

from crawlers.records import BulletinsError
from processing.database import SQL, transaction

_SAMPLES = 20  # rows shown of a rule that is broken a thousand times


class CheckError(BulletinsError):
    """A file of sql/checks that cannot be run; the text names it."""


class Severity(StrEnum):
    """What a broken rule means: the first line of its file says `-- fail` or `-- warn`."""

    FAIL = "fail"  # the tables contradict themselves or the archive: the run is not whole
    WARN = "warn"  # worth a look; the run stands


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check found."""

    name: str  # the file's stem
    severity: Severity
    rule: str  # the comment that opens the file: what should hold
    count: int  # rows that offend; 0 is well
    samples: tuple[dict[str, Any], ...]  # the first of them, as column: value; `reason` says why

    @property
    def passed(self) -> bool:
        """Whether nothing offends."""
        return self.count == 0


def check(
    connection: Connection, crawl_ids: Iterable[str] | None = None, folder: Path = SQL / "checks"
) -> tuple[CheckResult, ...]:
    """Run every check and return their results by name; `crawl_ids` narrows those that are about crawls.

    Reads only. Raises CheckError for a file that says no severity or does not run.
    """
    parameters = {"crawl_ids": None if crawl_ids is None else sorted(crawl_ids)}
    return tuple(_run(connection, path, parameters) for path in sorted(folder.glob("*.sql")))


def _run(connection: Connection, path: Path, parameters: dict[str, Any]) -> CheckResult:
    text = path.read_text(encoding="utf-8")
    first, *lines = text.splitlines()
    try:
        severity = Severity(first.removeprefix("--").strip())
    except ValueError:
        raise CheckError(f"checks/{path.name}: the first line is {first!r}, expected '-- fail' or '-- warn'") from None
    rule = []
    for line in lines:
        if not line.startswith("--"):
            break
        rule.append(line.removeprefix("--").strip())
    try:
        with transaction(connection) as cursor:
            cursor.execute(text, parameters)
            samples = tuple(
                dict(zip([column.name for column in cursor.description or ()], row, strict=True))
                for row in cursor.fetchmany(_SAMPLES)
            )
            return CheckResult(
                name=path.stem, severity=severity, rule=" ".join(rule), count=cursor.rowcount, samples=samples
            )
    except psycopg2.ProgrammingError as error:
        raise CheckError(f"checks/{path.name}: {' '.join(str(error).split())}") from error
