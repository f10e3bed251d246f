"""Connecting, migrating and locking; no password is ever shown."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from processing import database
from processing.database import DatabaseError, OutletBusy
from tests import seed
from tests.seed import rows, run


def test_the_url_comes_from_one_environment_variable(monkeypatch):
    monkeypatch.setenv("BULLETINS_DATABASE_URL", " postgresql://a@b/c ")
    assert database.database_url() == "postgresql://a@b/c"
    monkeypatch.delenv("BULLETINS_DATABASE_URL")
    with pytest.raises(DatabaseError, match="BULLETINS_DATABASE_URL is not set"):
        database.database_url()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:s3kret%2Fw%3Ard%40x@127.0.0.1:1/news",
        "postgresql://ana:s3kret/w:rd@x@127.0.0.1:1/news",
        "postgresql://ana:s3kret w@127.0.0.1:1/news",
        "host=127.0.0.1 port=1 password='s3kret w' user=ana",
        "postgresql://ana:s3kret@127.0.0.1:port/news",
        "mysql://ana:s3kret@127.0.0.1/news",
    ],
)
def test_no_error_shows_the_password(url):
    with pytest.raises(DatabaseError) as caught:
        database.connect(url)
    error: BaseException | None = caught.value
    while error:
        assert "s3kret" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_server_that_is_not_there_is_named_with_user_and_database():
    with pytest.raises(DatabaseError, match=r"cannot connect to ana@127\.0\.0\.1:1/news: .*refused"):
        database.connect("postgresql://ana:secret@127.0.0.1:1/news")


@pytest.mark.db
def test_times_are_utc_and_the_session_has_our_name(database_url):
    with closing(database.connect(database_url, role="reader")) as connection:
        assert rows(connection, "show timezone") == [("UTC",)]
        assert rows(connection, "show application_name") == [("bulletins reader",)]


@pytest.mark.db
def test_migrating_from_nothing_and_again(new_database):
    with closing(database.connect(new_database())) as connection:
        first = database.migrate(connection)
        assert len(first.migrations) == len(list((database.SQL / "migrations").glob("*.sql")))
        assert len(first.views) == len(list((database.SQL / "views").glob("*.sql")))
        before = rows(
            connection, "select oid, xmin::text from pg_class where relnamespace = 'news'::regnamespace order by 1"
        )
        second = database.migrate(connection)
        assert (second.migrations, second.views) == ((), ())
        again = rows(
            connection, "select oid, xmin::text from pg_class where relnamespace = 'news'::regnamespace order by 1"
        )
        assert [oid for oid, _ in again] == [oid for oid, _ in before]


@pytest.mark.db
def test_four_that_migrate_at_once_wait_for_each_other(new_database):
    url = new_database()

    def migrate(_: int) -> int:
        with closing(database.connect(url)) as connection:
            return len(database.migrate(connection).migrations)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(migrate, range(4)))[:3] == [0, 0, 0]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of sql/ to change."""
    return Path(shutil.copytree(database.SQL, tmp_path / "sql"))


@pytest.fixture
def fresh(new_database):
    with closing(database.connect(new_database())) as connection:
        yield connection


@pytest.mark.db
def test_an_edited_old_migration_is_refused_by_name(fresh, folder):
    database.migrate(fresh, folder)
    path = folder / "migrations" / "0005_create_fetches.sql"
    path.write_text(path.read_text() + "\n-- harmless")
    with pytest.raises(DatabaseError, match="0005_create_fetches"):
        database.migrate(fresh, folder)
    path.unlink()
    with pytest.raises(DatabaseError, match=r"does not know: 0005_create_fetches; update the code"):
        database.migrate(fresh, folder)


@pytest.mark.db
def test_a_migration_that_fails_halfway_leaves_nothing_of_itself_and_can_be_mended(fresh, folder):
    database.migrate(fresh, folder)
    path = folder / "migrations" / "9999_add_thing.sql"
    path.write_text("create table news.thing (id integer);\nselect 1 / 0;")
    with pytest.raises(DatabaseError, match=r"migrations/9999_add_thing.sql: division by zero"):
        database.migrate(fresh, folder)
    assert rows(fresh, "select to_regclass('news.thing')") == [(None,)]
    path.write_text("create table news.thing (id integer);")
    assert database.migrate(fresh, folder).migrations == ("9999_add_thing",)


@pytest.mark.db
def test_a_view_whose_columns_changed_is_made_anew_and_others_are_left_alone(fresh, folder):
    database.migrate(fresh, folder)
    view = folder / "views" / "deletions.sql"
    view.write_text("create or replace view news.deletions with (security_invoker = true) as select 1 as other;")
    assert database.migrate(fresh, folder).views == ("deletions",)
    assert rows(fresh, "select * from news.deletions") == [(1,)]


@pytest.mark.db
def test_a_view_that_someone_built_on_is_not_dropped_under_them(fresh, folder):
    database.migrate(fresh, folder)
    run(fresh, "create view public.mine as select * from news.deletions")
    view = folder / "views" / "deletions.sql"
    view.write_text("create or replace view news.deletions as select 1 as other;")
    with pytest.raises(DatabaseError, match=r"views/deletions.sql: .*mine"):
        database.migrate(fresh, folder)
    assert rows(fresh, "select count(*) from public.mine") == [(0,)]


@pytest.mark.db
def test_a_view_that_a_migration_dropped_comes_back(fresh, folder):
    database.migrate(fresh, folder)
    (folder / "migrations" / "9999_drop_view.sql").write_text("drop view news.deletions;")
    assert database.migrate(fresh, folder).views == ("deletions",)


@pytest.mark.db
def test_an_owner_who_may_not_make_roles_gets_the_tables_and_a_notice(new_database, postgres_url):
    # Roles belong to the server: with the roles of other tests there, nothing is missing and nothing to be said. What
    # this owner cannot do is take part in them; everything works all the same.
    url = new_database()
    name = url.rsplit("/", 1)[1]
    with closing(psycopg2.connect(postgres_url)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(f"create role owner_{name} login password 'p' nosuperuser nocreaterole")
            cursor.execute(f'alter database "{name}" owner to owner_{name}')
    try:
        with closing(database.connect(f"postgresql://owner_{name}:p@{url.split('@')[1]}")) as connection:
            assert database.migrate(connection).migrations
            assert database.migrate(connection).migrations == ()
            seed.declare(connection)
            assert seed.crawl(seed.page("a")).load(connection).silent_losses == 0
    finally:
        with closing(psycopg2.connect(postgres_url)) as server:
            server.autocommit = True
            with server.cursor() as cursor:
                cursor.execute(f'drop database "{name}" with (force)')
                cursor.execute(f"drop role owner_{name}")


@pytest.mark.db
def test_one_outlet_is_crawled_by_one_process_and_the_lock_goes_with_its_session(database_url):
    with closing(database.connect(database_url)) as first, closing(database.connect(database_url)) as second:
        with database.outlet_lock(first, "sample_post"):
            with pytest.raises(OutletBusy, match="sample_post"), database.outlet_lock(second, "sample_post"):
                pass
            with database.outlet_lock(second, "other_post"):
                pass
        with database.outlet_lock(second, "sample_post"):
            pass
        with closing(database.connect(database_url)) as third, database.outlet_lock(third, "sample_post"):
            third.close()
        with database.outlet_lock(second, "sample_post", 10.0):
            pass


@pytest.mark.db
def test_the_lock_is_given_back_when_the_block_fails(database_url):
    with closing(database.connect(database_url)) as first, closing(database.connect(database_url)) as second:
        with pytest.raises(ZeroDivisionError), database.outlet_lock(first, "sample_post"):
            raise ZeroDivisionError
        with database.outlet_lock(second, "sample_post"):
            pass


@pytest.mark.db
def test_a_transaction_is_undone_as_a_whole(database_url):
    with closing(database.connect(database_url)) as connection:
        with pytest.raises(psycopg2.errors.DivisionByZero), database.transaction(connection) as cursor:
            cursor.execute("create table news.thing (id integer); select 1 / 0")
        assert rows(connection, "select to_regclass('news.thing')") == [(None,)]
