"""Declarations: those that ship are sound, and each kind of mistake is one line with file, key and expectation."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import hashlib
import json
import os
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from crawlers import outlets
from crawlers.outlets import declaration_sha256, is_crawled, load_outlet, load_outlets, outlets_folder
from crawlers.records import (
    Affiliation,
    CleanRules,
    DayOrder,
    EarlierRules,
    Expect,
    Feed,
    FeedKind,
    LinkReason,
    Moved,
    Outlet,
    OutletError,
    OutletStatus,
    Politeness,
    SamePage,
)
from crawlers.rules import rules_at
from crawlers.urls import allowed, judge

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "crawlers" / "outlets"
PATHS = sorted(SHIPPED.glob("*.toml"))

GOOD = """
name = "Sample"
home = "https://sample.example/"
domains = ["sample.example"]
languages = ["ar", "en"]
status = "active"
"""
RSS = '[[feeds]]\nkind = "rss"\nurl = "https://sample.example/feed/"\n'


@pytest.fixture(scope="module")
def shipped() -> dict[str, Outlet]:
    return load_outlets(SHIPPED)


def declare(folder: Path, text: str, name: str = "sample.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(OutletError) as caught:
        load_outlet(path)
    return str(caught.value)


# --- the declarations that ship --------------------------------------------------------------------------------------


def test_all_68_outlets_load_and_come_sorted_by_slug(shipped: dict[str, Outlet]) -> None:
    assert len(shipped) == 68
    assert list(shipped) == sorted(shipped)
    assert [outlet.slug for outlet in shipped.values()] == list(shipped) == [path.stem for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_shipped_declaration_tells_a_reader_what_it_is_and_how_its_state_is_known(path: Path) -> None:
    outlet = load_outlet(path)

    assert outlet.name_ar
    assert outlet.name_ru
    assert outlet.about.endswith(".")
    assert outlet.status_evidence.endswith(".")
    assert outlet.affiliations
    assert outlet.cited_as
    assert outlet.articles, "without patterns every menu entry is taken for an article"
    assert outlet.full_text_public is False, "no outlet's licence is known to allow publishing its texts"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_address_that_nobody_saw_answer_says_so(path: Path) -> None:
    for feed in load_outlet(path).feeds:
        assert feed.verified or feed.note.startswith("Unverified"), feed.url


def test_only_three_feeds_are_known_to_have_answered_in_2026(shipped: dict[str, Outlet]) -> None:
    verified = {feed.url for outlet in shipped.values() for feed in outlet.feeds if feed.verified}

    assert verified == {"https://sana.sy/en/feed/", "https://npasyria.com/en/feed/", "https://npasyria.com/feed/"}


def test_every_active_outlet_has_a_feed_to_crawl(shipped: dict[str, Outlet]) -> None:
    active = [outlet for outlet in shipped.values() if outlet.status is OutletStatus.ACTIVE]

    assert len(active) >= 10
    assert all(is_crawled(outlet) for outlet in active)


def test_closed_outlets_stay_declared_and_are_not_crawled(shipped: dict[str, Outlet]) -> None:
    closed = {slug for slug, outlet in shipped.items() if outlet.status is OutletStatus.CLOSED}

    assert closed == {"almasdarnews", "riafan", "orient", "smart", "ebaa"}
    assert not any(is_crawled(shipped[slug]) for slug in closed)
    assert shipped["riafan"].status_on == dt.date(2023, 7, 1)
    assert shipped["orient"].status_on == dt.date(2023, 11, 17)


def test_an_outlet_without_feeds_is_not_crawled(shipped: dict[str, Outlet]) -> None:
    assert shipped["vdc"].status is OutletStatus.UNVERIFIED
    assert not is_crawled(shipped["vdc"])


def test_sana_changes_hands_on_8_december_2024_on_one_domain(shipped: dict[str, Outlet]) -> None:
    before, after = shipped["sana"].affiliations

    assert (before.stance, before.until) == ("state_assad", "2024-12-08")
    assert (after.stance, after.since, after.until) == ("state_transitional", "2024-12-08", None)
    assert shipped["sana"].domains == ("sana.sy",)


def test_sitemaps_and_front_pages_stand_in_only_where_no_rss_feed_is_known(shipped: dict[str, Outlet]) -> None:
    kinds = {slug: {feed.kind for feed in outlet.feeds} for slug, outlet in shipped.items()}

    assert {slug for slug, found in kinds.items() if FeedKind.SITEMAP in found} == {"ap", "reuters"}
    assert {slug for slug, found in kinds.items() if FeedKind.LISTING in found} == {
        "shaam", "thawra", "trtworld", "white_helmets",
    }  # fmt: skip
    assert all(len(found) <= 1 for found in kinds.values())


def test_clocks_are_those_of_the_outlet_not_ours(shipped: dict[str, Outlet]) -> None:
    zones = {
        slug: shipped[slug].clean.timezone
        for slug in ("sana", "tass", "anadolu", "almanar", "rudaw", "sohr", "presstv")
    }

    assert zones == {
        "sana": "Asia/Damascus",
        "tass": "Europe/Moscow",
        "anadolu": "Europe/Istanbul",
        "almanar": "Asia/Beirut",
        "rudaw": "Asia/Baghdad",
        "sohr": "Europe/London",
        "presstv": "Asia/Tehran",
    }
    assert shipped["rudaw"].clean.day_order is DayOrder.DMY
    assert shipped["syriatv"].clean.day_order is DayOrder.YMD


LISTINGS = (
    "", "en/", "ar/", "tag/syria/", "en/tag/syria/", "category/news/", "category/news/page/2/", "page/2/", "?paged=2",
    "?s=idlib", "feed/", "author/admin/", "search/idlib", "contact", "wp-json/wp/v2/posts", "wp-content/uploads/a.jpg",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_outlet_takes_a_front_page_a_listing_or_a_picture_for_an_article(path: Path) -> None:
    outlet = load_outlet(path)

    for domain in outlet.domains:
        for listing in LISTINGS:
            assert judge(f"https://{domain}/{listing}", outlet) is LinkReason.NOT_AN_ARTICLE_URL, f"{domain}/{listing}"


# URLs as outlets publish them; the refused ones are the listings and doubles that a crawl meets on the way.
ARTICLES = {
    "almasdarnews": [
        "https://www.almasdarnews.com/article/jihadists-beat-back-syrian-army-attack-at-key-hilltop-in-idlib/"
    ],
    "riafan": [
        "https://riafan.ru/1135994-facebook-okonchatelno-utratil-doverie-svoikh-polzovatelei",
        "https://riafan.org/1272786-doktor-myasnikov-nazval-glavnoe-polozhitelnoe-svoistvo-koronavirusa",
    ],
    "stepnews": [
        "https://stepagency-sy.net/2022/05/15/%D8%B0%D9%88-%D8%A7%D9%84%D9%87%D9%85%D8%A9/",
        "https://stepagency-sy.net/ar/2020/05/23/من-هي-وكالة-ستيب-الإخبارية",
        "https://stepagency-sy.net/2022/08/06/القامشلي-السورية/?fbclid=IwAR0",
    ],
    "sana": [
        "https://sana.sy/en/politics/2333749/",
        "https://sana.sy/locals/2341257/",
        "http://www.sana.sy/en/?p=266736",
        "http://ns2.sana.sy/en/?p=246429",
        "https://sana.sy/?p=2033490",
    ],
    "syriatimes": ["http://syriatimes.sy/index.php/news/local/43329-syrian-army-destroys-fortifications"],
    "sohr": [
        "https://www.syriahr.com/en/191581/",
        "https://www.syriahr.com/en/?p=169901",
        "https://www.syriahr.com/en/105559/embed/",
        "https://www.syriahr.com/بضربة-من-طائرة-مسيرة/577297/",
    ],
    "enabbaladi": [
        "http://english.enabbaladi.net/archives/2017/05/international-regional-powers-destroyed-syrias-sovereignty/",
        "https://english.enabbaladi.net/archives/2025/01/factionalism-threatens-unification//amp?so=related",
        "https://www.enabbaladi.net/731869/",
        "https://www.enabbaladi.net/archives/503897",
    ],
    "northpress": [
        "https://npasyria.com/en/110223/",
        "https://npasyria.com/178716/",
        "https://npasyria.com/178716/?utm_source=rss",
    ],
    "anha": [
        "https://hawarnews.com/en/haber/despite-irrefutable-evidences-of-occupation-h13187.html",
        "https://hawarnews.com/ar/169685280085229",
        "http://en.hawarnews.com/occupying-turkish-army-tied-gangs-shell-ayn-daqna/",
    ],
    "rudaw": [
        "https://www.rudaw.net/english/middleeast/syria/291020251",
        "https://www.rudawarabia.net/arabic/kurdistan/261120233",
    ],
    "kurdistan24": [
        "https://www.kurdistan24.net/en/story/896069/us-military-convoy-crosses-into-zakho",
        "https://www.kurdistan24.net/en/story/29236-Child-killed-in-Turkish-shelling-near-Kobani",
        "https://www.kurdistan24.net/ar/story/883289",
    ],
    "zamanalwasl": ["https://en.zamanalwsl.net/news/article/24530"],
    "qasioun": ["https://www.qasioun-news.com/en/articles/175605"],
    "syriatv": ["https://www.syria.tv/content/جريحان-بقصف", "https://www.syria.tv/بمعايير-صارمة-هيئة-المنافذ"],
    "halabtoday": ["https://halabtodaytv.net/archives/112992"],
    "orient": ["https://orient-news.net/ar/news_show/194128", "https://orient-news.net/ar/news_show/186511/0/ميليشيا"],
    "shaam": [
        "https://shaam.org/news/syria-news/شهيد-وجرحى-بقصف-مدفعي.html",
        "http://www.shaam.org/news/bulletins/نشرة-حصاد-يوم-الاثنين-16-08-2021.html",
        "https://shaam.org/3ELftJ",
    ],
    "baladinews": [
        "https://baladi-news.com/public/index.php/en/articles/102667/documentation-of-the-killing-of-civilians",
        "https://baladi-news.com/ar/articles/76989",
    ],
    "jesr": ["https://www.jesrpress.com/2021/08/08/مجزرة-تركبها-قوات/", "https://jesrpress.com/مصرع-ضابط"],
    "levant24": ["https://levant24.com/?p=8538", "https://levant24.com/news/2023/01/sdf-raid/"],
    "syrianobserver": ["https://syrianobserver.com/EN/news/48088/rebels-clash-with-regime-forces-in-hama.html"],
    "snhr": ["https://media.snhr.org/blog/2014/10/01/3437/", "https://news.snhr.org/ar/2023/03/31/إصابة-مدني/"],
    "anadolu": ["https://www.aa.com.tr/en/middle-east/sdf-cuts-water-supply-to-syria-s-aleppo/3796034"],
    "dailysabah": ["https://www.dailysabah.com/arabic/arab-world/2022/06/01/إصابة-3-مدنيين"],
    "trtworld": ["https://www.trtworld.com/article/14806675", "https://trthaber.com/haber/dunya/ypgpkk-386566.html"],
    "tass": ["https://tass.com/world/1043988"],
    "ria": ["https://ria.ru/20171002/1505985351.html"],
    "interfax": ["https://interfax.ru/russia/636403"],
    "sputnik": ["https://sputniknews.com/20220817/terrorists-shelled-syrias-idlib-zone-five-times-1099678429.html"],
    "almanar": ["https://english.almanar.com.lb/article/131427/", "http://manartv.com.lb/3226298"],
    "presstv": ["https://www.presstv.ir/Detail/2026/07/18/772525/US-violations-o"],
    "aljazeera": [
        "https://www.aljazeera.com/news/2022/2/2/turkish-air-raids-target-kurdish-groups-in-northern-syria-iraq"
    ],
    "alarabiya": ["https://www.alhadath.net/syria/2023/10/04/انفجارات-في-الحسكة"],
    "aawsat": [
        "https://aawsat.com/home/article/1524941/اغتيال-الرئيس?page=3",
        "https://english.aawsat.com/arab-world/5254050-ceasefire",
    ],
    "liveuamap": ["https://syria.liveuamap.com/en/2026/20-september-airstrikes-near-deir-ezzor"],
    "longwarjournal": [
        "https://www.longwarjournal.org/archives/2025/12/instability-grows.php?utm_source=rss&utm_medium=rss"
    ],
    "reuters": ["https://www.reuters.com/world/middle-east/us-military-says-it-captured-two-members-syria-2023-01-22/"],
    "ap": ["https://apnews.com/article/syria-alqaida-idlib-centcom-f14d831989a7fb9979e57a19ed99d4e5"],
    "afp": ["https://www.france24.com/en/live-news/20220202-turkey-strikes-kurd-targets-in-iraq-syria"],
}
NOT_ARTICLES = {
    "almasdarnews": [
        "https://www.almasdarnews.com/article/category/syria/",
        "https://www.almasdarnews.com/article/tag/idlib",
    ],
    "riafan": ["https://riafan.ru/category/siriya", "https://riafan.ru/siriya"],
    "stepnews": ["https://stepagency-sy.net/2022/08/06/", "https://stepagency-sy.net/2022/08/page/2/"],
    "sana": ["https://sana.sy/en/?tag=idlib", "https://sana.sy/en/politics/?paged=3", "https://sana.sy/en/politics/"],
    "syriatimes": [
        "http://syriatimes.sy/index.php/news/local?start=40",
        "http://syriatimes.sy/index.php/news/1-a?start=20",
    ],
    "sohr": ["https://www.syriahr.com/en/page/2/", "https://www.syriahr.com/category/أخبار/"],
    "enabbaladi": ["https://www.enabbaladi.net/category/أخبار", "https://english.enabbaladi.net/archives/2025/01/"],
    "northpress": ["https://npasyria.com/en/category/news/", "https://npasyria.com/en/"],
    "anha": ["https://hawarnews.com/en/kategori/news", "https://hawarnews.com/ar/kategori/-news-2"],
    "rudaw": ["https://www.rudaw.net/english/middleeast/syria", "https://www.rudaw.net/english"],
    "kurdistan24": ["https://www.kurdistan24.net/en/category/syria"],
    "zamanalwasl": ["https://www.zamanalwsl.net/news/search/إدلب/2"],
    "qasioun": ["https://www.qasioun-news.com/ar/articles"],
    "syriatv": ["https://www.syria.tv/tag/إدلب", "https://www.syria.tv/content/", "https://www.syria.tv/rss.xml"],
    "halabtoday": ["https://halabtodaytv.net/archives/category/news"],
    "shaam": [
        "https://shaam.org/news/syria-news?page=4",
        "https://shaam.org/news/syria-news/",
        "https://shaam.org/articles",
        "https://shaam.org/reports/",
    ],
    "jesr": ["https://www.jesrpress.com/2021/08/08/", "https://www.jesrpress.com/2021/"],
    "levant24": ["https://levant24.com/news/", "https://levant24.com/news/2023/01/"],
    "dailysabah": ["https://www.dailysabah.com/politics?page=2", "https://www.dailysabah.com/gallery/a-b-c"],
    "trtworld": ["https://www.trtworld.com/video/syria-1", "https://www.trtworld.com/middle-east"],
    "tass": ["https://tass.com/world", "https://tass.ru/mezhdunarodnaya-panorama"],
    "sputnik": ["https://sputnikglobe.com/20220817/"],
    "alarabiya": ["https://www.alarabiya.net/arab-and-world/syria"],
    "aljazeera": ["https://www.aljazeera.com/tag/syria/", "https://www.aljazeera.com/where/syria/"],
    "reuters": ["https://www.reuters.com/world/middle-east/"],
    "afp": ["https://www.france24.com/en/tag/syria/", "https://www.france24.com/ar/"],
}


@pytest.mark.parametrize(("slug", "url"), [(slug, url) for slug, urls in ARTICLES.items() for url in urls])
def test_an_articles_url_is_taken(shipped: dict[str, Outlet], slug: str, url: str) -> None:
    assert allowed(url, shipped[slug])
    assert judge(url, shipped[slug]) is None


@pytest.mark.parametrize(("slug", "url"), [(slug, url) for slug, urls in NOT_ARTICLES.items() for url in urls])
def test_a_listings_url_is_refused(shipped: dict[str, Outlet], slug: str, url: str) -> None:
    assert allowed(url, shipped[slug])
    assert judge(url, shipped[slug]) is LinkReason.NOT_AN_ARTICLE_URL


@pytest.mark.corpus
def test_article_urls_of_web_archives_are_taken_but_for_one_in_a_hundred(shipped: dict[str, Outlet]) -> None:
    corpus = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus"))
    files = [corpus / "web" / "expected.jsonl.gz", corpus / "syrian-outlets" / "articles.jsonl.gz"]
    if not all(file.exists() for file in files):
        pytest.skip(f"no corpus at {corpus}")
    lines = [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    urls = {json.loads(line)["url"] for line in lines}
    pairs = [(url, outlet) for url in urls for outlet in shipped.values() if allowed(url, outlet)]

    refused = [url for url, outlet in pairs if judge(url, outlet) is not None]

    assert len(pairs) >= 100
    assert len(refused) <= len(pairs) / 100, refused


# --- mistakes in one file --------------------------------------------------------------------------------------------

MISTAKES = {
    # what is wrong: (the declaration, the key, what was expected, what came)
    "an unknown key": (GOOD + 'langauge = "ar"', "langauge", "one of the keys slug, name, ", "'langauge'"),
    "an unknown key in a feed": (GOOD + RSS + "kinds = 1", "feeds[0].kinds", "one of the keys kind, url, ", "'kinds'"),
    "an unknown key with a line break": (GOOD + '"a\\nb" = 1', r"'a\nb'", "one of the keys ", r"'a\nb'"),
    "a missing key": (GOOD.replace('name = "Sample"', ""), "name", "text in quotes", "nothing"),
    "a missing key in a feed": (GOOD + '[[feeds]]\nkind = "rss"', "feeds[0].url", "text in quotes", "nothing"),
    "a blank name": (GOOD.replace("Sample", " "), "name", "a name on one line", "' '"),
    "a number for text": (GOOD + "about = 5", "about", "text in quotes", "5"),
    "text for a list": (GOOD + 'articles = "/a/"', "articles", "a list in brackets, of text in quotes", "'/a/'"),
    "text for true": (GOOD + 'full_text_public = "no"', "full_text_public", "true or false", "'no'"),
    "text for a number": (GOOD + '[politeness]\ndelay_seconds = "5"', "politeness.delay_seconds", "a number", "'5'"),
    "true for a number": (GOOD + "[politeness]\npage_limit = true", "politeness.page_limit", "a whole number", "true"),
    "a fraction for a count": (GOOD + RSS + "max_pages = 1.5", "feeds[0].max_pages", "a whole number", "1.5"),
    "a negative delay": (
        GOOD + "[politeness]\ndelay_seconds = -1", "politeness.delay_seconds", "a number from 0 to 3600", "-1",
    ),
    "no number": (GOOD + "[politeness]\ndelay_seconds = nan", "politeness.delay_seconds", "a number from 0", "nan"),
    "a share above 1": (GOOD + "[expect]\nwith_date = 95", "expect.with_date", "a number from 0 to 1", "95"),
    "one number for a span": (GOOD + "[expect]\narticles_per_day = [5]", "expect.articles_per_day", "a list", "[5]"),
    "a span upside down": (
        GOOD + "[expect]\narticles_per_day = [9, 5]", "expect.articles_per_day", "the lower number first", "[9, 5]",
    ),
    "text for a table": (GOOD + 'clean = "no"', "clean", "a table", "'no'"),
    "one table for a list of them": (GOOD + RSS.replace("[[feeds]]", "[feeds]"), "feeds", "tables, each under", "{"),
    "a bad regex in articles": (GOOD + "articles = ['/a/', '(']", "articles[1]", "a regular expression (", "'('"),
    "an identity without a group": (
        GOOD + "[[same_pages]]\naddress = '/a/\\d+'\nidentity = '/a'", "same_pages[0].identity", "some of the 0 groups", "'/a'",
    ),
    "an identity that is no path": (
        GOOD + "[[same_pages]]\naddress = '/(a)'\nidentity = 'x \\1'", "same_pages[0].identity", "a path such as", "'x ",
    ),
    "a host that moved away": (
        GOOD + "[[moved]]\nhost = 'old.sample.example'\nnow = 'elsewhere.net'",
        "moved[0].now", "one of the outlet's own domains", "'elsewhere.net'",
    ),
    "a bad regex in not_articles": (GOOD + "not_articles = ['*']", "not_articles[0]", "a regular expression (", "'*'"),
    "an empty regex": (GOOD + "articles = ['']", "articles[0]", "a regular expression, not an empty one", "''"),
    "a bad selector in body": (GOOD + "[clean]\nbody = ['a[']", "clean.body[0]", "a CSS selector (", "'a['"),
    "a pseudo-element": (GOOD + "[clean]\nprune = ['p::text']", "clean.prune[0]", "a CSS selector (", "'p::text'"),
    "a bad selector in a listing": (
        GOOD + RSS.replace("rss", "listing") + "selector = 'a >> b'", "feeds[0].selector", "a CSS selector (",
        "'a >> b'",
    ),
    "a listing without selector": (
        GOOD + RSS.replace("rss", "listing"), "feeds[0].selector", "the CSS selector of the links", "nothing",
    ),
    "a selector without listing": (
        GOOD + RSS + "selector = 'a'", "feeds[0].selector", "no such key in a feed of kind rss", "'a'",
    ),
    "an unknown kind": (
        GOOD + RSS.replace("rss", "atom"), "feeds[0].kind", "one of rss, sitemap, listing", "'atom'",
    ),
    "a feed elsewhere": (
        GOOD + RSS.replace("sample", "other"), "feeds[0].url", "an address within domains = sample.example",
        "'https://other.example/feed/'",
    ),
    "a look-alike host": (
        GOOD + RSS.replace("sample", "notsample"), "feeds[0].url", "an address within domains", "'https://notsample",
    ),
    "a second feed elsewhere": (
        GOOD + RSS + RSS.replace("sample", "other"), "feeds[1].url", "an address within domains", "'https://other",
    ),
    "the same feed twice": (GOOD + RSS + RSS, "feeds[1].url", "an address that no earlier feed has", "'https://sample"),
    "a home elsewhere": (
        GOOD.replace("https://sample", "https://other"), "home", "an address within domains", "'https://other.example/'",
    ),
    "a home that is no address": (GOOD.replace("https://", ""), "home", "an address such as", "'sample.example/'"),
    "a password in an address": (GOOD.replace("https://", "https://a:b@"), "home", "an address such as", "'https://a:b@"),
    "no domain": (GOOD.replace('["sample.example"]', "[]"), "domains", "at least one", "[]"),
    "an address for a domain": (GOOD.replace('["sample', '["https://sample'), "domains[0]", "a host such as", "'https://"),
    "a top-level domain": (
        GOOD.replace('["sample.example"]', '["example"]'), "domains[0]", "a host such as", "'example'",
    ),
    "a language's name": (GOOD.replace('"ar"', '"Arabic"'), "languages[0]", "a language code", "'Arabic'"),
    "a feed's foreign language": (
        GOOD + RSS + 'language = "ru"', "feeds[0].language", "one of the outlet's languages ar, en", "'ru'",
    ),
    "a verified feed without evidence": (GOOD + RSS + "verified = true", "feeds[0].note", "who saw", "nothing"),
    "an unknown status": (
        GOOD.replace('"active"', '"alive"'), "status", "one of active, unverified, blocked, closed", "'alive'",
    ),
    "closed without evidence": (
        GOOD.replace('"active"', '"closed"'), "status_evidence", "how it is known that the outlet is closed", "nothing",
    ),
    "a date in quotes": (GOOD + 'status_on = "2023-07-01"', "status_on", "a date without quotes", "'2023-07-01'"),
    "a date with a time": (GOOD + "status_on = 2023-07-01T10:00:00Z", "status_on", "a date without", "2023-07-01T"),
    "an unknown time zone": (GOOD + '[clean]\ntimezone = "Asia/Idlib"', "clean.timezone", "a time", "'Asia/Idlib'"),
    "a time before no day": (GOOD + "[[clean.earlier]]\nbody = ['p']", "clean.earlier[0].before", "a date without", "nothing"),
    "a time that differs in nothing": (
        GOOD + "[[clean.earlier]]\nbefore = 2024-12-08", "clean.earlier[0]", "at least one of body, prune", "nothing",
    ),
    "the same day twice": (
        GOOD + "[[clean.earlier]]\nbefore = 2024-12-08\nbody = []\n" * 2, "clean.earlier[1].before",
        "a day after 2024-12-08", "2024-12-08",
    ),
    "an earlier day below a later": (
        GOOD + "[[clean.earlier]]\nbefore = 2024-12-08\nbody = []\n[[clean.earlier]]\nbefore = 2019-01-01\nprune = []\n",
        "clean.earlier[1].before", "a day after 2024-12-08, which the entry above has", "2019-01-01",
    ),
    "an unknown key of a time": (
        GOOD + "[[clean.earlier]]\nbefore = 2024-12-08\nbodies = []", "clean.earlier[0].bodies", "one of the keys before",
        "'bodies'",
    ),
    "a selector of a time that is none": (
        GOOD + "[[clean.earlier]]\nbefore = 2024-12-08\nbody = ['p[']", "clean.earlier[0].body[0]", "a CSS selector", "'p['",
    ),
    "known lines in the declaration": (GOOD + "boilerplate = ['x']", "boilerplate", "one of the keys", "'boilerplate'"),
    "known lines for a switch": (GOOD + "[clean]\nboilerplate = ['x']", "clean.boilerplate", "true or false", "['x']"),
    "a folder of time zones": (GOOD + '[clean]\ntimezone = "Asia"', "clean.timezone", "a time zone", "'Asia'"),
    "an unknown day order": (GOOD + '[clean]\nday_order = "md"', "clean.day_order", "one of dmy, mdy, ymd", "'md'"),
    "an unknown stance": (
        GOOD + '[[affiliations]]\nstance = "good"', "affiliations[0].stance", "one of aanes, ", "'good'",
    ),
    "a month that is none": (
        GOOD + '[[affiliations]]\nstance = "un"\nsince = "2024-13"', "affiliations[0].since", "2024, 2024-12 or",
        "'2024-13'",
    ),
    "an end before the beginning": (
        GOOD + '[[affiliations]]\nstance = "un"\nsince = "2024-12-08"\nuntil = "2023~"', "affiliations[0].until",
        "a date that is not before since = '2024-12-08'", "'2023~'",
    ),
    "another slug": (GOOD + 'slug = "other"', "slug", "the file's stem 'sample', or no slug at all", "'other'"),
    "a table written twice": (GOOD + "[clean]\n[clean]\n", "line 8", "valid TOML", "an error: "),
    "a line that is no TOML": (GOOD + "articles: none", "line 7", "valid TOML", "an error: "),
    "a day that is none": (GOOD + "status_on = 2023-02-30", "line 7", "valid TOML", "an error: "),
    "an open quote at the end": (GOOD + 'about = "', "line 7", "valid TOML", "an error: "),
    "lists without end": ("a = " + "[" * 5000, "file", "valid TOML", "lists or tables nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.replace(" ", "-"))
def test_each_mistake_is_one_line_with_file_key_and_expectation(tmp_path: Path, mistake: str) -> None:
    text, key, expected, got = MISTAKES[mistake]
    path = declare(tmp_path, text)

    line = refusal(path)

    assert "\n" not in line
    assert line.startswith(f"{path}: {key}: expected {expected}")
    assert f", got {got}" in line


def test_the_declaration_that_the_mistakes_are_made_in_is_sound(tmp_path: Path) -> None:
    outlet = load_outlet(declare(tmp_path, GOOD + RSS))

    assert outlet.slug == "sample"
    assert outlet.feeds == (Feed(kind=FeedKind.RSS, url="https://sample.example/feed/"),)
    assert (outlet.clean, outlet.politeness, outlet.expect) == (CleanRules(), Politeness(), Expect())


def test_every_key_can_be_given_and_arrives_in_its_own_type(tmp_path: Path) -> None:
    text = GOOD + (
        'slug = "sample"\nname_ar = "عينة"\nname_ru = "Образец"\nstatus_on = 2024-12-08\nstatus_evidence = "E."\n'
        "about = \"A.\"\narticles = ['/a/\\d+']\nnot_articles = ['/tag/']\ncited_as = [\"S\"]\n"
        "full_text_public = true\n"
        "[clean]\nbody = ['article']\nprune = ['.x']\nday_order = \"dmy\"\ntimezone = \"UTC\"\nboilerplate = false\n"
        '[[clean.earlier]]\nbefore = 2024-12-08\nbody = []\nprune = [\'.y\']\nday_order = "mdy"\ntimezone = "Asia/Baghdad"\n'
        "[politeness]\ndelay_seconds = 10\npage_limit = 5\nverify_tls = false\n"
        "[expect]\narticles_per_day = [1, 9]\nwith_date = 1\n"
        '[[affiliations]]\nstance = "un"\nsince = "2011~"\nuntil = "2024-12-08"\nnote = "N"\n'
        '[[feeds]]\nkind = "listing"\nurl = "https://www.sample.example/news"\nlanguage = "ar"\nverified = true\n'
        "note = \"Seen.\"\nselector = 'h2 > a'\nnext_selector = 'a[rel=next]'\nmax_pages = 3\n"
    )

    outlet = load_outlet(declare(tmp_path, text))

    assert outlet.name_ar == "عينة"
    assert outlet.status_on == dt.date(2024, 12, 8)
    assert outlet.articles == (r"/a/\d+",)
    assert outlet.clean == CleanRules(
        body=("article",), prune=(".x",), day_order=DayOrder.DMY, timezone="UTC", boilerplate=False,
        earlier=(
            EarlierRules(
                before=dt.date(2024, 12, 8), body=(), prune=(".y",), day_order=DayOrder.MDY, timezone="Asia/Baghdad"
            ),
        ),
    )  # fmt: skip
    assert outlet.politeness == Politeness(delay_seconds=10.0, page_limit=5, verify_tls=False)
    assert isinstance(outlet.politeness.delay_seconds, float)
    assert outlet.expect == Expect(articles_per_day=(1, 9), with_date=1.0)
    assert outlet.affiliations == (Affiliation(stance="un", since="2011~", until="2024-12-08", note="N"),)
    assert (outlet.feeds[0].kind, outlet.feeds[0].max_pages) == (FeedKind.LISTING, 3)
    hash(outlet)  # frozen all through: it can key a cache


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"active"', '"alive"') + "articles = ['(']\n" + RSS.replace("sample", "other") + "kinds = 1\n"

    lines = refusal(declare(tmp_path, text)).split("\n")

    assert {re.sub(r"^.*?\.toml: (.*?): expected .*", r"\1", line) for line in lines} == {
        "status", "articles[0]", "feeds[0].url", "feeds[0].kinds",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Sample.toml", "2samples.toml", "sam-ple.toml", "s.toml", "عينة.toml", f"{'s' * 41}.toml"]
)
def test_a_malformed_slug_is_one_line_with_the_file_and_the_rule(tmp_path: Path, name: str) -> None:
    path = declare(tmp_path, GOOD, name)

    assert refusal(path) == (
        f"{path}: slug: expected a file named <slug>.toml, of 2 to 40 a-z, 0-9 and _ with a letter first, got {name!r}"
    )


def test_bytes_that_are_no_text_are_told_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_bytes(b'name = "a"\nabout = "\xe7"\n')

    assert refusal(path) == f"{path}: line 2: expected UTF-8 text, got the byte 0xe7"


def test_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())

    assert load_outlet(path).name == "Sample"


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"

    assert refusal(path) == f"{path}: file: expected a readable file, got No such file or directory"


# --- mistakes in a folder --------------------------------------------------------------------------------------------


def folder_refusal(folder: Path) -> list[str]:
    with pytest.raises(OutletError) as caught:
        load_outlets(folder)
    return str(caught.value).split("\n")


def test_the_mistakes_of_all_files_come_together_also_where_toml_does_not_parse(tmp_path: Path) -> None:
    declare(tmp_path, GOOD, "good.toml")
    bad_key = declare(tmp_path, GOOD.replace("sample", "b") + "x = 1", "bad_key.toml")
    no_toml = declare(tmp_path, "name = \n", "no_toml.toml")
    other = declare(tmp_path, GOOD.replace("https://sample", "https://c"), "other_home.toml")

    lines = folder_refusal(tmp_path)

    assert [line.split(": expected")[0] for line in lines] == [f"{bad_key}: x", f"{no_toml}: line 1", f"{other}: home"]


@pytest.mark.parametrize("second", ["enabbaladi.toml", "ENAB_BALADI.toml", "enab-baladi.toml"])
def test_a_slug_given_twice_is_one_line_that_names_both_files(tmp_path: Path, second: str) -> None:
    declare(tmp_path, GOOD, "enab_baladi.toml")
    path = declare(tmp_path, GOOD, second)

    (line,) = folder_refusal(tmp_path)

    assert line.startswith(f"{path}: slug: expected an outlet of its own")
    assert line.endswith("got the slug of enab_baladi.toml again")


def test_one_outlet_under_two_names_is_one_line_that_names_both_files(tmp_path: Path) -> None:
    declare(tmp_path, GOOD, "first.toml")
    path = declare(tmp_path, GOOD.replace("sample.example/", "sample.example"), "second.toml")

    (line,) = folder_refusal(tmp_path)

    assert line.startswith(f"{path}: home: expected an outlet of its own")
    assert line.endswith("got the home of first.toml again")


def test_a_missing_folder_a_file_and_an_empty_folder_each_say_what_is_wrong(tmp_path: Path) -> None:
    missing, empty, file = tmp_path / "missing", tmp_path / "empty", declare(tmp_path, GOOD)
    empty.mkdir()

    assert folder_refusal(missing) == [
        f"{missing}: folder: expected a folder of outlet declarations "
        "(BULLETINS_OUTLETS or --outlets names another folder), got no such folder"
    ]
    assert folder_refusal(file)[0].endswith("got a file")
    assert folder_refusal(empty)[0].startswith(f"{empty}: folder: expected at least one <slug>.toml")


def test_hidden_files_of_editors_are_not_declarations(tmp_path: Path) -> None:
    declare(tmp_path, GOOD)
    declare(tmp_path, "no toml", ".#sample.toml")

    assert list(load_outlets(tmp_path)) == ["sample"]


def test_another_folder_is_read_when_the_environment_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(tmp_path, GOOD)
    monkeypatch.setenv("BULLETINS_OUTLETS", str(tmp_path))

    assert outlets_folder() == tmp_path
    assert list(load_outlets()) == ["sample"]


@pytest.mark.parametrize("value", [None, ""])
def test_the_shipped_folder_is_read_when_the_environment_names_none(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("BULLETINS_OUTLETS", raising=False)
    if value is not None:
        monkeypatch.setenv("BULLETINS_OUTLETS", value)

    assert outlets_folder().resolve() == SHIPPED.resolve()


def test_a_declarations_sha256_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = declare(tmp_path, GOOD)

    assert declaration_sha256(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(OutletError, match="expected a readable file"):
        declaration_sha256(tmp_path / "missing.toml")


# --- the room's README -----------------------------------------------------------------------------------------------

README = (ROOT / "crawlers" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "record",
    [Outlet, SamePage, Moved, Affiliation, Feed, CleanRules, EarlierRules, Politeness, Expect],
    ids=lambda r: r.__name__,
)
def test_the_readme_explains_every_key(record: type) -> None:
    rows = set(re.findall(r"^\| `(\w+)`", README, flags=re.MULTILINE))

    assert {field.name for field in dataclasses.fields(record) if not field.metadata} <= rows


def test_the_readme_explains_every_stance_and_no_other() -> None:
    (table,) = re.findall(r"^### Stances\n(.*?)(?=^#)", README, flags=re.MULTILINE | re.DOTALL)

    assert set(re.findall(r"`([a-z_]+)`", table)) - {"stance"} == outlets.STANCES


def test_the_readmes_example_is_a_declaration_that_loads(tmp_path: Path) -> None:
    example, *_ = re.findall(r"^```toml\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)

    outlet = load_outlet(declare(tmp_path, example, "qalamoun_news.toml"))

    assert is_crawled(outlet)
    assert judge(urljoin(outlet.home, "/2026/01/05/example/"), outlet) is None


def test_the_readmes_example_of_a_redesign_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(\[clean\]\n.*?)^```", README, flags=re.MULTILINE | re.DOTALL)

    rules = load_outlet(declare(tmp_path, GOOD + example)).clean

    assert [entry.before for entry in rules.earlier] == [dt.date(2019, 6, 1), dt.date(2024, 12, 8)]
    assert rules_at(rules, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)).body == ()


def test_the_readme_names_every_module_of_the_room() -> None:
    room = ROOT / "crawlers"
    modules = {path.name for path in room.glob("*.py")} - {"__init__.py"}
    packages = {f"{path.parent.name}/" for path in room.glob("*/__init__.py")}

    assert {name for name in modules | packages if f"`{name}`" not in README} == set()
