"""diff: what an outlet changed in an article after we first saw it."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from bulletins import console

if TYPE_CHECKING:
    from processing.explain import Version


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel="Outlets and data")(diff)


def diff(
    article: Annotated[str, typer.Argument(help="Article id or its first 8 digits, key, or URL.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Show what changed from each version of an article to the next: title, statements, sources, sentences.

    Of a statement: toll, type, place, day, actors, on whose word it is, hedges; and whether it is new or gone.

    A version is a text that differs from all before; where an outlet went back to an earlier one, that is said. Both are
    read by today's rules: what is shown is the outlet's change, not ours. Articles with several versions:
    `select title, url from news.articles where version_count > 1`.
    """
    from bulletins import access
    from processing.changes import compare
    from processing.explain import explain_versions

    with closing(access.connect("reader")) as connection:
        versions = explain_versions(connection, article)
    steps = [(one, two, compare(one.read, two.read)) for one, two in pairwise(versions)]
    if as_json:
        console.as_json(
            [
                {
                    "from": one.number, "to": two.number, "last_seen": one.last_seen_at, "seen": two.first_seen_at,
                    "seen_until": two.last_seen_at,
                    "changes": [
                        {"kind": each.kind, "before": each.before, "after": each.after, "about": each.about}
                        for each in changes
                    ],
                }
                for one, two, changes in steps
            ]
        )  # fmt: skip
        return
    if not steps:
        [only] = versions
        seen = f"{only.first_seen_at:%Y-%m-%d %H:%M} to {only.last_seen_at:%Y-%m-%d %H:%M} UTC"
        console.out.print(f"one version, seen from {seen}: nothing changed", markup=False)
    for one, two, changes in steps:
        rows = [(each.kind, each.before, each.after) for each in changes]
        title = f"version {one.number} to {two.number}, {_when(one, two)}"
        console.table(title, ["change", "before", "after"], rows)
    latest = max(versions, key=lambda version: (version.last_seen_at, version.number))
    if latest.number < len(versions):
        console.out.print(
            f"The outlet went back: version {latest.number} was there again, last on {latest.last_seen_at:%Y-%m-%d %H:%M} "
            f"UTC; version {len(versions)} was seen last on {versions[-1].last_seen_at:%Y-%m-%d %H:%M} UTC.",
            highlight=False,
        )


def _when(one: Version, two: Version) -> str:
    """Say when a version came; one that was there again later bounds nothing."""
    if one.last_seen_at > two.first_seen_at:
        return (
            f"first seen {two.first_seen_at:%Y-%m-%d %H:%M} UTC (version {one.number} was there again, "
            f"last on {one.last_seen_at:%Y-%m-%d %H:%M})"
        )
    return f"between {one.last_seen_at:%Y-%m-%d %H:%M} and {two.first_seen_at:%Y-%m-%d %H:%M} UTC"
