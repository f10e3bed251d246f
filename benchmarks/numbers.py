"""How well numbers of people are read: `python -m benchmarks.numbers [--corpus DIR] [--misses N]`.

- *made*: sentences of our own (tests/golden and benchmarks/gold, numbers.jsonl), each number right in kind, people, low and
  high, or missed, or too many; F1 by batch and language. Batches 3 and 4 were written and marked blind, by one who did not
  know the rules; the rules were mended by what batch 3 showed, and by nothing of batch 4.
- *incidents*: texts tied to incidents with a range of killed and injured. *first choice* is the share of texts whose number
  of the main event (`article_toll`) lies in the range, *a statement's* the share in which some statement's sum does, *a
  number* that in which some number of the kind does, parts included: many texts report several events, and the incident
  is one of them, of which only the civilians are counted. *any* is the share in which any number at all lies in it,
  which bounds what a text can reach; *baseline* takes the first number within five words of a word for killed or injured.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.cases import Case, reads_corpus, rows
from benchmarks.statements import Share, state
from processing.statements.numbers import find_numbers, load_number_words
from processing.statements.numbers.quantities import MORE
from processing.statements.records import NumberKind
from processing.statements.toll import Toll, article_toll, statement_toll
from processing.text import fold_plain

MADE = (
    Path(__file__).parent.parent / "tests" / "golden" / "numbers.jsonl",
    Path(__file__).with_name("gold") / "numbers.jsonl",
)
WORDS = {
    NumberKind.KILLED: r"kill|dead|died|death|martyr|قتل|قتيل|استشه|شهيد|شهداء|مصرع",
    NumberKind.WOUNDED: r"wound|injur|جرح|جريح|اصيب|اصاب|مصاب",
}
FIELDS = {NumberKind.KILLED: "killed", NumberKind.WOUNDED: "injured"}


def _key(kind: str, counted: str, low: int | None, high: int | None) -> tuple[str, str, int | None, int | None]:
    return kind, counted, low, high


def score() -> dict[tuple[int, str], Counter[str]]:
    """Count right, found and marked numbers and sentences, by batch and language.

    Plurals without a number ("killed civilians") are not marked, and finding them counts neither way.
    """
    counts: dict[tuple[int, str], Counter[str]] = {}
    for line in (line for path in MADE for line in path.read_text(encoding="utf-8").splitlines()):
        one = json.loads(line)
        numbers = find_numbers(one["text"], 0, len(one["text"]), load_number_words())
        gold = Counter(_key(*number) for number in one["numbers"])
        keys = [(_key(n.kind, n.counted, n.low, n.high), n.rule.startswith(MORE)) for n in numbers]
        found = Counter(key for key, is_plural in keys if not is_plural or key in gold)
        right = sum((found & gold).values())
        count = counts.setdefault((one["batch"], one["language"]), Counter())
        count.update(right=right, found=sum(found.values()), gold=sum(gold.values()), sentences=1)
    return counts


def made() -> Table:
    """Score the sentences of our own."""
    table = Table("batch", "language", "sentences", "precision", "recall", "F1", title="made sentences")
    for (batch, language), count in sorted(score().items()):
        precision, recall = count["right"] / (count["found"] or 1), count["right"] / (count["gold"] or 1)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        table.add_row(str(batch), language, str(count["sentences"]), f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}")
    return table


def incidents(corpus: Path, misses: int) -> Table:
    """Score the killed and injured of the texts that are tied to incidents."""
    what = ("first choice", "a statement's", "a number", "any", "baseline")
    table = Table("set", "language", "kind", *what, title="incidents")
    for name, path, body in (("web", "web/expected", "body"), ("syrian-outlets", "syrian-outlets/articles", "text")):
        shares: dict[tuple[str, NumberKind, str], Share] = {}
        for row in rows(corpus / f"{path}.jsonl.gz"):
            if row["incidents"]:
                _score(row, row[body] or "", shares)
        for language in ("ar", "en"):
            for kind in FIELDS:
                cells = [shares.get((language, kind, one), Share()) for one in what]
                table.add_row(name, language, kind, *map(str, cells))
                for line in cells[1].missed[:misses]:
                    print("   ", name, language, kind, line)
    return table


def _score(row: dict[str, Any], text: str, shares: dict[tuple[str, NumberKind, str], Share]) -> None:
    incident = row["incidents"][0]
    title = row["title"] or ""
    case = Case(
        title=title,
        text=text,
        language=row["language"],
        outlet="benchmark",
        date=incident["date"],
        governorates=frozenset(),
    )
    made = state(case)
    for kind, name in FIELDS.items():
        low, high = incident[f"{name}_min"], incident[f"{name}_max"]
        if low is None or high is None or high == 0:
            continue
        both = kind, NumberKind.CASUALTIES
        chosen = article_toll(made, kind) or article_toll(made, NumberKind.CASUALTIES)
        own = [toll for one in made for one_of in both if (toll := statement_toll(one, one_of))]
        numbers = [number for one in made for number in one.numbers if number.kind in both]
        about = f"{low}-{high}, ours {[toll.best or toll.low for toll in own]}: {title[:90]}"
        for what, hit in (
            ("first choice", chosen is not None and _lies(chosen, low, high)),
            ("a statement's", any(_lies(toll, low, high) for toll in own)),
            ("a number", any(low <= (number.best or number.low or -1) <= high for number in numbers)),
            ("any", any(low <= number <= high for number in _any(f"{title}\n{text}"))),
            ("baseline", low <= _first(f"{title}\n{text}", kind) <= high),
        ):
            shares.setdefault((row["language"], kind, what), Share()).add(hit, about)


def _lies(toll: Toll, low: int, high: int) -> bool:
    value = toll.best if toll.best is not None else toll.low
    return value is not None and low <= value <= high


def _any(text: str) -> Iterator[int]:
    """Yield every number in a text: digits, and words that count."""
    words = load_number_words()
    for token in re.findall(r"\w+", fold_plain(text)):
        if token.isdigit() and len(token) < 6:
            yield int(token)
        else:
            parts = words.word(token)[0]
            if found := parts.get("value"):
                yield found.low or 0
            people: Iterable[Any] = filter(None, (parts.get("people"), parts.get("count")))
            yield from (one.low for one in people if one.low)


def _first(text: str, kind: NumberKind) -> int:
    """Return the first number in digits or a word that counts within five words of a word for it; -1: there is none."""
    tokens = re.findall(r"\w+", fold_plain(text))
    words = load_number_words()
    for place, token in enumerate(tokens):
        if re.search(WORDS[kind], token):
            for near in tokens[max(0, place - 5) : place + 6]:
                if near.isdigit() and len(near) < 5:
                    return int(near)
                value = words.whole.get(near, {}).get("value")
                if value:
                    return value.low or 0
    return -1


def main() -> None:
    """Print the tables."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of each kind")
    options = parser.parse_args()
    console = Console(width=150)
    console.print(made(), incidents(options.corpus, options.misses))


if __name__ == "__main__":
    main()
