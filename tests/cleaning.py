"""Hand-made pages for the tests of cleaning, and what comes out of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from html import escape

from crawlers.records import (
    CleanRules,
    Fetch,
    FetchOutcome,
    Link,
    Outlet,
    OutletStatus,
    Page,
    Purpose,
)
from processing.clean import CleanHints, clean
from processing.records import Article, DateOrigin, Rejection

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
URL = "https://news.example.org/local/31"
MENU = (
    "<header><nav><ul>"
    + "".join(f'<li><a href="/{n}/">{n}</a></li>' for n in ("News", "Reports", "Video"))
    + "</ul></nav></header>"
)
RELATED = "<aside><h3>Related</h3><ul><li><a href='/1'>Quiet night in the western countryside</a></li></ul></aside>"
FOOTER = "<footer>© Example News 2012-2026</footer>"

ENGLISH = [
    "Artillery shells struck two villages in the southern countryside of the province on Tuesday morning.",
    "Rescue workers said that three people were wounded and taken to a field hospital in the town.",
    "Nobody claimed responsibility; residents said that the shells came from positions near the highway.",
]
ARABIC = [
    "سقطت قذائف مدفعية على قريتين في ريف المحافظة الجنوبي صباح يوم الثلاثاء بحسب سكان محليين.",
    "وقال عمال إنقاذ إن ثلاثة أشخاص أصيبوا بجروح ونقلوا إلى مشفى ميداني في البلدة القريبة من الطريق.",
    "ولم تعلن أي جهة مسؤوليتها عن القصف الذي قال الأهالي إن مصدره مواقع قرب الطريق الدولي السريع.",
]
RUSSIAN = [
    "Артиллерийские снаряды упали на две деревни на юге провинции утром во вторник, сообщили местные жители.",
    "По словам спасателей, три человека получили ранения и были доставлены в полевой госпиталь в городе.",
]
TURKISH = [
    "Salı sabahı ilin güney kırsalındaki iki köye top mermileri düştü, bölge sakinleri böyle söyledi.",
    "Kurtarma ekipleri üç kişinin yaralandığını ve ilçedeki sahra hastanesine kaldırıldığını bildirdi.",
]


def outlet(rules: CleanRules | None = None) -> Outlet:
    return Outlet(
        slug="example",
        name="Example News",
        home="https://news.example.org/",
        domains=("example.org",),
        languages=("en", "ar"),
        status=OutletStatus.ACTIVE,
        clean=rules or CleanRules(),
    )


def page(
    body: str | bytes,
    *,
    content_type: str | None = "text/html; charset=utf-8",
    url: str = URL,
    asked: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    feed_date: str | None = None,
    title: str | None = None,
) -> Page:
    data = body.encode() if isinstance(body, str) else body
    asked = asked or url
    fetch = Fetch(
        crawl_id="example-1", sequence=7, purpose=Purpose.PAGE, key="k", url=url, first_url=asked, outcome=FetchOutcome.OK,
        status=200, fetched_at=NOW, content_type=content_type, body_sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    published = dt.datetime.fromisoformat(feed_date) if feed_date else None
    link = Link(
        key="k", url=asked, canonical=asked, feed_url="https://news.example.org/feed", position=0, title=title,
        published_raw=feed_date, published_at=published,
    )  # fmt: skip
    return Page(fetch=fetch, link=link, headers=tuple(headers), body=data)


def html(
    paragraphs: Iterable[str] = ENGLISH,
    *,
    title: str = "Shells strike two villages in the south",
    head: str = "",
    under: str = "",
    above: str = "",
    site: str = " | Example News",
    charset: str = '<meta charset="utf-8">',
) -> str:
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head>{charset}<title>{escape(title)}{site}</title>{head}</head><body>{MENU}{above}"
        f"<main><article><h1>{escape(title)}</h1>{under}<div class='entry-content'>{text}</div></article>{RELATED}</main>"
        f"{FOOTER}</body></html>"
    )


def ld(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def article(given: Page | str, rules: CleanRules | None = None, hints: CleanHints | None = None) -> Article:
    made = clean(page(given) if isinstance(given, str) else given, outlet(rules), hints or CleanHints())
    assert isinstance(made, Article), made
    return made


def reason(given: Page | str) -> str:
    made = clean(page(given) if isinstance(given, str) else given, outlet(), CleanHints())
    assert isinstance(made, Rejection), made
    assert len(made.detail) <= 300
    assert "\n" not in made.detail
    return made.reason


def published(given: Page | str, hints: CleanHints | None = None) -> tuple[str, DateOrigin] | None:
    found = article(given, hints=hints).published
    return found and (found.at.astimezone(dt.timezone(dt.timedelta(hours=3))).date().isoformat(), found.origin)
