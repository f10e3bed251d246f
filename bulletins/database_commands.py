"""db migrate, url, psql, check; export."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from bulletins import console
from crawlers.records import BulletinsError

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Role = Annotated[str, typer.Option(help="owner, loader or reader.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    db = typer.Typer(help="The database.", no_args_is_help=True)
    for command in (migrate, url, psql, check):
        db.command()(command)
    app.add_typer(db, name="db", rich_help_panel="Outlets and data")
    app.command(rich_help_panel="Outlets and data")(export)


def migrate() -> None:
    """Bring the tables, views and reference data up to this version. Does nothing when they are."""
    from bulletins import access
    from processing import database
    from processing.reference import load_reference

    with closing(access.connect("owner")) as connection, console.err.status("migrating"):
        done = database.migrate(connection)
        load_reference(connection)
    rows = [("migration", name) for name in done.migrations] + [("view", name) for name in done.views]
    console.table("", ["applied", ""], rows) if rows else console.out.print("Nothing to do.")
    for notice in done.notices:
        console.err.print(notice, style="yellow", markup=False, highlight=False)


def url(role: Role = "reader") -> None:
    """Print the database's address, password and all, for other tools."""
    from bulletins import access

    typer.echo(access.url(_role(role)))


def psql(
    role: Role = "reader",
    command: Annotated[str | None, typer.Option("--command", "-c", help="Run this and leave.")] = None,
) -> None:
    """Open psql on the database. The password travels in the environment, where no process list shows it."""
    from bulletins import access
    from bulletins.home import home, own_database
    from bulletins.postgres import Postgres

    parts = urlsplit(access.url(_role(role)))
    program = "psql" if own_database() else str(Postgres(home()).program("psql"))
    environment = {
        **os.environ,
        "PGHOST": parts.hostname or "localhost",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path[1:]),
        "PGOPTIONS": "-c search_path=news,public",
    }
    arguments = ["-c", command] if command else []
    try:
        raise typer.Exit(subprocess.run([program, *arguments], env=environment, check=False).returncode)
    except FileNotFoundError as error:
        raise BulletinsError("psql is not installed; `bulletins db url` prints the address for another tool") from error


def check(as_json: Json = False) -> None:
    """Run all data checks; exit 1 when one that must hold does not."""
    from bulletins import access
    from processing.check import Severity
    from processing.check import check as run_checks

    with closing(access.connect("reader")) as connection:
        results = run_checks(connection)
    if as_json:
        console.as_json([{"check": r.name, "severity": r.severity, "rows": r.count} for r in results])
    else:
        rows = [(r.name, r.severity, r.count, "; ".join(map(str, r.samples[:3]))) for r in results]
        console.table("Checks", ["check", "when it offends", "rows", "examples"], rows, numbers=["rows"])
    raise typer.Exit(1 if any(r.count and r.severity is Severity.FAIL for r in results) else 0)


def export(
    path: Annotated[Path, typer.Argument(help="File to write.")],
    form: Annotated[str, typer.Option("--format", help="csv, jsonl or parquet; by default from the file's name.")] = "",
    query: Annotated[str | None, typer.Option(help="SQL, or a file that holds it, instead of articles.")] = None,
    since: Annotated[dt.datetime | None, typer.Option(help="Published on this day or later.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only these outlets.")] = None,
    governorate: Annotated[list[str] | None, typer.Option(help="Only these p-codes, such as SY02.")] = None,
    full_text: Annotated[
        bool, typer.Option(help="Also of outlets whose licence does not allow passing it on.")
    ] = False,
    excel: Annotated[bool, typer.Option(help="csv only: with a byte order mark, formulas disarmed.")] = False,
) -> None:
    """Export articles, or the result of a query, as CSV, JSON lines or Parquet. The same data gives the same bytes."""
    from bulletins import access
    from processing.export import Format, Selection
    from processing.export import export as write

    named = form or path.suffix.lstrip(".")
    if named not in list(Format):
        raise BulletinsError(f"no format {named!r}; expected {', '.join(Format)}, by --format or by the file's name")
    selection = Selection(
        since=since.date() if since else None, outlets=tuple(outlet or ()), governorates=tuple(governorate or ()),
        full_text=full_text, query=_query(query),
    )  # fmt: skip
    with closing(access.connect("reader")) as connection, console.err.status(f"writing {path}"):
        rows = write(connection, path, selection, Format(named), excel=excel)
    console.out.print(f"{rows} rows in {path}", highlight=False)


def _query(given: str | None) -> str | None:
    """Return the text of a query that was given as it is or as a file."""
    if given and given.endswith(".sql"):
        if not Path(given).is_file():
            raise BulletinsError(f"{given} is not there; give a file that holds one SELECT, or the SELECT itself")
        return Path(given).read_text("utf-8")
    return given


def _role(name: str) -> str:
    if name not in ("owner", "loader", "reader"):
        raise BulletinsError(f"no role {name!r}; expected owner, loader or reader")
    return name
