"""A proxy and a port for TLS, on a thread of their own: Amazon's hosts lead to the market, others where they are.

TLS ends here, and HTTP is not looked into: the market learns from the Host header by which name it was called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from threading import Thread
from typing import Any, Literal

from sellingpartner.intercept.authority import Authority
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.front import Door, Front, TlsFront
from sellingpartner.intercept.outward import Address, Outward

_ANY: Literal[0] = 0


@dataclass(frozen=True)
class Addresses:
    """Where it listens."""

    host: str
    proxy: int
    tls: int


class Interception:
    """All that leads Amazon's hosts to one market; start it, and stop it."""

    def __init__(
        self,
        market: str,
        authority: Authority,
        *,
        offline: bool = False,
        outward: Outward | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Lead to the market at an address; `tell` hears, in one line each, what a person can do something about."""
        self._door = Door(
            market=Address.of(market, "a market"),
            context=authority.context(),
            outward=None if offline else outward or Outward(),
            tell=tell,
        )
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _loop, _context: None)  # connections break; nobody needs to read of it
        self._thread = Thread(target=self._run, name="interception", daemon=True)
        self._servers: list[asyncio.Server] = []

    def start(
        self, host: str = "127.0.0.1", *, port: int = _ANY, tls_port: int = _ANY, proxy_host: str | None = None
    ) -> Addresses:
        """Listen; raises `CannotIntercept` if a port is taken. 0 is any port that is free."""
        self._thread.start()
        try:
            proxy = self._call(self._listen(Front, proxy_host or host, port))
            return Addresses(host, proxy, self._call(self._listen(TlsFront, host, tls_port)))
        except OSError as reason:
            self.stop()
            message = (
                f"It cannot listen on {host}: {reason.strerror or reason}; choose another port, or another --host "
                "(--names needs port 443, which may be root's alone)."
            )
            raise CannotIntercept(message) from reason

    def stop(self) -> None:
        """Close the ports and what is connected, and end the thread."""
        if self._thread.is_alive():
            self._call(self._close())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _call(self, what: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it gives
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _listen(self, front: Callable[[Door], asyncio.Protocol], host: str, port: int) -> int:
        server = await self._loop.create_server(lambda: front(self._door), host, port)
        self._servers.append(server)
        found: int = server.sockets[0].getsockname()[1]
        return found

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        await self._door.close()
