"""Load what the repository declares, not what a crawl brought: outlets, and the vocabularies that tags point to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from crawlers.outlets import declaration_sha256, outlets_folder
from crawlers.records import Outlet
from processing.database import statement, transaction

# The rows of processing.tag's iterators, in their order.
_COLUMNS = {
    "places": (
        "place_id",
        "level",
        "name_en",
        "name_ar",
        "name_ru",
        "governorate",
        "district",
        "latitude",
        "longitude",
    ),
    "actors": ("actor_id", "name_en", "name_ar", "name_ru", "bloc", "active_from", "active_until"),
    "sources": ("source_id", "kind", "name"),
    "event_types": (
        "event_type",
        "name",
        "acled_event",
        "acled_sub_event",
        "cameo",
        "plover_event",
        "plover_mode",
        "plover_context",
    ),
}


def load_outlets(connection: Connection, outlets: Iterable[Outlet], folder: Path | None = None) -> int:
    """Store the declarations of outlets, in one transaction; returns how many rows changed.

    `folder` is where the TOML files are (default: `outlets_folder()`), for their SHA-256. An outlet that is no longer
    declared stays: its articles refer to it.
    """
    written = 0
    with transaction(connection) as cursor:
        for outlet in sorted(outlets, key=lambda outlet: outlet.slug):
            row = _outlet_row(outlet, folder or outlets_folder())
            cursor.execute(statement("upsert_outlet"), row)
            written += cursor.rowcount
            cursor.execute(statement("update_outlet_names"), row)
            cursor.execute(statement("delete_stale_affiliations"), row)
            written += cursor.rowcount
            for position, affiliation in enumerate(outlet.affiliations):
                values = {**dataclasses.asdict(affiliation), "outlet": outlet.slug, "position": position}
                cursor.execute(statement("upsert_affiliation"), values)
                written += cursor.rowcount
    return written


def load_reference(connection: Connection) -> int:
    """Store what the tagger's vocabularies define, in one transaction; returns how many rows changed.

    What is no longer defined stays: older tags refer to it.
    """
    # Here and not above: the vocabularies are files of some size, and most callers of this module want none of them.
    from processing.statements.reference import event_types
    from processing.tag import reference as tag

    written = 0
    with transaction(connection) as cursor:
        tables: tuple[tuple[str, Iterable[tuple[Any, ...]]], ...] = (
            ("places", tag.places()),
            ("actors", tag.actors()),
            ("sources", tag.sources()),
            ("event_types", event_types()),
        )
        for table, rows in tables:
            named = [dict(zip(_COLUMNS[table], row, strict=True)) for row in rows]
            cursor.execute(statement(f"upsert_{table}"), {"rows": Json(named)})
            written += cursor.rowcount
    return written


def _outlet_row(outlet: Outlet, folder: Path) -> dict[str, Any]:
    path = folder / f"{outlet.slug}.toml"
    low, high = outlet.expect.articles_per_day or (None, None)
    return {
        "outlet": outlet.slug,
        "name": outlet.name,
        "name_ar": outlet.name_ar,
        "name_ru": outlet.name_ru,
        "home_url": outlet.home,
        "domains": list(outlet.domains),
        "languages": list(outlet.languages),
        "status": str(outlet.status),
        "status_on": outlet.status_on,
        "status_evidence": outlet.status_evidence,
        "full_text_public": outlet.full_text_public,
        "expected_daily_low": low,
        "expected_daily_high": high,
        "expected_dated_share": outlet.expect.with_date,
        "declaration_sha256": declaration_sha256(path) if path.is_file() else None,
        "affiliations": len(outlet.affiliations),
    }
