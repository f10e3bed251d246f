"""Lines that recur in an outlet's articles: what dropping them does to texts, and how many of them are the site's.

    python -m benchmarks.boilerplate
    python -m benchmarks.boilerplate --read 60       the lines to judge, drawn by hash, with the id that a verdict goes by

The pages of `web` are parted in two by the hash of their address; lines are learned host by host on one half and dropped
from the other, and the other way round, so no text is measured with lines that were learned from it. The expected texts of
`web` carry their sites' own lines, so a drop there is right; those cleaned by hand do not. Hosts have few pages there, so
that beside the default (5 articles at least) 3 are tried as well.

Whether a line is the site's was judged by reading (gold/boilerplate.jsonl: the hash of a line's form and a verdict), on the
page texts of syrian-outlets: nothing was cleaned there before, so that menus are in them too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks import pages as sets
from benchmarks.extraction import ours
from benchmarks.metric import SAMPLES, Counts, compare, quality, scores
from crawlers.rules import Boilerplate
from processing.clean.boilerplate import DROPPED, KEPT, form, without_boilerplate
from processing.clean.extract import Extracted
from processing.clean.naming import is_name
from processing.clean.recurring import LEAST, Read, learn
from processing.tag import load_vocabulary

FEWER = 3  # articles
GOLD = Path(__file__).parent / "gold" / "boilerplate.jsonl"  # hashes and verdicts only

Texts = Mapping[str, list[Read]]  # by host


def halves(texts: Texts, least: int) -> Iterator[tuple[str, Extracted]]:
    """Yield each article's key and its text without the lines that the other half of its host's articles has."""
    for reads in texts.values():
        parted = [[read for read in reads if int(read.key[-1], 16) % 2 == side] for side in (0, 1)]
        for here, there in (parted, parted[::-1]):
            known = Boilerplate(dropped=tuple(found.line for found in learn(there, _is_name(), least)))
            for read in here:
                yield read.key, without_boilerplate(Extracted(read.text), known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One set's texts with and without the lines learned from other pages."""

    set: str
    least: int  # articles that a learned line stands in
    pages: int
    changed: int
    left_whole: int  # because most of the text would have gone
    before: float  # F1
    after: float
    change: float
    error: float  # of the change


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Lines learned from page texts, and what a reader says of them."""

    least: int
    hosts: int
    lines: int
    judged: int
    site: int  # of those judged, lines of the site


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with web/ and syrian-outlets/ as in the corpus.")] = None,
    read: Annotated[int, typer.Option(help="Print so many learned lines, drawn by hash, instead of measuring.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure what dropping recurring lines does, or print lines to judge."""
    folder = data.corpus(corpus)
    if read:
        for found in drawn(_page_texts(folder), FEWER, read):
            print(*found, sep="\t")
        return
    changes = list(_changes(sets.cases(folder, "web"))) if (folder / "web").is_dir() else []
    judged = list(_judged(_page_texts(folder))) if (folder / "syrian-outlets").is_dir() else []
    if as_json:
        print(json.dumps({"changes": [*map(asdict, changes)], "judged": [*map(asdict, judged)]}, indent=1))
        return
    _show("Texts without lines learned from the other half of the pages", changes)
    _show("Lines learned from the page texts of syrian-outlets", judged)


def _show(title: str, rows: Sequence[Change] | Sequence[Judged]) -> None:
    if not rows:
        return
    table = Table(*(field.name.replace("_", " ") for field in fields(rows[0])), title=title)
    for row in rows:
        table.add_row(*(f"{value:.4f}" if isinstance(value, float) else str(value) for value in asdict(row).values()))
    Console(width=120).print(table)


def _changes(cases: list[sets.Case]) -> Iterator[Change]:
    found = {case.page.link.key: ours(case)[0] for case in cases}
    texts: defaultdict[str, list[Read]] = defaultdict(list)
    for case in cases:
        if text := found[case.page.link.key]:
            texts[_host(case.host)].append(Read(case.page.link.key, case.title or "", text))
    for least in (LEAST, FEWER):
        dropped = dict(halves(texts, least))
        for name, given in (("web", cases), ("web, cleaned by hand", sets.hand_cleaned(cases))):
            keys = [(case.page.link.key, case.body) for case in given if case.body]
            before = [compare(found[key], body) for key, body in keys]
            made = [(dropped.get(key, Extracted("")), body) for key, body in keys]
            after = [compare(shorter.text, body) for shorter, body in made]
            flags = Counter(flag for shorter, _ in made for flag in shorter.flags)
            change, error = _change(before, after)
            yield Change(
                set=name, least=least, pages=len(keys), changed=flags[DROPPED], left_whole=flags[KEPT],
                before=quality(before).f1, after=quality(after).f1, change=change, error=error,
            )  # fmt: skip


def _change(before: list[Counts], after: list[Counts]) -> tuple[float, float]:
    """Return by how much F1 changes, with its error over bootstrap samples of the pages: both texts of a page together."""
    chance = random.Random(0)

    def difference(numbers: list[int]) -> float:
        return scores([after[n] for n in numbers])[2] - scores([before[n] for n in numbers])[2]

    numbers = list(range(len(before)))
    samples = [difference(chance.choices(numbers, k=len(numbers))) for _ in range(SAMPLES)]
    return difference(numbers), statistics.pstdev(samples)


def _judged(texts: Texts) -> Iterator[Judged]:
    verdicts = {row["line"]: row["site"] for row in map(json.loads, GOLD.read_text("utf-8").splitlines())}
    for least in (LEAST, FEWER):
        lines = drawn(texts, least, None)
        judged = [verdicts[digest] for digest, _, _ in lines if digest in verdicts]
        hosts = len({host for _, host, _ in lines})
        yield Judged(least=least, hosts=hosts, lines=len(lines), judged=len(judged), site=sum(judged))


def drawn(texts: Texts, least: int, count: int | None) -> list[tuple[str, str, str]]:
    """Return `count` of the lines learned (None: all) as hash of host and form, host and line, in the hash's order."""
    learned = [
        (hashlib.sha256(f"{host}\n{form(found.line)}".encode()).hexdigest(), host, found.line)
        for host, reads in texts.items()
        for found in learn(reads, _is_name(), least)
    ]
    return sorted(learned)[:count]


def _page_texts(folder: Path) -> Texts:
    texts: defaultdict[str, list[Read]] = defaultdict(list)
    with gzip.open(folder / "syrian-outlets" / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            lines = (line.strip() for line in row["text"].split("\n"))
            texts[_host(row["host"])].append(Read(row["id"], row["title"] or "", "\n".join(filter(None, lines))))
    return texts


@cache
def _is_name() -> Callable[[str], bool]:
    return partial(is_name, vocabulary=load_vocabulary())


def _host(host: str) -> str:
    return host.removeprefix("www.")


if __name__ == "__main__":
    typer.run(main)
