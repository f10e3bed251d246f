"""How well statements are read: `python -m benchmarks.statements [--corpus DIR] [--misses N]`.

- *sample*: the sample bulletin beside its gold. Each statement must be found once with type, standing, sides, places,
  chain and number of killed right; what stands in the headline block and the brief must point to one of them.
- *incidents*: texts tied to incidents of an airstrike database. *type* is the share of texts in which some counted event
  is of the incident's strike type; *side* the share in which the alleged belligerent stands as doer or side of one,
  where a bare word match finds it named at all.
- *labels*: FA-KES, whose crowd labels are noisy: cause of death as type, actor as doer.
- *speed*: CPU milliseconds a text and per 3,000 characters, without tagging.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.cases import Case, article, reads_corpus, rows
from processing.describe import describe
from processing.statements import Statement, find_statements
from processing.statements.records import NumberKind, RoleKind
from processing.tag import load_vocabulary, search_article, tag

GOLD = Path(__file__).with_name("gold") / "sample_bulletin.toml"

# Our types by strike type of the incidents; a type is right where it is one of them.
STRIKES = {
    "Airstrike": {"remote.air_drone_strike"},
    "Drone Strike": {"remote.air_drone_strike"},
    "Artillery": {"remote.shelling"},
    "Airstrike and/or Artillery": {"remote.air_drone_strike", "remote.shelling"},
    "Ground operation": {"battle.armed_clash", "vac.attack", "remote.shelling", "vac.assassination"},
    "Counter-Terrorism Action (Ground)": {"battle.armed_clash", "vac.attack", "strat.arrest", "vac.assassination"},
    "Naval bombardment": {"remote.shelling"},
}
# The belligerents of the incidents: our actors, and the words by which a text names them at all.
SIDES = {
    "Turkish Military": (
        {"turkey_forces", "turkey_gendarmerie", "turkey_mit", "sna"},
        r"turk|ترك[يىا]|الاحتلال التركي|турец|турц",
    ),
    "Russian Military": ({"russia_forces", "russia_mp", "wagner", "syaaf", "saa"}, r"russia|روس[يى]|росси"),
    "YPG": (
        {"ypg", "sdf", "kurds_unspecified", "ypj", "pkk"},
        r"\bypg\b|\bsdf\b|قسد|kurdish|democratic forces|سوريا الديمقراطية",
    ),
    "Syrian Democratic Forces": ({"sdf", "ypg"}, r"\bsdf\b|قسد|democratic forces|سوريا الديمقراطية"),
    "U.S.-led Coalition": ({"coalition", "us_forces"}, r"coalition|التحالف|u\.?s\.? |american|أمريك|اميرك|коалиц"),
    "Israeli Military": ({"israel_idf"}, r"israel|إسرائيل|اسرائيل|израил"),
    "Iranian Military": ({"iran_irgc", "iran_backed_militias"}, r"iran|إيران|ايران|иран"),
}
CAUSES = {
    "shelling": {"remote.shelling", "remote.air_drone_strike"},
    "explosion": {"remote.ied_landmine", "remote.suicide_bomb", "remote.grenade"},
    "chemical and toxic gases": {"remote.chemical"},
    "execution": {"vac.attack", "vac.assassination"},
    "shooting": {"vac.attack", "battle.armed_clash", "vac.assassination", "demo.excessive_force"},
}
LABELS = {
    "syrian government or russian troops": {"saa", "assad_government", "russia_forces", "syaaf", "saa_allies", "ndf"},
    "the organization of the islamic state in iraq and the levant - isis": {"is"},
    "international coalition forces": {"coalition", "us_forces"},
    "armed opposition groups": {
        "armed_opposition_generic",
        "fsa",
        "militants_generic",
        "jaysh_islam",
        "ahrar_sham",
        "hts",
    },
    "self administration forces": {"sdf", "ypg", "kurds_unspecified"},
    "al-nusra front": {"nusra", "jfs", "hts"},
}


@dataclass(slots=True)
class Share:
    """So many of so many, and the ones that are not among them."""

    hit: int = 0
    of: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, is_hit: bool, about: str) -> None:
        """Count one."""
        self.of += 1
        self.hit += is_hit
        if not is_hit:
            self.missed.append(about)

    def __str__(self) -> str:
        return f"{self.hit} of {self.of} ({self.hit / self.of:.3f})" if self.of else "-"


def state(case: Case) -> tuple[Statement, ...]:
    """Return the statements of a text."""
    vocabulary = load_vocabulary()
    one = article(case)
    fields = search_article(one, vocabulary)
    tags = tag(one, vocabulary, fields)
    return find_statements(one, fields, tags, describe(one, fields, tags, vocabulary), vocabulary)


def counted(statements: Iterable[Statement]) -> list[Statement]:
    """Leave out what sums up another."""
    return [one for one in statements if not one.summary_of]


def sample(corpus: Path) -> tuple[Table, int, int]:
    """Compare the sample bulletin with its gold; returns a table, and how many of how many points are right."""
    gold = tomllib.loads(GOLD.read_text(encoding="utf-8"))
    text = (corpus / "sample-bulletin.txt").read_text(encoding="utf-8")
    found = state(
        Case(
            title="",  # it stands in the text, and counts once
            text=text,
            language="en",
            outlet=gold["outlet"],
            date=gold["published"],
            governorates=frozenset(),
        )
    )
    left = counted(found)
    table = Table("statement", "found at", "wrong", title="sample bulletin")
    right = points = 0
    for wanted in gold["statement"]:
        fitting = [one for one in left if one.event_type == wanted["type"] and str(one.standing) == wanted["standing"]]
        best = min(fitting, key=lambda one: len(_wrong(one, wanted)), default=None)
        wrong = _wrong(best, wanted) if best else ["not found"]
        if best:
            left.remove(best)
        points += 1
        right += not wrong
        table.add_row(wanted["id"], f"{best.start}-{best.end}" if best else "-", "; ".join(wrong))
    for other in left:
        table.add_row("-", f"{other.start}-{other.end}", f"counted, and is none: {other.event_type} {other.standing}")
    table.caption = f"{len(found) - len(counted(found))} summaries (gold {gold['summaries']}), {len(left)} too many"
    return table, right - len(left), points


def _wrong(one: Statement, wanted: dict[str, Any]) -> list[str]:
    sides = {kind: {role.actor for role in one.roles if role.role is kind and not role.hedge} for kind in RoleKind}
    checks = {
        "by": (set(wanted.get("by", ())), sides[RoleKind.BY]),
        "to": (set(wanted.get("to", ())), sides[RoleKind.TO]),
        "with": (set(wanted.get("with", ())), sides[RoleKind.WITH]),
        "suspected": (set(wanted.get("suspected", ())), {role.actor for role in one.roles if role.hedge}),
        "places": (set(wanted.get("places", ())), {site.place for site in one.sites}),
        "governorate": ({wanted.get("governorate")}, {site.governorate for site in one.sites}),
        "chain": (wanted.get("chain"), [link.source for link in one.chain]),
        "killed": (wanted.get("killed"), _killed(one)),
    }
    return [f"{name} {got}" for name, (want, got) in checks.items() if name in wanted and want != got]


def _killed(one: Statement) -> int | str | None:
    killed = [number for number in one.numbers if number.kind in (NumberKind.KILLED, NumberKind.CASUALTIES)]
    if not killed:
        return None
    return "unknown" if killed[0].low is None else killed[0].low


def incidents(corpus: Path, misses: int) -> Table:
    """Score type and belligerent on the texts that are tied to incidents."""
    table = Table("set", "language", "type", "side where named", "side", title="incidents")
    for name, path, body in (("web", "web/expected", "body"), ("syrian-outlets", "syrian-outlets/articles", "text")):
        scores: dict[tuple[str, str], Share] = {}
        for row in rows(corpus / f"{path}.jsonl.gz"):
            if row["incidents"]:
                _score(row, row[body] or "", scores)
        for language in ("ar", "en"):
            table.add_row(
                name, language, *(str(scores.get((language, what), Share())) for what in ("type", "named", "side"))
            )
            if misses:
                for what in ("type", "named"):
                    for line in scores[language, what].missed[:misses]:
                        print("   ", name, what, line)
    return table


def _score(row: dict[str, Any], text: str, scores: dict[tuple[str, str], Share]) -> None:
    incident = row["incidents"][0]
    case = Case(
        title=row["title"] or "",
        text=text,
        language=row["language"],
        outlet="benchmark",
        date=incident["date"],
        governorates=frozenset(),
    )
    made = state(case)
    types_made = Counter(one.event_type for one in made)
    about = f"{incident['strike_type_en']} / {incident['actor_en']}: {case.title[:90]} | {types_made}"
    types = [strike.strip() for strike in (incident["strike_type_en"] or "").split(",") if strike.strip()]
    if types:
        wanted = set().union(*(STRIKES[strike] for strike in types))
        _share(scores, row, "type").add(any(one.event_type in wanted for one in made), about)
    acting = {role.actor for one in made for role in one.roles if role.role is not RoleKind.TO}
    for side in {side.strip() for side in incident["actor_en"].split(",")} & set(SIDES):
        actors, words = SIDES[side]
        is_named = re.search(words, f"{case.title}\n{text}", re.IGNORECASE) is not None
        if is_named:
            _share(scores, row, "named").add(bool(actors & acting), about)
        _share(scores, row, "side").add(bool(actors & acting), about)


def _share(scores: dict[tuple[str, str], Share], row: dict[str, Any], what: str) -> Share:
    return scores.setdefault((row["language"], what), Share())


def labels(corpus: Path) -> Table:
    """Score the crowd's labels, as far as they go: each label, the share of texts that say so in our reading."""
    table = Table("label", "texts that say so", title="FA-KES")
    causes: dict[str, Share] = {}
    actors: dict[str, Share] = {}
    for row in rows(corpus / "fa-kes/articles.jsonl.gz"):
        day = dt.datetime.strptime(row["date"], "%m/%d/%y").replace(tzinfo=dt.UTC).date().isoformat()
        made = state(
            Case(
                title=row["article_title"],
                text=row["article_content"],
                language="en",
                outlet="benchmark",
                date=day,
                governorates=frozenset(),
            )
        )
        if wanted := CAUSES.get(row["cause_of_death"]):
            causes.setdefault(row["cause_of_death"], Share()).add(any(one.event_type in wanted for one in made), "")
        if wanted := LABELS.get(row["actor"]):
            acting = {role.actor for one in made for role in one.roles if role.role is not RoleKind.TO}
            actors.setdefault(row["actor"], Share()).add(bool(acting & wanted), "")
    for label, share in [*causes.items(), *actors.items()]:
        table.add_row(label, str(share))
    return table


def speed(corpus: Path) -> Table:
    """Time the statements of every third text tied to an incident, the best of three, tagging not included."""
    vocabulary = load_vocabulary()
    spent: list[float] = []
    size = 0
    for row in rows(corpus / "syrian-outlets/articles.jsonl.gz")[::3]:
        case = Case(
            title=row["title"] or "",
            text=row["text"],
            language=row["language"],
            outlet="benchmark",
            date="2022-01-01",
            governorates=frozenset(),
        )
        one = article(case)
        fields = search_article(one, vocabulary)
        tags = tag(one, vocabulary, fields)
        profile = describe(one, fields, tags, vocabulary)
        spent.append(min(_seconds(one, fields, tags, profile, vocabulary) for _ in range(3)))
        size += len(one.title) + len(one.text)
    table = Table("texts", "ms (median)", "ms per 3,000 characters", title="speed")
    table.add_row(str(len(spent)), f"{statistics.median(spent) * 1000:.3f}", f"{sum(spent) / size * 3e6:.3f}")
    return table


def _seconds(*arguments: Any) -> float:
    began = time.process_time()
    find_statements(*arguments)
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of each kind")
    options = parser.parse_args(arguments)
    console = Console(width=130)
    table, right, points = sample(options.corpus)
    console.print(table)
    console.print(f"right {right} of {points}")
    console.print(incidents(options.corpus, options.misses), labels(options.corpus), speed(options.corpus))


if __name__ == "__main__":
    main()
