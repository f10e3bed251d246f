"""Airflow's LocalExecutor, able to give a task up whose process died between taking it and starting it.

Airflow 3.3 queues a task anew that stays queued for too long, but only with an executor that implements `revoke_task`;
LocalExecutor does not, so that the death of one of its processes at that moment left a task queued, and its run waiting,
until the scheduler was restarted (seen on 2026-11-23 with signal 9; airflow/jobs/scheduler_job_runner.py,
`_handle_tasks_stuck_in_queued`). A task that starts after all is refused by the API server: it is not queued any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.executors.local_executor import LocalExecutor

if TYPE_CHECKING:
    from airflow.models.taskinstance import TaskInstance


class RecoveringExecutor(LocalExecutor):
    """LocalExecutor that lets the scheduler queue a stuck task again."""

    def revoke_task(self, *, ti: TaskInstance) -> None:
        """Forget a task that was handed to a process which is gone."""
        self.running.discard(ti.key)
        self.running.discard(ti.id)
