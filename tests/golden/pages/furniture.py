"""The clutter of a page: what every template puts around and inside the article."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any

INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
CRAWLED_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Article:
    """One known article as the texts files hold it."""

    id: str
    language: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]  # kind (p, li, quote, h2) and text
    published_on: date
    time: str | None
    author: str | None

    @property
    def stamp(self) -> str:
        """The publication moment for machines, in Damascus time."""
        return f"{self.published_on.isoformat()}T{self.time or '10:00'}:00+03:00"


@dataclass
class Furniture:
    """Draws one page's clutter; `chrome` is one language's chrome file, `seed` is the article's id."""

    chrome: dict[str, Any]
    language: str
    seed: str
    rng: random.Random = field(init=False)
    outlet: str = field(init=False)
    _headlines: list[str] = field(init=False)
    _teasers: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.outlet = self.rng.choice(self.chrome["outlets"])
        self._headlines = self.rng.sample(self.chrome["headlines"], len(self.chrome["headlines"]))
        self._teasers = self.rng.sample(self.chrome["teasers"], len(self.chrome["teasers"]))

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    def word(self, name: str) -> str:
        """One escaped chrome word, such as the share label."""
        return escape(self.chrome["words"][name], quote=False)

    def words(self, name: str) -> list[str]:
        return self.word(name).split("|")

    def headline(self) -> str:
        """Another article's headline; they come round again when all are used."""
        self._headlines.append(self._headlines.pop(0))
        return escape(self._headlines[-1], quote=False)

    def teaser(self) -> str:
        self._teasers.append(self._teasers.pop(0))
        return escape(self._teasers[-1], quote=False)

    def pick(self, name: str) -> str:
        """One entry of a chrome list, such as a caption or a ticker line."""
        return escape(self.rng.choice(self.chrome[name]), quote=False)

    def menu(self, low: int = 20, high: int = 40) -> list[str]:
        """The menu's labels in their order, between `low` and `high` of them."""
        labels = self.chrome["menu"]
        return [escape(label) for label in labels[: self.rng.randint(low, min(high, len(labels)))]]

    def links(self, labels: list[str], item: str = '<li><a href="{url}">{label}</a></li>') -> str:
        """Labels as links in `item`'s form."""
        return "\n".join(item.format(url=f"/s/{self.rng.randint(10, 999)}", label=label) for label in labels)

    def day(self, when: date, style: str, clock: str | None = None) -> str:
        """A date as outlets print it; `style` is long, week, double or numeric."""
        months = self.chrome["months"][when.month - 1]
        weekday = self.chrome["weekdays"][when.weekday()]
        shown = f"{when.day} {months[0]} {when.year}"
        if style == "numeric":
            shown = f"{when:%d/%m/%Y}" if self.language == "ar" else f"{when:%d.%m.%Y}"
        elif self.language == "ar" and style == "double":
            shown = f"{when.day} {months[0]}/{months[1]} {when.year}".translate(INDIC)
        elif self.language == "ar" and style == "week":
            shown = f"{weekday} {when.day:02} {months[1]} {when.year}"
        elif self.language == "tr" and style != "long":
            shown += f" {weekday}"
        elif self.language == "ru" and style == "week":
            shown = f"{weekday}, {shown}"
        if not clock:
            return shown
        return shown + (f" - {clock}" if self.language == "ar" else f", {clock}")

    def other_day(self, style: str = "numeric") -> str:
        """A date that is not the article's: a trap in related links and comments."""
        return self.day(date(2012, 1, 5) + timedelta(days=self.rng.randint(0, 5300)), style)

    def today(self) -> str:
        """The crawl-day widget."""
        return f"{self.word('today')}: {self.day(CRAWLED_ON, 'week')}"

    def teasers(self, count: int, item: str) -> str:
        """Other articles as prose-like teasers; `item` names {title}, {text} and {day}."""
        rows = ((self.headline(), self.teaser(), self.other_day("long")) for _ in range(count))
        return "\n".join(item.format(title=title, text=text, day=day) for title, text, day in rows)

    def comments(self, item: str) -> str:
        """Two to four reader comments with dates; `item` names {name}, {text} and {day}."""
        texts = self.rng.sample(self.chrome["comments"], self.rng.randint(2, 4))
        rows = ((self.pick("names"), escape(text, quote=False), self.other_day()) for text in texts)
        return "\n".join(item.format(name=name, text=text, day=day) for name, text, day in rows)

    def poll(self) -> str:
        answers = "".join(f'<label><input type="radio" name="v"> {label}</label><br>' for label in self.words("polla"))
        button = f'<button type="submit">{self.word("vote")}</button>'
        return f'<div class="poll"><b>{self.word("poll")}</b><p>{self.word("pollq")}</p><form>{answers}{button}</form></div>'

    def newsletter(self) -> str:
        field_ = '<input type="email" placeholder="mail">'
        return f'<div class="nl-box"><p>{self.word("newsletter")}</p>{field_}<button>{self.word("subscribe")}</button></div>'

    def cookie(self) -> str:
        return f'<div id="cookie-bar"><p>{self.word("cookie")}</p><button>{self.word("accept")}</button></div>'

    def copyright(self) -> str:
        return f"{self.word('copy')} © 2009-{CRAWLED_ON.year} {self.outlet}. {self.word('notice')}"


def rich(article: Article, inside: list[str], attributes: str = "") -> str:
    """The body as <p>, <ul>, <blockquote> and <h2>, with `inside` blocks spread between the paragraphs."""
    blocks: list[str] = []
    for kind, text in article.paragraphs:
        text = escape(text, quote=False)
        if kind == "li":
            if blocks and blocks[-1].endswith("</ul>"):
                blocks[-1] = blocks[-1].removesuffix("</ul>") + f"<li>{text}</li></ul>"
            else:
                blocks.append(f"<ul><li>{text}</li></ul>")
        elif kind == "quote":
            blocks.append(f"<blockquote><p>{text}</p></blockquote>")
        else:
            blocks.append(f"<h2>{text}</h2>" if kind == "h2" else f"<p{attributes}>{text}</p>")
    return "\n".join(_spread(blocks, inside))


def broken(article: Article, inside: list[str], gap: str = "<br><br>") -> str:
    """The body as bare text lines with `gap` between them, the way old editors leave it."""
    marks = {"p": "{}", "li": "- {}", "quote": "<i>{}</i>", "h2": "<b>{}</b>"}
    blocks = [marks[kind].format(escape(text, quote=False)) for kind, text in article.paragraphs]
    return f"{gap}\n".join(_spread(blocks, inside))


def _spread(blocks: list[str], inside: list[str]) -> list[str]:
    out = list(blocks)
    for number, extra in enumerate(inside, start=1):
        out.insert(max(1, round(len(blocks) * number / (len(inside) + 1))) + number - 1, extra)
    return out
