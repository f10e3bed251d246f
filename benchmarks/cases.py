"""The texts of the gold sets with what others say of each, as articles; shared by the benchmarks that read them."""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processing.records import Article, ArticleKind, DateCandidate, DateOrigin, Precision
from processing.tag import load_vocabulary
from processing.tag.forms import smooth

PEERS = Path(__file__).parent.parent / ".venv-peers" / "bin" / "python"
DAMASCUS = frozenset(("SY01", "SY03"))
# Names of the gold sets that are not names of our vocabulary's governorates.
REGIONS = {"hasakeh": "SY08", "hasakah": "SY08", "lattakia": "SY06", "latakia": "SY06"}


def reads_corpus(about: str | None) -> argparse.ArgumentParser:
    """Return a parser of a benchmark's command line: its own docstring as help, and where the real data is."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")))
    return parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text with what others say of it."""

    title: str
    text: str
    language: str
    outlet: str
    date: str  # ISO
    governorates: frozenset[str]  # p-codes
    names: tuple[str, ...] = ()  # of the place, in the languages of the gold set


def article(case: Case) -> Article:
    """Make an article of a text; what tagging does not look at is left blank."""
    day = dt.datetime.fromisoformat(case.date).replace(tzinfo=dt.UTC)
    published = DateCandidate(origin=DateOrigin.META, raw=case.date, at=day, precision=Precision.DAY)
    return Article(
        key="0" * 64,
        page_key="0" * 64,
        outlet=case.outlet,
        crawl_id="benchmark",
        fetch_sequence=0,
        url="",
        canonical="",
        fetched_at=day,
        title=case.title,
        text=case.text,
        authors=(),
        language=case.language,
        language_confidence=1.0,
        passages=(),
        kind=ArticleKind.ARTICLE,
        published=published,
        date_candidates=(published,),
        modified_at=None,
        content_sha256="0" * 64,
        body_sha256="0" * 64,
        extractor="",
        cleaner="",
        rules=(),
        flags=(),
    )


def cases(corpus: Path) -> Iterator[tuple[str, list[Case]]]:
    """Yield the gold sets of a corpus folder by name."""
    named = codes()
    yield "web", [_incident(row, row["body"]) for row in rows(corpus / "web/expected.jsonl.gz") if _located(row)]
    outlets = rows(corpus / "syrian-outlets/articles.jsonl.gz")
    yield "syrian-outlets", [_incident(row, row["text"]) for row in outlets if _located(row)]
    yield "shaam_lines", [_line(row, named) for row in rows(corpus / "bulletins/shaam_lines.jsonl.gz")]
    yield "fa-kes", [_label(row, named) for row in rows(corpus / "fa-kes/articles.jsonl.gz")]


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _located(row: dict[str, Any]) -> bool:
    return any(incident["pcode"] for incident in row["incidents"])


def _incident(row: dict[str, Any], text: str) -> Case:
    incidents = row["incidents"]
    names = {incident[key] for incident in incidents for key in ("location_ar", "location_en") if incident.get(key)}
    return Case(
        title=row["title"] or "",
        text=text or "",
        language=row["language"],
        outlet="benchmark",
        date=incidents[0]["date"],
        governorates=_alike(incident["pcode"] for incident in incidents if incident["pcode"]),
        names=tuple(sorted(names)),
    )


def _line(row: dict[str, Any], codes: dict[str, str]) -> Case:
    named = frozenset(codes[smooth(name)] for name in row["governorate"].split("|"))
    return Case(
        title="", text=row["line"], language="ar", outlet="benchmark", date="2022-07-25", governorates=_alike(named)
    )


def _label(row: dict[str, Any], codes: dict[str, str]) -> Case:
    day = dt.datetime.strptime(row["date"], "%m/%d/%y").replace(tzinfo=dt.UTC).date().isoformat()
    return Case(
        title=row["article_title"],
        text=row["article_content"],
        language="en",
        outlet="benchmark",
        date=day,
        governorates=_alike([codes[smooth(row["location"])]]),
    )


def _alike(governorates: Iterable[str]) -> frozenset[str]:
    """Take Damascus and its countryside for one: the gold sets do not keep them apart."""
    named = frozenset(governorates)
    return named | DAMASCUS if named & DAMASCUS else named


def codes() -> dict[str, str]:
    """Map English names of governorates, in any spelling of the vocabulary, to p-codes."""
    entries = (entry.alias for entries in load_vocabulary().entries for entry in entries)
    named = {
        smooth(alias.literal): alias.target for alias in entries if len(alias.target) == 4 and alias.language == "en"
    }
    return {**named, **REGIONS}
