"""An article with everything that is read from it, so that a person can judge it: stored, or done again by today's rules.

`explain_stored` is the only one that knows the tables; `explain_text` needs none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection
from pydantic import TypeAdapter

from crawlers.identity import key_among
from crawlers.outlets import load_outlets
from crawlers.records import BulletinsError
from processing.database import statement
from processing.describe import describe
from processing.language import language
from processing.records import (
    Article,
    ArticleKind,
    DateCandidate,
    DateOrigin,
    Part,
    PartKind,
    Precision,
    Profile,
    Tag,
    TagKind,
)
from processing.statements import Statement, find_statements
from processing.tag import Vocabulary, load_vocabulary, search_article, tag
from processing.text import storable

_STATEMENT: TypeAdapter[Statement] = TypeAdapter(Statement)
_SHORTEST = 8  # hexadecimal digits of an id that may be given alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An article and what was read from it. Offsets are in characters of `title` or `text`."""

    key: str  # Article.key
    title: str
    text: str
    language: str
    outlet: str  # slug; empty: not known
    outlet_name: str
    url: str  # empty: not from the web
    published_at: dt.datetime | None
    precision: Precision | None
    relevance: float
    tags: tuple[Tag, ...]
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    tagger: str  # of tags and parts; empty: not tagged yet
    is_stored: bool  # tags and parts are what the tables hold


def explain_stored(connection: Connection, name: str, *, again: bool = False) -> Explained:
    """Read an article named by its id, the first 8 or more digits of it, its key, or an address of its page.

    With `again`, today's rules are run on the stored text instead of reading what they once gave.
    Raises BulletinsError when there is no such article or the name is not clear.
    """
    row = _article_row(connection, name)
    article = _article(row)
    vocabulary = load_vocabulary()
    if again or row["tagger"] is None:
        return _run(article, vocabulary, row["outlet_name"])
    tags = tuple(_tag(article, one) for one in _rows(connection, "explain_tags", row["version_id"]))
    profile = Profile(
        key=article.key,
        content_sha256=article.content_sha256,
        relevance=row["relevance"],
        evidence=tuple(row["relevance_evidence"]),
        parts=tuple(_part(one) for one in _rows(connection, "explain_parts", row["version_id"])),
        tagger=row["tagger"],
    )
    found = _statements(connection, article, row["version_id"])
    return _explained(article, tags, profile, found, row["outlet_name"], is_stored=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of an article, read by today's rules."""

    number: int  # from 1
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    read: Explained


def explain_versions(connection: Connection, name: str) -> tuple[Version, ...]:
    """Read all versions of an article by today's rules, the first one first; `name` and errors as in `explain_stored`."""
    key = _article_row(connection, name)["key"]
    vocabulary = load_vocabulary()
    with connection.cursor() as cursor:
        cursor.execute(statement("list_article_versions"), {"key": key})
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
    return tuple(
        Version(
            number=row["version_number"],
            first_seen_at=row["first_seen_at"],
            last_seen_at=row["last_seen_at"],
            read=_run(_article(row), vocabulary, row["outlet_name"]),
        )
        for row in rows
    )


def article_key(connection: Connection, name: str) -> str:
    """Return the key of an article; `name` and errors as in `explain_stored`."""
    return str(_article_row(connection, name)["key"])


def _statements(connection: Connection, article: Article, version_id: str) -> tuple[Statement, ...]:
    """Return the stored statements of a text, those of the rules before those of models."""
    with connection.cursor() as cursor:
        cursor.execute(statement("explain_statements"), {"key": article.key, "version_id": version_id})
        return tuple(_STATEMENT.validate_python(row[0]) for row in cursor)


def explain_text(text: str, *, title: str = "", outlet: str = "", day: dt.date | None = None) -> Explained:
    """Run today's rules on a text that is in no table. `day` of publication: today where None, and said to be unknown."""
    title, text = storable(title)[0].strip(), storable(text)[0].strip()
    now = dt.datetime.now(dt.UTC)
    published = None
    if day is not None:
        at = dt.datetime.combine(day, dt.time(), dt.UTC)
        published = DateCandidate(origin=DateOrigin.VISIBLE, raw=day.isoformat(), at=at, precision=Precision.DAY)
    label, confidence = language(f"{title}\n{text}")
    content = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    article = Article(
        key=content, page_key="", outlet=outlet, crawl_id="", fetch_sequence=0, url="", canonical="", fetched_at=now,
        title=title, text=text, authors=(), language=label, language_confidence=confidence, passages=(),
        kind=ArticleKind.ARTICLE, published=published, date_candidates=(published,) if published else (),
        modified_at=None, content_sha256=content, body_sha256="", extractor="", cleaner="", rules=(), flags=(),
    )  # fmt: skip
    vocabulary = load_vocabulary()
    known = vocabulary.sources.get(outlet)
    return _run(article, vocabulary, known.name if known else outlet)


def _run(article: Article, vocabulary: Vocabulary, outlet_name: str) -> Explained:
    fields = search_article(article, vocabulary)
    tags = tag(article, vocabulary, fields)
    profile = describe(article, fields, tags, vocabulary)
    found = find_statements(article, fields, tags, profile, vocabulary)
    return _explained(article, tags, profile, found, outlet_name, is_stored=False)


def _explained(
    article: Article,
    tags: tuple[Tag, ...],
    profile: Profile,
    statements: tuple[Statement, ...],
    outlet_name: str,
    *,
    is_stored: bool,
) -> Explained:
    return Explained(
        key=article.key,
        title=article.title,
        text=article.text,
        language=article.language,
        outlet=article.outlet,
        outlet_name=outlet_name,
        url=article.url,
        published_at=article.published.at if article.published else None,
        precision=article.published.precision if article.published else None,
        relevance=profile.relevance,
        tags=tags,
        parts=profile.parts,
        statements=statements,
        tagger=profile.tagger,
        is_stored=is_stored,
    )


def _article_row(connection: Connection, name: str) -> dict[str, Any]:
    digits = name.replace("-", "").lower()
    is_key = re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", digits) is not None
    # By key first, which has an index; a page's other addresses are looked for only where that finds nothing.
    found = _found(connection, digits if is_key else key_among(name, load_outlets()), None)
    if not found and not is_key:
        found = _found(connection, None, name)
    if not found:
        raise BulletinsError(
            f"no article {name!r}; give an article_id or its first {_SHORTEST} digits, a key, or the URL of a page that "
            "was loaded"
        )
    if len(found) > 1:
        raise BulletinsError(f"{name!r} means more than one article; give more digits of the article_id")
    return found[0]


def _found(connection: Connection, key: str | None, url: str | None) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("explain_article"), {"key": key, "url": url})
        return [dict(zip([column.name for column in cursor.description or ()], row, strict=True)) for row in cursor]


def _rows(connection: Connection, query: str, version_id: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(query), {"version_id": version_id})
        return cursor.fetchall()


def _article(row: dict[str, Any]) -> Article:
    """Make the record that the rules read; what they do not read is left empty."""
    published = None
    if row["published_at"] is not None:
        published = DateCandidate(
            origin=DateOrigin(row["published_from"]),
            raw=row["published_raw"] or "",
            at=row["published_at"],
            precision=Precision(row["published_precision"]),
        )
    copied = {field.name: row[field.name] for field in dataclasses.fields(Article) if field.name in row}
    return Article(
        **copied, page_key="", canonical=row["canonical_url"], authors=(), passages=(), kind=ArticleKind.ARTICLE,
        published=published, date_candidates=(), modified_at=None, rules=(), flags=(),
    )  # fmt: skip


def _tag(article: Article, row: tuple[Any, ...]) -> Tag:
    kind, target, field, start, end, matched, rule, tagger, governorate, confidence = row
    return Tag(
        key=article.key, content_sha256=article.content_sha256, kind=TagKind(kind), target=target, field=field,
        start=start, end=end, matched=matched, rule=rule, tagger=tagger, governorate=governorate, confidence=confidence,
    )  # fmt: skip


def _part(row: tuple[Any, ...]) -> Part:
    kind, start, end, parent, header_start, header_end, governorates, actors, time, summary_of = row
    return Part(
        kind=PartKind(kind), start=start, end=end, parent=parent,
        header=None if header_start is None else (header_start, header_end),
        governorates=tuple(governorates), actors=tuple(actors), time=time, summary_of=tuple(summary_of),
    )  # fmt: skip
