"""The way out of every command, which a test may lead to a market in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

chosen: ContextVar[httpx2.BaseTransport | None] = ContextVar("transport", default=None)
"""What connections are made with; None for the usual one."""


@contextmanager
def through(transport: httpx2.BaseTransport) -> Iterator[None]:
    """Have commands talk through a transport, such as one to a market in this process."""
    token = chosen.set(transport)
    try:
        yield
    finally:
        chosen.reset(token)
