"""Build the sample web from articles.toml: `python -m bulletins.sample.build` writes the two WARC files beside it.

The pages have the forms that real outlets use (see FORMS); every event in them is made up and every page says so. The
same input gives the same bytes, which a test checks against the committed files.

    sample-web.warc.gz            six outlets: robots.txt, feeds, listing pages and articles
    sample-web-next-day.warc.gz   the same web a day later: one article was edited, nothing else changed
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bulletins.sample import templates
from bulletins.sample.templates import SamplePage

HERE = Path(__file__).parent
SAMPLE_WEB = HERE / "sample-web.warc.gz"
NEXT_DAY = HERE / "sample-web-next-day.warc.gz"
OUTLETS = HERE / "outlets"
ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One recorded response."""

    url: str
    content_type: str
    body: bytes
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()


def build(path: Path, *, next_day: bool) -> int:
    """Write one WARC of the sample web; returns the number of responses in it."""
    recorded = dt.datetime(2026, 11, 20 if next_day else 19, 12, 0, tzinfo=dt.UTC)
    answers = list(_answers(next_day=next_day))
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        for answer in answers:
            writer.write_record(_record(writer, answer, recorded))
    return len(answers)


def _answers(*, next_day: bool) -> Iterator[Answer]:
    every = pages(next_day=next_day)
    for slug, site in templates.SITES.items():
        own = [page for page in every if page.outlet == slug]
        yield Answer(
            url=f"{site.home}robots.txt", content_type="text/plain", body=b"User-agent: *\nDisallow: /admin/\n"
        )
        for url, content_type, body in site.feeds(site, own):
            yield Answer(url=url, content_type=content_type, body=body, headers=_validators(body))
        for page in own:
            body = templates.render(site, page)
            yield Answer(url=_ascii(page.url), content_type=site.content_type, body=body, headers=_validators(body))


def pages(*, next_day: bool) -> list[SamplePage]:
    """Return all articles of the sample web, as of the first or the next day."""
    tables: dict[str, list[dict[str, object]]] = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))
    texts = {f"{slug}/{entry['slug']}": entry for slug, entries in tables.items() for entry in entries}
    return [
        _page(slug, entry, texts.get(str(entry.get("copy_of")), entry), next_day=next_day)
        for slug, entries in tables.items()
        for entry in entries
    ]


def _page(slug: str, entry: dict[str, object], text: dict[str, object], *, next_day: bool) -> SamplePage:
    site = templates.SITES[slug]
    edited = next_day and bool(entry.get("edited"))
    at = dt.datetime.fromisoformat(f"{entry['day']}T{entry['time']}:00+03:00")
    return SamplePage(
        outlet=slug,
        url=site.article_url.format(home=site.home, slug=entry["slug"], at=at),
        title=str(text["title"]),
        paragraphs=tuple(str(text["edited_text" if edited else "text"]).strip().splitlines()),
        at=at,
        modified_at=at + dt.timedelta(hours=26) if edited else None,
        form=str(entry.get("form", "article")),
        source_line=str(entry.get("source_line", "")),
    )


def _validators(body: bytes) -> tuple[tuple[str, str], ...]:
    return (("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'),)


def _ascii(url: str) -> str:
    return quote(url, safe=":/?&=%#-._~")


def _record(writer: WARCWriter, answer: Answer, recorded: dt.datetime) -> object:
    head = StatusAndHeaders(
        answer.status,
        [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body))), *answer.headers],
        protocol="HTTP/1.1",
    )
    date = recorded.strftime("%Y-%m-%dT%H:%M:%SZ")
    return writer.create_warc_record(
        answer.url,
        "response",
        payload=BytesIO(answer.body),
        http_headers=head,
        warc_headers_dict={
            "WARC-Date": date,
            "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{answer.url} {date}')}>",
        },
    )


if __name__ == "__main__":
    print(f"{SAMPLE_WEB.name}: {build(SAMPLE_WEB, next_day=False)} responses")
    print(f"{NEXT_DAY.name}: {build(NEXT_DAY, next_day=True)} responses")
