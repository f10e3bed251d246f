"""Digests: bulletins of several reports, cut into their parts by `split(title, text, vocabulary, day)`.

Pure, as the tagger is, whose vocabulary names the governorates and actors; the words that make a digest are in words.py.
"""

from __future__ import annotations

import datetime as dt

from processing.digest.build import build
from processing.digest.link import link
from processing.digest.names import Names
from processing.digest.records import Digest
from processing.digest.shape import shape
from processing.digest.units import units
from processing.tag.match import Field, search
from processing.tag.vocabulary import Vocabulary

__all__ = ["LONGEST", "Digest", "split"]

LONGEST = 60_000  # characters; the longest bulletin known has under 10,000, and what is longer is an archive or no text


def split(
    title: str, text: str, vocabulary: Vocabulary, day: dt.date, outlet: str = "", field: Field | None = None
) -> Digest | None:
    """Cut a digest into its parts; None where the article is none.

    `day` is the day of publication and `outlet` the slug: by them an actor's name is understood, as in `tag`. `field` is
    the text as `tag.search_article` has searched it, where the caller has it.
    """
    if len(text) > LONGEST:
        return None
    cut = units(text)
    names = Names(field or search("text", text, vocabulary, day), vocabulary, day, outlet)
    found = shape(title, text, cut, names)
    if found is None:
        return None
    return Digest(parts=tuple(link(text, build(text, cut, names, found), names)))
