"""Whom the article cites: newsrooms and classes of source beside a word that attributes.

An outlet that names itself is not citing: its own slug is a target only where another newsroom cites it back ("circular").
Named is not cited either, so a name without
a word of attribution counts only where it can be nothing else, and then with less confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processing.records import TagKind
from processing.tag.aliases import Alias, Form
from processing.tag.cues import Cues
from processing.tag.match import Field, Hit, around
from processing.tag.spans import Found, longest
from processing.tag.vocabulary import Vocabulary

CITED, ALONE_NEWSROOM, ALONE_CLASS = 0.95, 0.4, 0.7
_STOP = re.compile(r"[!?؟؛;\n]|\.(?=\s|$)")  # ends a sentence; not the dots of S.N.N or 12.30
_COMMA = re.compile("[,،:]")
_POSITIONS = ("brackets", "headline", "dateline")  # in which a publisher signs its own text
_OPENS = re.compile(r"(?:[(\[]|--?) ?$")  # (AFP)   --Reuters
_CLOSES = re.compile(r" ?(?:[)\]]|$|\n)")
_DATELINE = 60  # characters of the text in which "Damascus, SANA -" can stand
_BEFORE_DATELINE = re.compile(r"[-(,،/] ?$")
# FAN's way to bring in its stringer: "a military source of the agency in Syria Name Surname".
_PERSON = re.compile(
    r"[^.;,\n]{0,80}?\b[A-ZА-ЯЁ][a-zа-яё]+ [A-ZА-ЯЁ][a-zа-яё]+\W{0,2}(?:[.,;\n]|$|said|told|reported|сообщил)"
)
_MILITARY, _NAMED_MILITARY, _CORRESPONDENT = "anonymous.military_source", "named_military_source", "own_correspondent"
_SILENT = re.compile(
    r"no (?:immediate |official )?comment|not (?:immediately |yet )?(?:comment|respond|acknowledg|independently)"
    r"|declined to comment"
    r"|دون (?:اي )?تعليق|لم (?:يصدر|تعلق|يعلق)|не прокомментировал|без комментари"
)
# A publisher's own people, right after its name: SOHR activists, ANHA's correspondent.
_OWN = re.compile(r"(?:'?s)? (?:reliable )?(?:sources?|activists?|correspondents?|reporters?)\b")
_TITLE = 25  # characters before a name at the head of a line: "Director of the"
_BESIDE = 12  # characters between "correspondent of" and the newsroom


def find_sources(fields: Sequence[Field], vocabulary: Vocabulary, outlet: str) -> tuple[list[Found], list[Found]]:
    """Return the sources that the article cites, and all newsrooms' names in it, cited or not, its own included."""
    read = longest(
        found for field in fields for hit in field.hits[TagKind.SOURCE] for found in _read(field, hit, vocabulary)
    )
    names = [found for found in read if vocabulary.sources[found.target].kind == "outlet"]
    own = [found for found in read if found.target == outlet]
    read = [found for found in read if not any(_follows(found, other) for other in own) and not _is_silent(found)]
    cited = [
        _own(found) if found.target == outlet else found
        for found in read
        if (found.target != outlet or _OWN.match(found.field.folded.text, found.end))
        and not _is_anothers(found, names, outlet)
    ]
    quoting = [found for found in cited if found.confidence == CITED and found in names]
    circular = [
        found._replace(rule=f"{found.rule}, circular")
        for found in own
        if found.confidence == CITED and found not in cited and any(_is_quoted_by(found, other) for other in quoting)
    ]
    return [*cited, *circular], names


def _read(field: Field, hit: Hit, vocabulary: Vocabulary) -> Iterator[Found]:
    before, after = field.before(hit.start), field.after(hit.end)
    said = _attribution(field, hit) or _position(field, hit, before, after)
    for entry in hit.entries:
        if (said or "cue" not in entry.alias.flags) and _stands(entry.alias, vocabulary.cues, before, after):
            alone = ALONE_CLASS if entry.alias.form is Form.CLASS else ALONE_NEWSROOM
            rule = f"{entry.rule}, {said or 'named only'}"
            target = _target(entry.alias, field, hit)
            yield Found(field, hit.start, hit.end, TagKind.SOURCE, target, rule, CITED if said else alone)


def _stands(alias: Alias, cues: Cues, before: str, after: str) -> bool:
    """Check the words around: the one that makes it a newsroom, where the alias asks for it, and no trap."""
    if "media" in alias.flags and not cues.media(before, after):
        return False
    return alias.target not in cues.traps or not cues.trapped(alias.target, alias.literal, before, after)


def _target(alias: Alias, field: Field, hit: Hit) -> str:
    return _NAMED_MILITARY if alias.target == _MILITARY and _is_person(field, hit) else alias.target


def _attribution(field: Field, hit: Hit) -> str | None:
    """Name the pattern whose word attributes something to the hit; None: there is none."""
    text = field.folded.text
    for word in around(field.words, hit.start, hit.end):
        if word.trigger.side == "after":
            begin, end = word.end, hit.start
        else:
            begin, end = hit.end, word.start
        if not 0 <= end - begin <= word.trigger.reach or _STOP.search(text, begin, end):
            continue
        if word.trigger.side == "before" or not _COMMA.search(text, begin, end):
            return word.trigger.pattern
    return None


def _position(field: Field, hit: Hit, before: str, after: str) -> str | None:
    """Name the position that makes the hit a source: in brackets, in a dateline, before the colon of a headline."""
    if _OPENS.search(before) and _CLOSES.match(after):
        return "brackets"
    line = before.rpartition("\n")[2]
    if after.startswith(":") and len(line) <= _TITLE and not any(mark in line for mark in ".،,:"):
        return "headline"
    is_dateline = field.name == "text" and 0 < hit.start < _DATELINE and _BEFORE_DATELINE.search(before)
    return "dateline" if is_dateline else None


def _is_person(field: Field, hit: Hit) -> bool:
    return _PERSON.match(field.source, field.original(hit.start, hit.end)[1]) is not None


def _follows(found: Found, own: Found) -> bool:
    """Say whether "activists" only goes on with the publisher's name before it."""
    return found.field is own.field and 0 < found.start - own.end <= 2 and found.target.startswith("anonymous.")


def _is_silent(found: Found) -> bool:
    """Say whether the source is named because it said nothing: "no immediate comment from the ministry"."""
    text = found.field.folded.text
    return _SILENT.search(text, max(0, found.start - 70), min(len(text), found.end + 45)) is not None


def _own(found: Found) -> Found:
    """Read "SOHR activists" in SOHR's own article as what they are: the publisher's own reporters."""
    return found._replace(target=_CORRESPONDENT, rule=f"own {found.rule}")


def _is_quoted_by(own: Found, other: Found) -> bool:
    """Say whether another newsroom before it in the sentence has it from the publisher: "X reported, citing" it."""
    if own.field is not other.field or own.rule.endswith(_POSITIONS) or other.end > own.start:
        return False
    return _STOP.search(own.field.folded.text, other.end, own.start) is None


def _is_anothers(found: Found, names: Sequence[Found], outlet: str) -> bool:
    """Say whether "the correspondent" is another newsroom's: مراسل رويترز."""
    return found.target == _CORRESPONDENT and any(
        name.field is found.field and 0 <= name.start - found.end <= _BESIDE and name.target != outlet for name in names
    )
