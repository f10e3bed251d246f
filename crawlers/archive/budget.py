"""How full the archive may get."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

from crawlers.records import BulletinsError

_WARN_AT = 0.8  # of the limit: at 68 outlets a night this leaves weeks, not hours, to act
_DEFAULT_GB = 50.0


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


def weigh_budget(used_bytes: int) -> BudgetState:
    """Compare a size with the limit."""
    limit = _limit()
    state = Budget.OK
    if used_bytes >= limit:
        state = Budget.USED_UP
    elif used_bytes >= limit * _WARN_AT:
        state = Budget.WARNING
    return BudgetState(state=state, used_bytes=used_bytes, limit_bytes=limit)


def _limit() -> int:
    """Return BULLETINS_ARCHIVE_BUDGET_GB in bytes; the only place that reads it."""
    given = os.environ.get("BULLETINS_ARCHIVE_BUDGET_GB", "").strip()
    try:
        gigabytes = float(given) if given else _DEFAULT_GB
    except ValueError:
        gigabytes = 0.0
    if not 0 < gigabytes < 1e9:
        raise BulletinsError(f"BULLETINS_ARCHIVE_BUDGET_GB is {given!r}; expected a number of gigabytes, such as 50")
    return round(gigabytes * 1e9)
