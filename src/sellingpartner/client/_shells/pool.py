"""The connections of a client, or of many: how many there may be, and the certificates that they are held against.

Certificates are read when the first TLS connection is made, once for all clients of a process. That takes 20 to 40 ms,
more than all else that making a client takes, and a client of a market on this machine never needs them.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Self, TypeVar

import httpx2

from sellingpartner.contract.errors import NotConfigured

Http = TypeVar("Http", httpx2.Client, httpx2.AsyncClient)

LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=15)
_PLACES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def pool(kind: type[Http]) -> Http:
    """Connections for calls, none of which is made yet; cookies are neither kept nor sent, for sellers share them."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    try:
        return kind(limits=LIMITS, verify=LateContext(ssl.PROTOCOL_TLS_CLIENT), cookies=no_cookies)
    except (ValueError, ImportError, httpx2.InvalidURL) as reason:
        message = f"The proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY) are no use: {reason}"
        raise NotConfigured(message) from None


class Closing:
    """Closes its connections when it is closed itself, if they are its own."""

    _http: httpx2.Client
    _owns: bool

    def close(self) -> None:
        """Close the connections, unless they were given and belong to another."""
        if self._owns:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClosing:
    """The same for who waits in `async` code."""

    _http: httpx2.AsyncClient
    _owns: bool

    async def aclose(self) -> None:
        """Close the connections, unless they were given and belong to another."""
        if self._owns:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class LateContext(ssl.SSLContext):
    """Stands for the context that httpx2 would make, until a connection needs it."""

    _protocols: tuple[str, ...] = ()

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        """Keep what the connection offers to speak."""
        self._protocols = tuple(alpn_protocols)

    def wrap_socket(self, *args: Any, **how: Any) -> ssl.SSLSocket:  # noqa: ANN401 - handed on as they are
        """See `ssl.SSLContext`; the synchronous client's connections come here."""
        return self._read().wrap_socket(*args, **how)

    def wrap_bio(self, *args: Any, **how: Any) -> ssl.SSLObject:  # noqa: ANN401 - handed on as they are
        """See `ssl.SSLContext`; the asynchronous client's connections come here."""
        return self._read().wrap_bio(*args, **how)

    def _read(self) -> ssl.SSLContext:
        context = _system_context(*map(os.environ.get, _PLACES))
        if self._protocols:
            context.set_alpn_protocols(self._protocols)
        return context


@cache
def _system_context(*_places: str | None) -> ssl.SSLContext:
    """The context as httpx2 makes it, which looks at the same places in the environment."""
    return httpx2.create_ssl_context()
