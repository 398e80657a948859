"""Who comes in: from the first byte of a connection to the tunnel that it becomes."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept.heads import Asked, Head, Strange
from sellingpartner.intercept.outward import Address, Outward, Unreachable
from sellingpartner.intercept.tunnel import End, splice

_HEAD_SECONDS = 30
_HANDSHAKE_SECONDS = 30
_FAREWELL_SECONDS = 1
_PLAIN_PORT = 80
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_ONLY_AMAZON = "spapi lets nothing through but Amazon's hosts, which lead to the market (--offline)."


class Door:
    """What all connections share: where the market is, the certificate, the ways on, and what is at work."""

    def __init__(
        self, *, market: Address, context: ssl.SSLContext, outward: Outward | None, tell: Callable[[str], None]
    ) -> None:
        self.market = market
        self.outward = outward
        self._context = context
        self._tell = tell
        self._told: set[str] = set()
        self._ends: set[End] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something for a connection, and keep it until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def hold(self, end: End) -> None:
        """Know of a connection until the end."""
        self._ends.add(end)
        end.gone = self._ends.discard

    async def to_the_market(self) -> End:
        """A connection to the market; raises `Unreachable`."""
        try:
            end = await self.market.reach()
        except (OSError, TimeoutError):
            message = f"No market answers at {self.market.url}; start one with `spapi serve`, or name it with --url."
            raise Unreachable(message) from None
        self.hold(end)
        return end

    async def encrypted(self, end: End, host: str) -> End | None:
        """The same connection, encrypted, with the certificate of Amazon's hosts; None if it was not believed."""
        inner = End()
        try:
            transport = await asyncio.get_running_loop().start_tls(
                end.transport, inner, self._context, server_side=True, ssl_handshake_timeout=_HANDSHAKE_SECONDS
            )
        except ssl.SSLError as reason:
            if "ALERT" in (reason.reason or ""):
                self.say(
                    f"A program did not trust the certificate that it was shown for {host}: it reads none of the"
                    " variables that say whom to trust. docs/any-program.md has what else there is."
                )
            end.close()
            return None
        except (OSError, TimeoutError):
            end.close()
            return None
        finally:
            self._ends.discard(end)  # whatever comes of it, it ends with what it became
        if transport is None:
            return None
        inner.moved_to(transport)
        self.hold(inner)
        return inner

    def say(self, line: str) -> None:
        """Tell a person something, once."""
        if line not in self._told:
            self._told.add(line)
            self._tell(line)

    async def close(self) -> None:
        """End all that is connected."""
        for end in self._ends:
            end.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Front(End):
    """A connection to the proxy: its first head says where it is to lead."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door
        self._head: Head | None = Head()
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the head, but not for ever."""
        super().connection_made(transport)
        self._door.hold(self)
        self._late = asyncio.get_running_loop().call_later(_HEAD_SECONDS, self.close)

    def data_received(self, data: bytes) -> None:
        """Gather the head; then hand on what comes."""
        if self._head is None:
            super().data_received(data)
            return
        try:
            asked = self._head.take(data)
        except Strange as reason:
            self._refuse(reason.status, str(reason))
            return
        if asked is None:
            return
        self._head = None
        if self._late is not None:
            self._late.cancel()
        self.transport.pause_reading()
        self._door.begin(self._lead(asked))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        super().connection_lost(exc)
        if self._late is not None:
            self._late.cancel()

    async def _lead(self, asked: Asked) -> None:
        is_amazons = asked.host in HOSTS
        try:
            if is_amazons and asked.is_tunnel and asked.port != _PLAIN_PORT:
                await self._lead_amazons(asked)
                return
            if is_amazons:
                other = await self._door.to_the_market()
            elif self._door.outward is None:
                self._refuse(HTTPStatus.FORBIDDEN, _ONLY_AMAZON)
                return
            else:
                other = await self._door.outward.reach(asked.host, asked.port, is_secure=asked.is_secure)
                self._door.hold(other)
        except Unreachable as reason:
            self._refuse(HTTPStatus.BAD_GATEWAY, str(reason))
            return
        if asked.is_tunnel:
            self.send(_ESTABLISHED)
        other.send(asked.head + asked.rest)
        splice(self, other)

    async def _lead_amazons(self, asked: Asked) -> None:
        if asked.rest:
            self._refuse(HTTPStatus.BAD_REQUEST, "Nothing may be sent behind CONNECT until it is answered.")
            return
        market = await self._door.to_the_market()
        self.send(_ESTABLISHED)
        inner = await self._door.encrypted(self, asked.host)
        if inner is None:
            market.close()
        else:
            splice(inner, market)

    def _refuse(self, status: int, words: str) -> None:
        """Say why not, in the status line as well: of a refused tunnel most programs show nothing else."""
        self.send(_refusal(status, words, reason=words))
        self.close()


class TlsFront(End):
    """A connection to the port for TLS: whoever comes here was led by one of Amazon's names."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Shake hands."""
        super().connection_made(transport)
        self._door.hold(self)
        self.transport.pause_reading()
        self._door.begin(self._lead())

    async def _lead(self) -> None:
        inner = await self._door.encrypted(self, "one of Amazon's hosts")
        if inner is None:
            return
        try:
            splice(inner, await self._door.to_the_market())
        except Unreachable as reason:
            inner.listen()  # who has not been heard out does not read the answer
            inner.send(_refusal(HTTPStatus.BAD_GATEWAY, str(reason)))
            asyncio.get_running_loop().call_later(_FAREWELL_SECONDS, inner.close)


def _refusal(status: int, words: str, *, reason: str = "") -> bytes:
    """An answer in the form of Amazon's errors, which programs for it can read."""
    code = "".join(part.capitalize() for part in HTTPStatus(status).phrase.split())
    body = json.dumps({"errors": [{"code": code, "message": words, "details": ""}]}).encode()
    shown = " ".join((reason or HTTPStatus(status).phrase).split()).encode("ascii", "replace").decode()
    lines = [f"HTTP/1.1 {status} {shown}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body
