"""One article's statements, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from processing.records import Article, PartKind, Precision, Profile, Tag
from processing.statements.chain import goes_on, inherit, load_hedges, read_chain, read_hedges, words_of
from processing.statements.clauses import Clause, clauses
from processing.statements.event import Event, read_event
from processing.statements.join import Draft, continues, extend, told_in_full
from processing.statements.lexicon import load_lexicon
from processing.statements.numbers import Name, find_numbers, load_number_words
from processing.statements.records import Counted, DayPrecision, EventDay, Number, Scope, Site, Standing, Statement
from processing.statements.roles import is_generic, read_roles
from processing.statements.sites import read_sites
from processing.statements.when import event_day, load_times, publication_day
from processing.tag.match import Field, Word
from processing.tag.vocabulary import Vocabulary
from processing.text import fold_plain

RULES = "rules"  # the method of everything here; a model's statements carry its name
RELEVANT = (
    0.1  # an article below it is not about Syria, and what it reports without naming a place or actor is not ours
)
RECENT, OLD = 1, 7  # days before publication: what was told before is still news, what is told is news no more
_TO_THE_DAY = (Precision.SECOND, Precision.MINUTE, Precision.DAY)
# Types of actors.csv that have no fighters.
_UNARMED = frozenset(
    "government foreign_state political_body international_org civilians humanitarian media_arm local_committee"
    " political_party unspecified foreign_state_linked protesters unknown".split()
)
TITLE_WITHIN = 3  # lines at the head of a text in which its title may stand again


def find_statements(
    article: Article, fields: tuple[Field, Field], tags: Sequence[Tag], profile: Profile, vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """Return the statements of an article in order of the text, the title's first.

    `fields`, `tags` and `profile` are those of `search_article`, `tag` and `describe`.
    """
    drafts: list[Draft] = []
    for field in fields:
        own = [tag for tag in tags if tag.field == field.name]
        words = words_of(field)
        for clause in clauses(field, load_lexicon().marks(field), own, profile.parts):
            _add(drafts, clause, words, article, profile, vocabulary)
    summaries = told_in_full(drafts, profile.parts, _alike(vocabulary))
    return tuple(
        _statement(number, draft, summaries[number], article, vocabulary.tagger) for number, draft in enumerate(drafts)
    )


def _add(
    drafts: list[Draft],
    clause: Clause,
    words: Sequence[tuple[int, int, Word]],
    article: Article,
    profile: Profile,
    vocabulary: Vocabulary,
) -> None:
    """Make a statement of a clause, or add the clause to the statement it goes on with, or leave it."""
    if clause.part_kind is PartKind.CLOSE:
        return
    event = read_event(clause)
    if event is None or not (clause.actors or clause.places or profile.relevance >= RELEVANT):
        return
    numbers = find_numbers(clause.source, clause.start, clause.end, load_number_words(), _names(clause, vocabulary))
    if event.is_casualty and not numbers:
        return  # the dead are buried, the wounded are treated: no event
    published = article.published
    on = published.at if published and published.precision in _TO_THE_DAY else None
    day = event_day(clause.source, clause.start, clause.end, on, None, load_times())
    before = drafts[-1] if drafts and drafts[-1].clause.field == clause.field else None
    chain = read_chain(clause, words, vocabulary.sources, article.outlet)
    if not chain and before and _is_same_word(before, clause, event):
        chain = inherit(before.chain)
    sites: tuple[Site, ...] = before.sites if before and before.clause.paragraph == clause.paragraph else ()
    draft = Draft(
        clause=clause,
        event=event,
        standing=_standing(event, numbers, day, on),
        roles=read_roles(clause, event, vocabulary.actors),
        sites=read_sites(clause, profile.parts, sites),
        numbers=numbers,
        chain=chain,
        hedges=read_hedges(clause, load_hedges()),
        day=day,
        is_title=clause.field == "title" or _repeats(clause, article.title),
    )
    if before and continues(before, draft):
        extend(before, draft)
    elif not event.is_casualty or any(number.low for number in numbers):
        drafts.append(draft)


def _names(clause: Clause, vocabulary: Vocabulary) -> list[Name]:
    """Return the names in a clause; of a side that fights its people are fighters."""
    named: list[Name] = [(tag.start, tag.end, None) for tag in clause.places]
    for tag in clause.actors:
        is_armed = vocabulary.actors[tag.target].type not in _UNARMED
        named.append((tag.start, tag.end, Counted.FIGHTERS if is_armed else None))
    return named


def _is_same_word(before: Draft, clause: Clause, event: Event) -> bool:
    """Say whether a sentence without a source stands on the word of the one before it in its paragraph.

    It does where it says so ("He added"), and where it tells the same event in more detail.
    """
    if before.clause.paragraph != clause.paragraph or before.clause.part != clause.part or not before.chain:
        return False
    is_same = event.event_type == before.event.event_type and event.standing is before.event.standing
    return goes_on(clause) or (is_same and event.standing is Standing.EVENT)


def _standing(event: Event, numbers: Sequence[Number], day: EventDay, on: dt.datetime | None) -> Standing:
    """Correct the standing by what numbers and day say: a sum over years, a day long before, a day that is today."""
    is_told = event.standing in (Standing.EVENT, Standing.BACKGROUND)
    if is_told and any(number.scope is Scope.CUMULATIVE for number in numbers):
        return Standing.CUMULATIVE
    if on is None or day.start is None or day.last is None:
        return event.standing
    days = (publication_day(on, None) - day.last).days
    if (
        event.standing is Standing.BACKGROUND
        and days <= RECENT
        and day.precision in (DayPrecision.DAY, DayPrecision.NIGHT)
    ):
        return Standing.EVENT if event.is_told_before else Standing.BACKGROUND
    return Standing.BACKGROUND if event.standing is Standing.EVENT and days > OLD else event.standing


def _repeats(clause: Clause, title: str) -> bool:
    """Say whether a clause of the text is the title printed again, or part of it."""
    return clause.paragraph < TITLE_WITHIN and fold_plain(clause.literal) in fold_plain(title)


def _statement(number: int, draft: Draft, summary_of: tuple[int, ...], article: Article, tagger: str) -> Statement:
    clause, event = draft.clause, draft.event
    return Statement(
        key=article.key,
        content_sha256=article.content_sha256,
        number=number,
        field=clause.field,
        start=clause.start,
        end=clause.end,
        literal=clause.literal,
        part=clause.part,
        event_type=event.event_type,
        standing=draft.standing,
        trigger=(event.trigger.start, event.trigger.end),
        roles=draft.roles,
        sites=draft.sites,
        numbers=draft.numbers,
        chain=draft.chain,
        hedges=draft.hedges,
        day=draft.day,
        summary_of=summary_of,
        rule=event.rule,
        confidence=event.confidence,
        method=RULES,
        tagger=tagger,
    )


def _alike(vocabulary: Vocabulary) -> Callable[[str, str], bool]:
    """Return whether two actors may be one side: the same, of one bloc, parent and part, or one of them only a kind."""

    def alike(one: str, other: str) -> bool:
        if one == other or is_generic(one) or is_generic(other):
            return True
        first, second = vocabulary.actors[one], vocabulary.actors[other]
        return first.bloc == second.bloc or other == first.parent or one == second.parent

    return alike
