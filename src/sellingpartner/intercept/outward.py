"""The ways on from here: to the market, to any other host, and through the proxy that was there before."""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from sellingpartner.intercept import no_proxy
from sellingpartner.intercept.failures import CannotIntercept
from sellingpartner.intercept.tunnel import End

_PORTS = {"http": 80, "https": 443}
_CONNECT_SECONDS = 10
_LONGEST_ANSWER = 64 * 1024


class Unreachable(Exception):
    """Nobody is there; its text is for the program that wanted to go there."""


@dataclass(frozen=True)
class Address:
    """Where a server is."""

    url: str
    host: str
    port: int
    is_secure: bool = False
    login: str | None = None
    "What a proxy is told of who comes."

    @classmethod
    def of(cls, url: str, what: str) -> Address:
        """An address of http or https, without a path; raises `CannotIntercept` for every other one."""
        try:
            parts = urlsplit(url if "://" in url else f"http://{url}")
            usual = _PORTS.get(parts.scheme)
            host, port = parts.hostname, usual and (parts.port or usual)
        except ValueError:
            host, port = None, None
        if not host or not port or parts.path.strip("/") or parts.query:
            message = f"{url!r} is no address of {what} that a program can be led to; write one like http://HOST:PORT."
            raise CannotIntercept(message)
        login = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            login = f"Basic {b64encode(pair.encode()).decode()}"
        return cls(url, host, port, is_secure=parts.scheme == "https", login=login)

    async def reach(self) -> End:
        """Connect to it; raises `OSError`."""
        return await _connected(self.host, self.port, self.host if self.is_secure else None)


@dataclass(frozen=True)
class Outward:
    """Where what is not Amazon's goes."""

    upstream: Address | None = None
    "The proxy that was there before."
    past_it: Sequence[str] = ()
    "The entries of NO_PROXY that were there before."
    spares_this_machine: bool = False
    "Whether nobody is led to this machine's own services: others reach this proxy, and are not of this machine."

    async def reach(self, host: str, port: int, *, is_secure: bool = False) -> End:
        """Connect to a host, encrypted by us or not; raises `Unreachable`."""
        try:
            if self._proxy_for(host) is not None:
                return await self._through_the_proxy(host, port, is_secure=is_secure)
            if self.spares_this_machine:
                await _check_is_elsewhere(host, port)
            return await _connected(host, port, host if is_secure else None)
        except TimeoutError:
            raise Unreachable(f"{host}:{port} does not answer.") from None
        except OSError as reason:
            raise Unreachable(f"{host}:{port} cannot be reached: {reason.strerror or reason}.") from None

    def _proxy_for(self, host: str) -> Address | None:
        return None if any(no_proxy.covers(entry, host) for entry in self.past_it) else self.upstream

    async def _through_the_proxy(self, host: str, port: int, *, is_secure: bool) -> End:
        proxy = self.upstream
        assert proxy is not None  # noqa: S101 - tells the type checker
        end = await proxy.reach()
        try:
            await _ask(end, proxy, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
            return await _encrypted(end, host) if is_secure else end
        except BaseException:
            end.close()
            raise


async def _ask(end: End, proxy: Address, place: str) -> None:
    """Ask a proxy for a tunnel; raises `Unreachable`."""
    answer = _Answer(end)
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    lines += [f"Proxy-Authorization: {proxy.login}"] if proxy.login else []
    end.send("\r\n".join([*lines, "", ""]).encode())
    status = await asyncio.wait_for(answer.line, _CONNECT_SECONDS)
    if status.split(" ")[1:2] != ["200"]:
        raise Unreachable(f"The proxy {proxy.host}:{proxy.port} does not lead to {place}: {status}.")


class _Answer(End):
    """What a proxy says to CONNECT: heard instead of being handed on."""

    def __init__(self, end: End) -> None:
        super().__init__()
        self.line: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._read = b""
        self._end = end
        self._transport = end.transport
        end.transport.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        """Hear the answer out."""
        self._read += data
        head, ended, rest = self._read.partition(b"\r\n\r\n")
        if ended or len(self._read) > _LONGEST_ANSWER:
            self.transport.set_protocol(self._end)
            if rest:
                self._end.data_received(rest)
            if not self.line.done():
                self.line.set_result(head.partition(b"\r\n")[0].decode("latin-1"))

    def connection_lost(self, exc: Exception | None) -> None:
        """It was no answer."""
        super().connection_lost(exc)
        if not self.line.done():
            self.line.set_exception(ConnectionError("the proxy before it broke off"))


async def _encrypted(end: End, host: str) -> End:
    """The same connection, encrypted from here on."""
    inner = End()
    transport = await asyncio.get_running_loop().start_tls(
        end.transport, inner, ssl.create_default_context(), server_hostname=host, ssl_handshake_timeout=_CONNECT_SECONDS
    )
    if transport is None:
        message = "it broke off"
        raise ConnectionError(message)
    inner.moved_to(transport)
    return inner


async def _connected(host: str, port: int, secure_host: str | None) -> End:
    context = ssl.create_default_context() if secure_host else None
    connecting = asyncio.get_running_loop().create_connection(
        End, host, port, ssl=context, server_hostname=secure_host, happy_eyeballs_delay=0.25
    )
    _, end = await asyncio.wait_for(connecting, _CONNECT_SECONDS)
    return end


async def _check_is_elsewhere(host: str, port: int) -> None:
    """Raise `Unreachable` for this machine's own services."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, place in found:
        address = ip_address(str(place[0]).partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if address.is_loopback or address.is_unspecified or address.is_link_local:
            raise Unreachable(f"{host} is the machine of this proxy, which leads others elsewhere only.")
