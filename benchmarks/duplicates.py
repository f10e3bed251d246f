"""Copies and what only looks like one: `python -m benchmarks.duplicates [--corpus DIR] [--texts N] [--misses N]`.

- *copies*: from real texts, copies as outlets make them: words edited, a lead or a tail added, the text cut, lines of a site
  around it. A pair is *compared* where both share a mark, and *found* where it is a copy by `overlap.is_copy` as well.
  Beside it trafilatura's own test, datasketch's MinHash with LSH (32 bands of 4, sequences of three and of two words) and
  simhash, on the same folded words, each at the threshold with the best F1 on these very pairs.
- *negatives*: the same texts filled in as a form for another event, with places and numbers of other texts, and pairs of
  texts that share no incident. Precision is over copies and negatives together.
- *pairs*: pairs of Syrian texts that were read: near-duplicates, one form and another event, pages that are no article.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from trafilatura.deduplication import Simhash

from benchmarks.cases import PEERS, Case, article, reads_corpus, rows
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
    same_outlet: bool = False


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
    """Return whether a pair is compared at all, and whether it is found a copy."""
    one, other = (
        _text(number, text, "one" if pair.same_outlet else str(number))
        for number, text in enumerate((pair.one, pair.other))
    )
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


def _text(number: int, text: str, outlet: str) -> Text:
    return Text(
        article_id=str(number), version_id=str(number), key=str(number), outlet=outlet, title_words="",
        published_at=None, group_id=None, fingerprint=fingerprint("", text), places=places_of(text),
    )  # fmt: skip


class Method(NamedTuple):
    """One way of telling copies, at the threshold that is best for it on these pairs."""

    name: str
    compared: list[bool] | None  # whether a pair would be compared at all; None: all are
    found: list[bool]
    milliseconds: float  # CPU a text


def ours(pairs: Sequence[Pair]) -> Method:
    """Judge the pairs by our own method; places and fingerprints are made once a text, as they are in the tables."""
    judgements = [judged(pair) for pair in pairs]
    began = time.process_time()
    for pair in pairs:
        fingerprint("", pair.one), fingerprint("", pair.other)
    seconds = time.process_time() - began
    return Method("ours", [one for one, _ in judgements], [found for _, found in judgements], _a_text(seconds, pairs))


def peers(pairs: Sequence[Pair]) -> list[Method]:
    """Judge them by others', each at its best threshold: trafilatura's test, and those of the peers' environment."""
    began = time.process_time()
    values = [Simhash(pair.one).similarity(Simhash(pair.other)) for pair in pairs]
    made = [_at_best("trafilatura's SimHash", values, None, pairs, time.process_time() - began)]
    if not PEERS.exists():
        print("without datasketch and simhash: `make bench-duplicates` installs them")
        return made
    request = {"pairs": [[tokens(pair.one), tokens(pair.other)] for pair in pairs]}
    command = [str(PEERS), str(Path(__file__).with_name("peers") / "copies.py")]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    for name, answer in json.loads(done.stdout)["methods"].items():
        made.append(_at_best(name, answer["values"], answer["compared"], pairs, answer["seconds"]))
    return made


def _a_text(seconds: float, pairs: Sequence[Pair]) -> float:
    return seconds / len(pairs) / 2 * 1e3


def _at_best(
    name: str, values: Sequence[float], compared: list[bool] | None, pairs: Sequence[Pair], seconds: float
) -> Method:
    """Take the threshold with the best F1 over all pairs."""
    wanted = sum(pair.is_copy for pair in pairs)

    def found(threshold: float) -> list[bool]:
        return [value >= threshold and (compared is None or compared[at]) for at, value in enumerate(values)]

    def f1(threshold: float) -> float:
        held = [pair for pair, holds in zip(pairs, found(threshold), strict=True) if holds]
        return 2 * sum(pair.is_copy for pair in held) / (len(held) + wanted)

    best = max((step / 100 for step in range(2, 100)), key=f1)
    return Method(f"{name}, from {best:.2f}", compared, found(best), _a_text(seconds, pairs))


def made(pairs: Sequence[Pair], methods: Sequence[Method]) -> Iterator[Table]:
    """Score the pairs made of real texts: all together, then by what was done to them."""
    wanted = sum(pair.is_copy for pair in pairs)
    table = Table(
        "method", "precision", "recall", "compared", "ms a text", title="copies made of real texts, and what is none"
    )
    for method in methods:
        held = [pair for pair, holds in zip(pairs, method.found, strict=True) if holds]
        right = sum(pair.is_copy for pair in held)
        compared = sum(
            pair.is_copy and one for pair, one in zip(pairs, method.compared or [True] * len(pairs), strict=True)
        )
        table.add_row(
            method.name, f"{right / (len(held) or 1):.3f}", f"{right / wanted:.3f}", f"{compared / wanted:.3f}",
            f"{method.milliseconds:.2f}",
        )  # fmt: skip
    yield table
    table = Table(
        "pairs of",
        "pairs",
        *(method.name for method in methods),
        title="found, by what was done (in brackets: compared)",
    )
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        places = [at for at, pair in enumerate(pairs) if pair.kind == kind]
        cells = []
        for method in methods:
            share = sum(method.found[at] for at in places) / len(places)
            compared = sum(method.compared[at] for at in places) / len(places) if method.compared else 1.0
            cells.append(f"{share:.3f}" + (f" ({compared:.2f})" if method.compared else ""))
        table.add_row(kind, str(len(places)), *cells)
    yield table


def read(corpus: Path) -> Table:
    """Score the pairs of real texts that were read."""
    by_id = {row["id"]: row for row in rows(corpus / "syrian-outlets/articles.jsonl.gz")}
    pairs, missing = [], 0
    for row in rows(corpus / "dedup/syria_pairs.jsonl.gz"):
        ends = [by_id.get(row[key]) for key in ("source_id_a", "source_id_b")]
        if None in ends:
            missing += 1
            continue
        same_outlet = row["host_a"] == row["host_b"]
        pairs.append(Pair(row["label"], ends[0]["text"], ends[1]["text"], row["label"] == "near_dup", same_outlet))
    apart = ours([pair._replace(same_outlet=False) for pair in pairs])._replace(name="ours, were they of two outlets")
    methods = [ours(pairs), apart, *peers(pairs)]
    title = f"pairs of Syrian texts that were read: called copies ({missing} not at hand)"
    table = Table("read as", "pairs", *(method.name for method in methods), title=title)
    for label in dict.fromkeys(pair.kind for pair in pairs):
        places = [at for at, pair in enumerate(pairs) if pair.kind == label]
        table.add_row(label, str(len(places)), *(str(sum(method.found[at] for at in places)) for method in methods))
    return table


def main() -> None:
    """Print the tables."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--texts", type=int, default=250, help="real texts of which pairs are made")
    parser.add_argument(
        "--misses", type=int, default=0, help="show the beginnings of so many pairs that were judged wrongly"
    )
    options = parser.parse_args()
    chosen = texts(options.corpus, options.texts)
    pairs = [*copies(chosen), *negatives(chosen)]
    own = ours(pairs)
    console = Console(width=150)
    console.print(*made(pairs, [own, *peers(pairs)]), read(options.corpus))
    wrong = [pair for pair, holds in zip(pairs, own.found, strict=True) if holds is not pair.is_copy]
    for pair in wrong[: options.misses]:
        console.print(f"{pair.kind}: {pair.one[:60]!r} | {pair.other[:60]!r}", markup=False)


if __name__ == "__main__":
    main()
