"""Page tokens of searches: opaque to whoever holds one, of no use when altered or with another search or seller."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.listings.searching import Key, Wanted
from sellingpartner.storage.unit import UnitOfWork

_SIGNATURE = 16


class InvalidPageToken(InvalidInput):
    """The token was altered, or is not one of this search."""

    def __init__(self) -> None:
        super().__init__("pageToken is not valid; pass one that a page of the same search returned, unaltered.")


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page begins, or ends if the way goes back, and how many results lie before it."""

    edge: Key
    is_backward: bool
    passed: int


_decoder = msgspec.json.Decoder(Place)


def sealed(unit: UnitOfWork, wanted: Wanted, place: Place) -> str:
    """The token that stands for a place in a search."""
    content = msgspec.json.encode(place)
    return urlsafe_b64encode(_signature(unit, wanted, content) + content).decode()


def opened(unit: UnitOfWork, wanted: Wanted, token: str) -> Place:
    """The place that a token stands for; raises `InvalidPageToken`."""
    try:
        raw = urlsafe_b64decode(token)
        signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if not hmac.compare_digest(signature, _signature(unit, wanted, content)):
            raise InvalidPageToken
        return _decoder.decode(content)
    except (Error, ValueError, msgspec.MsgspecError):
        raise InvalidPageToken from None


def _signature(unit: UnitOfWork, wanted: Wanted, content: bytes) -> bytes:
    """Assumed: to sign page tokens the market's seed is secret enough; they open nothing else."""
    key = f"page tokens of listings of {unit.seller_id} in market {unit.seed}".encode()
    return hmac.digest(key, msgspec.json.encode(wanted) + content, sha256)[:_SIGNATURE]
