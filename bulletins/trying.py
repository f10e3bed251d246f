"""Try an outlet's declaration for real: its feeds, a few pages, one article; nothing is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bulletins import console
from bulletins.crawl_commands import now
from crawlers.archive import Archive
from crawlers.outlets import outlets_folder
from crawlers.records import LinkFate, Outlet, Page
from crawlers.run import crawl
from crawlers.state import write_state
from processing.clean import CleanHints, clean
from processing.crawl import learned_order, name_crawl
from processing.records import Article


def try_out(outlet: Outlet, replay: Path | None, limit: int) -> int:
    """Crawl at most `limit` pages into a folder that is thrown away; returns 0 when an article came out, else 1."""
    with TemporaryDirectory(prefix="bulletins-try-") as folder:
        state = Path(folder) / "state.sqlite"
        write_state(state, [], [])
        crawl_id = name_crawl(outlet.slug, now(), "try")
        archive = Archive(Path(folder) / "archive")
        with console.err.status(f"reading {outlet.slug}"):
            crawl(
                outlet.slug, crawl_id=crawl_id, state=state, spool=Path(folder) / "spool", archive=archive.root,
                outlets=outlets_folder(), replay=replay, force=True, limit=limit, on_progress=None,
            )  # fmt: skip
        return _show(outlet, archive, crawl_id)


def _show(outlet: Outlet, archive: Archive, crawl_id: str) -> int:
    hints = CleanHints(day_order=outlet.clean.day_order or learned_order(archive, crawl_id))
    fates: Counter[str] = Counter()
    rows, shown = [], 0
    for entry in archive.entries(crawl_id):
        if isinstance(entry, Page):
            result = clean(entry, outlet, hints)
            if isinstance(result, Article):
                shown += 1
                _article(result) if shown == 1 else None
            else:
                rows.append((entry.link.url, f"rejected: {result.reason} ({result.detail})"))
        elif isinstance(entry, LinkFate):
            fates[f"{entry.fate} {entry.reason}".strip()] += 1
            rows.append((entry.link.url, f"{entry.fate} {entry.reason}"))
        else:
            rows.append((entry.url, f"{entry.purpose}: {entry.outcome} {entry.detail}"))
    console.table("Attempts and links", ["address", "what became of it"], rows[:60])
    console.out.print(", ".join(f"{name} {count}" for name, count in fates.items()), highlight=False)
    return 0 if shown else 1


def _article(article: Article) -> None:
    published = article.published
    facts = [
        ("title", article.title),
        ("language", f"{article.language} ({article.language_confidence:.2f})"),
        (
            "published",
            f"{published.at} {published.precision} from {published.origin}" if published else "no sound date",
        ),
        ("authors", ", ".join(article.authors)),
        ("flags", ", ".join(article.flags)),
        ("text", article.text[:600] + ("…" if len(article.text) > 600 else "")),
    ]
    console.table("One article", ["", ""], facts)
