"""Nothing that a page, a feed or a name server says makes us connect to an address that is not public."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest
import trustme

from crawlers.network import is_public, refuse_proxies
from crawlers.records import BulletinsError
from tests.crawling import FORK, Crawling, Ended
from tests.web import Web, http, page, rss

PRIVATE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001::7f00:1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "5f00::1",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:82a::200e", "2400:cb00::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known_for_it(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5", "::1::"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY", "all_proxy"])
def test_a_proxy_in_the_environment_is_refused_by_name(name: str) -> None:
    with pytest.raises(BulletinsError, match=name):
        refuse_proxies({name: "http://proxy.example:3128", "PATH": "/bin"})
    refuse_proxies({name: "", "no_proxy": "*"})


# Every spelling of this machine (and, last, of the metadata service of clouds) that a URL can have.
FORMS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001::7f00:1]",
    "localhost",
    "localhost.",
    "127.0.0.1.",
    "169.254.169.254",
    "10.0.0.1",
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Web, int]:
    """One crawl whose feeds list, and whose pages lead to, every form; and how often anyone got through to the target."""
    with Web(address="127.0.0.9") as outlet, Web() as target, Web(address="::1", port=target.port):
        forms = [f"http://{form}:{target.port}/" for form in FORMS]
        refreshes = "".join(f"<meta http-equiv=refresh content='0;url={form}meta'>" for form in forms)
        canonicals = "".join(f"<link rel=canonical href='{form}canonical'>" for form in forms)
        outlet.routes |= {f"/hop{n}": http(302, location=f"{form}hop") for n, form in enumerate(forms)}
        outlet.routes["/named"] = http(302, location=f"http://inside.example:{target.port}/named")
        outlet.routes["/meta"] = http(200, f"<html>{refreshes}{canonicals}<p>text</p>".encode())
        own = [outlet.url(path) for path in outlet.routes]
        outlet.routes["/feed"] = rss(*own, *(f"{form}link" for form in forms), f"http://inside.example:{target.port}/x")
        outlet.routes["/map"] = _sitemap([f"{form}child" for form in forms])
        crawling = Crawling(
            tmp_path_factory.mktemp("attacked"),
            feeds=[outlet.url("/feed"), f"sitemap {outlet.url('/map')}"],
            # As lenient as a declaration can be: the resolver alone stands between us and these.
            domains=["127.0.0.9", "inside.example", *_DECLARABLE],
        )
        ended = crawling.run(
            settings={"ALLOW_ADDRESSES": ["127.0.0.9"], "FAILURES_IN_A_ROW": 999},
            environment={"TEST_HOSTS": json.dumps({"inside.example": [["127.0.0.1", "10.0.0.1", "::1"]]})},
        )
        return ended, outlet, target.connections


_DECLARABLE = ["localhost", "127.0.0.1", "0x7f.1", "127.1", "0177.0.0.1", "0.0.0.0", "169.254.169.254", "10.0.0.1"]


def _sitemap(children: list[str]) -> bytes:
    inside = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    return http(
        200, f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inside}</sitemapindex>".encode()
    )


def test_no_form_of_a_private_address_is_ever_connected_to(attacked: tuple[Ended, Web, int]) -> None:
    ended, outlet, connections = attacked
    assert connections == 0
    assert ended.manifest is not None, ended.log
    assert ended.manifest.links == len(ended.fates) == 2 * len(FORMS) + 3
    assert ended.manifest.fates["fetched"] == 1  # the page with the meta refresh itself
    assert set(outlet.paths()) == {"/robots.txt", "/feed", "/map", "/meta", "/named"} | {
        f"/hop{n}" for n in range(len(FORMS))
    }


def test_what_the_resolver_refused_is_called_address_blocked(attacked: tuple[Ended, Web, int]) -> None:
    ended, _, _ = attacked
    assert ended.outcomes("/named") == ["redirected", "address_blocked"]
    assert ended.fate("/named") == ("fetch_failed", "address_blocked")
    assert ended.fate("/x") == ("fetch_failed", "address_blocked")
    [detail] = [fetch.detail for fetch in ended.fetches if fetch.url.endswith("/x")]
    assert "inside.example is" in detail
    declared = [n for n, form in enumerate(FORMS) if form in _DECLARABLE]
    assert {ended.fate(f"/hop{n}") for n in declared} == {("fetch_failed", "address_blocked")}


def test_the_handler_itself_refuses_every_form(tmp_path: Path) -> None:
    """The same forms without declaration, robots.txt and judgement in the way."""
    with Web() as target, Web(address="::1", port=target.port):
        urls = [f"http://{form}:{target.port}/" for form in FORMS]
        out = tmp_path / "outcomes.json"
        process = FORK.Process(target=_ask, args=(urls, out))
        process.start()
        process.join(60)
        found = json.loads(out.read_text())
        assert list(found) == urls
        others = {url: outcome for url, outcome in found.items() if outcome != "address_blocked"}
        # With a dot at its end a name is one that the system may not find at all.
        assert all(url.split(":")[1].endswith(".") and "DNS lookup failed" in text for url, text in others.items()), (
            others
        )
        assert target.connections == 0


def test_a_name_that_changes_its_answer_gains_nothing(tmp_path: Path) -> None:
    with Web(address="127.0.0.9") as outlet, Web(port=outlet.port) as target:
        outlet.routes |= {"/p0": page("p0"), "/p1": page("p1")}
        outlet.routes["/feed"] = rss(*(outlet.url(f"/p{n}", "flip.example") for n in range(2)))
        answers = [["127.0.0.9"]] * 3 + [["127.0.0.1"]]  # robots.txt, the feed and the first page see the first one
        ended = Crawling(tmp_path, feeds=[outlet.url("/feed", "flip.example")], domains=["flip.example"]).run(
            settings={"ALLOW_ADDRESSES": ["127.0.0.9"]},
            environment={"TEST_HOSTS": json.dumps({"flip.example": answers})},
        )
        assert ended.fate("/p0") == ("fetched", "")
        assert ended.fate("/p1") == ("fetch_failed", "address_blocked")
        assert target.connections == 0


def test_a_name_without_addresses_is_dns_failed(tmp_path: Path) -> None:
    with Web() as web:
        web.routes["/feed"] = rss(f"http://nowhere.example:{web.port}/a")
        ended = Crawling(tmp_path, feeds=[web.url("/feed")], domains=["127.0.0.1", "nowhere.example"]).run(
            environment={"TEST_HOSTS": json.dumps({"nowhere.example": [[]]})}
        )
        robots = [fetch.outcome.value for fetch in ended.fetches if "nowhere.example" in fetch.url]
        assert robots == ["dns_failed"] * 3 + ["robots_unreachable"]
        assert ended.fate("/a") == ("deferred", "robots_unreachable")


@pytest.mark.parametrize(
    ("host", "extra", "outcome", "verified"),
    [
        ("trusted.example", "", "ok", True),
        ("other.example", "", "tls_error", None),  # the certificate names another host
        ("unknown.example", "", "tls_error", None),  # nobody vouches for it
        ("unknown.example", "verify_tls = false", "ok", False),
    ],
)
def test_certificates_are_verified_unless_the_outlet_says_otherwise(
    host: str, extra: str, outcome: str, verified: bool | None, tmp_path: Path
) -> None:
    trusted, unknown = trustme.CA(), trustme.CA()
    trusted.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    issuer = unknown if host == "unknown.example" else trusted
    certificate = issuer.issue_cert("trusted.example" if host == "other.example" else host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with Web(tls=context) as web:
        web.routes |= {"/feed": rss(web.url("/p", host)), "/p": page("p")}
        crawling = Crawling(tmp_path, feeds=[web.url("/feed", host)], domains=[host])
        crawling.extra = f"[politeness]\ndelay_seconds = 0\n{extra}"
        ended = crawling.run(
            environment={"TEST_HOSTS": json.dumps({host: [["127.0.0.1"]]}), "SSL_CERT_FILE": str(tmp_path / "ca.pem")}
        )
        first = ended.fetches[-1] if outcome == "ok" else ended.fetches[0]
        assert (first.outcome.value, first.tls_verified) == (outcome, verified), ended.log


def test_a_crawl_behind_a_proxy_does_not_start(tmp_path: Path) -> None:
    with Web() as web:
        ended = Crawling(tmp_path, feeds=[web.url("/feed")]).run(environment={"http_proxy": web.url("/")})
        assert ended.code == 30
        assert "http_proxy is set" in ended.log
        assert web.connections == 0


def _ask(urls: list[str], out: Path) -> None:
    """Fetch each URL through the project's handler and resolver alone; be a process of its own."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    found = {}

    class Bare(Spider):
        name = "bare"

        async def start(self):  # type: ignore[no-untyped-def]
            for url in urls:
                try:
                    await self.crawler.engine.download_async(Request(url))
                    found[url] = "got through"
                except Exception as error:  # noqa: BLE001 - whatever it is, it is the result
                    found[url] = getattr(error, "outcome", repr(error))
            return
            yield

    project = Settings()
    project.setmodule("crawlers.settings")
    project.setdict(
        {
            "DOWNLOADER_MIDDLEWARES": dict.fromkeys(project["DOWNLOADER_MIDDLEWARES"]),
            "EXTENSIONS": {},
            "AUTOTHROTTLE_ENABLED": False,
        }
    )
    process = AsyncCrawlerProcess(project)
    process.crawl(Bare)
    process.start()
    out.write_text(json.dumps(found))
