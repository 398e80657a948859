"""Requests for rates: the token that a caller brings back says what was asked, so that nothing must be kept of it.

What a rate costs and promises follows from the parcel and the moment it was asked, so nobody can change that. A request
is good for ten minutes and for one purchase.
Differs: Amazon's token is short; here it grows with the addresses that it holds.
"""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

import msgspec

from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.market.shipping.carriers.services import Offered
from sellingpartner.market.shipping.own_accounts.linking import check_accounts
from sellingpartner.market.shipping.rating.eligibility import Rejection
from sellingpartner.market.shipping.rating.offering import offers_and_rejections, services_for
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.rating.targets import Target, target_of
from sellingpartner.market.shipping.refusals import TokenExpired, Unfit
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

LASTS = timedelta(minutes=10)
_PREFIX = "amzn1.rq."
_PURPOSE = b"rates:"
_LONG = 2048
_ZLIB = b"\x78"
"""What zlib's output begins with (RFC 1950), and a request as MessagePack does not."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """A request for rates."""

    request_id: str
    asked_at: int
    wish: Wish

    @property
    def moment(self) -> datetime:
        """When it was asked."""
        return instant_of(self.asked_at)

    def rate_id(self, service_id: str) -> str:
        """What the rate of a service is called in this request alone, in the form of a UUID."""
        return f"{_first_half(self.request_id)}-{_second_half(service_id)}"


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for a request."""

    asked: Asked
    sealed: str
    """What the caller brings back, in place of the request."""
    target: Target
    quotes: tuple[Quote, ...]
    rejections: tuple[Rejection, ...]


def rates_for(unit: UnitOfWork, wish: Wish) -> Rates:
    """Hold every service that may be asked against a parcel; raises `InvalidShipment`."""
    check_accounts(unit, wish)
    target = target_of(unit, wish)
    quotes, rejections = offers_and_rejections(unit, wish, target)
    asked = Asked(_request_id(unit, wish), microseconds(unit.now), wish)
    return Rates(
        asked=asked,
        sealed=_PREFIX + sealed(unit, _packed(msgspec.msgpack.encode(asked)), purpose=_PURPOSE),
        target=target,
        quotes=tuple(quotes),
        rejections=tuple(rejections),
    )


def asked_by(unit: UnitOfWork, token: str) -> Asked:
    """The request of a token; raises `Unfit` for a token that is none, `TokenExpired` for one that is too old."""
    asked = read(unit, token)
    ends = asked.moment + LASTS
    if unit.now >= ends:
        raise TokenExpired(ends)
    return asked


def read(unit: UnitOfWork, token: str) -> Asked:
    """The request of a token, however old; raises `Unfit`."""
    content = unsealed(unit, token.removeprefix(_PREFIX), purpose=_PURPOSE) if token.startswith(_PREFIX) else None
    if content is None:
        raise Unfit("The requestToken is not one that getRates gave to this selling partner.")
    return msgspec.msgpack.decode(zlib.decompress(content) if content.startswith(_ZLIB) else content, type=Asked)


def _packed(content: bytes) -> bytes:
    """A long request made shorter. To do so takes as long as to find the rates, so that a short one stays as it is."""
    return content if len(content) < _LONG else zlib.compress(content, 1)


def service_of_rate(asked: Asked, rate_id: str) -> Offered:
    """The service that a rate of a request is of; raises `Unfit` for a rate of another request."""
    from_here = services_for(asked.wish).offered
    found = next((one for one in from_here if asked.rate_id(one.service.service_id) == rate_id), None)
    if found is None:
        raise Unfit("The rateId is not one of the rates that getRates gave with this requestToken.")
    return found


@lru_cache
def _first_half(request_id: str) -> str:
    drawn = blake2b(request_id.encode(), digest_size=8).hexdigest()
    return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:]}"


@lru_cache
def _second_half(service_id: str) -> str:
    drawn = blake2b(service_id.encode(), digest_size=8).hexdigest()
    return f"a{drawn[1:4]}-{drawn[4:]}"


def _request_id(unit: UnitOfWork, wish: Wish) -> str:
    """The id of the call that asks: no other has it. Who asks without a call asks once at a moment."""
    if unit.cause is not None:
        return unit.cause
    said = f"{unit.seed} {unit.seller_id} {microseconds(unit.now)} {wish.digest}"
    return blake2b(said.encode(), digest_size=16).hexdigest()
