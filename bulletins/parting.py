"""A loaded article as a digest: which parts it has, what each is about, and what it repeats."""

from __future__ import annotations

from typing import Any

from psycopg2.extensions import connection as Connection

from bulletins.tracing import wanted
from crawlers.records import BulletinsError
from processing.database import statement
from processing.digest import split
from processing.tag import load_vocabulary


def parts_of(connection: Connection, name: str) -> list[dict[str, Any]]:
    """Split an article (id, key or URL); returns its parts in order, none where it is no digest.

    Offsets are in characters of `articles.text`. Raises BulletinsError when there is no such article.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement("select_article_text"), wanted(name))
        found = cursor.fetchone()
    if found is None:
        raise BulletinsError(f"no article {name!r}; give an article_id, a key or the URL of a page that was loaded")
    title, text, outlet, day = found
    digest = split(title, text, load_vocabulary(), day, outlet)
    return [
        {
            "part": number,
            "kind": str(part.kind),
            "start": part.start,
            "end": part.end,
            "within": part.parent,
            "governorates": list(part.governorates),
            "actors": list(part.actors),
            "time": part.time,
            "summary_of": list(part.summary_of),
            "text": text[part.start : part.end],
        }
        for number, part in enumerate(digest.parts if digest else ())
    ]
