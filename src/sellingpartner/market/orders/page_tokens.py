"""Page tokens: opaque to whoever holds one, and of no use when altered or in another seller's hands.

A token holds the list's filter and the key after which the next page begins, signed for the seller. It holds no
personal data: a buyer's email address is in the filter as a hash.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime
from hashlib import sha256

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.questions import OrderFilter
from sellingpartner.storage.unit import UnitOfWork

_SIGNATURE = 16


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


_decoder = msgspec.json.Decoder(Continuation)


def sealed(unit: UnitOfWork, continuation: Continuation) -> str:
    """The token that stands for a continuation."""
    content = msgspec.json.encode(continuation)
    return urlsafe_b64encode(_signature(unit, content) + content).decode()


def opened(unit: UnitOfWork, token: str, *, purpose: str, name: str) -> Continuation:
    """The continuation that a token stands for; `name` is what the API calls it. Raises `InvalidPageToken`."""
    try:
        raw = urlsafe_b64decode(token)
        signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if not hmac.compare_digest(signature, _signature(unit, content)):
            raise InvalidPageToken(name)
        continuation = _decoder.decode(content)
    except (Error, ValueError, msgspec.MsgspecError):
        raise InvalidPageToken(name) from None
    if continuation.purpose != purpose:
        raise InvalidPageToken(name)
    return continuation


def _signature(unit: UnitOfWork, content: bytes) -> bytes:
    """Assumed: to sign page tokens the market's seed is secret enough; they open nothing else."""
    key = f"page tokens of {unit.seller_id} in market {unit.seed}".encode()
    return hmac.digest(key, content, sha256)[:_SIGNATURE]
