"""Pages with a few words that are no bulletin: told by what several of their words and their build say together.

The phrases of kind_phrases are sure and few; makers of such pages put the same things in ever other words. Here a page
with little text is held against topics: what a consent manager, a firewall, a log-in box, a missing page or a parked
domain speaks of. Each topic counts once, so that no single word decides, and the page's build counts beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from processing.clean.address import addressed
from processing.clean.bare_words import TOPICS
from processing.clean.metadata import Metadata
from processing.records import Reason
from processing.text import fold_plain

SHORT = 900  # characters; such pages have fewer
SHOWN = 2500  # characters on a page that has nothing but its message
PROSE = 350  # characters of one paragraph: an article has begun
MENU_LINKS = 5  # more are a menu, whose words are not the page's message
FEW_LINKS = 8  # a page of a firewall, a registrar or a consent manager has no menu
# What must come together: topics in the text, and what counts as much as one in the build.
ENOUGH = {Reason.CONSENT: 4, Reason.LOGIN: 4, Reason.CHALLENGE: 4, Reason.SOFT_404: 4, Reason.PARKED: 3}
WORDS_ALONE = 5  # topics, where nothing in the build speaks for it
AT_LEAST = {Reason.PARKED: 1, Reason.LOGIN: 1}  # topics; of the others two
NAMES = {
    Reason.CONSENT: re.compile(
        r"(?i)cookie|consent|gdpr|kvkk|onetrust|didomi|qc-cmp|usercentrics|sp_message|fc-dialog|cmp[-_]?(?:box|wrapper|container)"
    ),
    Reason.LOGIN: re.compile(
        r"(?i)log-?in|sign-?in|auth(?:$|[-_ ])|pay-?wall|reg-?wall|subscri|premium|locked|gate[dw]?|member|otp"
    ),
    Reason.CHALLENGE: re.compile(
        r"(?i)challenge|captcha|cf-|ddos|firewall|waf|block(?:ed|-page)|bot-?(?:check|detect)|verify"
    ),
    Reason.SOFT_404: re.compile(
        r"(?i)error-?(?:404|page|content|wrap)|404|not-?found|no-?results|page-missing|empty-state"
    ),
    Reason.PARKED: re.compile(r"(?i)park(?:ed|ing)|for-?sale|sedo|suspend|hosting|registrar|coming-soon|maintenance"),
}
MARKS = {
    Reason.CHALLENGE: re.compile(
        r"(?i)challenge-platform|cdn-cgi/challenge|hcaptcha\.com|google\.com/recaptcha|px-captcha|captcha-delivery|"
        r"_Incapsula_|sucuri|ddos-guard|wordfence|qrator|variti|servicepipe|awswaf|akam/|kasada|friendlycaptcha|turnstile|within\.website|/\.within/|anubis"
    ),
    Reason.PARKED: re.compile(
        r"(?i)sedoparking|parkingcrew|bodis\.com|afternic|dan\.com|hugedomains|above\.com|parklogic|skenzo|voodoo\.com|"
        r"domainmarket|parking\.reg\.ru|parkpage|cgi-sys/(?:suspended|default)page|defaultwebpage\.cgi"
    ),
}
NO_SITE = "no site around it"  # of a message to a visitor: then one topic says which
FEW_WORDS = 5
TITLE_WORDS = 5  # of a message's title; longer ones are headlines, of news about passwords and lost pages too
HEAD, HEADS = 200, 3  # characters of a title, and headlines, that are looked at: a hostile one had 1.6 million
HARDLY, HARDLY_LINKS = 500, 3  # characters and links of a page that says one thing
SENTENCE = re.compile(r"[^\n.!?؟]{120,}[.!?؟…]+(?:\s|$)")  # as news has, and messages to visitors have not
FURNITURE = etree.XPath("boolean(//nav | //article | //aside)")
LINKS = etree.XPath("count(//a[@href])")
PASSWORD = etree.XPath("boolean(//input[@type='password' or @name='otp' or @autocomplete='one-time-code'])")
SHOWN_TEXT = etree.XPath(
    "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
)
BODY_NAMES = etree.XPath("string(//body/@class)")
# What a page says beside its links and furniture; of a missing page under a menu it may be the message alone.
OWN_TEXT = etree.XPath(
    "//body//text()[not(ancestor::a or ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside or "
    "ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
)
RIGHTS = re.compile(r"(?i)©|rights reserved|حقوق|права защищены|hakları saklı")
MATCHED = 30  # characters of a line by which it is found again: marks of inline elements come between the others
OFTEN = 2  # words to the visitor; a quotation in the news has one
OWN = 300  # characters of such a message
DENSE, DENSE_WORDS = 0.3, 60  # of a message's words that are its topics'; no bulletin of 200 has as many
DATED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d\d|\d\d:\d\d")
NOINDEX = etree.XPath("boolean(//meta[@name='robots'][contains(@content, 'noindex')])")
REFRESHED = etree.XPath("boolean(//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh'])")
# A drawn riddle or a widget of one, of its maker or home-made.
RIDDLE = re.compile(
    r"(?i)(?:g-recaptcha|h-captcha|cf-turnstile|smart-?captcha|px-captcha)|<(?:img|input|iframe|div)\b[^>]{0,200}captcha"
)
ASKED = re.compile(r"(?i)<(?:input|form|button)\b")
FIELD = re.compile(r"(?i)<input[^>]{0,200}(?:type=[\"']?(?:email|tel|password)|one-time-code)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is looked at of a page, folded where it is words."""

    tree: Any
    markup: str
    host: str
    said: str  # title, headlines and text; of a page without a menu everything on it
    heads: tuple[str, ...]  # title and headlines; none of a page that says it is an article
    boxes: str  # classes and ids of what holds the text
    message: str  # the text, without what stands in links and furniture
    is_bare: bool
    is_undeclared: bool  # a short text of no day, on a page that does not say it is an article
    says_little: bool
    is_addressed: bool  # it speaks to its visitor


def bare_kind(tree: Any, metadata: Metadata, text: str, markup: str, url: str) -> tuple[Reason, str] | None:
    """Say what a page with this little text is, where it is no article; None where it may be one.

    `markup` is the page's source. Nothing is asked of a text that has a paragraph of prose.
    """
    if len(text) > SHORT or any(len(line) > PROSE for line in text.split("\n")):
        return None
    page = _look(tree, metadata, text, markup, url)
    found = []
    for reason, topics in TOPICS.items():
        build = _build(reason, page)
        if not (page.is_bare or build):  # words alone are a bulletin's, and most pages end here
            continue
        least = max(1 if NO_SITE in build else AT_LEAST.get(reason, 2), ENOUGH[reason] - len(build))
        least = least if build else WORDS_ALONE
        named = _named(topics, page.said, least)
        if len(named) >= least:
            found.append((reason, (*named, *build)))
    if not found:
        return None
    reason, signs = max(found, key=lambda one: len(one[1]) - ENOUGH[one[0]])  # the first of equals
    return reason, f"{len(text)} characters about {', '.join(signs)}"


def _named(topics: dict[str, re.Pattern[str]], said: str, least: int) -> list[str]:
    """Return the topics that are spoken of; looked for no further than `least` of them can still be reached."""
    named: list[str] = []
    for left, (name, pattern) in zip(range(len(topics) - 1, -1, -1), topics.items(), strict=True):
        if pattern.search(said):
            named.append(name)
        if len(named) + left < least:
            break
    return named


def _look(tree: Any, metadata: Metadata, text: str, markup: str, url: str) -> _Page:
    heads = tuple(fold_plain(line[:HEAD]) for line in filter(None, (metadata.title, *metadata.headlines[:HEADS])))
    message = _message(tree, text)
    said = "\n".join((*heads, message))
    links = LINKS(tree)
    is_bare = links <= FEW_LINKS and not FURNITURE(tree)
    if is_bare and len(shown := _joined((SHOWN_TEXT if links <= MENU_LINKS else OWN_TEXT)(tree))) <= SHOWN:
        said = f"{said}\n{fold_plain(shown)}"
    is_told = metadata.is_article
    spoken = 0 if is_told else addressed(said)
    is_news = SENTENCE.search(message) and spoken < OFTEN
    is_short = len(message) <= OWN and not (metadata.times or is_news or DATED.search(message))
    is_alone = links <= HARDLY_LINKS and len(said) <= HARDLY and not SENTENCE.search(said)
    return _Page(
        tree=tree,
        markup=markup,
        host=urlsplit(url).netloc.removeprefix("www."),
        said=said,
        heads=() if is_told else heads,
        boxes=_boxes(tree, text),
        message=message,
        is_bare=is_bare,
        is_undeclared=not is_told and is_short,
        says_little=not is_told and is_alone,
        is_addressed=spoken > 0,
    )


def _build(reason: Reason, page: _Page) -> list[str]:
    """Name what in the build of a page speaks for a reason."""
    found = []
    if NAMES[reason].search(page.boxes) or (reason is Reason.SOFT_404 and NAMES[reason].search(BODY_NAMES(page.tree))):
        found.append("the name of its box")
    if page.is_bare and (mark := MARKS.get(reason)) and mark.search(page.markup):
        found += ["its maker's script", "no menu"]
    asks = reason is not Reason.LOGIN or page.is_addressed or ASKED.search(page.markup)
    if page.is_bare and page.says_little and asks:
        found.append("hardly a word besides")
        if page.is_undeclared and page.is_addressed:
            found.append(NO_SITE)
    if page.is_undeclared:
        signs = (
            ("speaking to its visitor", page.is_addressed),
            ("hardly another topic", _is_dense(reason, page.message)),
            ("not for search engines", NOINDEX(page.tree)),
        )
        found += [name for name, sign in signs if sign]
        if found and not (page.is_bare and page.says_little):
            found.append("no day, no author")
    if reason is Reason.CHALLENGE and page.is_bare and page.is_undeclared:
        found += [
            name
            for name, sign in (("a riddle", RIDDLE.search(page.markup)), ("a refresh", REFRESHED(page.tree)))
            if sign
        ]
    if reason is Reason.LOGIN and page.is_bare and page.is_undeclared and FIELD.search(page.markup):
        found.append("a field for a visitor's name")
    if reason is Reason.LOGIN and (page.is_bare or found) and PASSWORD(page.tree):
        found += ["a field for a password"] * (1 + bool(found))
    if reason is Reason.PARKED and page.host and any(page.host in head for head in page.heads):
        found.append("its own host as the title")
    is_message = page.is_bare or page.is_undeclared or bool(found)  # an article of old markup has such a title, too
    if is_message and any(_is_titled(reason, head) for head in _titles(reason, page)):
        found.append("its title")
    return found


def _titles(reason: Reason, page: _Page) -> list[str]:
    """Return the heads that may be a message's title; one of a log-in only where there is a field or a word to the visitor."""
    if reason is Reason.LOGIN and not (page.is_addressed or (page.is_bare and FIELD.search(page.markup))):
        return []
    return [head for head in page.heads if len(head.split()) <= TITLE_WORDS or page.is_addressed]


def _message(tree: Any, text: str) -> str:
    """Return the folded lines of a text that stand outside of links and furniture; if none does, what else stands there."""
    own = fold_plain(_joined(OWN_TEXT(tree)))
    lines = [fold_plain(line.strip("-•| ")) for line in text.split("\n")]
    kept = [line for line in lines if line[:MATCHED] in own]
    return "\n".join(kept) or own[: OWN + 1]


def _joined(parts: list[str]) -> str:
    """Return runs of text in one line, without what every page's last line says of rights."""
    return " ".join(" ".join(part.split()) for part in parts if part.strip() and not RIGHTS.search(part))


def _is_dense(reason: Reason, own: str) -> bool:
    """Say whether a message is made of a reason's topics, two of them at least."""
    words = len(own.split())
    if not 0 < words <= DENSE_WORDS:
        return False
    hits = [len(pattern.findall(own)) for pattern in TOPICS[reason].values()]
    return sum(map(bool, hits)) > 1 and sum(hits) >= DENSE * words


def _is_titled(reason: Reason, head: str) -> bool:
    """Say whether a title speaks of a reason: by two of its topics, or, if it is little else than "sign in", by one."""
    topics = TOPICS[reason]
    if reason is Reason.LOGIN and len(head.split()) <= FEW_WORDS:
        return any(topics[name].search(head) for name in ("account", "password"))
    return sum(pattern.search(head) is not None for pattern in topics.values()) > 1


def _boxes(tree: Any, text: str) -> str:
    """Return the classes and ids of the boxes that hold the longest line of the text; of the page's own, none."""
    line = max(text.split("\n"), key=len, default="").strip("-•| \t")
    if not line:
        return ""
    start = line[:40]
    for element in tree.iter("p", "div", "h1", "h2", "h3", "li", "span", "td", "label", "strong", "section"):
        if start in " ".join((element.text or "").split()):
            boxes = [element, *(box for box in element.iterancestors() if box.tag not in ("body", "html", "main"))]
            return " ".join(f"{box.get('class') or ''} {box.get('id') or ''}" for box in boxes)
    return ""
