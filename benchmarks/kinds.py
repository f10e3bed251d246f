"""Pages that are no articles, and short bulletins that are: how many of each are told apart (tests/golden/kinds, kinds_more).

    python -m benchmarks.kinds [--json]

The samples were written without reading the rules. Those numbered 01, 03 and 05 of each language were looked at when rules
were mended, and 04 of challenge, login, parked and paywall after a first count; 02 were not, and stand apart as held out. All of
kinds_more were looked at. `bare bulletin` are the bulletins again, on pages that declare nothing: no metadata, no date.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
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
MORE = SAMPLES.parent / "kinds_more"
ARTICLE = "article"
MARKED = {"live": ("live_blog",), "video": ("video", "photo")}  # loaded, and told apart by their mark alone
HELD_OUT = ("02",)
BULLETIN = "bulletin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of the samples of one kind."""

    kind: str
    samples: int
    told: int  # refused under any reason; of live blogs and films, loaded and marked
    held_out: int  # of those samples no rule was mended by
    held_out_told: int
    outcomes: dict[str, int]


def samples(kind: str, folder: Path = SAMPLES) -> list[dict[str, Any]]:
    """Read the samples of a kind."""
    return [json.loads(line) for line in (folder / f"{kind}.jsonl").read_text("utf-8").splitlines()]


def bare_bulletins() -> list[dict[str, Any]]:
    """Return the bulletins on pages of a title, a menu, the text and a footer, that declare nothing and show no date."""
    return [sample | {"html": _bare(sample)} for sample in samples(BULLETIN)]


def _bare(sample: dict[str, Any]) -> str:
    title, text = escape(sample["title"]), escape(sample["text"]).replace("\n", "</p><p>")
    menu = "".join(f"<li><a href='/{number}'>{name}</a></li>" for number, name in enumerate("ABCDEFGHIJ"))
    head = f"<html lang='{sample['language']}'><head><title>{title}</title></head>"
    return f"{head}<body><nav><ul>{menu}</ul></nav><h1>{title}</h1><p>{text}</p><footer>Example</footer></body></html>"


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
        yield _row(kind, kind, samples(kind))
    yield _row("bare bulletin", BULLETIN, bare_bulletins())
    for kind in sorted(path.stem for path in MORE.glob("*.jsonl")):
        yield _row(f"{kind}, more", kind, samples(kind, MORE), has_held_out=False)


def _row(name: str, kind: str, given: list[dict[str, Any]], *, has_held_out: bool = True) -> Row:
    found = [(sample["id"], outcome(sample)) for sample in given]
    told = [(key, result in MARKED.get(kind, (result,)) and result != ARTICLE) for key, result in found]
    held_out = [is_told for key, is_told in told if has_held_out and kind != BULLETIN and key.endswith(HELD_OUT)]
    return Row(
        kind=name, samples=len(found), told=sum(is_told for _, is_told in told), held_out=len(held_out),
        held_out_told=sum(held_out), outcomes=dict(Counter(result for _, result in found)),
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
        held_out = f"{row.held_out_told} of {row.held_out}" if row.held_out else "-"
        table.add_row(row.kind, f"{row.told} of {row.samples}", held_out, seen)
    Console(width=120).print(table)


if __name__ == "__main__":
    typer.run(main)
