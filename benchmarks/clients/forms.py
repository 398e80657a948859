"""What a client is asked to do here, whoever made it."""

from __future__ import annotations

from typing import Protocol


class Blocking(Protocol):
    """A client that is made and has a seller's token, or fetches it with its first call."""

    def get_order(self, order_id: str) -> str:
        """Read an order; returns the id in the answer, so that it must have been decoded."""
        ...

    def page(self) -> int:
        """Read a page of orders; returns how many were on it."""
        ...

    def everything(self) -> tuple[int, int]:
        """Read all orders and the items of each, as its documentation says it is done; returns how many of both."""
        ...


class Waiting(Protocol):
    """The same with tasks instead of threads."""

    async def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        ...

    async def aclose(self) -> None:
        """Hang up."""
        ...
