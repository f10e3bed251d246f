"""Kill parts of a running stack by signal 9, at random, while the DAG runs; for benchmarks and tests."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from benchmarks.runner import ENDED
from bulletins.airflow import AirflowError
from bulletins.postgres import Postgres
from bulletins.stack import DAG, Stack, find

VICTIMS = ("task", "spider", "scheduler", "postgres", "executor", "dag-processor", "api-server")
# What an operator does with a run that ended red: clear its red tasks, with all that follows on them.
CLEARS = 5


@dataclass
class Killer:
    """Kills one part after the other, `kills` in all, each after `pause` seconds from a range, then lets the run end."""

    kills: int
    seed: int
    pause: tuple[float, float] = (3.0, 15.0)
    killed: list[str] = field(default_factory=list)
    cleared: int = 0

    def __call__(self, up: Stack, run: str) -> str:
        """Disturb a run until its end; returns its last state."""
        chance = random.Random(self.seed)
        while (state := self._state(up, run)) != "success" and self.cleared <= CLEARS:
            if state == "failed":
                self._clear(up, run)
            elif len(self.killed) < self.kills:
                time.sleep(chance.uniform(*self.pause))
                wanted = VICTIMS[len(self.killed) % len(VICTIMS)]
                if self._state(up, run) not in ENDED and self._kill(up, wanted, chance):
                    self.killed.append(wanted)
            else:
                time.sleep(2)
        return state

    def _kill(self, up: Stack, wanted: str, chance: random.Random) -> bool:
        """Kill one process of the kind; False when there is none within a while."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with suppress(psutil.NoSuchProcess):
                if pids := _pids(up, wanted):
                    os.kill(chance.choice(pids), signal.SIGKILL)
                    return True
            time.sleep(0.1)
        return False

    def _state(self, up: Stack, run: str) -> str:
        return str(_patiently(up, "GET", f"/api/v2/dags/{DAG}/dagRuns/{run}")["state"])

    def _clear(self, up: Stack, run: str) -> None:
        self.cleared += 1
        order = {"dry_run": False, "dag_run_id": run, "only_failed": True, "include_downstream": True}
        _patiently(up, "POST", f"/api/v2/dags/{DAG}/clearTaskInstances", order)
        time.sleep(5)


def _patiently(up: Stack, method: str, path: str, body: object = None) -> dict[str, object]:
    """Call Airflow's API, again while the parts of it that were killed come back."""
    deadline = time.monotonic() + 240
    while True:
        now = find(up.home) or up  # a new API server can have another port
        try:
            found: dict[str, object] = now.airflow().call(method, path, body)
        except AirflowError:
            if time.monotonic() > deadline:
                raise
            time.sleep(2)
        else:
            return found


def _pids(up: Stack, wanted: str) -> list[int]:
    """Return the processes of a kind: a task's own, its executor (the process that watches it), the spider of a crawl …"""
    now = find(up.home) or up
    if wanted == "postgres":
        server = Postgres(up.home).alive()
        return [server] if server else []
    if wanted in now.components:
        process = psutil.Process(now.components[wanted].pid)
        return [process.pid] if process.is_running() else []
    executors = psutil.Process(now.components["scheduler"].pid).children()
    tasks = [child for executor in executors for child in executor.children() if child.status() != psutil.STATUS_ZOMBIE]
    if wanted == "executor":
        return [executor.pid for executor in executors if executor.children()]
    if wanted == "task":
        return [task.pid for task in tasks]
    return [spider.pid for task in tasks for spider in task.children() if "crawlers" in spider.cmdline()]
