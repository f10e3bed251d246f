"""A real web server on loopback that can misbehave in any way: threads and raw sockets, every byte is the test's own."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from http import HTTPStatus
from typing import Self

# What a route sends: bytes as they are; a number is a pause in seconds. At the end the connection is closed.
Step = bytes | float
Answer = bytes | Iterable[Step]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    host: str
    headers: dict[str, str]  # names in lower case
    at: float


Route = Answer | Callable[[Asked], Answer]


@dataclass
class Web:
    """A server; a context manager. `routes` by path, or by host + path; unrouted paths are 404."""

    routes: dict[str, Route] = field(default_factory=dict)
    address: str = "127.0.0.1"
    port: int = 0  # 0: any
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Self:
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        self._listener = socket.create_server((self.address, self.port), family=family)
        self.port = self._listener.getsockname()[1]
        self._open = True
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        with suppress(OSError):  # wakes the accepting thread
            socket.create_connection((self.address, self.port), timeout=1).close()
        self._listener.close()
        self._accepting.join(timeout=5)

    def url(self, path: str, host: str | None = None) -> str:
        """The address of a path on this server, under any host name."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def times(self, path: str) -> int:
        return self.paths().count(path)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if not self._open:
                connection.close()
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            if not self.tls:
                self._answer(connection)
                return
            with self.tls.wrap_socket(connection, server_side=True) as secured:
                self._answer(secured)
                secured.unwrap()

    def _answer(self, connection: socket.socket) -> None:
        asked = _read(connection)
        if asked is None:
            return
        self.asked.append(asked)
        host = asked.host.rpartition(":")[0] or asked.host
        route = self.routes.get(host + asked.path, self.routes.get(asked.path, http(404, b"no such page")))
        answer = route(asked) if callable(route) else route
        for step in [answer] if isinstance(answer, bytes) else answer:
            if isinstance(step, bytes):
                connection.sendall(step)
            else:
                time.sleep(step)
        if not self.tls:
            connection.shutdown(socket.SHUT_WR)


def _read(connection: socket.socket) -> Asked | None:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(65536)
        if not received:
            return None
        head += received
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(path=first.split(" ")[1], host=headers.get("host", ""), headers=headers, at=time.monotonic())


def http(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer; header names are given with _ for -, Content-Length is added unless given."""
    fields = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items()]
    phrase = HTTPStatus(status).phrase
    return "\r\n".join([f"HTTP/1.1 {status} {phrase}", *lines, "Connection: close", "", ""]).encode("latin-1") + body


def in_turn(*answers: Answer) -> Route:
    """A route that gives one answer after the other, the last one again and again."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def page(title: str) -> bytes:
    """A small article page."""
    return http(200, f"<!doctype html><title>{title}</title><article><p>{title}: text of it.</p></article>".encode())


def rss(*urls: str, dates: Iterable[object] = ()) -> bytes:
    """An answer with an RSS feed of these links."""
    when = [*dates, *[None] * len(urls)]
    items = "".join(
        f"<item><title>Title {n}</title><link>{escape(url)}</link>"
        + (f"<pubDate>{format_datetime(date)}</pubDate>" if date else "")  # type: ignore[arg-type]
        + "</item>"
        for n, (url, date) in enumerate(zip(urls, when, strict=False))
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>'.encode()
    return http(200, body, content_type="application/rss+xml")
