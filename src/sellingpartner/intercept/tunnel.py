"""Two connections that are one: what comes out of either goes into the other, as it is and no faster than it is taken.

Protocols, not streams: a stream that turns to TLS halfway loses what it has read already.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import cast

_AT_ONCE = struct.pack("ii", 1, 0)


class End(asyncio.Protocol):
    """One end of a tunnel; what comes before the other end is there is held for it."""

    def __init__(self) -> None:
        self.gone: Callable[[End], None] = lambda _: None
        "Is told when the connection has ended."
        self._transport: asyncio.Transport | None = None
        self._other: End | None = None
        self._held: list[bytes] = []
        self._is_heard_out = False
        self._is_lost = False

    @property
    def transport(self) -> asyncio.Transport:
        """The connection; raises `ConnectionError` if there is none any more."""
        if self._transport is None or self._is_lost:
            raise ConnectionError
        return self._transport

    def moved_to(self, transport: asyncio.Transport) -> None:
        """Go on over another transport: the same connection, encrypted. It is not read until it is joined."""
        self._transport = transport
        transport.pause_reading()

    def joined(self, other: End) -> None:
        """Hand on what comes to the other end, and first what came."""
        self._other = other
        held, self._held = self._held, []
        for data in held:
            other.send(data)
        if self._is_lost:
            other.close()
        elif self._is_heard_out:
            other.end()
        self.listen()

    def listen(self) -> None:
        """Take in what comes."""
        with suppress(ConnectionError):
            self.transport.resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hand it on."""
        if self._other is None:
            self._held.append(data)
        else:
            self._other.send(data)

    def eof_received(self) -> bool:
        """Tell the other end that nothing more comes; answers may still go back."""
        self._is_heard_out = True
        if self._other is not None:
            self._other.end()
        return self._transport is not None and self._transport.can_write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the other end as this one ended: in order, or at once."""
        self._is_lost = True
        self.gone(self)
        if self._other is None:
            return
        if isinstance(exc, ConnectionResetError):
            self._other.reset()
        else:
            self._other.close()

    def pause_writing(self) -> None:
        """This end takes no more for now, so the other one is not read."""
        self._to_other(lambda other: other.pause_reading())

    def resume_writing(self) -> None:
        """Go on."""
        self._to_other(lambda other: other.resume_reading())

    def _to_other(self, act: Callable[[asyncio.Transport], None]) -> None:
        if self._other is not None:
            with suppress(ConnectionError):
                act(self._other.transport)

    def send(self, data: bytes) -> None:
        """Send what came from the other end."""
        with suppress(ConnectionError):
            self.transport.write(data)

    def end(self) -> None:
        """Say that nothing more comes; encrypted connections know no half of that, and are closed."""
        with suppress(ConnectionError):
            if self.transport.can_write_eof() and not self._is_heard_out:
                self.transport.write_eof()
            else:
                self.transport.close()

    def close(self) -> None:
        """Close when all is sent."""
        with suppress(ConnectionError):
            self.transport.close()

    def reset(self) -> None:
        """End so that whoever is there sees a broken connection, as this side saw one."""
        with suppress(ConnectionError, OSError):
            connection: socket.socket | None = self.transport.get_extra_info("socket")
            if connection is not None:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            self.transport.abort()


def splice(left: End, right: End) -> None:
    """Make a tunnel of two ends."""
    left.joined(right)
    right.joined(left)
