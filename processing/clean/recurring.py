"""An outlet's articles → the lines that recur in them, for a person to review: `learn(texts, is_name)`.

A line is the site's when many articles have it that have little else in common. That takes care of what recurs for other
reasons: copies of one report and reports that grow by updates count once, because the lines they share are no evidence
that they differ; a heading of a bulletin's section, an item of a list, a name, a source, a count of victims is never
proposed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from processing.clean.boilerplate import LAST_LINES, NUMBER, endings, form
from processing.text import fold_plain

LEAST = 5  # articles
MIN_SHARE = 0.1  # of the outlet's articles
OWN = 0.4  # of an article's characters are in lines of its own, or it says nothing on the others
RARE = 0.2  # a line of an article's own is in so many articles, as a share of those with the line in question
WORDS = 4  # fewer may be a name or a heading that nothing tells as one,
OFTEN = 0.4  # so they must stand in so many articles
NEVER = 2.0  # a share that nothing has
LONGEST = 1000  # characters; a footer's claim of rights is no longer
EXAMPLES = 3
SHORT_HEADING = 6  # words; a longer line is more than a name
PROSE = 12  # words of a line that ends as a sentence does: it may be the background of many reports,
PROSE_SHARE = 0.4  # so it must stand in so many articles
ITEM = re.compile(r"[-•*·▪]|\d+\.?\d* (?!\W)")  # an item of a list: "- three of the brigade", "3 in the countryside"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
SENTENCE = (".", "!", "?", "؟", "…", '"')
# All of these are met by folded words. Who is cited, where something happened and how many died is what the articles are for.
SOURCE = re.compile(
    r"\W*(?:source|by|reporting by|written by|edited by|المصدر|المصادر|مصدر|بقلم|كتب|كتبه|اعداد|تقرير|تحرير|источник|автор"
    r"|kaynak|haber)\b"
)
HEADING = re.compile(
    r"\W*(?:في )?(?:ريف|ريفي|محافظه|مدينه|بلده|منطقه|جبهه|قطاع|محور|countryside|rural|governorate|province|провинция|город)\b"
)
DATELINE = re.compile(r"[^-:|]{2,40} ?- ?[^-:|]{2,40}")  # "Place - Outlet (reporter)"
DATELINE_WORDS = 8
VICTIMS = re.compile(
    r"killed|dead|death|wounded|injur|casualt|victim|martyr|قتيل|قتل|جريح|جرح|شهيد|شهداء|ضحي|ضحايا|اصاب|مصاب|погиб|убит"
    r"|ранен|\bolu\b|yarali|sehit"
)


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the learner needs it."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A line that recurs: as printed but with 0 for each number, how often, and where to look."""

    line: str
    count: int  # articles that have it and differ otherwise
    share: float  # of all articles that differ, 0-1
    examples: tuple[str, ...]  # keys of articles


def learn(
    texts: Iterable[Read], is_name: Callable[[str], bool], least: int = LEAST, min_share: float = MIN_SHARE
) -> tuple[Recurring, ...]:
    """Return the lines that recur in at least `least` articles and in a share of `min_share`, the most frequent first.

    `is_name` says of a short line whether it is but a name (processing.clean.naming). The order of the articles makes no
    difference.
    """
    articles = sorted({read.key: read for read in texts}.values(), key=lambda read: read.key)
    lines = [_lines(read.text) for read in articles]
    often = Counter(found for article in lines for found in article)
    whole = Counter(found for read in articles for found in set(map(form, read.text.split("\n"))))
    where: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(lines):
        for found in article:
            if often[found] >= least and _may_be_boilerplate(found):
                where[found].append(number)
    total = len({fold_plain(read.title) or read.key for read in articles})
    proposed = []
    for found, numbers in where.items():
        differing = _differing(found, numbers, lines, articles, often)
        share = len(differing) / total
        if len(differing) >= least and share >= max(min_share, _least_share(found, whole[found] >= least)):
            printed = Counter(lines[number][found] for number in numbers)
            line = min(printed, key=lambda text: (-printed[text], text))
            if found.count(" ") < SHORT_HEADING and is_name(line):
                continue
            keys = tuple(articles[number].key for number in differing[:EXAMPLES])
            proposed.append(Recurring(line=line, count=len(differing), share=min(share, 1.0), examples=keys))
    return tuple(sorted(_longest(proposed), key=lambda found: (-found.count, found.line)))


def _lines(text: str) -> dict[str, str]:
    """Return the lines of a text and what may be glued to the last of them, by form, each as it is printed."""
    given = text.split("\n")
    glued = [ending for line in given[-LAST_LINES:] for _, ending in endings(line)]
    return {form(line): _printed(line) for line in (*glued, *given) if line.strip()}


def _printed(line: str) -> str:
    return NUMBER.sub("0", " ".join(UNPRINTABLE.sub("", line).split()))


def _may_be_boilerplate(found: str) -> bool:
    """Say whether a line with this form may belong to a site at all, by what it says."""
    words = found.count(" ") + 1
    if len(found) > LONGEST or not any(map(str.isalpha, found)) or found.endswith((":", "،", ",")):
        return False
    if SOURCE.match(found) or ITEM.match(found) or ("0" in found and VICTIMS.search(found)):
        return False
    if words <= DATELINE_WORDS and DATELINE.fullmatch(found):
        return False
    return words > SHORT_HEADING or not HEADING.match(found)


def _least_share(found: str, is_line: bool) -> float:
    """Return in what share of the articles such a line, or end of a line, must stand, whatever is asked for."""
    words = found.count(" ") + 1
    if words < WORDS:
        return OFTEN if is_line else NEVER
    return PROSE_SHARE if not is_line or (words >= PROSE and found.endswith(SENTENCE)) else 0.0


def _differing(
    found: str, numbers: Sequence[int], lines: Sequence[dict[str, str]], articles: Sequence[Read], often: Counter[str]
) -> list[int]:
    """Return those of the articles with this line that have most of their text, a line and a title to themselves."""
    rare = max(1, RARE * len(numbers))
    seen: set[str] = set()
    differing = []
    for number in numbers:
        own = [line for line in lines[number] if often[line] <= rare]
        if sum(map(len, own)) < OWN * sum(map(len, lines[number])):
            continue
        marks = {min(own, key=lambda line: (often[line], -len(line), line)), fold_plain(articles[number].title)} - {""}
        if not marks & seen:
            differing.append(number)
        seen |= marks
    return differing


def _longest(proposed: Sequence[Recurring]) -> list[Recurring]:
    """Leave out the end of a line that recurs no oftener than the longer end or line that it belongs to."""
    return [
        short
        for short in proposed
        if not any(
            long.line != short.line and long.line.endswith(short.line) and long.count >= short.count
            for long in proposed
        )
    ]
