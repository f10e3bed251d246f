"""Find copies across all articles and keep them as stories. Nothing is dropped, and a second run writes nothing.

Only what is new or changed is looked at: its fingerprint is made, the texts that share a mark with it are compared, and
the stories that this touches are written anew. The result depends on the articles alone, not on the order in which they
came: stories are the connected groups of copies, and their ids come from their first article.

Work is done in batches, each a transaction of its own, so that memory is bounded and a killed run loses one batch.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from processing.database import LOCK_DEDUPLICATE, lock_transaction, statement, transaction
from processing.overlap import (
    FEWEST_SHINGLES,
    METHOD,
    METHOD_VERSION,
    Text,
    fingerprint,
    group,
    similarity,
)
from processing.text import tokens

# 500 articles of 3 kB: 22,000 marks and a few megabytes a transaction; larger ones were not faster.
_BATCH = 500
_NOBODY = "00000000-0000-0000-0000-000000000000"
_MADE_BY = {"method": METHOD, "method_version": METHOD_VERSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCounts:
    """What a run did, and what the tables hold after it."""

    fingerprinted: int  # texts that were new or changed
    renewed: int  # stories made anew because an article of theirs changed
    changed: int  # articles that came into another story, or into none
    stories: int  # in the tables
    copies: int  # articles in them, their first ones not counted

    def as_dict(self) -> dict[str, int]:
        """Return one flat dict for a log or a table."""
        return {name: getattr(self, name) for name in self.__slots__}


def deduplicate(connection: Connection) -> DuplicateCounts:
    """Bring stories up to date with the articles; returns the counts. Run again, it writes nothing."""
    counts: Counter[str] = Counter()
    _forget(connection)
    while renewed := _renew(connection, counts):
        counts["renewed"] += renewed
    after = _NOBODY
    while last := _add(connection, after, counts):
        after = last
    with transaction(connection) as cursor:
        cursor.execute(statement("count_stories"))
        [(stories, articles)] = cursor.fetchall()
    return DuplicateCounts(
        fingerprinted=counts["fingerprinted"],
        renewed=counts["renewed"],
        changed=counts["changed"],
        stories=stories,
        copies=articles - stories,
    )


def _forget(connection: Connection) -> None:
    """Remove the fingerprints of texts that are not current."""
    with transaction(connection) as cursor:
        lock_transaction(connection, LOCK_DEDUPLICATE, "")
        cursor.execute(statement("delete_stale_fingerprints"), _MADE_BY)
        _pass_on(cursor, cursor.fetchall())


def take_out(cursor: Cursor, key: str) -> int:
    """Take an article out of its story, which is made anew of the others; returns the number of stories changed.

    For an article that is about to go: within its transaction, whose lock LOCK_DEDUPLICATE is held.
    """
    cursor.execute(statement("delete_page_fingerprints"), {"key": key})
    _pass_on(cursor, cursor.fetchall())
    cursor.execute(statement("list_page_stories"), {"key": key})
    story_ids = [story_id for (story_id,) in cursor.fetchall()]
    if story_ids:
        members = _members(cursor, story_ids)
        others = (replace(member, story_id=None) for member in members if member.key != key)
        _settle(cursor, members, group(others), Counter())
    return len(story_ids)


def _pass_on(cursor: Cursor, stale: Sequence[tuple[str, str, bytes | None]]) -> None:
    """Remove the marks of fingerprints that were removed; where one stood for texts of the same words, pass it on."""
    rows = [(mark, name) for name, _, kept in stale if kept for mark in _unpacked(bytes(kept))]
    values = {"hashes": [mark for mark, _ in rows], "version_ids": [name for _, name in rows]}
    cursor.execute(statement("delete_fingerprint_marks"), values)
    hashes = sorted({folded for _, folded, _ in stale})
    cursor.execute(statement("update_mark_carriers"), {"hashes": hashes, "fewest_shingles": FEWEST_SHINGLES})
    _write_marks(cursor, [(version_id, _unpacked(bytes(marks))) for version_id, marks in cursor.fetchall()])


def _renew(connection: Connection, counts: Counter[str]) -> int:
    """Make some stories anew whose articles changed; returns how many, 0 when none is left."""
    with transaction(connection) as cursor:
        lock_transaction(connection, LOCK_DEDUPLICATE, "")
        cursor.execute(statement("list_broken_stories"))
        story_ids = [story_id for (story_id,) in cursor.fetchmany(_BATCH)]
        if story_ids:
            members = _members(cursor, story_ids)
            # Taken apart first: what held them together may have been the text that changed.
            _settle(cursor, members, group(replace(member, story_id=None) for member in members), counts)
        return len(story_ids)


def _add(connection: Connection, after: str, counts: Counter[str]) -> str | None:
    """Fingerprint and place the next articles after the id `after`; returns the last one's id, None when none is left."""
    with transaction(connection) as cursor:
        lock_transaction(connection, LOCK_DEDUPLICATE, "")
        cursor.execute(statement("select_unfingerprinted"), {"after": after, "most": _BATCH})
        fresh = _texts(cursor)
        if not fresh:
            return None
        candidates = _candidates(cursor, fresh)
        _remember(cursor, fresh, candidates)
        story_ids = sorted({text.story_id for text in (*fresh, *candidates) if text.story_id})
        involved = {text.article_id: text for text in (*_members(cursor, story_ids), *candidates, *fresh)}
        _settle(cursor, list(involved.values()), group(involved.values()), counts)
        counts["fingerprinted"] += len(fresh)
        return max(text.article_id for text in fresh)


def _texts(cursor: Cursor) -> list[Text]:
    """Make texts of the rows that a look-up found, with the places that they name."""
    rows = cursor.fetchall()
    cursor.execute(statement("list_named_places"), {"version_ids": [row[6] for row in rows if row[6]]})
    places = dict(cursor.fetchall())
    return [_text(row, places.get(row[6], ())) for row in rows]


def _text(row: tuple[Any, ...], places: Sequence[str]) -> Text:
    """Make a text of the columns that all look-ups have; one without its words has no fingerprint yet."""
    article_id, key, outlet, title, published_at, story_id, version_id, text = row
    return Text(
        article_id=article_id,
        version_id=version_id,
        key=key,
        outlet=outlet,
        title_words=" ".join(tokens(title)),
        published_at=published_at,
        story_id=story_id,
        fingerprint=None if text is None else fingerprint(title, text),
        places=frozenset(places),
    )


def _unpacked(marks: bytes) -> tuple[int, ...]:
    """Read marks as they are stored."""
    return struct.unpack(f"<{len(marks) // 8}q", marks)


def _members(cursor: Cursor, story_ids: list[str]) -> list[Text]:
    cursor.execute(statement("select_story_members"), {"story_ids": story_ids})
    return _texts(cursor)


def _candidates(cursor: Cursor, fresh: list[Text]) -> list[Text]:
    """Return the known texts worth comparing with the fresh ones: one look-up for all of them."""
    marks: set[int] = set()
    for text in fresh:
        if text.fingerprint and text.fingerprint.shingle_count >= FEWEST_SHINGLES:
            marks.update(text.fingerprint.marks)
    hashes = sorted({text.fingerprint.folded_sha256 for text in fresh if text.fingerprint})
    cursor.execute(statement("select_candidates"), {"hashes": hashes, "marks": sorted(marks)})
    return _texts(cursor)


def _remember(cursor: Cursor, fresh: list[Text], candidates: list[Text]) -> None:
    """Store the fresh fingerprints; the marks only of texts whose words are not there yet.

    A page of boilerplate that a thousand articles share would otherwise make each look-up return all of them.
    """
    carried = {text.fingerprint.folded_sha256 for text in candidates if text.fingerprint}
    rows = io.StringIO()
    carriers = []
    for text in fresh:
        made = text.fingerprint
        if made is None:
            continue
        carries = made.shingle_count >= FEWEST_SHINGLES and made.folded_sha256 not in carried
        if carries:
            carried.add(made.folded_sha256)
            carriers.append((text.version_id, made.marks))
        packed = struct.pack(f"<{len(made.marks)}q", *made.marks)
        rows.write(
            f"{text.version_id}\t{METHOD_VERSION}\t{made.shingle_count}\t{made.word_count}\t{made.folded_sha256}\t"
            f"\\\\x{packed.hex()}\t{'t' if carries else 'f'}\n"
        )
    rows.seek(0)
    cursor.copy_expert(statement("copy_fingerprints"), rows)
    _write_marks(cursor, carriers)


def _write_marks(cursor: Cursor, carriers: Iterable[tuple[str, Sequence[int]]]) -> None:
    rows = io.StringIO()
    for version_id, marks in carriers:
        for mark in marks:
            rows.write(f"{mark}\t{version_id}\n")
    rows.seek(0)
    cursor.copy_expert(statement("copy_fingerprint_marks"), rows)


def _settle(cursor: Cursor, texts: list[Text], groups: list[list[Text]], counts: Counter[str]) -> None:
    """Write the stories of `texts`, which hold all articles of every story they touch, where they differ."""
    stories = [members for members in groups if len(members) > 1]
    placed = {text.article_id for members in stories for text in members}
    before: dict[str, set[str]] = {}
    for text in texts:
        if text.story_id:
            before.setdefault(text.story_id, set()).add(text.article_id)
    rows = list(_rows(stories))
    values = {
        **_MADE_BY,
        "alone": sorted(text.article_id for text in texts if text.article_id not in placed),
        "old_story_ids": sorted(before),
        "story_ids": [story_id(members[0]) for members in stories],
        "first_article_ids": [members[0].article_id for members in stories],
        "article_counts": [len(members) for members in stories],
        "outlet_counts": [len({text.outlet for text in members}) for members in stories],
        "changed": [before.get(story_id(members[0])) != {text.article_id for text in members} for members in stories],
        "article_ids": [row[0] for row in rows],
        "member_story_ids": [row[1] for row in rows],
        "relations": [row[2] for row in rows],
        "similarities": [row[3] for row in rows],
    }
    for name in ("delete_story_articles", "upsert_stories", "upsert_story_articles", "update_article_stories"):
        cursor.execute(statement(name), values)
    counts["changed"] += cursor.rowcount
    cursor.execute(statement("delete_empty_stories"), values)


def _rows(stories: list[list[Text]]) -> Iterator[tuple[str, str, str, float]]:
    """Yield article, story, relation and similarity to the story's first article."""
    for first, *others in stories:
        name = story_id(first)
        yield first.article_id, name, "lead", 1.0
        for text in others:
            if first.fingerprint is None or text.fingerprint is None:
                continue
            exact = first.fingerprint.folded_sha256 == text.fingerprint.folded_sha256
            yield text.article_id, name, "exact" if exact else "near", similarity(first.fingerprint, text.fingerprint)


def story_id(first: Text) -> str:
    """Return the id of the story that `first` leads, as Postgres writes a UUID: the same in a rebuilt database."""
    digits = hashlib.sha256(f"story {first.key}".encode("ascii")).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"
