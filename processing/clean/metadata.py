"""What a page says of itself: JSON-LD, meta elements, headlines, bylines. One pass over the tree, nothing judged yet.

trafilatura's own metadata reading costs as much as its extraction and guesses dates; this reads what is declared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

ARTICLE_TYPES = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting Report TechArticle
    ScholarlyArticle AdvertiserContentArticle SatiricalArticle
    """.split()
)
PAGE_TYPES = frozenset(
    ("WebPage", "ItemPage", "VideoObject", "ImageGallery")
)  # their dates hold where there is no article
LISTING_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList"))

# Names of <meta> in lower case. `date` alone means what the author of a template thought; it comes last.
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "publication_date", "publication-date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "article.published", "article:published", "published-date",
    "published_time", "published_date", "pubdate", "pub_date", "citation_publication_date", "citation_online_date",
    "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "displaydate",
    "originalpublicationdate", "article_date_original", "cdate", "vr:published_time", "article:post_date", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "article:modified", "lastmod", "last-modified", "modified_time",
)  # fmt: skip
TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "citation_author")
BYLINE = re.compile(r"(?i)^\s*(?:by|от|автор:?|yazan:?|haber:?|بقلم|كتب|كتبت|إعداد|اعداد|الكاتب)\s*[:：]?\s+")
# Names that name nobody.
NOBODY = frozenset(
    ("admin", "administrator", "editor", "editors", "editorial", "staff", "webmaster", "root", "user", "news desk")
)
AUTHOR_LENGTH = 100
AUTHORS_LIMIT = 10
JSON_LENGTH = 500_000  # characters of one script; a longer one holds a whole shop
DEPTH = 6
TAGS = ("title", "meta", "script", "h1", "h2", "h3", "time", "link")
MICRODATA = etree.XPath("//body//*[@itemprop='datePublished'][not(self::meta)]")
SUBHEADS = 20  # that are looked at where a page has no <h1>
# For JSON that does not parse: enough of it is read to know the dates and the headline.
BROKEN = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"((?:[^"\\]|\\.){1,400})"')
COMMENTS = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself. Strings as written, whitespace made single."""

    headlines: tuple[str, ...]  # of <h1>
    ld_headline: str | None  # of JSON-LD
    meta_titles: tuple[str, ...]  # og:title and its like, in the order of TITLES
    title: str | None  # of <title>
    site_names: tuple[str, ...]
    authors: tuple[str, ...]
    ld_body: str  # articleBody of JSON-LD; some outlets give a part, some give markup
    ld_published: tuple[str, ...]  # raw dates, an article's before a page's
    meta_published: tuple[str, ...]
    modified: tuple[str, ...]  # raw dates
    is_article: bool  # JSON-LD or Open Graph says so
    is_listing: bool  # JSON-LD says so
    types: frozenset[str]  # of JSON-LD's nodes, as schema.org names them
    og_type: str  # of Open Graph; empty where there is none
    h1: tuple[Any, ...]  # elements
    subheads: tuple[Any, ...]  # <h2> and <h3>, the first few
    times: tuple[Any, ...]  # <time> elements in document order
    canonicals: tuple[str, ...]  # addresses that <link rel=canonical> in the head declares
    shortlinks: tuple[str, ...]  # of <link rel=shortlink> in the head
    og_urls: tuple[str, ...]
    ld_urls: tuple[str, ...]  # of JSON-LD's articles: url, @id, mainEntityOfPage


def read_metadata(tree: Any) -> Metadata:
    """Read a parsed page. Pure; a script that is no JSON is read as far as its dates and headline."""
    found: dict[str, list[Any]] = {tag: [] for tag in TAGS}
    for element in tree.iter(*TAGS):
        found[element.tag].append(element)
    metas = _metas(found["meta"])
    scripts = [e.text for e in found["script"] if e.text and "ld+json" in (e.get("type") or "").lower()]
    nodes = [node for script in scripts for node in _nodes(_json(script), 0)]
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    pages = [node for node in nodes if _types(node) & PAGE_TYPES]
    return Metadata(
        headlines=tuple(text for text in map(_text, found["h1"]) if text),
        ld_headline=next((line for node in articles for line in _strings(node.get("headline"))), None),
        meta_titles=tuple(value for name in TITLES for value in metas.get(name, ())),
        title=next((text for text in map(_text, found["title"]) if text), None),
        site_names=(*metas.get("og:site_name", ()), *(n for node in nodes for n in _names(node.get("publisher")))),
        authors=_authors(articles, metas),
        ld_body=next((body for node in articles if isinstance(body := node.get("articleBody"), str)), ""),
        ld_published=tuple(date for node in (*articles, *pages) for date in _strings(node.get("datePublished"))),
        meta_published=(*(value for name in PUBLISHED for value in metas.get(name, ())), *_microdata(tree)),
        modified=(
            *(date for node in (*articles, *pages) for date in _strings(node.get("dateModified"))),
            *(value for name in MODIFIED for value in metas.get(name, ())),
        ),
        is_article=bool(articles) or "article" in metas.get("og:type", ()) or "article:published_time" in metas,
        is_listing=any(_types(node) & LISTING_TYPES for node in nodes),
        types=frozenset(name for node in nodes for name in _types(node)),
        og_type=next(iter(metas.get("og:type", ())), ""),
        h1=tuple(found["h1"]),
        subheads=tuple((*found["h2"], *found["h3"])[:SUBHEADS]),
        times=tuple(found["time"]),
        canonicals=_linked(found["link"], "canonical"),
        shortlinks=_linked(found["link"], "shortlink"),
        og_urls=tuple(metas.get("og:url", ())),
        ld_urls=tuple(url for node in articles for url in _addresses(node)),
    )


def _linked(elements: list[Any], relation: str) -> tuple[str, ...]:
    """Return the addresses that links of a relation name, each once; in the body anyone may have written them."""
    found = (
        (element.get("href") or "").strip()
        for element in elements
        if relation in (element.get("rel") or "").lower().split()
        and next(element.iterancestors("head"), None) is not None
    )
    return tuple(dict.fromkeys(found))


def _addresses(node: dict[str, Any]) -> list[str]:
    """Return the addresses under which JSON-LD names an article."""
    page = node.get("mainEntityOfPage")
    named = [
        node.get("url"),
        node.get("@id"),
        *([page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]),
    ]
    return [url for value in named if isinstance(value, str) and (url := value.strip()).lower().startswith("http")]


def _microdata(tree: Any) -> tuple[str, ...]:
    """Return the date that one element of the body declares; several are those of a list or of comments."""
    values = {element.get("content") or element.get("datetime") for element in MICRODATA(tree)}
    return tuple(values) if len(values) == 1 and None not in values else ()


def _metas(elements: list[Any]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in elements:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and (value := _line(content)):
            values.setdefault(name.strip().lower(), []).append(value)
    return values


def _json(script: str) -> Any:
    text = COMMENTS.sub("", script[:JSON_LENGTH]).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)  # raw newlines in strings are everyday
    except (ValueError, RecursionError):
        fields: dict[str, Any] = {"@type": "NewsArticle"} if '"datePublished"' in text else {}
        for name, value in BROKEN.findall(text):
            fields.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
        return fields


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the nodes that are about the page itself: graphs and main entities, not the lists it links to."""
    if depth > DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(name), depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    return {name.rsplit("/", 1)[-1] for name in _strings(node.get("@type"))}


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [line for item in items if isinstance(item, str | int) and (line := _line(unescape(str(item))))]


def _names(value: Any) -> list[str]:
    """Return the names in a schema.org person or organization: a string, a node or a list of them."""
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items:
        names += _strings(item.get("name") if isinstance(item, dict) else item)
    return names


def _authors(articles: list[dict[str, Any]], metas: dict[str, list[str]]) -> tuple[str, ...]:
    declared = [name for node in articles for name in _names(node.get("author"))]
    found = declared or [value for name in AUTHORS for value in metas.get(name, ())]
    names = [BYLINE.sub("", name).strip(" ,،;-|") for name in found]
    return tuple(dict.fromkeys(name for name in names if _is_name(name)))[:AUTHORS_LIMIT]


def _is_name(name: str) -> bool:
    return 1 < len(name) <= AUTHOR_LENGTH and name.lower() not in NOBODY and "://" not in name and "@" not in name


def _text(element: Any) -> str:
    return _line("".join(element.itertext()))


def _line(text: str) -> str:
    return " ".join(text.split())
