"""Bringing the stack up with a person watching."""

from __future__ import annotations

from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bulletins import airflow, console, stack
from bulletins.postgres import Postgres


def up(home: Path, *, scheduled: bool = False) -> stack.Stack:
    """Bring the stack up; the present step and the time taken are shown. Raises StackError.

    Ctrl-C ends the watching, not the starting; the text says how to go on.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console.err, transient=True) as progress:
        task = progress.add_task("starting", total=None)

        def say(step: str) -> None:
            progress.update(task, description=step)
            if not console.err.is_terminal:
                console.err.print(step, highlight=False)

        try:
            return stack.up(home, say, scheduled=scheduled)
        except KeyboardInterrupt:
            console.err.print(
                "The stack goes on starting: the same command waits for it, `bulletins down` stops it.", soft_wrap=True
            )
            raise


def show_addresses(running: stack.Stack) -> None:
    """Print where the UI and the database are, who may enter and where the passwords stand."""
    rows = [
        ("Airflow UI", running.address),
        ("  user", airflow.USER),
        ("  password", f"in {airflow.password_file(running.home)}"),
    ]
    if running.embedded:
        postgres = Postgres(running.home)
        rows += [
            ("Database (read only)", postgres.url("reader")),
            ("  password also", f"in {postgres.secrets.path('postgres_reader')}"),
        ]
    else:
        rows.append(("Database", "the one of BULLETINS_DATABASE_URL"))
    rows += [("Logs", str(running.home / "logs")), ("Stop with", "make down, or .venv/bin/bulletins down")]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        console.out.print(f"{name:<{width}}  {value}", markup=False, highlight=False, soft_wrap=True)
