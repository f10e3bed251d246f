"""diff: what an outlet changed in an article after we first saw it."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import Annotated

import typer

from bulletins import console


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel="Outlets and data")(diff)


def diff(
    article: Annotated[str, typer.Argument(help="Article id or its first 8 digits, key, or URL.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Show what changed from each version of an article to the next: title, statements, sources, sentences.

    Of a statement: toll, type, place, day, actors, on whose word it is, hedges; and whether it is new or gone.

    A version is a text that differs from the one before. Both are read by today's rules: what is shown is the outlet's
    change, not ours. Articles with several versions: `select title, url from news.articles where version_count > 1`.
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
        when = f"between {one.last_seen_at:%Y-%m-%d %H:%M} and {two.first_seen_at:%Y-%m-%d %H:%M} UTC"
        rows = [(each.kind, each.before, each.after) for each in changes]
        console.table(f"version {one.number} to {two.number}, {when}", ["change", "before", "after"], rows)
