"""The hook for a model: off by default, beside the rules and never instead of them, checked like all foreign input."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from types import ModuleType, SimpleNamespace

import pytest

from processing.describe import describe
from processing.statements import find_statements
from processing.statements.model import ModelError, ask_model, load_model
from processing.tag import load_vocabulary, search_article, tag
from tests import seed

DAY = dt.datetime(2019, 9, 7, 12, tzinfo=dt.UTC)
TEXT = "Syrian army units shelled the outskirts of Kafr Nabl on Saturday."


@pytest.fixture(scope="module")
def read():
    """An article, its tags and profile, and what the rules find in it."""
    vocabulary = load_vocabulary()
    given = {"title": "Shelling", "text": TEXT, "published": DAY}
    one = seed.article(seed.link_to("a"), "crawl", "sample_post", 0, DAY, "0" * 64, given)
    fields = search_article(one, vocabulary)
    tags = tag(one, vocabulary, fields)
    profile = describe(one, fields, tags, vocabulary)
    return one, tags, profile, find_statements(one, fields, tags, profile, vocabulary)


def asked(read, *found):
    one, tags, profile, _ = read
    model = SimpleNamespace(name="reader", version="7", find=lambda *_: found)
    return ask_model(model, one, tags, profile, load_vocabulary())


def test_no_model_is_asked_unless_one_is_named():
    assert load_model("") is None


@pytest.mark.parametrize("spec", ["nothing", "no.such.module:thing", "json:nothing", "json:loads"])
def test_a_name_that_is_no_model_is_refused_with_what_is_expected(spec):
    with pytest.raises(ModelError, match="BULLETINS_MODEL"):
        load_model(spec)


def test_a_model_may_not_pass_for_the_rules(monkeypatch):
    module = ModuleType("impostor")
    module.model = SimpleNamespace(name="rules", version="1", find=lambda *_: ())
    monkeypatch.setitem(sys.modules, "impostor", module)
    with pytest.raises(ModelError, match="not 'rules'"):
        load_model("impostor:model")


def test_its_statements_carry_its_name_and_version_and_numbers_of_their_own(read):
    ours = read[3][-1]
    found, refused = asked(read, dataclasses.replace(ours, method="rules", number=5, key="x"))
    assert not refused
    assert [(one.method, one.tagger, one.number, one.key) for one in found] == [("reader", "reader 7", 0, read[0].key)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"literal": "something else"}, "its words are not in the text"),
        ({"end": 10_000}, "its words are not in the text"),
        ({"trigger": (0, 10_000)}, "its trigger is not in the sentence"),
        ({"event_type": "none.such"}, "unknown event type"),
    ],
)
def test_what_does_not_hold_is_refused_and_counted(read, change, reason):
    ours = read[3][-1]
    found, refused = asked(read, dataclasses.replace(ours, **change), ours)
    assert len(found) == 1
    assert refused == {f"model refused: {reason}": 1}


def test_unknown_actors_places_and_spans_are_refused(read):
    ours = read[3][-1]
    actor = dataclasses.replace(ours.roles[0], actor="nobody")
    span = dataclasses.replace(ours.roles[0], end=10_000)
    place = dataclasses.replace(ours.sites[0], place="PL-nowhere")
    _, refused = asked(
        read,
        dataclasses.replace(ours, roles=(actor,)),
        dataclasses.replace(ours, roles=(span,)),
        dataclasses.replace(ours, sites=(place,)),
    )
    assert refused == {
        "model refused: unknown actor": 1,
        "model refused: a name or number is not in the text": 1,
        "model refused: unknown place": 1,
    }


def test_a_model_that_breaks_costs_none_of_ours(read):
    one, tags, profile, _ = read

    def find(*_):
        raise RuntimeError("out of memory")

    model = SimpleNamespace(name="reader", version="7", find=find)
    assert ask_model(model, one, tags, profile, load_vocabulary()) == ((), {"model failed": 1})
