"""Made-up crawls for the tests of the database side: small, plain, and different where a test says so."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass

from crawlers.records import (
    Affiliation,
    Fate,
    Fetch,
    FetchOutcome,
    Link,
    LinkFate,
    Manifest,
    Outlet,
    OutletStatus,
    Purpose,
)
from processing.load import LoadCounts, load_crawl, load_outlets
from processing.records import (
    Article,
    ArticleKind,
    DateCandidate,
    DateOrigin,
    Precision,
    Profile,
    Reason,
    Rejection,
    Tag,
    TagKind,
)
from processing.same_event import Report, Told
from processing.statements.records import DayPrecision, EventDay, Standing, Statement

NIGHT = dt.datetime(2026, 3, 1, 1, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def outlet(slug: str = "sample_post", **changes: object) -> Outlet:
    values = {
        "slug": slug,
        "name": slug.replace("_", " ").title(),
        "home": f"https://{slug}.example/",
        "domains": (f"{slug}.example",),
        "languages": ("en", "ar"),
        "status": OutletStatus.ACTIVE,
        "affiliations": (Affiliation(stance="independent", since="2011"),),
    }
    return Outlet(**values | changes)


def page(path: str, text: str = "Shelling was reported near Saraqib.", **changes: object) -> dict[str, object]:
    """What a page says; `crawl` makes the records of it. `url` is taken from the outlet and `path`."""
    return {"path": path, "title": f"Headline of {path}", "text": text, "published": NIGHT - DAY} | changes


@dataclass
class Crawl:
    """The records of one crawl, ready to load."""

    manifest: Manifest
    entries: list[Fetch | LinkFate]
    results: list[Article | Rejection]
    tags: list[Tag | Profile | Statement | Report]

    def load(self, connection: object) -> LoadCounts:
        return load_crawl(
            connection,
            self.manifest,
            entries=lambda: iter(self.entries),
            results=lambda: iter(self.results),
            tags=lambda: iter(self.tags),
        )

    def replaced(self, **changes: object) -> Crawl:
        return dataclasses.replace(self, **changes)


def crawl(
    *pages: dict[str, object],
    at: dt.datetime = NIGHT,
    slug: str = "sample_post",
    fates: list[LinkFate] | None = None,
    extra: list[Fetch] | None = None,
    **changes: object,
) -> Crawl:
    """One crawl of `slug` at `at` that brought `pages`; `fates` are links that brought none, `extra` more attempts."""
    crawl_id = f"{slug}-{at:%Y%m%dT%H%M%SZ}-00000000"
    entries: list[Fetch | LinkFate] = []
    results: list[Article | Rejection] = []
    tags: list[Tag | Profile | Statement | Report] = []
    for sequence, given in enumerate(pages):
        link = link_to(str(given["path"]), slug, title=str(given["title"]))
        body = hashlib.sha256(repr(given).encode()).hexdigest()
        moment = at + dt.timedelta(seconds=5 * sequence)
        entries.append(
            fetched(
                link, crawl_id, sequence, moment, body_sha256=body, warc_file=f"{slug}/x.warc.gz", warc_offset=sequence
            )
        )
        entries.append(LinkFate(link=link, fate=Fate.FETCHED))
        if reason := given.get("rejected"):
            results.append(rejection(link, crawl_id, slug, sequence, moment, body, reason))
        else:
            found = article(link, crawl_id, slug, sequence, moment, body, given)
            results.append(found)
            tags.extend(place_tag(found, place, code) for place, code in given.get("places", {}).items())
            if "relevance" in given:
                tags.append(profile(found, given))
            if "report" in given:
                tags.append(reported(found, given["report"]))
            tags.extend(stated(found, number, **made) for number, made in enumerate(given.get("statements", ())))
    entries += extra or []
    entries += fates or []
    manifest = manifest_of(crawl_id, slug, at, entries, changes)
    return Crawl(manifest, entries, results, tags)


def manifest_of(
    crawl_id: str, slug: str, at: dt.datetime, entries: list[Fetch | LinkFate], changes: dict[str, object]
) -> Manifest:
    fates = Counter(str(entry.fate) for entry in entries if isinstance(entry, LinkFate))
    fetches = Counter(str(entry.outcome) for entry in entries if isinstance(entry, Fetch))
    values = {
        "crawl_id": crawl_id,
        "outlet": slug,
        "started_at": at,
        "finished_at": at + dt.timedelta(minutes=5),
        "finish_reason": "finished",
        "resumed": 0,
        "forced": False,
        "replay": None,
        "code_version": "0.1.0",
        "outlet_sha256": "0" * 64,
        "links": sum(fates.values()),
        "fates": dict(fates),
        "fetches": dict(fetches),
        "files": (),
        "stats": {"memusage": 1.5},
    }
    return Manifest(**values | changes)


def link_to(path: str, slug: str = "sample_post", **changes: object) -> Link:
    url = f"https://{slug}.example/{path}"
    values = {
        "key": key_of(url),
        "url": url,
        "canonical": url,
        "feed_url": f"https://{slug}.example/feed",
        "position": 0,
    }
    return Link(**values | changes)


def fetched(link: Link, crawl_id: str, sequence: int, at: dt.datetime, **changes: object) -> Fetch:
    values = {
        "crawl_id": crawl_id,
        "sequence": sequence,
        "purpose": Purpose.PAGE,
        "key": link.key,
        "url": link.url,
        "first_url": link.url,
        "outcome": FetchOutcome.OK,
        "fetched_at": at,
        "status": 200,
    }
    return Fetch(**values | changes)


def article(link: Link, crawl_id: str, slug: str, sequence: int, at: dt.datetime, body: str, given: dict) -> Article:
    date = None
    if given["published"]:
        origin = given.get("origin", DateOrigin.JSONLD)
        date = DateCandidate(
            origin=origin,
            raw=str(given["published"]),
            at=given["published"],
            precision=Precision(given.get("precision", "second")),
        )
    # the page may be known by another address than its link's
    canonical = f"https://{slug}.example/{given['address']}" if "address" in given else link.canonical
    content = hashlib.sha256(f"{given['title']}\n{given['text']}".encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        key=key_of(canonical),
        page_key=link.key,
        outlet=slug,
        crawl_id=crawl_id,
        fetch_sequence=sequence,
        url=link.url,
        canonical=canonical,
        fetched_at=at,
        title=str(given["title"]),
        text=str(given["text"]),
        authors=tuple(given.get("authors", ())),
        language=str(given.get("language", "en")),
        language_confidence=0.9,
        passages=tuple(given.get("passages", ())),
        kind=ArticleKind.ARTICLE,
        published=date,
        date_candidates=(date,) if date else (),
        modified_at=given.get("modified"),
        content_sha256=content,
        body_sha256=body,
        extractor="trafilatura 2.3.1",
        cleaner=str(given.get("cleaner", "1")),
        rules=(),
        flags=(),
    )


def rejection(
    link: Link, crawl_id: str, slug: str, sequence: int, at: dt.datetime, body: str, reason: Reason
) -> Rejection:
    return Rejection(
        key=link.key,
        outlet=slug,
        crawl_id=crawl_id,
        fetch_sequence=sequence,
        url=link.url,
        fetched_at=at,
        reason=reason,
        detail="as the test wants it",
        body_sha256=body,
        cleaner="1",
    )


def profile(found: Article, given: dict) -> Profile:
    return Profile(
        key=found.key,
        content_sha256=found.content_sha256,
        relevance=float(given["relevance"]),
        evidence=("Syria x1",),
        parts=tuple(given.get("parts", ())),
        tagger="1",
    )


def place_tag(found: Article, place: str, governorate: str, tagger: str = "1") -> Tag:
    return Tag(
        key=found.key,
        content_sha256=found.content_sha256,
        kind=TagKind.PLACE,
        target=place,
        field="text",
        start=0,
        end=4,
        matched=found.text[:4],
        rule="alias",
        tagger=tagger,
        governorate=governorate,
    )


def stated(found: Article, number: int, **changes: object) -> Statement:
    """A statement on the first eight characters of the text."""
    values = {
        "key": found.key,
        "content_sha256": found.content_sha256,
        "number": number,
        "field": "text",
        "start": 0,
        "end": 8,
        "literal": found.text[:8],
        "part": None,
        "event_type": "remote.shelling",
        "standing": Standing.EVENT,
        "trigger": (0, 4),
        "roles": (),
        "sites": (),
        "numbers": (),
        "chain": (),
        "hedges": (),
        "day": EventDay(
            first=found.fetched_at.date(),
            last=found.fetched_at.date(),
            precision=DayPrecision.DAY,
            start=None,
            end=None,
            rule="publication",
            confidence=0.5,
        ),
        "summary_of": (),
        "rule": "as the test wants it",
        "confidence": 0.9,
        "method": "rules",
        "tagger": "1",
    }
    return Statement(**values | changes)


def reported(found: Article, given: dict) -> Report:
    """What an article reports: two dead in one town on the day of publication, unless a test says otherwise."""
    day = (found.published.at if found.published else found.fetched_at).date()
    values = {
        "key": found.key,
        "content_sha256": found.content_sha256,
        "language": found.language,
        "about": day,
        "is_firm": found.published is not None,
        "days": (day,) if found.published else (),
        "dates": (),
        "years": (),
        "weekdays": (),
        "places": {"PL-saraqib-sy07": 1.0},
        "sites": {"PL-saraqib-sy07": 1.0},
        "title_places": (),
        "governorates": {"SY07": 1.0},
        "event_types": ("remote.shelling",),
        "blocs": ("assad_state",),
        "actors": ("saa",),
        "killed": Told(low=2, best=2, high=2),
        "wounded": Told(),
        "tolls": (("killed", 2),),
        "words": (1, 2, 3, 4),
        "title_words": (1,),
        "names": (),
        "origin": "",
        "is_digest": False,
        "tagger": "1",
    }
    return Report(**values | given)


def declare(connection: object, *slugs: str) -> None:
    load_outlets(connection, [outlet(slug) for slug in slugs or ("sample_post",)])


def rows(connection: object, query: str, **parameters: object) -> list[tuple]:
    with connection, connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchall()


def run(connection: object, command: str, **parameters: object) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute(command, parameters or None)


TABLES = (
    *("outlets", "outlet_affiliations", "crawls", "crawl_files", "fetches", "links", "articles", "article_versions"),
    *(
        "article_parts",
        "rejections",
        "tags",
        "statements",
        "statement_roles",
        "statement_sites",
        "statement_numbers",
        "statement_citations",
        "event_types",
        "stories",
        "story_articles",
        "story_moves",
        "story_components",
        "copy_pairs",
        "reports",
        "report_places",
        "unsettled",
        "settled_by",
        "fingerprints",
        "fingerprint_marks",
        "places",
        "actors",
        "sources",
    ),
    "erasures",
    "exports",
)


def contents(connection: object) -> dict[str, list[str]]:
    """Every row of every table as text, to see whether anything changed; xmin shows even a write of equal values."""
    return {
        table: [
            row[0] for row in rows(connection, f"select xmin::text || ' ' || t::text from news.{table} t order by 1")
        ]
        for table in TABLES
    }
