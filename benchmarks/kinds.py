"""Pages that are no articles, and short bulletins that are: how many of each are told apart (tests/golden/kinds).

    python -m benchmarks.kinds [--json]

The samples were written without reading the rules. Those numbered 01, 03 and 05 of each language were looked at when rules
were mended, and 04 of challenge, login, parked and paywall after a first count; 02 were not, and stand apart as held out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.pages import NOW, outlet
from crawlers import urls
from crawlers.records import Fetch, FetchOutcome, Link, Page, Purpose
from processing.clean import CleanHints, clean
from processing.records import Article, Rejection

SAMPLES = Path(__file__).parent.parent / "tests" / "golden" / "kinds"
ARTICLE = "article"
HELD_OUT = ("02",)
BULLETIN = "bulletin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of the samples of one kind."""

    kind: str
    samples: int
    refused: int  # under any reason
    held_out: int  # of those samples no rule was mended by
    held_out_refused: int
    outcomes: dict[str, int]


def samples(kind: str) -> list[dict[str, Any]]:
    """Read the samples of a kind."""
    return [json.loads(line) for line in (SAMPLES / f"{kind}.jsonl").read_text("utf-8").splitlines()]


def outcome(sample: dict[str, Any]) -> str:
    """Return the reason a page is refused for, or the kind of article it is loaded as."""
    result = cleaned(sample)
    return str(result.reason) if isinstance(result, Rejection) else str(result.kind)


def cleaned(sample: dict[str, Any]) -> Article | Rejection:
    """Clean one sample."""
    key, body = urls.key(sample["url"]), sample["html"].encode()
    headers = tuple((name, value) for name, value in sample["headers"])
    declared = next((value for name, value in headers if name.lower() == "content-type"), "text/html; charset=utf-8")
    fetch = Fetch(
        crawl_id="golden", sequence=0, purpose=Purpose.PAGE, key=key, url=sample["final_url"], first_url=sample["url"],
        outcome=FetchOutcome.OK, status=sample["status"], fetched_at=NOW, content_type=declared, body_bytes=len(body),
        body_sha256="0" * 64,
    )  # fmt: skip
    link = Link(key=key, url=sample["url"], canonical=urls.canonical(sample["url"]), feed_url="", position=0)
    return clean(Page(fetch=fetch, link=link, headers=headers, body=body), outlet("sample.example"), CleanHints())


def measure() -> Iterator[Row]:
    """Clean every sample."""
    for kind in sorted(path.stem for path in SAMPLES.glob("*.jsonl")):
        found = [(sample["id"], outcome(sample)) for sample in samples(kind)]
        held_out = [result for name, result in found if kind != BULLETIN and name.endswith(HELD_OUT)]
        outcomes = Counter(result for _, result in found)
        yield Row(
            kind=kind, samples=len(found), refused=len(found) - outcomes[ARTICLE], held_out=len(held_out),
            held_out_refused=sum(result != ARTICLE for result in held_out), outcomes=dict(outcomes),
        )  # fmt: skip


def main(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Tell the samples apart and count."""
    rows = list(measure())
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return
    table = Table("kind", "told apart", "of those held out", "outcomes")
    for row in rows:
        seen = ", ".join(f"{name} {count}" for name, count in sorted(row.outcomes.items()))
        held_out = f"{row.held_out_refused} of {row.held_out}" if row.held_out else "-"
        table.add_row(row.kind, f"{row.refused} of {row.samples}", held_out, seen)
    Console(width=120).print(table)


if __name__ == "__main__":
    typer.run(main)
