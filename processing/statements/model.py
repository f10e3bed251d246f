"""A hook for a model that reads statements too, off unless BULLETINS_MODEL names one: `package.module:object`.

What it finds goes through the same records and tables as ours, under its own method, and never replaces ours. It is
somebody else's code: what it returns is checked against the text, and what does not hold is refused and counted.
"""

from __future__ import annotations

import dataclasses
import importlib
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, cast

from crawlers.records import BulletinsError
from processing.records import Article, Profile, Tag
from processing.statements.build import RULES
from processing.statements.lexicon import load_lexicon
from processing.statements.records import Statement
from processing.tag.vocabulary import Vocabulary

_LOG = logging.getLogger(__name__)


class ModelError(BulletinsError):
    """BULLETINS_MODEL names nothing that can read statements."""


class Model(Protocol):
    """What BULLETINS_MODEL must name."""

    name: str  # the method of its statements, such as "acme-reader"; not "rules"
    version: str

    def find(self, article: Article, tags: Sequence[Tag], profile: Profile) -> Iterable[Statement]:
        """Return the statements of an article. Actors, places, sources and event types are the vocabulary's ids."""


def load_model(spec: str) -> Model | None:
    """Import the model that `package.module:object` names; None for an empty string. Raises ModelError."""
    if not spec:
        return None
    module, colon, name = spec.partition(":")
    if not colon:
        raise ModelError(f"BULLETINS_MODEL: expected package.module:object, got {spec!r}")
    try:
        model = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ModelError(f"BULLETINS_MODEL: {spec!r} cannot be imported: {error}") from error
    missing = [wanted for wanted in ("name", "version", "find") if not hasattr(model, wanted)]
    if missing or model.name == RULES:
        raise ModelError(f"BULLETINS_MODEL: {spec!r}: expected name (not {RULES!r}), version and find")
    return cast(Model, model)


def ask_model(
    model: Model, article: Article, tags: Sequence[Tag], profile: Profile, vocabulary: Vocabulary
) -> tuple[tuple[Statement, ...], Counter[str]]:
    """Return a model's statements of an article, numbered from 0, and how many were refused, by reason."""
    refused: Counter[str] = Counter()
    try:
        found = list(model.find(article, tags, profile))
    except Exception as error:  # noqa: BLE001 - another's code: its mistake must not cost the articles that we have read
        _LOG.warning("model %s failed on %s: %s: %s", model.name, article.key, type(error).__name__, error)
        return (), Counter({"model failed": 1})
    kept: list[Statement] = []
    for one in found:
        if reason := _flaw(one, article, vocabulary):
            refused[f"model refused: {reason}"] += 1
        else:
            kept.append(one)
    return tuple(
        dataclasses.replace(
            one,
            key=article.key,
            content_sha256=article.content_sha256,
            number=number,
            method=model.name,
            tagger=f"{model.name} {model.version}",
            summary_of=tuple(told for told in one.summary_of if told < len(kept) and told != number),
        )
        for number, one in enumerate(kept)
    ), refused


def _flaw(one: Statement, article: Article, vocabulary: Vocabulary) -> str | None:
    """Name what is wrong with a statement; None: nothing."""
    whole = article.title if one.field == "title" else article.text
    if not 0 <= one.start < one.end <= len(whole) or whole[one.start : one.end] != one.literal:
        return "its words are not in the text"
    if not one.start <= one.trigger[0] < one.trigger[1] <= one.end:
        return "its trigger is not in the sentence"
    if one.event_type not in load_lexicon().types:
        return "unknown event type"
    spans = [(role.start, role.end) for role in one.roles]
    spans += [(part.start, part.end) for part in one.numbers] + [(part.start, part.end) for part in one.chain]
    spans += [(site.start, site.end) for site in one.sites if site.start is not None and site.end is not None]
    if any(not 0 <= start < end <= len(whole) for start, end in spans):
        return "a name or number is not in the text"
    if any(role.actor not in vocabulary.actors for role in one.roles):
        return "unknown actor"
    if any(site.place not in vocabulary.places for site in one.sites):
        return "unknown place"
    return "unknown source" if any(link.source not in vocabulary.sources for link in one.chain) else None
