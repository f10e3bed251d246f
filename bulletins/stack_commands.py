"""demo, up, down, status, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from bulletins import console

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (demo, up, down, status, doctor):
        app.command(rich_help_panel="The local stack")(command)


def demo(
    next_day: Annotated[
        bool, typer.Option("--next-day", help="The sample web a day later: one article was edited since.")
    ] = False,
) -> None:
    """Crawl the bundled sample web through Airflow into Postgres, and show what came in.

    Opens no connection to the outside. The stack stays up afterwards; `bulletins down` stops it. A second run loads
    nothing new. Exit 0 only when the run succeeded and no link was lost.
    """
    from bulletins.demo import run

    raise typer.Exit(run(next_day=next_day))


def up(
    paused: Annotated[bool, typer.Option(help="Start without the nightly schedule.")] = False,
) -> None:
    """Start Postgres and Airflow, and let the nightly crawl of the real outlets run on its schedule."""
    from bulletins import stack, starting
    from bulletins.home import home

    running = starting.up(home(), scheduled=not paused)
    running.airflow().set_paused(stack.DAG, paused=paused)
    starting.show_addresses(running)
    console.out.print(
        "The nightly crawl is paused."
        if paused
        else "The nightly crawl runs at midnight, Damascus time; one for the day that has just ended may begin now."
    )


def down() -> None:
    """Stop everything that belongs to BULLETINS_HOME; nothing keeps running."""
    from bulletins import stack
    from bulletins.home import home

    with console.err.status("stopping"):
        left = stack.down(home())
    console.out.print("Stopped." + (f" {left} processes left by a crash were ended." if left else ""))


def status(as_json: Json = False) -> None:
    """Show what runs and how full the archive is. Exit 3 when the stack is down."""
    from bulletins.health import stack_status

    report = stack_status()
    if as_json:
        console.as_json(report)
    else:
        rows = [(name, part["state"], part["detail"]) for name, part in report["parts"].items()]
        console.table(str(report["home"]), ["part", "state", "detail"], rows)
    raise typer.Exit(0 if report["up"] else 3)


def doctor(as_json: Json = False) -> None:
    """Check this machine and installation, and say what to do about what is wrong. Exit 1 when something is."""
    from bulletins.health import examine

    findings = examine()
    if as_json:
        console.as_json([{"what": f.what, "ok": f.ok, "detail": f.detail} for f in findings])
    else:
        console.table("", ["check", "", "detail"], [(f.what, "ok" if f.ok else "WRONG", f.detail) for f in findings])
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)
