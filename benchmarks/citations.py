"""How well it is read whom a sentence cites: `python -m benchmarks.citations [--corpus DIR] [--misses N]`.

Gold: 200 drawn sentences of real articles, marked before the rules were read again (gold/citations.jsonl: ids, offsets and
labels, no text), and 60 made ones in Russian. A citation is right where its span overlaps a marked one and its label is one
of those that the mark allows. *names* is the baseline: every newsroom's and source class's name, cited or not. *half* 1 was
looked at while rules were mended, half 0 only measured.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.cases import Case, article, reads_corpus, rows
from crawlers.outlets import load_outlets
from processing.records import TagKind
from processing.tag import load_vocabulary, search_article, tag

GOLD = Path(__file__).with_name("gold")


class Marked(NamedTuple):
    """A sentence with what is marked and what we find, as (label, start, end)."""

    language: str
    half: int
    text: str  # of the sentence
    gold: list[tuple[str, int, int]]
    found: list[tuple[str, int, int]]
    named: list[tuple[str, int, int]]


def drawn(corpus: Path) -> list[Marked]:
    """Return the drawn sentences. Raises ValueError where a text is not the one that was marked."""
    articles = {row["id"]: row for row in rows(corpus / "syrian-outlets/articles.jsonl.gz")}
    slugs = {domain: slug for slug, outlet in load_outlets(None).items() for domain in outlet.domains}
    made = []
    for line in (GOLD / "citations.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["id"] not in articles:
            continue  # of the half that is kept aside elsewhere
        row = articles[one["id"]]
        host = row["host"].removeprefix("www.")
        sentence = row["text"][one["start"] : one["end"]]
        if hashlib.sha256(sentence.encode()).hexdigest() != one["sha256"]:
            raise ValueError(f"{one['id']}: expected the text that was marked, got another")
        case = Case(
            title=row["title"] or "", text=row["text"], language=row["language"], outlet=slugs.get(host, "benchmark"),
            date=row["incidents"][0]["date"] if row["incidents"] else "2022-01-01", governorates=frozenset(),
        )  # fmt: skip
        made.append(_marked(one, case, sentence))
    return made


def own() -> list[Marked]:
    """Return the made sentences."""
    made = []
    for line in (GOLD / "citations_ru.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        case = Case(
            title="", text=one["text"], language="ru", outlet="benchmark", date="2019-09-07", governorates=frozenset()
        )
        made.append(_marked({**one, "start": 0, "end": len(one["text"])}, case, one["text"]))
    return made


def _marked(one: dict[str, Any], case: Case, sentence: str) -> Marked:
    vocabulary = load_vocabulary()
    text = article(case)
    fields = search_article(text, vocabulary)
    inside = [
        found
        for found in tag(text, vocabulary, fields)
        if found.kind is TagKind.SOURCE and found.field == "text" and one["start"] <= found.start < one["end"]
    ]
    hits = [(fields[1].original(hit.start, hit.end), hit.entries) for hit in fields[1].hits[TagKind.SOURCE]]
    named = [(entries[0].alias.target, *span) for span, entries in hits if one["start"] <= span[0] < one["end"]]
    half = int(hashlib.sha256(sentence.encode()).hexdigest(), 16) % 2
    gold = [(_allowed(cited["label"], case.outlet), cited["start"], cited["end"]) for cited in one["cited"]]
    return Marked(one["language"], half, sentence, gold, [(f.target, f.start, f.end) for f in inside], named)


def _allowed(label: str, publisher: str) -> str:
    """Widen a label to what says the same here: a publisher's own people, and the White Helmets by either of their ids."""
    if label == publisher:
        return f"{label}|own_correspondent"
    return f"{label}|white_helmets" if label == "civil_defence" else label


def _fits(found: tuple[str, int, int], gold: tuple[str, int, int]) -> bool:
    label, start, end = found
    allowed = gold[0].split("|")
    is_outlet = load_vocabulary().sources[label].kind == "outlet"
    return start < gold[2] and gold[1] < end and (label in allowed or ("outlet:other" in allowed and is_outlet))


def score(sentences: list[Marked], *, baseline: bool, misses: int) -> Counter[str]:
    """Count right, found and gold citations."""
    counts: Counter[str] = Counter()
    for one in sentences:
        found = one.named if baseline else one.found
        right = [gold for gold in one.gold if any(_fits(each, gold) for each in found)]
        extra = [each for each in found if not any(_fits(each, gold) for gold in one.gold)]
        counts.update(gold=len(one.gold), right=len(right), found=len(right) + len(extra), sentences=1)
        if misses and one.half and (extra or len(right) < len(one.gold)):
            print("   ", [gold for gold in one.gold if gold not in right], extra, one.text[:260].replace("\n", " "))
    return counts


def main() -> None:
    """Print precision, recall and F1 by language and half."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", action="store_true", help="list the misses of half 1")
    options = parser.parse_args()
    groups: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for one in [*drawn(options.corpus), *own()]:
        groups[one.language, "all"].append(one)
        groups[one.language, f"half {one.half}"].append(one)
    table = Table("language", "half", "sentences", "precision", "recall", "F1", "names: F1", title="citations")
    for (language, half), sentences in sorted(groups.items()):
        cells = []
        for baseline in (False, True):
            counts = score(sentences, baseline=baseline, misses=options.misses and half == "all" and not baseline)
            precision, recall = counts["right"] / (counts["found"] or 1), counts["right"] / (counts["gold"] or 1)
            cells.append((precision, recall, 2 * precision * recall / ((precision + recall) or 1)))
        table.add_row(language, half, str(len(sentences)), *(f"{x:.3f}" for x in cells[0]), f"{cells[1][2]:.3f}")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
