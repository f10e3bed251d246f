"""erase: take an article out of tables and archive for good."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bulletins import console

if TYPE_CHECKING:
    from processing.erase import Erased
    from processing.survey import Survey


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel="Outlets and data")(erase)


def erase(
    article: Annotated[str, typer.Argument(help="Article id, key or URL.", show_default=False)] = "",
    basis: Annotated[str, typer.Option(help="On what ground: a law, a request, a policy. No personal name.")] = "",
    decided_by: Annotated[str, typer.Option(help="Role that decided; no personal name is needed.")] = "",
    pending: Annotated[
        bool, typer.Option("--pending", help="Finish what was begun, and what only the archive knows to be erased.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for scripts; erases nothing without --yes.")
    ] = False,
) -> None:
    """Erase an article for good: from the tables, from the archive, and from every crawl to come.

    Shows what would go and asks. Only the key is kept, with ground and time, so that the page is neither fetched nor
    loaded again. Exported files are named, not changed. Killed at any moment, the same command goes on; done twice, it
    changes nothing. It reads the whole archive, and runs as the owner of the tables. Exit 1: nothing was erased, or
    something is still to do.
    """
    from bulletins import access
    from bulletins.sample.build import OUTLETS
    from crawlers.archive import Archive
    from crawlers.outlets import load_outlets
    from processing import erase as erasing
    from processing.crawl import Place
    from processing.survey import erasures, find_key, survey

    if bool(article) == pending:
        raise typer.BadParameter("give one article, or --pending", param_hint="article")
    place = Place.from_environment()
    archive = Archive(place.archive)
    with closing(access.connect("owner")) as connection:
        if pending:
            _pending(erasing.pending_keys(connection, archive), yes=yes, as_json=as_json)
            with console.err.status("erasing") as status:
                done = erasing.erase_pending(connection, place, status.update)
            _report(done, {}, as_json=as_json)
            return
        key = find_key(connection, article, {**load_outlets(OUTLETS), **load_outlets()})
        if not basis.strip() and key not in erasures(connection):  # before the archive is read, which may take long
            raise typer.BadParameter("say on what ground the page is erased", param_hint="--basis")
        with console.err.status("reading the archive"):
            seen = survey(connection, archive, key, article, deep=not yes)
        _show(seen, yes=yes, as_json=as_json)
        with console.err.status("erasing") as status:
            done = erasing.erase(connection, place, key, basis=basis, decided_by=decided_by, on_step=status.update)
        _report(done, _plan(seen), as_json=as_json)


def _pending(keys: list[str], *, yes: bool, as_json: bool) -> None:
    """Say which erasures are not finished, and ask."""
    if not yes and as_json:
        console.as_json({"pending": keys})
        raise typer.Exit(0)
    if not as_json and keys:
        console.table("Erasures that are not finished", ["key"], [(key,) for key in keys])
    if keys and not yes:
        _ask()


def _show(seen: Survey, *, yes: bool, as_json: bool) -> None:
    """Say what would go, and ask; ends the command where there is nothing to do or the answer is no."""
    if as_json:
        if not yes:
            console.as_json({"plan": _plan(seen), "done": None})
            raise typer.Exit(0)
        return
    rows, found = seen.rows, seen.found
    if found is None:
        _sharing(seen)
        _exports(seen)
        return
    if seen.is_done:
        when = f"{rows['finished_at']:%Y-%m-%d %H:%M} UTC"
        console.out.print(f"Erased already, finished {when}: nothing is left to do.", highlight=False)
        _exports(seen)
        raise typer.Exit(0)
    lines: list[tuple[str, object]] = [
        ("page", f"{rows['url'] or ''} {rows['title'] or ''}".strip() or seen.key),
        ("versions", rows["versions"] or 0),
        ("fetches", rows["fetches"]),
        ("links", rows["links"]),
        ("rejections", rows["rejections"]),
        ("story made anew", f"{rows['story_articles']} articles" if rows["story_articles"] else "none"),
        ("archive records", ", ".join(f"{count} {kind}" for kind, count in found.counts.items()) or "none"),
        ("archive files", len({change.file for change in found.changes})),
        ("exports that hold it", len(seen.exports)),
    ]
    if rows["is_decided"]:
        lines.append(("decided already", f"{rows['erased_at']:%Y-%m-%d %H:%M} UTC: {rows['basis']}"))
    console.table("What would be erased", ["", "what"], lines)
    _heirs(found.heirs)
    _sharing(seen)
    _exports(seen)
    if not yes:
        _ask()


def _sharing(seen: Survey) -> None:
    if seen.sharing:
        console.out.print(
            "The same addresses led to other articles, too. What was received for these under them goes as well; the articles "
            f"stay, some without their bytes: {', '.join(one['url'] for one in seen.sharing)}",
            highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip


def _heirs(keys: Sequence[str]) -> None:
    if keys:
        console.out.print(
            f"The same bytes came for other pages, and stay theirs; erase these, too, if they must go: {', '.join(keys)}",
            highlight=False,
        )


def _exports(seen: Survey) -> None:
    if seen.exports:
        rows = [
            (
                one["path"],
                f"{one['made_at']:%Y-%m-%d %H:%M}",
                one["made_by"],
                "yes" if one["is_certain"] else "not known",
            )
            for one in seen.exports
        ]
        console.table("Exported files: take it out of these yourself", ["file", "made", "by", "holds it"], rows)


def _ask() -> None:
    if not typer.confirm("Erase this for good?", err=True):
        console.err.print("Nothing was erased.", highlight=False)
        raise typer.Exit(1)


def _plan(seen: Survey) -> dict[str, Any]:
    found = seen.found
    archive = found and {
        "records": found.counts,
        "files": sorted({change.file for change in found.changes}),
        "crawls": found.touched,
        "other_pages_with_its_bytes": found.heirs,
    }
    return {
        "key": seen.key,
        "tables": seen.rows,
        "archive": archive,
        "exports": seen.exports,
        "articles_that_lose_bytes": seen.sharing,
        "is_done": seen.is_done,
    }


def _report(done: Erased, plan: dict[str, Any], *, as_json: bool) -> None:
    """Say what was done; exit 1 when crawls are in the way of the end."""
    if as_json:
        console.as_json({"plan": plan, "done": asdict(done)})
    elif not done.keys:
        console.out.print("No erasure is unfinished: nothing was changed.", highlight=False)
    elif not done.rows and not done.records:
        console.out.print("Erased already: nothing was left to do.", highlight=False)
    else:
        tables = ", ".join(f"{count} {table}" for table, count in done.rows.items()) or "nothing"
        records = ", ".join(f"{count} {kind}" for kind, count in done.records.items()) or "nothing"
        console.out.print(
            f"Erased. In the tables: {tables}. In {done.files} archive files: {records}.", highlight=False
        )
    if not as_json:
        _heirs(done.heirs)
    if done.waiting:
        console.err.print(
            f"Not finished: {', '.join(done.waiting)} died before it was published and may hold the page. Crawl the outlet "
            "(or remove that folder of the spool), then: bulletins erase --pending", style="yellow", highlight=False,
        )  # fmt: skip
        raise typer.Exit(1)
