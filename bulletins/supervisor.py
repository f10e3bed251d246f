"""The process that keeps the local stack running: `python -m bulletins.supervisor HOME [--scheduled]`.

It starts Postgres, migrates both databases, starts Airflow's four components, starts again what dies, and stops it all
in the right order on SIGTERM; SIGUSR1 turns the schedule on. It inherits a locked file that it never closes: the lock
says that it lives. What it started stands in stack.json. When it is killed itself, `bulletins up` and `bulletins down`
find its children by their mark (bulletins.processes).
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from bulletins import airflow, ports, preparing, processes
from bulletins.home import PROJECT, own_database
from bulletins.postgres import Postgres
from bulletins.stack import MARK, family
from crawlers.records import BulletinsError

LOG_LIMIT = 20 * 2**20  # bytes; a log that grows beyond it becomes <name>.log.1
_WAITS = (1, 2, 5, 15, 60)  # seconds before a component that died is started for the next time
_CALM = 600.0  # seconds after which a death no longer counts
_PATIENCE = {"triggerer": 2.0}  # keeps no state and takes 14 s to say good-bye
_POSTGRES = "Postgres"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Supervisor:
    """Owns one stack below one home."""

    def __init__(self, home: Path, *, scheduled: bool) -> None:
        """Nothing is started before `run`."""
        self.home = home
        self.scheduled = scheduled
        self._postgres: Postgres | None = None  # None: all is in the user's own
        self._news = ""
        self._metadata = ""
        self._environment: dict[str, str] = {}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._deaths: dict[str, list[float]] = {}
        self._due: dict[str, float] = {}
        self._port = 0
        self._stopping = False
        self._schedule_wanted = False

    def run(self) -> None:
        """Start everything, keep it running until SIGTERM or SIGINT, stop everything. Raises BulletinsError."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_soon)
        signal.signal(signal.SIGUSR1, self._schedule_soon)
        try:
            self._write()
            for step in (self._databases, self._news_tables, self._airflow_tables):
                step()
                if self._stopping:
                    return
            self._start_components()
            while not self._stopping:
                self._look_after()
                time.sleep(0.5)
        finally:
            self._stop()

    def _stop_soon(self, *_: object) -> None:
        self._stopping = True

    def _schedule_soon(self, *_: object) -> None:
        self._schedule_wanted = True

    def _databases(self) -> None:
        self._say("starting Postgres")
        own = own_database()
        beside = preparing.metadata_beside(own) if own else None
        if beside is None:
            self._postgres = Postgres(self.home)
            self._postgres.start()
        self._metadata = beside or (self._postgres.url("airflow", "airflow") if self._postgres else "")

    def _news_tables(self) -> None:
        self._say("migrating the tables")
        self._news = preparing.migrate_news(self._postgres)

    def _airflow_tables(self) -> None:
        (self.home / "airflow").mkdir(exist_ok=True)
        self._choose_address()
        self._say("migrating Airflow's metadata")
        with self._log("migrate") as log:
            preparing.migrate_airflow(self.home, self._environment, log)

    def _choose_address(self) -> None:
        self._port = preparing.choose_port(self.home)
        settings = airflow.environment(
            self.home, metadata_url=self._metadata, news_url=self._news, port=self._port, scheduled=self.scheduled
        )
        self._environment = {**settings, MARK: str(self.home)}

    def _start_components(self) -> None:
        for name in airflow.COMPONENTS:
            self._start(name)

    def _start(self, name: str) -> None:
        self._say(f"starting {name}")
        # serve-logs would listen on all interfaces; on one machine the API server reads the log files itself.
        extra = ["--skip-serve-logs"] if name in ("scheduler", "triggerer") else []
        with self._log(name) as log:
            self._children[name] = subprocess.Popen(
                [airflow.PROGRAM, name, *extra], env=self._environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, cwd=PROJECT, preexec_fn=_end_with_parent,
            )  # fmt: skip
        self._write()

    def _look_after(self) -> None:
        """Start again what died, each time after a longer wait; cut logs that have grown."""
        if self._schedule_wanted:
            self._turn_schedule_on()
        now = time.monotonic()
        if self._postgres is not None and self._postgres.alive() is None and _POSTGRES not in self._due:
            self._note_death(_POSTGRES, "died", now)
        for name, child in list(self._children.items()):
            if child.poll() is not None and name not in self._due:
                self._sweep(name)  # LocalExecutor's workers and their tasks outlive a killed scheduler
                self._note_death(name, f"ended with {child.returncode}", now)
        for name in [name for name, at in self._due.items() if at <= now]:
            del self._due[name]
            self._start_again(name)
        self._cut_logs()

    def _note_death(self, name: str, how: str, now: float) -> None:
        deaths = [at for at in self._deaths.get(name, []) if now - at < _CALM]
        wait = _WAITS[min(len(deaths), len(_WAITS) - 1)]
        self._deaths[name] = [*deaths, now]
        self._due[name] = now + wait
        self._say(f"{name} {how}, starting it again in {wait} s")

    def _start_again(self, name: str) -> None:
        if name == _POSTGRES and self._postgres is not None:
            try:
                self._postgres.start()
            except BulletinsError as error:  # a full disk, say: it is tried again until someone makes room
                self._say(str(error))
        elif name == "api-server" and not ports.is_free(self._port):
            self._say(f"port {self._port} has been taken, moving to another")
            self._stop_components()
            self._choose_address()
            self._start_components()
        else:
            self._start(name)

    def _turn_schedule_on(self) -> None:
        """Start the scheduler again with its schedule; tasks that run are taken up again after their heartbeat's time."""
        self._schedule_wanted = False
        self.scheduled = True
        self._environment["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] = "True"
        self._say("turning the schedule on")
        self._stop_one("scheduler")
        self._start("scheduler")

    def _cut_logs(self) -> None:
        places = list((self.home / "logs").glob("*.log"))
        if self._postgres is not None and self._postgres.data is not None:
            places.append(self._postgres.log)
        for path in places:
            if path.exists() and path.stat().st_size > LOG_LIMIT:
                shutil.copy2(path, path.with_suffix(".log.1"))
                os.truncate(path, 0)  # the component writes in append mode and goes on at 0

    def _stop(self) -> None:
        self._stop_components()
        if self._postgres is not None:
            self._say("stopping Postgres")
            self._postgres.stop()
        (self.home / "stack.json").unlink(missing_ok=True)
        self._say("stopped")

    def _stop_components(self) -> None:
        for name in airflow.STOP_ORDER:
            self._stop_one(name)
        self._children.clear()
        self._due.clear()

    def _stop_one(self, name: str) -> None:
        child = self._children.get(name)
        if child is None:
            return
        if child.poll() is None:
            self._say(f"stopping {name}")
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(_PATIENCE.get(name, 20.0))
        self._sweep(name)

    def _sweep(self, name: str) -> None:
        """End what is left of a component: its session, and what the tasks of a scheduler started in other sessions."""
        child = self._children[name]
        left = processes.in_sessions([child.pid])
        if name == "scheduler":
            others = {other.pid for key, other in self._children.items() if key != name}
            spared = {*family(self._postgres), os.getpid()}
            marked = processes.marked(MARK, str(self.home))
            left += [p for p in marked if p.pid not in spared and processes.session(p.pid) not in others]
        processes.end(left, 0)
        with suppress(subprocess.TimeoutExpired):
            child.wait(10)

    def _write(self) -> None:
        """Write down what runs, for other commands."""
        state: dict[str, Any] = {
            "supervisor": _described(os.getpid()),
            "port": self._port,
            "components": {name: _described(child.pid) for name, child in self._children.items()},
            "embedded": not own_database(),
            "scheduled": self.scheduled,
        }
        part = self.home / "stack.json.part"
        part.write_text(json.dumps(state, indent=1), "utf-8")
        part.replace(self.home / "stack.json")

    def _log(self, name: str) -> IO[bytes]:
        return (self.home / "logs" / f"{name}.log").open("ab")

    def _say(self, text: str) -> None:
        print(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {text}", flush=True)


def _end_with_parent() -> None:
    """Let the kernel send SIGTERM to the component when the supervisor dies. Runs in the child before it is a program."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _described(pid: int) -> dict[str, int]:
    process = processes.find(pid)
    return {"pid": pid, "started": process.started if process else 0}


def main() -> None:
    """Run the supervisor of the home named on the command line; the lock it inherited ends with it."""
    if os.fork():
        os._exit(0)  # whoever started us is not our parent: it need neither live on nor reap us
    home = Path(sys.argv[1])
    try:
        Supervisor(home, scheduled="--scheduled" in sys.argv).run()
    except (BulletinsError, OSError) as error:
        with suppress(OSError):  # the disk may be the very trouble; the log has it too then
            (home / "run" / "supervisor.error").write_text(str(error), "utf-8")
        sys.exit(str(error))


if __name__ == "__main__":
    main()
