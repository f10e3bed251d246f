"""The local stack as commands see it: is it up, bring it up, take it down."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bulletins.airflow import PROJECT, Airflow
from bulletins.postgres import Postgres
from bulletins.processes import Process, end, is_running, marked, send, wait_gone
from crawlers.records import BulletinsError

DAG = "nightly_crawl"
MARK = "BULLETINS_STACK"  # in the environment of all that the stack starts, so that it can be found again
CRAWL_SLOTS = 4  # outlets crawled at once; each host still sees one request at a time
START_SECONDS = 240


class StackError(BulletinsError):
    """The stack could not be started or is not up."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that is up."""

    home: Path
    port: int
    supervisor: Process
    components: dict[str, Process]
    embedded: bool  # Postgres is ours, not the user's

    @property
    def address(self) -> str:
        """Return the address of the Airflow UI."""
        return f"http://127.0.0.1:{self.port}"

    def airflow(self) -> Airflow:
        """Return a client of the REST API."""
        return Airflow(self.home, self.address)


def find(folder: Path) -> Stack | None:
    """Return the stack of a home if its supervisor lives; a stale stack.json counts for nothing."""
    with suppress(OSError, ValueError, KeyError):
        state = json.loads((folder / "stack.json").read_text())
        supervisor = Process(**state["supervisor"])
        if is_running(supervisor):
            components = {name: Process(**process) for name, process in state["components"].items()}
            return Stack(folder, state["port"], supervisor, components, state["embedded"])
    return None


def up(folder: Path, say: Callable[[str], None] = lambda _: None) -> Stack:
    """Bring the stack up, or return the one that is up; raises StackError with the reason.

    `say` is told each step as it begins.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not _supervised(folder):
        _clear(folder)
        _spawn(folder)
    stack = _wait(folder, say)
    airflow = stack.airflow()
    say("waiting for Airflow")
    deadline = time.monotonic() + START_SECONDS
    while not airflow.healthy():
        if time.monotonic() > deadline or not is_running(stack.supervisor):
            raise StackError(f"Airflow did not become healthy in {START_SECONDS} s; see {folder / 'logs'}")
        time.sleep(0.5)
    airflow.set_pool("crawl", CRAWL_SLOTS, "Outlets crawled at once")
    say("waiting for the DAG")
    airflow.wait_for_dag(DAG, START_SECONDS)
    return find(folder) or stack


def down(folder: Path) -> int:
    """Stop everything that belongs to the home; returns how many processes had to be ended by force."""
    stack = find(folder)
    if stack is not None:
        send(stack.supervisor, signal.SIGTERM)
        wait_gone([stack.supervisor], 90)
    return _clear(folder)


def _clear(folder: Path) -> int:
    """End whatever a dead supervisor left behind; Postgres is asked, the rest is ended."""
    postgres = Postgres(folder)
    server = postgres.alive() if (folder / "secrets").exists() else None
    family = {server} | set(_children(server)) if server else set()
    left = [process for process in marked(MARK, str(folder)) if process.pid not in family]
    end(left, 3)
    if server is not None:
        postgres.stop()
    (folder / "stack.json").unlink(missing_ok=True)
    return len(left)


def _children(pid: int | None) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _supervised(folder: Path) -> bool:
    """Tell whether a supervisor holds the lock: it may be too young to have written stack.json."""
    with (folder / "supervisor.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _spawn(folder: Path) -> None:
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "supervisor.error").unlink(missing_ok=True)
    with (folder / "logs" / "supervisor.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "bulletins.supervisor", str(folder)], cwd=PROJECT, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True, env={**os.environ, MARK: str(folder)},
        )  # fmt: skip


def _wait(folder: Path, say: Callable[[str], None]) -> Stack:
    """Wait until the supervisor has started all components; raises StackError with its last words."""
    deadline = time.monotonic() + START_SECONDS
    told = ""
    time.sleep(0.3)
    while time.monotonic() < deadline:
        stack = find(folder)
        if stack is not None and len(stack.components) == 4:
            return stack
        if not _supervised(folder):
            error = folder / "supervisor.error"
            why = error.read_text() if error.exists() else f"the supervisor ended; see {folder / 'logs/supervisor.log'}"
            raise StackError(f"the stack did not start: {why}")
        step = _last_line(folder / "logs" / "supervisor.log")
        if step != told:
            told = step
            say(step)
        time.sleep(0.2)
    raise StackError(f"the stack did not start in {START_SECONDS} s; see {folder / 'logs'}")


def _last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").splitlines()[-1:] if path.exists() else []
    return lines[0].partition(" ")[2] if lines else ""
