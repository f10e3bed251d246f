"""The files and programs of the embedded Postgres: where the cluster lies, how it is made, how its programs are run.

PostgresError    it cannot be made here; the text says why and what to do
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from pathlib import Path

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
from bulletins.databases import LOGINS
from bulletins.secrets import Secrets
from crawlers.records import BulletinsError

logger = logging.getLogger(__name__)

FIRST_PORT = 15432
_NEEDED_BYTES = 200 * 2**20  # a new cluster takes 55 MB, its first write-ahead log files 2 x 16 MB; the rest is air

# MB that the server keeps of its tables in memory: an eighth of the machine's, taken as it is needed, within these bounds.
_BUFFERS = (128, 2048)
_BUFFERS_SHARE = 8
# A page that is touched for the first time after a checkpoint is written to the log as a whole, and a night touches the same
# ones again and again: checkpoints are rarer than by default.
# Measured with 68 outlets: 24 MB for the postmaster, 14 MB more for everything else that idles.
_SETTINGS = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
shared_buffers = '{buffers}MB'
max_connections = 200
max_wal_size = '2GB'
checkpoint_timeout = '15min'
log_min_messages = warning
log_checkpoints = off
log_timezone = 'UTC'
timezone = 'UTC'
"""


class PostgresError(BulletinsError):
    """The embedded Postgres cannot be made or started; one line that says what to do."""


class Cluster:
    """The cluster of the installation in `home`, made with the first of `packages` that can."""

    def __init__(self, home: Path, packages: tuple[str, ...]) -> None:
        """Nothing happens before `make`."""
        self.home = home
        self.packages = packages
        self.secrets = Secrets(home / "secrets")
        self._user: RunAs | None = run_as()
        self._programs: dict[str, Path] = {}

    @property
    def place(self) -> Path:
        """Return the folder of all clusters of this home."""
        return data_folder(self.home, self._user)

    @property
    def data(self) -> Path | None:
        """Return the folder of the cluster, None while there is none."""
        found = self._found()
        return found[1] if found else None

    @property
    def log(self) -> Path:
        """Return the server's log; beside the data, because the server's user writes it."""
        return self.place / "server.log"

    def program(self, name: str) -> Path:
        """Return the path of one of Postgres's own programs, such as psql."""
        found = self._found()
        return self._program_folder(found[0] if found else self.packages[0]) / name

    def make(self) -> None:
        """Make the cluster if there is none; a new one appears whole or not at all. Raises PostgresError."""
        if self._found():
            return
        place = make_data_folder(self.home, self._user)
        _require_space(place)
        for part in place.glob("*.part"):  # left behind by a set-up that was killed
            shutil.rmtree(part)
        for package in self.packages:
            try:
                self._make_cluster(package, place)
            except (BinariesError, subprocess.CalledProcessError) as error:
                why = reason(error)
                logger.warning("%s cannot make a database here: %s", package, why)
            else:
                return
        if "No space left on device" in why:
            raise PostgresError(_no_space(place))
        raise PostgresError(f"cannot make a Postgres database in {place}: {why}")

    def prepare(self, port: int) -> Path:
        """Put away what a dead server left and write the settings of this start; returns the data folder."""
        data = self.data
        if data is None:
            raise PostgresError("there is no database yet")
        try:
            (data / "postmaster.pid").unlink(missing_ok=True)
            (data / "bulletins.conf").write_text(_settings(port), encoding="utf-8")
            self.log.touch(mode=0o600)
            if self._user:
                os.chown(self.log, self._user.uid, self._user.gid)
                os.chown(data / "bulletins.conf", self._user.uid, self._user.gid)
        except OSError as error:
            raise PostgresError(self.explain(f"{error.filename}: {error.strerror}")) from error
        return data

    def run(
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

    def explain(self, said: str) -> str:
        """Turn what Postgres said when it did not start into one line for a person."""
        if "No space left on device" in said:
            return _no_space(self.place)
        fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
        return f"Postgres does not start: {(fatal or said.splitlines() or ['no reason given'])[-1]}; see {self.log}"

    def _found(self) -> tuple[str, Path] | None:
        """Return package and folder of the cluster that exists."""
        place = self.place
        for package, version in PACKAGES.items():
            if (place / str(version) / "PG_VERSION").exists():
                return package, place / str(version)
        return None

    def _program_folder(self, package: str) -> Path:
        if package not in self._programs:
            self._programs[package] = program_folder(package, self._user)
        return self._programs[package]

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
            self.run(
                "initdb", "-D", part, *arguments, "-E", "UTF8", "--locale=C.UTF-8", "-T", "english", package=package
            )
            with (part / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("\ninclude 'bulletins.conf'\n")
            (part / "bulletins.conf").write_text(_settings(FIRST_PORT), encoding="utf-8")
            part.rename(data)
        except OSError as error:
            raise BinariesError(f"{place}: {error.strerror or error}") from error
        finally:
            password.unlink(missing_ok=True)
            shutil.rmtree(part, ignore_errors=True)


def _settings(port: int) -> str:
    """Return the settings of a start on `port`."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    except (ValueError, OSError):
        memory = 0  # a system that does not say
    least, most = _BUFFERS
    return _SETTINGS.format(port=port, buffers=min(max(memory // _BUFFERS_SHARE, least), most))


def _require_space(place: Path) -> None:
    if shutil.disk_usage(place).free < _NEEDED_BYTES:
        raise PostgresError(_no_space(place))


def _no_space(place: Path) -> str:
    free = shutil.disk_usage(place).free / 2**20
    return (
        f"no space for the database: {free:.0f} MB free on the disk of {place}, {_NEEDED_BYTES >> 20} MB needed; "
        "free some, or set BULLETINS_HOME to a folder on another disk"
    )


def reason(error: BinariesError | subprocess.CalledProcessError) -> str:
    """Return the last line that says something."""
    text = str(error.output) if isinstance(error, subprocess.CalledProcessError) else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip() and "removing" not in line]
    return " ".join(lines[-2:]) if lines else str(error)
