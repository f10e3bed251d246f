"""The way of one page through the package.

bytes → text (decode) → tree → what it says of itself (metadata, title) → foreign boxes out (prune) → its text (extract, trim)
      → what kind of page it is (pagekind) → its dates (dating) → the outlet's known lines out (boilerplate) → language → Article
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from crawlers.records import DayOrder, Outlet, Page
from crawlers.rules import CleanRules, rules_at
from processing.clean import barepage, formats, pagekind, teasers, walls
from processing.clean.boilerplate import without_boilerplate
from processing.clean.dating import Clues, Dated, date_page
from processing.clean.decode import Decoded, decode, mojibake
from processing.clean.extract import (
    EXTRACTOR,
    Extracted,
    count_elements,
    declared_bodies,
    extract,
    extract_declared,
    parse,
    words_on_page,
)
from processing.clean.identity import Identity, identify
from processing.clean.metadata import Metadata, read_metadata
from processing.clean.prune import prune, unfold_tables
from processing.clean.title import Titled, find_title
from processing.language import language, passages
from processing.records import Article, ArticleKind, DateOrigin, Quarantine, Reason, Rejection
from processing.text import fold_plain, storable

CLEANER = "5"
HTML_LIMIT = 3_000_000  # bytes; of 1,400 news pages measured the largest had 2.1 MB
ELEMENTS_LIMIT = 50_000  # extraction is worse than linear: 80,000 paragraphs took 15 s
WORDS_LIMIT = 4  # fewer are no sentence; a bulletin of one sentence is an article
LOST_WORDS = 30  # words on a page without a text, from which the extractor is to blame and not the page
PROSE_RUN, LOST_PROSE = 80, 250  # characters of one run of text, and of all such: more than a footer has
DETAIL_LENGTH = 300
DATED_LINES = 3  # at the head of a text, where the page's own date line may have come along
# A date in the shape of numbers, as it stands in bytes: digits of any script, the year last.
_DIGIT = rb"(?:[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9])"
CENTURIES = tuple(dash + twenty for dash in (b"/", b"-", b".") for twenty in (b"20", "٢٠".encode(), "۲۰".encode()))
DAY_AND_MONTH = re.compile(rb"(?<![0-9/.\-])" + _DIGIT + rb"{1,2}\s?[/.\-]\s?" + _DIGIT + rb"{1,2}\s?$")
REST_OF_YEAR = re.compile(_DIGIT + rb"{2}(?!" + _DIGIT + rb")")
DAY_AND_MONTH_LENGTH = 12  # bytes at most
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanHints:
    """What is known of an outlet beside its declaration."""

    day_order: DayOrder | None = None  # learned from its pages; the declaration's wins


def clean(page: Page, outlet: Outlet, hints: CleanHints) -> Article | Rejection:
    """Return the article that a page holds, or why it holds none."""
    rules = rules_at(outlet.clean, page.fetch.fetched_at)
    decoded = _gate(page)
    if not isinstance(decoded, Decoded):
        return rejected(page, outlet, *decoded)
    tree = parse(decoded.text)
    if tree is None:
        return rejected(page, outlet, Reason.EMPTY, "no element and no word")
    if decoded.text.count("<") > ELEMENTS_LIMIT and (count := count_elements(tree)) > ELEMENTS_LIMIT:
        return rejected(page, outlet, Reason.TOO_LARGE, f"{count} elements")
    metadata = read_metadata(tree)
    title = find_title(
        tree, metadata, tuple(filter(None, (outlet.name, outlet.name_ar, outlet.name_ru))), page.link.title
    )
    extracted = _extracted(tree, metadata, title, rules)
    if finding := _judge(page, tree, metadata, extracted, decoded):
        return rejected(page, outlet, *finding)
    clues = Clues(
        link=page.link,
        url=page.fetch.url,
        fetched_at=page.fetch.fetched_at,
        timezone=rules.timezone,
        day_order=rules.day_order or hints.day_order,
        last_modified=page.fetch.last_modified,
    )
    dated = date_page(tree, metadata, title.element, extracted.text, clues)
    found = formats.kind(tree, metadata, title.text, extracted.text, page.fetch.url)
    if rules.boilerplate:  # after all that judges and dates the page: a known line may be the one that shows its date
        extracted = without_boilerplate(extracted, outlet.boilerplate)
    return _article(page, identify(page, outlet, metadata), outlet, decoded, metadata, title, extracted, dated, found)


def _extracted(tree: Any, metadata: Metadata, title: Titled, rules: CleanRules) -> Extracted:
    """Take foreign boxes out of the tree and return the article's text, the outlet's own rules first."""
    bodies = declared_bodies(tree, rules)
    pruned = sum(prune(body, title.element) for body in bodies)
    found = extract_declared(bodies, rules, tree, title.text) if bodies else None
    missed = ("body_selector_missed",) if rules.body and found is None else ()
    if found is None:
        unfold_tables(tree, title.element)
        pruned = prune(tree, title.element)
        found = extract(tree, metadata.ld_body, title.text, title.element)
    boxes = ("boxes pruned",) if pruned else ()
    return replace(found, rules=(*boxes, *found.rules), flags=(*missed, *found.flags))


def numeric_dates(page: Page) -> list[str]:
    """Return the numeric dates in a page's bytes, day or month first, each once: food for `dates.learn_day_order`.

    A cheap pass over raw bytes, nothing is parsed; scripts are left out, because their dates are their makers'.
    """
    body = _without_scripts(page.body)
    found: dict[str, None] = {}
    for century in CENTURIES:
        at = body.find(century)  # of 300 kB a search for bytes takes a tenth of what a pattern does
        while at >= 0:
            day = DAY_AND_MONTH.search(body, max(0, at - DAY_AND_MONTH_LENGTH), at)
            rest = REST_OF_YEAR.match(body, at + len(century)) if day else None
            if day and rest:
                found["".join((day[0] + century + rest[0]).decode().split())] = None
            at = body.find(century, at + 1)
    return list(found)


def _gate(page: Page) -> Decoded | pagekind.Finding:
    """Decode a page, or say why it is not looked at any further."""
    content_type = page.fetch.content_type or ""
    if why := pagekind.foreign(content_type, page.body):
        return Reason.NOT_HTML, why
    if finding := pagekind.declared_kind(page.headers, page.fetch.url, page.link.url):
        return finding
    if len(page.body) > HTML_LIMIT:
        return Reason.TOO_LARGE, f"{len(page.body)} bytes"
    if not page.body.strip():
        return Reason.EMPTY, "no bytes but whitespace"
    decoded = decode(page.body, content_type)
    return decoded if isinstance(decoded, Decoded) else (Reason.UNDECODABLE, decoded)


def _judge(
    page: Page, tree: Any, metadata: Metadata, extracted: Extracted, decoded: Decoded
) -> pagekind.Finding | None:
    """Say why a page with this text is no article, or None."""
    text = extracted.text
    if mojibake(text):
        return Reason.UNDECODABLE, f"text that was encoded twice, read as {decoded.encoding}"
    finding = (
        pagekind.titled_kind(metadata, text)
        or pagekind.worded_kind(text, decoded.text)
        or pagekind.walled(tree, text, decoded.text)
        or pagekind.homepage(page.fetch.url)
        or pagekind.listing(tree, metadata, text, page.fetch.url)
        or teasers.teased(tree, metadata, text)
        or walls.walled(tree, text, decoded.text)
        or barepage.bare_kind(tree, metadata, text, decoded.text, page.fetch.url)
    )
    words = len(text.split())
    if finding or words >= WORDS_LIMIT:
        return finding
    runs = _runs_in_markup(decoded.text)
    shown = max(words_on_page(tree), sum(len(run.split()) for run in runs))
    if shown == 0:
        return Reason.EMPTY, "no words"
    prose = sum(len(run) for run in runs if len(run) >= PROSE_RUN)
    if (shown > LOST_WORDS and not words) or prose >= LOST_PROSE:
        return Reason.EXTRACT_LOST, f"{words} words extracted of {shown} on the page, {prose} characters of prose"
    return Reason.TOO_SHORT, f"{words} words of {shown} on the page"


def _runs_in_markup(text: str) -> list[str]:
    """Return what stands between tags: of pages nested so deep that the parser gives up, the tree holds little or nothing."""
    plain = _without_scripts(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    return [run for run in (" ".join(part.split()) for part in TAG.split(plain)) if run]


def _without_scripts(body: bytes) -> bytes:
    """Cut out what stands in <script>. By hand: a regular expression takes quadratic time where none of them is closed."""
    lower = body.lower()
    parts = []
    position = 0
    while (start := lower.find(b"<script", position)) >= 0:
        parts.append(body[position:start])
        end = lower.find(b"</script", start)
        position = len(body) if end < 0 else end
    return b" ".join((*parts, body[position:]))


def _article(
    page: Page,
    identity: Identity,
    outlet: Outlet,
    decoded: Decoded,
    metadata: Metadata,
    titled: Titled,
    extracted: Extracted,
    dated: Dated,
    kind: ArticleKind,
) -> Article:
    title, dropped = storable(" ".join((titled.text or extracted.text.split("\n", 1)[0])[:500].split()))
    text, more = storable(_without_head(extracted.text, title, dated))
    code, confidence = language(f"{title}\n{text}")
    flags = {
        *extracted.flags,
        *(["damaged_characters"] if decoded.replaced else []),
        *(["unstorable_characters"] if dropped + more or "\0" in decoded.text else []),
        *(["title_from_text"] if not titled.text else []),
        *(["no_date"] if dated.published is None else []),
        *(["hijri_date_only"] if dated.is_hijri else []),
        *identity.flags,
    }
    return Article(
        key=identity.key,
        page_key=page.link.key,
        outlet=outlet.slug,
        crawl_id=page.fetch.crawl_id,
        fetch_sequence=page.fetch.sequence,
        url=page.fetch.url,
        canonical=identity.canonical,
        fetched_at=page.fetch.fetched_at,
        title=title,
        text=text,
        authors=tuple(storable(name)[0] for name in metadata.authors),
        language=code,
        language_confidence=confidence,
        passages=passages(text, code),
        kind=kind,
        published=dated.published,
        date_candidates=dated.candidates,
        modified_at=dated.modified_at,
        content_sha256=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        body_sha256=_body_sha256(page),
        extractor=EXTRACTOR,
        cleaner=CLEANER,
        rules=extracted.rules,
        flags=tuple(sorted(flags)),
    )


def _without_head(text: str, title: str, dated: Dated) -> str:
    """Drop from the head of a text the lines that only repeat the headline or are the page's date line.

    A date line in an inline element, as Bitrix prints it, comes stuck to the first paragraph.
    """
    shown = {c.raw for c in dated.candidates if c.origin in (DateOrigin.VISIBLE, DateOrigin.TIME)}
    repeated = {fold_plain(title), *map(fold_plain, shown)}
    lines = text.split("\n")
    head = [line for line in lines[:DATED_LINES] if " ".join(fold_plain(line).split()) not in repeated]
    for raw in shown:
        if head and head[0].startswith(raw) and not any(map(str.isalpha, raw)):
            head[0] = head[0].removeprefix(raw).lstrip(" |-–—:,،")
    return "\n".join((*head, *lines[DATED_LINES:])) if head or lines[DATED_LINES:] else text


def rejected(page: Page, outlet: Outlet, reason: Reason | Quarantine, detail: str) -> Rejection:
    """Return the record of a page that is no article; `detail` is made storable and cut."""
    return Rejection(
        key=page.link.key,
        outlet=outlet.slug,
        crawl_id=page.fetch.crawl_id,
        fetch_sequence=page.fetch.sequence,
        url=page.fetch.url,
        fetched_at=page.fetch.fetched_at,
        reason=reason,
        detail=" ".join(storable(detail)[0].split())[:DETAIL_LENGTH],
        body_sha256=_body_sha256(page),
        cleaner=CLEANER,
    )


def _body_sha256(page: Page) -> str:
    return page.fetch.body_sha256 or hashlib.sha256(page.body).hexdigest()
