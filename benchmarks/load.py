"""The load: one thread, a few keep-alive connections, requests that were put together before the clock ran.

Each connection sends its next request when it has the answer to its last. The client reads no more of an answer than
its status and its length, so that it costs the machine little beside the server that is measured; how much it does
cost is part of the result. The same client drives every server of a run.
"""

from __future__ import annotations

import gc
import selectors
import socket
import time
from collections.abc import Iterator

import msgspec

CONNECTIONS = 16

_READ = 262_144
_TIMEOUT_SECONDS = 30


class LoadFailed(Exception):
    """A server gave an answer that no measurement should be made of; the message shows it."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What a server did under load."""

    per_second: float
    p50: float
    """Milliseconds within which half of the requests were answered."""
    p99: float
    requests: int
    client: float
    """How much of one core the client itself took, from 0 to 1: near 1, the client was the limit."""


class Connection:
    """One keep-alive connection with at most one request under way."""

    __slots__ = ("_left", "_sent_at", "socket", "waits")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = 0
        self._sent_at = 0.0
        self.waits: list[float] = []

    def send(self, request: bytes) -> None:
        """Send the next request."""
        self._sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has arrived; true when the answer is complete. Raises `LoadFailed` if it is not a success."""
        got = self.socket.recv(_READ)
        if self._left:
            self._left -= len(got)
        else:
            self._left = _missing(got)
        if not got or self._left < 0:
            message = "The server closed the connection or sent more than it had announced."
            raise LoadFailed(message)
        if self._left:
            return False
        self.waits.append(time.perf_counter() - self._sent_at)
        return True


def _missing(got: bytes) -> int:
    """How many bytes of an answer are still to come, given its first ones."""
    end = got.find(b"\r\n\r\n")
    if not got.startswith(b"HTTP/1.1 2") or end < 0:
        raise LoadFailed(got[:2000].decode(errors="replace"))
    head = got[:end].lower()
    at = head.find(b"content-length:")
    length = 0 if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])
    return end + 4 + length - len(got)


def request_bytes(
    method: str, target: str, *, headers: dict[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {target} HTTP/1.1", "host: 127.0.0.1", "accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def press(port: int, supply: Iterator[bytes], *, seconds: float, connections: int = CONNECTIONS) -> Rate:
    """Send requests for so many seconds, or until there are no more; returns what the server made of them."""
    lines = [Connection(port) for _ in range(connections)]
    gc.collect()
    gc.disable()
    worked, began = time.process_time(), time.perf_counter()
    try:
        _drive(lines, supply, until=began + seconds)
    finally:
        elapsed, worked = time.perf_counter() - began, time.process_time() - worked
        gc.enable()
        for line in lines:
            line.socket.close()
    return _rate([wait for line in lines for wait in line.waits], elapsed, worked)


def _rate(waits: list[float], elapsed: float, worked: float) -> Rate:
    if not waits:
        message = "There was no request to send."
        raise LoadFailed(message)
    waits.sort()
    return Rate(
        per_second=len(waits) / elapsed,
        p50=waits[len(waits) // 2] * 1000,
        p99=waits[len(waits) * 99 // 100] * 1000,
        requests=len(waits),
        client=worked / elapsed,
    )


def _drive(lines: list[Connection], supply: Iterator[bytes], *, until: float) -> None:
    """Keep every connection busy until the time is over or the requests are used up."""
    with selectors.DefaultSelector() as selector:
        busy = 0
        for line, request in zip(lines, supply, strict=False):
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(request)
            busy += 1
        while busy:
            over = time.perf_counter() > until
            for key, _ in _ready(selector):
                line = key.data
                if not line.receive():
                    continue
                following = None if over else next(supply, None)
                if following is None:
                    busy -= 1
                else:
                    line.send(following)


def _ready(selector: selectors.BaseSelector) -> list[tuple[selectors.SelectorKey, int]]:
    found = selector.select(_TIMEOUT_SECONDS)
    if not found:
        message = f"The server was silent for {_TIMEOUT_SECONDS} s."
        raise LoadFailed(message)
    return found
