"""Page templates that hardly mark the body: Bitrix, old portals, one div, hashed classes, an office's site."""

from __future__ import annotations

import json
from html import escape

from tests.golden.pages.furniture import Article, Furniture, broken, rich
from tests.golden.pages.markup import page


def bitrix(article: Article, f: Furniture) -> str:
    """Bitrix: news-detail with <br><br> in place of paragraphs."""
    shown = f.day(article.published_on, "numeric", article.time)
    also = f'<div class="also"><a href="#">{f.word("readmore")}: {f.headline()}</a></div>'
    item = '<p class="news-item"><span class="news-date-time">{day}</span> <a href="#"><b>{title}</b></a><br>{text}</p>'
    body = f"""<div id="panel"></div><div class="top">{f.outlet} <span>{f.today()}</span></div>
<ul id="horizontal-multilevel-menu">{f.links(f.menu(25, 40))}</ul>
<div class="marquee">{f.word("breaking")}! {f.pick("tickers")}</div>
<div class="bx-breadcrumb">{f.word("home")} / {f.word("cat")}</div>
<h1 id="pagetitle">{escape(article.title)}</h1>
<div class="news-detail"><img class="detail_picture" src="/upload/1.jpg" title=""><i class="pic">{f.pick("captions")}</i>
<span class="news-date-time">{shown}</span>
{broken(article, [also])}
<div style="clear:both"></div><br>{f.word("tags")}: {", ".join(f.words("tag"))}<br>
<div class="ya-share">{f.word("share")}</div></div>
<div class="news-list"><h3>{f.word("related")}</h3>{f.teasers(4, item)}</div>
<div class="blog-comments">{f.comments("<div><a>{name}</a> {day}<div>{text}</div></div>")}</div>{f.poll()}{f.newsletter()}
<div class="foot">{f.copyright()}</div>{f.cookie()}"""
    return page(article, f, '<meta name="robots" content="index, follow">', body)


def old_portal(article: Article, f: Furniture) -> str:
    """uCoz or phpNuke: nested tables, everything in <td> and <font>."""
    shown = f.day(article.published_on, "numeric", article.time)
    also = f'<font size="2" color="red"><a href="#">{f.word("readmore")}: {f.headline()}</a></font>'
    cell = '<a href="#"><b>{title}</b></a><br><font size="1">{day}</font><br><font size="2">{text}</font>'
    item = f'<tr><td class="block">{cell}</td></tr>'
    note = '<table width="100%"><tr><td><b>{name}</b> ({day})</td></tr><tr><td><font size="2">{text}</font></td></tr></table>'
    menu = f.links(f.menu(20, 35), '<tr><td class="menu"><a href="{url}"><font size="2">{label}</font></a></td></tr>')
    body = f"""<center><table width="980" border="0">
<tr><td colspan="3" bgcolor="#223355"><font size="5">{f.outlet}</font> {f.today()}</td></tr>
<tr><td colspan="3"><marquee>{f.word("breaking")}: {f.pick("tickers")} *** {f.pick("tickers")}</marquee></td></tr>
<tr><td width="170" valign="top"><table>{menu}</table>{f.poll()}</td>
<td valign="top"><table width="100%"><tr><td class="title"><font size="4"><b>{escape(article.title)}</b></font></td></tr>
<tr><td class="eDetails"><font size="1">{f.word("cat")} | {shown} | {f.word("views")}: {f.rng.randint(10, 5000)}</font></td></tr>
<tr><td class="eMessage"><img src="/p.gif" align="left"><font size="3">
{broken(article, [also], "<br>")}
</font></td></tr>
<tr><td><font size="2">{f.word("print")} | {f.word("share")}</font></td></tr>
<tr><td>{f.word("comments")}:<br>{f.comments(note)}</td></tr></table></td>
<td width="200" valign="top"><table><tr><td><b>{f.word("most")}</b></td></tr>{f.teasers(4, item)}</table></td></tr>
<tr><td colspan="3" align="center"><font size="1">{f.copyright()}</font></td></tr></table></center>"""
    return page(article, f, "", body)


def one_div(article: Article, f: Furniture) -> str:
    """A home-made site: the whole page in one <div>, lines parted by <br>."""
    shown = f.day(article.published_on, "double", article.time)
    also = f'<a href="#">{f.word("readmore")}: {f.headline()}</a>'
    menu = f.links(f.menu(20, 30), '<a href="{url}">{label}</a> |')
    body = f"""<div>{f.outlet}<br>{menu}<br>{f.today()}<br>{f.word("breaking")}: {f.pick("tickers")}<br><br>
<h1>{escape(article.title)}</h1>
{shown}<br>
<img src="x.jpg"><br>{f.pick("captions")}<br><br>
{broken(article, [also])}
<br><br>{f.word("share")} Facebook Twitter Telegram<br>{f.word("translator")}<br><br>
{f.word("related")}<br>{f.teasers(3, '<a href="#">{title}</a> {day}<br>{text}<br>')}<br>
{f.word("comments")}<br>{f.comments("{name} ({day}):<br>{text}<br>")}<br>{f.word("newsletter")}<br>{f.word("cookie")}<br>
{f.copyright()}</div>"""
    return page(article, f, "", body)


def hashed(article: Article, f: Furniture) -> str:
    """A Next.js-like page: div soup with hashed class names, <time> in the header."""

    def css(name: str) -> str:
        return f"{name}_{f.rng.getrandbits(24):06x}__{f.rng.getrandbits(16):04x}"

    clock = f'<time datetime="{article.stamp}">{f.day(article.published_on, "long", article.time)}</time>'
    card = css("card")
    item = f'<div class="{card}"><a href="#"><h3>{{title}}</h3></a><p>{{text}}</p><span>{{day}}</span></div>'
    also = f'<div class="{css("inline")}"><span>{f.word("readmore")}</span>{f.teasers(1, item)}</div>'
    state = json.dumps({"props": {}, "buildId": f"{f.rng.getrandbits(32):08x}"})
    menu = f.links(f.menu(), f'<div class="{css("item")}"><a href="{{url}}">{{label}}</a></div>')
    note = f'<div class="{css("reply")}"><div>{{name}} · {{day}}</div><div>{{text}}</div></div>'
    body = f"""<div id="__next"><div class="{css("bar")}"><div>{f.outlet}</div>{menu}<div>{f.today()}</div></div>
<div class="{css("live")}"><span>{f.word("breaking")}</span><span>{f.pick("tickers")}</span></div>
<div class="{css("wrap")}"><div class="{css("col")}"><div class="{css("crumb")}">{f.word("home")} / {f.word("cat")}</div>
<h1 class="{css("head")}">{escape(article.title)}</h1><div class="{css("meta")}">{clock}<span>{f.word("share")}</span></div>
<div class="{css("media")}"><img src="/i.webp"><div>{f.pick("captions")}</div></div>
<div class="{css("body")}">
{rich(article, [also], f' class="{css("par")}"')}
</div><div class="{css("tags")}">{f.links(f.words("tag"), '<a href="{url}">{label}</a>')}</div></div>
<div class="{css("side")}"><div>{f.word("most")}</div>{f.teasers(5, item)}{f.newsletter()}</div></div>
<div class="{css("talk")}">{f.comments(note)}</div>
<div class="{css("foot")}">{f.word("about")} {f.copyright()}</div>{f.cookie()}</div>
<script id="__NEXT_DATA__" type="application/json">{state}</script>"""
    return page(article, f, '<meta name="next-head-count" content="2">', body)


def office(article: Article, f: Furniture) -> str:
    """A governorate's or ministry's site: one table, inline styles, no comments."""
    shown = f.day(article.published_on, "week")
    rows = '<p style="margin:0;font-size:12px"><a href="#">{title}</a> - {day}<br>{text}</p>'
    style = f' style="text-align:justify;direction:{f.direction};font-family:Simplified Arabic;font-size:16px"'
    menu = f.links(f.menu(20, 30), '<td style="padding:2px"><a href="{url}">{label}</a></td>')
    body = f"""<table dir="{f.direction}" style="width:100%;border:0">
<tr><td style="background:#0a5c36;color:#fff">{f.outlet}</td></tr>
<tr><td><table style="font-size:11px"><tr>{menu}</tr></table></td></tr>
<tr><td style="text-align:left;font-size:11px">{f.today()} | {f.word("search")}: <input type="text"></td></tr>
<tr><td><table style="width:100%"><tr><td style="width:70%;vertical-align:top">
<h2 style="color:#0a5c36">{escape(article.title)}</h2>
<span style="color:gray">{shown}</span> <a href="#">{f.word("print")}</a>
<div style="padding:8px"><img src="/ph.jpg" style="width:300px"><div style="font-size:10px">{f.pick("captions")}</div>
{rich(article, [], style)}
</div><span style="font-size:10px">{f.word("editor")}: 14</span></td>
<td style="width:30%;vertical-align:top;background:#eee">
<b>{f.word("more")}</b>{f.teasers(5, rows)}{f.poll()}</td></tr></table></td></tr>
<tr><td style="text-align:center;font-size:10px">{f.copyright()}</td></tr></table>"""
    return page(article, f, "", body)


def newsroom(article: Article, f: Furniture) -> str:
    """A custom newsroom system: itemprop headline, datePublished and articleBody."""
    shown = f.day(article.published_on, "long", article.time)
    also = f'<aside class="incut"><b>{f.word("readmore")}</b> <a href="#">{f.headline()}</a><p>{f.teaser()}</p></aside>'
    item = '<li><a href="#">{title}</a><p>{text}</p><small>{day}</small></li>'
    body = f"""<nav><ul>{f.links(f.menu())}</ul></nav><div class="now">{f.today()}</div>
<main itemscope itemtype="http://schema.org/NewsArticle"><div class="path">{f.word("home")} → {f.word("cat")}</div>
<h1 itemprop="headline">{escape(article.title)}</h1>
<div class="info"><span itemprop="datePublished" content="{article.stamp}">{shown}</span>
{f.word("by")}: {escape(article.author or f.outlet)}</div>
<figure><img src="/n.jpg"><figcaption>{f.pick("captions")}</figcaption></figure>
<div itemprop="articleBody">
{rich(article, [also])}
</div><div class="likely">{f.word("share")}</div></main>
<section class="feed"><h2>{f.word("most")}</h2><ul>{f.teasers(5, item)}</ul></section>
<section class="talk">{f.comments("<p><b>{name}</b>, {day}</p><p>{text}</p>")}</section>{f.newsletter()}
<footer>{f.copyright()}</footer>{f.cookie()}"""
    return page(article, f, "", body)


PLAIN = (bitrix, old_portal, one_div, hashed, office, newsroom)
