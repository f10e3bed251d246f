"""A story for a person: its articles side by side, by the story's id or by any article of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from psycopg2.extensions import connection as Connection

from crawlers.records import BulletinsError
from processing.database import statement
from processing.explain import article_key

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_story(connection: Connection, name: str) -> list[dict[str, Any]]:
    """Return the rows of the view story_reports of one story, the first report first.

    `name` is a story_id (also one that was merged into another), or an article as in `explain_stored`. Raises BulletinsError
    when there is no such story, or the article is in none; of a story that is no more it says since when.
    """
    if _UUID.fullmatch(name.lower()):
        if found := _rows(connection, name.lower(), None):
            return found
        if ended := _ended_at(connection, name.lower()):
            raise BulletinsError(
                f"story {name} is no more since {ended:%Y-%m-%d %H:%M} UTC: fewer than two articles are left that report "
                "its event"
            )
    key = article_key(connection, name)
    if found := _rows(connection, None, key):
        return found
    raise BulletinsError(f"article {name!r} is in no story: no other article is known to report its event")


def _ended_at(connection: Connection, story_id: str) -> dt.datetime | None:
    """Return when the last article left a story; None: no story had that id."""
    with connection.cursor() as cursor:
        cursor.execute(statement("find_story_moves"), {"story_id": story_id})
        last: tuple[str | None, dt.datetime, int] | None = cursor.fetchone()
    return last[1] if last else None


def _rows(connection: Connection, story_id: str | None, key: str | None) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("show_story"), {"story_id": story_id, "key": key})
        return [dict(zip([column.name for column in cursor.description or ()], row, strict=True)) for row in cursor]
