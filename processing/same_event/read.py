"""An article with its tags and statements → the event that it reports."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from zlib import crc32

from crawlers.numbers import OpenDays
from processing.records import Article, Profile, Tag, TagKind
from processing.same_event.days import tell_days
from processing.same_event.names import names
from processing.same_event.records import Report, Told
from processing.same_event.words import told_by_title_alone, uncommon
from processing.statements.records import NumberKind, RoleKind, Standing, Statement
from processing.statements.toll import FIRM, Toll, statement_toll
from processing.tag import Vocabulary

# Characters into the text up to which something is prominent, and up to which it is half so.
_LEAD, _SECOND = 350, 900
_OPENING = 500  # characters in which the event of the article is told
_SHARES = (1.0, 0.6, 0.3)  # how prominent: in title or lead, soon after, later
_MOST_PLACES = 24
_COUNTED = (NumberKind.KILLED, NumberKind.WOUNDED)


def read_report(
    article: Article,
    tags: Sequence[Tag],
    profile: Profile,
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    open_days: OpenDays | None = None,
) -> Report:
    """Return what an article reports. Pure; `tags`, `profile` and `statements` are those of the article.

    `open_days` are those that the number in its address leaves open, where an outlet's declaration says.
    """
    in_title = [tag for tag in tags if tag.field == "title"]
    if any(tag.kind is TagKind.PLACE for tag in in_title) and told_by_title_alone(article.title, article.text):
        article, tags = dataclasses.replace(article, text=""), in_title
        statements = [one for one in statements if one.field == "title"]
        profile = dataclasses.replace(profile, parts=())
    events = [
        one for one in statements if one.standing is Standing.EVENT and not one.event_type.startswith("statement.")
    ]
    opening = [one for one in events if _position(one) < _OPENING] or events[:1]
    when = tell_days(article, opening, open_days)
    firm = [(one, kind, toll) for one in events for kind in _COUNTED if (toll := statement_toll(one, kind))]
    places = _places(tags, vocabulary)
    return Report(
        key=article.key,
        content_sha256=article.content_sha256,
        language=article.language,
        about=when.about or article.fetched_at.date(),
        is_firm=when.is_firm,
        days=when.days,
        dates=when.clues.dates,
        years=when.clues.years,
        weekdays=when.clues.weekdays,
        places=places,
        sites=_sites(events, vocabulary),
        title_places=tuple(sorted({tag.target for tag in tags if tag.field == "title" and tag.target in places})),
        governorates=_strongest((tag.governorate, _share(tag)) for tag in tags if tag.governorate),
        event_types=tuple(sorted({one.event_type for one in opening})),
        blocs=tuple(sorted({bloc for one in opening for bloc in _blocs(one, vocabulary)})),
        actors=tuple(sorted({tag.target for tag in tags if tag.kind is TagKind.ACTOR and _position(tag) < _OPENING})),
        killed=_first(toll for _, kind, toll in firm if kind is NumberKind.KILLED),
        wounded=_first(toll for _, kind, toll in firm if kind is NumberKind.WOUNDED),
        tolls=tuple(sorted({(str(kind), toll.best) for _, kind, toll in firm if toll.best})),
        words=_hashes(uncommon(article.title, article.text)),
        title_words=_hashes(uncommon(article.title, "")),
        names=_hashes(names(article.title, article.text)),
        origin=next((one.chain[-1].source for one in opening if one.chain), ""),
        is_digest=bool(profile.parts),
        tagger=vocabulary.tagger,
    )


def _position(found: Tag | Statement) -> int:
    return 0 if found.field == "title" else found.start


def _share(found: Tag | Statement) -> float:
    position = _position(found)
    return _SHARES[0] if position < _LEAD else _SHARES[1] if position < _SECOND else _SHARES[2]


def _places(tags: Iterable[Tag], vocabulary: Vocabulary) -> dict[str, float]:
    found = _strongest(
        (tag.target, _share(tag))
        for tag in tags
        if tag.kind is TagKind.PLACE and not _is_governorate(tag.target, vocabulary)
    )
    kept = sorted(found, key=lambda place: (-found[place], place))[:_MOST_PLACES]
    return {place: found[place] for place in sorted(kept)}


def _sites(events: Sequence[Statement], vocabulary: Vocabulary) -> dict[str, float]:
    """Return where it says that something happened; of its first three events as prominent as of the opening."""
    found = _strongest(
        (site.place, _SHARES[0] if number < len(_SHARES) or _position(one) < _OPENING else _SHARES[1])
        for number, one in enumerate(events)
        for site in one.sites
        if not _is_governorate(site.place, vocabulary)
    )
    return dict(sorted(found.items())[:_MOST_PLACES])


def _is_governorate(place: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.places.get(place)
    return known is not None and known.level == "governorate"


def _strongest(shares: Iterable[tuple[str | None, float]]) -> dict[str, float]:
    strongest: dict[str, float] = {}
    for name, share in shares:
        if name is not None:
            strongest[name] = max(strongest.get(name, 0.0), share)
    return dict(sorted(strongest.items()))


def _blocs(found: Statement, vocabulary: Vocabulary) -> Iterable[str]:
    for role in found.roles:
        actor = vocabulary.actors.get(role.actor) if role.role is RoleKind.BY else None
        if actor is not None and actor.bloc:
            yield actor.bloc


def _first(tolls: Iterable[Toll]) -> Told:
    """Return the first firm number, else the first there is."""
    known = [toll for toll in tolls if toll.low is not None]
    firm = [toll for toll in known if toll.best is not None and toll.confidence >= FIRM]
    toll = next(iter(firm or known), None)
    return Told(low=toll.low, best=toll.best, high=toll.high) if toll else Told()


def _hashes(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({crc32(word.encode()) for word in words}))
