"""Digests: which articles are cut, into what, and what is left whole. All texts are made up."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import time
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.digest import LONGEST, Digest, split
from processing.records import Part, PartKind
from processing.tag import load_vocabulary

GOLDEN = sorted((Path(__file__).parent / "golden" / "digests").glob("*.json"))
DAY = dt.date(2020, 6, 1)
SERIES = "Syria digest, June 1"
REPORTS = (PartKind.SECTION, PartKind.ITEM)
ANNOUNCEMENTS = (PartKind.HEADLINE, PartKind.SUMMARY)


def cut(text: str, title: str = "", day: dt.date = DAY) -> Digest | None:
    return split(title, text, load_vocabulary(), day)


def parts(text: str, title: str = "", day: dt.date = DAY) -> tuple[Part, ...]:
    digest = cut(text, title, day)
    assert digest is not None, "taken for an ordinary article"
    return digest.parts


def sections(text: str, title: str = "") -> list[tuple[str, ...]]:
    return [part.governorates for part in parts(text, title) if part.kind is PartKind.SECTION]


def assert_covers(text: str, digest: Digest) -> None:
    """Every character that is no white space lies in exactly one top-level part, what is nested within its parent."""
    held = [0] * len(text)
    for part in digest.top:
        for place in range(part.start, part.end):
            held[place] += 1
    assert all(count == 1 or (count == 0 and letter.isspace()) for count, letter in zip(held, text, strict=True))
    ends: dict[int, int] = {}
    for index, part in enumerate(digest.parts):
        assert 0 <= part.start < part.end <= len(text)
        assert part.header is None or part.start <= part.header[0] < part.header[1] <= part.end
        if part.parent is not None:
            parent = digest.parts[part.parent]
            assert part.parent < index
            assert parent.parent is None
            assert ends.get(part.parent, parent.start) <= part.start
            assert part.end <= parent.end
            ends[part.parent] = part.end
        assert not part.summary_of or part.kind in ANNOUNCEMENTS
        assert all(digest.parts[target].kind in REPORTS for target in part.summary_of)
    assert list(digest.parts) == sorted(digest.parts, key=lambda part: (part.start, part.parent is not None))


def described(part: Part, text: str, *, has_actors: bool) -> dict[str, Any]:
    """Describe a part as the golden files do: what is empty is left out."""
    told = {
        "kind": str(part.kind),
        "start": part.start,
        "end": part.end,
        "text": text[part.start : part.end][:40],
        "parent": part.parent,
        "header": text[slice(*part.header)] if part.header else None,
        "governorates": list(part.governorates),
        "actors": list(part.actors) if has_actors else None,
        "time": part.time,
        "summary_of": list(part.summary_of),
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_digest_of_each_series_is_cut_as_a_reader_would(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    text = golden["text"]
    digest = cut(text, golden["title"], dt.date.fromisoformat(golden["day"]))
    assert digest is not None
    assert_covers(text, digest)
    expected = golden["parts"]
    assert len(digest.parts) == len(expected)
    for part, wanted in zip(digest.parts, expected, strict=True):
        assert described(part, text, has_actors="actors" in wanted) == wanted


def test_each_series_has_three_goldens_of_which_one_was_held_out() -> None:
    kept: dict[str, list[bool]] = {}
    for path in GOLDEN:
        golden = json.loads(path.read_text(encoding="utf-8"))
        kept.setdefault(golden["shape"], []).append(golden["held_out"])
    assert len(kept) == 8
    assert all(sorted(held) == [False, False, True] for held in kept.values())


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Aleppo Province:", ("SY02",)),
        ("Idlib Province.", ("SY07",)),
        ("Northern Raqqa countryside:", ("SY11",)),
        ("Damascus and its countryside:", ("SY01", "SY03")),
        ("Homs and Hama:", ("SY04", "SY05")),
        ("Deir ez-Zor governorate:", ("SY09",)),
        ("محافظة حلب وريفها:", ("SY02",)),
        ("ريف دمشق:", ("SY03",)),
        ("دمشق وريفها ::", ("SY01", "SY03")),
        ("وفي إدلب:", ("SY07",)),
        ("ففي حلب شمالاً:", ("SY02",)),
        ("وفي الجنوب السوري، درعا:", ("SY12",)),
        ("بريف حماة الغربي:", ("SY05",)),
        ("Провинция Алеппо:", ("SY02",)),
        ("В провинции Хама:", ("SY05",)),
        ("Провинция Дамаск:", ("SY03",)),
        ("Halab ili:", ("SY02",)),
        ("İdlib kırsalı:", ("SY07",)),
        ("Parêzgeha Hesekê:", ("SY08",)),
    ],
)
def test_a_header_names_its_governorates_in_every_language_of_the_vocabulary(
    header: str, expected: tuple[str, ...]
) -> None:
    assert sections(f"{header}\nA bridge was mended.\nTartus province:\nA ship came in.", SERIES) == [
        expected,
        ("SY10",),
    ]


def test_headers_are_found_within_a_flattened_paragraph() -> None:
    text = "ساد الهدوء. ريف حلب: فتح طريق زراعي. محافظة حماة: عاد عمال إلى معملهم. درعا: أغلق سوق."
    assert sections(text, "حصاد الأحداث الميدانية") == [("SY02",), ("SY05",), ("SY12",)]


def test_a_header_that_ends_in_a_full_stop_is_one_in_a_flattened_paragraph_too() -> None:
    text = "All was calm. Aleppo Province. A bridge was mended. Homs Province. A mill burned down."
    assert sections(text, SERIES) == [("SY02",), ("SY04",)]


def test_headers_tell_a_digest_without_a_title_when_most_of_the_text_stands_under_them() -> None:
    text = (
        "Aleppo Province:\nShells fell on two villages in the night and nobody was hurt.\n"
        "Homs Province:\nThe mayor opened a bridge that had been closed for three years."
    )
    assert sections(text) == [("SY02",), ("SY04",)]


@pytest.mark.parametrize(
    ("text", "time_printed"),
    [
        ("09:05 {}", "09:05"),
        ("[9:05] {}", "9:05"),
        ("{} - 09:05", "09:05"),
        ("{} (09:05)", "09:05"),
        ("٠٩:٠٥ {}", "٠٩:٠٥"),
    ],
)
def test_the_time_of_an_item_is_kept_as_printed(text: str, time_printed: str) -> None:
    reports = ("A road in Homs was closed", "A bakery in Hama opened", "A truck burned in Daraa")
    found = parts("\n".join(text.format(report) for report in reports))
    assert [(part.kind, part.time) for part in found] == [(PartKind.ITEM, time_printed)] * 3


def test_a_score_or_a_ratio_is_no_time() -> None:
    assert cut("Homs beat Hama by 31:75\nDaraa beat Idlib by 12:99\nAleppo beat Raqqa by 88:61") is None


def test_background_within_a_section_is_no_report_of_the_day() -> None:
    text = (
        "Idlib Province:\nShells fell on a hill. Recall that a truce began in May.\nHama Province:\nA mill burned down."
    )
    kinds = [(part.kind, part.governorates, part.parent) for part in parts(text, SERIES)]
    assert (PartKind.BACKGROUND, ("SY07",), 0) in kinds


def test_a_constant_tail_is_cut_off_the_last_section() -> None:
    text = "Idlib Province:\nShells fell on a hill.\nHama Province:\nA mill burned down.\nAll rights reserved."
    *_, last = parts(text, SERIES)
    assert (last.kind, last.parent, text[last.start :]) == (PartKind.CLOSE, None, "All rights reserved.")


TWO_SECTIONS = (
    "Syria, June 1st. {}\nAleppo Province:\nA convoy of flour reached the town of Manbij in the evening, drivers said.\n"
    "Idlib Province:\nFour shells fell on an olive grove outside Saraqib, activists reported."
)


@pytest.mark.parametrize(
    ("headlines", "links"),
    [
        ("A flour convoy reached Manbij. Shells fell outside Saraqib.", [(3,), (4,)]),
        (
            "A flour convoy reached Saraqib. Shells fell on Manbij town.",
            [(), ()],
        ),  # the words of one, the place of another
        ("Ministers met in another country. Oil prices rose again yesterday.", [(), ()]),
    ],
)
def test_a_headline_is_linked_to_what_it_repeats_and_to_nothing_else(
    headlines: str, links: list[tuple[int, ...]]
) -> None:
    found = parts(TWO_SECTIONS.format(headlines), SERIES)
    assert [part.summary_of for part in found if part.kind is PartKind.HEADLINE and part.parent is not None] == links


def test_a_brief_is_about_the_side_it_begins_with() -> None:
    text = (
        "Briefly about the results of the confrontation:\nKurds: fought the National Liberation Front near Azaz.\n"
        "International coalition: watched.\nAleppo Province:\nKurds fought near Azaz."
    )
    briefs = [part for part in parts(text) if part.kind is PartKind.SUMMARY and part.parent is not None]
    assert [brief.actors for brief in briefs] == [("kurds_unspecified",), ("coalition",)]


def test_an_actor_is_understood_by_the_day_of_the_digest() -> None:
    text = "Idlib Province:\nThe Syrian Arab Army opened a road.\nHama Province:\nA mill burned down."
    before = parts(text, SERIES, dt.date(2019, 9, 7))[0].actors
    after = parts(text, SERIES, dt.date(2026, 1, 7))[0].actors
    assert "saa" in before
    assert "saa" not in after


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "Fighting went on in Aleppo province and Idlib province.\nIn Idlib, rebels said they advanced.\n"
        "In Aleppo, the army said it held its ground. Both sides reported losses.",
        "Aleppo province: activists said that a drone hit a car near Manbij.\nThe driver was wounded and taken to a hospital.",
        "The attack was the fourth this year in Hasakah.\nHasakah province: a drone hit a car.\n• January: three attacks.\n"
        "• February: ten attacks.\n• March: two attacks.\n• April: eleven attacks.",
        "Dead by province\nAleppo: 12\nIdlib: 9\nHoms: 3\nHama: 1\nThe network published the toll on Sunday.",
        "قال ناشطون إن قذائف سقطت على بلدتين.\nوفي حلب، أعلن المجلس المحلي إغلاق المدارس.\nوطالب الأهالي بوقف القصف.",
        "دمشق: قال الوزير إن المشروع سينجز قريباً.\nحلب: وأضاف أن الورش بدأت العمل.\nوختم بالشكر.",
        "حصاد القمح في الحسكة يبدأ الأسبوع المقبل.\nوقال مزارعون إن الموسم جيد.",
        "В провинции Идлиб – 8 школ, в провинции Алеппо – 12 школ, сообщил министр образования.",
        "The train leaves at 09:05 from Aleppo.\nIt reaches Hama at noon.\nTickets are cheap.\nTrains run daily.",
        "Aleppo\nHoms\nIdlib\nDaraa\nA menu of a site names many provinces.",
    ],
)
def test_an_ordinary_article_is_left_whole(text: str) -> None:
    assert cut(text) is None


def test_of_the_bundled_pages_only_the_bulletins_are_cut() -> None:
    pages = tomllib.loads((resources.files("bulletins") / "sample" / "articles.toml").read_text(encoding="utf-8"))
    read = 0
    for articles in pages.values():
        for article in articles if isinstance(articles, list) else ():
            if text := article.get("text", "").strip().replace("\n# ", "\n"):
                digest = cut(text, article.get("title", ""), dt.date(2026, 11, 20))
                assert (digest is not None) == (article.get("form") == "bulletin"), article["title"]
                read += 1
    assert read >= 30


PIECES = (
    *("Aleppo Province:", "حلب::", "وفي إدلب،", "Провинция Хама:", "Idlib - 8", "المشهد العام:", "Daraa"),
    *(
        "Briefly:",
        "Kurds: fired.",
        "Recall that it rained.",
        "All rights reserved.",
        "• ",
        "- ",
        "ـ ",
        "09:05 ",
        " - 14:30",
    ),
    *(
        "Shells fell near Azaz.",
        "سقطت قذائف.",
        "Упал снаряд;",
        "A. ",
        "9. ",
        ":",
        "::",
        "...",
        "\n",
        "\n\n",
        " ",
        "\u0640",
        "\u064b",
    ),
)


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join),
    st.sampled_from(("", SERIES, "Military Situation In Syria On June 1", "Reconciliation Centre", "حصاد الأحداث")),
)
def test_parts_cover_whatever_text_they_are_cut_from(text: str, title: str) -> None:
    digest = cut(text, title)
    if digest:
        assert_covers(text, digest)


@pytest.mark.parametrize("size", [LONGEST, 1_000_000])
@pytest.mark.parametrize(
    "junk",
    [
        *("a. ", "…", '"', " ", "\n", "((((", ".) ", "9. ", "ـ ", "\u064b", "_", "•\n", "• x\n", "1:30 \n", "\n:"),
        *(
            "Aleppo: ",
            "حلب: ",
            "in Idlib, ",
            "Idlib - 8, ",
            "ريف ",
            "Aleppo Province:\nHoms province:\n",
            "Kurds fire: ",
        ),
        "Briefly: \nKurds: fire\n",
        "Syria digest\nAleppo province: shells fell at night. Idlib province: a mill burned down\n",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(junk: str, size: int) -> None:
    text = (junk * (size // len(junk) + 1))[:size]
    load_vocabulary()
    began = time.process_time()
    cut(text, "Syria digest. Military Situation In Syria. Reconciliation Centre")
    assert time.process_time() - began < 2


CORPUS = Path(os.environ.get("BULLETINS_CORPUS") or "../shared/corpus")
GOVERNORATES = {
    "Damascus": "SY01",
    "Aleppo": "SY02",
    "Rural Damascus": "SY03",
    "Homs": "SY04",
    "Hama": "SY05",
    "Latakia": "SY06",
    "Idlib": "SY07",
    "Hasakah": "SY08",
    "Deir ez-Zor": "SY09",
    "Tartus": "SY10",
    "Raqqa": "SY11",
    "Daraa": "SY12",
    "Suwayda": "SY13",
    "Quneitra": "SY14",
}
SECTION_FLOOR = (
    0.95  # of the lines of field bulletins under a section of their governorate; 1.0 when the rules were made
)
SPLIT_CEILING = 0.005  # of ordinary articles that are cut; 0.001 when the rules were made


def corpus(name: str) -> list[dict[str, Any]]:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"no corpus at {path}: set BULLETINS_CORPUS")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def lines_by_document() -> dict[str, list[dict[str, Any]]]:
    documents: dict[str, list[dict[str, Any]]] = {}
    for line in corpus("bulletins/shaam_lines.jsonl.gz"):
        documents.setdefault(line["doc"], []).append(line)
    return documents


def right_lines(lines: list[dict[str, Any]], title: str, text: str) -> int:
    """Count the lines that stand in a section of their governorates."""
    digest = cut(text, title, dt.date(2022, 6, 1))
    found = [part for part in digest.top if part.kind is PartKind.SECTION] if digest else []
    right = position = 0
    for line in lines:
        position = text.index(line["line"], position)
        expected = tuple(GOVERNORATES[name] for name in line["governorate"].split("|"))
        right += any(part.start <= position < part.end and part.governorates == expected for part in found)
        position += len(line["line"])
    return right


@pytest.mark.corpus
def test_lines_of_field_bulletins_stand_under_their_governorate() -> None:
    right = total = 0
    for lines in lines_by_document().values():
        text, header = "", ""
        for line in lines:
            text += f"{line['header_ar']}::" if line["header_ar"] != header else ""
            header = line["header_ar"]
            text += f"{line['line']}\n"
        right += right_lines(lines, "حصاد الأحداث الميدانية", text)
        total += len(lines)
    assert total
    assert right >= SECTION_FLOOR * total


@pytest.mark.corpus
def test_lines_stand_under_their_governorate_in_the_pages_they_came_from() -> None:
    pages = {page["url"]: page for page in corpus("syrian-outlets/articles.jsonl.gz")}
    right = total = 0
    for lines in lines_by_document().values():
        if page := pages.get(lines[0]["url"]):
            right += right_lines(lines, page["title"], page["text"])
            total += len(lines)
    if not total:
        pytest.skip("none of the pages is in this corpus")
    assert right >= SECTION_FLOOR * total


@pytest.mark.corpus
def test_articles_of_the_corpus_that_are_no_digests_are_left_whole() -> None:
    rows = [(row["title"], row["text"]) for row in corpus("syrian-outlets/articles.jsonl.gz")]
    rows += [(row["article_title"], row["article_content"]) for row in corpus("fa-kes/articles.jsonl.gz")]
    rows += [(row["title"], row["body"]) for row in corpus("web/expected.jsonl.gz")]
    rows += [(row.get("title") or "", row["body"]) for row in corpus("pages/expected.jsonl.gz") if row.get("body")]
    ordinary = [(title, text) for title, text in rows if "حصاد" not in f"{title}{text[:200]}"]
    wrong = sum(cut(text, title) is not None for title, text in ordinary)
    assert wrong <= SPLIT_CEILING * len(ordinary)


@pytest.mark.corpus
def test_the_sample_bulletin_has_the_structure_that_readers_gave_it() -> None:
    path = CORPUS / "sample-bulletin.txt"
    if not path.exists():
        pytest.skip(f"no corpus at {path}: set BULLETINS_CORPUS")
    text = path.read_text(encoding="utf-8")
    digest = cut(text, "", dt.date(2019, 9, 7))
    assert digest is not None
    assert_covers(text, digest)
    assert [str(part.kind) for part in digest.top] == ["headline", "summary", "headline", *["section"] * 4, "close"]
    found = {part.governorates[0]: index for index, part in enumerate(digest.parts) if part.kind is PartKind.SECTION}
    assert list(found) == ["SY02", "SY09", "SY07", "SY11"]
    clash, mine = (index for index, part in enumerate(digest.parts) if part.kind is PartKind.ITEM)
    links = [part.summary_of for part in digest.parts if part.kind in ANNOUNCEMENTS]
    idlib, deir, raqqa = (found["SY07"],), (found["SY09"],), (found["SY11"],)
    block, credit = (), ()
    headlines = [block, raqqa, idlib, deir, credit]
    assert links == [*headlines, (), idlib, (clash, mine), (clash,), deir, idlib + raqqa]
