"""The types of event as rows of the reference table that statements point to."""

from __future__ import annotations

from collections.abc import Iterator

from processing.statements.lexicon import load_lexicon

EventTypeRow = tuple[str, str, str | None, str | None, list[str], str, str | None, str | None]


def event_types() -> Iterator[EventTypeRow]:
    """Yield (event_type, name, ACLED event and sub-event, CAMEO codes, PLOVER event, mode, context) of every type."""
    for one in load_lexicon().types.values():
        yield one.event_type, one.name, one.acled_event, one.acled_sub_event, list(one.cameo), *one.plover
