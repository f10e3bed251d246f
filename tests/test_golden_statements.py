"""Statements of single sentences, made for this: what is reported, who stands on which side, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processing.statements.records import RoleKind
from tests.texts import stated

GOLD = [json.loads(line) for line in (Path(__file__).parent / "golden" / "statements.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("gold", GOLD, ids=[f"{one['type']}: {one['text'][:40]}" for one in GOLD])
def test_a_sentence_is_read_as_a_person_reads_it(gold):
    found = [one for one in stated(gold["text"], gold["date"]) if not one.summary_of]
    assert [(one.event_type, str(one.standing)) for one in found] == [(gold["type"], gold["standing"])]
    [one] = found
    for kind in RoleKind:
        named = [role.actor for role in one.roles if role.role is kind]
        assert set(gold[kind]) <= set(named), f"{kind}: {named}"
        assert not set(gold[kind]) & {role.actor for role in one.roles if role.role is not kind}
    assert set(gold["places"]) <= {site.place for site in one.sites}
