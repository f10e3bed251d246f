"""Free ports on 127.0.0.1, remembered so that an address stays the same from one start to the next."""

from __future__ import annotations

import errno
import socket

from crawlers.records import BulletinsError


class NoFreePort(BulletinsError):
    """Every port we would use is taken."""


def is_free(port: int) -> bool:
    """Say whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        # As servers do: a port whose old connections are still in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def choose(preferred: int, avoid: frozenset[int] = frozenset()) -> int:
    """Return `preferred` where it is free, else the next free port after it; raises NoFreePort after 200 tries.

    Not a port of the system's choice: those are also given to outgoing connections, which could take it at the next start.
    """
    for port in range(preferred, min(preferred + 200, 65536)):
        if port not in avoid and is_free(port):
            return port
    raise NoFreePort(f"no free port on 127.0.0.1 between {preferred} and {preferred + 199}")
