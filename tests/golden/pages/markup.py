"""Page templates of content systems that mark the body: WordPress, Joomla, Drupal, Blogger, itemprop."""

from __future__ import annotations

import json
from html import escape

from tests.golden.pages.furniture import Article, Furniture, broken, rich


def page(article: Article, f: Furniture, head: str, body: str, body_class: str = "") -> str:
    """A whole HTML document; {charset} is filled in by the builder."""
    title = f"{escape(article.title)} - {escape(f.outlet)}"
    meta = f'<meta charset="{{charset}}">\n<title>{title}</title>\n{head}'
    open_body = f'<body class="{body_class}">' if body_class else "<body>"
    opening = f'<!DOCTYPE html>\n<html lang="{f.language}" dir="{f.direction}">'
    script = "<script>var _q=_q||[];_q.push(['track','page']);</script>"
    return f"{opening}\n<head>\n{meta}\n</head>\n{open_body}\n{body}\n{script}\n</body>\n</html>\n"


def json_ld(article: Article, f: Furniture) -> str:
    """A NewsArticle block with a later dateModified."""
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.stamp,
        "dateModified": f"2026-0{f.rng.randint(3, 9)}-1{f.rng.randint(0, 9)}T08:00:00+03:00",
        "publisher": {"@type": "Organization", "name": f.outlet},
    }
    return f'<script type="application/ld+json">{json.dumps(fields, ensure_ascii=False)}</script>'


def wordpress_classic(article: Article, f: Furniture) -> str:
    """WordPress with entry-content, JSON-LD and a comment list."""
    shown = f.day(article.published_on, "long", article.time)
    also = f'<p><strong>{f.word("readmore")}: <a href="/?p={f.rng.randint(1, 9999)}">{f.headline()}</a></strong></p>'
    photo = f'<div class="wp-caption"><img src="/u/1.jpg"><p class="wp-caption-text">{f.pick("captions")}</p></div>'
    share = f'<div class="sharedaddy"><h3>{f.word("share")}</h3><ul><li>Facebook</li><li>Twitter</li></ul></div>'
    item = '<li class="widget-post"><a href="#">{title}</a><span>{day}</span><p>{text}</p></li>'
    note = '<li class="comment"><cite>{name}</cite> <time>{day}</time><p>{text}</p></li>'
    by = f'<span class="author vcard">{f.word("by")} {escape(article.author or f.outlet)}</span>'
    body = f"""<header class="site-header"><a href="/">{f.outlet}</a><div class="date-now">{f.today()}</div>
<ul id="menu-main" class="menu">{f.links(f.menu())}</ul></header>
<div class="ticker"><b>{f.word("breaking")}</b> {f.pick("tickers")}</div>
<div id="content"><article class="post hentry"><div class="breadcrumb">{f.word("home")} » {f.word("cat")}</div>
<h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on">{shown}</span> {by}</div>
{share}
<div class="entry-content">
{photo}
{rich(article, [also])}
{share}
</div>
<footer class="entry-footer">{f.word("tags")}: {f.links(f.words("tag"), '<a href="{url}" rel="tag">{label}</a>')}</footer>
</article>
<div id="comments"><h3>{f.word("comments")}</h3><ol>{f.comments(note)}</ol><h3>{f.word("leave")}</h3></div></div>
<aside id="sidebar"><h3>{f.word("most")}</h3><ul>{f.teasers(4, item)}</ul>{f.poll()}{f.newsletter()}</aside>
<footer id="colophon"><p>{f.word("about")}</p><p>{f.copyright()}</p></footer>{f.cookie()}"""
    meta = f'<meta property="og:title" content="{escape(article.title)} | {escape(f.outlet)}">'
    return page(article, f, f"{meta}\n{json_ld(article, f)}", body, "single single-post")


def newspaper_theme(article: Article, f: Furniture) -> str:
    """WordPress with the Newspaper theme: share bars and related posts inside td-post-content."""
    clock = f'<time class="entry-date updated td-module-date" datetime="{article.stamp}">'
    shown = f.day(article.published_on, "week", article.time)
    share = f'<div class="td-post-sharing"><span>{f.word("share")}</span><a>Facebook</a><a>WhatsApp</a></div>'
    inner = '<div class="td_module_mx"><h4><a href="#">{title}</a></h4><i>{day}</i><div class="td-excerpt">{text}</div></div>'
    related = f'<div class="td_block_related"><h4>{f.word("related")}</h4>{f.teasers(2, inner)}</div>'
    note = '<div class="comment"><b>{name}</b> <span>{day}</span><p>{text}</p></div>'
    body = f"""<div class="td-header"><div class="td-date">{f.today()}</div>
<ul class="sf-menu">{f.links(f.menu(25, 40))}</ul></div>
<div class="td-trending"><span>{f.word("breaking")}</span><a href="#">{f.pick("tickers")}</a></div>
<div class="td-crumb">{f.word("home")} / {f.word("cat")}</div>
<div class="td-post-header"><h1 class="entry-title">{escape(article.title)}</h1>
<span class="td-post-date">{clock}{shown}</time></span> <span>{f.rng.randint(90, 9000)} {f.word("views")}</span></div>
{share}
<div class="td-post-content tagdiv-type">
<div class="td-post-featured-image"><figure><img src="/a.jpg"><figcaption>{f.pick("captions")}</figcaption></figure></div>
{rich(article, [related])}
<p>{f.word("translator")}</p>
</div>
<ul class="td-tags"><li><span>{f.word("tags")}</span></li>{f.links(f.words("tag"))}</ul>{share}
<div class="td-next-prev"><span>{f.word("prev")}</span><a href="#">{f.headline()}</a>
<span>{f.word("next")}</span><a href="#">{f.headline()}</a></div>
<div class="td_block_related_posts"><h4>{f.word("more")}</h4>{f.teasers(3, inner)}</div>
<div class="comments">{f.comments(note)}</div>{f.newsletter()}
<div class="td-footer">{f.word("about")}<br>{f.copyright()}</div>{f.cookie()}"""
    head = f'<meta property="article:published_time" content="{article.stamp}">'
    return page(article, f, head, body, "td-standard-pack")


def joomla(article: Article, f: Furniture) -> str:
    """Joomla in a table layout: item-page, only a visible date."""
    shown = f.day(article.published_on, "week", article.time)
    also = f'<p style="color:#900">{f.word("readmore")}: <a href="#">{f.headline()}</a></p>'
    item = '<div class="latest"><a href="#">{title}</a> ({day})<p>{text}</p></div>'
    body = f"""<table width="1000" align="center"><tr><td colspan="3" class="head">{f.outlet} | {f.today()}</td></tr>
<tr><td colspan="3"><ul class="menu nav">{f.links(f.menu())}</ul></td></tr>
<tr><td width="180" valign="top"><div class="moduletable"><h3>{f.word("most")}</h3>{f.teasers(3, item)}</div>{f.poll()}</td>
<td valign="top"><div class="item-page"><h2>{escape(article.title)}</h2>
<dl class="article-info"><dd class="category">{f.word("cat")}</dd><dd class="create">{shown}</dd>
<dd class="hits">{f.rng.randint(100, 9000)} {f.word("views")}</dd></dl>
<ul class="actions"><li>{f.word("print")}</li><li>{f.word("share")}</li></ul>
{rich(article, [also])}
<ul class="pager pagenav"><li>{f.word("prev")}</li><li>{f.word("next")}</li></ul></div>
<div class="jcomments">{f.comments("<div><b>{name}</b> {day}<div>{text}</div></div>")}</div></td>
<td width="200" valign="top">{f.teasers(2, item)}{f.newsletter()}</td></tr>
<tr><td colspan="3" align="center">{f.copyright()}</td></tr></table>"""
    return page(article, f, '<meta name="generator" content="Joomla! - Open Source Content Management">', body)


def drupal(article: Article, f: Furniture) -> str:
    """Drupal 7: field-name-body, a submitted line, comments as nodes."""
    shown = f.day(article.published_on, "long", article.time)
    also = f'<p><a href="/node/{f.rng.randint(100, 999)}">{f.word("readmore")} | {f.headline()}</a></p>'
    item = '<div class="views-row"><div class="views-field-title">{title}</div><div>{day}</div><p>{text}</p></div>'
    note = (
        '<div class="comment"><div class="submitted">{name} - {day}</div><div class="content"><p>{text}</p></div></div>'
    )
    caption = f'<blockquote class="cap">{f.pick("captions")}</blockquote>'
    photo = f'<div class="field field-name-field-image"><img src="/f.jpg">{caption}</div>'
    body = f"""<div id="page"><div id="header">{f.outlet}<div class="block-date">{f.today()}</div></div>
<ul id="main-menu" class="links">{f.links(f.menu())}</ul><div class="breadcrumb">{f.word("home")} › {f.word("cat")}</div>
<div class="region-ticker">{f.word("breaking")}: {f.pick("tickers")}</div>
<h1 class="title" id="page-title">{escape(article.title)}</h1>
<div class="node node-article"><div class="submitted">{shown}</div>{photo}
<div class="field field-name-body field-type-text-with-summary"><div class="field-items">
<div class="field-item even" property="content:encoded">
{rich(article, [also])}
</div></div></div>
<div class="field field-name-field-tags">{f.links(f.words("tag"), '<a href="{url}">{label}</a>')}</div>
<ul class="links inline"><li>{f.word("share")}</li><li>{f.word("print")}</li></ul></div>
<div id="comments" class="comment-wrapper"><h2>{f.word("comments")}</h2>{f.comments(note)}</div>
<div class="region-sidebar">{f.teasers(5, item)}{f.poll()}{f.newsletter()}</div>
<div id="footer">{f.copyright()}</div></div>{f.cookie()}"""
    return page(
        article,
        f,
        '<meta name="Generator" content="Drupal 7 (http://drupal.org)">',
        body,
        "html not-front node-type-article",
    )


def blogger(article: Article, f: Furniture) -> str:
    """Blogger: post-body with br-only paragraphs, the date in date-header."""
    shown = f.day(article.published_on, "week")
    photo = f'<div class="separator"><img src="/b.jpg"></div><span style="font-size:x-small">{f.pick("captions")}</span><br><br>'
    also = f'<a href="#">{f.word("readmore")}: {f.headline()}</a>'
    item = '<li><a href="#">{title}</a><div class="item-snippet">{text} {day}</div></li>'
    note = '<li class="comment"><cite>{name}</cite><span class="datetime">{day}</span><p>{text}</p></li>'
    body = f"""<div class="header"><h1 class="title">{f.outlet}</h1><p class="description">{f.word("about")}</p></div>
<div class="widget PageList"><ul>{f.links(f.menu(20, 30))}</ul></div><div class="widget">{f.today()}</div>
<div class="date-outer"><h2 class="date-header"><span>{shown}</span></h2>
<div class="post hentry"><h3 class="post-title entry-title">{escape(article.title)}</h3>
<div class="post-body entry-content">{photo}
{broken(article, [also])}
<br><br><b>{f.word("translator")}</b></div>
<div class="post-footer">{f.word("by")} {escape(article.author or "admin")} {article.time or "10:00"}
<span>{f.word("share")}</span></div></div></div>
<div class="comments"><ol>{f.comments(note)}</ol></div>
<div class="widget PopularPosts"><h2>{f.word("most")}</h2><ul>{f.teasers(4, item)}</ul></div>
<div class="widget BlogArchive"><ul><li>2026 (12)</li><li>2018 (340)</li><li>2011 (57)</li></ul></div>
<div class="widget Attribution">{f.copyright()}</div>{f.cookie()}"""
    return page(article, f, '<meta name="generator" content="blogger">', body)


MARKED = (wordpress_classic, newspaper_theme, joomla, drupal, blogger)
