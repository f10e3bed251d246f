"""What an article reports, cut down to what is compared, and what the comparison rests on. All frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many of a kind, as the article first says it; all None: it gives no number."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The event that an article is about, in every language the same: ids, days and numbers; words only as hashes."""

    key: str  # Article.key
    content_sha256: str  # of the version
    language: str
    about: dt.date  # day by which it is looked up: of the event, else of the publication, else of the fetch
    # Whether the text, a date that machines read or the number in the address tells its days: one that is only shown may be
    # another's.
    is_firm: bool
    # Of the events it opens with; of one that names none, the publication and the day before, or those that the number leaves
    # open; the last one first.
    days: tuple[dt.date, ...]
    dates: tuple[tuple[int, int], ...]  # (month, day) that a text without firm days names near its beginning
    years: tuple[int, ...]  # the same
    weekdays: tuple[int, ...]  # the same; 0 is Monday
    places: dict[str, float]  # place id → how prominent, 0-1; governorates left out
    sites: dict[str, float]  # the same of places where it says that something happened
    title_places: tuple[str, ...]
    governorates: dict[str, float]  # p-code → how prominent
    event_types: tuple[str, ...]  # of the events it opens with, each once
    blocs: tuple[str, ...]  # of those who did them
    actors: tuple[str, ...]  # named near the beginning
    killed: Told
    wounded: Told
    tolls: tuple[tuple[str, int], ...]  # every firm number of its events: ("killed", 7)
    words: tuple[int, ...]  # hashes of the uncommon words of title and opening
    title_words: tuple[int, ...]  # of those of the title
    names: tuple[int, ...]  # hashes of the consonants of names near the beginning
    origin: str  # whose word the event is: source id at the end of the chain; empty: the publisher's own
    is_digest: bool  # reports many events: it belongs to no story but that of its copies
    tagger: str  # version of rules and vocabulary

    @property
    def keys(self) -> tuple[str, ...]:
        """What others find it by: its towns, and what happened in which governorate. Empty for a digest and without a place."""
        if self.is_digest:
            return ()
        towns = self.towns
        kinds = self._kinds
        return (*towns, *kinds) if towns else (*kinds, *(f"{kind}{NO_TOWN}" for kind in kinds))

    @property
    def sought(self) -> tuple[str, ...]:
        """The keys of others that it is compared with.

        One that names a town is compared with those of the same town and those that name none; one that names none, with all
        of the same sort in the governorate. So of two reports either seeks the other or none does.
        """
        if self.is_digest:
            return ()
        towns = self.towns
        return (*towns, *(f"{kind}{NO_TOWN}" for kind in self._kinds)) if towns else self._kinds

    @property
    def towns(self) -> tuple[str, ...]:
        """Places that it is about, the most prominent first."""
        near = sorted(self.places, key=lambda place: (-self.places[place], place))
        return tuple([place for place in near if self.places[place] >= PROMINENT][:MOST_PLACES])

    @property
    def _kinds(self) -> tuple[str, ...]:
        """What sort of event in the governorates that it is mostly about; the governorates alone where it tells of none."""
        most = max(self.governorates.values(), default=0.0)
        codes = sorted(code for code, share in self.governorates.items() if share == most)[:MOST_GOVERNORATES]
        return tuple([f"{code} {kind}" for code in codes for kind in self.event_types[:MOST_TYPES]] or codes)


NO_TOWN = " only"  # ends the keys of reports that name no town
PROMINENT = 0.6  # share from which a place is one that the article is about
# More than these are of a text that tells of many events.
MOST_PLACES = 8
MOST_GOVERNORATES = 3
MOST_TYPES = 4


class Sign(StrEnum):
    """What speaks for or against two reports being of one event. The only names of evidence."""

    PLACE = "same place"
    PLACES = "share of places in common"
    NO_TOWN = "one of them names no town"
    OTHER_TOWNS = "no town in common"
    OTHER_SITES = "it happened at other places"
    OTHER_TITLE = "other places in the titles"
    OTHER_GOVERNORATE = "other governorates"
    MANY_PLACES = "many places named"
    DAY = "same day"
    OPEN_DAY = "some day that both leave open"
    NEXT_DAY = "the day after"
    SHOWN_DAY = "same day, as pages show"
    OTHER_SHOWN_DAY = "other days, as pages show"
    DATE = "same date in the texts"
    OTHER_DATE = "other dates in the texts"
    OTHER_YEAR = "other years in the texts"
    WEEKDAY = "same weekday"
    OTHER_WEEKDAY = "other weekdays"
    KILLED = "same number of killed"
    OTHER_KILLED = "other numbers of killed"
    WOUNDED = "same number of wounded"
    OTHER_WOUNDED = "other numbers of wounded"
    LARGE_NUMBER = "a large number in common"
    ACTORS = "actors in common"
    OTHER_SIDE = "done by other sides"
    TYPE = "same type of event"
    OTHER_TYPE = "no type of event in common"
    WORDS = "uncommon words in common"
    TITLE_WORDS = "words of the titles in common"
    NAMES = "names in common across languages"
    LANGUAGES = "in two languages"
    SAME_OUTLET = "of one outlet"
    BASE = "any two reports"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign with its weight, in natural logarithms of odds."""

    sign: Sign
    weight: float
