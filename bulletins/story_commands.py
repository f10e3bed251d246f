"""story: who reports an event, when, on whose word, with which tolls."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Any

import typer

from bulletins import console

_RELATIONS = {"lead": "first", "exact": "copy of {}", "near": "near copy of {}", "same_event": "same event as {}"}
_COLUMNS = ("", "published", "outlet", "side", "lang", "is", "killed", "wounded", "origin", "title")
_WIDE = 130  # columns of a terminal from which a table of all of these can be read


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel="Outlets and data")(story)


def story(
    name: Annotated[
        str, typer.Argument(help="Story id, or an article's id or its first 8 digits, key, or URL.", show_default=False)
    ],
    evidence: Annotated[bool, typer.Option("--evidence", help="Show what speaks for and against each tie.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Show the articles that report one event side by side: who came first, on whose word, how the toll moved.

    That they report one event is inferred from places, days, numbers, actors and words; --evidence shows the sum for each,
    in natural logarithms of odds. Stories by number of reports:
    `select * from news.story_summary order by outlets desc`.
    """
    from bulletins import access
    from processing.story import read_story

    with closing(access.connect("reader")) as connection:
        reports = read_story(connection, name)
    if as_json:
        console.as_json(reports)
        return
    numbers = {report["article_id"]: report["position"] for report in reports}
    origins = sorted({str(report["origin"]) for report in reports})
    title = (
        f"Story {reports[0]['story_id']}: {len(reports)} articles of {len({r['outlet'] for r in reports})} outlets, "
        f"on the word of {len(origins)} ({', '.join(origins)})"
    )
    rows = [_row(report, numbers) for report in reports]
    if console.out.width < _WIDE:  # ten columns would break words and dates
        console.table(title, ["", "published", "told"], [(*row[:2], _told_in_one(row)) for row in rows])
    else:
        console.table(title, _COLUMNS, rows)
    if evidence:
        for report in reports:
            if report["evidence"]:
                title = f"{report['position']} with {numbers[report['other_article_id']]}: {report['weight']:+.2f}"
                rows = [(one["sign"], f"{one['weight']:+.2f}") for one in report["evidence"]]
                console.table(title, ["sign", "weight"], rows, numbers=("weight",))


def _row(report: dict[str, Any], numbers: dict[str, int]) -> tuple[object, ...]:
    relation = _RELATIONS[report["relation"]].format(numbers.get(report["other_article_id"]))
    at = report["published_at"]
    return (
        report["position"], f"{at:%Y-%m-%d %H:%M}" if at else "no date", report["outlet"], report["stance"],
        report["language"], relation, _told(report, "killed"), _told(report, "wounded"),
        "own" if report["is_own_word"] else report["origin"], report["title"],
    )  # fmt: skip


def _told_in_one(row: tuple[object, ...]) -> str:
    """Return all columns of a row but the first two as one text."""
    *said, killed, wounded, origin, title = row[2:]
    said += [f"killed {killed}" if killed else "", f"wounded {wounded}" if wounded else ""]
    said.append("own word" if origin == "own" else f"on the word of {origin}")
    return f"{', '.join(str(part) for part in said if part)}: {title}"


def _told(report: dict[str, Any], kind: str) -> str:
    low, best, high = (report[f"{kind}_{part}"] for part in ("low", "best", "high"))
    if low is None and best is None:
        return ""
    if best is not None:
        return str(best)
    return f"{low}+" if high is None else f"{low}-{high}"
