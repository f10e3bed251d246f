"""outlets list, show, check, try; boilerplate and numbers are in modules of their own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bulletins import console
from bulletins.boilerplate_commands import boilerplate
from bulletins.number_commands import numbers
from crawlers.records import Outlet

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Slug = Annotated[str, typer.Argument(help="The outlet's slug: the name of its file.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    outlets = typer.Typer(help="The outlets that are declared.", no_args_is_help=True)
    for command in (list_outlets, show, check):
        outlets.command(command.__name__.removesuffix("_outlets"))(command)
    outlets.command("try")(try_outlet)
    outlets.command()(boilerplate)
    outlets.command()(numbers)
    app.add_typer(outlets, name="outlets", rich_help_panel="Outlets and data")


def list_outlets(
    status: Annotated[str | None, typer.Option(help="Only those active, unverified, blocked or closed.")] = None,
    as_json: Json = False,
) -> None:
    """List the outlets with languages, status and feeds."""
    chosen = [outlet for outlet in _all().values() if status in (None, outlet.status)]
    if as_json:
        console.as_json([asdict(outlet) for outlet in chosen])
        return
    rows = [(o.slug, o.name, " ".join(o.languages), o.status, len(o.feeds), o.home) for o in chosen]
    console.table(f"{len(chosen)} outlets", ["slug", "name", "languages", "status", "feeds", "home"], rows)


def show(slug: Slug, as_json: Json = False) -> None:
    """Show one outlet's declaration and the evidence for its status."""
    outlet = _one(slug)
    if as_json:
        console.as_json(asdict(outlet))
        return
    facts = [
        ("name", " / ".join(name for name in (outlet.name, outlet.name_ar, outlet.name_ru) if name)),
        ("about", outlet.about),
        ("home", outlet.home),
        ("domains", ", ".join(outlet.domains)),
        ("status", f"{outlet.status} {outlet.status_on or ''}"),
        ("evidence", outlet.status_evidence),
        ("articles", "\n".join(outlet.articles) or "every URL"),
        ("delay", f"{outlet.politeness.delay_seconds} s"),
        ("known lines", _known(outlet)),
        ("full text", "may be exported" if outlet.full_text_public else "not exported"),
    ]
    console.table(slug, ["", ""], facts)
    console.table("How its pages are read", ["captured", "body", "prune", "numeric dates", "time zone"], _rules(outlet))
    feeds = [(feed.kind, feed.url, "yes" if feed.verified else "no", feed.note) for feed in outlet.feeds]
    console.table("Feeds", ["kind", "address", "verified", "note"], feeds)
    stood = [(a.since or "", a.until or "", a.stance, a.note) for a in outlet.affiliations]
    console.table("Affiliation", ["since", "until", "stance", "note"], stood)


def _rules(outlet: Outlet) -> list[tuple[str, str, str, str, str]]:
    """Return the rules in force, newest first, each with the times of capture that they hold for."""
    from crawlers.rules import overridden

    rows = []
    since = ""
    for entry in (*outlet.clean.earlier, None):
        rules = overridden(outlet.clean, entry) if entry else outlet.clean
        captured = f"{since} {f'before {entry.before}' if entry else ''}".strip() or "at any time"
        body, order = ", ".join(rules.body) or "general rules", rules.day_order or "learned"
        rows.append((captured, body, ", ".join(rules.prune), order, rules.timezone))
        since = f"from {entry.before}" if entry else ""
    return rows[::-1]


def _known(outlet: Outlet) -> str:
    known = outlet.boilerplate
    dropped = "dropped" if outlet.clean.boilerplate else "left in the texts"
    return f"{len(known.dropped)} {dropped}, {len(known.kept)} kept" if known.dropped or known.kept else "none"


def check() -> None:
    """Read all declarations strictly; every mistake is one line with file, key and what was expected."""
    outlets = _all()
    console.out.print(f"{len(outlets)} declarations are sound.", highlight=False)


def try_outlet(
    slug: Slug,
    replay: Annotated[
        Path | None, typer.Option(help="Answer from this WARC instead of the network.", exists=True)
    ] = None,
    limit: Annotated[int, typer.Option(help="Pages to fetch at most.", min=1)] = 3,
) -> None:
    """Read an outlet's feeds and a few pages, and show the links and one cleaned article. Nothing is stored."""
    from bulletins.trying import try_out

    raise typer.Exit(try_out(_one(slug), replay, limit))


def _all() -> dict[str, Outlet]:
    from crawlers.outlets import load_outlets

    return load_outlets()


def _one(slug: str) -> Outlet:
    from crawlers.records import BulletinsError

    outlets = _all()
    if slug not in outlets:
        raise BulletinsError(f"no outlet {slug!r}; `bulletins outlets list` shows those that are declared")
    return outlets[slug]
