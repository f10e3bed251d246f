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

from bulletins.airflow import Airflow
from bulletins.home import PROJECT, own_database
from bulletins.home import folder as make_folder
from bulletins.postgres import Postgres
from bulletins.processes import Process, end, in_sessions, is_running, marked, send, wait_gone
from bulletins.processes import find as find_process
from crawlers.records import BulletinsError

DAG = "nightly_crawl"
MARK = "BULLETINS_STACK"  # in the environment of all that the stack starts, so that it can be found again
CRAWL_SLOTS = 4  # outlets crawled at once; each host still sees one request at a time
START_SECONDS = 240
STOP_SECONDS = 90


class StackError(BulletinsError):
    """The stack could not be started or is not up."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that is up, or on its way up."""

    home: Path
    port: int  # of the UI; 0 while it is not chosen
    supervisor: Process
    components: dict[str, Process]
    embedded: bool  # the news are in our Postgres, not in the user's
    scheduled: bool  # runs are made by the clock; otherwise only those that someone triggers

    @property
    def address(self) -> str:
        """Return the address of the Airflow UI."""
        return f"http://127.0.0.1:{self.port}"

    def airflow(self) -> Airflow:
        """Return a client of the REST API."""
        return Airflow(self.home, self.address)


def find(folder: Path) -> Stack | None:
    """Return the stack of a home if its supervisor lives; a stale stack.json counts for nothing."""
    stack = _recorded(folder)
    return stack if stack and is_running(stack.supervisor) else None


def _recorded(folder: Path) -> Stack | None:
    """Return what stack.json says, be it true or not."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        state = json.loads((folder / "stack.json").read_text("utf-8"))
        components = {name: Process(**process) for name, process in state["components"].items()}
        supervisor = Process(**state["supervisor"])
        return Stack(folder, state["port"], supervisor, components, state["embedded"], state["scheduled"])
    return None


def up(folder: Path, say: Callable[[str], None] = lambda _: None, *, scheduled: bool = False, dag: str = DAG) -> Stack:
    """Bring the stack up, or return the one that is up; raises StackError with the reason.

    `say` is told each step as it begins. `scheduled` turns the schedule on and is never turned off but by `down`.
    """
    deadline = time.monotonic() + START_SECONDS
    make_folder(folder / "logs")
    make_folder(folder / "run")
    log = folder / "logs" / "supervisor.log"
    said_before = log.stat().st_size if log.exists() else 0
    _spawn(folder, scheduled)
    stack = _wait(folder, lambda: _last_line(log, said_before), say, deadline)
    if stack.embedded == bool(own_database()):
        raise StackError("the stack that runs keeps the news in another database; stop it first with `bulletins down`")
    if scheduled and not stack.scheduled:
        send(stack.supervisor, signal.SIGUSR1)
    say("waiting for Airflow")
    while not stack.airflow().healthy() or (scheduled and not stack.scheduled):
        if not is_running(stack.supervisor):
            raise StackError(_last_words(folder))
        if time.monotonic() > deadline:
            raise StackError(f"Airflow did not become healthy in {START_SECONDS} s; see {folder / 'logs'}")
        time.sleep(0.5)
        stack = find(folder) or stack  # the port can change while it starts
    airflow = stack.airflow()
    airflow.set_pool("crawl", CRAWL_SLOTS, "Outlets crawled at once")
    say("waiting for the DAG")
    airflow.wait_for_dag(dag, START_SECONDS)
    return stack


def down(folder: Path) -> int:
    """Stop everything that belongs to the home; returns how many processes had to be ended by force."""
    stack = find(folder)
    if stack is not None:
        send(stack.supervisor, signal.SIGTERM)
        end(wait_gone([stack.supervisor], STOP_SECONDS), 0)
    return _clear(folder)


def leftovers(folder: Path) -> list[Process]:
    """Return what a dead supervisor left running, Postgres excepted: it can be asked to stop.

    Airflow's processes write their titles over their environment, so that the mark is lost on some: those are found by
    the sessions of the components that were written down.
    """
    stack = _recorded(folder)
    if stack and is_running(stack.supervisor):
        return []
    leaders = stack.components.values() if stack else ()
    # A leader's pid names its session; while one of the session lives, the kernel does not give the number again.
    sessions = [leader.pid for leader in leaders if is_running(leader) or not find_process(leader.pid)]
    spared = family(Postgres(folder))
    left = {*in_sessions(sessions), *marked(MARK, str(folder))}
    return [process for process in left if process.pid not in spared]


def family(postgres: Postgres | None) -> set[int]:
    """Return the pids of a running Postgres: it is asked to stop, never ended like the rest."""
    server = postgres.alive() if postgres else None
    if server is None:
        return set()
    with suppress(OSError):
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return {server, *map(int, children)}
    return {server}


def _clear(folder: Path) -> int:
    """End whatever a dead supervisor left behind."""
    if not folder.exists():
        return 0
    ended: set[Process] = set()
    for grace in (3.0, 0.0, 0.0):  # what is ending may start something once more
        left = leftovers(folder)
        end(left, grace)
        ended.update(left)
        if not left:
            break
    Postgres(folder).stop()
    (folder / "stack.json").unlink(missing_ok=True)
    return len(ended)


def _spawn(folder: Path, scheduled: bool) -> None:
    """Start a supervisor unless there is one. It inherits the lock, so that at no moment two can start or none holds it."""
    with (folder / "run" / "supervisor.lock").open("a") as lock:
        if not _lock(lock.fileno()):
            return
        _clear(folder)
        (folder / "run" / "supervisor.error").unlink(missing_ok=True)
        command = [sys.executable, "-m", "bulletins.supervisor", str(folder)]
        with (folder / "logs" / "supervisor.log").open("ab") as log:
            subprocess.run(
                [*command, *(["--scheduled"] if scheduled else [])], cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, pass_fds=[lock.fileno()], env={**os.environ, MARK: str(folder)},
                check=True,
            )  # fmt: skip


def _lock(descriptor: int, mode: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _supervised(folder: Path) -> bool:
    """Say whether a supervisor holds the lock. Shared, so that two who ask do not take each other for one."""
    with (folder / "run" / "supervisor.lock").open("a") as lock:
        return not _lock(lock.fileno(), fcntl.LOCK_SH)


def _wait(folder: Path, step: Callable[[], str], say: Callable[[str], None], deadline: float) -> Stack:
    """Wait until the supervisor has started all components, saying its steps; raises StackError with its last words."""
    told = ""
    while time.monotonic() < deadline:
        stack = find(folder)
        if stack is not None and len(stack.components) == 4:
            return stack
        if not _supervised(folder):
            raise StackError(_last_words(folder))
        if (now := step()) != told:
            told = now
            say(told)
        time.sleep(0.2)
    raise StackError(f"the stack did not start in {START_SECONDS} s; see {folder / 'logs'}")


def _last_words(folder: Path) -> str:
    error = folder / "run" / "supervisor.error"
    why = error.read_text("utf-8") if error.exists() else f"see {folder / 'logs' / 'supervisor.log'}"
    return f"the stack did not start: {why}"


def _last_line(log: Path, start: int) -> str:
    """Return the last line written behind byte `start`, without its time."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode("utf-8", "replace").splitlines()
    return lines[-1].partition(" ")[2] if lines else ""
