"""Page tokens: opaque to whoever holds one, and of no use when altered or in another seller's hands.

A token holds the list's filter and the key after which the next page begins, signed for the seller. It holds no
personal data: a buyer's email address is in the filter as a hash.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.reading.filters import OrderFilter
from sellingpartner.market.sealing import sealed as seal
from sellingpartner.market.sealing import unsealed_as
from sellingpartner.storage.unit import UnitOfWork


class InvalidPageToken(InvalidInput):
    """The token was altered, or is not one of this list."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not valid; pass the one that the page before returned, unaltered.")


class Continuation(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Where a list goes on."""

    purpose: str
    """The operation whose list it is: no other takes the token."""
    wanted: OrderFilter
    after_date: datetime
    after_order_id: str
    limit: int
    sealed_at: datetime | None = None
    """When the token was given, where it lives for a while only."""


_decoder = msgspec.json.Decoder(Continuation)


def sealed(unit: UnitOfWork, continuation: Continuation) -> str:
    """The token that stands for a continuation."""
    return seal(unit, msgspec.json.encode(continuation))


def opened(unit: UnitOfWork, token: str, *, purpose: str, name: str) -> Continuation:
    """The continuation that a token stands for; `name` is what the API calls it. Raises `InvalidPageToken`."""
    continuation = unsealed_as(unit, token, _decoder)
    if continuation is None or continuation.purpose != purpose:
        raise InvalidPageToken(name)
    return continuation
