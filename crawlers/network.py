"""The network door's guard: no page, feed or redirect can make us connect to an address that is not public.

The resolver sees every name and address just before the connection is made, on every hop, and Twisted connects to what
it returns, so a name that changes its answer between two look-ups gains nothing. What does not pass through it is a
proxy; `refuse_proxies` therefore stops a crawl that would use one.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.outcomes import NoAnswer
from crawlers.records import BulletinsError, FetchOutcome

_GLOBAL_UNICAST = ipaddress.ip_network(
    "2000::/3"
)  # all that IANA has given out; NAT64, mapped and site-local lie outside
_TUNNELS = (
    ipaddress.ip_network("2001::/32"),  # Teredo
    ipaddress.ip_network("2002::/16"),  # 6to4: 2002:7f00:1:: is 127.0.0.1 to a 6to4 gateway
)
_RELAY = ipaddress.ip_network("192.88.99.0/24")  # 6to4 relays, deprecated


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet's; False for anything that is no IP address.

    Stricter than `ipaddress.is_global`, which holds 224.0.0.1, 64:ff9b::7f00:1 and 2002:7f00:1:: for global.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in _GLOBAL_UNICAST and not any(ip in tunnel for tunnel in _TUNNELS)
    return ip not in _RELAY


def refuse_proxies(environ: Mapping[str, str]) -> None:
    """Raise BulletinsError when the environment names a proxy: the guard would see the proxy's address only."""
    names = sorted(
        name for name in environ if name.lower() in ("http_proxy", "https_proxy", "all_proxy") and environ[name]
    )
    if names:
        raise BulletinsError(
            f"{', '.join(names)} is set: through a proxy, pages could reach addresses inside your network; "
            "unset it for the crawler, or give the crawler a network of its own"
        )


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to undo: a look-up in a thread cannot be stopped, its answer is dropped."""


@implementer(IHostnameResolver)
class GuardResolver:
    """Resolves names to IPv4 and IPv6 addresses and keeps back those that are not public.

    Setting ALLOW_ADDRESSES (empty; tests pass loopback) names addresses that are let through all the same.
    """

    def __init__(self, reactor: Any, allow: frozenset[str] = frozenset()) -> None:
        self.reactor = reactor
        self.allow = allow
        self.refused: dict[str, str] = {}  # host name: the last address kept back, when no other was left

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardResolver:
        """Make the resolver for one crawl process (Scrapy calls this)."""
        return cls(reactor, frozenset(crawler.settings.getlist("ALLOW_ADDRESSES")))

    def install_on_reactor(self) -> None:
        """Put this resolver in the place of the reactor's own (Scrapy calls this)."""
        self.reactor.installNameResolver(self)

    def look_up(self, name: str) -> list[str]:
        """Return the addresses of a name, or of an address in any spelling the C library reads; runs in a thread."""
        try:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # UnicodeError: a label over 63 characters
            return []
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def resolveHostName(
        self,
        resolutionReceiver: Any,  # IResolutionReceiver; zope's interfaces are no types
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve as IHostnameResolver says; a name with no public address comes back without addresses."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        found = deferToThreadPool(self.reactor, self.reactor.getThreadPool(), self.look_up, hostName)
        found.addCallback(self._hand_over, resolutionReceiver, hostName, portNumber)
        return resolution

    def _hand_over(self, found: list[str], receiver: Any, name: str, port: int) -> None:
        passed = [address for address in found if is_public(address) or address in self.allow]
        self.refused.pop(name, None)
        if found and not passed:
            self.refused[name] = found[-1]
        for address in passed:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler, which says when a host was refused and when the attempt truly began."""

    async def download_request(self, request: Request) -> Response:
        """Fetch as Scrapy does; raises NoAnswer(address_blocked) where the resolver kept every address back."""
        request.meta["began"] = time.time()  # after the wait for the host's turn
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            if address := _refused(request.url):
                text = f"{urlsplit(request.url).hostname} is {address}, which is no public address"
                raise NoAnswer(FetchOutcome.ADDRESS_BLOCKED, text) from error
            raise


def _refused(url: str) -> str | None:
    from twisted.internet import reactor  # the reactor is chosen by Scrapy; importing it earlier would choose for it

    host = urlsplit(url).hostname or ""
    refused: dict[str, str] = getattr(reactor.nameResolver, "refused", {})
    return refused.get(host) or refused.get(_readable(host))


def _readable(host: str) -> str:
    """Return the Unicode form of a host name, by which Twisted asks its resolver."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
