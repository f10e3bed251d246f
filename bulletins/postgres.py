"""The embedded Postgres of one BULLETINS_HOME: made, started, stopped, and brought back after any kind of death.

    PostgresError    it cannot be made or started here; the text says why and what to do

It listens on 127.0.0.1 only, with passwords (SCRAM); no Unix socket, whose path could be too long for the system.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bulletins import ports, processes
from bulletins.binaries import PACKAGES
from bulletins.cluster import FIRST_PORT, Cluster, PostgresError, reason
from bulletins.databases import LOGINS, provide
from bulletins.home import folder
from crawlers.records import BulletinsError

__all__ = ["Postgres", "PostgresError"]

logger = logging.getLogger(__name__)

_START_SECONDS = 60.0
_ORPHAN_SECONDS = 5.0  # children of a killed postmaster need up to 2 s to notice; then they are ended


class Postgres:
    """The embedded Postgres of the installation in `home`. Two processes may use it at once: calls wait for each other."""

    def __init__(self, home: Path, packages: tuple[str, ...] = tuple(PACKAGES)) -> None:
        """`packages` are tried in turn when a new cluster is made. Nothing happens before `init` or `start`."""
        self.home = home.absolute()
        self._cluster = Cluster(self.home, packages)
        self.secrets = self._cluster.secrets

    # -- what others need to know

    @property
    def data(self) -> Path | None:
        """Return the folder of the cluster, None while there is none."""
        return self._cluster.data

    @property
    def log(self) -> Path:
        """Return the server's log; beside the data, because the server's user writes it."""
        return self._cluster.log

    @property
    def port(self) -> int:
        """Return the port it listens on, or did last."""
        try:
            return int(self._port_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return FIRST_PORT

    def url(self, role: str, database: str = "news") -> str:
        """Return the connection URL, password and all, of `role`: owner, loader, reader, airflow or superuser."""
        password = quote(self.secrets.get(f"postgres_{role}"), safe="")
        return f"postgresql://{LOGINS[role]}:{password}@127.0.0.1:{self.port}/{database}"

    def program(self, name: str) -> Path:
        """Return the path of one of Postgres's own programs, such as psql."""
        return self._cluster.program(name)

    def alive(self) -> int | None:
        """Return the pid of the running postmaster, None when it does not run."""
        data = self.data
        return _postmaster(data) if data else None

    # -- the life cycle

    def init(self) -> None:
        """Make the cluster if there is none; a new one appears whole or not at all. Raises PostgresError."""
        with self._locked():
            self._cluster.make()

    def start(self) -> None:
        """Bring it up, making it first if need be, with its databases and roles. Nothing to do when it runs.

        Raises PostgresError.
        """
        with self._locked():
            self._cluster.make()
            for patience in (True, True, True, False):
                if not self.alive():
                    self._start()
                try:
                    provide(self.url, lambda role: self.secrets.get(f"postgres_{role}"))
                    break
                except BulletinsError:
                    # A server that was killed this instant still looks alive, and answers nobody.
                    if not patience:
                        raise
                    time.sleep(0.5)

    def stop(self) -> None:
        """End it, gently first: open connections are closed. Nothing to do when it does not run."""
        with self._locked():
            data, pid = self.data, self.alive()
            if data is None or pid is None:
                return
            process = processes.find(pid)
            for mode, seconds in (("fast", 30), ("immediate", 10)):
                self._cluster.run("pg_ctl", "-D", data, "-w", "-m", mode, "-t", str(seconds), "stop", check=False)
                if _postmaster(data) is None:
                    break
                logger.warning("Postgres did not stop within %s s (%s)", seconds, mode)
            left = [process] if process and processes.is_running(process) else []
            processes.end([*left, *_orphans(data)], seconds=0)

    def remove(self) -> None:
        """Stop it and delete the cluster with all its data."""
        self.stop()
        with self._locked():
            place = self._cluster.place
            if place.exists():
                shutil.rmtree(place)

    # -- how

    @property
    def _port_file(self) -> Path:
        return self.home / "run" / "postgres.port"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        path = folder(self.home / "run") / "postgres.lock"
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        orphans_end = time.monotonic() + _ORPHAN_SECONDS
        port = ports.choose(self.port)
        while True:
            data = self._cluster.prepare(port)
            log_size = self.log.stat().st_size
            try:
                self._cluster.run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", self.log, "start")
                break
            except subprocess.CalledProcessError as error:
                said = _tail(self.log, log_size)
                if time.monotonic() > deadline or not self._may_pass(said):
                    raise PostgresError(self._cluster.explain(said or reason(error))) from error
            port = ports.choose(port)
            if time.monotonic() > orphans_end:
                processes.end(_orphans(data), seconds=1)
            time.sleep(0.3)
        self._port_file.write_text(f"{port}\n", encoding="utf-8")

    @staticmethod
    def _may_pass(said: str) -> bool:
        """Say whether a failed start is worth another try: the dead server's children, or a port just taken."""
        return any(text in said for text in ("still in use", "already in use", "could not bind", "already exists"))


def _postmaster(data: Path) -> int | None:
    """Return the pid of the server of `data`; a dead one, or another process under its old pid, does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return pid if processes.find(pid) and str(data) in processes.command(pid) else None


def _orphans(data: Path) -> list[processes.Process]:
    """Return the server processes that still work in `data`."""
    found = []
    for process in processes.running():
        try:
            place = Path(f"/proc/{process.pid}/cwd").readlink()
        except OSError:
            continue  # gone, or another user's
        if place == data and processes.command(process.pid)[:1]:
            found.append(process)
    return found


def _tail(path: Path, start: int) -> str:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(100_000).decode("utf-8", "replace")
