"""Pairs of general news, the same story or not: `python -m benchmarks.threads [--corpus DIR]`.

English and Russian pairs with a person's answer (tgcontest). They are of the whole world, without our places and actors, so
what is made for the war can do little here; reported, not aimed at. Beside it likeness of words alone: cosine of uncommon
words weighted by how few of these texts have them, and shared two-word sequences, each at the threshold that is best for
all other pairs (leave one out). Accuracy with Wilson's interval of 95 %.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.cases import reads_corpus, rows
from benchmarks.duplicates import Pair, judged
from benchmarks.stories import Text, by_words, ours, read
from processing.overlap import fingerprint, similarity

Z = 1.96


class Judged(NamedTuple):
    """A pair with a person's answer and what the methods say."""

    language: str
    is_same: bool
    is_copy: bool
    is_one_event: bool
    cosine: float
    jaccard: float


def judge(row: dict[str, Any]) -> tuple[Text, Text] | None:
    """Read both texts of a pair; None where the cleaner finds no article in one."""
    made = []
    for side in ("first", "second"):
        url = row[f"INPUT:{side}_url"]
        given = {
            "id": url, "url": url, "host": f"{side}.example", "language": row["pool"][:2], "incidents": [],
            "title": row[f"INPUT:{side}_title"], "text": row[f"INPUT:{side}_text"],
        }  # fmt: skip
        made.append(read(given, ()))
    return (made[0], made[1]) if made[0] and made[1] else None


def interval(right: int, of: int) -> str:
    """Return a share with its interval."""
    share = right / of
    middle = (share + Z * Z / 2 / of) / (1 + Z * Z / of)
    half = Z * math.sqrt(share * (1 - share) / of + Z * Z / 4 / of / of) / (1 + Z * Z / of)
    return f"{share:.3f} ({middle - half:.2f} to {middle + half:.2f})"


def left_out(values: Sequence[float], answers: Sequence[bool]) -> int:
    """Return how many answers a threshold gets right that is chosen on all the other pairs."""
    right = 0
    for place, (value, answer) in enumerate(zip(values, answers, strict=True)):
        others = [pair for at, pair in enumerate(zip(values, answers, strict=True)) if at != place]
        best = max(
            sorted({one for one, _ in others}), key=lambda t: sum((one >= t) is is_same for one, is_same in others)
        )
        right += (value >= best) is answer
    return right


def main() -> None:
    """Print the table."""
    parser = reads_corpus(__doc__)
    options = parser.parse_args()
    given = rows(options.corpus / "dedup/tgcontest_pairs.jsonl.gz")
    read_pairs = [(row, pair) for row in given if (pair := judge(row))]
    texts = [text for _, pair in read_pairs for text in pair]
    cosines = by_words(texts)
    made = []
    for place, (row, (one, other)) in enumerate(read_pairs):
        prints = fingerprint("", one.article.text), fingerprint("", other.article.text)
        made.append(
            Judged(
                row["pool"][:2], row["GOLDEN:quality"] == "OK",
                judged(Pair("", one.article.text, other.article.text, is_copy=False))[1], len(set(ours([one, other]))) == 1,
                cosines.get((2 * place, 2 * place + 1), 0.0), similarity(*prints),
            )
        )  # fmt: skip
    table = Table(
        "language", "pairs", "the same", "copies", "one event by signs", "cosine of words", "two-word sequences"
    )
    for language in sorted(Counter(one.language for one in made)):
        own = [one for one in made if one.language == language]
        answers = [one.is_same for one in own]
        table.add_row(
            language, str(len(own)), str(sum(answers)),
            interval(sum(one.is_copy is one.is_same for one in own), len(own)),
            interval(sum(one.is_one_event is one.is_same for one in own), len(own)),
            interval(left_out([one.cosine for one in own], answers), len(own)),
            interval(left_out([one.jaccard for one in own], answers), len(own)),
        )  # fmt: skip
    Console(width=150).print(table, f"{len(given) - len(made)} pairs have a text in which the cleaner finds no article")


if __name__ == "__main__":
    main()
