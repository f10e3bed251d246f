"""Where the time of a piece of work goes: statement by statement, with what the server read for each.

    with recording(connection) as profile:
        deduplicate(connection)
    Console().print(shown("deduplicate", profile, articles))

Times are the client's, round trips included. What was read is taken from /proc/<pid>/io of the server's process, where that
may be read: blocks that were not in shared_buffers, and bytes that were not in the system's cache either. WAL is the
server's as a whole.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from rich.table import Table

from processing.database import SQL

_COPY = re.compile(r"\s*copy\s+(\S+)", re.IGNORECASE)


@dataclass(slots=True)
class Spent:
    """What one statement took, summed over its calls."""

    calls: int = 0
    seconds: float = 0.0
    server_seconds: float = 0.0  # of the server's processor
    reads: int = 0  # blocks from outside shared_buffers
    disk_bytes: int = 0  # of them from the disk


@dataclass(slots=True)
class Profile:
    """What a piece of work took."""

    seconds: float = 0.0
    client_seconds: float = 0.0  # of this process's processor
    wal_bytes: int = 0
    statements: dict[str, Spent] = field(default_factory=dict)

    @property
    def busy_seconds(self) -> float:
        """Return the seconds of processor, the client's and the server's."""
        return self.client_seconds + sum(spent.server_seconds for spent in self.statements.values())

    def add(self, other: Profile) -> None:
        """Add what another took."""
        self.seconds += other.seconds
        self.client_seconds += other.client_seconds
        self.wal_bytes += other.wal_bytes
        for name, more in other.statements.items():
            spent = self.statements.setdefault(name, Spent())
            spent.calls += more.calls
            spent.seconds += more.seconds
            spent.server_seconds += more.server_seconds
            spent.reads += more.reads
            spent.disk_bytes += more.disk_bytes


@contextmanager
def recording(connection: Connection) -> Iterator[Profile]:
    """Give a profile that is complete when the block ends."""
    profile = Profile()
    names = {path.read_text(encoding="utf-8"): path.stem for path in (SQL / "queries").glob("*.sql")}
    pid = connection.get_backend_pid()

    def noted(name: str, call: Any) -> Any:
        reads, disk, busy = _used(pid)
        started = time.perf_counter()
        try:
            return call()
        finally:
            spent = profile.statements.setdefault(name, Spent())
            spent.seconds += time.perf_counter() - started
            spent.calls += 1
            more_reads, more_disk, more_busy = _used(pid)
            spent.reads += more_reads - reads
            spent.disk_bytes += more_disk - disk
            spent.server_seconds += more_busy - busy

    class Recording(Cursor):
        def execute(self, query: Any, vars: Any = None) -> Any:
            return noted(names.get(query, " ".join(str(query).split())[:40]), lambda: Cursor.execute(self, query, vars))

        def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> Any:
            return noted(names.get(sql, str(sql)[:40]), lambda: Cursor.copy_expert(self, sql, file, size))

    wal = _wal(connection)
    before, connection.cursor_factory = connection.cursor_factory, Recording
    started, client = time.perf_counter(), time.process_time()
    try:
        yield profile
    finally:
        profile.seconds = time.perf_counter() - started
        profile.client_seconds = time.process_time() - client
        connection.cursor_factory = before
        profile.wal_bytes = _wal(connection) - wal


def _wal(connection: Connection) -> int:
    with connection, connection.cursor() as cursor:
        cursor.execute("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
        [(place,)] = cursor.fetchall()
    return int(place)


def _used(pid: int) -> tuple[int, int, float]:
    """Return how often a process has read, how many bytes of that came from the disk, and its seconds of processor.

    Zeros where nobody may know.
    """
    place = Path("/proc") / str(pid)
    try:
        lines = (place / "io").read_text(encoding="ascii")
        busy = (place / "schedstat").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0, 0, 0.0
    counts = dict(line.split(": ") for line in lines.splitlines())
    return int(counts["syscr"]), int(counts["read_bytes"]), int(busy) / 1e9


def total(profiles: Iterable[Profile]) -> Profile:
    """Return what several pieces of work took together."""
    together = Profile()
    for profile in profiles:
        together.add(profile)
    return together


def shown(title: str, profile: Profile, articles: int) -> Table:
    """Return what a piece of work took for each of its articles, the costliest statement first."""
    table = Table("statement", "ms", "server's processor ms", "reads", "kB from disk", title=title)
    for name, spent in sorted(profile.statements.items(), key=lambda item: -item[1].seconds):
        table.add_row(
            name, f"{spent.seconds / articles * 1e3:.3f}", f"{spent.server_seconds / articles * 1e3:.3f}",
            f"{spent.reads / articles:.2f}",
            f"{spent.disk_bytes / articles / 1e3:.1f}",
        )  # fmt: skip
    server = sum(spent.seconds for spent in profile.statements.values())
    busy = sum(spent.server_seconds for spent in profile.statements.values())
    table.add_row("all statements", f"{server / articles * 1e3:.3f}", f"{busy / articles * 1e3:.3f}", "", "")
    table.add_row("client's processor", f"{profile.client_seconds / articles * 1e3:.3f}", "", "", "")
    table.add_row("all", f"{profile.seconds / articles * 1e3:.3f}", "", "", "")
    table.caption = f"{profile.wal_bytes / articles / 1e3:.1f} kB of WAL an article"
    return table
