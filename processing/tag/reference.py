"""The vocabulary as rows of the reference tables that tags point to."""

from __future__ import annotations

from collections.abc import Iterator

from processing.tag.vocabulary import load_vocabulary

PlaceRow = tuple[str, str, str, str | None, str | None, str | None, str | None, float | None, float | None]
ActorRow = tuple[str, str, str | None, str | None, str, str | None, str | None]
SourceRow = tuple[str, str, str]


def places() -> Iterator[PlaceRow]:
    """Yield (place_id, level, name_en, name_ar, name_ru, governorate, district, latitude, longitude) of every place.

    Codes are OCHA p-codes, coordinates degrees (WGS 84); a place that spans governorates has no code.
    """
    for place in load_vocabulary().places.values():
        names = (place.name_en, place.name_ar, place.name_ru)
        yield place.place_id, place.level, *names, place.governorate, place.district, place.latitude, place.longitude


def actors() -> Iterator[ActorRow]:
    """Yield (actor_id, name_en, name_ar, name_ru, bloc, active_from, active_until) of every actor.

    The ends of its existence are as exact as they are known: YYYY, YYYY-MM or YYYY-MM-DD; None: open or not known.
    """
    for actor in load_vocabulary().actors.values():
        names = (actor.name_en, actor.name_ar, actor.name_ru)
        yield actor.actor_id, *names, actor.bloc, actor.active_from, actor.active_until


def sources() -> Iterator[SourceRow]:
    """Yield (source_id, kind, name) of every newsroom (kind outlet) and class of source (kind class)."""
    yield from load_vocabulary().sources.values()
