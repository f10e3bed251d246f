"""The parts of a loaded digest: which it has, what each is about, and what it repeats."""

from __future__ import annotations

from typing import Any

from psycopg2.extensions import connection as Connection

from bulletins.tracing import wanted
from crawlers.outlets import load_outlets
from crawlers.records import BulletinsError
from processing.database import statement

_NAMES = ("part", "kind", "start", "end", "within", "governorates", "actors", "time", "summary_of", "text")


def parts_of(connection: Connection, name: str) -> list[dict[str, Any]]:
    """Return the parts of an article (id, key or URL) in order, none where it is no digest.

    Offsets are in characters of `articles.text`. Raises BulletinsError when there is no such article.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement("list_article_parts"), wanted(name, load_outlets()))
        rows = cursor.fetchall()
    if not rows:
        raise BulletinsError(f"no article {name!r}; give an article_id, a key or the URL of a page that was loaded")
    return [dict(zip(_NAMES, row, strict=True)) for row in rows if row[0] is not None]
