"""Exports: exact bytes, the same each time, nothing that the licence forbids, nothing but reading."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tracemalloc
from contextlib import closing

import pyarrow.parquet as pq
import pytest

from processing import database
from processing.export import ExportError, Format, Selection, export
from processing.load import load_outlets
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows

pytestmark = pytest.mark.db

LONG = "word " * 200
HOSTILE = 'quotes " commas, two\nlines, tab\t and \\ عربي'


@pytest.fixture
def loaded(connection):
    load_outlets(connection, [seed.outlet(full_text_public=True), seed.outlet("other_post")])
    crawl(
        page("a", LONG, places={"SY07": "SY07"}),
        page("b", HOSTILE, title="=1+1", published=NIGHT - 40 * DAY),
        page("c", "undated", published=None),
    ).load(connection)
    crawl(page("d", LONG), slug="other_post").load(connection)
    return connection


def read_csv(path, encoding="utf-8"):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


@pytest.mark.parametrize("form", list(Format))
def test_every_format_holds_the_same_articles(loaded, tmp_path, form):
    path = tmp_path / "out"
    assert export(loaded, path, Selection(), form) == 4
    if form is Format.CSV:
        found = read_csv(path)
    elif form is Format.JSONL:
        found = [json.loads(line) for line in path.read_text().splitlines()]
    else:
        found = pq.read_table(path).to_pylist()
    assert [row["article_id"] for row in found] == sorted(row["article_id"] for row in found)
    assert {row["title"] for row in found} == {"Headline of a", "=1+1", "Headline of c", "Headline of d"}
    assert {row["text"] for row in found} >= {LONG, HOSTILE, "undated"}


@pytest.mark.parametrize("form", list(Format))
def test_the_same_export_twice_gives_the_same_bytes(loaded, tmp_path, form):
    for name in ("first", "second"):
        export(loaded, tmp_path / name, Selection(), form)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_types_survive_in_parquet_and_times_carry_z_in_json(loaded, tmp_path):
    query = """
        select 1::bigint n, 1.5::numeric d, true b, now()::date on_day, published_at, governorates, '{"a": 1}'::jsonb j
        from news.articles order by key limit 1"""
    export(loaded, tmp_path / "p", Selection(query=query), Format.PARQUET)
    assert [str(field.type) for field in pq.read_schema(tmp_path / "p")] == [
        "int64", "double", "bool", "date32[day]", "timestamp[us, tz=UTC]", "list<element: string>", "string",
    ]  # fmt: skip
    export(
        loaded,
        tmp_path / "j",
        Selection(query="select published_at from news.articles where title = '=1+1'"),
        Format.JSONL,
    )
    assert json.loads((tmp_path / "j").read_text())["published_at"] == "2026-01-20T01:00:00Z"


def test_the_text_of_an_outlet_whose_licence_forbids_it_is_an_extract_unless_asked_for(loaded, tmp_path):
    export(loaded, tmp_path / "x", Selection(outlets=("other_post",)), Format.CSV)
    [row] = read_csv(tmp_path / "x")
    assert (len(row["text"]), row["is_full_text"]) == (280, "false")
    export(loaded, tmp_path / "x", Selection(outlets=("other_post",), full_text=True), Format.CSV)
    [row] = read_csv(tmp_path / "x")
    assert (row["text"], row["is_full_text"]) == (LONG, "true")


def test_filters_narrow_the_selection(loaded, tmp_path):
    def count(**wanted: object) -> int:
        return export(loaded, tmp_path / "x", Selection(**wanted), Format.JSONL)

    assert count(since=dt.date(2026, 2, 1)) == 3  # the undated one by its first fetch
    assert count(governorates=("SY07", "SY02")) == 1
    assert count(outlets=("sample_post",), since=dt.date(2026, 3, 1)) == 1
    assert count(outlets=("nobody",)) == 0


def test_csv_is_rfc_4180_without_a_byte_order_mark_and_never_changes_a_text(loaded, tmp_path):
    export(
        loaded,
        tmp_path / "x",
        Selection(query="select title, text from news.articles where title = '=1+1'"),
        Format.CSV,
    )
    assert (tmp_path / "x").read_bytes() == f'title,text\r\n=1+1,"{HOSTILE.replace(chr(34), chr(34) * 2)}"\r\n'.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_only_the_spreadsheet_form_disarms_formulas(loaded, tmp_path, start):
    query = f"select '{start}SUM(1)' as cell, -5 as number, 'a=b' as harmless"
    export(loaded, tmp_path / "x", Selection(query=query), Format.CSV, excel=True)
    assert (tmp_path / "x").read_bytes().startswith(b"\xef\xbb\xbf")
    [row] = read_csv(tmp_path / "x", "utf-8-sig")
    assert row == {"cell": f"'{start}SUM(1)", "number": "-5", "harmless": "a=b"}


@pytest.mark.parametrize(
    "query",
    [
        "delete from news.tags",
        "with gone as (delete from news.tags returning 1) select * from gone",
        "select 1; drop table news.tags",
        "select 1; commit; drop table news.tags",
        "copy news.articles to program 'true'",
        "select 1 as a, 2 as a",
        "selec 1",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_a_query_that_does_more_than_select_is_refused_and_leaves_no_file(loaded, tmp_path, query):
    with pytest.raises(ExportError):
        export(loaded, tmp_path / "x", Selection(query=query), Format.CSV)
    assert list(tmp_path.iterdir()) == []
    assert rows(loaded, "select count(*) from news.tags") == [(1,)]


def test_a_query_may_end_with_a_semicolon_and_hold_percent_signs(loaded, tmp_path):
    query = "select title from news.articles where title like '%of a';\n"
    assert export(loaded, tmp_path / "x", Selection(query=query), Format.CSV) == 1


def test_an_empty_result_still_has_its_columns(loaded, tmp_path):
    query = "select title from news.articles where false"
    for form in Format:
        assert export(loaded, tmp_path / form, Selection(query=query), form) == 0
    assert (tmp_path / "csv").read_text() == "title\n"
    assert pq.read_schema(tmp_path / "parquet").names == ["title"]


def test_a_folder_that_is_not_there_is_one_clear_error(loaded, tmp_path):
    with pytest.raises(ExportError, match="No such file"):
        export(loaded, tmp_path / "missing" / "x.csv", Selection(), Format.CSV)


@pytest.mark.parametrize("form", list(Format))
def test_memory_does_not_grow_with_the_number_of_rows(connection, tmp_path, form):
    def peak(count: int) -> int:
        tracemalloc.start()
        query = f"select repeat('x', 2000) || n as text from generate_series(1, {count}) as n"
        export(connection, tmp_path / "x", Selection(query=query), form)
        peaked = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peaked

    peak(10)
    assert peak(8_000) < 1.5 * peak(2_000)


def test_a_reader_can_export(database_url, loaded, tmp_path):
    with closing(database.connect(database_url, role="reader")) as reader:
        assert export(reader, tmp_path / "x", Selection(), Format.JSONL) == 4
