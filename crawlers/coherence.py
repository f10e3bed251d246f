"""What the values of one declaration must be to one another; what each alone must look like is in crawlers.outlets."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from crawlers.declarations import Faults
from crawlers.numbers import read_day
from crawlers.records import Affiliation, EarlierRules, Feed, FeedKind, Outlet, OutletStatus
from crawlers.urls import allowed

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?", re.ASCII)


def judge(outlet: Outlet, faults: Faults) -> None:
    """Note what is wrong between values. A value already noted is None in the record and judged no further."""
    for key in ("domains", "languages"):
        if key not in faults and not getattr(outlet, key):
            faults.add(key, "at least one", [])
    ends_crawling = outlet.status in (OutletStatus.CLOSED, OutletStatus.BLOCKED)
    if ends_crawling and "status_evidence" not in faults and not outlet.status_evidence.strip():
        faults.add("status_evidence", f"how it is known that the outlet is {outlet.status}")
    _judge_address(outlet.home, "home", outlet, faults)
    for i, affiliation in enumerate(outlet.affiliations or ()):
        _judge_affiliation(affiliation, f"affiliations[{i}]", faults)
    addresses: set[str] = set()
    for i, feed in enumerate(outlet.feeds or ()):
        if feed is not None:
            _judge_feed(feed, f"feeds[{i}]", outlet, faults)
            if feed.url in addresses:
                faults.add(f"feeds[{i}].url", "an address that no earlier feed has", feed.url)
            addresses.add(feed.url)
    _judge_identity(outlet, faults)
    _judge_numbered(outlet, faults)
    if outlet.clean:
        _judge_earlier(outlet.clean.earlier or (), faults)
    per_day = None if "expect" in faults else outlet.expect.articles_per_day
    if per_day and per_day[0] > per_day[1]:
        faults.add("expect.articles_per_day", "the lower number first", list(per_day))


def _judge_numbered(outlet: Outlet, faults: Faults) -> None:
    """The address has one group, and the days grow with the numbers: what lies between is concluded from that."""
    for i, numbered in enumerate(outlet.numbered or ()):
        key = f"numbered[{i}]"
        if numbered is None or f"{key}.address" in faults or f"{key}.days" in faults:
            continue
        if re.compile(numbered.address).groups != 1:
            faults.add(f"{key}.address", "one group, which is the number", numbered.address)
        days = [read_day(day) for day in numbered.days]
        if len(days) < 2:
            faults.add(f"{key}.days", "two days at least", list(numbered.days))
        for place, (one, other) in enumerate(pairwise(days), 1):
            if one.number >= other.number or one.day > other.day:
                faults.add(f"{key}.days[{place}]", "a higher number and no earlier day", numbered.days[place])


def _judge_identity(outlet: Outlet, faults: Faults) -> None:
    """Each rule of identity has the groups it names, and a host moves to another one of the outlet's that stays."""
    for i, same in enumerate(outlet.same_pages or ()):
        key = f"same_pages[{i}]"
        if same is None or any(f"{key}.{part}" in faults for part in ("address", "identity")):
            continue
        named = {int(digits) for digits in re.findall(r"\\(\d+)", same.identity)}
        groups = re.compile(same.address).groups
        if not named or max(named) > groups:
            faults.add(f"{key}.identity", f"some of the {groups} groups of the address, as \\1", same.identity)
    gone = {move.host for move in outlet.moved or () if move is not None}
    for i, move in enumerate(outlet.moved or ()):
        if move is None:
            continue
        for part, host in (("host", move.host), ("now", move.now)):
            if f"moved[{i}].{part}" not in faults and not allowed(f"https://{host}/", outlet):
                faults.add(f"moved[{i}].{part}", "one of the outlet's own domains, or below one", host)
        if move.now in gone:
            faults.add(f"moved[{i}].now", "a host that did not move itself", move.now)


def _judge_affiliation(affiliation: Affiliation | None, key: str, faults: Faults) -> None:
    if affiliation is None or key in faults or affiliation.since is None or affiliation.until is None:
        return
    if first_day(affiliation.until) < first_day(affiliation.since):
        faults.add(f"{key}.until", f"a date that is not before since = {affiliation.since!r}", affiliation.until)


def _judge_earlier(earlier: tuple[EarlierRules, ...], faults: Faults) -> None:
    """Each entry says what was different, and its day is later than the one before it, so that one alone can hold."""
    last: dt.date | None = None
    for i, rules in enumerate(earlier):
        key = f"clean.earlier[{i}]"
        if rules is None or key in faults:
            continue
        if rules == EarlierRules(before=rules.before):
            faults.add(key, "at least one of body, prune, day_order, timezone")
        if last and rules.before <= last:
            faults.add(f"{key}.before", f"a day after {last}, which the entry above has", rules.before)
        last = rules.before


def _judge_feed(feed: Feed, key: str, outlet: Outlet, faults: Faults) -> None:
    _judge_address(feed.url, f"{key}.url", outlet, faults)
    if feed.language and "languages" not in faults and feed.language not in outlet.languages:
        faults.add(f"{key}.language", f"one of the outlet's languages {', '.join(outlet.languages)}", feed.language)
    if feed.verified and f"{key}.note" not in faults and not feed.note.strip():
        faults.add(f"{key}.note", "who saw this feed answer and when, since it says verified = true")
    if feed.kind is FeedKind.LISTING:
        if feed.selector is None:
            faults.add(f"{key}.selector", "the CSS selector of the links, since this is a listing")
        return
    for name in ("selector", "next_selector"):
        if feed.kind and getattr(feed, name) is not None:
            faults.add(f"{key}.{name}", f"no such key in a feed of kind {feed.kind}", getattr(feed, name))


def _judge_address(url: str, key: str, outlet: Outlet, faults: Faults) -> None:
    if key not in faults and "domains" not in faults and not allowed(url, outlet):
        faults.add(key, f"an address within domains = {', '.join(outlet.domains)}", url)


def first_day(value: str) -> dt.date:
    """The first day that a partial date can mean; ValueError when it is none."""
    match = _PARTIAL_DATE.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
