"""The process that keeps the local stack running: `python -m bulletins.supervisor HOME`.

It starts Postgres, migrates both databases, starts Airflow's four components, starts again what dies, and stops it all
in the right order on SIGTERM. It holds a lock for as long as it lives; what it started stands in stack.json. When it is
killed itself, `bulletins up` and `bulletins down` find its children by their mark (bulletins.processes).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from bulletins import airflow, ports, processes
from bulletins.postgres import Postgres
from bulletins.stack import MARK
from crawlers.records import BulletinsError
from processing import database

LOG_LIMIT = 20 * 2**20  # bytes; a log that grows beyond it becomes <name>.log.1
_WAITS = (1, 2, 5, 15, 60)  # seconds before a component that died is started for the next time


class Supervisor:
    """Owns one stack below one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.postgres = None if os.environ.get("BULLETINS_DATABASE_URL") else Postgres(home)
        self._environment: dict[str, str] = {}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._deaths: dict[str, list[float]] = {}
        self._due: dict[str, float] = {}
        self._port = 0
        self._stopping = False

    def run(self) -> None:
        """Start everything, keep it running until SIGTERM or SIGINT, stop everything."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_soon)
        try:
            self._prepare()
            for name in airflow.COMPONENTS:
                self._start(name)
            while not self._stopping:
                self._look_after()
                time.sleep(0.5)
        finally:
            self._stop()

    def _stop_soon(self, *_: object) -> None:
        self._stopping = True

    def _prepare(self) -> None:
        self._say("starting Postgres")
        metadata, owner, loader = self._databases()
        self._say("migrating the tables")
        with closing(psycopg2.connect(owner)) as connection:
            database.migrate(connection)
        self._port = self._choose_port()
        self._environment = {
            **airflow.environment(self.home, metadata_url=metadata, news_url=loader, port=self._port),
            "BULLETINS_DATABASE_URL": loader,
            MARK: str(self.home),
        }
        self._migrate_airflow()

    def _choose_port(self) -> int:
        """Return the port used last time if it is free, else another one."""
        remembered = self.home / "run" / "airflow.port"
        remembered.parent.mkdir(parents=True, exist_ok=True)
        port = ports.choose(int(remembered.read_text()) if remembered.exists() else 8080)
        remembered.write_text(str(port))
        (self.home / "airflow").mkdir(exist_ok=True)
        return port

    def _databases(self) -> tuple[str, str, str]:
        """Return the URLs of Airflow's metadata, of the news as owner, and of the news as loader."""
        if self.postgres is not None:
            self.postgres.start()
            return self.postgres.url("airflow", "airflow"), self.postgres.url("owner"), self.postgres.url("loader")
        news = os.environ["BULLETINS_DATABASE_URL"]
        return _metadata_beside(news), news, news

    def _migrate_airflow(self) -> None:
        """Migrate Airflow's metadata; a stamp saves the four seconds when nothing changed."""
        from importlib.metadata import version

        stamp = self.home / "airflow" / "migrated"
        wanted = (
            f"{version('apache-airflow')} {self._environment['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN'].split('@')[-1]}"
        )
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self._say("migrating Airflow's metadata")
        with self._log("migrate") as log:
            done = subprocess.run(
                ["airflow", "db", "migrate"], env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                check=False,
            )  # fmt: skip
        if done.returncode:
            raise BulletinsError(f"Airflow's metadata could not be migrated; see {self.home / 'logs' / 'migrate.log'}")
        stamp.write_text(wanted)

    def _start(self, name: str) -> None:
        self._say(f"starting {name}")
        # serve-logs would listen on all interfaces; on one machine the API server reads the log files itself.
        extra = ["--skip-serve-logs"] if name in ("scheduler", "triggerer") else []
        with self._log(name) as log:
            self._children[name] = subprocess.Popen(
                ["airflow", name, *extra], env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=airflow.PROJECT,
            )  # fmt: skip
        self._write()

    def _look_after(self) -> None:
        """Start again what died, each time after a longer wait; cut logs that have grown."""
        now = time.monotonic()
        if self.postgres is not None and self.postgres.alive() is None:
            self._say("Postgres died, starting it again")
            self.postgres.start()
        for name, child in list(self._children.items()):
            if child.poll() is not None and name not in self._due:
                _end_group(child)  # LocalExecutor's workers outlive a killed scheduler
                deaths = [at for at in self._deaths.get(name, []) if now - at < 600]
                self._due[name] = now + _WAITS[min(len(deaths), len(_WAITS) - 1)]
                self._deaths[name] = [*deaths, now]
                self._say(f"{name} ended with {child.returncode}, starting it again in {self._due[name] - now:.0f} s")
        for name in [name for name, at in self._due.items() if at <= now]:
            del self._due[name]
            self._start(name)
        for path in (self.home / "logs").glob("*.log"):
            if path.stat().st_size > LOG_LIMIT:
                shutil.copyfile(path, path.with_suffix(".log.1"))
                os.truncate(path, 0)  # the component writes in append mode and goes on at 0

    def _stop(self) -> None:
        for name in airflow.STOP_ORDER:
            child = self._children.get(name)
            if child is not None and child.poll() is None:
                self._say(f"stopping {name}")
                child.terminate()
                with suppress(subprocess.TimeoutExpired):
                    # The triggerer keeps no state and takes 14 s to say good-bye.
                    child.wait(2 if name == "triggerer" else 20)
            if child is not None:
                _end_group(child)
        if self.postgres is not None:
            self._say("stopping Postgres")
            self.postgres.stop()
        (self.home / "stack.json").unlink(missing_ok=True)
        self._say("stopped")

    def _write(self) -> None:
        """Write down what runs, for other commands."""
        state: dict[str, Any] = {
            "supervisor": _described(os.getpid()),
            "port": self._port,
            "components": {name: _described(child.pid) for name, child in self._children.items()},
            "embedded": self.postgres is not None,
        }
        part = self.home / "stack.json.part"
        part.write_text(json.dumps(state, indent=1))
        part.replace(self.home / "stack.json")

    def _log(self, name: str) -> Any:
        return (self.home / "logs" / f"{name}.log").open("ab")

    def _say(self, text: str) -> None:
        print(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {text}", flush=True)


def _described(pid: int) -> dict[str, int]:
    process = processes.find(pid)
    return {"pid": pid, "started": process.started if process else 0}


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """End what is left of a component's session, and reap the component."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


def _metadata_beside(news: str) -> str:
    """Return the URL of database `airflow` on the server of `news`, made if need be; raises BulletinsError."""
    with closing(psycopg2.connect(news)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'airflow'")
            if cursor.fetchone() is None:
                try:
                    cursor.execute("CREATE DATABASE airflow")
                except psycopg2.errors.InsufficientPrivilege as error:
                    raise BulletinsError(
                        "Airflow needs a database named airflow on the server of BULLETINS_DATABASE_URL, and its user "
                        "may not create one; ask the server's keeper for it"
                    ) from error
    return urlunsplit(urlsplit(news)._replace(path="/airflow"))


def main() -> None:
    """Run the supervisor of the home named on the command line; a second one ends at once."""
    home = Path(sys.argv[1]).absolute()
    (home / "logs").mkdir(parents=True, exist_ok=True)
    with (home / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("another supervisor runs already")
        try:
            Supervisor(home).run()
        except BulletinsError as error:
            (home / "supervisor.error").write_text(str(error))
            sys.exit(str(error))
        except psycopg2.Error as error:
            text = str(error).strip().splitlines()[0]
            (home / "supervisor.error").write_text(f"the database does not answer: {text}")
            sys.exit(text)


if __name__ == "__main__":
    main()
