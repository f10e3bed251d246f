"""Articles on one event: `python -m benchmarks.stories [--corpus DIR] [--misses N]`.

Texts tied to incidents, as pages of their outlets without feed and date: the day is what address and text say (a third of
them say none), never the day of the incident. The number in an address says it by the days that the outlet's declaration has
for other pages (`[[numbered]]`); as those are days of incidents that such pages report, all near the text's own are
left out for it. As the corpus has no time of fetching either, all are looked up as of one day, which is harder than a crawl,
where a page appears on its day. Beside ours:

- *without numbers*: ours, were no address numbered;
- *single links*: ours, with one likely pair enough to join two groups;
- *words*: groups of texts above the cosine of weighted words that is best (single links), the outlet's own left out;
- *true place and day*: what the incident's own governorate and day would give, which no text tells: a bound;
- *dated*: ours with the incident's day as the page's date, told to the minute by nobody: another bound.

B-cubed precision and recall, of texts of one incident and of all; those of several count as together with each. Pairs
across languages are those of one incident, found where both are in one story.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import combinations
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.cases import reads_corpus, rows
from crawlers.numbers import OpenDays, open_days, read_day
from crawlers.outlets import load_outlets
from crawlers.records import Fetch, FetchOutcome, Link, Outlet, OutletStatus, Page, Purpose
from crawlers.urls import allowed
from processing.clean import CleanHints, clean
from processing.describe import describe
from processing.disjoint import Disjoint
from processing.records import Article, DateCandidate, DateOrigin, Precision
from processing.same_event import Member, Report, cluster, load_weights, read_report
from processing.same_event.words import uncommon
from processing.statements import find_statements
from processing.tag import load_vocabulary, search_article, tag

FETCHED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)  # when the texts were put together
THRESHOLDS = [step / 20 for step in range(3, 18)]
AIM = 0.95  # precision
OWN = 3  # days around a text's incidents of which its outlet's declaration must not tell it anything


class Text(NamedTuple):
    """A text with what is known of it and what was read."""

    row: dict[str, Any]
    incidents: frozenset[str]
    article: Article
    report: Report


class Score(NamedTuple):
    """B-cubed of one way of grouping, and pairs across languages."""

    precision: float
    recall: float
    all_precision: float
    all_recall: float
    across: int


def page_of(row: Mapping[str, Any]) -> Page:
    """Make the bare page of a text: its title and lines, under its address."""
    url = row["url"] if row["url"].startswith("http") else f"http://{row['url']}"
    title = escape(row["title"] or "")
    lines = "".join(f"<p>{escape(line)}</p>" for line in (row["text"] or "").split("\n") if line.strip())
    body = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{lines}</body></html>'
    data = body.encode()
    fetch = Fetch(
        crawl_id="benchmark", sequence=0, purpose=Purpose.PAGE, key="k", url=url, first_url=url, outcome=FetchOutcome.OK,
        status=200, fetched_at=FETCHED, content_type="text/html; charset=utf-8",
        body_sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    link = Link(key=hashlib.sha256(row["id"].encode()).hexdigest(), url=url, canonical=url, feed_url="", position=0)
    return Page(fetch=fetch, link=link, headers=(), body=data)


def outlet_of(row: Mapping[str, Any], outlets: Iterable[Outlet]) -> Outlet:
    """Return the declared outlet of a text, or one made of its host."""
    host = row["host"]
    return next(
        (one for one in outlets if allowed(f"http://{host}/", one)),
        Outlet(
            slug="".join(char if char.isalnum() else "_" for char in host), name=host, home=f"http://{host}/",
            domains=(host,), languages=(row["language"],), status=OutletStatus.ACTIVE,
        ),
    )  # fmt: skip


def read(row: dict[str, Any], outlets: Iterable[Outlet], day: str = "", *, numbers: bool = True) -> Text | None:
    """Clean, tag and read a text; with `day` as its page's date. None: the cleaner finds no article."""
    outlet = outlet_of(row, outlets)
    article = clean(page_of(row), outlet, CleanHints())
    if not isinstance(article, Article):
        return None
    if day:
        at = dt.datetime.fromisoformat(day).replace(hour=15, tzinfo=dt.UTC)
        date = DateCandidate(origin=DateOrigin.META, raw=day, at=at, precision=Precision.DAY)
        article = dataclasses.replace(article, published=date)
    vocabulary = load_vocabulary()
    fields = search_article(article, vocabulary)
    tags = tag(article, vocabulary, fields)
    profile = describe(article, fields, tags, vocabulary)
    statements = find_statements(article, fields, tags, profile, vocabulary)
    open_days = open_days_of(article.url, outlet, row) if numbers and not day else None
    report = read_report(article, tags, profile, statements, vocabulary, open_days)
    if not day:
        report = dataclasses.replace(report, about=FETCHED.date())
    return Text(row, frozenset(incident["code"] for incident in row["incidents"]), article, report)


def open_days_of(url: str, outlet: Outlet, row: Mapping[str, Any]) -> OpenDays | None:
    """Return the days that the number in the address leaves open, as if the declaration knew none near the text's own.

    The declared days of some outlets are those of incidents that such pages report; a text must not be told its own.
    """
    own = [dt.date.fromisoformat(incident["date"]) for incident in row["incidents"]]
    kept = [
        dataclasses.replace(
            numbered,
            days=tuple(
                line for line in numbered.days if all(abs((read_day(line).day - day).days) > OWN for day in own)
            ),
        )
        for numbered in outlet.numbered
    ]
    return open_days(url, dataclasses.replace(outlet, numbered=tuple(one for one in kept if one.days)))


def members_of(texts: Sequence[Text]) -> list[Member]:
    """Return the texts as members of stories."""
    return [
        Member(
            article_id=f"{place:05}", key=text.article.key, outlet=text.article.outlet, published_at=None,
            first_id=f"{place:05}", report=text.report,
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip


def ours(texts: Sequence[Text], *, single_links: bool = False) -> list[int]:
    """Return the story of each text by our own method; with `single_links` the whole component instead."""
    found = list(range(len(texts)))
    for component in cluster(members_of(texts), load_weights()):
        for group in [component.members] if single_links else [story.members for story in component.stories]:
            for member in group:
                found[int(member.article_id)] = int(group[0].article_id)
    return found


def by_words(texts: Sequence[Text]) -> dict[tuple[int, int], float]:
    """Return the cosines of uncommon words, weighted by how few texts have them, of texts of different outlets."""
    counts = [Counter(uncommon(text.article.title, text.article.text)) for text in texts]
    having = Counter(word for words in counts for word in words)
    vectors = []
    for words in counts:
        raw = {word: (1 + math.log(n)) * math.log(len(texts) / having[word]) for word, n in words.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        vectors.append({word: value / length for word, value in raw.items()})
    found = {}
    for one, other in combinations(range(len(texts)), 2):
        if texts[one].article.outlet != texts[other].article.outlet:
            less, more = sorted((vectors[one], vectors[other]), key=len)
            found[one, other] = sum(value * more[word] for word, value in less.items() if word in more)
    return found


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the connected component of each of `count` texts."""
    sets = Disjoint(range(count))
    for one, other in pairs:
        sets.join(one, other)
    return [sets.root(place) for place in range(count)]


def b_cubed(texts: Sequence[Text], groups: Sequence[int], places: Sequence[int]) -> tuple[float, float]:
    """Return B-cubed precision and recall over the texts at `places`."""
    members: dict[int, list[int]] = defaultdict(list)
    tied: dict[str, list[int]] = defaultdict(list)
    for place in places:
        members[groups[place]].append(place)
        for incident in texts[place].incidents:
            tied[incident].append(place)
    precision = recall = 0.0
    for place in places:
        mine = members[groups[place]]
        true = {other for incident in texts[place].incidents for other in tied[incident]}
        precision += len(true.intersection(mine)) / len(mine)
        recall += sum(groups[other] == groups[place] for other in true) / len(true)
    return precision / len(places), recall / len(places)


def score(texts: Sequence[Text], groups: Sequence[int]) -> Score:
    """Score a way of grouping."""
    single = [place for place, text in enumerate(texts) if len(text.incidents) == 1]
    across = sum(groups[one] == groups[other] for one, other in across_languages(texts))
    return Score(*b_cubed(texts, groups, single), *b_cubed(texts, groups, range(len(texts))), across)


def across_languages(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of texts of one incident in different languages."""
    for one, other in combinations(range(len(texts)), 2):
        if texts[one].row["language"] != texts[other].row["language"] and texts[one].incidents & texts[other].incidents:
            yield one, other


def best(texts: Sequence[Text], sums: Mapping[tuple[int, int], float]) -> tuple[float, Score]:
    """Return the threshold with the highest recall at the aimed precision, else with the highest precision."""
    found = []
    for threshold in THRESHOLDS:
        made = score(texts, joined(len(texts), (pair for pair, value in sums.items() if value >= threshold)))
        found.append((made.precision >= AIM, made.recall if made.precision >= AIM else made.precision, threshold, made))
    _, _, threshold, made = max(found)
    return threshold, made


def main() -> None:
    """Print the table."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", type=int, default=0, help="show so many pairs that were joined wrongly")
    options = parser.parse_args()
    outlets = list(load_outlets().values())
    given = rows(options.corpus / "syrian-outlets/articles.jsonl.gz")
    texts = [text for row in given if (text := read(row, outlets))]
    dated = [text for row in given if (text := read(row, outlets, row["incidents"][0]["date"]))]
    unnumbered = [text for row in given if (text := read(row, outlets, numbers=False))]
    started = time.process_time()
    groups = ours(texts)
    seconds = time.process_time() - started
    threshold, words = best(texts, by_words(texts))
    true_days = [str((text.row["incidents"][0]["pcode"], text.row["incidents"][0]["date"])) for text in texts]
    numbered = {name: place for place, name in enumerate(dict.fromkeys(true_days))}
    made = {
        "ours": score(texts, groups),
        "ours, without numbers": score(unnumbered, ours(unnumbered)),
        "ours, single links": score(texts, ours(texts, single_links=True)),
        f"words, from {threshold:.2f}": words,
        "each alone": score(texts, range(len(texts))),
        "ours, dated (bound)": score(dated, ours(dated)),
        "true place and day (bound)": score(texts, [numbered[name] for name in true_days]),
    }
    across = len(list(across_languages(texts)))
    table = Table(
        "groups", "precision", "recall", "of all", "", f"of {across} pairs across languages", title="one event"
    )
    for name, one in made.items():
        table.add_row(name, *(f"{value:.3f}" for value in one[:4]), str(one.across))
    console = Console(width=130)
    console.print(table)
    incidents = {code for text in texts for code in text.incidents}
    sizes = Counter(groups)
    console.print(
        f"{len(texts)} texts of {len(incidents)} incidents, {len(given) - len(texts)} more are no articles; "
        f"{sum(not text.report.days for text in texts)} tell no day; "
        f"{sum(size > 1 for size in sizes.values())} stories of two and more; "
        f"{seconds / len(texts) * 1e3:.2f} ms a text to weigh and join"
    )
    for one, other in wrong(texts, groups)[: options.misses]:
        console.print(f"  {texts[one].article.title[:70]} | {texts[other].article.title[:70]}", markup=False)


def wrong(texts: Sequence[Text], groups: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs that are in one story and of no common incident."""
    return [
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if groups[one] == groups[other] and not texts[one].incidents & texts[other].incidents
    ]


if __name__ == "__main__":
    main()
