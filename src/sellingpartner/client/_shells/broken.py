"""What may go wrong with HTTP, and what it means for a call."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable

import httpx2

from sellingpartner.client._shells.steps import Broken

FAILURES: tuple[type[Exception], ...] = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    httpx2.CookieConflict,
)
"""All that httpx2 raises while it sends and reads."""
_HOPELESS = (httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError)
_NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError, *_HOPELESS)
_UNBUILT: tuple[type[Exception], ...] = (*FAILURES, ValueError, TypeError, LookupError)
_CODINGS = frozenset({"", "identity", "gzip", "deflate"})
"""How answers may be packed: the two that are asked for, once. Twice packed, a kilobyte can unfold to gigabytes."""


def broken(failure: Exception, received: int = 0) -> Broken:
    """The failure as an outcome; only what failed before a connection stood has surely not arrived."""
    return Broken(
        _reason(failure),
        may_have_arrived=not isinstance(failure, _NEVER_LEFT),
        received=received,
        is_hopeless=isinstance(failure, _HOPELESS),
    )


def built(
    http: httpx2.Client | httpx2.AsyncClient,
    method: str,
    url: str,
    headers: dict[str, str],
    content: bytes | Iterable[bytes] | AsyncIterable[bytes] | None,
    timeout: float,
) -> httpx2.Request | Broken:
    """The request, or why there is none: what is said cannot stand in one, or the connections are closed."""
    if http.is_closed:
        return Broken("the client is closed", may_have_arrived=False, is_hopeless=True)
    try:
        return http.build_request(method, url, headers=headers, content=content, timeout=timeout)
    except _UNBUILT as failure:
        return Broken(_reason(failure), may_have_arrived=False, is_hopeless=True)


def strangely_packed(response: httpx2.Response) -> Broken | None:
    """What it is if an answer is packed as nobody asked for."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    return None if coding in _CODINGS else Broken(f"the answer is packed as {coding[:40]!r}", may_have_arrived=True)


def _reason(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
