"""How much an article is about Syria: a score with its evidence, stored beside the text, and never a filter.

Counted are the mentions that a reader would point at: the country's name in the languages of the outlets, the places
that were tagged (all are in Syria), and the actors that are Syrian or fight there. What stands in the headline counts
threefold. The score is d / (d + 1), where d is the weight of the mentions per hundred words: 0.5 is one mention in a
hundred words, as an article has that is about Syria and tells the background too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from processing.records import Article, Tag, TagKind
from processing.tag import Vocabulary
from processing.tag.match import Field

IN_TITLE = 3.0
# A bulletin of one sentence names one place: fewer words than these count as so many.
LEAST_WORDS = 50
EVIDENCE = 12  # kinds of mention that are listed, the weightiest first
# The country and what is Syrian, as `fold_plain` leaves it.
SYRIA = re.compile(
    r"(?<!\w)(?:syria\w*|syrie\w*|siria\w*|suri(?:ye|ya)\w*|[وبلفك]?(?:ال|لل)?سوري(?:ا|ه|ون|ين|ات|تين|تان)?|سوریا\w*"
    r"|сири(?:я|и|ю|еи|ис)\w*|וסוריה|[בלמה]?סורי(?:ה|ת|ים)?)(?!\w)"
)
# Actors by bloc: those that exist in Syria only count in full; those that are elsewhere too count little, and states
# that are everywhere in the news not at all.
SYRIAN_BLOCS = frozenset(
    """
    assad_remnant assad_state druze_local hts_line kurdish_led kurdish_other opposition_civil rebel_opposition
    transitional_state turkish_backed us_backed_opposition
    """.split()
)
PARTLY_SYRIAN = dict.fromkeys(("islamic_state", "iran_axis", "jihadist_aq", "jihadist_other"), 0.3)


@dataclass(frozen=True, slots=True)
class Relevance:
    """The outcome: the score, and the mentions it rests on."""

    score: float  # 0-1
    evidence: tuple[str, ...]  # "place PL-afrin-sy02 x2", "title: Syria x1"; the weightiest first


def relevance(article: Article, fields: Iterable[Field], tags: Iterable[Tag], vocabulary: Vocabulary) -> Relevance:
    """Score an article by its own words, as `search_article` folded them, and its tags. Pure."""
    weights: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    for field in fields:
        if found := len(SYRIA.findall(field.folded.text)):
            in_title = field.name == "title"
            name = "title: Syria" if in_title else "Syria"
            weights[name], counts[name] = found * (IN_TITLE if in_title else 1.0), found
    for tag in tags:
        if weight := _weight(tag, vocabulary):
            in_title = tag.field == "title"
            name = f"{'title: ' if in_title else ''}{tag.kind} {tag.target}"
            weights[name] += weight * (IN_TITLE if in_title else 1.0)
            counts[name] += 1
    words = max(LEAST_WORDS, len(article.title.split()) + len(article.text.split()))
    density = 100 * sum(weights.values()) / words
    evidence = sorted(weights, key=lambda name: (-weights[name], name))[:EVIDENCE]
    return Relevance(round(density / (density + 1), 3), tuple(f"{name} x{counts[name]}" for name in evidence))


def _weight(tag: Tag, vocabulary: Vocabulary) -> float:
    if tag.kind is TagKind.PLACE:
        return tag.confidence
    if tag.kind is TagKind.ACTOR:
        bloc = vocabulary.actors[tag.target].bloc
        return 1.0 if bloc in SYRIAN_BLOCS else PARTLY_SYRIAN.get(bloc, 0.0)
    return 0.0
