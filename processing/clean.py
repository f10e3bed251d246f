"""INTERIM: replaced by the full cleaner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import trafilatura
from lxml import html

from crawlers.records import DayOrder, Outlet, Page
from processing.dates import parse_date
from processing.language import language
from processing.records import Article, DateCandidate, DateOrigin, Precision, Reason, Rejection
from processing.text import storable

CLEANER = "interim"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanHints:
    day_order: DayOrder | None = None


def numeric_dates(page: Page) -> list[str]:
    return []


def clean(page: Page, outlet: Outlet, hints: CleanHints) -> Article | Rejection:
    f = page.fetch
    doc = trafilatura.bare_extraction(page.body, with_metadata=True)
    text = storable(doc.text)[0] if doc and doc.text else ""
    if not text or "غير موجودة" in text:
        return Rejection(key=page.link.key, outlet=outlet.slug, crawl_id=f.crawl_id, fetch_sequence=f.sequence, url=f.url, fetched_at=f.fetched_at, reason=Reason.SOFT_404 if text else Reason.EMPTY, detail="", body_sha256=f.body_sha256 or "", cleaner=CLEANER)
    title = storable(doc.title or page.link.title or "")[0]
    published = None
    if page.link.published_at:
        published = DateCandidate(origin=DateOrigin.FEED, raw=page.link.published_raw or "", at=page.link.published_at, precision=Precision.SECOND)
    lang, conf = language(text)
    return Article(key=page.link.key, outlet=outlet.slug, crawl_id=f.crawl_id, fetch_sequence=f.sequence, url=f.url, canonical=page.link.canonical, fetched_at=f.fetched_at, title=title, text=text, authors=(), language=lang, language_confidence=conf, published=published, date_candidates=(published,) if published else (), modified_at=None, content_sha256=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(), body_sha256=f.body_sha256 or "", extractor="trafilatura", cleaner=CLEANER, flags=())
