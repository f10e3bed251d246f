"""crawl, process, run, trace, parts: the stages by hand, without Airflow."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bulletins import console

Slugs = Annotated[
    list[str] | None, typer.Argument(help="Outlets by slug; none: all that are crawled.", show_default=False)
]
Replay = Annotated[Path | None, typer.Option(help="Answer from this WARC; no connection is opened.", exists=True)]
Force = Annotated[bool, typer.Option("--force", help="Fetch everything again, without validators.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (run, crawl, process, trace, parts):
        app.command(rich_help_panel="The stages by hand")(command)


def run(slugs: Slugs = None, replay: Replay = None, force: Force = False, as_json: Json = False) -> None:
    """Crawl outlets, clean, tag and load their pages, link copies, check the books: the nightly run without Airflow.

    Exit 0 when every outlet loaded and the books balance, 1 otherwise; what failed is named.
    """
    from bulletins.by_hand import run_all

    raise typer.Exit(run_all(list(slugs or ()), replay, force=force, as_json=as_json))


def crawl(
    slugs: Annotated[list[str], typer.Argument(help="Outlets by slug.")],
    replay: Replay = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Crawl outlets into the archive; prints each crawl's id, which `bulletins process` takes."""
    from bulletins.by_hand import crawl_all

    raise typer.Exit(crawl_all(slugs, replay, force=force, as_json=as_json))


def process(
    crawl_ids: Annotated[list[str] | None, typer.Argument(help="Crawls in the archive, by id.")] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="All whose articles an older vocabulary or older rules have tagged.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Clean, tag and load crawls that the archive holds. Doing it again changes nothing.

    After a line of a vocabulary was corrected, or places were imported: `bulletins process --stale`.
    """
    from bulletins.by_hand import process_all, stale_ids

    if not crawl_ids and not stale:
        raise typer.BadParameter("give crawls by id, or --stale", param_hint="crawl_ids")
    chosen = [*(crawl_ids or ()), *(stale_ids() if stale else ())]
    raise typer.Exit(process_all(list(dict.fromkeys(chosen)), as_json=as_json))


def trace(
    article: Annotated[str, typer.Argument(help="Article id, key or URL.")],
    as_json: Json = False,
) -> None:
    """Show the way from the bytes received to the row, reading and hashing the archive's bytes again.

    Exit 1 when a hash differs from what the row says.
    """
    from bulletins import access
    from bulletins.sample.build import OUTLETS
    from bulletins.tracing import trace as follow
    from crawlers.outlets import load_outlets

    outlets = {**load_outlets(OUTLETS), **load_outlets()}  # the demo's rows can be traced like any other
    with closing(access.connect("reader")) as connection:
        steps = follow(connection, article, outlets)
    if as_json:
        console.as_json([{"step": s.step, "value": s.value, "sound": s.sound} for s in steps])
    else:
        marks = {True: "same", False: "DIFFERS", None: ""}
        console.table("From bytes to row", ["step", "value", ""], [(s.step, s.value, marks[s.sound]) for s in steps])
    raise typer.Exit(1 if any(step.sound is False for step in steps) else 0)


def parts(
    article: Annotated[str, typer.Argument(help="Article id, key or URL.")],
    as_json: Json = False,
) -> None:
    """Show the parts of a daily bulletin: headlines, briefs, sections, items, what each is about and repeats.

    An article that is no bulletin of several reports has none.
    """
    from bulletins import access
    from bulletins.parting import parts_of

    with closing(access.connect("reader")) as connection:
        found = parts_of(connection, article)
    if as_json:
        console.as_json(found)
        return
    if not found:
        console.out.print("This article is one report, not a bulletin of several.")
        return
    shown = ("part", "kind", "within", "governorates", "actors", "time", "summary_of", "text")
    rows = [[", ".join(map(str, v)) if isinstance(v := part[name], list) else v for name in shown] for part in found]
    console.table("Parts", list(shown), [[*row[:-1], str(row[-1])[:80]] for row in rows])


def now() -> dt.datetime:
    """Return the present time; the one place where a command asks the clock."""
    return dt.datetime.now(dt.UTC)
