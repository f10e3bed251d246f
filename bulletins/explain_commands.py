"""explain: an article with what was read from it, for a person to judge."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletins import console
from crawlers.records import BulletinsError

if TYPE_CHECKING:
    from processing.explain import Explained

_LONGEST = 100_000  # characters of a file; the longest bulletin known has a tenth


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel="Outlets and data")(explain)


def explain(
    article: Annotated[
        str | None,
        typer.Argument(help="Article id or its first 8 digits, key, or URL.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write one HTML page to this file instead; it needs nothing else to be read.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
    file: Annotated[
        Path | None, typer.Option(help="Explain this UTF-8 text file (- for standard input); no database is needed.")
    ] = None,
    title: Annotated[str, typer.Option(help="Headline of the --file.")] = "",
    outlet: Annotated[
        str, typer.Option(help="Slug of the outlet that wrote the --file: who “we” and “radicals” are.")
    ] = "",
    date: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day the --file was published: which army “the Syrian army” is depends on it."
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Run today's rules instead of showing stored tags.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Say by which rule each part was read, and how sure.")] = False,
) -> None:
    """Show what was read from an article: places, actors, sources, and statement by statement who did what, where, when.

    Statements are numbered as in the tables, from 0; ‹3› in the text stands where the sentence of statement 3 ends. A
    statement that sums up others is linked to them and not counted beside them. Without colour (NO_COLOR, a pipe) marks
    bear a letter: [P Saraqib].

    Begin with `bulletins explain --file bulletin.txt --date 2019-09-07 --html bulletin.html`, and open the page.
    To see what a change of a word list does to a stored article: `bulletins explain 5c0f2ab1 --again --rules`.
    """
    if (article is None) == (file is None):
        raise typer.BadParameter("give an article, or --file with a text: one of the two")
    if file is None and (title or outlet or date):
        raise typer.BadParameter("--title, --outlet and --date belong to --file")
    found = _of_file(file, title, outlet, date) if file is not None else _stored(article or "", again=again)
    if html is not None:
        from bulletins.explain_html import page

        try:
            html.write_text(page(found), encoding="utf-8")
        except OSError as error:
            raise BulletinsError(f"cannot write {html}: {error.strerror}") from error
        console.err.print(f"written to {html}", markup=False, highlight=False, soft_wrap=True)
    if as_json:
        from bulletins.explain_view import as_data

        console.as_json(as_data(found))
    elif html is None:
        from bulletins.explain_terminal import show

        show(found, console.out, rules=rules)


def _stored(article: str, *, again: bool) -> Explained:
    from bulletins import access
    from processing.explain import explain_stored

    with closing(access.connect("reader")) as connection:
        return explain_stored(connection, article, again=again)


def _of_file(file: Path, title: str, outlet: str, date: dt.datetime | None) -> Explained:
    from processing.explain import explain_text

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BulletinsError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BulletinsError(f"{file} is not UTF-8 text; save it as plain text in UTF-8") from error
    if not text.strip():
        raise BulletinsError(f"{file} holds no text")
    if len(text) > _LONGEST:
        raise BulletinsError(f"{file} has {len(text):,} characters; explain one article of at most {_LONGEST:,}")
    return explain_text(text, title=title, outlet=outlet, day=date.date() if date else None)
