"""Write articles, or what a query gives, to a CSV, JSON Lines or Parquet file. The same rows give the same bytes.

Rows come from a cursor on the server in one read-only snapshot, so that memory does not grow with their number.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg2
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg2 import errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json

from crawlers.records import BulletinsError
from processing.database import statement, transaction

# What a spreadsheet takes for a formula when a cell begins with it; the wide forms count in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

# Postgres's number of a type: how it is kept in Parquet. Other types are kept as text.
_NUMERIC, _JSON, _JSONB = 1700, 114, 3802
_TEXTS, _WHOLES = pa.list_(pa.string()), pa.list_(pa.int64())
_ARROW = {
    16: pa.bool_(), 17: pa.binary(), 20: pa.int64(), 21: pa.int16(), 23: pa.int32(), 700: pa.float32(),
    701: pa.float64(), 1082: pa.date32(), 1114: pa.timestamp("us"), 1184: pa.timestamp("us", tz="UTC"),
    _NUMERIC: pa.float64(), 1005: _WHOLES, 1007: _WHOLES, 1016: _WHOLES, 1009: _TEXTS, 1015: _TEXTS,
}  # fmt: skip

_ID_BYTES = 6  # of each article_id that are noted: 6 MB for a million, and two ids share them once in 10^14 pairs

logger = logging.getLogger(__name__)

Row = Sequence[Any]
Write = Callable[[Sequence[Row]], None]


class ExportError(BulletinsError):
    """A query that cannot be run, or a result that the format cannot hold."""


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"  # RFC 4180, UTF-8 without a byte order mark; lists as JSON
    JSONL = "jsonl"  # one JSON object per line
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles; or, with `query`, whatever it gives and nothing else of this."""

    since: dt.date | None = None  # published (undated: first fetched) on this Damascus day or later
    outlets: tuple[str, ...] = ()  # slugs; empty: all
    governorates: tuple[str, ...] = ()  # p-codes, any of which the article names; empty: all
    full_text: bool = False  # also where the outlet's licence does not let the text be passed on
    query: str | None = None  # one SELECT


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: int  # Postgres's number of it


def export(connection: Connection, path: Path, selection: Selection, form: Format, *, excel: bool = False) -> int:
    """Write the selection to `path`, whole or not at all, and return the number of rows.

    `excel` (CSV only) is for spreadsheets: a byte order mark, and a ' before what would be a formula. That changes the
    text, so it is never the default. The file is noted in news.exports before it is there, with the articles in it, for
    whoever has to erase one; where the account may not do that, a warning says so. Raises ExportError.
    """
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        with transaction(connection) as cursor:
            columns, rows = _select(cursor, selection)
            ids = _Ids(columns)
            with _writer(part, columns, form, excel=excel) as write:
                for batch in rows:
                    write(batch)
                    ids.add(batch)
                    count += len(batch)
        _record(connection, path, part, selection, form, count, ids)
    except psycopg2.Error as error:
        raise ExportError(f"the export failed: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror or error}") from error
    else:
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


class _Ids:
    """The articles of an export, as their ids' first bytes; none where no column is named article_id."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self._place = next((place for place, column in enumerate(columns) if column.name == "article_id"), None)
        self._bytes = bytearray()
        self._last = None

    def add(self, rows: Sequence[Row]) -> None:
        """Take in the articles of some rows; what is repeated in a row is noted once."""
        if self._place is None:
            return
        for row in rows:
            given = row[self._place]
            if given is None or given == self._last:
                continue
            digits = str(given).replace("-", "")[: 2 * _ID_BYTES]
            try:
                self._bytes += bytes.fromhex(digits.ljust(2 * _ID_BYTES, "x"))
            except ValueError:  # someone's own column of that name, of something else
                self._place = None
                return
            self._last = given

    def value(self) -> bytes | None:
        """Return what is noted."""
        return bytes(self._bytes) if self._place is not None else None


def _record(
    connection: Connection, path: Path, part: Path, selection: Selection, form: Format, count: int, ids: _Ids
) -> None:
    """Note the export in the tables; before the file has its name, so that none can be there unnoted."""
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    asked = {field.name: getattr(selection, field.name) for field in fields(selection)}
    values = {
        "path": str(path.absolute()),
        "format": form.value,
        "selection": Json(asked, dumps=lambda value: json.dumps(value, default=str)),
        "row_count": count,
        "sha256": digest,
        "article_ids": ids.value(),
    }
    try:
        with transaction(connection) as cursor:
            cursor.execute(statement("record_export"), values)
    except errors.InsufficientPrivilege:
        logger.warning(
            "%s is not noted in news.exports, since this account may not: look at news.deletions yourself, and take out "
            "of the file what is erased", path,
        )  # fmt: skip


def _select(cursor: Cursor, selection: Selection) -> tuple[list[_Column], Iterator[Sequence[Row]]]:
    """Open the cursor and return the columns, and batches of rows."""
    query = (
        selection.query
        or cursor.mogrify(
            statement("export_articles"),
            {
                "since": selection.since,
                "outlets": list(selection.outlets) or None,
                "governorates": list(selection.governorates) or None,
                "full_text": selection.full_text,
            },
        ).decode()
    )
    cursor.execute(statement("begin_export"))
    cursor.execute(statement("open_export"), {"query": query.strip().rstrip(";")})
    cursor.execute(statement("fetch_export"))
    columns = [_Column(column.name, column.type_code) for column in cursor.description or ()]
    twice = [name for name, count in Counter(column.name for column in columns).items() if count > 1]
    if twice:
        raise ExportError(f"the query gives two columns named {', '.join(twice)}; name them apart with AS")
    return columns, _batches(cursor)


def _batches(cursor: Cursor) -> Iterator[Sequence[Row]]:
    while rows := cursor.fetchall():
        yield rows
        cursor.execute(statement("fetch_export"))


def _writer(path: Path, columns: list[_Column], form: Format, *, excel: bool) -> AbstractContextManager[Write]:
    if form is Format.CSV:
        return _csv(path, columns, excel=excel)
    return _jsonl(path, columns) if form is Format.JSONL else _parquet(path, columns)


@contextmanager
def _csv(path: Path, columns: list[_Column], *, excel: bool) -> Iterator[Write]:
    cell = _excel_cell if excel else _cell
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.writer(file)  # \r\n and doubled quotes: RFC 4180
        writer.writerow(column.name for column in columns)
        yield lambda rows: writer.writerows([cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = _plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _excel_cell(value: Any) -> str:
    text = _cell(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


@contextmanager
def _jsonl(path: Path, columns: list[_Column]) -> Iterator[Write]:
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield lambda rows: file.writelines(
            json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n" for row in rows
        )


@contextmanager
def _parquet(path: Path, columns: list[_Column]) -> Iterator[Write]:
    schema = pa.schema([(column.name, _ARROW.get(column.type, pa.string())) for column in columns])
    texts = [pa.types.is_string(field.type) for field in schema]
    numbers = [column.type == _NUMERIC for column in columns]

    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(rows: Sequence[Row]) -> None:
            arrays: list[pa.Array] = []
            for field, is_text, is_number, values in zip(schema, texts, numbers, zip(*rows, strict=True), strict=True):
                kept: Sequence[Any] = values
                if is_text:
                    kept = [None if value is None else _cell(value) for value in values]
                elif is_number:
                    kept = [None if value is None else float(value) for value in values]
                arrays.append(pa.array(kept, type=field.type))
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))

        yield write


def _plain(value: Any) -> Any:
    """Return what JSON can hold: times as ISO 8601 with Z, numbers as they are, the rest as text."""
    if value is None or isinstance(value, str | bool | int | float | dict):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if value.tzinfo else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, memoryview):
        return bytes(value).hex()
    return str(value)
