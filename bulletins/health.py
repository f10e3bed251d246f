"""What `status` and `doctor` find out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bulletins import access
from bulletins.home import home, own_database
from bulletins.postgres import Postgres
from bulletins.processes import is_running
from bulletins.stack import find, leftovers
from crawlers.archive import Archive, Budget, BudgetState
from crawlers.outlets import load_outlets
from crawlers.records import BulletinsError
from processing.crawl import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str  # when it is not ok: what to do


def stack_status() -> dict[str, Any]:
    """Return what runs: {home, up, parts: {name: {state, detail}}}."""
    folder = home()
    stack = find(folder)
    parts: dict[str, dict[str, str]] = {}
    if stack is not None:
        for name, process in stack.components.items():
            parts[name] = _part("up" if is_running(process) else "starting again", f"pid {process.pid}")
        parts["Airflow"] = _part("healthy" if stack.airflow().healthy() else "not healthy yet", stack.address)
        if stack.embedded:
            pid = Postgres(folder).alive()
            parts["Postgres"] = _part(
                "up" if pid else "down", f"pid {pid}, port {Postgres(folder).port}" if pid else ""
            )
    else:
        left = leftovers(folder)
        parts["stack"] = _part("down", f"{len(left)} processes left by a crash: `bulletins down`" if left else "")
    budget = Archive(Place.from_environment().archive).budget()
    parts["archive"] = _part(str(budget.state), _fill(budget))
    return {"home": str(folder), "up": stack is not None, "parts": parts}


def _fill(budget: BudgetState) -> str:
    return f"{budget.used_bytes / 1e9:.2f} of {budget.limit_bytes / 1e9:.0f} GB"


def _part(state: str, detail: str) -> dict[str, str]:
    return {"state": state, "detail": detail}


def examine() -> list[Finding]:
    """Look at everything that has to be right for a crawl; each finding says what to do if it is not."""
    return [finding for check in _CHECKS for finding in check()]


def _python() -> list[Finding]:
    version = sys.version.split()[0]
    return [Finding("Python", sys.version_info >= (3, 11), version)]


def _space() -> list[Finding]:
    folder = home()
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free / 2**30
    writable = os.access(there, os.W_OK)
    advice = "" if writable else "; not writable: set BULLETINS_HOME"
    return [Finding("Disk", free > 2 and writable, f"{free:.1f} GiB free below {there}{advice}")]


def _declarations() -> list[Finding]:
    try:
        outlets = load_outlets()
    except BulletinsError as error:
        return [Finding("Outlets", False, line) for line in str(error).splitlines()]
    return [Finding("Outlets", True, f"{len(outlets)} declarations")]


def _proxy() -> list[Finding]:
    names = [name for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy") if os.environ.get(name)]
    detail = f"{', '.join(names)} is set: a proxy would connect past our guard of private addresses; unset it"
    return [Finding("Proxy", not names, detail if names else "none")]


def _contact() -> list[Finding]:
    contact = os.environ.get("BULLETINS_CONTACT", "")
    detail = (
        contact or "not set: outlets cannot reach you; set BULLETINS_CONTACT to an address or a page (needed for `up`)"
    )
    return [Finding("Contact", True, detail)]


def _archive() -> list[Finding]:
    budget = Archive(Place.from_environment().archive).budget()
    detail = f"{_fill(budget)} (BULLETINS_ARCHIVE_BUDGET_GB)"
    return [Finding("Archive", budget.state is Budget.OK, detail)]


def _postgres() -> list[Finding]:
    if not own_database():
        postgres = Postgres(home())
        if postgres.data is not None and not postgres.data.is_relative_to(postgres.home):
            return [
                Finding("Postgres files", True, f"in {postgres.data}: `nobody` cannot enter {postgres.home}"),
                *_database(),
            ]
    return _database()


def _database() -> list[Finding]:
    try:
        with closing(access.connect("reader")) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT version(), coalesce(sum(abs(silent_losses)), 0) FROM news.crawl_accounting")
            name, losses = cursor.fetchone() or ("", 0)
    except BulletinsError as error:
        return [Finding("Database", False, str(error))]
    return [
        Finding("Database", True, name.split(" on ")[0]),
        Finding("Silent losses", losses == 0, f"{losses}" + ("; `bulletins db check` names them" if losses else "")),
    ]


def _leftovers() -> list[Finding]:
    left = leftovers(home())
    return [
        Finding(
            "Leftovers", not left, f"{len(left)} processes of a crashed stack: `bulletins down`" if left else "none"
        )
    ]


_CHECKS: tuple[Callable[[], list[Finding]], ...] = (
    _python, _space, _declarations, _proxy, _contact, _archive, _postgres, _leftovers,
)  # fmt: skip
