"""Find copies across all articles and keep them as pairs with the first of each. Nothing is dropped.

Only what is new or changed is looked at: the queue `unsettled` names it, its fingerprint is made, the texts that share a
mark with it are compared, and the groups that this touches are made anew. The result depends on the articles alone, not
on the order in which they came: groups are the connected copies, and their first article names them.

Work is done in batches, each a transaction of its own, so that memory is bounded and a killed run loses one batch. A run
with nothing in the queue writes nothing.
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from processing.database import LOCK_DEDUPLICATE, statement
from processing.overlap import (
    FEWEST_SHINGLES,
    METHOD,
    METHOD_VERSION,
    PERIOD,
    WINDOW,
    Text,
    bare,
    fingerprint,
    group,
    placed,
    similarity,
)
from processing.text import tokens
from processing.unsettled import Stage, settle

# 500 articles of 3 kB: 22,000 marks and a few megabytes a transaction; larger ones were not faster.
_STAGE = Stage(name="copies", lock=LOCK_DEDUPLICATE, method_version=METHOD_VERSION, batch=500)
_TIMES = {"window": WINDOW, "period": PERIOD}
_MADE_BY = {"method": METHOD, "method_version": METHOD_VERSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCounts:
    """What a run did. What the tables hold is not counted: that would cost the more the more they hold."""

    fingerprinted: int  # texts that were new or changed
    renewed: int  # groups made anew because an article of theirs changed
    changed: int  # articles that became copies, of another first one, or none

    def as_dict(self) -> dict[str, int]:
        """Return one flat dict for a log or a table."""
        return {name: getattr(self, name) for name in self.__slots__}


def deduplicate(connection: Connection) -> DuplicateCounts:
    """Bring copies up to date with the articles; returns the counts. Run again, it writes nothing."""
    counts = settle(connection, _STAGE, _settle)
    return DuplicateCounts(**{name: counts[name] for name in ("fingerprinted", "renewed", "changed")})


def _settle(cursor: Cursor, article_ids: list[str]) -> Counter[str]:
    """Work out the copies of some articles that are new or changed; returns what was done."""
    _forget(cursor, article_ids)
    cursor.execute(statement("list_copy_groups"), {"article_ids": article_ids})
    touched = [group_id for (group_id,) in cursor.fetchall()]
    # Taken apart first: what held them together may have been the text that changed.
    apart = [replace(text, group_id=None) for text in _members(cursor, touched)]
    cursor.execute(statement("select_unfingerprinted"), {"article_ids": article_ids, **_TIMES})
    fresh = _texts(cursor)
    candidates = _candidates(cursor, fresh)
    _remember(cursor, fresh, candidates)
    near = sorted({text.group_id for text in candidates if text.group_id} - set(touched))
    involved = {text.article_id: text for text in (*candidates, *_members(cursor, near), *apart, *fresh)}
    changed = _write(cursor, list(involved.values()), group(involved.values()))
    return Counter(fingerprinted=len(fresh), renewed=len(touched), changed=changed)


def take_out(cursor: Cursor, article_id: str) -> int:
    """Take an article from among its copies, which are linked anew; returns the number of groups changed, 0 or 1.

    For an article that is about to go: within its transaction, whose lock LOCK_DEDUPLICATE is held.
    """
    cursor.execute(statement("delete_page_fingerprints"), {"article_id": article_id})
    _pass_on(cursor, cursor.fetchall())
    cursor.execute(statement("list_copy_groups"), {"article_ids": [article_id]})
    members = _members(cursor, [group_id for (group_id,) in cursor.fetchall()])
    if members:
        others = (replace(text, group_id=None) for text in members if text.article_id != article_id)
        _write(cursor, members, group(others))
    return int(bool(members))


def _forget(cursor: Cursor, article_ids: list[str]) -> None:
    """Remove the fingerprints of texts that are not current."""
    cursor.execute(statement("delete_stale_fingerprints"), {"article_ids": article_ids, **_TIMES, **_MADE_BY})
    _pass_on(cursor, cursor.fetchall())


def _pass_on(cursor: Cursor, stale: Sequence[tuple[str, str, bytes | None]]) -> None:
    """Remove the marks of fingerprints that were removed; where one stood for texts of the same words, pass it on."""
    if not stale:
        return
    rows = [(mark, name) for name, _, kept in stale if kept for mark in _unpacked(bytes(kept))]
    values = {"hashes": [mark for mark, _ in rows], "version_ids": [name for _, name in rows]}
    cursor.execute(statement("delete_fingerprint_marks"), values)
    hashes = sorted({folded for _, folded, _ in stale})
    cursor.execute(statement("update_mark_carriers"), {"hashes": hashes, "fewest_shingles": FEWEST_SHINGLES})
    _write_marks(cursor, [(version_id, _unpacked(bytes(marks))) for version_id, marks in cursor.fetchall()])


def _texts(cursor: Cursor) -> list[Text]:
    """Make texts of the rows that a look-up found, with the places that they name."""
    rows = cursor.fetchall()
    cursor.execute(statement("list_named_places"), {"version_ids": [row[6] for row in rows if row[6]]})
    places = dict(cursor.fetchall())
    return [_text(row, places.get(row[6], ())) for row in rows]


def _text(row: tuple[Any, ...], places: Sequence[str]) -> Text:
    """Make a text of the columns that all look-ups have; one without its words has no fingerprint yet."""
    article_id, key, outlet, title, published_at, group_id, version_id, text, at, period, reach, marks = row
    return Text(
        article_id=article_id,
        version_id=version_id,
        key=key,
        outlet=outlet,
        title_words=" ".join(tokens(title)),
        published_at=published_at,
        group_id=group_id,
        fingerprint=None if text is None else fingerprint(title, text, marks and bare(_unpacked(bytes(marks)))),
        places=frozenset(places),
        at=at,
        period=period or 0,
        reach=tuple(reach or ()),
    )


def _unpacked(marks: bytes) -> tuple[int, ...]:
    """Read marks as they are stored."""
    return struct.unpack(f"<{len(marks) // 8}q", marks)


def _members(cursor: Cursor, group_ids: list[str]) -> list[Text]:
    if not group_ids:
        return []
    cursor.execute(statement("select_copy_members"), {"group_ids": group_ids, **_MADE_BY})
    return _texts(cursor)


def _candidates(cursor: Cursor, fresh: list[Text]) -> list[Text]:
    """Return the known texts worth comparing with the fresh ones: one look-up for all of them."""
    marks: set[int] = set()
    for text in fresh:
        if text.fingerprint and text.fingerprint.shingle_count >= FEWEST_SHINGLES:
            for period in {text.period, *text.reach}:
                marks.update(placed(text.fingerprint.marks, period))
    hashes = sorted({text.fingerprint.folded_sha256 for text in fresh if text.fingerprint})
    # As one word and not as a list: 80,000 numbers, each quoted by the driver and parsed by the server, cost 0.4 s a batch.
    listed = f"{{{','.join(map(str, sorted(marks)))}}}"
    cursor.execute(statement("select_candidates"), {"hashes": hashes, "marks": listed, **_MADE_BY})
    return _texts(cursor)


def _remember(cursor: Cursor, fresh: list[Text], candidates: list[Text]) -> None:
    """Store the fresh fingerprints; the marks only of texts whose words are not there yet in their period.

    A page of boilerplate that a thousand articles share would otherwise make each look-up return all of them.
    """
    carried = {(text.fingerprint.folded_sha256, text.period) for text in candidates if text.fingerprint}
    rows = io.StringIO()
    carriers = []
    for text in fresh:
        made = text.fingerprint
        if made is None:
            continue
        marks = placed(made.marks, text.period)
        carries = made.shingle_count >= FEWEST_SHINGLES and (made.folded_sha256, text.period) not in carried
        if carries:
            carried.add((made.folded_sha256, text.period))
            carriers.append((text.version_id, marks))
        packed = struct.pack(f"<{len(marks)}q", *marks)
        rows.write(
            f"{text.version_id}\t{METHOD_VERSION}\t{made.shingle_count}\t{made.word_count}\t{made.folded_sha256}\t"
            f"\\\\x{packed.hex()}\t{'t' if carries else 'f'}\t{text.period}\n"
        )
    rows.seek(0)
    cursor.copy_expert(statement("copy_fingerprints"), rows)
    _write_marks(cursor, carriers)


def _write_marks(cursor: Cursor, carriers: Iterable[tuple[str, Sequence[int]]]) -> None:
    rows = "".join(f"{mark}\t{version_id}\n" for version_id, marks in carriers for mark in marks)
    cursor.copy_expert(statement("copy_fingerprint_marks"), io.StringIO(rows))


def _write(cursor: Cursor, texts: list[Text], groups: list[list[Text]]) -> int:
    """Write the pairs of `texts`, which hold all articles of every group they touch, where they differ.

    Returns how many articles became copies, of another first one, or none.
    """
    pairs = [
        (text.article_id, first.article_id, *_relation(first, text)) for first, *others in groups for text in others
    ]
    copies = {article_id for article_id, *_ in pairs}
    values = {
        **_MADE_BY,
        "no_copies": sorted(text.article_id for text in texts if text.article_id not in copies),
        "article_ids": [pair[0] for pair in pairs],
        "first_article_ids": [pair[1] for pair in pairs],
        "relations": [pair[2] for pair in pairs],
        "similarities": [pair[3] for pair in pairs],
    }
    for name in ("delete_copy_pairs", "upsert_copy_pairs", "update_article_copies"):
        cursor.execute(statement(name), values)
    return cursor.rowcount


def _relation(first: Text, text: Text) -> tuple[str, float]:
    """Return relation and similarity of a copy to the first of its group."""
    if first.fingerprint is None or text.fingerprint is None:
        raise ValueError(f"articles {first.article_id} and {text.article_id} were grouped without fingerprints")
    exact = first.fingerprint.folded_sha256 == text.fingerprint.folded_sha256
    return "exact" if exact else "near", similarity(first.fingerprint, text.fingerprint)
