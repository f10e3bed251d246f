"""Bring together the articles that report one event: keep stories up to date with what is new or changed.

The queue `unsettled` names the articles. Each is weighed against the reports that share a key with it within a few days,
and the components that this touches (articles that any chain of likely pairs connects) are made anew as a whole: what
comes out depends on the articles alone, not on the order in which they came, nor on who loaded them. The cost of an
article is that of its neighbours in place and time, however many others there are.

Work is done in batches, each a transaction of its own. Merges and splits are kept in `story_moves`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from pydantic import TypeAdapter

from processing.database import LOCK_RELATE, statement
from processing.same_event import (
    METHOD,
    METHOD_VERSION,
    Component,
    Member,
    Report,
    Story,
    Tie,
    cluster,
    likely,
    load_weights,
)
from processing.same_event.weigh import WINDOW
from processing.unsettled import Stage, settle

_STAGE = Stage(name="stories", lock=LOCK_RELATE, method_version=METHOD_VERSION, batch=500)
_MADE_BY = {"method": METHOD, "method_version": METHOD_VERSION}
_REPORT: TypeAdapter[Report] = TypeAdapter(Report)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCounts:
    """What a run did. What the tables hold is not counted: that would cost the more the more they hold."""

    settled: int  # articles that were new or changed
    weighed: int  # articles looked at together with them
    changed: int  # articles that came into another story, or into none
    moved: int  # articles that went from one story to another by a merge or split

    def as_dict(self) -> dict[str, int]:
        """Return one flat dict for a log or a table."""
        return {name: getattr(self, name) for name in self.__slots__}


def relate(connection: Connection) -> StoryCounts:
    """Bring stories up to date with the articles and their copies; returns the counts. Run again, it writes nothing."""
    counts = settle(connection, _STAGE, _settle)
    return StoryCounts(**{name: counts[name] for name in ("settled", "weighed", "changed", "moved")})


def story_id(first: Member) -> str:
    """Return the id of the story that `first` leads, as Postgres writes a UUID: the same in a rebuilt database."""
    digits = hashlib.sha256(f"story {first.key}".encode("ascii")).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"


def take_out(cursor: Cursor, article_id: str) -> int:
    """Take an article out of its story, which is made anew of the others; returns the number of stories changed, 0 or 1.

    For an article that is about to go, after `deduplicate.take_out`: within its transaction, whose lock LOCK_RELATE is held.
    """
    cursor.execute(statement("list_component_articles"), {"article_ids": [article_id], "first_ids": []})
    members, stories = _read(cursor, sorted(name for (name,) in cursor.fetchall()))
    others = [one for one in members if one.article_id != article_id]
    _write(cursor, cluster(others, load_weights()), stories, gone=[article_id])
    return int(article_id in stories)


def _settle(cursor: Cursor, article_ids: list[str]) -> Counter[str]:
    """Work out the stories of some articles that are new or changed; returns what was done."""
    fresh, stories = _read(cursor, article_ids)
    sought = _places(fresh, lambda report: report.sought)
    cursor.execute(statement("list_story_candidates"), {**sought, "window": WINDOW})
    candidates, _ = _read(cursor, sorted({name for (name,) in cursor.fetchall()} - set(article_ids)))
    wanted = [*article_ids, *sorted(likely(fresh, candidates, load_weights()))]
    first_ids = [one.first_id for one in fresh]
    cursor.execute(statement("list_component_articles"), {"article_ids": wanted, "first_ids": first_ids})
    others, more = _read(cursor, sorted({name for (name,) in cursor.fetchall()} - set(article_ids)))
    filed = {**_places(fresh, lambda report: report.keys), "placed_ids": article_ids}
    for name in ("delete_report_places", "insert_report_places"):
        cursor.execute(statement(name), filed)
    counts = _write(cursor, cluster([*fresh, *others], load_weights()), {**stories, **more})
    return counts + Counter(settled=len(fresh), weighed=len(others))


def _read(cursor: Cursor, article_ids: Sequence[str]) -> tuple[list[Member], dict[str, str]]:
    """Return articles as members of stories, and in which stories they are so far."""
    cursor.execute(statement("select_reports"), {"article_ids": list(article_ids)})
    members, stories = [], {}
    for article_id, key, outlet, published_at, first_id, story, record in cursor:
        members.append(
            Member(
                article_id=article_id,
                key=key,
                outlet=outlet,
                published_at=published_at,
                first_id=first_id,
                report=None if record is None else _REPORT.validate_json(record),
            )
        )
        if story:
            stories[article_id] = story
    return members, stories


def _places(members: Iterable[Member], keys_of: Callable[[Report], tuple[str, ...]]) -> dict[str, list[Any]]:
    """Return keys and days of reports as columns. Copies are found by their first one's."""
    rows = [
        (place, one.report.about, one.report.days if one.report.is_firm else (), one.article_id)
        for one in members
        if one.report and one.article_id == one.first_id
        for place in keys_of(one.report)
    ]
    return {
        "places": [row[0] for row in rows],
        "days": [row[1] for row in rows],
        "first_days": [min(row[2], default=None) for row in rows],
        "last_days": [max(row[2], default=None) for row in rows],
        "place_articles": [row[3] for row in rows],
    }


def _write(
    cursor: Cursor, components: list[Component], before: Mapping[str, str], gone: Sequence[str] = ()
) -> Counter[str]:
    """Write the stories of components, which hold all articles of every story they touch but `gone`, where they differ."""
    stories = [story for component in components for story in component.stories]
    placed = {one.article_id: story_id(story.members[0]) for story in stories for one in story.members}
    everyone = [one.article_id for component in components for one in component.members]
    names = [min(one.article_id for one in component.members) for component in components]
    rows = [row for story in stories for row in _rows(story)]
    moves = Counter((old, placed.get(name)) for name, old in before.items() if placed.get(name) != old)
    members = _members_of(before)
    values = {
        **_MADE_BY,
        "component_articles": everyone,
        "components": [name for name, component in zip(names, components, strict=True) for _ in component.members],
        "alone": sorted({*everyone, *gone} - placed.keys()),
        "old_story_ids": sorted(members),
        "story_ids": [story_id(story.members[0]) for story in stories],
        "first_article_ids": [story.members[0].article_id for story in stories],
        "article_counts": [len(story.members) for story in stories],
        "outlet_counts": [len({one.outlet for one in story.members}) for story in stories],
        "changed": [
            members.get(story_id(story.members[0])) != {one.article_id for one in story.members} for story in stories
        ],
        "from_story_ids": [old for old, _ in sorted(moves, key=str)],
        "to_story_ids": [new for _, new in sorted(moves, key=str)],
        "moved_counts": [moves[move] for move in sorted(moves, key=str)],
        **{name: [row[place] for row in rows] for place, name in enumerate(_COLUMNS)},
    }
    for name in ("upsert_story_components", "delete_story_articles", "upsert_stories", "upsert_story_articles"):
        cursor.execute(statement(name), values)
    cursor.execute(statement("update_article_stories"), values)
    changed = cursor.rowcount
    for name in ("insert_story_moves", "delete_empty_stories"):
        cursor.execute(statement(name), values)
    return Counter(changed=changed, moved=moves.total())


def _members_of(stories: Mapping[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for article_id, story in stories.items():
        members.setdefault(story, set()).add(article_id)
    return members


_COLUMNS = (
    "article_ids", "member_story_ids", "other_article_ids", "relations", "similarities", "weights", "evidence",
)  # fmt: skip
_Row = tuple[str, str, str | None, str, float, float | None, str]


def _rows(story: Story) -> Iterator[_Row]:
    """Yield the rows of a story's articles in the order of `_COLUMNS`."""
    name = story_id(story.members[0])
    yield story.members[0].article_id, name, None, "lead", 1.0, None, "[]"
    for tie in story.ties:
        if tie.is_copy:
            yield tie.member.article_id, name, tie.other.article_id, "copy", 1.0, None, "[]"
            continue
        told = sorted(tie.evidence, key=lambda one: (-abs(one.weight), one.sign))
        evidence = json.dumps([{"sign": one.sign, "weight": round(one.weight, 2)} for one in told])
        weight = round(sum(one.weight for one in tie.evidence), 3)
        yield tie.member.article_id, name, tie.other.article_id, "same_event", _similarity(tie), weight, evidence


def _similarity(tie: Tie) -> float:
    """Return the share of uncommon words of the openings that two reports have in common, 0-1."""
    one, other = ({*member.report.words} if member.report else set() for member in (tie.member, tie.other))
    return len(one & other) / (len(one | other) or 1)
