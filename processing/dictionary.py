"""The data dictionary: sql/README.md, made from the COMMENTs of a migrated database.

python -m processing.dictionary        write sql/README.md anew (reads BULLETINS_DATABASE_URL)
"""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from typing import Any

from psycopg2.extensions import connection as Connection

from processing.database import SQL, connect, statement, transaction

# What a researcher wants first; the rest follows by name.
_FIRST = (
    "articles", "article_versions", "article_parts", "tags", "events", "statements", "statement_roles", "statement_sites",
    "statement_numbers", "statement_citations", "event_types", "story_summary", "story_reports", "stories",
    "story_articles", "story_moves", "copies", "copy_pairs", "outlets", "outlet_affiliations", "articles_daily", "counts_daily",
    "mentions_by_place", "coverage_daily", "outlet_health", "crawl_accounting", "article_updates", "article_changes", "deletions",
)  # fmt: skip

_OPENING = """\
# What is kept

The data dictionary of schema `news`. **Do not edit it**: it is made from the `COMMENT`s in the database by
`python -m processing.dictionary`, and a test fails when it is out of date.

Start with the view or table you need below, or with a query in [queries/examples](queries/examples): each runs as it
stands (`bulletins db psql`, then `\\i sql/queries/examples/latest_by_governorate.sql`). Full-text search in Arabic,
English, Russian and Turkish: `select * from news.search('قصف إدلب');`

Three things to know before counting:

- **An article is what an outlet said, not what happened.** Counts are of reports. Count `stories` beside `articles`:
  agencies are copied.
- **`published_at` is the outlet's date, `first_seen_at` is ours.** `published_precision` and `published_from` say how
  exactly, and on what evidence, the date is known. All times are UTC; days in views are Damascus days.
- **A tag names a place, it does not locate an event.** Each one points to the characters it rests on. What happened where,
  to whom and on whose word is in `events` and `statements`: as an outlet says it, with its hedges.

| folder | holds | changes by |
| --- | --- | --- |
| `migrations/` | tables, indexes, comments; numbered, applied once, checksummed | adding a file |
| `views/` | views and the search function, made anew when their file changes | editing the file |
| `queries/` | every statement the code runs, one per file; `queries/examples/` for people | editing the file |
| `checks/` | data tests: each selects the rows that break a rule, with a reason | adding a file |
| `roles.sql` | the roles owner, loader and reader, and what each may do | editing the file |

The meaning of a column does not change; a new meaning is a new column or view, noted in CHANGELOG.md.
Column names: `_at` timestamptz, `_on` date, `_count`, `is_`, `_sha256` hex.
"""


def render(connection: Connection) -> str:
    """Return the text of sql/README.md for the schema as it is in this database."""
    with transaction(connection) as cursor:
        cursor.execute(statement("list_dictionary"))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    objects = {name: list(columns) for name, columns in groupby(rows, key=lambda row: str(row[0]))}
    parts = [_OPENING]
    for kind, title in (("table", "Tables"), ("view", "Views"), ("function", "Functions")):
        names = [name for name, columns in objects.items() if columns[0][1] == kind]
        names.sort(key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        parts.append(f"\n## {title}\n")
        parts += [_object(name, objects[name]) for name in names]
    return "".join(parts)


def _object(name: str, columns: list[tuple[Any, ...]]) -> str:
    _, kind, about, *_ = columns[0]
    lines = [f"\n### {name}\n", f"\n{about}\n"]
    if kind != "function":
        lines.append("\n| column | type | |\n| --- | --- | --- |\n")
        lines += [
            f"| `{column}` | {type_}{' or null' if is_nullable else ''} | {_cell(comment)} |\n"
            for *_, column, type_, is_nullable, comment in columns
        ]
    return "".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    with closing(connect()) as database:
        (SQL / "README.md").write_text(render(database), encoding="utf-8")
