"""The sample web's six sites: how each writes its feeds and pages.

| site | feed | page |
| --- | --- | --- |
| sample_north_wire | RSS 2.0 | WordPress with JSON-LD |
| sample_sada | Atom | Joomla-like; the date stands on the page only, in Levantine months |
| sample_vestnik | RSS 2.0, windows-1251 | windows-1251, <time> |
| sample_daily | news sitemap | daily bulletin with a section per province |
| sample_rasd | RSS 2.0 | meta tags; a soft 404, 2,000 words of menus, a copy of sample_sada |
| sample_gazette | HTML listing, two pages | numeric date in the URL, a copy of sample_north_wire |
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePage:
    """One article of the sample web, ready for a template."""

    outlet: str
    url: str  # as the feed writes it
    title: str
    paragraphs: tuple[str, ...]  # a leading "# " marks a section header
    at: dt.datetime  # with +03:00
    modified_at: dt.datetime | None
    form: str  # article | bulletin | menus | soft404
    source_line: str


FeedAnswer = tuple[str, str, bytes]  # url, content type, body


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One made-up outlet's site."""

    name: str
    home: str
    language: str
    article_url: str  # format string: home, slug, at
    feeds: Callable[[Site, list[SamplePage]], Iterator[FeedAnswer]]
    body: Callable[[Site, SamplePage], str]
    encoding: str = "utf-8"
    notice: str = "All events on this site are made up. Sample web of syria-bulletins."

    @property
    def content_type(self) -> str:
        """Return the pages' Content-Type."""
        return f"text/html; charset={self.encoding}"


def render(site: Site, page: SamplePage) -> bytes:
    """Return the bytes of one page."""
    direction = "rtl" if site.language == "ar" else "ltr"
    html = (
        f'<!DOCTYPE html><html lang="{site.language}" dir="{direction}"><head><meta charset="{site.encoding}">'
        f"<title>{escape(page.title)} | {escape(site.name)}</title>{_head(site, page)}</head><body>"
        f'<header><a href="/">{escape(site.name)}</a>{_menu(site, page)}</header>{site.body(site, page)}'
        f"<footer><p>© {escape(site.name)} 2012-2026</p><p>{escape(site.notice)}</p></footer></body></html>\n"
    )
    return html.encode(site.encoding, "xmlcharrefreplace")


def _head(site: Site, page: SamplePage) -> str:
    if site.name == "North Wire":
        return _json_ld(site, page)
    if site.name == "رصد النموذجية" and page.form != "soft404":
        at = page.at.isoformat()
        return f'<meta property="og:type" content="article"><meta property="article:published_time" content="{at}">'
    return ""


def _json_ld(site: Site, page: SamplePage) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.at.isoformat(),
        "dateModified": (page.modified_at or page.at).isoformat(),
        "author": {"@type": "Organization", "name": site.name},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _menu(site: Site, page: SamplePage) -> str:
    items = 1000 if page.form == "menus" else 5  # two words each
    word = {"ar": "قسم", "ru": "Раздел", "en": "Section"}[site.language]
    links = "".join(f'<li><a href="/s{number}/">{word} {number}</a></li>' for number in range(1, items + 1))
    return f"<nav><ul>{links}</ul></nav>"


def _paragraphs(page: SamplePage) -> str:
    parts = []
    for line in page.paragraphs:
        parts.append(f"<h3>{escape(line[2:])}</h3>" if line.startswith("# ") else f"<p>{escape(line)}</p>")
    if page.source_line:
        parts.append(f"<p>{escape(page.source_line)}</p>")
    return "".join(parts)


def wordpress(site: Site, page: SamplePage) -> str:
    """WordPress: an article with share bar, tags and related links around it."""
    return (
        f'<main><article class="post"><h1 class="entry-title">{escape(page.title)}</h1>'
        f'<div class="sharedaddy"><a href="#">Share</a> <a href="#">Tweet</a></div>'
        f'<div class="entry-content">{_paragraphs(page)}</div>'
        f'<div class="related"><h3>Related</h3><ul><li><a href="{site.home}">More from {escape(site.name)}</a></li>'
        f"</ul></div></article></main>"
    )


def joomla(site: Site, page: SamplePage) -> str:
    """Joomla-like: the only date is a visible line with the weekday and a Levantine month."""
    weekday = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")[page.at.weekday()]
    date = f"{weekday}، {page.at.day} {LEVANTINE[page.at.month - 1]} {page.at.year} {page.at:%H:%M}"
    return (
        f'<div class="item-page"><h2 itemprop="headline">{escape(page.title)}</h2><dl class="article-info">'
        f'<dd class="published">نشر بتاريخ: {date}</dd></dl><div itemprop="articleBody">{_paragraphs(page)}</div></div>'
    )


def russian(site: Site, page: SamplePage) -> str:
    """Russian agency page: <time> with an offset beside the written date."""
    date = f"{page.at.day} {RUSSIAN[page.at.month - 1]} {page.at.year}, {page.at:%H:%M}"
    return (
        f'<div class="article"><h1>{escape(page.title)}</h1><time datetime="{page.at.isoformat()}">{date}</time>'
        f'<div class="article__text">{_paragraphs(page)}</div></div>'
    )


def numeric(site: Site, page: SamplePage) -> str:
    """Local paper: a day-first numeric date under the headline."""
    return (
        f'<section id="story"><h1>{escape(page.title)}</h1><p class="date">{page.at:%d/%m/%Y}</p>'
        f'<div class="story-text">{_paragraphs(page)}</div></section>'
    )


def rss(site: Site, pages: list[SamplePage]) -> Iterator[FeedAnswer]:
    """RSS 2.0 at /feed/, in the site's encoding."""
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{escape(page.url)}</link>"
        f"<pubDate>{format_datetime(page.at)}</pubDate></item>"
        for page in reversed(pages)
    )
    xml = (
        f'<?xml version="1.0" encoding="{site.encoding}"?><rss version="2.0"><channel>'
        f"<title>{escape(site.name)}</title><link>{site.home}</link><description>{escape(site.notice)}</description>{items}</channel></rss>\n"
    )
    yield f"{site.home}feed/", f"application/rss+xml; charset={site.encoding}", xml.encode(site.encoding)


def atom(site: Site, pages: list[SamplePage]) -> Iterator[FeedAnswer]:
    """Atom without dates that can be trusted: `updated` is the feed's own time, as some sites write it."""
    entries = "".join(
        f'<entry><title>{escape(page.title)}</title><link rel="alternate" href="{escape(page.url)}"/>'
        f"<id>{escape(page.url)}</id></entry>"
        for page in reversed(pages)
    )
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(site.name)}</title>'
        f"<id>{site.home}</id><updated>2026-11-19T09:00:00+03:00</updated>{entries}</feed>\n"
    )
    yield f"{site.home}feed.atom", "application/atom+xml", xml.encode()


def news_sitemap(site: Site, pages: list[SamplePage]) -> Iterator[FeedAnswer]:
    """News sitemap with titles and publication times."""
    urls = "".join(
        f"<url><loc>{escape(page.url)}</loc><news:news><news:publication><news:name>{escape(site.name)}</news:name>"
        f"<news:language>{site.language}</news:language></news:publication>"
        f"<news:publication_date>{page.at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(page.title)}</news:title></news:news></url>"
        for page in pages
    )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>\n'
    )
    yield f"{site.home}news-sitemap.xml", "application/xml", xml.encode()


def listing(site: Site, pages: list[SamplePage]) -> Iterator[FeedAnswer]:
    """Two pages of teasers, the second reached by a link; the first teaser stands on both."""
    newest = list(reversed(pages))
    middle = (len(newest) + 1) // 2
    for number, teasers in enumerate((newest[:middle], [newest[0], *newest[middle:]]), start=1):
        items = "".join(
            f'<li class="teaser"><a class="headline" href="{escape(page.url)}">{escape(page.title)}</a></li>'
            for page in teasers
        )
        more = f'<a class="next" href="{site.home}news/?page=2">Older</a>' if number == 1 else ""
        html = f'<!DOCTYPE html><html lang="{site.language}"><body><ul>{items}</ul>{more}</body></html>\n'
        url = f"{site.home}news/" if number == 1 else f"{site.home}news/?page=2"
        yield url, site.content_type, html.encode()


SITES: dict[str, Site] = {
    "sample_north_wire": Site(
        name="North Wire", home="https://north-wire.example/", language="en", feeds=rss, body=wordpress,
        article_url="{home}{at:%Y/%m/%d}/{slug}/?utm_source=rss&utm_medium=feed",
    ),
    "sample_sada": Site(
        name="صدى النموذجية", home="https://sada.example/", language="ar", feeds=atom, body=joomla,
        article_url="{home}index.php/news/{slug}", notice="جميع الأحداث في هذا الموقع مختلقة.",
    ),
    "sample_vestnik": Site(
        name="Вестник-образец", home="https://vestnik.example/", language="ru", feeds=rss, body=russian,
        article_url="{home}news/{slug}.html", encoding="windows-1251", notice="Все события на этом сайте вымышлены.",
    ),
    "sample_daily": Site(
        name="Syria Digest", home="https://digest.example/", language="en", feeds=news_sitemap, body=numeric,
        article_url="{home}{slug}",
    ),
    "sample_rasd": Site(
        name="رصد النموذجية", home="https://rasd.example/", language="ar", feeds=rss, body=wordpress,
        article_url="{home}ar/{slug}/", notice="جميع الأحداث في هذا الموقع مختلقة.",
    ),
    "sample_gazette": Site(
        name="Coast Gazette", home="https://gazette.example/", language="en", feeds=listing, body=numeric,
        article_url="{home}news/{at:%Y-%m-%d}/{slug}",
    ),
}  # fmt: skip
