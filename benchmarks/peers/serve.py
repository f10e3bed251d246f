"""Answer for the other extractors, from their own environment: one request a line on standard input, one answer a line.

    {"extractor": "resiliparse", "html": base64 of bytes as served, "url": …, "charset": "utf-8"}
    → {"text": …, "seconds": CPU seconds, "error": null or what was raised}

Each gets the bytes and is left to decode them where it can; readability and resiliparse take text and get it decoded.
"""

import base64
import contextlib
import json
import sys
import time

import justext
import newspaper
import readability
from lxml import html as lxml_html
from newsplease import NewsPlease
from resiliparse.extract.html2text import extract_plain_text


def _newspaper(html: bytes, url: str, charset: str) -> str:
    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return article.text


def _newsplease(html: bytes, url: str, charset: str) -> str:
    return NewsPlease.from_html(html, url=url, fetch_images=False).maintext or ""


def _readability(html: bytes, url: str, charset: str) -> str:
    return lxml_html.fromstring(readability.Document(html.decode(charset, "replace")).summary()).text_content()


def _resiliparse(html: bytes, url: str, charset: str) -> str:
    return extract_plain_text(html.decode(charset, "replace"), main_content=True, list_bullets=False, alt_texts=False)


def _justext(html: bytes, url: str, charset: str) -> str:
    paragraphs = justext.justext(html, STOP_WORDS)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


STOP_WORDS = frozenset().union(*map(justext.get_stoplist, ("Arabic", "English", "Russian", "Turkish")))
EXTRACTORS = {
    "newspaper4k": _newspaper,
    "news-please": _newsplease,
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "jusText": _justext,
}


def main() -> None:
    """Answer until standard input ends. What a library prints goes to standard error."""
    out = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        for line in sys.stdin:
            asked = json.loads(line)
            html = base64.b64decode(asked["html"])
            text, error = "", None
            started = time.process_time()
            try:
                text = EXTRACTORS[asked["extractor"]](html, asked["url"], asked["charset"]) or ""
            except Exception as raised:  # noqa: BLE001 - whatever a peer raises is its result on this page, and counted
                error = f"{type(raised).__name__}: {raised}"[:200]
            answer = {"text": text, "seconds": time.process_time() - started, "error": error}
            print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
