"""Builds the golden pages: known articles inside known clutter, with the answers an extractor should give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.golden.pages.furniture import Article, Furniture
from tests.golden.pages.markup import MARKED
from tests.golden.pages.markup_plain import PLAIN

HERE = Path(__file__).parent
LANGUAGES = ("ar", "ru", "tr")
TEMPLATES = MARKED + PLAIN
OLD_CODES = {"ar": "windows-1256", "ru": "windows-1251"}
OLD_TEMPLATES = {"joomla", "bitrix", "old_portal", "one_div"}  # the systems that outlived the 8-bit code pages
PATHS = {
    "wordpress_classic": "/{y}/{m:02}/{d:02}/{slug}/",
    "newspaper_theme": "/{slug}/",
    "joomla": "/index.php/news/item/{number}-{slug}",
    "drupal": "/node/{number}",
    "blogger": "/{y}/{m:02}/{slug}.html",
    "bitrix": "/news/detail.php?ID={number}",
    "old_portal": "/news/1-0-{number}",
    "one_div": "/haber.php?id={number}",
    "hashed": "/{language}/article/{number}",
    "office": "/index.php?d=100&id={number}",
    "newsroom": "/{number}-{slug}",
}


@dataclass(frozen=True)
class Golden:
    """One page and its right answers: title, text (paragraphs joined by a newline) and day."""

    id: str
    language: str
    template: str
    url: str
    html: bytes
    encoding: str
    title: str
    text: str
    published_on: date


def golden() -> list[Golden]:
    """All pages, the same bytes at every call; templates go round over the languages."""
    articles = [article for language in LANGUAGES for article in articles_in(language)]
    chromes = {language: _json(f"chrome_{language}.json") for language in LANGUAGES}
    return [_page(number, article, chromes[article.language]) for number, article in enumerate(articles)]


def articles_in(language: str) -> list[Article]:
    """The articles of one texts file, in its order."""
    return [_article(row, language) for row in _json(f"texts_{language}.json")["articles"]]


def _article(row: dict[str, Any], language: str) -> Article:
    paragraphs = tuple((part["kind"], part["text"]) for part in row["paragraphs"])
    day = date.fromisoformat(row["date"])
    return Article(row["id"], language, row["title"], paragraphs, day, row["time"], row["author"])


def _page(number: int, article: Article, chrome: dict[str, Any]) -> Golden:
    template = TEMPLATES[number % len(TEMPLATES)]
    name = template.__name__
    encoding = OLD_CODES.get(article.language, "utf-8") if name in OLD_TEMPLATES else "utf-8"
    text = template(article, Furniture(chrome, article.language, article.id))
    day = article.published_on
    path = PATHS[name].format(
        y=day.year,
        m=day.month,
        d=day.day,
        number=4100 + 37 * number,
        slug=f"haber-{article.id}",
        language=article.language,
    )
    return Golden(
        id=article.id,
        language=article.language,
        template=name,
        url=f"https://{name.replace('_', '-')}-{article.language}.example{path}",
        html=text.replace("{charset}", encoding).encode(encoding, errors="xmlcharrefreplace"),
        encoding=encoding,
        title=article.title,
        text="\n".join(part for _, part in article.paragraphs),
        published_on=day,
    )


def _json(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return content
