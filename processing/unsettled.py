"""The queue of articles whose copies or stories are to be worked out: triggers fill it, a stage empties it in batches.

A batch is one transaction: it takes its articles from the queue first, so that a load that changes one of them meanwhile
waits and puts it back, and rows that a load under way has just put there are left for the next batch. A process that dies
leaves its batch in the queue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from psycopg2 import errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from processing.database import lock_transaction, statement, transaction

_ATTEMPTS = 5

Work = Callable[[Cursor, list[str]], Counter[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What empties the queue: one at a time, by one version of a method."""

    name: str  # copies or stories
    lock: int  # first number of its advisory lock
    method_version: str  # another one makes everything anew
    batch: int  # articles of a transaction


def settle(connection: Connection, stage: Stage, work: Work) -> Counter[str]:
    """Do `work` on the articles of the queue, batch by batch; returns the sum of what it counts.

    `work` gets a cursor within the batch's transaction and the ids of its articles, in order. It is called again for a batch
    whose transaction met a deadlock with a load.
    """
    with transaction(connection) as cursor:
        cursor.execute(statement("unsettle_all"), {"stage": stage.name, "method_version": stage.method_version})
    attempts = Retrying(
        retry=retry_if_exception_type(errors.DeadlockDetected),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.2, max=5),
        reraise=True,
    )
    total: Counter[str] = Counter()
    while (counts := attempts(_settle_some, connection, stage, work)) is not None:
        total += counts
    return total


def _settle_some(connection: Connection, stage: Stage, work: Work) -> Counter[str] | None:
    """Work on one batch; None: the queue is empty."""
    with transaction(connection) as cursor:
        lock_transaction(connection, stage.lock, "")
        cursor.execute(statement("take_unsettled"), {"stage": stage.name, "most": stage.batch})
        article_ids = sorted(article_id for (article_id,) in cursor.fetchall())
        return work(cursor, article_ids) if article_ids else None
