"""A statement as the rows of its five tables, in the order of their columns (sql/migrations/0016_create_statements.sql)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from processing.statements.records import Statement

COLUMNS = {
    "staged_statements": """
        version_id, method, statement_number, field, start_offset, end_offset, literal, part_number, event_type, standing,
        trigger_start, trigger_end, hedges, day_first, day_last, day_precision, day_start, day_end, day_rule, day_confidence,
        summary_of, rule, confidence, tagger, fingerprint""",
    "staged_statement_roles": """
        version_id, method, statement_number, role_number, role, actor, start_offset, end_offset, is_loaded, hedge, rule,
        confidence""",
    "staged_statement_sites": """
        version_id, method, statement_number, site_number, place, governorate, start_offset, end_offset, relation, rule,
        confidence""",
    "staged_statement_numbers": """
        version_id, method, statement_number, number_number, kind, counted, low, best, high, scope, start_offset, end_offset,
        among, is_toll, rule, confidence""",
    "staged_statement_citations": """
        version_id, method, statement_number, position, source, start_offset, end_offset, verb, rule, confidence""",
}


def statement_rows(found: Statement, version: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield (staging table, row) for a statement of the text `version`, then for each of its parts."""
    day = found.day
    yield (
        "staged_statements",
        (
            version, found.method, found.number, found.field, found.start, found.end, found.literal, found.part,
            found.event_type, found.standing, *found.trigger, found.hedges, day.first, day.last, day.precision, day.start,
            day.end, day.rule, day.confidence, tuple(map(str, found.summary_of)), found.rule, found.confidence,
            found.tagger, _fingerprint(found),
        ),
    )  # fmt: skip
    name = version, found.method, found.number
    for place, role in enumerate(found.roles):
        yield (
            "staged_statement_roles",
            (
                *name, place, role.role, role.actor, role.start, role.end, role.is_loaded, role.hedge, role.rule,
                role.confidence,
            ),
        )  # fmt: skip
    for place, site in enumerate(found.sites):
        yield (
            "staged_statement_sites",
            (
                *name, place, site.place, site.governorate, site.start, site.end, site.relation, site.rule,
                site.confidence,
            ),
        )  # fmt: skip
    for place, number in enumerate(found.numbers):
        yield (
            "staged_statement_numbers",
            (
                *name, place, number.kind, number.counted, number.low, number.best, number.high, number.scope,
                number.start, number.end, number.among, number.is_toll, number.rule, number.confidence,
            ),
        )  # fmt: skip
    for place, link in enumerate(found.chain):
        yield (
            "staged_statement_citations",
            (*name, place, link.source, link.start, link.end, link.verb, link.rule, link.confidence),
        )


def _fingerprint(found: Statement) -> str:
    """Hash all that is stored of a statement. Not a secret: two that differ must differ here, no more."""
    return hashlib.md5(repr(found).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
