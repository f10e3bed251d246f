"""Copies and what only looks like one: `python -m benchmarks.duplicates [--corpus DIR] [--texts N] [--misses N]`.

- *copies*: from real texts, copies as outlets make them: words edited, a lead or a tail added, the text cut, lines of a site
  around it. A pair is *compared* where both share a mark, and *found* where it is a copy by `overlap.is_copy` as well.
  Beside it trafilatura's SimHash at the threshold that is best on these pairs.
- *negatives*: the same texts filled in as a form for another event, with places and numbers of other texts, and pairs of
  texts that share no incident. Precision is over copies and negatives together.
- *pairs*: pairs of Syrian texts that were read: near-duplicates, one form and another event, pages that are no article.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from trafilatura.deduplication import Simhash

from benchmarks.tag import Case, article, rows
from processing.overlap import FEWEST_SHINGLES, Text, fingerprint, is_copy
from processing.records import TagKind
from processing.tag import load_vocabulary, tag
from processing.text import tokens

SEED = 11
WORDS = range(60, 900)  # of a text that is taken
NUMBER = re.compile(r"\d+")
MORE = 40  # words of a lead, a tail, a site's lines


class Pair(NamedTuple):
    """Two texts, and whether one is a copy of the other."""

    kind: str
    one: str
    other: str
    is_copy: bool


def texts(corpus: Path, most: int) -> list[dict[str, Any]]:
    """Return real texts, none twice, shuffled the same each time."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(corpus / "syrian-outlets/articles.jsonl.gz"):
        words = tokens(row["text"] or "")
        if len(words) in WORDS and row["incidents"]:
            found.setdefault(" ".join(words[:40]), row)
    chosen = list(found.values())
    random.Random(SEED).shuffle(chosen)
    return chosen[:most]


def edited(words: list[str], share: float, others: list[str], chance: random.Random) -> list[str]:
    """Exchange, drop or add a share of the words."""
    made = []
    for word in words:
        if chance.random() >= share:
            made.append(word)
        elif chance.random() < 0.6:
            made.append(chance.choice(others))
        elif chance.random() < 0.5:
            made += [word, chance.choice(others)]
    return made


def copies(chosen: list[dict[str, Any]]) -> Iterator[Pair]:
    """Yield copies of each text, one of each kind."""
    chance = random.Random(SEED)
    for row, stranger in zip(chosen, [*chosen[7:], *chosen[:7]], strict=True):
        words, others = row["text"].split(), stranger["text"].split()
        site = chosen[len(words) % 5]["text"].split()[:MORE]
        half = words[: max(30, len(words) // 2)]
        kinds: dict[str, list[str]] = {
            **{
                f"{share:2d} % edited": edited(words, share / 100, others, chance)
                for share in (0, 5, 10, 15, 20, 25, 30)
            },
            "a lead added": others[:MORE] + words,
            "a tail added": words + others[:MORE],
            "lines of a site": site[:15] + words + site[15:],
            "cut to 70 %": words[: int(len(words) * 0.7)],
            "cut to 50 %": half,
            "cut to 30 %": words[: max(30, int(len(words) * 0.3))],
            "half, 10 % edited, a lead": others[:15] + edited(half, 0.1, others, chance),
        }
        for kind, made in kinds.items():
            yield Pair(kind, row["text"], " ".join(made), is_copy=True)


def negatives(chosen: list[dict[str, Any]]) -> Iterator[Pair]:
    """Yield the texts as forms filled in anew, and pairs of texts of different incidents."""
    chance = random.Random(SEED)
    vocabulary = load_vocabulary()
    named: dict[str, list[str]] = defaultdict(list)
    spans = {}
    for row in chosen:
        case = Case(
            title="", text=row["text"], language=row["language"], outlet="benchmark", date=row["incidents"][0]["date"],
            governorates=frozenset(),
        )  # fmt: skip
        places = [one for one in tag(article(case), vocabulary) if one.kind is TagKind.PLACE and one.field == "text"]
        spans[row["id"]] = places
        named[row["language"]] += [one.matched for one in places]
    for row in chosen:
        text = row["text"]
        if len(spans[row["id"]]) < 2:
            continue
        exchanged: dict[str, str] = {}
        for one in sorted(spans[row["id"]], key=lambda one: -one.start):
            new = exchanged.setdefault(one.matched, chance.choice(named[row["language"]]))
            text = text[: one.start] + new + text[one.end :]
        text = NUMBER.sub(lambda _: str(chance.randrange(1, 40)), text)
        yield Pair("a form filled in anew", row["text"], text, is_copy=False)
    for one, other in zip(chosen, [*chosen[1:], chosen[0]], strict=True):
        if not {i["code"] for i in one["incidents"]} & {i["code"] for i in other["incidents"]}:
            yield Pair("another incident", one["text"], other["text"], is_copy=False)


def judged(pair: Pair) -> tuple[bool, bool]:
    """Return whether a pair of two outlets is compared at all, and whether it is found a copy."""
    one, other = (_text(number, text) for number, text in enumerate((pair.one, pair.other)))
    if one.fingerprint is None or other.fingerprint is None:
        return False, False
    is_long = min(one.fingerprint.shingle_count, other.fingerprint.shingle_count) >= FEWEST_SHINGLES
    shares = is_long and not set(one.fingerprint.marks).isdisjoint(other.fingerprint.marks)
    is_compared = one.fingerprint.folded_sha256 == other.fingerprint.folded_sha256 or shares
    return is_compared, is_compared and is_copy(one, other)


@lru_cache(maxsize=4096)
def places_of(text: str) -> frozenset[str]:
    """Return the places that a text names, governorates left out."""
    case = Case(title="", text=text, language="ar", outlet="benchmark", date="2022-01-01", governorates=frozenset())
    found = tag(article(case), load_vocabulary())
    return frozenset(one.target for one in found if one.kind is TagKind.PLACE and one.target != one.governorate)


def _text(number: int, text: str) -> Text:
    return Text(
        article_id=str(number), version_id=str(number), key=str(number), outlet=str(number), title_words="",
        published_at=None, group_id=None, fingerprint=fingerprint("", text), places=places_of(text),
    )  # fmt: skip


def best_simhash(pairs: list[Pair]) -> tuple[float, Callable[[Pair], float]]:
    """Return the threshold of SimHash with the best F1 over all pairs, and the similarities."""
    values = {pair: Simhash(pair.one).similarity(Simhash(pair.other)) for pair in pairs}
    wanted = sum(pair.is_copy for pair in pairs)

    def f1(threshold: float) -> float:
        found = [pair for pair in pairs if values[pair] >= threshold]
        right = sum(pair.is_copy for pair in found)
        return 2 * right / (len(found) + wanted)

    return max((step / 100 for step in range(40, 100)), key=f1), values.__getitem__


def made(corpus: Path, most: int) -> Table:
    """Score the pairs made of real texts."""
    chosen = texts(corpus, most)
    pairs = [*copies(chosen), *negatives(chosen)]
    threshold, value = best_simhash(pairs)
    counts: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        is_compared, is_found = judged(pair)
        counts.update(
            (pair.kind, what)
            for what, holds in (
                ("pairs", True), ("compared", is_compared), ("found", is_found), ("simhash", value(pair) >= threshold),
            )
            if holds
        )  # fmt: skip
    table = Table("pairs of", "pairs", "compared", "found", f"SimHash at {threshold}", title="made of real texts")
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        of = counts[kind, "pairs"]
        shares = (f"{counts[kind, what] / of:.3f}" for what in ("compared", "found", "simhash"))
        table.add_row(kind, str(of), *shares)
    kinds = {pair.kind: pair.is_copy for pair in pairs}
    for what in ("found", "simhash"):
        right = sum(counts[kind, what] for kind, is_one in kinds.items() if is_one)
        wrong = sum(counts[kind, what] for kind, is_one in kinds.items() if not is_one)
        wanted = sum(counts[kind, "pairs"] for kind, is_one in kinds.items() if is_one)
        table.add_row(
            f"all, {what}", "", "", f"precision {right / (right + wrong or 1):.3f}", f"recall {right / wanted:.3f}"
        )
    return table


def read(corpus: Path) -> Table:
    """Score the pairs of real texts that were read."""
    by_id = {row["id"]: row for row in rows(corpus / "syrian-outlets/articles.jsonl.gz")}
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(corpus / "dedup/syria_pairs.jsonl.gz"):
        ends = [by_id.get(row[key]) for key in ("source_id_a", "source_id_b")]
        if None in ends:
            counts[row["label"], "not at hand"] += 1
            continue
        pair = Pair(row["label"], ends[0]["text"], ends[1]["text"], row["label"] == "near_dup")
        counts[row["label"], "copies" if judged(pair)[1] else "no copies"] += 1
    table = Table("read as", "copies", "no copies", "not at hand", title="pairs of Syrian texts, as of two outlets")
    for label in dict.fromkeys(label for label, _ in counts):
        table.add_row(label, *(str(counts[label, what]) for what in ("copies", "no copies", "not at hand")))
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")))
    parser.add_argument("--texts", type=int, default=250, help="real texts of which pairs are made")
    options = parser.parse_args()
    console = Console(width=120)
    console.print(made(options.corpus, options.texts), read(options.corpus))


if __name__ == "__main__":
    main()
