"""What it means for a call that HTTP failed."""

from __future__ import annotations

import httpx2

from sellingpartner.client._shells.steps import Broken

_NEVER_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)


def broken(failure: Exception, received: int = 0) -> Broken:
    """The failure as an outcome; only what failed before a connection stood has surely not arrived."""
    reason = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
    return Broken(reason, may_have_arrived=not isinstance(failure, _NEVER_LEFT), received=received)
