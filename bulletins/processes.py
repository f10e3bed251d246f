"""Processes that outlive the command that started them: known by pid and start time, found again by a mark.

A pid alone says nothing after a crash, because numbers are used again. Everything the stack starts carries the variable
STACK=<home> in its environment, so that whatever was left behind, by whom ever, can be found and ended.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARK = "BULLETINS_STACK"


@dataclass(frozen=True, slots=True)
class Process:
    """A process that was started once; `started` is the kernel's tick of its start."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> Process | None:
        """Return the process with this pid, or None when there is none (a zombie counts as none)."""
        with suppress(OSError, IndexError, ValueError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            if fields[0] not in "ZX":
                return cls(pid, int(fields[19]))
        return None

    def alive(self) -> bool:
        """Tell whether this very process still runs."""
        return Process.of(self.pid) == self

    def send(self, number: int, *, group: bool = False) -> None:
        """Send a signal if it still runs; with `group`, to the whole process group that it leads."""
        if self.alive():
            with suppress(ProcessLookupError, PermissionError):
                (os.killpg if group else os.kill)(self.pid, number)

    def wait(self, seconds: float) -> bool:
        """Wait until it is gone; returns whether it is."""
        deadline = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


def marked(home: Path) -> list[Process]:
    """Return all processes that carry the mark of the stack of `home`, this one excepted."""
    wanted = f"{MARK}={home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):  # gone meanwhile, or another user's
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    process = Process.of(int(entry.name))
                    if process is not None:
                        found.append(process)
    return found


def end(processes: list[Process], grace: float) -> None:
    """End processes: politely, then for certain."""
    for process in processes:
        process.send(signal.SIGTERM)
    deadline = time.monotonic() + grace
    for process in processes:
        process.wait(max(0.0, deadline - time.monotonic()))
    for process in processes:
        process.send(signal.SIGKILL)
    for process in processes:
        process.wait(5)
