"""What /proc says about processes: is this still the one we started, who belongs to this home, end them for certain.

A pid alone is no identity: it is given again after a restart of the machine or a long while. With the start time it is.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One process, named so that a later one with the same pid is not taken for it."""

    pid: int
    started: int  # clock ticks since boot, field 22 of /proc/PID/stat


def find(pid: int) -> Process | None:
    """Return the running process `pid`; None when there is none or it is dead and merely not yet reaped.

    In a container without an init a killed process stays a zombie for ever: it must not count as running.
    """
    fields = _stat(pid)
    return Process(pid=pid, started=int(fields[19])) if fields and fields[0] not in "ZX" else None


def is_running(process: Process) -> bool:
    """Say whether exactly this process is still running."""
    return find(process.pid) == process


def command(pid: int) -> tuple[str, ...]:
    """Return the command line of `pid`; empty when it is gone or not ours to read."""
    return tuple(part.decode("utf-8", "replace") for part in _read(pid, "cmdline").split(b"\0") if part)


def environment(pid: int) -> dict[str, str]:
    """Return the environment `pid` was started with; empty when it is gone or not ours to read."""
    pairs = (part.decode("utf-8", "replace").partition("=") for part in _read(pid, "environ").split(b"\0"))
    return {key: value for key, equals, value in pairs if equals}


def session(pid: int) -> int | None:
    """Return the id of the session `pid` belongs to, None when it is gone."""
    fields = _stat(pid)
    return int(fields[3]) if fields else None


def running() -> list[Process]:
    """Return all running processes of the machine that we can see."""
    found = (find(int(entry.name)) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [process for process in found if process]


def in_sessions(sessions: Iterable[int]) -> list[Process]:
    """Return the running processes that belong to one of `sessions`."""
    wanted = set(sessions)
    return [process for process in running() if session(process.pid) in wanted]


def marked(key: str, value: str) -> list[Process]:
    """Return the running processes that were started with `key`=`value` in their environment, but not ourselves."""
    own = os.getpid()
    return [p for p in running() if p.pid != own and environment(p.pid).get(key) == value]


def wait_gone(processes: Iterable[Process], seconds: float) -> list[Process]:
    """Wait until `processes` have ended, at most `seconds`; returns those that have not."""
    deadline = time.monotonic() + seconds
    left = [process for process in processes if is_running(process)]
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [process for process in left if is_running(process)]
    return left


def end(processes: Iterable[Process], seconds: float = 5.0) -> list[Process]:
    """Ask `processes` to end, then force those that have not after `seconds`; returns those that even so remain."""
    left = list(processes)
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
        for process in left:
            send(process, number)
        left = wait_gone(left, patience)
    return left


def send(process: Process, number: signal.Signals) -> None:
    """Send a signal to exactly this process; nothing happens when it is gone."""
    if is_running(process):
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            return  # ended between the look and the signal


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the state on: the name before it may hold blanks and brackets."""
    return _read(pid, "stat").rpartition(b")")[2].decode().split()


def _read(pid: int, name: str) -> bytes:
    try:
        return (_PROC / str(pid) / name).read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""
