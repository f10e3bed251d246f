"""Places, actors and cited sources of an article: `tag(article, load_vocabulary())`.

Rules are data (processing/vocabulary); this package carries them out. It reads nothing but the article and the
vocabulary, and gives the same tags for the same two.
"""

from __future__ import annotations

from processing.records import Article, Tag
from processing.tag.cite import find_sources
from processing.tag.locate import find_places
from processing.tag.match import Field, search
from processing.tag.reference import actors, places, sources
from processing.tag.resolve import find_actors
from processing.tag.spans import Cover, Found, longest
from processing.tag.speak import once, speaking
from processing.tag.unlisted import unlisted
from processing.tag.vocabulary import TAGGER, Vocabulary, load_vocabulary

__all__ = ["TAGGER", "Vocabulary", "actors", "load_vocabulary", "places", "search_article", "sources", "tag"]


def search_article(article: Article, vocabulary: Vocabulary) -> tuple[Field, Field]:
    """Find all names of the vocabulary in title and text: what `tag` and `describe` both start from."""
    day = (article.published.at if article.published else article.fetched_at).date()
    return search("title", article.title, vocabulary, day), search("text", article.text, vocabulary, day)


def tag(article: Article, vocabulary: Vocabulary, fields: tuple[Field, Field] | None = None) -> tuple[Tag, ...]:
    """Return the tags of an article in order of field, position and kind; each rests on a span of title or text.

    `fields` are those of `search_article`, where the caller has them.
    Actors are looked up for the day of publication, or of the fetch where that is not known. Of names of one kind that
    overlap, the longest is taken; a place that is part of an actor's or a newsroom's name is none.
    """
    day = (article.published.at if article.published else article.fetched_at).date()
    fields = fields or search_article(article, vocabulary)
    cited, names = find_sources(fields, vocabulary, article.outlet)
    located, sure = find_places(fields, vocabulary, names)
    newsrooms = Cover(names)
    found = find_actors(fields, vocabulary, sure, (day, article.outlet))
    acting = [one for one in found if not newsrooms.holds(one)]
    cited = once([*cited, *speaking(fields, acting, cited, vocabulary)])
    parts = Cover(acting)
    standing = [one for one in longest(located) if not parts.holds(one)]
    standing += unlisted(fields, [*standing, *acting, *names], sure)
    return tuple(_tag(one, article, vocabulary.tagger) for one in sorted([*standing, *acting, *cited], key=_order))


def _order(one: Found) -> tuple[bool, int, int, str, str]:
    return one.field.name != "title", one.start, one.end, one.kind, one.target


def _tag(found: Found, article: Article, tagger: str) -> Tag:
    start, end = found.field.original(found.start, found.end)
    return Tag(
        key=article.key,
        content_sha256=article.content_sha256,
        kind=found.kind,
        target=found.target,
        field=found.field.name,
        start=start,
        end=end,
        matched=found.field.source[start:end],
        rule=found.rule,
        tagger=tagger,
        governorate=found.governorate,
        confidence=found.confidence,
    )
