"""outlets boilerplate."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bulletins import console
from crawlers.records import BulletinsError, Outlet

if TYPE_CHECKING:  # the driver is loaded when the command runs
    from bulletins.reviewing import Review


def boilerplate(
    slug: Annotated[str, typer.Argument(help="The outlet's slug; without it, a line for each outlet.")] = "",
    write: Annotated[
        bool, typer.Option("--write", help="Add the proposed lines to the outlet's file, for review in git.")
    ] = False,
    min_share: Annotated[
        float, typer.Option(help="Share of the articles that a line must stand in.", min=0.01, max=1.0)
    ] = 0.1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Show the lines that recur in an outlet's loaded articles, and what was decided of each. Changes no text."""
    from bulletins import access
    from bulletins.reviewing import review
    from crawlers.outlets import load_outlets

    if write and not slug:
        raise typer.BadParameter("--write needs the slug of one outlet: its lines are to be looked at")
    outlets = load_outlets()
    if slug and slug not in outlets:
        raise BulletinsError(f"no outlet {slug!r}; `bulletins outlets list` shows those that are declared")
    chosen = [outlets[slug]] if slug else list(outlets.values())
    with closing(access.connect("reader")) as connection, console.err.status("reading articles"):
        reviews = [review(connection, outlet, min_share) for outlet in chosen]
    if slug and not reviews[0].articles:
        raise BulletinsError(f"no article of {slug} is in the database; `bulletins crawl {slug}` loads some")
    if as_json:
        console.as_json(asdict(reviews[0]) if slug else [asdict(found) for found in reviews])
    elif slug:
        _show(reviews[0])
    else:
        _show_all(reviews)
    if write:
        _write(outlets[slug], reviews[0])


def _show(found: Review) -> None:
    rows = [
        (
            line.state,
            line.articles or "",
            f"{line.share:.0%}" if line.articles else "",
            line.line,
            " ".join(line.examples),
        )
        for line in found.lines
    ]
    applied = "" if found.applied else "; known lines stay in the texts (clean.boilerplate = false)"
    columns = ["", "articles", "share", "line", "for example"]
    console.table(f"{found.outlet}: {found.articles} articles{applied}", columns, rows, numbers=["articles", "share"])
    if not rows:
        console.out.print("No line recurs.")


def _show_all(reviews: list[Review]) -> None:
    from bulletins.reviewing import State

    rows = [
        (found.outlet, found.articles, *(len(found.of(state)) for state in State), "yes" if found.applied else "no")
        for found in reviews
        if found.lines or found.articles
    ]
    counts = ["articles", *State]
    console.table("Lines that recur", ["outlet", *counts, "dropped from texts"], rows, numbers=counts)


def _write(outlet: Outlet, found: Review) -> None:
    from bulletins.reviewing import State
    from crawlers.boilerplate import add_boilerplate
    from crawlers.outlets import outlets_folder

    lines = found.of(State.NEW)
    if not lines:
        console.err.print("Nothing to write: every line is decided already.", highlight=False)
        return
    path = add_boilerplate(outlets_folder() / f"{outlet.slug}.toml", lines)
    console.err.print(
        f"{len(lines)} lines added to {path}. Look at each: change drop to keep where it belongs to the articles.",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip
