"""What an article is as a whole: how much it is about Syria, and its parts where it is a digest."""

from __future__ import annotations

from processing.digest import split
from processing.records import Article, Profile, Tag
from processing.relevance import relevance
from processing.tag import Vocabulary
from processing.tag.match import Field


def describe(article: Article, fields: tuple[Field, Field], tags: tuple[Tag, ...], vocabulary: Vocabulary) -> Profile:
    """Score and split an article, with `search_article`'s fields and the tags of it. Pure; the same for the same four."""
    score = relevance(article, fields, tags, vocabulary)
    # the day of which it speaks, as `tag` reads it
    day = (article.published.at if article.published else article.fetched_at).date()
    digest = split(article.title, article.text, vocabulary, day, article.outlet, fields[1])
    return Profile(
        key=article.key,
        content_sha256=article.content_sha256,
        relevance=score.score,
        evidence=score.evidence,
        parts=digest.parts if digest else (),
        tagger=vocabulary.tagger,
    )
