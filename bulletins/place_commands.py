"""places import, unknown: bring a gazetteer, and see which names are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bulletins import console

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    places = typer.Typer(help="The places that texts are searched for.", no_args_is_help=True)
    places.command("import")(import_places)
    places.command("unknown")(unknown)
    app.add_typer(places, name="places", rich_help_panel="Outlets and data")


def import_places(
    file: Annotated[
        Path,
        typer.Argument(
            help="OCHA's populated places (CSV), a GeoNames dump (SY.txt) or JSON lines.", exists=True, dir_okay=False
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Import places from a list: new ones get a row, known ones their other names. Importing again changes nothing.

    They are kept below BULLETINS_HOME, beside those of the installation, and hold from the next run on: `bulletins process`
    reads what is loaded already once more. A name that several places share, that is short, or one
    Arabic word, counts in context only.
    GeoNames numbers governorates differently from OCHA: where a list has no p-code, the places around tell it.
    """
    from processing.gazetteer.merge import COLUMNS, join_rows, merge, row_names
    from processing.gazetteer.read import read_list, recognised
    from processing.tag import load_vocabulary
    from processing.tag.forms import smooth
    from processing.tag.imported import imported_path, write_imported
    from processing.tag.vocabulary import place_spellings

    columns = recognised(file)
    vocabulary = load_vocabulary()
    names: dict[str, set[str]] = {}
    for meant in vocabulary.entries:
        for entry in meant:
            if entry.place.place_id and entry.is_written:
                names.setdefault(smooth(entry.alias.literal), set()).add(entry.place.place_id)
    path = imported_path()
    before = _rows(path, COLUMNS)
    for place_id, row in before.items():
        for name in row_names(row):
            names.setdefault(smooth(name), set()).add(place_id)
    known = list(vocabulary.places.values())
    with console.err.status(f"reading {file.name}"):
        merged = merge(read_list(file), known, names)
    joined = {place_id: join_rows(before.get(place_id), row) for place_id, row in merged.rows.items()}
    rows = before | joined
    changed = sum(before.get(place_id) != row for place_id, row in joined.items())
    spellings = 0
    if not dry_run and changed:
        spellings = write_imported(path, [rows[place_id] for place_id in sorted(rows)], COLUMNS, place_spellings)
    if as_json:
        console.as_json(
            {"columns": columns, "outcomes": merged.outcomes, "rows": len(rows), "changed": changed, "dry_run": dry_run}
        )
        return
    console.table("recognised columns", ["for", "column"], sorted(columns.items()))
    console.table("rows of the list", ["outcome", "rows"], sorted(merged.outcomes.items()), numbers=["rows"])
    kept = "nothing written (--dry-run)" if dry_run else f"{len(rows)} rows in {path}" if changed else "nothing new"
    console.out.print(f"{kept}; {changed} changed" + (f", {spellings} spellings" if spellings else ""), markup=False)


def unknown(
    file: Annotated[
        Path | None,
        typer.Option(
            help="Read this text, or JSON lines with title and text, instead of the loaded articles.", exists=True
        ),
    ] = None,
    limit: Annotated[int, typer.Option(help="How many names to list.", min=1)] = 40,
    as_json: Json = False,
) -> None:
    """List names that stand after a word for a place (village of, بلدة, город) and are not known, by frequency."""
    from processing.gazetteer.unknown import count_unknown

    counted = count_unknown(_from_file(file) if file else _from_tables())
    ranked = sorted(counted.values(), key=lambda one: (-one.texts, -one.count, min(one.spellings)))[:limit]
    if as_json:
        console.as_json([{"name": _usual(one.spellings), "articles": one.texts, "times": one.count} for one in ranked])
        return
    rows = [(_usual(one.spellings), one.texts, one.count) for one in ranked]
    console.table(f"{len(counted)} unknown names", ["name", "articles", "times"], rows, numbers=["articles", "times"])


def _usual(spellings: dict[str, int]) -> str:
    return max(sorted(spellings), key=lambda name: spellings[name])


def _from_tables() -> Iterator[list[str]]:
    from bulletins import access
    from processing.database import statement
    from processing.gazetteer.unknown import unknown_places
    from processing.records import Tag, TagKind

    with closing(access.connect()) as connection, connection.cursor(name="places_unknown") as cursor:
        cursor.execute(statement("list_place_tags"))
        for version, title, text, spans in cursor:
            tags = [
                Tag(
                    key=version, content_sha256="", kind=TagKind.PLACE, target="", field=field, start=start, end=end,
                    matched="", rule="", tagger="",
                )
                for field, start, end in spans
            ]  # fmt: skip
            yield list(unknown_places(title, text, tags))


def _from_file(file: Path) -> Iterator[list[str]]:
    from processing.explain import explain_text
    from processing.gazetteer.unknown import unknown_places

    content = file.read_text(encoding="utf-8")
    texts = (
        [json.loads(line) for line in content.splitlines() if line.strip()]
        if file.suffix in (".jsonl", ".ndjson")
        else [{"title": "", "text": content}]
    )
    for one in texts:
        found = explain_text(str(one.get("text") or ""), title=str(one.get("title") or ""))
        yield list(unknown_places(found.title, found.text, found.tags))


def _rows(path: Path, columns: list[str]) -> dict[str, dict[str, str]]:
    from processing.tag.tables import read_rows

    return {row["place_id"]: row for row in read_rows(path, columns)} if path.is_file() else {}
