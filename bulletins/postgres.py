"""The embedded Postgres of one BULLETINS_HOME: made, started, stopped, and brought back after any kind of death.

    PostgresError    it cannot be made or started here; the text says why and what to do

It listens on 127.0.0.1 only, with passwords (SCRAM); no Unix socket, whose path could be too long for the system.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bulletins import ports, processes
from bulletins.binaries import (
    PACKAGES,
    BinariesError,
    RunAs,
    as_user,
    data_folder,
    make_data_folder,
    program_folder,
    run_as,
)
from bulletins.databases import LOGINS, provide
from bulletins.home import folder
from bulletins.secrets import Secrets
from crawlers.records import BulletinsError

logger = logging.getLogger(__name__)

_FIRST_PORT = 15432
_NEEDED_BYTES = 200 * 2**20  # a new cluster takes 55 MB, its first write-ahead log files 2 x 16 MB; the rest is air
_START_SECONDS = 60.0
_ORPHAN_SECONDS = 5.0  # children of a killed postmaster need up to 2 s to notice; then they are ended

# Measured with 68 outlets: 24 MB for the postmaster, 14 MB more for everything else that idles.
_SETTINGS = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
shared_buffers = '128MB'
max_connections = 200
log_min_messages = warning
log_checkpoints = off
log_timezone = 'UTC'
timezone = 'UTC'
"""


class PostgresError(BulletinsError):
    """The embedded Postgres cannot be made or started; one line that says what to do."""


class Postgres:
    """The embedded Postgres of the installation in `home`. Two processes may use it at once: calls wait for each other."""

    def __init__(self, home: Path, packages: tuple[str, ...] = tuple(PACKAGES)) -> None:
        """`packages` are tried in turn when a new cluster is made. Nothing happens before `init` or `start`."""
        self.home = home.absolute()
        self.packages = packages
        self.secrets = Secrets(self.home / "secrets")
        self._user: RunAs | None = run_as()
        self._programs: dict[str, Path] = {}

    # -- what others need to know

    @property
    def data(self) -> Path | None:
        """Return the folder of the cluster, None while there is none."""
        found = self._cluster()
        return found[1] if found else None

    @property
    def port(self) -> int:
        """Return the port it listens on, or did last."""
        try:
            return int(self._port_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return _FIRST_PORT

    def url(self, role: str, database: str = "news") -> str:
        """Return the connection URL, password and all, of `role`: owner, loader, reader, airflow or superuser."""
        password = quote(self.secrets.get(f"postgres_{role}"), safe="")
        return f"postgresql://{LOGINS[role]}:{password}@127.0.0.1:{self.port}/{database}"

    def program(self, name: str) -> Path:
        """Return the path of one of Postgres's own programs, such as psql."""
        found = self._cluster()
        return self._program_folder(found[0] if found else self.packages[0]) / name

    def alive(self) -> int | None:
        """Return the pid of the running postmaster, None when it does not run."""
        data = self.data
        return _postmaster(data) if data else None

    # -- the life cycle

    def init(self) -> None:
        """Make the cluster if there is none; a new one appears whole or not at all. Raises PostgresError."""
        with self._locked():
            self._init()

    def start(self) -> None:
        """Bring it up, making it first if need be, with its databases and roles. Nothing to do when it runs.

        Raises PostgresError.
        """
        with self._locked():
            self._init()
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
                self._run("pg_ctl", "-D", data, "-w", "-m", mode, "-t", str(seconds), "stop", check=False)
                if _postmaster(data) is None:
                    break
                logger.warning("Postgres did not stop within %s s (%s)", seconds, mode)
            left = [process] if process and processes.is_running(process) else []
            processes.end([*left, *_orphans(data)], seconds=0)

    def remove(self) -> None:
        """Stop it and delete the cluster with all its data."""
        self.stop()
        with self._locked():
            place = self._place()
            if place.exists():
                shutil.rmtree(place)

    # -- how

    @property
    def _port_file(self) -> Path:
        return self.home / "run" / "postgres.port"

    @property
    def log(self) -> Path:
        """Return the server's log; beside the data, because the server's user writes it."""
        return self._place() / "server.log"

    def _place(self) -> Path:
        """Return the folder of all clusters of this home."""
        return data_folder(self.home, self._user)

    def _cluster(self) -> tuple[str, Path] | None:
        """Return package and folder of the cluster that exists."""
        place = self._place()
        for package, version in PACKAGES.items():
            if (place / str(version) / "PG_VERSION").exists():
                return package, place / str(version)
        return None

    def _program_folder(self, package: str) -> Path:
        if package not in self._programs:
            self._programs[package] = program_folder(package, self._user)
        return self._programs[package]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        path = folder(self.home / "run") / "postgres.lock"
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _init(self) -> None:
        if self._cluster():
            return
        place = make_data_folder(self.home, self._user)
        _require_space(place)
        for part in place.glob("*.part"):  # left behind by a set-up that was killed
            shutil.rmtree(part)
        for package in self.packages:
            try:
                self._make_cluster(package, place)
            except (BinariesError, subprocess.CalledProcessError) as error:
                reason = _reason(error)
                logger.warning("%s cannot make a database here: %s", package, reason)
            else:
                return
        if "No space left on device" in reason:
            raise PostgresError(_no_space(place))
        raise PostgresError(f"cannot make a Postgres database in {place}: {reason}")

    def _make_cluster(self, package: str, place: Path) -> None:
        self._program_folder(package)
        data = place / str(PACKAGES[package])
        part = place / f"{data.name}.part"
        password = place / "password.part"
        try:
            part.mkdir(mode=0o700)
            password.touch(mode=0o600)
            password.write_text(self.secrets.get("postgres_superuser"), encoding="utf-8")
            if self._user:
                for path in (part, password):
                    os.chown(path, self._user.uid, self._user.gid)
            arguments = ["-U", LOGINS["superuser"], "-A", "scram-sha-256", f"--pwfile={password}"]
            self._run(
                "initdb", "-D", part, *arguments, "-E", "UTF8", "--locale=C.UTF-8", "-T", "english", package=package
            )
            with (part / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("\ninclude 'bulletins.conf'\n")
            (part / "bulletins.conf").write_text(_SETTINGS.format(port=_FIRST_PORT), encoding="utf-8")
            part.rename(data)
        except OSError as error:
            raise BinariesError(f"{place}: {error.strerror or error}") from error
        finally:
            password.unlink(missing_ok=True)
            shutil.rmtree(part, ignore_errors=True)

    def _start(self) -> None:
        data = self.data
        if data is None:
            raise PostgresError("there is no database yet")
        deadline = time.monotonic() + _START_SECONDS
        orphans_end = time.monotonic() + _ORPHAN_SECONDS
        port = ports.choose(self.port)
        while True:
            self._prepare(data, port)
            log_size = self.log.stat().st_size
            try:
                self._run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", self.log, "start")
                break
            except subprocess.CalledProcessError as error:
                said = _tail(self.log, log_size)
                if time.monotonic() > deadline or not self._may_pass(said):
                    raise PostgresError(self._explain(said or _reason(error))) from error
            port = ports.choose(port)
            if time.monotonic() > orphans_end:
                processes.end(_orphans(data), seconds=1)
            time.sleep(0.3)
        self._port_file.write_text(f"{port}\n", encoding="utf-8")

    def _prepare(self, data: Path, port: int) -> None:
        """Put away what a dead server left and write the settings of this start."""
        try:
            (data / "postmaster.pid").unlink(missing_ok=True)
            (data / "bulletins.conf").write_text(_SETTINGS.format(port=port), encoding="utf-8")
            self.log.touch(mode=0o600)
            if self._user:
                os.chown(self.log, self._user.uid, self._user.gid)
                os.chown(data / "bulletins.conf", self._user.uid, self._user.gid)
        except OSError as error:
            raise PostgresError(self._explain(f"{error.filename}: {error.strerror}")) from error

    @staticmethod
    def _may_pass(said: str) -> bool:
        """Say whether a failed start is worth another try: the dead server's children, or a port just taken."""
        return any(text in said for text in ("still in use", "already in use", "could not bind", "already exists"))

    def _explain(self, said: str) -> str:
        if "No space left on device" in said:
            return _no_space(self._place())
        fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
        return f"Postgres does not start: {(fatal or said.splitlines() or ['no reason given'])[-1]}; see {self.log}"

    def _run(
        self, program: str, *arguments: str | Path, package: str = "", check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run one of Postgres's programs as its user, with nothing of our environment that could lead it astray."""
        path = self._program_folder(package) / program if package else self.program(program)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        environment |= {"LC_ALL": "C.UTF-8", "TZ": "UTC", "BULLETINS_HOME": str(self.home)}
        # Neither a pipe, which the server would inherit and keep open, nor a file, for which the disk may have no room.
        with os.fdopen(os.memfd_create("output"), "w+", encoding="utf-8", errors="replace") as out:
            done = subprocess.run(
                [str(path), *map(str, arguments)],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                **as_user(self._user),
            )
            out.seek(0)
            said = out.read()
        if check and done.returncode:
            raise subprocess.CalledProcessError(done.returncode, program, output=said)
        return subprocess.CompletedProcess(done.args, done.returncode, said)


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


def _require_space(place: Path) -> None:
    if shutil.disk_usage(place).free < _NEEDED_BYTES:
        raise PostgresError(_no_space(place))


def _no_space(place: Path) -> str:
    free = shutil.disk_usage(place).free / 2**20
    return (
        f"no space for the database: {free:.0f} MB free on the disk of {place}, {_NEEDED_BYTES >> 20} MB needed; "
        "free some, or set BULLETINS_HOME to a folder on another disk"
    )


def _reason(error: BinariesError | subprocess.CalledProcessError) -> str:
    """Return the last line that says something."""
    text = str(error.output) if isinstance(error, subprocess.CalledProcessError) else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip() and "removing" not in line]
    return " ".join(lines[-2:]) if lines else str(error)


def _tail(path: Path, start: int) -> str:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(100_000).decode("utf-8", "replace")
