"""How well the score of relevance tells texts about Syria from the rest of the world's news.

    python -m benchmarks.relevance [--corpus FOLDER] [--json]

About Syria: the texts of the corpus that are tied to an incident there. Not about it: the bodies of `pages`, news from
everywhere, of which some may name Syria all the same. AUC is the chance that a text about Syria scores higher than one
that is not (ties count half); beside it the same for the bare number of times that the country is named per 100 words.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.cases import Case, article, cases
from benchmarks.pages import Case as PageCase
from benchmarks.pages import cases as page_cases
from processing.records import Article
from processing.relevance import SYRIA, relevance
from processing.tag import load_vocabulary, search_article, tag
from processing.text import fold_plain

HALF = 0.5
Score = Callable[[Article], float]


def main(
    corpus: Annotated[Path | None, typer.Option(help="A folder laid out like the corpus.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score all texts and compare."""
    folder = data.corpus(corpus)
    about = {name: [article(case) for case in found] for name, found in cases(folder)}
    foreign = [article(_elsewhere(case)) for case in page_cases(folder, "pages") if case.body]
    rows = []
    for name, texts in about.items():
        ours, bare = ([list(map(score, found)) for found in (texts, foreign)] for score in (scored, named))
        rows.append(
            {
                "set": name,
                "texts": len(texts),
                "auc": round(auc(*ours), 4),
                "auc, named only": round(auc(*bare), 4),
                "median": round(statistics.median(ours[0]), 3),
                "half or more": round(_share(ours[0]), 3),
                "elsewhere, texts": len(foreign),
                "elsewhere, half or more": round(_share(ours[1]), 3),
            }
        )
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=140).print(table)


def scored(one: Article) -> float:
    """Return the project's score."""
    vocabulary = load_vocabulary()
    fields = search_article(one, vocabulary)
    return relevance(one, fields, tag(one, vocabulary, fields), vocabulary).score


def named(one: Article) -> float:
    """Return how often the country is named per 100 words."""
    text = f"{one.title}\n{one.text}"
    return 100 * len(SYRIA.findall(fold_plain(text))) / max(1, len(text.split()))


def auc(ours: Iterable[float], others: list[float]) -> float:
    """Return the chance that one of `ours` is above one of `others`; ties count half."""
    wins = [sum((mine > other) + HALF * (mine == other) for other in others) / len(others) for mine in ours]
    return statistics.mean(wins)


def _share(scores: list[float]) -> float:
    return sum(score >= HALF for score in scores) / len(scores)


def _elsewhere(case: PageCase) -> Case:
    return Case(
        title=case.title or "", text=case.body or "", language="und", outlet="benchmark", date="2021-01-01",
        governorates=frozenset(),
    )  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
