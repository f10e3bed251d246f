"""What sort of article a page holds: a plain one, a live blog, a film or pictures with a few words.

Told by what the page declares, then by its build, then by words of its title; an article with a film in it stays an
article, because its text tells what happened. That a text is a digest of several reports is found out later, by the
stage that splits it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from processing.clean.metadata import Metadata
from processing.clean.phrases import any_of
from processing.records import ArticleKind
from processing.text import fold_plain

SHORT = 700  # characters; more words than that are an article that has a film or pictures beside it
CLOCK = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
ENTRIES = 5  # of a live blog that says what it is by its build alone
FEW_ENTRIES = 3  # of one that calls itself live
PICTURES = 4  # of a gallery
LIVE_NAMED = re.compile(
    r"(?i)live-?_?(?:blog|updates?|entry|entries|post|feed|ticker|coverage)|liveblog|tickaroo|24liveblog"
)
PLAYER = etree.XPath(
    "boolean(//video | //*[contains(@class, 'jwplayer') or contains(@class, 'video-js') or contains(@class, 'plyr')] "
    "| //iframe[contains(@src, 'youtu') or contains(@src, 'vimeo') or contains(@src, 'dailymotion') or "
    "contains(@src, 'rutube') or contains(@src, 'vk.com/video') or contains(@src, 'ok.ru/video') or "
    "contains(@src, 'facebook.com/plugins/video') or contains(@src, '/player')])"
)
TIMES = etree.XPath("//time[not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::a or descendant::a)]")
NAMED = etree.XPath("//*[contains(@class, 'live') or contains(@class, 'Live') or contains(@id, 'live')]")
FIGURES = etree.XPath(
    "count(//figure[.//img][not(ancestor::aside)] | //*[contains(@class, 'gallery') or contains(@class, 'slide') or "
    "contains(@class, 'swiper')]//img)"
)
VIDEO_PATH = re.compile(r"(?i)/(?:videos?|watch|tv|vid|فيديو|фильм|видео|izle|video-galeri)(?:[/_-]|$)")
PHOTO_PATH = re.compile(
    r"(?i)/(?:photos?|gallery|galleries|galeri|foto-?galeri|fotos?|images?|صور|pictures|in-pictures)(?:[/_-]|$)"
)
_LIVE = r"""
    live(?: ?blog| updates?| coverage| now)?
    (?:as it happened|minute by minute)
    مباشر
    (?:تغطيه|متابعه) (?:مباشره|مستمره|حيه|لحظيه)
    (?:لحظه بلحظه|اول باول|علي مدار الساعه)
    онлаин(?:-(?:трансляция|хроника|репортаж))?
    (?:прямая|текстовая) трансляция
    хроника (?:событии|дня)
    canli(?: (?:blog|anlatim|yayin|takip))?
    (?:anbean|dakika dakika|an be an)
"""
_VIDEO = r"""
    (?:watch|video|footage)
    (?:شاهد|بالفيديو|فيديو|شاهدوا)
    (?:видео|смотрите|видеосюжет|видеорепортаж)
    (?:izle|izleyin|video(?:su)?|goruntuler)
    (?:temase bike|video)
"""
_PHOTO = r"""
    (?:in pictures|in photos|photos?|pictures|photo (?:gallery|essay|story)|gallery)
    (?:بالصور|صور|البوم صور|بعدسه \w+)
    (?:фото(?:галерея|репортаж|лента)?|в фотографиях|фотографии)
    (?:foto(?: ?galeri)?|fotograflarla(?: [\w '’]{1,80})?|kare kare|galeri)
"""


def _called(lines: str) -> re.Pattern[str]:
    """Match a title that begins or ends with one of the words, set apart by a colon, bar, bracket or dash."""
    words = any_of(lines)
    return re.compile(rf"\W*(?:\w+ )?(?:{words})\s*(?:[:|\-–—.!…،/\])]|$)|[:|\-–—.(\[/،]\s*(?:{words})\W*$")


IS_LIVE, IS_VIDEO, IS_PHOTO = map(_called, (_LIVE, _VIDEO, _PHOTO))


def kind(tree: Any, metadata: Metadata, title: str, text: str, url: str) -> ArticleKind:
    """Return the sort of article that a page with this title and text holds. Pure; the address is the final one."""
    folded = fold_plain(title)
    if "LiveBlogPosting" in metadata.types or _is_live(
        tree, folded, text, many_times=len(metadata.times) >= FEW_ENTRIES
    ):
        return ArticleKind.LIVE_BLOG
    if len(text) >= SHORT:
        return ArticleKind.ARTICLE
    path = unquote(urlsplit(url).path)
    films = ("VideoObject" in metadata.types and not metadata.is_article) or metadata.og_type.startswith("video")
    if films or ((IS_VIDEO.search(folded) or VIDEO_PATH.search(path)) and PLAYER(tree)):
        return ArticleKind.VIDEO
    pictures = "ImageGallery" in metadata.types
    if pictures or ((IS_PHOTO.search(folded) or PHOTO_PATH.search(path)) and FIGURES(tree) >= PICTURES):
        return ArticleKind.PHOTO
    return ArticleKind.ARTICLE


def _is_live(tree: Any, title: str, text: str, *, many_times: bool) -> bool:
    """Tell by many short entries under a time of the clock, and by a name or title that says live.

    `many_times`: the page has <time> elements enough to be looked at.
    """
    called = bool(IS_LIVE.search(title))
    entries = sum(CLOCK.match(line) is not None for line in text.split("\n"))
    if entries < FEW_ENTRIES and many_times:
        entries = max(entries, sum(CLOCK.match(time.text or "") is not None for time in TIMES(tree)))
    if called:
        return entries >= FEW_ENTRIES
    return entries >= ENTRIES and any(LIVE_NAMED.search(f"{e.get('class')} {e.get('id')}") for e in NAMED(tree))
