"""Languages of texts and of the paragraphs of mixed texts, beside the bare model asked for each paragraph.

    python -m benchmarks.language [--corpus FOLDER] [--json]

Paragraphs come from gold texts whose language is known: Arabic and English from `web`, English and Russian from the
story pairs, Arabic, Russian and Turkish from the pages made for this project, and sentences of the tests for the rest.
Mixed texts are made of them: four to eight paragraphs in one language, one to three of another among them, always the
same ones. Counted: paragraphs under their right language; texts in one language that are said to be in one; milliseconds
of CPU for a text of both ways.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from processing.language import language, passages
from tests.golden.pages.build import golden
from tests.test_language import PARAGRAPHS

SHORTEST = 60  # characters of a paragraph
TEXTS = 400
HALF = 0.5
Spans = list[tuple[int, int, str]]


def main(
    corpus: Annotated[Path | None, typer.Option(help="A folder laid out like the corpus.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make the texts, tell their languages, and count."""
    pool = paragraphs(data.corpus(corpus))
    mixed, plain = list(texts(pool, mixed=True)), list(texts(pool, mixed=False))
    rows = []
    for name, way in {"passages": told, "the model for each paragraph": asked}.items():
        started = time.process_time()
        right = [_right(way(text), text, codes) for text, codes in mixed]
        single = [len({code for *_, code in way(text)}) == 1 for text, _ in plain]
        spent = 1000 * (time.process_time() - started) / (len(mixed) + len(plain))
        by_code: dict[str, list[bool]] = defaultdict(list)
        for (_, codes), found in zip(mixed, right, strict=True):
            for code, is_right in zip(codes, found, strict=True):
                by_code[code].append(is_right)
        every = [one for found in by_code.values() for one in found]
        rows.append(
            {
                "way": name,
                "paragraphs right": round(sum(every) / len(every), 4),
                "in one language, said so": round(sum(single) / len(single), 4),
                "ms a text": round(spent, 3),
                "by language": {code: round(sum(f) / len(f), 3) for code, f in sorted(by_code.items())},
            }
        )
    if as_json:
        print(json.dumps({"paragraphs": sum(map(len, pool.values())), "ways": rows}, indent=1))
        return
    table = Table(*rows[0], title=f"{len(mixed)} mixed texts, {len(plain)} in one language")
    for row in rows:
        table.add_row(*(str(value).strip("{}") for value in row.values()))
    Console(width=150).print(table)


def paragraphs(corpus: Path) -> dict[str, list[str]]:
    """Return paragraphs by language."""
    pool: dict[str, list[str]] = {code: list(found) for code, found in PARAGRAPHS.items()}
    for page in golden():
        pool.setdefault(page.language, []).extend(page.text.split("\n"))
    if (corpus / "web").is_dir():
        for row in data.expected(corpus / "web"):
            pool.setdefault(row.language, []).extend(row.body.split("\n"))
    pairs = corpus / "dedup" / "tgcontest_pairs.jsonl.gz"
    if pairs.exists():
        with gzip.open(pairs, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = row["INPUT:first_text"]
                pool.setdefault("ru" if "а" in text else "en", []).append(text)
    return {code: [one.strip() for one in found if len(one.strip()) >= SHORTEST] for code, found in pool.items()}


def texts(pool: dict[str, list[str]], *, mixed: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield texts with the language of each paragraph."""
    chance = random.Random(7)
    for number in range(TEXTS):
        main = sorted(pool)[number % len(pool)]
        codes = [main] * chance.randint(4, 8)
        if mixed:
            other = chance.choice(sorted(set(pool) - {main}))
            place = chance.randint(1, len(codes))
            codes[place:place] = [other] * chance.randint(1, 3)
        yield "\n".join(" ".join(chance.choice(pool[code]).split()) for code in codes), codes


def told(text: str) -> Spans:
    """Return the languages as the cleaner stores them."""
    main, _ = language(text)
    return [(one.start, one.end, one.language) for one in passages(text, main)] or [(0, len(text), main)]


def asked(text: str) -> Spans:
    """Return what the model says of each paragraph."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line), language(line)[0]))
        start += len(line) + 1
    return spans


def _right(spans: Spans, text: str, codes: list[str]) -> list[bool]:
    found, start = [], 0
    for line, code in zip(text.split("\n"), codes, strict=True):
        found.append(any(a <= start < b and said == code for a, b, said in spans))
        start += len(line) + 1
    return found


if __name__ == "__main__":
    typer.run(main)
