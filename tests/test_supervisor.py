"""The stack comes up whatever the last one left behind, and nothing of it is left running once it is down.

Three full starts of Airflow: the tests of this file build on each other, in the order they stand in.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bulletins import airflow, stack
from bulletins.postgres import Postgres
from bulletins.processes import Process, environment, find, in_sessions, is_running, marked, running, wait_gone
from bulletins.stack import MARK
from processing.database import connect

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]
COMMAND = str(Path(sys.executable).with_name("bulletins"))


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home that every user may enter, so that root's Postgres lives inside it."""
    folder = Path(tempfile.mkdtemp(prefix="bulletins-stack-"))
    folder.chmod(0o755)
    yield folder
    stack.down(folder)
    Postgres(folder).remove()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def seen() -> set[int]:
    """The sessions of all components that were ever seen."""
    return set()


def bulletins(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BULLETINS_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run([COMMAND, *arguments], env=environment, text=True, capture_output=True, check=False)


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def up(home: Path, seen: set[int]) -> stack.Stack:
    found = stack.up(home)
    seen.update(process.pid for process in (found.supervisor, *found.components.values()))
    return found


def left_running(home: Path, seen: set[int]) -> list[str]:
    """Everything of this home that runs: by mark, by recorded session, by BULLETINS_HOME in the environment, by folder."""
    by_home = [p for p in running() if environment(p.pid).get("BULLETINS_HOME") == str(home)]
    found = {*marked(MARK, str(home)), *in_sessions(seen), *by_home}
    server = Postgres(home).alive()
    return [Path(f"/proc/{p.pid}/cmdline").read_text() for p in found] + ([f"postgres {server}"] if server else [])


def listening(processes: list[Process]) -> set[tuple[str, int]]:
    """The addresses that these processes listen on, read from the kernel's tables."""
    sockets = set()
    for process in processes:
        for entry in Path(f"/proc/{process.pid}/fd").iterdir():
            target = str(entry.readlink()) if entry.is_symlink() else ""
            if target.startswith("socket:["):
                sockets.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                address, port = fields[1].split(":")
                found.add((address, int(port, 16)))
    return found


def test_it_comes_up_healthy_and_a_second_up_finds_it(home: Path, seen: set[int]) -> None:
    first = up(home, seen)
    assert set(first.components) == set(airflow.COMPONENTS)
    assert first.airflow().healthy()
    again = up(home, seen)
    assert (again.supervisor, again.components) == (first.supervisor, first.components)
    status = bulletins(home, "status", "--json")
    assert status.returncode == 0, status.stderr
    assert '"healthy"' in status.stdout


def test_everything_listens_on_loopback_only(home: Path, seen: set[int]) -> None:
    found = stack.find(home)
    server = find(Postgres(home).alive())
    addresses = listening([*in_sessions(seen), server])
    assert {port for _, port in addresses} == {found.port, Postgres(home).port}
    assert {address for address, _ in addresses} == {"0100007F"}


def test_the_ui_asks_for_the_password_that_lies_in_a_closed_file(home: Path) -> None:
    assert airflow.password_file(home).stat().st_mode & 0o777 == 0o600
    client = stack.find(home).airflow()
    assert client.call("GET", "/api/v2/dags")["total_entries"] >= 1
    client._password = "wrong"
    client._token = ""
    with pytest.raises(airflow.AirflowError, match="401"):
        client.call("GET", "/api/v2/dags")


def test_the_schedule_is_off_until_up_turns_it_on(home: Path) -> None:
    scheduler = stack.find(home).components["scheduler"]
    assert environment(scheduler.pid)["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] == "False"
    os.kill(stack.find(home).supervisor.pid, signal.SIGUSR1)  # what `stack.up(home, scheduled=True)` sends
    wait_for(lambda: stack.find(home).scheduled, 60, "the schedule is on")
    wait_for(lambda: stack.find(home).components["scheduler"] != scheduler, 30, "a new scheduler")
    assert not is_running(scheduler)
    new = stack.find(home).components["scheduler"]
    assert environment(new.pid)["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] == "True"


def test_a_killed_component_is_started_again(home: Path, seen: set[int]) -> None:
    before = stack.find(home).components["dag-processor"]
    os.kill(before.pid, signal.SIGKILL)
    wait_for(lambda: stack.find(home).components["dag-processor"] != before, 30, "a new dag-processor")
    after = stack.find(home).components["dag-processor"]
    seen.add(after.pid)
    assert is_running(after)
    assert not is_running(before)


def test_a_killed_postgres_is_started_again(home: Path) -> None:
    before = Postgres(home).alive()
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: Postgres(home).alive() not in (None, before), 30, "a new Postgres")
    Postgres(home).start()  # waits for the one that starts it
    with closing(connect(Postgres(home).url("reader"))) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from news.articles")
        assert cursor.fetchone() == (0,)


def test_nothing_runs_after_down_when_the_supervisor_was_killed(home: Path, seen: set[int]) -> None:
    found = stack.find(home)
    seen.update(process.pid for process in found.components.values())
    os.kill(found.supervisor.pid, signal.SIGKILL)
    wait_gone([found.supervisor], 5)
    status = bulletins(home, "status")
    assert status.returncode == 3
    assert bulletins(home, "down").returncode == 0
    assert left_running(home, seen) == []


def test_it_starts_over_stale_records_and_leaves_taken_ports_alone(home: Path, seen: set[int]) -> None:
    me = find(os.getpid())
    stale = f'{{"supervisor": {{"pid": {me.pid}, "started": 1}}, "port": 1, "embedded": true, "scheduled": false, '
    components = ", ".join(f'"{name}": {{"pid": {me.pid}, "started": 1}}' for name in airflow.COMPONENTS)
    (home / "stack.json").write_text(f'{stale}"components": {{{components}}}}}')
    (Postgres(home).data / "postmaster.pid").write_text(f"{me.pid}\n")
    taken = {int((home / "run" / name).read_text()) for name in ("airflow.port", "postgres.port")}
    with ExitStack() as sockets:
        for port in taken:
            sockets.enter_context(socket.create_server(("127.0.0.1", port)))
        found = up(home, seen)
        assert found.airflow().healthy()
        assert not taken & {found.port, Postgres(home).port}
    assert is_running(me)


def test_up_ends_the_orphans_of_a_killed_supervisor_and_starts_anew(home: Path, seen: set[int]) -> None:
    before = stack.find(home)
    for name in ("scheduler", "api-server"):  # cannot end of themselves
        os.kill(before.components[name].pid, signal.SIGSTOP)
    os.kill(before.supervisor.pid, signal.SIGKILL)
    wait_gone([before.supervisor], 5)
    after = up(home, seen)
    assert after.airflow().healthy()
    assert after.supervisor != before.supervisor
    assert [name for name, process in before.components.items() if is_running(process)] == []


def test_nothing_runs_after_down(home: Path, seen: set[int]) -> None:
    done = bulletins(home, "down")
    assert done.returncode == 0, done.stderr
    assert left_running(home, seen) == []
    assert not (home / "stack.json").exists()
    assert bulletins(home, "down").returncode == 0


def test_ctrl_c_while_starting_says_how_to_go_on_and_down_leaves_nothing(home: Path, seen: set[int]) -> None:
    command = subprocess.Popen(
        [COMMAND, "up", "--paused"], env={**os.environ, "BULLETINS_HOME": str(home)}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
        # tests that a shell started in the background have Ctrl-C ignored, and so would what they start
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    wait_for(lambda: stack.find(home), 60, "a supervisor")
    os.killpg(command.pid, signal.SIGINT)
    _, said = command.communicate(timeout=30)
    assert command.returncode == 130
    assert "`bulletins down` stops it" in said
    assert "Traceback" not in said
    seen.add(stack.find(home).supervisor.pid)
    assert bulletins(home, "down").returncode == 0
    assert left_running(home, seen) == []


def test_an_own_database_that_does_not_answer_is_one_line(home: Path) -> None:
    address = "postgresql://someone:hidden@127.0.0.1:9/news"
    environment = {**os.environ, "BULLETINS_HOME": str(home), "BULLETINS_DATABASE_URL": address}
    done = subprocess.run([COMMAND, "up"], env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 3
    last = done.stderr.splitlines()[-1]
    assert last.startswith("bulletins: the stack did not start: cannot connect to someone@127.0.0.1:9/news")
    assert "hidden" not in done.stderr + (home / "logs" / "supervisor.log").read_text()
    assert stack.find(home) is None
