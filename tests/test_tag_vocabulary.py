"""The vocabulary's files hold together, mistakes in them are named, and spellings follow the rules."""

import csv
import datetime as dt
import re
import tomllib
from importlib import resources

import pytest

from processing.records import TagKind
from processing.tag import actors, load_vocabulary, places, sources
from processing.tag.aliases import Form, VocabularyError, parse_aliases
from processing.tag.forms import spellings
from processing.tag.newsrooms import read_newsrooms
from processing.tag.tables import read_actors, read_places, read_rows

FOLDER = resources.files("processing") / "vocabulary"
GOVERNORATES = {f"SY{number:02}" for number in range(1, 15)}


def rows(name):
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def test_places_have_codes_that_fit_one_another():
    found = rows("places.csv")
    ids = {row["place_id"] for row in found}
    assert {row["place_id"] for row in found if row["level"] == "governorate"} == GOVERNORATES
    assert sum(row["level"] == "district" for row in found) == 62
    for row in found:
        assert row["governorate"] in GOVERNORATES | {""}, row
        assert row["district"] in ids | {""}, row
        assert row["district"].startswith(row["governorate"]) or not row["district"], row
        assert row["place_id"].startswith("SY") or re.fullmatch(r"PL-[a-z0-9-]+", row["place_id"]), row


def test_places_lie_in_syria_where_their_coordinates_are_known():
    for row in rows("places.csv"):
        assert bool(row["latitude"]) == bool(row["longitude"]), row
        if row["latitude"]:
            assert 32.2 < float(row["latitude"]) < 37.4, row
            assert 35.6 < float(row["longitude"]) < 42.5, row


def test_a_place_without_a_governorate_spans_several():
    for row in rows("places.csv"):
        assert row["governorate"] or row["policy"] in ("multi_gov", "context"), row


def test_places_of_one_name_are_all_judged_by_what_is_around_them():
    vocabulary = load_vocabulary()
    for entries in vocabulary.entries:
        readings = [entry for entry in entries if entry.alias.kind is TagKind.PLACE and entry.is_written]
        meant = {entry.alias.target for entry in readings}
        towns = {target for target in meant if vocabulary.places[target].level not in ("governorate", "district")}
        free = {entry.alias.target for entry in readings if entry.need == "nothing" and entry.alias.target in towns}
        assert len(towns) < 2 or not free, [entry.alias for entry in readings]


def test_parents_targets_of_traps_and_conditions_exist():
    vocabulary = load_vocabulary()
    for actor in vocabulary.actors.values():
        assert actor.parent is None or actor.parent in vocabulary.actors, actor
    known = {*vocabulary.places, *vocabulary.actors, *vocabulary.sources}
    literals = {(entry.alias.target, entry.alias.literal) for entries in vocabulary.entries for entry in entries}
    for row in rows("traps.csv"):
        assert row["target"] in known, row
        assert row["alias"] == "*" or (row["target"], row["alias"]) in literals, row
    for entries in vocabulary.entries:
        for entry in entries:
            assert entry.alias.near <= GOVERNORATES, entry.alias
            assert entry.alias.by <= set(vocabulary.sources), entry.alias


def test_no_spelling_is_shorter_than_two_letters_and_none_mixes_scripts():
    mixed = re.compile("[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", re.IGNORECASE)
    for entries in load_vocabulary().entries:
        for entry in entries:
            assert len(entry.alias.literal) > 1, entry.alias
            assert not mixed.search(entry.alias.literal), entry.alias


def test_every_newsroom_that_is_declared_is_a_source():
    declared = {path.name.removesuffix(".toml") for path in (resources.files("crawlers") / "outlets").iterdir()}
    assert declared <= set(load_vocabulary().sources) | {"__pycache__", "__init__.py"}


def test_the_reference_rows_cover_every_target():
    vocabulary = load_vocabulary()
    listed = {
        TagKind.PLACE: {row[0] for row in places()},
        TagKind.ACTOR: {row[0] for row in actors()},
        TagKind.SOURCE: {row[0] for row in sources()},
    }
    for entries in vocabulary.entries:
        for entry in entries:
            assert entry.alias.target in listed[entry.alias.kind]
    assert {len(row) for row in places()} == {9}
    assert {len(row) for row in actors()} == {7}
    assert {row[1] for row in sources()} == {"outlet", "class"}
    assert ("anonymous.activists", "class", "Unnamed activists") in set(sources())


def test_the_vocabulary_is_read_once():
    assert load_vocabulary() is load_vocabulary()


def test_the_version_names_rules_and_vocabulary():
    assert re.fullmatch(r"\d+\+[0-9a-f]{8}", load_vocabulary().tagger)


def aliases(cell):
    return list(parse_aliases(cell, kind=TagKind.PLACE, target="SY01", form=Form.ALIAS))


def test_an_alias_carries_its_conditions():
    plain, dated, judged = aliases("Jabal|Jabal Bashan{2025-10..2026-02}|Ghouta{context near=SY03,SY01 by=sana}")
    assert (plain.flags, plain.since, plain.language) == (frozenset(), None, "en")
    assert (dated.since, dated.until) == (dt.date(2025, 10, 1), dt.date(2026, 2, 28))
    assert judged.flags == {"context"}
    assert (judged.near, judged.by) == ({"SY03", "SY01"}, {"sana"})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Dara{contxt}", "expected one of armed, attack, case, context"),
        ("Dara{context", "expected name or name{conditions}"),
        ("Dara{2025-13..}", "expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ("Dara{2025-02-30..}", "expected YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_a_mistake_in_an_alias_names_the_target_and_what_was_expected(cell, expected):
    with pytest.raises(VocabularyError, match=re.escape(expected)) as caught:
        aliases(cell)
    assert "SY01" in str(caught.value)


def test_a_file_with_other_columns_is_refused_by_name(tmp_path):
    (tmp_path / "places.csv").write_text("place_id,name\nSY01,Damascus\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"places\.csv: header: expected place_id,level"):
        read_places(tmp_path / "places.csv")


def test_a_row_that_is_too_short_is_refused_with_its_line(tmp_path):
    (tmp_path / "traps.csv").write_text("a,b\nx\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"traps\.csv: line 2: expected 2 columns"):
        list(read_rows(tmp_path / "traps.csv", ["a", "b"]))


def test_an_id_given_twice_is_refused(tmp_path):
    source = (FOLDER / "actors.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "actors.csv").write_text("\n".join([*source[:2], source[1]]), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"actors\.csv: saa: expected one row, got two"):
        read_actors(tmp_path / "actors.csv")


def test_an_unknown_policy_is_refused_with_the_place(tmp_path):
    source = (FOLDER / "places.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "places.csv").write_text("\n".join([source[0], source[2].replace(",normal,", ",sometimes,")]), "utf-8")
    with pytest.raises(VocabularyError, match=r"places\.csv: SY02: expected degrees and a known policy"):
        read_places(tmp_path / "places.csv")


def test_care_for_a_newsroom_that_is_not_declared_is_refused():
    listed = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    with pytest.raises(VocabularyError, match=r"sources\.toml: newsroom: expected slugs of crawlers/outlets, got "):
        read_newsrooms(listed, {})


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Хомс", "ru", {"хомса", "хомсу", "хомсом", "хомсе"}),
        ("Ракка", "ru", {"ракки", "ракке", "ракку", "раккои"}),
        ("Алеппо", "ru", {"алеппо"}),
        ("Дейр-эз-Зор", "ru", {"деир эз зора", "деир эз зоре"}),
        ("Восточная Гута", "ru", {"восточнои гуте", "восточную гуту"}),
        ("плотина Тишрин", "ru", {"плотины тишрин", "плотину тишрин"}),
        ("كفر نبل", "ar", {"كفرنبل"}),
        ("Kafr Zita", "en", {"kafar zita", "kafr zitah"}),
        ("Al-Rastan", "en", {"ar rastan", "el rastan", "rastan"}),
        ("Ma'arrat al-Nu'man", "en", {"ma arrat an nu man", "maarrat al numan"}),
        ("Hasakah", "en", {"hasakeh", "hasaka", "khasakah"}),
    ],
)
def test_names_are_spelled_by_rule(name, language, expected):
    assert expected <= set(spellings(name, language, is_place=True))


def test_a_spelling_made_by_rule_never_overrules_one_that_is_written():
    for entries in load_vocabulary().entries:
        for kind in TagKind:
            of_kind = [entry for entry in entries if entry.alias.kind is kind]
            written = {entry.alias.target for entry in of_kind if entry.is_written}
            assert not written or {entry.alias.target for entry in of_kind} == written
