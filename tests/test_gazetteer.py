"""Importing places: what a list may look like, what becomes of its rows, and that texts are then searched for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bulletins.cli import app
from processing.gazetteer.merge import COLUMNS
from processing.gazetteer.read import GazetteerError, Named, Skipped, read_list, recognised
from processing.gazetteer.unknown import count_unknown, unknown_places
from processing.tag import load_vocabulary
from processing.tag.imported import imported_path, read_imported, write_imported
from processing.tag.vocabulary import place_spellings
from tests.texts import places_in

OCHA = """\
admin1Pcode,admin2Pcode,PCODE,NAME_EN,NAME_AR,LATITUDE,LONGITUDE
SY07,SY0703,C9001,Tell Zumurrud,تل زمرد,35.70,36.60
SY07,SY0703,C9002,Wadi Marjan,وادي مرجان,35.71,36.61
SY02,SY0200,C9003,Wadi Marjan,وادي مرجان,36.40,37.20
SY07,,C9004,Saraqib,سراقب,35.86,36.80
SY07,,C9005,Nowhere,,,
SY07,,C9006,Far Away,,10.0,10.0
"""
GEONAMES = (
    "1\tZumurrudah\tZumurrudah\tزمردة,Зумурруда\t35.72\t36.62\tP\tPPL\tSY\t\t12\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
    "2\tJabal Zumurrud\tJabal Zumurrud\t\t35.72\t36.62\tT\tMT\tSY\t\t12\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An empty home, and a vocabulary that is read anew before and after."""
    monkeypatch.setenv("BULLETINS_HOME", str(tmp_path / "home"))
    load_vocabulary.cache_clear()
    yield tmp_path
    load_vocabulary.cache_clear()


def ran(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["places", *arguments], catch_exceptions=False)
    load_vocabulary.cache_clear()
    assert done.exit_code == 0, done.output
    return done.output


def imported(home: Path, text: str, name: str = "list.csv") -> dict[str, object]:
    (home / name).write_text(text, encoding="utf-8")
    return json.loads(ran("import", str(home / name), "--json"))


def test_columns_are_recognised_by_any_of_their_names(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("featureRefName_en,featureName_ar,Latitude_y,Longitude_x,admin1Pcode,p-code\nA,B,35,36,SY07,C1\n")
    assert recognised(path) == {
        "code": "p-code",
        "governorate": "admin1Pcode",
        "name_ar": "featureName_ar",
        "name_en": "featureRefName_en",
        "latitude": "Latitude_y",
        "longitude": "Longitude_x",
    }


def test_a_list_without_a_needed_column_is_refused_with_what_it_has(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("village,lat\nA,35\n")
    with pytest.raises(GazetteerError, match=r"expected columns for longitude, name_en or name_ar; got village, lat"):
        recognised(path)


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GazetteerError, match=r"a\.csv: cannot be read"):
        list(read_list(path))


def test_every_row_is_a_place_or_is_skipped_with_a_reason(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(OCHA)
    found = list(read_list(path))
    assert [one.reason for one in found if isinstance(one, Skipped)] == ["no coordinates", "outside Syria"]
    first = next(one for one in found if isinstance(one, Named))
    assert (first.code, first.names, first.governorate) == ("ocha:C9001", ("Tell Zumurrud", "تل زمرد"), "SY07")


def test_a_geonames_dump_gives_villages_and_not_mountains(tmp_path):
    path = tmp_path / "SY.txt"
    path.write_text(GEONAMES)
    village, mountain = read_list(path)
    assert isinstance(village, Named)
    assert village.names == ("Zumurrudah", "زمردة", "Зумурруда")
    assert village.governorate is None
    assert mountain == Skipped(2, "no populated place")


def test_imported_places_are_found_in_texts_in_every_script_and_spelling(home):
    assert places_in("Shelling hit the village of Tell Zumurrud.") == []
    assert imported(home, OCHA)["outcomes"]["added"] == 3
    assert places_in("Shelling hit the village of Tel Zumurrud.") == [("PL-ocha-C9001", "SY07")]
    assert places_in("قصفت قوات النظام بلدة تل زمرد.") == [("PL-ocha-C9001", "SY07")]


def test_imported_places_are_found_behind_what_arabic_writes_together_with_them(home):
    imported(home, OCHA)
    for written in ("وتل زمرد", "بتل زمرد", "وبتل زمرد"):
        assert places_in(f"قصفت قوات النظام بلدة سراقب {written}")[-1] == ("PL-ocha-C9001", "SY07")
    assert places_in("قصف على كتل زمردي") == []


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory):
    """Two imported villages, of one name in two scripts each."""
    path = tmp_path_factory.mktemp("names") / "places.csv"
    rows = [
        dict.fromkeys(COLUMNS, "")
        | {"place_id": f"PL-{n}", "name_en": name, "aliases_ar": arabic, "governorate": "SY07"}
        for n, (name, arabic) in enumerate([("Tell Zumurrud", "تل زمرد"), ("Zumurruda", "زمرده")])
    ]
    assert write_imported(path, rows, COLUMNS, place_spellings) > 4
    held = read_imported(path, place_spellings)
    return lambda text: held.find(text)


PIECES = ["Tell", "Zumurrud", "zumurruda", "wa", "1", "-", "'", "\n", ".", "تل", "زمرد", "زمرده", "و"]


@given(words=st.lists(st.sampled_from(PIECES), max_size=9), glue=st.sampled_from([" ", ""]))
@example(words=["زمرده", "1", "Tell"], glue="")
def test_names_are_found_wherever_a_word_begins(find, words, glue):
    text = glue.join(words).lower()
    wanted = {
        (found.start(1), found[1])
        for name in ("tell zumurrud", "tel zumurrud", "تل زمرد", "zumurruda", "زمرده")
        for found in re.finditer(rf"(?=(?<!\w)({name}))", text)
        if not text[found.end(1) : found.end(1) + 1].isalpha()
    }
    assert wanted <= {(start, spelling) for start, spelling, _ in find(text)}


def test_a_name_that_two_places_share_counts_in_context_only(home):
    imported(home, OCHA)
    assert places_in("Wadi Marjan was quiet.") == []
    assert ("PL-ocha-C9003", "SY02") in places_in("Aleppo province: shelling hit Wadi Marjan near Azaz.")
    assert ("PL-ocha-C9002", "SY07") in places_in("Idlib province: shelling hit Wadi Marjan near Saraqib.")


def test_the_governorate_of_a_geonames_place_is_told_by_its_neighbours_and_not_by_its_number(home):
    imported(home, GEONAMES, "SY.txt")
    assert places_in("A mine exploded in Zumurrudah.") == [("PL-geonames-1", "SY07")]


def test_importing_again_changes_nothing_and_a_dry_run_writes_nothing(home):
    (home / "list.csv").write_text(OCHA, encoding="utf-8")
    assert "nothing written" in ran("import", str(home / "list.csv"), "--dry-run")
    assert not imported_path().exists()
    imported(home, OCHA)
    before = imported_path().read_bytes(), load_vocabulary().tagger
    assert imported(home, OCHA)["changed"] == 0
    assert (imported_path().read_bytes(), load_vocabulary().tagger) == before


def test_an_import_is_part_of_the_taggers_version(home):
    plain = load_vocabulary().tagger
    imported(home, OCHA)
    assert load_vocabulary().tagger.startswith(f"{plain}+")


def test_a_lost_or_stale_compilation_is_made_anew(home):
    imported(home, OCHA)
    compiled = imported_path().with_suffix(".words")
    for content in (None, "of another file\n0\tx"):
        compiled.unlink() if content is None else compiled.write_text(content)
        load_vocabulary.cache_clear()
        assert places_in("the village of Tell Zumurrud") == [("PL-ocha-C9001", "SY07")]


def test_other_names_of_a_known_place_are_added_to_it_and_its_own_stay_as_they_are(home):
    listed = OCHA.replace("C9004,Saraqib,سراقب", "C9004,Saraqib,سراقب الخضراء")
    imported(home, listed)
    assert places_in("قصف على مدينة سراقب الخضراء") == [("PL-saraqib-sy07", "SY07")]
    assert places_in("Shelling hit Saraqib.") == [("PL-saraqib-sy07", "SY07")]


def test_names_of_two_lists_for_one_place_are_all_kept_in_any_order(home):
    one = OCHA.replace("C9004,Saraqib,سراقب", "C9004,Saraqib,سراقب الخضراء")
    other = OCHA.replace("C9004,Saraqib,سراقب", "C9004,Saraqib,سراقب القديمة")
    imported(home, one)
    assert imported(home, other)["changed"] == 1
    assert imported(home, one)["changed"] == 0
    for name in ("سراقب الخضراء", "سراقب القديمة"):
        assert places_in(f"قصف على مدينة {name}") == [("PL-saraqib-sy07", "SY07")]


def test_a_village_of_two_lists_is_one_place(home):
    imported(home, OCHA)
    again = "1\tTell Zumurrud\tTell Zumurrud\t\t35.701\t36.601\tP\tPPL\tSY" + "\t" * 10 + "\n"
    assert imported(home, again, "SY.txt")["outcomes"] == {"known already": 1}
    assert places_in("Shelling hit the village of Tell Zumurrud.") == [("PL-ocha-C9001", "SY07")]


def test_a_vocabulary_in_use_does_not_change_when_places_are_imported(home):
    imported(home, OCHA)
    held = load_vocabulary()
    (home / "more.csv").write_text(OCHA.replace("C900", "A900").replace("35.70,", "34.90,"), encoding="utf-8")
    CliRunner().invoke(app, ["places", "import", str(home / "more.csv")], catch_exceptions=False)
    assert places_in("Shelling hit the village of Tell Zumurrud.", held) == [("PL-ocha-C9001", "SY07")]


def test_a_governorates_name_is_never_given_to_a_town(home):
    imported(home, OCHA.replace("C9001,Tell Zumurrud,تل زمرد", "C9001,Tell Zumurrud,حلب"))
    assert places_in("قصف على ريف حلب") == [("SY02", "SY02")]


def test_words_after_a_word_for_a_place_that_no_tag_covers_are_listed_by_frequency(tmp_path):
    path = tmp_path / "some.jsonl"
    texts = [
        "The village of Zumurrudah was shelled. The town of Saraqib too.",
        "قصف على قرية زمردة وبلدة سراقب",
        "The village of Zumurrudah again.",
    ]
    path.write_text("".join(json.dumps({"title": "", "text": text}) + "\n" for text in texts))
    found = json.loads(ran("unknown", "--file", str(path), "--json"))
    assert found == [
        {"name": "Zumurrudah", "articles": 2, "times": 2},
        {"name": "زمردة", "articles": 1, "times": 1},
    ]


def test_spellings_of_one_name_are_counted_together():
    counted = count_unknown([["زمردة"], ["زمرده", "زمردة"]])
    assert [(one.texts, one.count) for one in counted.values()] == [(2, 3)]


def test_a_word_that_goes_on_after_a_place_word_is_no_name():
    assert list(unknown_places("", "دخلت القوات المدينة التي قصفت", ())) == []
