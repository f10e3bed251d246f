"""The vocabulary in memory: what `processing/vocabulary` says, compiled for searching.

`load_vocabulary` reads the files once per process. Names of newsrooms come from the outlets' own declarations, so that
adding an outlet makes it known here as well.
"""

from __future__ import annotations

import csv
import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

import ahocorasick_rs

from processing.records import TagKind
from processing.tag.aliases import Alias, Form, VocabularyError, parse_aliases, window
from processing.tag.cues import Cues, read_cues
from processing.tag.forms import spellings
from processing.tag.newsrooms import Newsrooms, read_newsrooms

TAGGER = "1"  # the rules of this package; the vocabulary's own hash is added to it in every tag

_PLACE_COLUMNS = (
    "place_id,level,name_en,name_ar,name_ru,governorate,district,latitude,longitude,policy,"
    "aliases_en,aliases_ar,aliases_ru,note"
).split(",")
_ACTOR_COLUMNS = (
    "actor_id,type,bloc,parent,active_from,active_until,name_en,name_ar,name_ru,acronyms,"
    "aliases_en,aliases_ar,aliases_ru,loaded,note"
).split(",")
_TRAP_COLUMNS = "target,alias,side,words,reason".split(",")
_LANGUAGES = ("en", "ar", "ru")
