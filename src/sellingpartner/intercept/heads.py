"""What a proxy is asked: the first head of a connection, read by h11 as strictly as a proxy has to.

`CONNECT host:443` asks for a tunnel. Any other method names a whole address, and asks that the request is passed on;
some programs (axios, by the environment) ask so for https as well, and leave the encryption to the proxy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

LONGEST_HEAD = 64 * 1024
_PLACE = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65_535
_HOP_BY_HOP = frozenset(
    {b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive", b"upgrade", b"host"}
)


class Strange(Exception):
    """A head that is none, or asks for what no proxy can do; its text is for the one who sent it."""

    def __init__(self, text: str, *, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """Where a connection is to lead."""

    host: str
    port: int
    is_tunnel: bool
    is_secure: bool = False
    "Whether what is passed on is to be encrypted on its way, where there is no tunnel."
    head: bytes = b""
    "The head to pass on, if there is no tunnel."
    rest: bytes = b""
    "What came behind the head."


class Head:
    """The head of one connection, gathered until it is whole."""

    def __init__(self) -> None:
        self._reading = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)

    def take(self, data: bytes) -> Asked | None:
        """What is asked, once its head is whole; raises `Strange`."""
        try:
            self._reading.receive_data(data)
            event = self._reading.next_event()
        except h11.RemoteProtocolError as reason:
            raise Strange(f"This is a proxy, which cannot read what was sent: {reason}.") from reason
        if not isinstance(event, h11.Request):
            return None
        rest = bytes(self._reading.trailing_data[0])
        target = event.target.decode("ascii", "replace")
        if event.method == b"CONNECT":
            host, port = _authority(f"//{target}", None)
            return Asked(host, port, is_tunnel=True, rest=rest)
        scheme = target.partition("://")[0].lower()
        if scheme not in _PORTS or "://" not in target:
            message = "This is a proxy: ask it for CONNECT HOST:443, or for a whole address such as http://HOST/PATH."
            raise Strange(message)
        host, port = _authority(target, _PORTS[scheme])
        head = _passed_on(event, target)
        return Asked(host, port, is_tunnel=False, is_secure=scheme == "https", head=head, rest=rest)


def _authority(target: str, usual: int | None) -> tuple[str, int]:
    try:
        parts = urlsplit(target)
        host, port = parts.hostname, parts.port or usual
    except ValueError:
        host, port = None, None
    if not host or not port or not 0 < port <= _HIGHEST_PORT:
        raise Strange(f"{target.removeprefix('//')[:100]!r} names no host and port.")
    return host.lower().rstrip("."), port


def _passed_on(event: h11.Request, target: str) -> bytes:
    """The head as the host itself is sent it; its connection ends with the answer, as the next may go elsewhere."""
    place, rest = _PLACE.match(target.partition("://")[2]).groups()  # type: ignore[union-attr] # it takes any text
    path = rest if rest.startswith("/") else f"/{rest}"
    lines = [b"%s %s HTTP/1.1" % (event.method, path.encode("ascii", "replace"))]
    lines.append(b"Host: %s" % place.rpartition("@")[2].encode("ascii", "replace"))
    lines += [b"%s: %s" % (name, value) for name, value in event.headers.raw_items() if name.lower() not in _HOP_BY_HOP]
    lines.append(b"Connection: close")
    return b"\r\n".join(lines) + b"\r\n\r\n"
