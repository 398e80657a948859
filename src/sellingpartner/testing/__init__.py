"""For tests: a whole market in one process, on a frozen clock, and typed callers of it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellingpartner.testing.access import Access
    from sellingpartner.testing.caller import Caller, Reply
    from sellingpartner.testing.clocks import ClockHandle
    from sellingpartner.testing.shops import Shop
    from sellingpartner.testing.snapshots import Snapshot
    from sellingpartner.testing.sockets import on_a_socket
    from sellingpartner.testing.transport import AsyncInProcess, InProcess
    from sellingpartner.testing.world import TestMarket
    from sellingpartner.testing.world import TestMarket as Market

_PLACES = {
    "Access": "access",
    "AsyncInProcess": "transport",
    "Caller": "caller",
    "ClockHandle": "clocks",
    "InProcess": "transport",
    "Market": "world",
    "Reply": "caller",
    "Shop": "shops",
    "Snapshot": "snapshots",
    "TestMarket": "world",
    "on_a_socket": "sockets",
}

__all__ = [
    "Access",
    "AsyncInProcess",
    "Caller",
    "ClockHandle",
    "InProcess",
    "Market",
    "Reply",
    "Shop",
    "Snapshot",
    "TestMarket",
    "on_a_socket",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    # The market takes a while to import, so a test run waits for it only when a test wants one.
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = import_module(f"{__name__}.{_PLACES[name]}")
    return getattr(module, "TestMarket" if name == "Market" else name)
