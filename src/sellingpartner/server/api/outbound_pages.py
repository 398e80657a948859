"""Where lists of fulfillment orders go on: both versions list what changed since a moment."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.storage.unit import UnitOfWork


class Begun(msgspec.Struct, frozen=True, array_like=True):
    """A list that was begun, and after which order it goes on."""

    since: datetime | None
    after: tuple[datetime, str]


_decoder = msgspec.msgpack.Decoder(Begun)


def token_of(
    unit: UnitOfWork, since: datetime | None, after: tuple[datetime, str] | None, purpose: bytes
) -> str | None:
    """The token of the next page; none after the last one."""
    return None if after is None else sealed(unit, msgspec.msgpack.encode(Begun(since, after)), purpose=purpose)


def opened(unit: UnitOfWork, token: str, purpose: bytes, name: str) -> Begun:
    """The list that a token goes on with; raises `InvalidInput` for what is none."""
    begun = unsealed_as(unit, token, _decoder, purpose=purpose)
    if begun is None:
        message = f"{name} is not valid; pass the one that the page before returned, unaltered."
        raise InvalidInput(message)
    return begun
